# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both event sources share: an HTTP listener that hands on addresses of people, and nothing else.

A request is data of strangers until its sender is proven. Of what a proven one holds, the engine gets a name of an event and an address
of a strict form. No header, no other field and no secret is logged or handed on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import ssl
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from aiohttp import web

logger = logging.getLogger("workspace_zoom.provisioning.events")

# Narrower than what mail allows: what passes is one plain word in a text of lines, in JSON, in YAML and in a template.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"[a-z0-9][a-z0-9._+'-]{{0,63}}@(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_SHORTEST_SECRET = 16
_READ_SECONDS = 10.0
_LONGEST_CONNECTION = 60.0
_SAME_SECONDS, _HOUR = 60.0, 3600.0


class Queue(Protocol):
    """What ansible-rulebook gives to a source."""

    async def put(self, item: dict[str, Any]) -> None:
        """Waits while the engine takes no more."""


@dataclass(frozen=True)
class Answer:
    """To one request: `person` goes to the engine, `why` into the log if nobody does."""

    status: int
    why: str = ""
    body: Mapping[str, str] | None = None
    person: Mapping[str, str] | None = None


Receive = Callable[[Mapping[str, str], bytes, float], Answer]


@dataclass(frozen=True)
class Listener:
    """Where to listen, and how much to take."""

    host: str = "127.0.0.1"
    port: int = 0
    path: str = "/"
    certfile: str | None = None
    keyfile: str | None = None
    max_body: int = 65536
    max_waiting: int = 1000
    max_repeats: int = 6

    def tls(self) -> ssl.SSLContext | None:
        if not self.certfile:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certfile, self.keyfile)
        return context


OPTIONS = ("host", "port", "path", "certfile", "keyfile", "max_body", "max_waiting", "max_repeats")
_COUNTS = ("max_body", "max_waiting", "max_repeats")


def listener(args: Mapping[str, Any], own: tuple[str, ...]) -> Listener:
    """ValueError names the option. `own`: options of the source itself."""
    unknown = sorted(set(args) - {*OPTIONS, *own, "eda_feedback_queue"})
    if unknown:
        raise ValueError(f"This event source has no option {', '.join(unknown)}; known are {', '.join(sorted({*OPTIONS, *own}))}.")
    given = {name: args[name] for name in OPTIONS if args.get(name) not in (None, "")}
    for name in ("port", *_COUNTS):
        if name in given:
            given[name] = whole(given[name], name)
    if not 0 < given.get("port", 0) < 65536:
        raise ValueError("port must be a number from 1 to 65535; give the port to listen on.")
    if not str(given.get("path", "/")).startswith("/"):
        raise ValueError("path must begin with a slash, such as /zoom.")
    return Listener(**given)


def whole(value: Any, option: str) -> int:
    if not isinstance(value, bool) and re.fullmatch(r"[0-9]{1,9}", str(value)) and int(value) > 0:
        return int(value)
    raise ValueError(f"{option} must be a whole number above 0.")


def secret(args: Mapping[str, Any], what: str, default_variable: str) -> bytes:
    """Of the environment or a file, never of a variable of the rulebook: the engine prints those where it is asked to."""
    path, variable = args.get(f"{what}_file"), args.get(f"{what}_env") or default_variable
    if path:
        try:
            text = Path(str(path)).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise ValueError(f"{what}_file can't be read; give the path of a file that this process may read.") from None
    else:
        text = os.environ.get(str(variable), "").strip()
    if len(text) < _SHORTEST_SECRET:
        source = f"The file of {what}_file" if path else f"The environment variable {variable}"
        raise ValueError(f"{source} holds no {what} of at least {_SHORTEST_SECRET} characters; without it no request can be trusted.")
    return text.encode()


def address(value: Any) -> str:
    """In small letters; '' for whatever is not a plain address."""
    text = value.lower() if isinstance(value, str) and len(value) <= 254 and value.isascii() else ""
    return text if _ADDRESS.fullmatch(text) else ""


def words(value: Any, option: str, known: frozenset[str] | None = None) -> frozenset[str]:
    """A list of texts, in small letters; one text stands for a list of one."""
    items = [value] if isinstance(value, str) else value or []
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) and item.strip() for item in items):
        raise ValueError(f"{option} must be a list of texts.")
    found = frozenset(item.strip().lower() for item in items)
    if known is not None and found - known:
        raise ValueError(f"{option} holds {', '.join(sorted(found - known))}; known are {', '.join(sorted(known))}.")
    return found


