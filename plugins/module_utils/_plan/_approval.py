# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What was approved is what is made: a plan is held to the document that somebody has approved. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from .._model._text import counted, fold, shortened
from ._actions import ACTIONS, END_OF_ACCOUNT, in_a_sentence
from ._change import Change, Plan, names_of, split_by_members
from ._change_data import NewAddress
from ._limits import lifted_by, variable_of
from ._outcomes import ABOVE_LIMITS

_ENDS = END_OF_ACCOUNT | {"deactivate"}


@dataclass(frozen=True)
class Listed:
    """One entry of an approved plan, of one person or group. `action`: as the table of actions has it."""

    action: str
    email: str
    group: str = ""


class Approval(Protocol):
    """As much of an approved plan as is one module's."""

    @property
    def any_gain(self) -> bool:
        """Whether what takes nothing away needs no approval."""

    def lists(self, change: Change) -> bool:
        """Whether it has the same action with the same effect on the same account; of a group's members, on each of them."""

    def blocked_by(self, change: Change) -> str:
        """The limit that blocked it there, as rows call it; '' where none did."""

    def missing(self, changes: Iterable[Change]) -> list[Listed]:
        """What it has, and none of these is."""


def hold_to(plan: Plan, approval: Approval | None) -> None:
    """Blocks what the approved plan does not list, and what can't be made without that; reports what is no longer needed."""
    if approval is None:
        return
    plan.attention = [found for found in plan.attention if found.code not in ABOVE_LIMITS]  # known to whoever approved it
    split_by_members(plan, approval.lists)
    planned = [*plan.changes, *plan.left]
    unmade = _Unmade()
    renames = [change for change in plan.changes if change.action == "rename" and not approval.lists(change)]
    plan.keep_addresses(renames)  # what else is done to these accounts is listed by the address that they keep
    found = [*renames, *(change for change in plan.changes if not (_needs_none(change, approval) or approval.lists(change)))]
    unlisted = {id(change): change for change in found}
    while found:
        for change in found:
            unmade.add(change)
        found = [change for change in plan.changes if id(change) not in unlisted and unmade.stops(change)]
        unlisted.update({id(change): change for change in found})
    _block(plan, list(unlisted.values()), approval)
    _report_missing(plan, approval.missing(planned))


@dataclass
class _Unmade:
    """What is not made, as far as something else needs it.

    `asleep`: accounts that will not be there, or not be active; `touched`: all whose account it is; `going_on`: accounts that do not
    end. Each by identity, as a new one has no id. `groups` that will not be there, `addresses` that do not come free.
    """

    asleep: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    going_on: set[int] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def add(self, change: Change) -> None:
        if change.account is not None:
            self.touched.add(id(change.account))
            if change.action in ("create", "reactivate"):
                self.asleep.add(id(change.account))
            if change.action in _ENDS:
                self.going_on.add(id(change.account))
            if change.action in ("rename", *END_OF_ACCOUNT):
                self.addresses.add(fold(change.account.email))
        elif ACTIONS[change.action].makes:
            self.groups.add(change.group_id)

    def stops(self, change: Change) -> bool:
        """Whether it can't be made, or would be something else: the end of an account is approved with all that goes before it."""
        who = id(change.account)
        if who in self.asleep or who in self.going_on or (change.action in _ENDS and who in self.touched):
            return True
        takes = change.needs(NewAddress).email if change.action == "rename" else change.email if change.action == "create" else ""
        return fold(takes) in self.addresses or (bool(change.group_id) and change.group_id in self.groups)


def _needs_none(change: Change, approval: Approval) -> bool:
    return approval.any_gain and not change.removes


def _block(plan: Plan, unlisted: list[Change], approval: Approval) -> None:
    """In one sentence for each cause; later phases go on with these accounts, as each of their changes is held to the approved plan too.

    What a limit blocked in the plan will be blocked in a new plan too.
    """
    by_limit: dict[str, list[Change]] = {}
    for change in unlisted:
        by_limit.setdefault(approval.blocked_by(change), []).append(change)
    for limit, blocked in sorted(by_limit.items()):
        people = [name for change in blocked for name in names_of(change)]
        names = shortened(list(dict.fromkeys(people)), counted=True)
        values = {"option": variable_of(limit), "lifted": lifted_by(limit)} if limit else {}
        code = "blocked_in_plan" if limit else "not_in_plan"
        plan.block(blocked, code, skip=False, count=counted(len(people), "change"), names=names, **values)


def _report_missing(plan: Plan, missing: list[Listed]) -> None:
    """Without what the run leaves for another one, and those of whom the plan has a sentence of its own."""
    said = {fold(name) for found in (*plan.failed, *plan.withheld, *plan.attention) for name in (found.email, *found.emails)}
    later = {(change.action, fold(change.group), fold(name)) for change in plan.left for name in names_of(change)}
    unsaid = [one for one in missing if fold(one.email or one.group) not in said]
    gone = [one for one in unsaid if (one.action, fold(one.group), fold(one.email or one.group)) not in later]
    if gone:
        kinds = dict.fromkeys(in_a_sentence(one.action) for one in gone)
        names = list(dict.fromkeys(one.email or one.group for one in gone))
        count = counted(len(gone), "change")
        plan.report("not_needed", "", emails=names, count=count, names=shortened(names, counted=True), kinds=", ".join(kinds))
