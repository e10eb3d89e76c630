# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Carrying out a plan. The only place that decides whether to write: check mode brings the state forward without a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from .._plan._change import Change
from .._plan._outcomes import Finding, finding
from .._transport._errors import ApiError, OutcomeUnknown, TransportError
from .._transport._zoom import Zoom
from ._explain import explain
from ._journal import Journal
from ._proof import once_or_proven
from ._seat_gate import SeatGate
from ._zoom_writes import NotDone, Told, perform, read_back

# What stands before an account's end and must not stop it.
_OPTIONAL = frozenset({"revoke", "hand_over"})


@dataclass
class Applied:
    """`done` in the order of the plan; what is in neither list stood behind a failure of the same account."""

    done: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)

    def add(self, change: Change) -> None:
        self.done.append(change)
        if change.action == "create" and change.account and change.account.status == "pending":
            self.attention.append(finding("invited", change.email, reason="pending"))

    def refuse(self, change: Change, error: str) -> None:
        """Zoom Rooms can't be told from the lists: that Zoom refuses to end one is a standing condition, no failure."""
        if change.loss and "Zoom Room" in error:
            self.attention.append(finding("not_endable", change.email, reason="protected", error=error.partition(" [")[2].rstrip("]")))
        else:
            self.failed.append(Finding(change.email or change.group, change.action, error))


def apply(
    zoom: Zoom,
    changes: list[Change],
    carry: Callable[[Change, Told], None],
    journal: Journal,
    *,
    check_mode: bool,
    gate: SeatGate | None = None,
) -> Applied:
    """`changes` come in stages (deactivations before renames); within one, accounts go side by side, each account serially.

    `carry` takes what a change did into the snapshot. `gate` keeps back what has no seat any more, and tells of it.
    """
    applied, broken = Applied(), set[Any]()

    def one(same: list[Change]) -> list[tuple[Change, Told | None, str]]:
        return [_attempt(zoom, change, journal, check_mode, gate) for change in same]

    for _stage, stage in groupby(changes, key=lambda change: change.stage):
        waiting = [change for change in stage if _subject(change) not in broken]
        for change in waiting:
            change.payload["before"] = change.before
        subjects = _serial(waiting)
        for outcomes in map(one, subjects) if check_mode else zoom.each(one, subjects):
            for change, told, error in outcomes:
                if error or told is None:
                    broken |= _not_made(applied, change, error, gate)
                    continue
                if gate:
                    gate.done(change)
                carry(change, told)
                applied.add(change)
    if gate:
        gate.finish()
    return applied


def _not_made(applied: Applied, change: Change, error: str, gate: SeatGate | None) -> set[Any]:
    """What a refusal, or a gate that held the change back, stands in the way of."""
    if gate and gate.tells(change):
        return _hold(change) if gate.stops(change) else set()
    if not error:
        return set()
    applied.refuse(change, error)
    return _hold(change)


def _hold(change: Change) -> set[Any]:
    """What of the same account or group is not even tried any more, in this phase or a later one."""
    if change.action in _OPTIONAL:
        return set()
    for account in filter(None, [change.account, *change.members]):
        account.held = change.action
    return {_subject(change)}


def _subject(change: Change) -> Any:
    return change.group or id(change.account)


def _serial(changes: Iterable[Change]) -> list[list[Change]]:
    subjects: dict[Any, list[Change]] = {}
    for change in changes:
        subjects.setdefault(_subject(change), []).append(change)
    return list(subjects.values())


def _attempt(
    zoom: Zoom, change: Change, journal: Journal, check_mode: bool, gate: SeatGate | None = None, *, stepped: bool = False
) -> tuple[Change, Told | None, str]:
    """What Zoom told and what went wrong; neither where the gate held the change back. `stepped`: the gate has chosen what to try next."""
    if check_mode:
        return change, {}, ""
    if gate and not stepped and not gate.admits(change):
        return change, None, ""
    key = journal.intent(change)
    told, error = None, ""
    try:
        told = once_or_proven(lambda: perform(zoom, change), lambda: read_back(zoom, change))
    except OutcomeUnknown as lost:  # the intent stays open: the next start settles it by a read
        return change, None, f"{change.email or change.group}: {change.action} may have been done or not: {lost} Run again."
    except ApiError as refusal:
        error = explain(change, refusal)
        if gate and gate.refused(change, refusal):
            journal.outcome(key, change, error, None)
            return _attempt(zoom, change, journal, check_mode, gate, stepped=True)
    except (TransportError, NotDone) as problem:
        error = f"{change.email or change.group}: {change.action} failed: {problem}"
    journal.outcome(key, change, error or None, told)
    return change, told, error
