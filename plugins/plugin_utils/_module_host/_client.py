# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module host as an action sees it: started by the first that needs it, and asked by each to run a module."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from ._protocol import Call, Done, bind, can_host, connect, fits, is_ours, receive, send

_WAITING = 128  # actions at once: forks may be many
_STARTS = 30.0  # seconds that a host may take until it answers
KILLED = -9


def run(place: Path, start: Path, call: Call, options: bytes) -> Done | None:
    """What the module said. None where no host can run it: then nothing was begun. `place`: of its socket, in a folder of this run alone;
    `start`: the file that Python starts. A line that ends is a module that was killed: it is not begun a second time.
    """
    with ExitStack() as opened:
        asked = _ask(opened, place, start, call, options)
        if asked is None:
            return None
        line, stdout, stderr = asked
        answer = _answer(line)
        if "begun" in answer:
            return _taken_over(line)
        return None if "refused" in answer else Done(_text(stdout), _text(stderr), int(answer.get("rc", KILLED)))


def begin(place: Path, start: Path, call: Call, options: bytes) -> bool:
    """Begins what `run` is asked for later, with the same call and options: it then waits for that one. False where nothing was begun."""
    with ExitStack() as opened:
        asked = _ask(opened, place, start, call, options, ahead=True)
        return asked is not None and "begun" in _answer(asked[0])


def _ask(
    opened: ExitStack, place: Path, start: Path, call: Call, options: bytes, *, ahead: bool = False
) -> tuple[socket.socket, BinaryIO, BinaryIO] | None:
    """The line to the host, and what the module prints to. None where there is none that can run this."""
    # The environment of this process is the one that a host was, or would be, started with.
    if not can_host(os.environ) or not fits(call.environment, os.environ):
        return None
    try:
        stdin, stdout, stderr = (opened.enter_context(_file(content)) for content in (options, b"", b""))
        line = opened.enter_context(_line(place, start))
        message = {**call.message, "key": call.key(options), "ahead": ahead}
        send(line, message, (stdin.fileno(), stdout.fileno(), stderr.fileno()))
    except (OSError, EOFError, ValueError):
        return None
    return line, stdout, stderr


def _taken_over(line: socket.socket) -> Done:
    """The line to a module that was begun ahead, and what it prints, come behind the answer."""
    try:
        _message, (its, out, err) = receive(line, 3)
    except (OSError, EOFError, ValueError):
        return Done("", "", KILLED)
    with socket.socket(fileno=its) as own, os.fdopen(out, "rb") as stdout, os.fdopen(err, "rb") as stderr:
        answer = _answer(own)
        return Done(_text(stdout), _text(stderr), int(answer.get("rc", KILLED)))


def _answer(line: socket.socket) -> dict[str, Any]:
    try:
        return receive(line)[0]
    except (OSError, EOFError, ValueError):
        return {}


def _line(place: Path, start: Path) -> socket.socket:
    """To a host that is ready."""
    try:
        line = _connected(place)
    except OSError:
        _start(place, start)
        line = _connected(place)
    try:
        line.settimeout(_STARTS)
        ready, _none = receive(line)
        if not is_ours(line) or not ready.get("ready"):
            raise ValueError("not ready")
        line.settimeout(None)
    except BaseException:
        line.close()
        raise
    return line


def _connected(place: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connect(line, place)
    except OSError:
        line.close()
        raise
    return line


def _start(place: Path, start: Path) -> None:
    """Of several that start one at the same time one wins, by a link: a socket that is found is listened to, or its host has ended, and
    there is no other one in this run.
    """
    mine = place.with_name(f"{place.name}.{os.getpid()}")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        bind(listener, mine)
        try:
            listener.listen(_WAITING)
            os.link(mine, place)
        except FileExistsError:
            return
        finally:
            mine.unlink()
        subprocess.Popen(
            [sys.executable, "-P", str(start), "host", str(listener.fileno()), str(os.getppid()), str(place)],
            cwd="/",
            env=dict(os.environ),  # a library in C may have put more into the process's own, of which Python knows nothing
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[listener.fileno()],
            start_new_session=True,  # no terminal, and no signal that is meant for a group of this run
        )


def _file(content: bytes) -> BinaryIO:
    """In memory, without a name: it is gone with the last process that has it. OSError where a kernel grants none."""
    file = os.fdopen(os.memfd_create("module"), "w+b", buffering=0)
    try:
        if file.write(content) != len(content):
            raise OSError("no room")
        file.seek(0)
    except OSError:
        file.close()
        raise
    return file


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
