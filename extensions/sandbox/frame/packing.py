# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packed answers: Google sends them to whoever accepts gzip and also says so in the user agent, Zoom's side if a switch says so."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .paths import side_of

GZIP = b"\x1f\x8b"  # how whatever gzip has packed begins
_QUICK = 1  # level


class PackingMiddleware:
    """Outside of the ledger, which has the answers as they are."""

    def __init__(self, app: ASGIApp, switches: Mapping[str, Any]) -> None:
        self.app, self.switches = app, switches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._packs(scope):
            await self.app(scope, receive, send)
            return
        parts: list[bytes] = []
        start: Message = {}

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                body = _pack(start, b"".join(parts))
                await send(start)
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, packed)

    def _packs(self, scope: Scope) -> bool:
        side = side_of(scope.get("path", ""))
        if scope["type"] != "http" or (side != "google" and not (side == "zoom" and self.switches["gzip"])):
            return False
        accepted, agent = (_header(scope, name) for name in (b"accept-encoding", b"user-agent"))
        return b"gzip" in accepted and (side == "zoom" or b"gzip" in agent)


def _pack(start: Message, body: bytes) -> bytes:
    """The body, its headers brought to it. One that is packed already stays as it is."""
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    if body and not any(name.lower() == b"content-encoding" for name, _value in headers):
        body = gzip.compress(body, _QUICK)
        headers += [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
    start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
    return body


def _header(scope: Scope, wanted: bytes) -> bytes:
    return next((bytes(value).lower() for name, value in scope["headers"] if name.lower() == wanted), b"")
