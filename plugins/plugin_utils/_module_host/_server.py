# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module host: one process of a run that has loaded what modules need, and forks for each call.

It ends with ansible-playbook, holds no terminal and no pipe of the run, and keeps the tokens that modules were given for the modules after
them: in its memory alone, and only a process that it forked itself can ask for one.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import re
import selectors
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import _child
from ._protocol import Call, fits, is_ours, receive, send

_SLOW = 10.0  # seconds for a message that has begun
_PAUSE = 0.05  # seconds
_NAME = re.compile(r"[a-z][a-z_]*")


@dataclass
class Work:
    """A call on its way. `line` leads to whoever waits for it, `tokens` to the process that does it."""

    line: socket.socket
    pid: int
    end: int
    tokens: socket.socket


@dataclass
class Begun:
    """A module whose task is still to come. `line`: of whoever will wait for it; `asked`: an event that it looks for."""

    line: socket.socket
    files: list[int]  # what it prints
    asked: int

    def close(self) -> None:
        self.line.close()
        for file in (*self.files, self.asked):
            os.close(file)


@dataclass
class Host:
    listener: socket.socket
    place: Path
    main: int  # pidfd of ansible-playbook
    modules: str  # the package that they are in
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    selector: selectors.PollSelector = field(default_factory=selectors.PollSelector)  # it opens no file that a fork would share
    waiting: set[socket.socket] = field(default_factory=set)
    works: list[Work] = field(default_factory=list)
    ahead: dict[str, Begun] = field(default_factory=dict)

    def serve(self) -> None:
        """Until ansible-playbook has ended. Modules that work then find out for themselves, as their parent is gone."""
        self.selector.register(self.main, selectors.EVENT_READ, None)
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        try:
            while True:
                ready = [key.data for key, _events in self.selector.select()]
                for act in ready:
                    if act is not None:
                        act()
                if None in ready:
                    return
        finally:
            self.place.unlink(missing_ok=True)

    def _accept(self) -> None:
        try:
            line, _address = self.listener.accept()
        except OSError:  # gone again, or too many files are open: modules that work go on
            time.sleep(_PAUSE)
            return
        try:
            line.settimeout(_SLOW)
            if not is_ours(line):
                raise OSError("of another user")
            send(line, {"ready": True})
        except OSError:
            line.close()
            return
        self.waiting.add(line)
        self.selector.register(line, selectors.EVENT_READ, lambda: self._called(line))

    def _called(self, line: socket.socket) -> None:
        self.waiting.remove(line)
        self.selector.unregister(line)
        try:
            message, files = receive(line, 3)
        except (OSError, EOFError, ValueError):
            line.close()
            return
        try:
            key, is_ahead = str(message.pop("key", "")), message.pop("ahead", False)
            if is_ahead:
                self._begin_ahead(line, key, Call(**message), files)
            elif key in self.ahead:
                self._hand_over(line, self.ahead.pop(key))
            else:
                self._begin(line, Call(**message), files)
        except (TypeError, ValueError, OSError):  # nobody asks so; or no process can be made
            with contextlib.suppress(OSError):
                send(line, {"refused": True})
            line.close()
        finally:
            for file in files:
                os.close(file)

    def _begin_ahead(self, line: socket.socket, key: str, call: Call, files: list[int]) -> None:
        """The host holds the place of who will wait: with the host's end, or with the run's, it is free, which the module sees."""
        if not key or key in self.ahead:
            raise ValueError("nobody would find it")
        held, its = socket.socketpair()
        begun = Begun(held, [os.dup(file) for file in files[1:]], os.eventfd(0))
        self.waiting.add(line)  # for no longer than it takes to fork
        try:
            self._begin(its, call, files, begun)
        except BaseException:
            begun.close()
            its.close()
            raise
        finally:
            self.waiting.remove(line)
        self.ahead[key] = begun
        with contextlib.suppress(OSError):
            send(line, {"begun": True})
        line.close()

    def _hand_over(self, line: socket.socket, begun: Begun) -> None:
        """To its task. From now on it is as one that was begun by it."""
        with contextlib.suppress(OSError):
            send(line, {"begun": True})
            send(line, {}, (begun.line.fileno(), *begun.files))
            os.eventfd_write(begun.asked, 1)
        begun.close()
        line.close()

    def _begin(self, line: socket.socket, call: Call, files: list[int], begun: Begun | None = None) -> None:
        if not _NAME.fullmatch(call.name) or not fits(call.environment, os.environ):
            raise ValueError("not for this host")
        name = f"{self.modules}.{call.name}"
        with contextlib.suppress(Exception, SystemExit):  # the module's own process fails over it, and says so
            importlib.import_module(name)
        ours, theirs = socket.socketpair()
        gc.freeze()  # what is loaded stays, and is not looked through again in each fork
        try:
            pid = os.fork()
        except OSError:
            ours.close()
            theirs.close()
            raise
        if pid == 0:
            asked = None
            try:
                asked = os.dup(begun.asked) if begun else None
                self._forget(ours, begun)
            finally:
                _child.run(call, name, files, line, theirs, asked)
        theirs.close()
        self._follow(Work(line, pid, _begun(pid, ours), ours))

    def _follow(self, work: Work) -> None:
        self.works.append(work)
        self.selector.register(work.end, selectors.EVENT_READ, lambda: self._ended(work))
        self.selector.register(work.line, selectors.EVENT_READ, lambda: self._left(work))
        self.selector.register(work.tokens, selectors.EVENT_READ, lambda: self._asked(work))

    def _forget(self, ours: socket.socket, begun: Begun | None) -> None:
        """In a fork: what is the host's, and what leads to other modules."""
        for other in (*self.ahead.values(), *([begun] if begun else [])):
            other.close()
        for work in self.works:
            work.line.close()
            work.tokens.close()
            os.close(work.end)
        for line in (*self.waiting, self.listener, ours):
            line.close()
        os.close(self.main)
        self.tokens.clear()

    def _ended(self, work: Work) -> None:
        _pid, status = os.waitpid(work.pid, 0)
        self._unregister(work.line, work.tokens)
        self.selector.unregister(work.end)
        os.close(work.end)
        with contextlib.suppress(OSError):
            send(work.line, {"rc": os.waitstatus_to_exitcode(status)})
        work.line.close()
        work.tokens.close()
        self.works.remove(work)

    def _left(self, work: Work) -> None:
        """Nobody waits for it any more: its task was ended. It is told as by Ctrl-C, and writes nothing more."""
        self._unregister(work.line)
        if work in self.works:
            os.kill(work.pid, signal.SIGINT)

    def _asked(self, work: Work) -> None:
        if work not in self.works:  # ended, in the same round
            return
        try:
            asked, _none = receive(work.tokens)
            if "give" in asked:
                self.tokens[str(asked["give"])] = dict(asked["token"])
            else:
                send(work.tokens, self.tokens.get(str(asked["take"]), {}))
        except (OSError, EOFError, ValueError, TypeError, KeyError):
            self._unregister(work.tokens)

    def _unregister(self, *lines: socket.socket) -> None:
        for line in lines:
            with contextlib.suppress(KeyError, ValueError):
                self.selector.unregister(line)


def _begun(pid: int, ours: socket.socket) -> int:
    """The process's pidfd, once it was told to go on. Where it can't be followed it leaves, as the line to it ends: whoever is told
    that it was refused begins the module a second time.
    """
    ours.settimeout(_SLOW)
    end = -1
    try:
        end = os.pidfd_open(pid)
        send(ours, {"begin": True})
    except OSError:
        ours.close()
        if end >= 0:
            os.close(end)
        os.waitpid(pid, 0)
        raise
    return end


def main(package: str, given: list[str]) -> None:
    """`package`: of the collection's plugins; `given`: an open socket that listens, the number of ansible-playbook's process, and the
    socket's path. Whoever started this waits, so that process is there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listener, process, place = socket.socket(fileno=int(given[0])), int(given[1]), Path(given[2])
    host = Host(listener, place, os.pidfd_open(process), f"{package}.modules")
    for name in ("_frame._module", "_transport._shared_tokens"):
        with contextlib.suppress(Exception):  # each module says what is missing
            importlib.import_module(f"{package}.module_utils.{name}")
    host.serve()
