# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Spacing of requests: one pacer for each rate category, shared by the threads of a run."""

from __future__ import annotations

import threading
import time

# Requests per second and account (Zoom's rate-limit page); resource-intensive ones per minute.
RATE_PLANS: dict[str, dict[str, float]] = {
    "free": {"LIGHT": 4, "MEDIUM": 2, "HEAVY": 1, "RESOURCE-INTENSIVE": 10 / 60},
    "pro": {"LIGHT": 30, "MEDIUM": 20, "HEAVY": 10, "RESOURCE-INTENSIVE": 10 / 60},
    "business": {"LIGHT": 80, "MEDIUM": 60, "HEAVY": 40, "RESOURCE-INTENSIVE": 20 / 60},
}
_SLOWER, _FASTER = 0.7, 1.02


class Pacer:
    """Hands out evenly spaced starting times; slows after a refusal and recovers with successes."""

    def __init__(self, per_second: float) -> None:
        self._published = self._rate = per_second
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            self._next = start + 1 / self._rate
        if start > now:
            time.sleep(start - now)

    def refused(self, seconds: float) -> None:
        """A per-second limit was hit: nobody starts for `seconds`, then all go slower."""
        with self._lock:
            self._rate = max(self._rate * _SLOWER, self._published / 10)
            self._next = max(self._next, time.monotonic() + seconds)

    def accepted(self) -> None:
        with self._lock:
            self._rate = min(self._rate * _FASTER, self._published)
