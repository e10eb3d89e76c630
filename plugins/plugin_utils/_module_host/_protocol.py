# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an action and the module host say to each other over a socket: JSON after its length, and open files beside it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct("!I")
_MOST = 16 * 2**20  # bytes of a message: a whole environment is less
_PEER = struct.Struct("3i")  # pid, uid, gid, as the kernel tells them
# Variables that are looked up when they are needed, by our modules or by the clients that they use. All others may decide how Python
# starts, what it finds or how it writes: of these the host was started with its own.
_READ_WHEN_USED = re.compile(
    r"(ZOOM|GCP|WORKSPACE_ZOOM|GOOGLE_WORKSPACE)_\w+|GOOGLE_(DIRECTORY_URL|GROUPS_SETTINGS_URL|APPLICATION_CREDENTIALS)"
    r"|(HTTPS?|ALL|NO)_PROXY|(REQUESTS|CURL)_CA_BUNDLE|HOME|NETRC",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Call:
    """A module, where it is to work, and the whole of its environment."""

    name: str
    cwd: str
    environment: Mapping[str, str]

    @property
    def message(self) -> dict[str, Any]:
        return {"name": self.name, "cwd": self.cwd, "environment": dict(self.environment)}

    def key(self, options: bytes) -> str:
        """The same of two calls that ask for the same; it tells nothing of what that is."""
        return hashlib.sha256(json.dumps(self.message, sort_keys=True).encode() + b"\0" + options).hexdigest()


@dataclass(frozen=True)
class Done:
    stdout: str
    stderr: str
    rc: int


def fits(environment: Mapping[str, str], host: Mapping[str, str]) -> bool:
    """Whether a process with the one environment can be made of one that was started with the other."""
    differing = {name for name in environment.keys() | host.keys() if environment.get(name) != host.get(name)}
    return all(_READ_WHEN_USED.fullmatch(name) for name in differing)


def can_host(environment: Mapping[str, str]) -> bool:
    """Whether there can be a host at all: forked, seen to its end and found by the kernel's own means, which Linux has."""
    paths = environment.get("PYTHONPATH")
    if paths and not all(os.path.isabs(path) for path in paths.split(os.pathsep)):  # of where each module would be started
        return False
    return all(hasattr(os, name) for name in ("fork", "pidfd_open", "memfd_create", "eventfd")) and os.path.isdir("/proc/self/fd")


def bind(listener: socket.socket, path: Path) -> None:
    with _Folder(path) as name:
        listener.bind(name)


def connect(line: socket.socket, path: Path) -> None:
    with _Folder(path) as name:
        line.connect(name)


class _Folder:
    """A name of a socket by its open folder: the whole path may be longer than a socket's name can be."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> str:
        self._open = os.open(self._path.parent, os.O_PATH | os.O_DIRECTORY)
        return f"/proc/self/fd/{self._open}/{self._path.name}"

    def __exit__(self, *_error: object) -> None:
        os.close(self._open)


def is_ours(line: socket.socket) -> bool:
    """Whether the other end is a process of this user."""
    _pid, uid, _gid = _PEER.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return bool(uid == os.getuid())


def send(line: socket.socket, message: Mapping[str, Any], files: tuple[int, ...] = ()) -> None:
    content = json.dumps(message).encode()
    if files:
        socket.send_fds(line, [_LENGTH.pack(len(content))], files)
        line.sendall(content)
    else:
        line.sendall(_LENGTH.pack(len(content)) + content)


def receive(line: socket.socket, files: int = 0) -> tuple[dict[str, Any], list[int]]:
    """The message and the files that came with it. EOFError where the other end is gone, ValueError for what is no message."""
    head, found, _flags, _address = socket.recv_fds(line, _LENGTH.size, files)
    if not head:
        raise EOFError
    try:
        head += _whole(line, _LENGTH.size - len(head))
        (length,) = _LENGTH.unpack(head)
        if length > _MOST:
            raise ValueError("a message that is too long")
        message = json.loads(_whole(line, length))
        if not isinstance(message, dict) or len(found) != files:
            raise ValueError("no message")
    except BaseException:
        for file in found:
            os.close(file)
        raise
    return message, found


def _whole(line: socket.socket, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        some = line.recv(length - len(found))
        if not some:
            raise EOFError
        found += some
    return bytes(found)
