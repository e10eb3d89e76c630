# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One endpoint: who calls, whether the rate and the scope allow it, then the handler; refusals become answers."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...frame.refusal import Refusal
from ..rules.errors import invitation_missing, no_user, not_json, rest_error, scim_error
from ..rules.paging import Pages
from ..rules.rates import Rates
from ..rules.tokens import Token, Tokens, authorize, require_scope
from ..store.entities import User, fold
from ..store.limits import AssignmentLimit, NameRefused
from ..store.store import Store

SCIM_JSON = "application/scim+json"


@dataclass(frozen=True)
class Parts:
    """What a request is answered from: the account's store, and what is counted and kept beside it."""

    store: Store
    tokens: Tokens
    rates: Rates
    pages: Pages


@dataclass(frozen=True)
class Call:
    """One request, its body read: handlers never wait between reading and writing state."""

    parts: Parts
    request: Request
    raw: bytes
    token: Token

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def rates(self) -> Rates:
        return self.parts.rates

    @property
    def pages(self) -> Pages:
        return self.parts.pages

    @property
    def query(self) -> dict[str, str]:
        return dict(self.request.query_params)

    @property
    def switches(self) -> Mapping[str, Any]:
        return self.store.context.switches

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def user(self) -> User:
        """The user of a REST path, by id or address; `me` is the token's user."""
        key = self.path("user_id")
        found = self.store.owner() if key == "me" else self.store.lookup(key)
        if found is None and fold(key) in self.store.former_invitees:
            raise invitation_missing(self.request.state.operation)
        if found is None:
            raise no_user(key)
        return found

    def rest_body(self) -> dict[str, Any]:
        try:
            body = json.loads(self.raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise rest_error(400, 300, "Request Body should be a valid JSON object.")
        return body

    def scim_body(self) -> dict[str, Any]:
        try:
            body = json.loads(self.raw) if self.raw.strip() else {}
        except ValueError:
            raise not_json() from None
        if not isinstance(body, dict):
            raise not_json()
        if not body:
            raise scim_error(400, "The request JSON must not be empty.")
        return body


Handler = Callable[[Call], Response]


@dataclass(frozen=True)
class Endpoint:
    """`scopes`: any one is enough. `right`: what the token's user must be allowed. `guard`: checks before the handler.

    `holds_lock`: keeps its user's lock key until it is done; other writes on that user are refused meanwhile.
    """

    method: str
    path: str
    operation: str
    category: str
    scopes: tuple[str, ...]
    handler: Handler
    right: str = ""
    guard: Callable[[Call], None] | None = None
    holds_lock: bool = False

    @property
    def is_scim(self) -> bool:
        return self.path.startswith("/scim2")


def answer(body: Any, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type=media_type)


def no_content() -> Response:
    return Response(status_code=204)


def route(endpoint: Endpoint, parts: Parts) -> Route:
    async def serve(request: Request) -> Response:
        return await _serve(endpoint, parts, request)

    return Route(endpoint.path, serve, methods=[endpoint.method], name=endpoint.operation)


async def _serve(endpoint: Endpoint, parts: Parts, request: Request) -> Response:
    request.state.operation, request.state.category = endpoint.operation, endpoint.category
    switches, raw = parts.store.context.switches, await request.body()
    headers = {"x-zm-trackingid": f"WEB_{secrets.token_hex(16)}"}
    try:
        token = authorize(parts.tokens, parts.store, request.headers.get("authorization"), request.url.path)
        request.state.actor = token.actor
        headers.update(parts.rates.admit(parts.store.plan, endpoint.category, scim=endpoint.is_scim))
        require_scope(switches, token, endpoint.scopes)
        response = await _locked(endpoint, Call(parts, request, raw, token))
    except Refusal as refusal:
        media_type = SCIM_JSON if "schemas" in refusal.body else "application/json"
        response = answer(refusal.body, refusal.status, media_type)
        if refusal.status == 429 and switches["retry_after"] == "absent":
            headers = {name: value for name, value in headers.items() if not name.startswith("X-RateLimit")}
        headers.update(refusal.headers)
    response.headers.update(headers)
    return response


async def _locked(endpoint: Endpoint, call: Call) -> Response:
    (keys, milliseconds), rates = _lock(endpoint, call), call.rates
    rates.lock(keys, keep=milliseconds > 0)
    if not milliseconds:
        return _handle(endpoint, call)
    try:
        response = _handle(endpoint, call)
        if rates.enforced:
            await asyncio.sleep(milliseconds / 1000)
        return response
    finally:
        rates.unlock(keys)


def _handle(endpoint: Endpoint, call: Call) -> Response:
    if endpoint.right and endpoint.right not in call.store.permissions:
        raise _right_missing(endpoint)
    if endpoint.guard is not None:
        endpoint.guard(call)
    try:
        return endpoint.handler(call)
    except NameRefused as refused:
        # REST's code and words; SCIM's are not known
        raise (scim_error(400, str(refused)) if endpoint.is_scim else rest_error(400, 300, str(refused))) from None
    except AssignmentLimit as limit:
        # the wording is known from users, its code is not
        raise (scim_error(409, limit.text) if endpoint.is_scim else rest_error(400, 200, limit.text)) from None


def _right_missing(endpoint: Endpoint) -> Refusal:
    right = endpoint.right
    if not endpoint.is_scim:
        return rest_error(400, 200, f"Invalid access token. Does not contain permissions [{right}].")
    if endpoint.operation == "userSCIM2List":
        return scim_error(403, f'The current login user does not have the "{right}" permission.')
    return scim_error(403, f'The request was denied due to insufficient permissions: "{right}".')


def _lock(endpoint: Endpoint, call: Call) -> tuple[frozenset[str], int]:
    """The names of the user or group that a REST write is about, as far as they are known, and for how many milliseconds it locks them."""
    if endpoint.is_scim or endpoint.method == "GET":
        return frozenset(), 0
    group = call.request.path_params.get("group_id")
    if group is not None:
        return frozenset({f"group {group}"}), int(call.switches["group_lock_ms"])
    if not endpoint.path.startswith("/v2/users"):
        return frozenset(), 0
    key = call.path("user_id")
    user = call.store.lookup(key)
    names = {key, user.id, fold(user.email)} if user else {key, fold(key)}
    return frozenset(names), int(call.switches["lock_ms"]) if endpoint.holds_lock else 0
