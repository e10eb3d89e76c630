# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one application: both sides, the control paths, and around them faults and the ledger."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from . import control
from .control import Controls
from .frame.faults import DropMiddleware, FaultMiddleware
from .frame.ledger import LedgerMiddleware
from .frame.packing import PackingMiddleware
from .google.routes import routes as google_routes
from .zoom.routes import routes as zoom_routes

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def build(controls: Controls) -> ASGIApp:
    routes = [
        *control.routes(controls),
        *zoom_routes(controls.zoom),
        *google_routes(controls.google),
        Route("/admin/{path:path}", _no_google_path, methods=METHODS),
        Route("/groups/{path:path}", _no_google_path, methods=METHODS),
    ]
    app = Starlette(routes=routes)
    # neither API redirects a path with a slash too many
    app.router.redirect_slashes = False
    inner = FaultMiddleware(app, controls.faults, controls.switches)
    ledger = LedgerMiddleware(inner, controls.ledger, controls.clock)
    return DropMiddleware(PackingMiddleware(ledger, controls.switches))


async def _no_google_path(_request: Request) -> Response:
    error: dict[str, Any] = {"message": "Not Found", "domain": "global", "reason": "notFound"}
    return JSONResponse({"error": {"code": 404, "message": "Not Found", "errors": [error]}}, 404)
