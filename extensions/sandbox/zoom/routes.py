# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All paths of the Zoom side. What is not listed here does not exist, as on the real service.

Beyond what the collection calls stand the other ways to do the same, for whoever helps out with curl while a policy is tried: PUT status,
GET of one group, and the whole grammar of a SCIM group's PATCH.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from .account import ZoomAccount
from .endpoints import rest_account, rest_groups, rest_user_changes, rest_user_states, rest_users, scim_groups, scim_users
from .endpoints.endpoint import Parts, answer, route
from .endpoints.token import token

ENDPOINTS = (
    *scim_users.ENDPOINTS,
    *scim_groups.ENDPOINTS,
    *rest_users.ENDPOINTS,
    *rest_user_changes.ENDPOINTS,
    *rest_user_states.ENDPOINTS,
    *rest_groups.ENDPOINTS,
    *rest_account.ENDPOINTS,
)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def routes(account: ZoomAccount) -> list[Route]:
    parts = Parts(account.store, account.tokens, account.rates, account.pages)

    async def serve_token(request: Request) -> Response:
        return await token(parts.tokens, parts.store, request)

    return [
        Route("/oauth/token", serve_token, methods=["POST"]),
        *(route(endpoint, parts) for endpoint in ENDPOINTS),
        Route("/oauth/{path:path}", _no_page, methods=METHODS),
        Route("/scim2/{path:path}", _no_scim_path, methods=METHODS),
        Route("/v2/{path:path}", _no_rest_path, methods=METHODS),
    ]


async def _no_page(_request: Request) -> Response:
    return HTMLResponse("<html><head><title>Zoom</title></head><body>This page does not exist.</body></html>", 404)


async def _no_scim_path(_request: Request) -> Response:
    return PlainTextResponse("Not Found", 404)


async def _no_rest_path(_request: Request) -> Response:
    return answer({"code": 2300, "message": "This API endpoint is not recognized."}, 400)
