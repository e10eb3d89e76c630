# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Carrying out a plan. The only place that decides whether to write: check mode brings the state forward without a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any

from .._plan._change import Change
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._report._refusals import explain, is_room
from .._transport._errors import ApiError, OutcomeUnknown, TransportError
from .._transport._zoom import Zoom
from ._account_calls import NotDone, Told, already_gone, perform, read_back
from ._created_accounts import prove_creations
from ._journal import Journal
from ._proof import once_or_proven
from ._seat_gate import SeatGate

# What stands before an account's end and must not stop it.
_OPTIONAL = frozenset({"revoke", "hand_over"})


@dataclass
class Applied:
    """`done` in the order of the plan; what is in neither list stood behind a failure of the same account."""

    done: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """A write that Zoom took and that changed nothing is only told of; of one that it took in part, the other part has failed."""
        refused = change.payload.get("refused")
        if refused:
            self.failed.append(Finding(change.email, change.action, explain(change, refused)))
        self.done += [] if change.payload.get("idle") else [change]
        self.attention += change.payload.get("remarks") or []

    def refuse(self, change: Change, error: str) -> None:
        """Zoom Rooms can't be told from the lists: that Zoom refuses to end one is a standing condition, no failure."""
        if change.account and is_room(change.account, error):
            change.account.room = True
            tell_of = finding("found_room", change.email, reason="protected", action=change.action, error=_quoted(error))
            self.attention.append(tell_of)
        elif change.loss and "Zoom Room" in error:
            self.attention.append(finding("not_endable", change.email, reason="protected", error=_quoted(error)))
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
    size: int = 0,
) -> Applied:
    """`changes` come in stages (deactivations before renames); within one, accounts go side by side, each account serially.

    `carry` takes what a change did into the snapshot. `gate` keeps back what has no seat any more, and tells of it. `size`: how many
    accounts there are.
    """
    applied, broken = Applied(), set[Any]()

    def one(same: list[Change]) -> list[tuple[Change, Told | None, str]]:
        return [_attempt(zoom, change, journal, check_mode, gate) for change in same]

    for stage in _stages(changes, gate):
        waiting = [change for change in stage if _subject(change) not in broken]
        for change in waiting:
            change.payload["before"] = change.before
        subjects = _serial(waiting)
        outcomes = chain.from_iterable(map(one, subjects) if check_mode else zoom.each(one, subjects))
        for change, told, error in outcomes if check_mode else prove_creations(zoom, list(outcomes), journal, size):
            if error or told is None:
                broken |= _not_made(applied, change, error, gate)
                continue
            if gate:
                gate.done(change)
            carry(change, told)
            applied.add(change)
            broken |= _hold(change) if _is_half_done(change) else set()
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


def _stages(changes: list[Change], gate: SeatGate | None) -> Iterator[Iterable[Change]]:
    """In their order, and in the end what the gate found out to be needed meanwhile."""
    for _stage, stage in groupby(changes, key=lambda change: change.stage):
        yield stage
    if gate and gate.later:
        yield gate.later


def _is_half_done(change: Change) -> bool:
    """A part was refused, or what was made is an open invitation, to which Zoom takes everything and does nothing."""
    invited = change.action == "create" and change.account is not None and change.account.status == "pending"
    return invited or "refused" in change.payload


def _quoted(error: str) -> str:
    """Zoom's own words, which stand behind the explanation."""
    return error.partition(" [")[2].rstrip("]")


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
    key = change.payload["journal"] = journal.intent(change)
    told, error, asked = None, "", dict(change.after)
    try:
        told = once_or_proven(lambda: perform(zoom, change), lambda: read_back(zoom, change))
    except OutcomeUnknown as lost:  # the intent stays open: the next start settles it by a read
        return change, None, f"{change.email or change.group}: {change.action} may have been done or not: {lost} Run again."
    except ApiError as refusal:
        told = already_gone(zoom, change, refusal)
        error = "" if told is not None else explain(change, refusal)
        if error and gate and gate.refused(change, refusal):
            journal.outcome(key, change, error, None)
            return _attempt(zoom, change, journal, check_mode, gate, stepped=True)
    except (TransportError, NotDone) as problem:
        error = f"{change.email or change.group}: {change.action} failed: {problem}"
    left = {name: change.payload["before"].get(name) for name in asked if name not in change.after}
    journal.outcome(key, change, error or None, told, left)
    return change, told, error
