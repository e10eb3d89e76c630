# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whom a phase leaves as they are because of something before it, though it would do something for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import SET_ASIDE
from .._model._text import shortened
from ._actions import ACTIONS
from ._change import Plan, shown_action

# Why an account is skipped, where the sentence that says so says too that all of it is left unchanged.
SAID = frozenset({"identity", SET_ASIDE})
_BLOCKED = {
    "limit_rename": "their rename was blocked by its limit",
    "limit_update": "the change of their attributes was blocked by its limit",
    "limit_creation": "their reactivation was blocked by its limit",
    "no_removals": "a removal of theirs was blocked",
    "attributes": "their attributes could not be mapped",
    "where": "a condition of your rules can't be evaluated for them",
}


def report_left_alone(plan: Plan, skipped: Iterable[tuple[str, str]], what: str) -> None:
    """One sentence for each cause. `skipped`: why, and whose address. `what`: is not done for them, as a clause."""
    by_cause: dict[str, list[str]] = {}
    for why, email in skipped:
        if why not in SAID:
            by_cause.setdefault(why, []).append(email)
    for why, emails in sorted(by_cause.items()):
        names = shortened(emails, counted=True)
        plan.report("left_alone", "", reason="skipped", emails=emails, count=len(emails), names=names, what=what, cause=cause_of(why))


def cause_of(why: str) -> str:
    if why in ACTIONS:
        return f"an earlier change of the same account ({shown_action(why)}) failed or was refused"
    return _BLOCKED.get(why, f"an earlier step of this run skipped them ({why.replace('_', ' ')})")
