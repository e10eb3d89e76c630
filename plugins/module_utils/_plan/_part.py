# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run leaves for another one, of all that it plans: every removal, or what is done to others than a few people. Pure.

The whole is planned, so that seats, ranks and addresses are those of all; what is left is taken out before limits are counted, and what
needs it is left with it. The twin for what was approved is `_approval.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .._model._account import Account
from .._model._text import fold, shortened
from ._actions import ACTIONS, END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import NewAddress

GIVES_UP_ADDRESS = END_OF_ACCOUNT | {"rename"}


@dataclass(frozen=True)
class Part:
    """`leave_removals`: nobody loses anything by this run."""

    leave_removals: bool = False

    def leaves(self, change: Change) -> bool:
        return self.leave_removals and change.removes

    def take_out(self, plan: Plan) -> None:
        """What is left by itself; of a change of members, for those of whom it is."""
        if self == WHOLE:
            return
        split_members(plan, self)
        plan.leave([change for change in plan.changes if self.leaves(change)])

    def end(self, plan: Plan) -> None:
        """Once all is planned: one sentence on removals that are left."""
        removals = [change for change in plan.left if self.leave_removals and change.removes]
        if removals:
            kinds = dict.fromkeys(ACTIONS[change.action].title.lower() for change in removals)
            names = [name for change in removals for name in names_of(change)]
            shown = shortened(list(dict.fromkeys(names)), counted=True)
            waiting = sum(map(people_in, plan.left)) - len(names)
            more = f", and so were {waiting} changes that need them" if waiting else ""
            plan.report("left_removals", "", count=len(names), kinds=", ".join(kinds), names=shown, more=more)


WHOLE = Part()


def split_members(plan: Plan, part: Part) -> None:
    """A change of a group's members becomes two: one of those for whom it is left, and one of the others."""
    changes = list[Change]()
    for change in plan.changes:
        sides: dict[bool, list[Account]] = {False: [], True: []}
        for member in change.members if ACTIONS[change.action].of_members else ():
            sides[part.leaves(replace(change, members=[member]))].append(member)
        parts = [replace(change, members=side) for side in sides.values() if side]
        changes += parts if len(parts) > 1 else [change]
    plan.changes = changes


def leave_blocked_renames(plan: Plan) -> None:
    """A rename to the address of an account that keeps it, as what would have freed it is left."""
    kept = {fold(account.email) for account in keepers(plan)}
    while waiting := [change for change in plan.changes if change.action == "rename" and fold(change.needs(NewAddress).email) in kept]:
        plan.leave(waiting)
        kept |= {fold(change.account.email) for change in waiting if change.account}


def keepers(plan: Plan) -> list[Account]:
    """Accounts that would give up their address, by what is left."""
    return [change.account for change in plan.left if change.action in GIVES_UP_ADDRESS and change.account]


def names_of(change: Change) -> list[str]:
    return [member.email for member in change.members] or [change.email or change.group]


def people_in(change: Change) -> int:
    return max(len(change.members), 1)


def left_rows(left: Iterable[Change]) -> list[dict[str, str]]:
    """One for each person: whom, what and why it would have been done."""
    rows = list[dict[str, str]]()
    for change in left:
        action = ACTIONS[change.action].shown_as or change.action
        group = {"group": change.group} if change.group else {}
        rows += [{"email": name, "action": action, **group, "reason": change.reason} for name in names_of(change)]
    return rows
