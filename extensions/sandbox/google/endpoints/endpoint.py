# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One method of the Directory API: who calls, whether quota, scope and parameters allow it, then the handler, then the mask."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ...frame.refusal import Refusal
from ..rules import fieldmask
from ..rules.access import Access, Token
from ..rules.errors import bad_request, invalid, not_authorized, refuse, scope_missing, unknown_name
from ..rules.paging import Pages
from ..rules.schema import FIELDS
from ..rules.scopes import SCOPES
from ..store.entities import User
from ..store.grants import Grants
from ..store.store import Store

GLOBAL = frozenset(
    {
        "alt", "fields", "prettyPrint", "quotaUser", "key", "access_token", "oauth_token", "callback", "uploadType", "upload_protocol",
        "$.xgafv",
    }
)  # fmt: skip
APIS = ("Admin SDK API", "Groups Settings API")
NOTHING = object()


@dataclass(frozen=True)
class Parts:
    """What a request is answered from: the customer's store, who may ask, and the lists that are being read."""

    store: Store
    grants: Grants
    access: Access
    pages: Pages


@dataclass(frozen=True)
class Call:
    parts: Parts
    request: Request
    token: Token
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def pages(self) -> Pages:
        return self.parts.pages

    @property
    def switches(self) -> Mapping[str, Any]:
        return self.store.context.switches

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def number(self, name: str, default: int, most: int) -> int:
        """A page size; above the maximum it is the maximum."""
        text = self.query.get(name)
        if text is None:
            return default
        if not text.isdecimal() or int(text) < 1:
            raise invalid(f"Invalid value '{text}'. Values must be within the range: [1, {most}]")
        return min(int(text), most)

    def flag(self, name: str) -> bool:
        value = self.query.get(name, "false")
        if value not in ("true", "false"):
            raise invalid(f"Invalid value for {name}: {value}")
        return value == "true"

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """The first is the default."""
        value = self.query.get(name, allowed[0])
        if value not in allowed:
            raise invalid(f"Invalid value for {name}: {value}")
        return value

    def customer(self, given: str) -> None:
        """`my_customer` is a subject's; a service account on its own must name it."""
        known = given == self.store.customer or (given == "my_customer" and bool(self.token.subject))
        if not known:
            raise refuse(400, "invalid", "Invalid Customer Id") if given in ("", "my_customer") else not_authorized()


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Endpoint:
    """`resource` is the answer's table of fields, `takes` the body's; `params` the method's own."""

    method: str
    path: str
    operation: str
    handler: Handler
    resource: str = ""
    takes: str = ""
    params: frozenset[str] = frozenset()


def route(endpoint: Endpoint, parts: Parts) -> Route:
    async def serve(request: Request) -> Response:
        raw = await request.body()
        request.state.operation = endpoint.operation
        try:
            return _serve(endpoint, parts, request, raw)
        except Refusal as refusal:
            return JSONResponse(refusal.body, refusal.status, refusal.headers)

    return Route(endpoint.path, serve, methods=[endpoint.method], name=endpoint.operation)


def _serve(endpoint: Endpoint, parts: Parts, request: Request, raw: bytes) -> Response:
    _enabled(endpoint, parts.store.context.switches)
    token = parts.access.check(request.headers.get("authorization"))
    user = parts.store.user_by(token.subject) if token.subject else None
    actor = user.email if user else parts.access.service_account.email
    request.state.actor = actor
    parts.access.admit(actor)
    accepted = SCOPES[endpoint.operation]
    if not token.scopes & set(accepted):
        raise scope_missing(accepted)
    _authorized(parts.grants, token, user)
    for name in request.query_params:
        if name not in GLOBAL | endpoint.params:
            raise unknown_name(name, "Cannot bind query parameter.")
    mask = _mask(endpoint, request.query_params.get("fields"))
    call = Call(parts, request, token, dict(request.query_params), _body(endpoint, raw))
    answer = endpoint.handler(call)
    if answer is NOTHING:
        return Response(status_code=int(call.switches["google_delete_status"]))
    return JSONResponse(fieldmask.apply(mask, answer) if mask else answer)


def _enabled(endpoint: Endpoint, switches: Mapping[str, Any]) -> None:
    """Each API is enabled in the project on its own."""
    api, disabled = APIS[endpoint.path.startswith("/groups/")], switches["google_disabled_api"]
    if disabled is True or disabled == api.partition(" ")[0].lower():
        text = f"{api} has not been used in project 424242 before or it is disabled."
        raise refuse(403, "accessNotConfigured", text, domain="usageLimits")


def _authorized(grants: Grants, token: Token, user: User | None) -> None:
    if token.subject and (user is None or not user.admin or user.suspended):
        raise not_authorized()
    if not token.subject and not grants.role:
        raise not_authorized()


def _mask(endpoint: Endpoint, text: str | None) -> fieldmask.Mask | None:
    return fieldmask.parse(text, endpoint.resource) if text and endpoint.resource else None


def _body(endpoint: Endpoint, raw: bytes) -> Mapping[str, Any]:
    if not endpoint.takes:
        return {}
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise bad_request("Parse Error") from None
    if not isinstance(body, dict):
        raise bad_request()
    for name in body:
        if name not in FIELDS[endpoint.takes]:
            raise unknown_name(name, "Cannot find field.")
    return body
