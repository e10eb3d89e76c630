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

from .edits import EDITS
from .packing import GZIP
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
    handled: the request is handled first, and its answer replaced; with `delay` alone, its answer is kept back.
    edit: the request is handled, and its answer altered by one of `edits`.
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
    edit: str | None = None
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
        if self.edit not in (None, *EDITS):
            raise FaultError(f"fault: edit {self.edit!r} is none of {', '.join(sorted(EDITS))}")
        effects = sum(effect is not None for effect in (self.status, self.drop, self.edit))
        if effects > 1 or not (effects or self.delay):
            raise FaultError("fault: one of status and drop is needed, or edit, or delay alone")
        if self.status is None and (self.body is not None or self.headers or (self.handled and effects)):
            raise FaultError("fault: body, headers and handled need a status; handled may have a delay alone")
        try:
            re.compile(self.path or "")
        except re.error as error:
            raise FaultError(f"fault: path {self.path!r} is no regular expression: {error}") from None

    @property
    def is_kept_back(self) -> bool:
        """Whether the request is handled at once, and its answer waits."""
        return self.handled and self.status is None

    @property
    def is_answered(self) -> bool:
        """Whether the request is handled before the fault takes effect."""
        return self.handled or self.drop == "after" or self.edit is not None

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
        named = (("drop", self.drop), ("edit", self.edit), ("status", self.status))
        parts += [f"{name} {value}" for name, value in named if value is not None]
        return ", ".join(parts)

    def response(self) -> Response:
        is_text = isinstance(self.body, str)
        content = "" if self.body is None else self.body.replace("<hit>", str(self.hits)) if is_text else json.dumps(self.body)
        headers = {name: str(value) for name, value in self.headers.items()}
        typed = any(name.lower() == "content-type" for name in headers)
        return Response(content, self.status or 200, headers, None if typed else "text/plain" if is_text else "application/json")

    def edited(self, answer: list[Message]) -> Response:
        """The real answer, altered."""
        raw = b"".join(message.get("body", b"") for message in answer)
        changed = EDITS[self.edit or ""](raw, self.hits) if raw else raw
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in answer[0]["headers"]}
        kept = {name: value for name, value in headers.items() if name.lower() != "content-length"}
        if changed.startswith(GZIP):
            kept["content-encoding"] = "gzip"
        return Response(changed, answer[0]["status"], kept)


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
        wait = self.switches["latency_ms"] / 1000 + (fault.delay if fault and not fault.is_kept_back else 0)
        if wait:
            await asyncio.sleep(wait)
        if fault is None:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["fault"] = fault.effect
        await self._apply(fault, scope, receive, send)

    async def _apply(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._answer(scope, receive) if fault.is_answered else []
        if fault.status is not None:
            if answer:
                scope["state"]["fault"] += f" in place of {answer[0]['status']}"
            await fault.response()(scope, receive, send)
        elif fault.drop is not None:
            raise Dropped(answer)
        elif fault.edit is not None:
            await fault.edited(answer)(scope, receive, send)
        elif fault.is_kept_back:
            await asyncio.sleep(fault.delay)
            for message in answer:
                await send(message)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        kept: list[Message] = []

        async def keep(message: Message) -> None:
            kept.append(message)

        await self.app(scope, receive, keep)
        return kept


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
