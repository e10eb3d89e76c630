# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Spacing of requests: each passes one lane or several, all of a client's threads the same ones. What is answered sets their rates."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ._rate_search import MARGIN, RateSearch

_SLACK = 0.02  # seconds that a late start may be made good again, as sleeping takes longer than it is told: within the margin
_IDLE = 0.1  # seconds, after which nobody waited
_PIECE = 0.5  # seconds after which a rate may have risen
_WINDOW = 1.0  # in which services count
_KEPT = 1000  # starts that are remembered, or more


class Lane:
    """The starts of what counts on one limit. Without clock and locks: `now` is given.

    `burst`: how many may come at once where nobody came before, until something is refused.
    """

    def __init__(self, search: RateSearch, burst: int = 0) -> None:
        self.search, self.turn, self._burst = search, threading.Lock(), burst
        self._free = self._held = float("-inf")
        self._starts: list[float] = []
        self._most_left = 0.0

    def due(self, now: float) -> float:
        """When the next one may start, as it looks now."""
        return max(self._held, self._free + 1 / self.search.rate(now))

    def start(self, now: float) -> None:
        late = now - self.due(now)
        if self._burst:
            self._free = now - min(late, self._burst / self.search.rate(now))
        else:
            self._free = now if late > _IDLE else now - min(late, _SLACK)
        if len(self._starts) >= 2 * _KEPT:
            del self._starts[:_KEPT]
        self._starts.append(now)

    def started_since(self, moment: float) -> int:
        return len(self._starts) - bisect_left(self._starts, moment)

    def used(self, limit: float, left: float | None) -> float:
        """Of a limit of which `left` is left. A service that lets no second's worth come at once never shows all of it as left."""
        if left is None:
            return 0.0
        self._most_left = max(self._most_left, left + 1)
        return min(limit, self._most_left) - left

    def hold(self, until: float) -> None:
        self._held, self._burst = max(self._held, until), 0


@dataclass(frozen=True)
class Ticket:
    """One request: when it started, and in which era of each lane."""

    start: float
    eras: tuple[int, ...]


class Pacer:
    """Hands out starting times in `lanes`; the first is the one that a refusal is about. Lanes that pacers share have one `lock`."""

    def __init__(
        self,
        *lanes: Lane,
        lock: threading.Lock | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._lanes, self._lock, self._clock, self._sleep = lanes, lock or threading.Lock(), clock, sleep

    def wait(self) -> Ticket:
        """Returns when a request may start. One thread at a time waits for the time, so that whoever comes next sees what is new."""
        with self._lanes[0].turn:
            while True:
                with self._lock:
                    ticket, wait = self.started(self._clock())
                if ticket:
                    return ticket
                self._sleep(min(wait, _PIECE))

    def started(self, now: float) -> tuple[Ticket | None, float]:
        """The ticket of a request that starts now, or how long it is to wait."""
        wait = max(lane.due(now) for lane in self._lanes) - now
        if wait > 0:
            return None, wait
        for lane in self._lanes:
            lane.start(now)
        return Ticket(now, tuple(lane.search.era for lane in self._lanes)), 0.0

    def accepted(self, ticket: Ticket, headers: Mapping[str, str]) -> None:
        """It was answered, and not for its rate."""
        with self._lock:
            now = self._clock()
            for lane, era in zip(self._lanes, ticket.eras, strict=True):
                lane.search.accepted(now, era)
            self._learn(ticket, headers, now)

    def refused(self, ticket: Ticket, headers: Mapping[str, str], seconds: float) -> None:
        """Too fast: nobody starts for `seconds`, then all go slower. What was under way with it is not counted again."""
        with self._lock:
            now = self._clock()
            if self._lanes[0].search.refused(now, ticket.eras[0]):
                self._lanes[0].hold(now + seconds)
            self._learn(ticket, headers, now)

    def _learn(self, ticket: Ticket, headers: Mapping[str, str], now: float) -> None:
        """The limit, where an answer names it, and what of it others use: more than the starts that can be counted with this one's."""
        if headers.get("X-RateLimit-Type", "").upper() != "QPS":
            return
        limit, remaining = _number(headers.get("X-RateLimit-Limit")), _number(headers.get("X-RateLimit-Remaining"))
        if not limit:
            return
        ours = max(lane.started_since(ticket.start - _WINDOW) for lane in self._lanes)
        self._lanes[0].search.shown(now, limit, self._lanes[0].used(limit, remaining) - ours)


def steady(per_second: float, burst: int = 0) -> Pacer:
    """Of a published limit, of which `per_second` is used from the beginning: it goes slower only where it is refused, and comes back."""
    return Pacer(Lane(RateSearch(per_second / MARGIN, per_second / MARGIN), burst))


def _number(text: str | None) -> float | None:
    """None for what is no number; `unlimited` is without an end."""
    if (text or "").strip().lower() == "unlimited":
        return float("inf")
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None
