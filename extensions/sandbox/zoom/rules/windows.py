# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How requests are counted against a limit: Zoom does not say which of the usual ways is its own."""

from __future__ import annotations

from collections import deque
from typing import Protocol


class Window(Protocol):
    """`use` counts a request, and answers how much of `count` is used with it: more than that is too much.

    `others`: what others use each `seconds`.
    """

    def use(self, now: float, count: float, seconds: int, others: float) -> float:
        """Count these requests; what is used then."""

    def full_for(self, now: float, count: float, seconds: int) -> float:
        """Seconds until there is room again."""


class Fixed:
    """From one full second, or minute, to the next. Others are evenly spread over it."""

    def __init__(self) -> None:
        self._since, self._used = 0, 0

    def use(self, now: float, count: float, seconds: int, others: float) -> float:
        window = int(now // seconds)
        self._used = self._used + 1 if self._since == window else 1
        self._since = window
        return self._used + int(others * (now / seconds - window))

    def full_for(self, now: float, count: float, seconds: int) -> float:
        return (self._since + 1) * seconds - now


class Sliding:
    """The last second, or minute, whenever that is. What was refused does not count."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque()

    def use(self, now: float, count: float, seconds: int, others: float) -> float:
        while self._taken and self._taken[0] <= now - seconds:
            self._taken.popleft()
        used = len(self._taken) + 1 + int(others)
        if used <= count:
            self._taken.append(now)
        return used

    def full_for(self, now: float, count: float, seconds: int) -> float:
        return self._taken[0] + seconds - now if self._taken else float(seconds)


class Bucket:
    """As many as the limit at once, and then as they come back, evenly."""

    def __init__(self) -> None:
        self._used, self._since = 0.0, 0.0

    def use(self, now: float, count: float, seconds: int, others: float) -> float:
        self._used = max(self._used - (now - self._since) * (count - others) / seconds, 0.0)
        self._since = now
        if self._used + 1 <= count:
            self._used += 1
            return self._used
        return self._used + 1

    def full_for(self, now: float, count: float, seconds: int) -> float:
        return seconds / count


WINDOWS: dict[str, type[Fixed | Sliding | Bucket]] = {"fixed": Fixed, "sliding": Sliding, "bucket": Bucket}
