# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All paths of the Google side. What is not listed here does not exist."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..context import Context
from . import groups, members, users
from .endpoint import route
from .errors import Refusal
from .state import Workspace

ENDPOINTS = (*members.ENDPOINTS, *groups.ENDPOINTS, *users.ENDPOINTS)


def routes(workspace: Workspace, context: Context) -> list[Route]:
    workspace.context = context

    async def token(request: Request) -> Response:
        form = {name: values[-1] for name, values in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
        request.state.operation, request.state.actor = "token", workspace.service_account.email
        trouble, workspace.token_requests = context.switches["google_token_trouble"], workspace.token_requests + 1
        if trouble and workspace.token_requests % 2:
            return Response("Upstream trouble.", int(trouble), media_type="text/plain")
        try:
            return JSONResponse(workspace.access.exchange(form))
        except Refusal as refusal:
            return JSONResponse(refusal.body, refusal.status)

    return [Route("/token", token, methods=["POST"]), *(route(endpoint, workspace) for endpoint in ENDPOINTS)]
