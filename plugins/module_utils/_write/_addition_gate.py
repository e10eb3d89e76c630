# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""While an addition to a Google group can't be made nobody is removed from it: one of those may be who was meant."""

from __future__ import annotations

from dataclasses import replace

from .._model._text import shortened
from .._plan._change import Change, Plan
from .._plan._outcomes import finding
from .._transport._errors import ApiError
from ._attempt import Attempt


class AdditionGate:
    """`refused`: whom Google did not take in. What is not removed because of that is blocked, in one sentence."""

    def __init__(self, plan: Plan, group: str) -> None:
        self._plan, self._group = plan, group
        self.not_added: list[str] = []
        self._kept: list[Change] = []

    def admits(self, attempt: Attempt) -> bool:
        return attempt.change.action != "google_remove" or not self.not_added

    def refused(self, attempt: Attempt, error: ApiError) -> bool:
        return False

    def reports(self, attempt: Attempt) -> bool:
        change = attempt.change
        if change.action == "google_add":
            self.not_added.append(change.email)
        held_back = change.action == "google_remove" and not attempt.error
        self._kept += [attempt.planned] if held_back else []
        return held_back

    def stops(self, attempt: Attempt) -> bool:
        return False

    def done(self, change: Change) -> None:
        """Nothing is counted."""

    @property
    def later(self) -> list[Change]:
        return []

    def finish(self) -> None:
        if self._kept:
            names = shortened(self.not_added, counted=True)
            found = finding("addition_refused", self._group, group=self._group, count=len(self._kept), names=names)
            self._plan.withheld.append(replace(found, action="remove", group=self._group))
