# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which limits a request to Zoom counts on, and where the search for each begins.

Zoom publishes limits by category and plan, for REST and SCIM alike, and once had a lower one for SCIM. Whether SCIM counts together with
REST is not documented. So a SCIM request goes by a rate of its own, and keeps its distance from the requests of its category as well.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from ._pacing import Lane, Pacer
from ._rate_search import MARGIN, RateSearch

# Requests per second and account (Zoom's rate-limit page); resource-intensive ones per minute.
RATE_PLANS: dict[str, dict[str, float]] = {
    "free": {"LIGHT": 4, "MEDIUM": 2, "HEAVY": 1, "RESOURCE-INTENSIVE": 10 / 60},
    "pro": {"LIGHT": 30, "MEDIUM": 20, "HEAVY": 10, "RESOURCE-INTENSIVE": 10 / 60},
    "business": {"LIGHT": 80, "MEDIUM": 60, "HEAVY": 40, "RESOURCE-INTENSIVE": 20 / 60},
}
SCIM = "SCIM"
_CAREFUL = 5.0  # SCIM requests a second, to begin with
_OF_SCIM = ("LIGHT", "MEDIUM")


def label(method: str, path: str) -> str:
    """The pacer of a SCIM request: lists and changes of groups are medium, all else light (Zoom's SCIM2 OpenAPI)."""
    _empty, _scim2, kind, *key = path.split("/")
    medium = method != "GET" if kind == "Groups" and (key or method != "GET") else method == "GET" and not key
    return f"{SCIM} {'MEDIUM' if medium else 'LIGHT'}"


class ZoomPace:
    """The pacers of one account. `scim_rate`: None where it is to be found. `known`: category -> the limit that was found lately."""

    def __init__(self, plan: str, share: float, scim_rate: float | None, known: Mapping[str, float]) -> None:
        self._fixed = scim_rate is not None
        published = {category: rate * share for category, rate in RATE_PLANS[plan].items()}
        self._lanes = {name: Lane(RateSearch(most, most / 2, known.get(name), share)) for name, most in published.items()}
        if scim_rate is not None:
            self._lanes[SCIM] = Lane(RateSearch(scim_rate / MARGIN, scim_rate / MARGIN))
        else:
            self._lanes[SCIM] = Lane(RateSearch(published["LIGHT"], _CAREFUL, known.get(SCIM), share))
        lock, beside = threading.Lock(), [] if self._fixed else _OF_SCIM
        self.pacers = {name: Pacer(lane, lock=lock) for name, lane in self._lanes.items() if name != SCIM}
        for name in _OF_SCIM:
            others = [self._lanes[name]] if beside else []
            self.pacers[f"{SCIM} {name}"] = Pacer(self._lanes[SCIM], *others, lock=lock)

    @property
    def found(self) -> dict[str, float]:
        """Category -> the limit that was found, for the next run."""
        searched = {name: lane.search.found for name, lane in self._lanes.items() if name != SCIM or not self._fixed}
        return {name: limit for name, limit in searched.items() if limit is not None}
