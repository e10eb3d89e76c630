# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The live tokens of the account's app, and what each opens."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...frame.refusal import Refusal
from ..store.store import Store
from .errors import SCIM_ERROR, rest_error

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
    """`asked`: how often a token was asked for."""

    def __init__(self) -> None:
        self.asked = 0
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


def authorize(tokens: Tokens, store: Store, header: str | None, path: str) -> Token:
    """The token of an Authorization header. The static SCIM token opens /scim2 only."""
    scheme, _blank, value = (header or "").partition(" ")
    scim = path.startswith("/scim2")
    try:
        if scheme.lower() != "bearer" or not value:
            raise rest_error(401, 124, "Invalid access token.")
        if scim and secrets.compare_digest(value.encode(), store.scim_token.encode()):
            return Token(frozenset({"scim2:admin"}), datetime.max, "scim-token")
        return tokens.check(value, store.now())
    except Refusal as refusal:
        if scim and store.context.switches["unauthorized_body"] == "scim":
            body = {
                "schemas": [SCIM_ERROR],
                "detail": refusal.body["message"],
                "status": 401,
            }
            raise Refusal(401, body) from None
        raise


def require_scope(switches: Mapping[str, Any], token: Token, accepted: tuple[str, ...]) -> None:
    """One of the accepted scopes is enough; the refusal names the granular ones, comma-separated."""
    if token.scopes.intersection(accepted):
        return
    status, code = (int(part) for part in str(switches["scope_error"]).split("/"))
    granular = [scope for scope in accepted if scope.endswith((":admin", ":master")) and scope.count(":") != 2]
    named = granular or list(accepted)
    if code == 4711:
        raise rest_error(status, code, f"Invalid access token, does not contain scopes:[{','.join(named)}].")
    raise rest_error(status, code, f"Invalid access token, does not contain {' or '.join(named)} scope.")
