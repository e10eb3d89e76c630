# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Finding how fast a service may be asked, and staying just under it. Pure: moments are given, nothing is read, sent or waited for."""

from __future__ import annotations

from dataclasses import dataclass

MARGIN = 0.975  # of a limit: what is lost on the way may let requests come closer together than they were sent
LOWEST = 0.5  # requests a second: below it, a limit that nobody has published is a breakdown
_FIRST_GROWTH, _LATER_GROWTH = 2.0, 1.25
_GLANCE, _LOOK = 1.25, 2.5  # seconds without a refusal that show a limit to be good: while it is far off, and close to it
_ENOUGH = 0.85  # of the requests that a rate allows, so that it was really tried
_LONG = 10.0  # seconds for which a limit was good, so that one refusal may be a few requests that a busy line brought together
_CALM = 5.0  # seconds without a refusal, after which one is taken for a small change
_PATIENCE, _MOST_PATIENCE = 15.0, 120.0  # seconds until what was refused is tried again: doubled each time that it is refused again
_SELDOM = 400  # answers, of which one at most may be such a refusal
_OTHERS_SEEN = 1.5  # seconds for which what others were seen to use counts: more than one window of a second


@dataclass
class _Others:
    """What somebody else uses of the same limit, as seen lately: at a window's beginning nothing is used yet, so the highest counts."""

    seen: list[tuple[float, float]]

    def note(self, now: float, used: float) -> None:
        self.seen = [(when, amount) for when, amount in self.seen if now - when < _OTHERS_SEEN and amount > used] + [(now, used)]

    def rate(self, now: float) -> float:
        return max((amount for when, amount in self.seen if now - when < _OTHERS_SEEN), default=0.0)


class RateSearch:
    """Limits are thought of as whole numbers a second, as services count them, and tried until one is known to be good and the next not.

    `ceiling`: the limit that is never passed; `begin`: the one that is tried first; `found`: one that was good lately, where all begins.
    `share`: the part of a limit that is ours, where the service names it itself.
    """

    def __init__(self, ceiling: float, begin: float, found: float | None = None, share: float = 1.0) -> None:
        self.ceiling, self._share = ceiling, min(share, 1.0)
        found = found if found and found > min(LOWEST, 0.99 * ceiling) else None  # as low as in a breakdown: nothing to begin with
        self.limit = min(found or begin, ceiling)
        self.era = 0  # what was sent in an earlier one says nothing of the rate now
        self._good = self.limit if found else 0.0
        self._bad: float | None = _next_above(self.limit) if found and self.limit < ceiling else None
        self._shown = float("inf")
        self._others = _Others([])
        self._refused_limit, self._patience = 0.0, _PATIENCE
        self._trying = False  # what was refused before
        self._proven = False  # whether anything was found to be good
        self._look_from = self._refused_at = self._settled_at = float("-inf")
        self._tried_at = float("inf")  # what is only remembered was not good for long
        self._looked = self._taken = 0  # accepted since the look began, and since the last refusal

    @property
    def found(self) -> float | None:
        """The limit that is known to be good, None where nothing was tried for long enough."""
        return self._good or None

    def rate(self, now: float) -> float:
        """Requests a second, evenly spaced."""
        return MARGIN * max(min(self.limit, self._room(now)), min(LOWEST, self.ceiling))

    def _room(self, now: float) -> float:
        """What the service itself says that there is, less what others use of it."""
        others = self._others.rate(now)
        return min(self._most, max(self._shown - others, self._shown / 20))

    @property
    def _most(self) -> float:
        """The highest limit that may be tried: ours of what is published, and of what the service names."""
        return min(self.ceiling, self._shown * self._share)

    def shown(self, now: float, limit: float, used_by_others: float) -> None:
        """An answer named the limit. It is believed, also before it is tried, until a refusal says otherwise."""
        self._shown = max(limit, LOWEST)
        self._others.note(now, max(used_by_others, 0.0))
        if self._bad is None and self.limit < self._most:
            self._try(self._most, now)

    def accepted(self, now: float, era: int) -> None:
        """One request of `era` was not refused."""
        if era != self.era:
            return
        self._taken += 1
        if self._settled_at < 0:
            self._settled_at = self._tried_at = now
        if self._room(now) < self.limit or self._look_from < 0:
            self._look(now)
            return
        self._looked += 1
        took, rate = now - self._look_from, self.rate(now)
        if took < (max(_LOOK, 8 / rate) if self._refused_limit else max(_GLANCE, 3 / rate)):
            return
        if self._looked >= _ENOUGH * rate * took - 1:
            self._prove_good(now)
        self._look(now)

    def refused(self, now: float, era: int) -> bool:
        """Whether a request of `era` that was refused says something new: of many under way, the first one does."""
        if era != self.era:
            return False
        failed, calm = self.limit, now - self._refused_at > _CALM
        if calm and failed <= self._good and now - self._tried_at >= _LONG:  # a second one soon after it counts
            self._refused_at, self._taken = now, 0
            self._again(now)
            return True
        if self._bad is None or self._taken:  # what refuses everything for a while says nothing of a limit
            self._bad = min(self._bad or failed, failed)
        if failed <= self._good:  # it was good until now, or seemed so
            self._good = 0.0
        if self._proven:
            self._patience = min(2 * self._patience, max(_MOST_PATIENCE, _SELDOM / self.rate(now)))
        self._refused_at, self._refused_limit, self._taken = now, failed, 0
        lower = self._good if self._good else failed * (0.9 if calm and self._proven else 0.5)
        self._try(max(_whole(lower), LOWEST), now)
        return True

    def _prove_good(self, now: float) -> None:
        self._good, self._proven = max(self._good, self.limit), True
        if self._trying and self._bad is not None and self.limit >= self._bad:
            self._bad = None
        if self.limit > 1.5 * self._refused_limit:
            self._patience = _PATIENCE
        most = self._most
        if self._bad is None:
            if self.limit < most:
                growth = _LATER_GROWTH if self._refused_limit else _FIRST_GROWTH
                self._try(min(_next_above(self.limit, growth), most), now)
            return
        middle = _whole((self._good + self._bad) / 2)
        if self._good < middle < self._bad and self._bad - self._good > 0.02 * self._good:
            self._try(min(middle, most), now)
        elif now - max(self._settled_at, self._refused_at) >= self._patience and self.limit < most:
            self._settled_at = now
            self._try(min(max(self._bad, _next_above((self._good + 1) / MARGIN)), most), now, trying=True)

    def _try(self, limit: float, now: float, *, trying: bool = False) -> None:
        self.limit, self._trying, self._tried_at = limit, trying, now
        self._again(now)

    def _again(self, now: float) -> None:
        self.era += 1
        self._look(now)

    def _look(self, now: float) -> None:
        self._look_from, self._looked = now, 0


def _whole(limit: float) -> float:
    return float(int(limit)) if limit >= 1 else limit


def _next_above(limit: float, growth: float = 1.0) -> float:
    grown = limit * growth
    return max(float(int(grown)), float(int(limit)) + 1) if limit >= 1 else max(grown, limit * 1.25)
