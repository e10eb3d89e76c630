# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Server-to-server OAuth: POST /oauth/token."""

from __future__ import annotations

import base64
import binascii
import secrets
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...frame.refusal import Refusal
from ..rules.tokens import Tokens
from ..store.store import Store
from ..store.terms import Terms


async def token(tokens: Tokens, store: Store, request: Request) -> Response:
    """The two parameters may be in the query or in the form body (section 2.1)."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    given = {**{name: values[-1] for name, values in form.items()}, **dict(request.query_params)}
    request.state.operation, request.state.actor = "token", "server-to-server"
    trouble, tokens.asked = store.context.switches["token_trouble"], tokens.asked + 1
    if trouble and tokens.asked % 2:
        return Response("Upstream trouble.", int(trouble), media_type="text/plain")
    try:
        return JSONResponse(_mint(tokens, store, request.headers.get("authorization", ""), given))
    except Refusal as refusal:
        return JSONResponse(refusal.body, refusal.status)


def _mint(tokens: Tokens, store: Store, header: str, given: dict[str, str]) -> dict[str, object]:
    if not _client_matches(store, header):
        raise _refused("Invalid client_id or client_secret", "invalid_client")
    if given.get("grant_type") != "account_credentials":
        raise _refused("unsupported grant type", "unsupported_grant_type")
    if given.get("account_id") != store.account_id:
        raise _refused("Account does not exist", "invalid_request")
    if not store.server_to_server:
        raise _refused("Account does not enabled the OAuth app type", "invalid_request")
    switches = store.context.switches
    lifetime, void = float(switches["token_lifetime"]), switches["new_token"] == "voids_former"
    scopes = frozenset(store.scopes)
    return {
        "access_token": tokens.issue(scopes, store.now(), lifetime, void_former=void),
        "token_type": "bearer",
        "expires_in": max(int(lifetime) - 1, 0),
        "scope": " ".join(sorted(scopes)),
        "api_url": store.context.base_url,
    }


def _refused(reason: str, error: str) -> Refusal:
    return Refusal(400, {"reason": reason, "error": error})


def _client_matches(terms: Terms, header: str) -> bool:
    scheme, _blank, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    expected = f"{terms.client_id}:{terms.client_secret}".encode()
    return scheme.lower() == "basic" and secrets.compare_digest(given, expected)
