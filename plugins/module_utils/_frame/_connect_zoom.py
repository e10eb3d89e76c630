# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From options and environment to Zoom's client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .._model._spelled import spelled
from .._model._text import PolicyError
from .._transport._errors import CredentialError
from .._transport._zoom import Zoom, open_zoom, tenant_of
from .._transport._zoom_credentials import ZoomConnection
from ._arguments import AUTO, ZOOM_CREDENTIALS
from ._connect import checked_url, credentials, http_options
from ._module import Run
from ._pace_file import PaceFile

_ZOOM_ENV = {name: f"ZOOM_{name.upper()}" for name in ZOOM_CREDENTIALS}
_API, _OAUTH = "https://api.zoom.us", "https://zoom.us/oauth/token"
_NEEDS = "zoom_connection account_id, client_id and client_secret (or an access_token)"


def connect_zoom(run: Run) -> Zoom:
    connection, options = zoom_connection(run.params, os.environ), http_options(run)
    file = PaceFile(run.params.get("memory_path"), tenant_of(connection))
    zoom = open_zoom(connection, options, run.on_secret, file.limits())
    if not options.read_only:
        run.at_end.append(lambda: file.keep(zoom.pace.found))
    return zoom


def zoom_connection(params: Mapping[str, Any], environment: Mapping[str, str]) -> ZoomConnection:
    found = credentials(params, _ZOOM_ENV, environment, _NEEDS)
    api_url = checked_url(params, "Zoom's api_url (ZOOM_API_URL)", params.get("api_url") or environment.get("ZOOM_API_URL") or _API)
    oauth_url = params.get("oauth_url") or environment.get("ZOOM_OAUTH_URL") or _OAUTH
    if urlsplit(api_url).path.strip("/"):
        raise CredentialError(
            f"Zoom's api_url is {api_url}; give the host only, such as https://api.zoom.us: /scim2 and /v2 are added here."
        )
    return ZoomConnection(
        api_url=api_url,
        oauth_url=checked_url(params, "Zoom's oauth_url (ZOOM_OAUTH_URL)", oauth_url),
        rate_plan=params.get("rate_plan") or "pro",
        rate_share=rate_share(params.get("rate_share")),
        scim_rate=scim_rate(params.get("scim_rate")),
        **found,
    )


def rate_share(given: Any) -> float:
    """The part of the published limits that is ours: all of them where nothing is said. Above 1 where Zoom has raised an account's."""
    share = 1.0 if given is None else float(given)
    if not 0 < share < float("inf"):
        raise PolicyError(
            f"rate_share of zoom_connection is {given}; give the part of Zoom's limits to use, such as 0.5, or 1 for all of them."
        )
    return share


def scim_rate(given: Any) -> float | None:
    """Requests a second; None where the rate is to be found."""
    if given is None or str(given).strip().lower() in ("", AUTO):
        return None
    try:
        rate = float("nan") if isinstance(given, bool) else float(given)
    except (TypeError, ValueError):
        rate = float("nan")
    if not 0 < rate < float("inf"):
        raise PolicyError(
            spelled(f"scim_rate of zoom_connection is {given!r}; known are {AUTO} and a number of requests a second, such as 5.")
        )
    return rate
