# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interleaving: two runs, each in a process of its own, which take turns request by request as a schedule says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any
from unittest import mock

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import Http
from crashing import BROKEN, end_of
from stateful.site import Site

Schedule = Iterator[int]  # whose turn it is


@dataclass
class Player:
    """A run in a child. `failed`: what it reported as failed or stopped over."""

    pid: int
    wants: int
    may: int
    asks: bool = False
    over: bool = False
    failed: str = ""

    def await_next(self) -> None:
        """Until it asks for its next request, or is over."""
        while not self.asks and not self.over:
            read = os.read(self.wants, 65536)
            if read == b"?":
                self.asks = True
            else:
                self.failed += read.decode()
                self.over = not read

    def go(self) -> None:
        self.asks = False
        os.write(self.may, b"!")
        self.await_next()


def play(sites: list[Site], schedule: Schedule) -> list[str]:
    """What each run failed of. Who is through leaves its turns to the other."""
    players = [_start(site, number) for number, site in enumerate(sites)]
    for player in players:
        player.await_next()
    for turn in schedule:
        at_it = [player for player in players if not player.over]
        if not at_it:
            break
        (players[turn] if not players[turn].over else at_it[0]).go()
    for player in players:
        assert os.waitstatus_to_exitcode(os.waitpid(player.pid, 0)[1]) != BROKEN
        os.close(player.wants)
        os.close(player.may)
    return [player.failed for player in players]


def _start(site: Site, number: int) -> Player:
    token = site.box.google.mint()
    wants, ask = os.pipe()
    hear, may = os.pipe()
    site.runs += 1 + number  # names of their own
    pid = os.fork()
    if pid:
        os.close(ask)
        os.close(hear)
        return Player(pid, wants, may)
    os.close(wants)
    os.close(may)
    end_of(lambda: _run(site, token, ask, hear))


def _run(site: Site, token: str, ask: int, hear: int) -> None:
    turn, request = Lock(), Http._attempt

    def attempt(http: Http, *given: Any) -> Any:
        with turn:
            os.write(ask, b"?")
            if not os.read(hear, 1):
                os._exit(BROKEN)
            return request(http, *given)

    with mock.patch.object(site.box.google, "mint", lambda: token), mock.patch.object(Http, "_attempt", attempt):
        run = site.run(check=False)
    failed = [run.stopped] if run.stopped else [row["message"] for row in run.reported("failed_items", "withheld")]
    os.write(ask, json.dumps(failed).encode() if failed else b"")


def pauses(first: int, at: int) -> Schedule:
    """One run stops at its so-many-th request until the other one is through."""
    yield from [first] * at
    yield from [1 - first] * 100000


def drawn(draw: Callable[[], float]) -> Schedule:
    """Turns of one to ten requests."""
    while True:
        turn, length = int(draw() * 2), 1 + int(draw() * 10)
        yield from [turn] * length
