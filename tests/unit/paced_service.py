# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service with a rate limit, and threads that ask it through a pacer, on a clock of their own: hours in a moment."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._pacing import Lane, Pacer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._rate_search import RateSearch


class Service:
    """Counts by one kind of window. `limit(now)`: requests a second; `others(now)`: what others use of it.

    `headers`: whether answers name the limit and what is left of it. `burst`: how much a bucket holds, a second's worth if not given.
    """

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


class World:
    """`calls` side by side: each is sent again, after a second or so, until it is taken.

    `latency`: seconds each way, and up to `jitter` of it more; `late`: up to how many seconds a thread sleeps longer than it is told.
    """

    def __init__(
        self,
        pacer: Pacer,
        service: Service,
        *,
        threads: int = 16,
        latency: float = 0.05,
        jitter: float = 0.0,
        late: float = 0.0,
        seed: int = 1,
    ) -> None:
        self._pacer, self._service, self._latency, self._jitter, self._late = pacer, service, latency, jitter, late
        self._dice, self.done, self.now = random.Random(seed), Done(), 0.0
        self._free, self._waiting, self._next, self._number = threads, 0, -1.0, 0
        self._events: list[tuple[float, int, str, Any]] = []
        pacer._clock = lambda: self.now

    def run(self, calls: int, until: float = 1e9) -> Done:
        """Goes on where it was; `until`: a moment."""
        threads, self._waiting = self._free, calls
        self._later(0.0, "look")
        while self._events and (self._free < threads or self._waiting) and self._events[0][0] <= until:
            self.now, _number, kind, what = heapq.heappop(self._events)
            {"look": self._start, "arrive": self._arrive, "answer": self._answer, "again": self._again}[kind](what)
        return self.done

    def _later(self, delay: float, kind: str, what: Any = None) -> None:
        self._number += 1
        heapq.heappush(self._events, (self.now + delay, self._number, kind, what))

    def _way(self) -> float:
        return self._latency * (1 + self._dice.uniform(0, self._jitter))

    def _start(self, _what: Any = None) -> None:
        """Whoever may start now; else a look at the time when the next may."""
        while self._free and self._waiting:
            ticket, wait = self._pacer.started(self.now)
            if ticket is None:
                if self._next <= self.now or self.now + wait < self._next:
                    self._next = self.now + wait + self._dice.uniform(0, self._late)
                    self._later(self._next - self.now, "look")
                return
            self._free, self._waiting = self._free - 1, self._waiting - 1
            self.done.starts.append(self.now)
            self._later(self._way(), "arrive", ticket)

    def _arrive(self, ticket: Any) -> None:
        self._later(self._way(), "answer", (ticket, *self._service.takes(self.now)))

    def _answer(self, what: Any) -> None:
        ticket, taken, headers = what
        self.done.answers.append((self.now, not taken))
        if taken:
            self._pacer.accepted(ticket, headers)
            self._free += 1
            self.done.seconds = self.now
        else:
            self._pacer.refused(ticket, headers, 1.0)
            self._later(1 + self._dice.uniform(0, 0.5), "again")
        self._start()

    def _again(self, _what: Any) -> None:
        self._free, self._waiting = self._free + 1, self._waiting + 1
        self._start()
