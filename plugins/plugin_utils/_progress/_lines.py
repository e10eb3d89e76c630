# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a run is, as one line: phase, done of how many, rate, time left. Pure: times are given, in seconds."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from ._paths import State

WINDOW = 15.0  # seconds over which a rate is the average
_LEAST = 2.0  # seconds, before which a rate says nothing
_ROUND = 90  # seconds, above which nobody counts single ones


@dataclass
class Pace:
    """How fast one tenant gets on in its phase."""

    state: State | None = None
    seen: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, now: float, state: State | None) -> None:
        if state is None:
            return
        if (
            self.state is None
            or (self.state.phase, self.state.of is None) != (state.phase, state.of is None)
            or state.done < self.state.done
        ):
            self.seen.clear()
        self.state = state
        self.seen.append((now, state.done))
        while len(self.seen) > 1 and now - self.seen[1][0] >= WINDOW:
            self.seen.popleft()

    @property
    def rate(self) -> float:
        """A second; 0 where nothing can be said yet."""
        if not self.seen:
            return 0.0
        (begin, first), (end, last) = self.seen[0], self.seen[-1]
        return (last - first) / (end - begin) if end - begin >= _LEAST else 0.0


def line(paces: Mapping[str, Pace]) -> str:
    """Of one tenant with its name, of several how many are where; '' if there is nothing to say."""
    known = {host: pace for host, pace in paces.items() if pace.state}
    if len(paces) == 1:
        return "".join(f"{plain(host)}: {_much(pace.state.phase, [pace])}" for host, pace in known.items() if pace.state)
    phases: dict[str, list[Pace]] = {}
    for pace in known.values():
        phases.setdefault(pace.state.phase if pace.state else "", []).append(pace)
    parts = [_much(f"{len(some)} {phase}", some) for phase, some in sorted(phases.items(), key=lambda item: (-len(item[1]), item[0]))]
    return f"{len(paces)} tenants: {'; '.join(parts)}" if parts else ""


def _much(phase: str, paces: list[Pace]) -> str:
    states = [pace.state for pace in paces if pace.state]
    done, of = sum(state.done for state in states), sum(state.of or 0 for state in states)
    whole = all(state.of is not None for state in states)
    rate = sum(pace.rate for pace in paces)
    amount = f"{done:,} of {of:,}" if whole and of else f"{done:,} so far" if done else ""
    # the slowest decides when all are through
    left = max(((state.of or 0) - state.done) / pace.rate if pace.rate else 0.0 for state, pace in zip(states, paces, strict=True))
    told = whole and all(pace.rate or state.of == state.done for state, pace in zip(states, paces, strict=True))
    return ", ".join(filter(None, [phase, amount, _speed(rate), f"{duration(left)} left" if told and left else ""]))


def _speed(rate: float) -> str:
    if rate >= 1:
        return f"{rate:,.0f} a second"
    return f"{rate * 60:,.0f} a minute" if rate * 60 >= 1 else ""


def duration(seconds: float) -> str:
    """Such as 45 s, 1 min 15 s, 2 h 5 min."""
    whole = max(round(seconds), 1)
    if whole > _ROUND:
        whole = round(whole / 5) * 5
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min{f' {rest} s' if rest else ''}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h{f' {minutes} min' if minutes else ''}"


def plain(text: str) -> str:
    """Without what moves a cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def cut(text: str, width: int) -> str:
    """As much as fits into so many columns, one of which the cursor needs."""
    used = 0
    for place, sign in enumerate(text):
        used += columns(sign)
        if used >= width:
            return text[:place]
    return text


def columns(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
