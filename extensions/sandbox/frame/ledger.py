# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger: what was asked of the sandbox and what it answered, without anything secret."""

from __future__ import annotations

import json
import time as real
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .clock import Clock
from .faults import Dropped
from .paths import kind_of, side_of

Entry = dict[str, Any]

MASK = "…"
COUNTED = ("side", "kind", "method", "operation", "category", "status")
SECRETS = frozenset(
    {
        "access_token", "refresh_token", "id_token", "token", "zak", "jwt", "assertion", "client_secret", "client_assertion", "private_key",
        "password", "passcode",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Unread:
    """An answer as it was sent: lists are long, and hardly anybody looks into them, so they are read when somebody does."""

    raw: bytes
    content_type: str

    def read(self) -> Any:
        return masked(_answer(self.raw, self.content_type))


class Ledger:
    """Entries as dictionaries, in the order the requests came. Lists are copies: any thread may keep them.

    An entry has n, time, side, kind, method, path, query, body, status (0: no answer was made), answer, actor, category,
    operation, and fault (what a fault did to the request, else None).
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._count = 0
        self._counts: Counter[tuple[Any, ...]] = Counter()
        self._under_way: set[int] = set()
        self._busy, self._since, self._began, self._ended = 0.0, 0.0, 0.0, 0.0

    @property
    def entries(self) -> list[Entry]:
        entries = sorted(self._entries, key=lambda entry: int(entry["n"]))
        for entry in entries:
            if isinstance(entry["answer"], Unread):
                entry["answer"] = entry["answer"].read()
        return entries

    def counts(self) -> dict[str, Any]:
        """How many of each kind, without the entries themselves.

        busy: seconds in which at least one request waited for its answer; span: seconds from the first request to the last answer.
        """
        rows = [dict(zip(COUNTED, key, strict=True)) | {"count": count} for key, count in list(self._counts.items())]
        return {"busy": round(self._busy, 3), "span": round(self._ended - self._began, 3), "requests": rows}

    def reads(self, side: str | None = None) -> list[Entry]:
        return self.of("read", side)

    def writes(self, side: str | None = None) -> list[Entry]:
        """Refused ones too: see their status."""
        return self.of("write", side)

    def tokens(self, side: str | None = None) -> list[Entry]:
        return self.of("token", side)

    def of(self, kind: str | None, side: str | None = None) -> list[Entry]:
        return [entry for entry in self.entries if kind in (None, entry["kind"]) and side in (None, entry["side"])]

    def clear(self) -> None:
        """Numbers go on, so that entries before and after can be told apart."""
        self._entries = []
        self._counts = Counter()
        self._busy, self._since, self._began, self._ended = 0.0, real.monotonic(), 0.0, 0.0

    def open(self, time: datetime, method: str, path: str, query: str, body: Any) -> Entry:
        """An entry that is not in the ledger yet: it gets there with its answer."""
        self._count += 1
        kind = kind_of(method, path)
        if kind != "control":
            if not self._under_way:
                self._since = real.monotonic()
                self._began = self._began or self._since
            self._under_way.add(self._count)
        return {
            "n": self._count,
            "time": time.isoformat(timespec="milliseconds"),
            "side": side_of(path),
            "kind": kind,
            "method": method,
            "path": path,
            "query": masked(parse_qs(query, keep_blank_values=True)),
            "body": masked(body),
            "status": 0,
            "answer": None,
            "actor": None,
            "category": None,
            "operation": None,
            "fault": None,
        }

    def close(self, entry: Entry, status: int, answer: Any, state: Mapping[str, Any]) -> None:
        # answers of control paths may hold the ledger itself
        shown = None if entry["kind"] == "control" else answer if isinstance(answer, Unread) else masked(answer)
        entry.update(status=status, answer=shown, **{name: state.get(name) for name in ("actor", "category", "operation", "fault")})
        self._entries.append(entry)
        if entry["kind"] == "control":
            return
        self._counts[tuple(entry[name] for name in COUNTED)] += 1
        self._under_way.discard(entry["n"])
        if not self._under_way:
            self._ended = real.monotonic()
            self._busy += self._ended - self._since


def masked(value: Any) -> Any:
    """A copy in which the values of secret keys are replaced, at any depth."""
    if isinstance(value, Mapping):
        return {key: MASK if str(key).lower() in SECRETS and item else masked(item) for key, item in value.items()}
    return [masked(item) for item in value] if isinstance(value, list) else value


def parsed(raw: bytes, content_type: str) -> Any:
    """JSON, a form as a mapping, or None."""
    try:
        if "x-www-form-urlencoded" in content_type:
            return {name: values[-1] for name, values in parse_qs(raw.decode(), keep_blank_values=True).items()}
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


class LedgerMiddleware:
    """Outside of everything that answers, so that faults are in the ledger as well."""

    def __init__(self, app: ASGIApp, ledger: Ledger, clock: Clock) -> None:
        self.app = app
        self.ledger = ledger
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        raw = await _whole_body(receive)
        body = parsed(raw, _header(scope["headers"], b"content-type"))
        state: dict[str, Any] = scope.setdefault("state", {})
        entry = self.ledger.open(self.clock.now(), scope["method"], scope["path"], scope["query_string"].decode("latin-1"), body)
        recorder = _Recorder(self.ledger, entry, state)

        held: list[Message] = []

        async def recorded(message: Message) -> None:
            # An answer without a body is whole with its headers: they wait until the entry is closed.
            recorder.note(message)
            if message["type"] == "http.response.start":
                held.append(message)
                return
            while held:
                await send(held.pop())
            await send(message)

        try:
            await self.app(scope, _replay(raw, receive), recorded)
        except Dropped as dropped:
            for message in dropped.messages:
                recorder.note(message)
            if not dropped.messages:
                self.ledger.close(entry, 0, None, state)
            raise


class _Recorder:
    """Closes an entry just before the last part of its answer leaves: whoever has the answer finds the entry."""

    def __init__(self, ledger: Ledger, entry: Entry, state: dict[str, Any]) -> None:
        self._ledger, self._entry, self._state = ledger, entry, state
        self._status = 0
        self._content_type = ""
        self._parts: list[bytes] = []

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._content_type = _header(message.get("headers", ()), b"content-type")
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                raw = b"".join(self._parts)
                is_list = self._entry["kind"] == "read" and len(raw) > 1000
                answer = Unread(raw, self._content_type) if is_list else _answer(raw, self._content_type)
                self._ledger.close(self._entry, self._status, answer, self._state)


def _answer(raw: bytes, content_type: str) -> Any:
    """Parsed where it is JSON, else its text."""
    if not raw:
        return None
    return parsed(raw, "") if "json" in content_type else raw.decode("utf-8", "replace")


def _header(headers: Any, wanted: bytes) -> str:
    return next((bytes(value).decode("latin-1") for name, value in headers if name.lower() == wanted), "")


async def _whole_body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _replay(raw: bytes, receive: Receive) -> Receive:
    waiting = [raw]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again
