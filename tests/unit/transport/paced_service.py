# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service with a rate limit, and threads that ask it through a pacer, on a clock of their own: hours in a moment."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._pacing import Lane, Pacer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._rate_search import RateSearch


class Service:
    """Counts by one kind of window. `limit(now)`: requests a second; `others(now)`: what others use of it. `headers`: whether it names both."""

    def __init__(
        self,
        limit: Callable[[float], float] | float,
        window: str = "fixed",
        *,
        others: Callable[[float], float] = lambda _now: 0.0,
        headers: bool = False,
        phase: float = 0.0,
        burst: float | None = None,
    ) -> None:
        self.limit = limit if callable(limit) else lambda _now, count=limit: count
        self.window, self.others, self.headers, self.phase, self.burst = window, others, headers, phase, burst
        self._counted = (0, 0)
        self._recent: deque[float] = deque()
        self._tokens, self._filled = float("inf"), 0.0

    def takes(self, now: float) -> tuple[bool, dict[str, str]]:
        limit = self.limit(now)
        taken, left = getattr(self, f"_{self.window}")(now, limit)
        if not self.headers:
            return taken, {}
        shown = {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(int(max(left, 0)))}
        return taken, shown

    def _fixed(self, now: float, limit: float) -> tuple[bool, float]:
        window = int(now + self.phase)
        used = self._counted[1] + 1 if self._counted[0] == window else 1
        self._counted = (window, used)
        used += int(self.others(now) * (now + self.phase - window))
        return used <= limit, limit - used

    def _sliding(self, now: float, limit: float) -> tuple[bool, float]:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        used = len(self._recent) + 1 + int(self.others(now))
        if used <= limit:
            self._recent.append(now)
        return used <= limit, limit - used

    def _bucket(self, now: float, limit: float) -> tuple[bool, float]:
        most = self.burst or limit
        self._tokens = min(most, self._tokens + (now - self._filled) * (limit - self.others(now)))
        self._filled = now
        if self._tokens < 1:
            return False, 0
        self._tokens -= 1
        return True, self._tokens


@dataclass
class Done:
    """What came of it: when the last call was taken, and each answer as (moment, whether it was refused)."""

    seconds: float = 0.0
    answers: list[tuple[float, bool]] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return sum(refused for _when, refused in self.answers)

    def rate(self, begin: float, end: float) -> float:
        """Calls a second that were taken between two moments."""
        return sum(not refused for when, refused in self.answers if begin <= when < end) / (end - begin)


def searching(ceiling: float, begin: float = 5.0, **given: Any) -> Pacer:
    return Pacer(Lane(RateSearch(ceiling, min(begin, ceiling), **given)))


def run(
    pacer: Pacer,
    service: Service,
    calls: int,
    *,
    threads: int = 16,
    latency: float = 0.05,
    jitter: float = 0.0,
    seed: int = 1,
    until: float = 1e9,
) -> Done:
    """`calls` side by side: each is sent again, after a second or so, until it is taken. `latency`: seconds each way."""
    dice, done, clock = random.Random(seed), Done(), [0.0]
    pacer._clock = lambda: clock[0]
    free, waiting, looks = threads, calls, [0.0]
    events: list[tuple[float, int, str, Any]] = []
    number = 0

    def later(delay: float, kind: str, what: Any = None) -> None:
        nonlocal number
        number += 1
        heapq.heappush(events, (clock[0] + delay, number, kind, what))

    def way() -> float:
        return latency * (1 + dice.uniform(0, jitter))

    def send() -> None:
        """Whoever may start now; else a look at the time when the next may."""
        nonlocal free, waiting
        while free and waiting:
            ticket, wait = pacer.started(clock[0])
            if ticket is None:
                if looks[0] <= clock[0] or clock[0] + wait < looks[0]:
                    looks[0] = clock[0] + wait
                    later(wait, "look")
                return
            free, waiting = free - 1, waiting - 1
            done.starts.append(clock[0])
            later(way(), "arrive", ticket)

    later(0.0, "look")
    while events and (free < threads or waiting):
        clock[0], _number, kind, what = heapq.heappop(events)
        if clock[0] > until:
            break
        if kind == "arrive":
            later(way(), "answer", (what, *service.takes(clock[0])))
            continue
        if kind == "answer":
            ticket, taken, headers = what
            done.answers.append((clock[0], not taken))
            if taken:
                pacer.accepted(ticket, headers)
                free += 1
                done.seconds = clock[0]
            else:
                pacer.refused(ticket, headers, 1.0)
                later(1 + dice.uniform(0, 0.5), "again")
        if kind == "again":
            free, waiting = free + 1, waiting + 1
        send()
    return done


def spread(values: Iterable[float]) -> float:
    found = sorted(values)
    return found[-1] - found[0]