def json_object(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


@dataclass
class Repeats:
    """So that no circle of writes and events runs for ever: a person is handed on in at most `most` different minutes of an hour."""

    most: int
    _times: dict[str, deque[float]] = field(default_factory=dict)

    def allow(self, who: str, now: float) -> bool:
        times = self._times.setdefault(who, deque())
        while times and now - times[0] >= _HOUR:
            times.popleft()
        if times and now - times[-1] < _SAME_SECONDS:
            return True
        if len(times) >= self.most:
            return False
        times.append(now)
        if len(self._times) > 10_000:
            self._times = {name: kept for name, kept in self._times.items() if kept and now - kept[-1] < _HOUR}
        return True


class Waiting:
    """People whom the engine has not taken yet, each once: it takes nothing while its own queue of launches is full."""

    def __init__(self, most: int) -> None:
        self._people: dict[str, Mapping[str, str]] = {}
        self._filled = asyncio.Event()
        self._most = most

    def add(self, person: Mapping[str, str]) -> bool:
        if person["address"] not in self._people and len(self._people) >= self._most:
            return False
        self._people[person["address"]] = person
        self._filled.set()
        return True

    async def hand_on(self, queue: Queue) -> None:
        while True:
            await self._filled.wait()
            first = next(iter(self._people))
            person = self._people.pop(first)
            if not self._people:
                self._filled.clear()
            await queue.put({"person": dict(person)})


class Log:
    """One line a minute and reason, so that a stranger can't fill a disk."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def say(self, why: str, now: float) -> None:
        if now - self._last.get(why, -_SAME_SECONDS) >= _SAME_SECONDS:
            self._last[why] = now
            logger.warning("%s", why)


class Unquoted(logging.Filter):
    """Of what the web server would log of a malformed request, which quotes it in a traceback: its kind alone."""

    def __init__(self) -> None:
        super().__init__()
        self._log = Log()

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else record.levelname
        if record.levelno >= logging.WARNING:
            self._log.say(f"A request could not be read or answered ({kind}).", time.time())
        return False


def _server_log() -> logging.Logger:
    found = logging.Logger("workspace_zoom.provisioning.events.server")  # of this listener alone
    found.addFilter(Unquoted())
    return found


def application(options: Listener, receive: Receive, waiting: Waiting, clock: Callable[[], float] = time.time) -> web.Application:
    """One path, POST alone; aiohttp refuses every other one, and bodies above the limit."""
    repeats, log = Repeats(options.max_repeats), Log()

    async def post(request: web.Request) -> web.Response:
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return web.Response(status=415)
        try:
            body = await asyncio.wait_for(request.read(), _READ_SECONDS)
        except TimeoutError:
            return web.Response(status=408)
        now = clock()
        answer = receive(_single(request), body, now)
        if answer.why:
            log.say(answer.why, now)
        if answer.person is None:
            return web.json_response(answer.body, status=answer.status) if answer.body else web.Response(status=answer.status)
        if not repeats.allow(answer.person["address"], now):
            log.say(
                f"{answer.person['address']} had events in {options.max_repeats} different minutes of an hour; further ones are left to "
                "the next full run. Look for another system that changes this account again and again.",
                now,
            )
        elif not waiting.add(answer.person):
            log.say(f"{options.max_waiting} people wait to be handed on; requests are refused until the controller has caught up.", now)
            return web.Response(status=503, headers={"Retry-After": "60"})
        return web.Response(status=answer.status)

    made = web.Application(client_max_size=options.max_body)
    made.router.add_post(options.path, post)
    return made


def _single(request: web.Request) -> Mapping[str, str]:
    """Headers in small letters. One that is given twice is left out: which of both the sender meant, nobody knows."""
    return {name.lower(): value for name, value in request.headers.items() if len(request.headers.getall(name)) == 1}


def _end(connection: web.RequestHandler) -> None:
    if connection.transport is not None:
        connection.transport.abort()


async def listen(queue: Queue, options: Listener, receive: Receive) -> None:
    """Until it is cancelled. No access log: a sender may have put a secret into the address of a request."""
    waiting = Waiting(options.max_waiting)
    runner = web.AppRunner(application(options, receive, waiting), access_log=None, logger=_server_log())
    await runner.setup()
    loop = asyncio.get_running_loop()

    def connected() -> asyncio.BaseProtocol:
        """The web server would wait for the headers of a request as long as its sender likes."""
        connection = cast("web.Server", runner.server)()
        loop.call_later(_LONGEST_CONNECTION, _end, connection)
        return connection

    server = await loop.create_server(connected, options.host, options.port, ssl=options.tls())
    try:
        await waiting.hand_on(queue)
    finally:
        server.close()
        await runner.cleanup()
