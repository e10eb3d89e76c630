# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run leaves for another one, of all that it plans: every removal, or what is done to others than a few people. Pure.

The whole is planned, so that seats, ranks and addresses are those of all; what is left is taken out before limits are counted, and what
needs it is left with it. The twin for what was approved is `_approval.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .._model._account import Account
from .._model._text import counted, fold, shortened
from ._actions import ACTIONS, END_OF_ACCOUNT, Subject, in_a_sentence
from ._change import Change, Plan, names_of, people_in, split_by_members
from ._change_data import GoogleMember, NewAddress
from ._named import Named
from ._outcome import Finding

GIVES_UP_ADDRESS = END_OF_ACCOUNT | {"rename"}


@dataclass(frozen=True)
class Part:
    """`leave_removals`: nobody loses anything by this run. `only`: whom alone it is about; None for everybody."""

    leave_removals: bool = False
    only: Named | None = None

    @property
    def is_whole(self) -> bool:
        return self == WHOLE

    def leaves(self, change: Change) -> bool:
        """Whether it is left by itself; of a change of members, which has to be of one side: see `split_by_members`."""
        return (self.leave_removals and change.removes) or self.is_of_others(change)

    def is_of_others(self, change: Change) -> bool:
        """What is done to a group is of everybody in it."""
        if self.only is None:
            return False
        if change.subject is Subject.ACCOUNT:
            return not (change.account and self.only.owns(change.account))
        if not ACTIONS[change.action].of_members:
            return True
        if change.subject is Subject.GOOGLE_GROUP:
            return not self.only.has_address(change.needs(GoogleMember).email)
        return not all(self.only.owns(member) for member in change.members)

    def is_about(self, person_id: str) -> bool:
        return self.only is None or person_id in self.only.people

    def take_out(self, plan: Plan) -> None:
        """What is left by itself. A Zoom group that is not there yet is made for whoever is to join it."""
        if self.is_whole:
            return
        split_by_members(plan, lambda change: not self.leaves(change))
        joined = {change.group_id for change in plan.changes if change.action == "add" and not self.leaves(change)}
        stays = [change for change in plan.changes if change.action == "create_group" and change.group_id in joined]
        kept = {id(change) for change in stays}
        plan.leave([change for change in plan.changes if id(change) not in kept and self.leaves(change)])

    def end(self, plan: Plan, addresses: Iterable[str] = ()) -> None:
        """Once all is planned: what is said of others is theirs to read, and what is left is said in one sentence of each kind.

        `addresses`: more of those whom the run is about.
        """
        if self.only is not None:
            named = self.only.with_addresses(addresses)
            for found in (plan.failed, plan.withheld, plan.attention):
                found[:] = [one for one in found if _is_about(one, named)]
        removals = [change for change in plan.left if self.leave_removals and change.removes and not self.is_of_others(change)]
        waiting = [change for change in plan.left if not self.leaves(change)]
        if removals:
            kinds = dict.fromkeys(in_a_sentence(change.action) for change in removals)
            more = f", with {counted(people_in(waiting), 'change')} that need them" if waiting else ""
            count = counted(people_in(removals), "removal")
            plan.report("left_removals", "", count=count, kinds=", ".join(kinds), names=_shown(removals), more=more)
        elif waiting:
            plan.report("left_waiting", "", count=counted(people_in(waiting), "change"), names=_shown(waiting))


WHOLE = Part()


def _is_about(found: Finding, named: Named) -> bool:
    """A sentence about nobody in person is kept."""
    return "@" not in found.email or named.has_address(found.email)


def _shown(changes: Iterable[Change]) -> str:
    return shortened(list(dict.fromkeys(name for change in changes for name in names_of(change))), counted=True)


def leave_blocked_renames(plan: Plan) -> None:
    """A rename to the address of an account that keeps it, as what would have freed it is left."""
    kept = {fold(account.email) for account in keepers(plan)}
    while waiting := [change for change in plan.changes if change.action == "rename" and fold(change.needs(NewAddress).email) in kept]:
        plan.leave(waiting)
        kept |= {fold(change.account.email) for change in waiting if change.account}


def keepers(plan: Plan) -> list[Account]:
    """Accounts that would give up their address, by what is left."""
    return [change.account for change in plan.left if change.action in GIVES_UP_ADDRESS and change.account]


def left_rows(left: Iterable[Change]) -> list[dict[str, str]]:
    """One for each person: whom, what and why it would have been done."""
    rows = list[dict[str, str]]()
    for change in left:
        action = ACTIONS[change.action].shown_as or change.action
        group = {"group": change.group} if change.group else {}
        rows += [{"email": name, "action": action, **group, "reason": change.reason} for name in names_of(change)]
    return rows
