# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A room for one way: a network, a home, a PATH and settings of pip with nothing in them but what the way is about."""

from __future__ import annotations

import fcntl
import shutil
import socket
import struct
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pip._internal.models.index import PyPI

from fresh import mirror, pythons, servers

if TYPE_CHECKING:
    from fresh.ways import Way

DEFAULT = urlsplit(PyPI.simple_url).hostname or ""  # whom pip asks if nothing is set
COMPANY = "packages.internal"
TOOLS = ("sh", "env", "make", "mkdir", "ln", "touch", "rm", "cat", "grep", "sed")
OF_ALL_USERS = (Path("/etc/pip.conf"), Path("/etc/xdg/pip/pip.conf"))
FIRST_LINE = "\n== "
LONG = 900


class Wrong(Exception):
    """What is not as it should be, in a sentence."""


@dataclass
class Room:
    way: Way
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # paths of the index
    led: list[str] = field(default_factory=list)  # names that the proxy was asked for

    @property
    def sources(self) -> Path:
        return self.folder / self.way.folder

    def run(self, *command: str, fails: bool = False, cwd: Path | None = None) -> str:
        """What it prints, which the log of the way keeps."""
        print(f"$ {' '.join(command)}", flush=True)
        path = shutil.which(command[0], path=self.environment["PATH"]) or command[0]
        done = subprocess.run(
            [path, *command[1:]],
            env=self.environment,
            cwd=cwd or self.sources,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=LONG,
        )
        print(done.stdout, flush=True)
        if bool(done.returncode) != fails:
            raise Wrong(f"{' '.join(command)} ended with {done.returncode}: {_last(done.stdout)}")
        return done.stdout

    def first_line(self, *command: str) -> float:
        """Seconds until the demo prints its first line."""
        start = time.monotonic()
        with subprocess.Popen(command, env=self.environment, cwd=self.sources, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                if line.startswith(FIRST_LINE.strip()):
                    took = time.monotonic() - start
                    process.terminate()
                    return took
        raise Wrong(f"{' '.join(command)} ended without a line of the demo")


def _last(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "it printed nothing")


def furnish(way: Way, folder: Path) -> Room:
    room = Room(way, folder)
    if way.packed:
        room.sources.mkdir()
    else:
        shutil.copytree(mirror.SOURCES, room.sources)
    home = folder / "home"
    home.mkdir()
    values = _serve(room)
    if way.pip_conf:
        settings = home / ".config" / "pip" / "pip.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text(way.pip_conf.format_map(values))
    given = {name: text.format_map(values) for name, text in way.environment.items()}
    room.environment = {"PATH": str(_tools(way, folder)), "HOME": str(home), **given}
    for name in way.without:
        del room.environment[name]
    return room


def _serve(room: Room) -> dict[str, str]:
    """The servers of the way, and what its settings may name."""
    authority, certificate = servers.certificates(room.folder, [COMPANY, DEFAULT])
    plain = servers.serve(servers.index(mirror.MIRROR, room.asked)).server_port if room.way.index == "plain" else 0
    port = 443 if DEFAULT in room.way.hosts else 0
    tls = servers.serve(servers.index(mirror.MIRROR, room.asked), port, certificate).server_port if room.way.index == "tls" else 0
    leading = servers.serve(servers.proxy({COMPANY: tls}, room.led)).server_port
    return {
        "plain": f"http://{servers.HERE}:{plain}/simple",
        "tls": f"https://{COMPANY}:{tls}/simple",
        "behind": f"https://{COMPANY}/simple",
        "proxy": f"http://{servers.HERE}:{leading}",
        "authority": str(authority),
        "mirror": str(mirror.MIRROR),
    }


def _tools(way: Way, folder: Path) -> Path:
    """A PATH with nothing on it but what set-up may use: above all no git."""
    tools = folder / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or "")
    for name, version in way.pythons.items():
        found = pythons.too_old() if version == "too old" else pythons.find(version)
        (tools / name).symlink_to(found or "")
    if way.hides:
        hidden = folder / "hidden"
        hidden.mkdir()
        for module in way.hides:
            (hidden / f"{module}.py").write_text("raise ModuleNotFoundError(__name__)\n")
        real = (tools / "python3").resolve()
        (tools / "python3").unlink()
        (tools / "python3").write_text(f'#!/bin/sh\nPYTHONPATH={hidden} exec {real} "$@"\n')
        (tools / "python3").chmod(0o755)
    return tools


def close(way: Way, folder: Path) -> None:
    """Inside namespaces of its own: nothing but this machine is on the network, and no settings of others are read."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sH", b"lo", 1)  # a network begins with its loopback down
        fcntl.ioctl(control, 0x8914, request)
    names = folder / "hosts"
    names.write_text("".join(f"{servers.HERE} {name}\n" for name in ("localhost", *way.hosts)))
    empty = folder / "empty"
    empty.touch()
    for path, cover in ((Path("/etc/hosts"), names), *((path, empty) for path in OF_ALL_USERS)):
        if path.exists():
            subprocess.run(["mount", "--bind", cover, path], check=True)
