# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Crashing: a run in a process of its own, which ends at once at a chosen moment, as by SIGKILL or a loss of power."""

from __future__ import annotations

import os
import traceback
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal, NoReturn
from unittest import mock

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import READS, Http
from sandbox import Sandbox
from stateful.site import Site

KILLED, BROKEN, UNHARMED = 9, 3, 0  # how the process ended
Kind = Literal["write unsent", "write unseen", "read", "file before", "file after"]


@dataclass
class Moment:
    """The so-many-th of its kind. Without a number none, and all are counted."""

    kind: Kind
    number: int = 0
    seen: int = 0

    def __post_init__(self) -> None:
        self._lock = Lock()

    def passes(self) -> None:
        """Ends this process where this is it: nothing more is written, flushed or cleaned up, by no thread."""
        with self._lock:
            self.seen += 1
            if self.seen == self.number:
                os._exit(KILLED)

    def patches(self) -> list[Any]:
        request, move = Http._attempt, os.replace

        def attempt(http: Http, method: str, path: str, *rest: Any) -> Any:
            kind = "read" if method in READS else "write"
            if self.kind in ("read", "write unsent") and self.kind.startswith(kind):
                self.passes()
            found = request(http, method, path, *rest)
            if self.kind == f"{kind} unseen":
                self.passes()
            return found

        def replace(*given: Any) -> None:
            if self.kind == "file before":
                self.passes()
            move(*given)
            if self.kind == "file after":
                self.passes()

        return [mock.patch.object(Http, "_attempt", attempt), mock.patch.object(os, "replace", replace)]


def count(site: Site, kind: Kind) -> int:
    """How many such moments a whole run has."""
    moment = Moment(kind)
    with ExitStack() as stack:
        for patch in moment.patches():
            stack.enter_context(patch)
        assert site.run(check=False).stopped == ""
    return moment.seen


def run_killed(site: Site, kind: Kind, number: int) -> int:
    """How it ended."""
    token = site.box.google.mint()  # there, not in the sandbox's copy in the child

    def work() -> None:
        with ExitStack() as stack:
            stack.enter_context(mock.patch.object(site.box.google, "mint", lambda: token))
            for patch in Moment(kind, number).patches():
                stack.enter_context(patch)
            stopped = site.run(check=False).stopped
            assert stopped == "", stopped

    status = in_child(work)
    site.runs += 1
    caught_up(site.box)
    return status


def in_child(work: Callable[[], None]) -> int:
    """Only the process's own thread is forked: the sandbox goes on here."""
    child = os.fork()
    if child == 0:
        end_of(work)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def end_of(work: Callable[[], None]) -> NoReturn:
    """Of a child: with all its work, and without anything that its parent would clean up."""
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(BROKEN)
    os._exit(UNHARMED)


def caught_up(box: Sandbox) -> None:
    """What a process had under way when it ended is through: the sandbox takes requests as they come."""
    for _request in range(2):
        try:
            urllib.request.urlopen(f"{box.url}/caught-up")
        except urllib.error.HTTPError:
            pass
