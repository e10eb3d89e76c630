# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google's token endpoint: an assertion of the service account for an access token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...frame.refusal import Refusal
from ..rules.access import Access


async def token(access: Access, switches: Mapping[str, Any], request: Request) -> Response:
    form = {name: values[-1] for name, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
    request.state.operation, request.state.actor = "token", access.service_account.email
    trouble, access.asked = switches["google_token_trouble"], access.asked + 1
    if trouble and access.asked % 2:
        return Response("Upstream trouble.", int(trouble), media_type="text/plain")
    try:
        return JSONResponse(access.exchange(form))
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status)
