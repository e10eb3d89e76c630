# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Warm: ansible-playbook without its start, from servers (warm_server.py) that live as long as this process of pytest."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ansible.release import __version__
from warm_awx import COLLECTION as AWX

SERVER = Path(__file__).with_name("warm_server.py")
# What Ansible reads from the environment when it is imported, and Python when it starts. A server is of one set of them.
READ_AT_START = re.compile(r"ANSIBLE_|PYTHON|LC_|LANG|XDG_|HOME$|TMPDIR$|TZ$|NO_COLOR$|PAGER$|EDITOR$")
# Those of Ansible's settings that tests often give alike. With others a process of its own is started, as with another ansible-core.
USUAL = {f"ANSIBLE_{name}" for name in ("COLLECTIONS_PATH", "CALLBACK_PLUGINS", "CALLBACKS_ENABLED", "NOCOLOR", "INJECT_INVOCATION")}
KNOWN = "2.19."  # of which tests/integration/test_warm.py holds it; the locked one


def fits(environment: Mapping[str, str], folder: Path, options: Sequence[str]) -> bool:
    """Whether a server's fork is as good as a process: it reads no settings again, and its modules leave no trace in -vvvv."""
    if os.name != "posix" or sys.platform == "darwin" or not __version__.startswith(KNOWN) or "-vvvv" in options:
        return False
    return not (folder / "ansible.cfg").exists() and {name for name in environment if name.startswith("ANSIBLE_")} <= USUAL


def begin(path: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str], files: Sequence[int]) -> tuple[int, Any]:
    """The number of a fork, and the connection that ends with it. `files`: its standard input and both outputs, perhaps more."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(path)
        socket.send_fds(connection, [b"x"], files)
        given = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        connection.sendall(json.dumps(given).encode() + b"\n")
        return int(_line(connection)), connection
    except BaseException:
        connection.close()
        raise


def _line(connection: socket.socket) -> bytes:
    found = b""
    while not found.endswith(b"\n") and (some := connection.recv(1)):
        found += some
    return found


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: environment[name] for name in sorted(environment) if READ_AT_START.match(name)}


def call(
    path: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str], files: Sequence[Any], timeout: float | None = None
) -> int:
    """The exit status of a fork; subprocess.TimeoutExpired if it does not end."""
    pid, connection = begin(path, arguments, folder, environment, [file.fileno() for file in files])
    with connection:
        connection.settimeout(timeout)
        try:
            return int(_line(connection) or -signal.SIGKILL)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(list(arguments), timeout or 0) from None


class Servers:
    """One of modules, and one of playbooks for each set of settings."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="warm-"))
        self.pid = os.getpid()
        self._paths: dict[str, str] = {}
        self._started: list[subprocess.Popen[str]] = []
        atexit.register(self.stop)

    def run(self, command: Sequence[str], folder: str, environment: Mapping[str, str]) -> tuple[int, str]:
        """Exit status, and what went to standard output and then to standard error."""
        environment = {"ANSIBLE_HOME": str(self.folder / "ansible"), **environment}
        path = self.playbooks(environment)
        with open(os.devnull, "rb") as nothing, tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            status = call(path, command, folder, environment, (nothing, out, err), timeout=900)
            out.seek(0)
            err.seek(0)
            return status, out.read() + err.read()

    def playbooks(self, environment: Mapping[str, str], but: Collection[str] = ()) -> str:
        """Where the server of these settings listens, whatever those named in `but` are."""
        modules = [self._server("modules", dict(os.environ), "modules")]
        if str(AWX) in environment.get("ANSIBLE_COLLECTIONS_PATH", ""):
            modules.append(self._server("awx", dict(os.environ), "awx"))
        its = {name: text for name, text in settings(environment).items() if name not in but}
        return self._server(json.dumps(its), environment, "playbooks", *modules)

    def _server(self, key: str, environment: Mapping[str, str], *arguments: str) -> str:
        if key not in self._paths:
            path = str(self.folder / f"s{len(self._paths)}")
            command = [sys.executable, "-P", str(SERVER), arguments[0], path, *arguments[1:]]
            plain = {name: value for name, value in environment.items() if not name.startswith(("ZOOM_", "GCP_", "GOOGLE_"))}
            found = {**plain, "PYTHONPATH": os.pathsep.join([str(SERVER.parent), environment.get("PYTHONPATH", "")])}
            started = subprocess.Popen(command, cwd=self.folder, env=found, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert started.stdout and started.stdout.readline() == "ready\n"
            self._started.append(started)
            self._paths[key] = path
        return self._paths[key]

    def stop(self) -> None:
        for started in self._started:
            started.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)


_found: list[Servers] = []


def servers() -> Servers:
    if not _found or _found[0].pid != os.getpid():
        _found[:] = [Servers()]
    return _found[0]
