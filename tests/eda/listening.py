# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source in this process: its main() in a loop of its own, and a client that sends what it is told to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import http.client
import json
import runpy
import socket
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "extensions" / "eda" / "plugins" / "event_source"
SECRET, TOKEN = "zoom-secret-that-nobody-may-see", "google-token-that-nobody-may-see"
ACCOUNT = "eastAccount000000000000"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


class Source:
    """`events`: what it has handed on so far."""

    def __init__(self, name: str, args: Mapping[str, Any]) -> None:
        self.module = runpy.run_path(str(SOURCES / f"{name}.py"))
        self.port, self.events, self._loop = free_port(), list[dict[str, Any]](), asyncio.new_event_loop()
        self.open = True
        self._task = self._loop.create_task(self.module["main"](self, {"port": self.port, **args}))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        wait_for(self.port)

    async def put(self, event: dict[str, Any]) -> None:
        """The engine's queue: it takes nothing while it is not `open`."""
        while not self.open:
            await asyncio.sleep(0.01)
        self.events.append(event)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)
        self._loop.close()

    def send(self, body: bytes, headers: Any, method: str = "POST", path: str = "/") -> tuple[int, bytes]:
        """`headers`: a dictionary, or pairs where one is sent twice."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path)
            for name, value in headers.items() if isinstance(headers, dict) else headers:
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def people(self, count: int = 1) -> list[dict[str, Any]]:
        """Once there are so many, or after a second."""
        deadline = time.monotonic() + 1
        while len(self.events) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return [event["person"] for event in self.events]


def signed(body: bytes, secret: str = SECRET, stamp: str | None = None) -> dict[str, str]:
    """Headers as Zoom sends them."""
    stamp = stamp if stamp is not None else str(int(time.time()))
    digest = hmac.new(secret.encode(), b":".join((b"v0", stamp.encode(), body)), hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={digest}"}


def zoom_event(email: Any = "bob@example.com", event: str = "user.updated", account: str = ACCOUNT, **payload: Any) -> bytes:
    subject = {"id": "z8ycx1223fq", **({"email": email} if email is not None else {}), "first_name": "{{ lookup('env', 'HOME') }}"}
    return json.dumps({"event": event, "event_ts": 1, "payload": {"account_id": account, "object": subject, **payload}}).encode()
