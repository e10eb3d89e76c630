# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Server-to-server OAuth: POST /oauth/token, and what a bearer token may do."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .errors import Refusal, rest_error

if TYPE_CHECKING:
    from .state import ZoomAccount

SCOPES = (
    "scim2:admin",
    *(f"user:read:{name}:admin" for name in ("list_users", "user", "summary")),
    *(f"user:update:{name}:admin" for name in ("user", "status", "email")),
    "user:delete:user:admin",
    "user:delete:token:admin",
    *(f"group:read:{name}:admin" for name in ("list_groups", "group", "list_members")),
    *(f"group:{verb}:group:admin" for verb in ("write", "update", "delete")),
    *(f"group:{verb}:member:admin" for verb in ("write", "delete")),
    "billing:read:plan_usage:admin",
    "account:read:managed_domains:master",
)


@dataclass(frozen=True)
class Token:
    scopes: frozenset[str]
    expires: datetime
    actor: str = "server-to-server"


class Tokens:
    """The live tokens of the account's one app."""

    def __init__(self) -> None:
        self._live: dict[str, Token] = {}

    def issue(self, scopes: frozenset[str], now: datetime, lifetime: float, *, void_former: bool) -> str:
        if void_former:
            self._live.clear()
        value = f"eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0.{secrets.token_urlsafe(48)}"
        self._live[value] = Token(scopes, now + timedelta(seconds=lifetime))
        return value

    def check(self, value: str, now: datetime) -> Token:
        token = self._live.get(value)
        if token is None:
            raise rest_error(401, 124, "Invalid access token.")
        if now >= token.expires:
            raise rest_error(401, 124, "Access token is expired.")
        return token

    def expire(self, now: datetime) -> None:
        self._live = {value: Token(token.scopes, now, token.actor) for value, token in self._live.items()}

    def revoke(self) -> None:
        self._live.clear()


def authorize(account: ZoomAccount, header: str | None, path: str) -> Token:
    """The token of an Authorization header. The static SCIM token opens /scim2 only."""
    scheme, _blank, value = (header or "").partition(" ")
    scim = path.startswith("/scim2")
    try:
        if scheme.lower() != "bearer" or not value:
            raise rest_error(401, 124, "Invalid access token.")
        if scim and secrets.compare_digest(value.encode(), account.scim_token.encode()):
            return Token(frozenset({"scim2:admin"}), datetime.max, "scim-token")
        return account.tokens.check(value, account.now())
    except Refusal as refusal:
        if scim and account.context.switches["unauthorized_body"] == "scim":
            body = {
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                "detail": refusal.body["message"],
                "status": 401,
            }
            raise Refusal(401, body) from None
        raise


def require_scope(account: ZoomAccount, token: Token, accepted: tuple[str, ...]) -> None:
    """One of the accepted scopes is enough; the refusal names the granular ones, comma-separated."""
    if token.scopes.intersection(accepted):
        return
    status, code = (int(part) for part in str(account.context.switches["scope_error"]).split("/"))
    granular = [scope for scope in accepted if scope.endswith((":admin", ":master")) and scope.count(":") != 2]
    named = granular or list(accepted)
    if code == 4711:
        raise rest_error(status, code, f"Invalid access token, does not contain scopes:[{','.join(named)}].")
    raise rest_error(status, code, f"Invalid access token, does not contain {' or '.join(named)} scope.")


async def token_endpoint(request: Request, account: ZoomAccount) -> Response:
    """The two parameters may be in the query or in the form body (section 2.1)."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    given = {**{name: values[-1] for name, values in form.items()}, **dict(request.query_params)}
    request.state.operation, request.state.actor = "token", "server-to-server"
    trouble, account.token_requests = account.context.switches["token_trouble"], account.token_requests + 1
    if trouble and account.token_requests % 2:
        return Response("Upstream trouble.", int(trouble), media_type="text/plain")
    try:
        return JSONResponse(_mint(account, request.headers.get("authorization", ""), given))
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status)


def _mint(account: ZoomAccount, header: str, given: dict[str, str]) -> dict[str, object]:
    if not _client_matches(account, header):
        raise _refused("Invalid client_id or client_secret", "invalid_client")
    if given.get("grant_type") != "account_credentials":
        raise _refused("unsupported grant type", "unsupported_grant_type")
    if given.get("account_id") != account.account_id:
        raise _refused("Account does not exist", "invalid_request")
    if not account.server_to_server:
        raise _refused("Account does not enabled the OAuth app type", "invalid_request")
    switches = account.context.switches
    lifetime, void = float(switches["token_lifetime"]), switches["new_token"] == "voids_former"
    scopes = frozenset(account.scopes)
    return {
        "access_token": account.tokens.issue(scopes, account.now(), lifetime, void_former=void),
        "token_type": "bearer",
        "expires_in": max(int(lifetime) - 1, 0),
        "scope": " ".join(sorted(scopes)),
        "api_url": account.context.base_url,
    }


def _refused(reason: str, error: str) -> Refusal:
    return Refusal(400, {"reason": reason, "error": error})


def _client_matches(account: ZoomAccount, header: str) -> bool:
    scheme, _blank, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    expected = f"{account.client_id}:{account.client_secret}".encode()
    return scheme.lower() == "basic" and secrets.compare_digest(given, expected)
