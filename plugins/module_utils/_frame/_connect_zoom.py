# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""From options and environment to Zoom's client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .._transport._errors import CredentialError
from .._transport._zoom import Zoom, open_zoom
from .._transport._zoom_credentials import ZoomConnection
from ._arguments import ZOOM_CREDENTIALS
from ._connect import checked_url, credentials, http_options
from ._module import Run

_ZOOM_ENV = {name: f"ZOOM_{name.upper()}" for name in ZOOM_CREDENTIALS}
_API, _OAUTH = "https://api.zoom.us", "https://zoom.us/oauth/token"
_NEEDS = "zoom_connection account_id, client_id and client_secret (or an access_token)"


def connect_zoom(run: Run) -> Zoom:
    return open_zoom(zoom_connection(run.params, os.environ), http_options(run), run.on_secret)


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
        rate_share=float(params.get("rate_share") or 1.0),
        scim_rate=float(params.get("scim_rate") or 5.0),
        **found,
    )
