# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From options and environment to a client. Tenants are never crossed: one credential option given, none from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from .._transport._errors import CredentialError
from .._transport._google_credentials import GoogleConnection
from .._transport._google_directory import Directory, open_directory
from .._transport._http import HttpOptions
from .._transport._zoom import Zoom, open_zoom
from .._transport._zoom_credentials import ZoomConnection
from ._arguments import ZOOM_CREDENTIALS

_GOOGLE_ENV = {
    "auth_kind": "GCP_AUTH_KIND",
    "service_account_file": "GCP_SERVICE_ACCOUNT_FILE",
    "service_account_contents": "GCP_SERVICE_ACCOUNT_CONTENTS",
    "service_account_email": "GCP_SERVICE_ACCOUNT_EMAIL",
    "access_token": "GCP_ACCESS_TOKEN",
    "subject": "GOOGLE_WORKSPACE_SUBJECT",
    "customer": "GOOGLE_WORKSPACE_CUSTOMER",
}
_ZOOM_ENV = {name: f"ZOOM_{name.upper()}" for name in ZOOM_CREDENTIALS}
_KINDS = ("serviceaccount", "application", "accesstoken")
_ZOOM_NEEDS = "zoom_connection account_id, client_id and client_secret (or an access_token)"
_GOOGLE_NEEDS = "google_connection a service_account_file or service_account_contents"


def credentials(params: Mapping[str, Any], names: Mapping[str, str], environment: Mapping[str, str], needs: str) -> dict[str, Any]:
    """The credential options as given, or, if none is, all from the environment where it may be asked. `needs`: what to give instead."""
    given = {name: params.get(name) for name in names}
    if any(value not in (None, "") for value in given.values()):
        return {name: value or None for name, value in given.items()}
    if not _from_environment(params):
        raise CredentialError(_nobodys("No credential is given", needs))
    return {name: environment.get(variable) or None for name, variable in names.items()}


def _from_environment(params: Mapping[str, Any]) -> bool:
    return params.get("credentials_from_environment") is not False


def _nobodys(why: str, needs: str) -> str:
    return (
        f"{why}, and those of the environment may be another tenant's (credentials_from_environment is false, as roles set it where the "
        f"inventory holds other hosts), so nothing was read. Give {needs} in the host's variables."
    )


def google_connection(params: Mapping[str, Any], environment: Mapping[str, str]) -> GoogleConnection:
    found = credentials(params, _GOOGLE_ENV, environment, _GOOGLE_NEEDS)
    kind = found.pop("auth_kind") or _kind(found)
    own_directory = found["subject"] or found["customer"] not in (None, "my_customer")
    if kind == "application" and not _from_environment(params) and not own_directory:
        raise CredentialError(_nobodys("auth_kind is application, which takes the credentials of the environment", _GOOGLE_NEEDS))
    if kind not in _KINDS:
        raise CredentialError(f"auth_kind (GCP_AUTH_KIND) is {kind!r}; known are {', '.join(_KINDS)}.")
    return GoogleConnection(
        auth_kind=kind,
        api_url=params.get("api_url") or environment.get("GOOGLE_DIRECTORY_URL") or "https://admin.googleapis.com",
        groups_settings_url=params.get("groups_settings_url")
        or environment.get("GOOGLE_GROUPS_SETTINGS_URL")
        or "https://www.googleapis.com",
        **{**found, "customer": found["customer"] or "my_customer"},
    )


def _kind(found: Mapping[str, Any]) -> str:
    if found["access_token"]:
        return "accesstoken"
    if found["service_account_file"] or found["service_account_contents"]:
        return "serviceaccount"
    raise CredentialError(
        "No Google credential: give google_connection a service_account_file (GCP_SERVICE_ACCOUNT_FILE), or another auth_kind."
    )


def zoom_connection(params: Mapping[str, Any], environment: Mapping[str, str]) -> ZoomConnection:
    found = credentials(params, _ZOOM_ENV, environment, _ZOOM_NEEDS)
    api_url = params.get("api_url") or environment.get("ZOOM_API_URL") or "https://api.zoom.us"
    if urlsplit(api_url).path.strip("/"):
        raise CredentialError(
            f"Zoom's api_url is {api_url}; give the host only, such as https://api.zoom.us: /scim2 and /v2 are added here."
        )
    return ZoomConnection(
        api_url=api_url,
        oauth_url=params.get("oauth_url") or environment.get("ZOOM_OAUTH_URL") or "https://zoom.us/oauth/token",
        rate_plan=params.get("rate_plan") or "pro",
        rate_share=float(params.get("rate_share") or 1.0),
        scim_rate=float(params.get("scim_rate") or 5.0),
        **found,
    )


def http_options(params: Mapping[str, Any], read_only: bool, on_write: Callable[[str], object]) -> HttpOptions:
    return HttpOptions(
        timeout=float(params["timeout"]),
        max_attempts=max(int(params["max_attempts"]), 1),
        validate_certs=bool(params["validate_certs"]),
        ca_path=params.get("ca_path") or None,
        read_only=read_only,
        on_write=on_write,
    )


def connect_google(
    params: Mapping[str, Any],
    read_only: bool,
    scopes: Sequence[str],
    on_secret: Callable[[str], None],
    on_write: Callable[[str], object] = lambda _request: None,
) -> Directory:
    """`on_write` is called with each write that is sent."""
    connection = google_connection(params, os.environ)
    return open_directory(connection, http_options(params, read_only, on_write), scopes, on_secret)


def connect_zoom(
    params: Mapping[str, Any],
    read_only: bool,
    on_secret: Callable[[str], None],
    on_write: Callable[[str], object] = lambda _request: None,
) -> Zoom:
    """`on_write` is called with each write that is sent."""
    return open_zoom(zoom_connection(params, os.environ), http_options(params, read_only, on_write), on_secret)
