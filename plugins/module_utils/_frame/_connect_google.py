# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From options and environment to Google's client."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from typing import Any

from .._transport._errors import CredentialError
from .._transport._google_channels import ChannelApi, open_channels
from .._transport._google_credentials import GoogleConnection
from .._transport._google_directory import Directory, open_directory
from .._transport._google_reports import Reports, open_reports
from ._connect import checked_url, credentials, from_environment, http_options, nobodys
from ._module import Run

_GOOGLE_ENV = {
    "auth_kind": "GCP_AUTH_KIND",
    "service_account_file": "GCP_SERVICE_ACCOUNT_FILE",
    "service_account_contents": "GCP_SERVICE_ACCOUNT_CONTENTS",
    "service_account_email": "GCP_SERVICE_ACCOUNT_EMAIL",
    "access_token": "GCP_ACCESS_TOKEN",
    "subject": "GOOGLE_WORKSPACE_SUBJECT",
    "customer": "GOOGLE_WORKSPACE_CUSTOMER",
}
_URLS = {
    "api_url": ("GOOGLE_DIRECTORY_URL", "https://admin.googleapis.com"),
    "groups_settings_url": ("GOOGLE_GROUPS_SETTINGS_URL", "https://www.googleapis.com"),
}
_KINDS = ("serviceaccount", "application", "accesstoken")
_NEEDS = "google_connection a service_account_file or service_account_contents"

_OPEN_KEY = (
    "service_account_file {path} may be read by other users of this machine, who could act as the service account. Take that away with "
    "chmod 600, or move the key into a vault."
)


def connect_google(run: Run, scopes: Sequence[str]) -> Directory:
    return open_directory(_connection(run), http_options(run), scopes, run.on_secret)


def connect_reports(run: Run) -> Reports:
    return open_reports(_connection(run), http_options(run), run.on_secret)


def connect_channels(run: Run) -> ChannelApi:
    return open_channels(_connection(run), http_options(run), run.on_secret)


def _connection(run: Run) -> GoogleConnection:
    found = google_connection(run.params, os.environ)
    if found.auth_kind == "serviceaccount" and not found.service_account_contents and _others_may_read(found.service_account_file):
        run.warn(_OPEN_KEY.format(path=found.service_account_file))
    return found


def _others_may_read(path: str | None) -> bool:
    """Of a file of one's own: a secret that a container is given belongs to root, often with mode 0444, and a pipe keeps nothing."""
    try:
        found = os.stat(os.path.expanduser(path or ""))
    except (OSError, ValueError):  # whoever reads it says so
        return False
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and bool(found.st_mode & stat.S_IROTH)


def google_connection(params: Mapping[str, Any], environment: Mapping[str, str]) -> GoogleConnection:
    found = credentials(params, _GOOGLE_ENV, environment, _NEEDS)
    kind = found.pop("auth_kind") or _kind(found)
    own_directory = found["subject"] or found["customer"] not in (None, "my_customer")
    if kind == "application" and not from_environment(params) and not own_directory:
        raise CredentialError(nobodys("auth_kind is application, which takes the credentials of the environment", _NEEDS))
    if kind not in _KINDS:
        raise CredentialError(f"auth_kind (GCP_AUTH_KIND) is {kind!r}; known are {', '.join(_KINDS)}.")
    return GoogleConnection(
        auth_kind=kind,
        **{name: _url(params, environment, name) for name in _URLS},
        **{**found, "customer": found["customer"] or "my_customer"},
    )


def _url(params: Mapping[str, Any], environment: Mapping[str, str], option: str) -> str:
    variable, default = _URLS[option]
    return checked_url(params, f"Google's {option} ({variable})", params.get(option) or environment.get(variable) or default)


def _kind(found: Mapping[str, Any]) -> str:
    if found["access_token"]:
        return "accesstoken"
    if found["service_account_file"] or found["service_account_contents"]:
        return "serviceaccount"
    raise CredentialError(
        "No Google credential: give google_connection a service_account_file (GCP_SERVICE_ACCOUNT_FILE), or another auth_kind."
    )
