# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All paths of the Google side. What is not listed here does not exist.

Beyond what the collection calls stand two traps that its rules forbid: a search (users.list with a query), and includeDerivedMembership.
PUT of group settings is there as the other way to write what PATCH writes.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .endpoints import channels, group_settings, groups, members, org_units, reports, users
from .endpoints.endpoint import Parts, route
from .endpoints.token import token
from .workspace import Workspace

ENDPOINTS = (
    *members.ENDPOINTS,
    *groups.ENDPOINTS,
    *group_settings.ENDPOINTS,
    *org_units.ENDPOINTS,
    *users.ENDPOINTS,
    *reports.ENDPOINTS,
    *channels.ENDPOINTS,
)


def routes(workspace: Workspace) -> list[Route]:
    parts = Parts(workspace.store, workspace.grants, workspace.access, workspace.pages)

    async def serve_token(request: Request) -> Response:
        return await token(parts.access, parts.store.context.switches, request)

    return [Route("/token", serve_token, methods=["POST"]), *(route(endpoint, parts) for endpoint in ENDPOINTS)]
