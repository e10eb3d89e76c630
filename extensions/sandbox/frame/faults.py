# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: answers that are refused, delayed, replaced or lost, as tests and users order them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .paths import side_of

WHERE = {"google", "zoom"}


class FaultError(ValueError):
    """A fault that cannot be set; the text names the key."""


class Dropped(Exception):
    """The connection is to end without an answer. `messages`: the answer that nobody gets, if one was made."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__("connection dropped")
        self.messages = messages


@dataclass
class Fault:
    """What to do to requests that match.

    method, path, side: which requests; what is not given matches all. `path` is a regular expression for the whole decoded
        path; where it has a `?`, path and decoded query together may match it as well (escape the `?` between them).
    after, times: how many matches are let through first, and how many are hit then (None: all).
    status, body, headers: the answer given in place of the real one; nothing is done to the state. In a body that is text, `<hit>` is
        the number of the request that it answers.
    handled: the request is handled first, and its answer replaced.
    drop: `before` closes the connection in place of handling the request, `after` once it was handled.
    delay: seconds to wait; alone, the request is handled as usual afterwards.
    hits: how many requests it has met.
    """

    method: str | None = None
    path: str | None = None
    side: str | None = None
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    handled: bool = False
    times: int | None = 1
    after: int = 0
    drop: str | None = None
    delay: float = 0
    hits: int = 0

    def __post_init__(self) -> None:
        if self.side not in (None, *WHERE):
            raise FaultError(f"fault: side {self.side!r} is none of google, zoom")
        if self.drop not in (None, "before", "after"):
            raise FaultError(f"fault: drop {self.drop!r} is none of before, after")
        if (self.status is None) == (self.drop is None) and (self.drop or not self.delay):
            raise FaultError("fault: one of status and drop is needed, or delay alone")
        if self.status is None and (self.body is not None or self.headers or self.handled):
            raise FaultError("fault: body, headers and handled need a status")
        try:
            re.compile(self.path or "")
        except re.error as error:
            raise FaultError(f"fault: path {self.path!r} is no regular expression: {error}") from None

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.hits >= self.times

    def matches(self, method: str, path: str, query: str) -> bool:
        if self.is_spent or (self.method and self.method.upper() != method) or self.side not in (None, side_of(path)):
            return False
        if self.path is None or re.fullmatch(self.path, path):
            return True
        return "?" in self.path and re.fullmatch(self.path, f"{path}?{unquote_plus(query)}") is not None

    def hit(self) -> bool:
        """Counts a match; False for those that are let through."""
        if self.after > 0:
            self.after -= 1
            return False
        self.hits += 1
        return True

    @property
    def effect(self) -> str:
        parts = [f"delay {self.delay}"] if self.delay else []
        parts += [f"drop {self.drop}"] if self.drop else [f"status {self.status}"] if self.status else []
        return ", ".join(parts)

    def response(self) -> Response:
        is_text = isinstance(self.body, str)
        content = "" if self.body is None else self.body.replace("<hit>", str(self.hits)) if is_text else json.dumps(self.body)
        headers = {name: str(value) for name, value in self.headers.items()}
        typed = any(name.lower() == "content-type" for name in headers)
        return Response(content, self.status or 200, headers, None if typed else "text/plain" if is_text else "application/json")


class Faults:
    """The faults in force, oldest first. The first that matches a request is the one it meets."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, **fault: Any) -> Fault:
        """Returns the fault, whose `hits` say whether it was met."""
        allowed = set(Fault.__dataclass_fields__) - {"hits"}
        if unknown := sorted(set(fault) - allowed):
            raise FaultError(f"fault: unknown key {', '.join(unknown)}; there are {', '.join(sorted(allowed))}")
        added = Fault(**fault)
        self._faults.append(added)
        return added

    def clear(self) -> None:
        self._faults = []

    def rows(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in list(self._faults)]

    def pick(self, method: str, path: str, query: str) -> Fault | None:
        for fault in list(self._faults):
            if fault.matches(method, path, query) and fault.hit():
                return fault
        return None


class FaultMiddleware:
    """Inside the ledger, before either side. Control paths are spared."""

    def __init__(self, app: ASGIApp, faults: Faults, switches: Mapping[str, Any]) -> None:
        self.app = app
        self.faults = faults
        self.switches = switches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or side_of(scope["path"]) == "control":
            await self.app(scope, receive, send)
            return
        fault = self.faults.pick(scope["method"], scope["path"], scope["query_string"].decode("latin-1"))
        wait = self.switches["latency_ms"] / 1000 + (fault.delay if fault else 0)
        if wait:
            await asyncio.sleep(wait)
        if fault is None:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["fault"] = fault.effect
        await self._apply(fault, scope, receive, send)

    async def _apply(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.status is not None:
            if fault.handled:
                await self.app(scope, receive, _nowhere)
            await fault.response()(scope, receive, send)
        elif fault.drop is not None:
            lost: list[Message] = []

            async def keep(message: Message) -> None:
                lost.append(message)

            if fault.drop == "after":
                await self.app(scope, receive, keep)
            raise Dropped(lost)
        else:
            await self.app(scope, receive, send)


async def _nowhere(_message: Message) -> None:
    """Takes an answer that another stands in for."""


class DropMiddleware:
    """Outermost: ends the connection of a request that is dropped, or under way when the sandbox stops.

    The server's protocol puts its transport into the state.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except (Dropped, asyncio.CancelledError):
            transport = scope.get("state", {}).get("transport")
            if transport is None:
                raise ConnectionAbortedError("the connection was dropped") from None
            transport.abort()
            # the server answers 500 for an app that returns before the connection is known to be lost
            while (await receive())["type"] != "http.disconnect":
                pass
