# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""While an addition to a Google group can't be made nobody is removed from it: one of those may be who was meant."""

from __future__ import annotations

from dataclasses import replace

from .._model._text import fold, shortened
from .._plan._change import Change, Plan
from .._plan._outcomes import finding
from .._transport._errors import ApiError
from ._attempt import Attempt


class AdditionGate:
    """`refused_in`: folded group -> whom Google did not take in. What is not removed because of that is blocked, in a sentence a group."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.refused_in: dict[str, list[str]] = {}
        self._kept: dict[str, list[Change]] = {}

    def admits(self, attempt: Attempt) -> bool:
        return attempt.change.action != "google_remove" or fold(attempt.change.group) not in self.refused_in

    def refused(self, attempt: Attempt, error: ApiError) -> bool:
        return False

    def expects(self, error: ApiError) -> bool:
        return False

    def reports(self, attempt: Attempt) -> bool:
        change = attempt.change
        if change.action == "google_add":
            self.refused_in.setdefault(fold(change.group), []).append(change.email)
        held_back = change.action == "google_remove" and not attempt.error
        if held_back:
            self._kept.setdefault(change.group, []).append(change)
        return held_back

    def stops(self, attempt: Attempt) -> bool:
        return False

    def done(self, change: Change) -> None:
        """Nothing is counted."""

    @property
    def kept(self) -> list[Change]:
        """The removals that were not made."""
        return [change for kept in self._kept.values() for change in kept]

    @property
    def later(self) -> list[Change]:
        return []

    def finish(self) -> None:
        for group, kept in self._kept.items():
            names = shortened(self.refused_in[fold(group)], counted=True)
            emails = [change.email for change in kept]
            found = finding("addition_refused", group, emails=emails, group=group, count=len(kept), names=names)
            self._plan.withheld.append(replace(found, action="remove", group=group))
