# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sandbox: the server in a thread of its own, with everything a test wants to hold."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from . import app
from .control import Controls
from .frame import files
from .frame.clock import Clock
from .frame.context import Served
from .frame.faults import Faults
from .frame.ledger import Ledger
from .google.workspace import Workspace
from .seed import load as load_seed
from .settings import Switches
from .zoom.account import ZoomAccount

PATIENCE = 10.0  # seconds for the server to start or to end


class Protocol(H11Protocol):
    """Hands each request its transport, so that a fault can end the connection; and sends small answers at once."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio does so only where the socket names its protocol, which a listener handed over does not
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, "transport": transport}

    def shutdown(self) -> None:
        """Requests that a fault delays are not waited for."""
        super().shutdown()
        for task in self.tasks:
            task.cancel()


class Server(uvicorn.Server):
    """Ends as soon as it is told to; uvicorn looks every tenth of a second, and gives connections another one."""

    _ended: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def end(self) -> None:
        """From any thread."""
        self.should_exit = True
        if self._ended:
            loop, event = self._ended
            with contextlib.suppress(RuntimeError):  # it has ended already
                loop.call_soon_threadsafe(event.set)

    async def main_loop(self) -> None:
        ended, ticks = asyncio.Event(), 0
        self._ended = (asyncio.get_running_loop(), ended)
        while not await self.on_tick(ticks):
            ticks = (ticks + 1) % 864000
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _turn in range(3):  # what is idle is gone after that
            await asyncio.sleep(0)
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)


class Sandbox:
    """A running sandbox; `Sandbox.start(…)` makes one. Use it as a context manager, or stop it.

    google, zoom: the state of either side, with methods for what happens there apart from the APIs.
    ledger, faults, switches, clock: see there.
    """

    def __init__(self, seeds: Mapping[str, Mapping[str, Any]], switches: Mapping[str, Any] | None, listener: socket.socket) -> None:
        self.url = _url(listener)
        self.switches = Switches(switches)
        self.clock = Clock()
        self.ledger = Ledger()
        self.faults = Faults()
        context = Served(self.switches, self.clock, self.url)
        self.google = Workspace.from_seed(seeds["google"], context)
        self.zoom = ZoomAccount.from_seed(seeds["zoom"], context)
        controls = Controls(self.google, self.zoom, self.ledger, self.faults, self.switches, self.clock)
        self._listener = listener
        self._server = _server(app.build(controls))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name=f"sandbox {self.url}", daemon=True)
        self._folder: Path | None = None
        self._folder_is_ours = False

    @classmethod
    def start(
        cls,
        seed: Mapping[str, Any] | Path | str | None = None,
        switches: Mapping[str, Any] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        state_dir: Path | str | None = None,
    ) -> Sandbox:
        """Serves when it returns. `state_dir` gets the files of `files`; without, the key lies in a private directory."""
        seeds = load_seed(seed)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=512)
        try:
            box = cls(seeds, switches, listener)
        except BaseException:
            listener.close()
            raise
        try:
            box._run()
            box._write_files(Path(state_dir) if state_dir else None)
        except BaseException:
            box.stop()
            raise
        return box

    def _run(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the sandbox's server did not start")
            time.sleep(0.002)

    def stop(self) -> None:
        """Frees the port, ends the thread and removes the files. Stopping twice does no harm."""
        self._server.end()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)
        self._listener.close()
        if self._folder is not None:
            files.remove(self._folder)
            if self._folder_is_ours:
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    # How to connect

    def connections(self) -> dict[str, dict[str, Any]]:
        """The variables google_connection and zoom_connection, as roles and playbooks take them."""
        if self._folder is None:
            raise RuntimeError("the sandbox is stopped")
        google = {
            "auth_kind": "serviceaccount",
            "service_account_file": str(self._folder / files.KEY),
            "subject": self.google.admin,
            "customer": self.google.customer,
            "api_url": self.url,
            "groups_settings_url": self.url,
        }
        zoom = {
            "account_id": self.zoom.account_id,
            "client_id": self.zoom.client_id,
            "client_secret": self.zoom.client_secret,
            "api_url": self.url,
            "oauth_url": f"{self.url}/oauth/token",
            "rate_plan": self.zoom.rate_plan,
        }
        return {"google_connection": google, "zoom_connection": zoom}

    def scim_connection(self) -> dict[str, str]:
        """The connection of who has a static SCIM token only."""
        return {"access_token": self.zoom.scim_token, "api_url": self.url}

    def environment(self) -> dict[str, str]:
        """The same as environment variables."""
        google, zoom = self.connections().values()
        return {
            "GCP_AUTH_KIND": google["auth_kind"],
            "GCP_SERVICE_ACCOUNT_FILE": google["service_account_file"],
            "GOOGLE_WORKSPACE_SUBJECT": google["subject"],
            "GOOGLE_WORKSPACE_CUSTOMER": google["customer"],
            "GOOGLE_DIRECTORY_URL": google["api_url"],
            "GOOGLE_GROUPS_SETTINGS_URL": google["groups_settings_url"],
            "ZOOM_ACCOUNT_ID": zoom["account_id"],
            "ZOOM_CLIENT_ID": zoom["client_id"],
            "ZOOM_CLIENT_SECRET": zoom["client_secret"],
            "ZOOM_API_URL": zoom["api_url"],
            "ZOOM_OAUTH_URL": zoom["oauth_url"],
        }

    def _write_files(self, state_dir: Path | None) -> None:
        self._folder_is_ours = state_dir is None
        self._folder = files.make_private(state_dir or Path(tempfile.mkdtemp(prefix="sandbox-")))
        files.write_json(self._folder / files.KEY, self.google.service_account_info())
        if state_dir is not None:
            exports = files.export_lines(self.environment()) + files.without_proxy(urlsplit(self.url).hostname or "")
            files.write(self._folder / files.ENVIRONMENT, exports)
            # last: whoever waits for it finds the others
            files.write_json(self._folder / files.ADDRESS, {"url": self.url, "pid": os.getpid(), **self.connections()})


def _server(application: Any) -> Server:
    config = uvicorn.Config(
        application,
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=120,
        timeout_graceful_shutdown=1,
    )
    return Server(config)


def _url(listener: socket.socket) -> str:
    """Where clients on this machine reach it, also when it listens on every address."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
