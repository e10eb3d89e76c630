# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The members of ONE Zoom group as a list of addresses says: who joins, who leaves, and who can do neither. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from .._model._account import Account
from .._model._text import fold
from ._change import Change, Plan
from ._limits import apply_limits
from ._matching import by_email
from ._members import MembersPlan, plan_members, report_limit
from ._unread import unread_findings
from ._zoom_groups import batches, leave


@dataclass(frozen=True)
class Roster:
    """What was read of a group. `members`: folded address -> id. `accounts`: by folded address, None where there is none.

    `partly_known`: keys of accounts of which Zoom shows one group only. `set_aside`: rows of members that could not be read.
    """

    group_id: str
    name: str
    members: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, Account | None] = field(default_factory=dict)
    partly_known: Collection[str] = ()
    set_aside: Collection[Mapping[str, str]] = ()
    doubts: Collection[str] = ()

    def unclear(self, address: str) -> bool:
        """Whether they may be a member of this group already."""
        account = self.accounts.get(address)
        return account is not None and account.key in self.partly_known and address not in self.members

    def unread(self, address: str) -> bool:
        return any(fold(row["email"]) == address for row in self.set_aside)


@dataclass(frozen=True)
class MembersPolicy:
    """`wanted`: folded addresses. `at_once`: members that one write may add."""

    wanted: tuple[str, ...]
    at_once: int
    absent: bool = False
    exclusive: bool = False
    max_removals: int | None = None


def accounts_to_read(roster: Roster, policy: MembersPolicy) -> list[str]:
    """Addresses of those who would join: the account of each must be known before the plan."""
    return [address for address in _members(roster, policy).add if address not in roster.accounts]


def plan_zoom_members(roster: Roster, policy: MembersPolicy) -> Plan:
    """Who is listed joins; with `exclusive` all others leave, with `absent` those who are listed."""
    plan, members = Plan(), _members(roster, policy)
    for address in policy.wanted:
        if roster.unclear(address):
            plan.report("one_group_shown", address, group=roster.name)
    plan.attention += unread_findings(roster.set_aside, roster.doubts)
    for batch in batches(_joining(plan, roster, members.add), policy.at_once):
        plan.changes.append(Change("add", "", "listed", group=roster.name, group_id=roster.group_id, members=batch))
    why = "listed" if policy.absent else "not listed"
    for address in members.remove:
        account = Account(roster.members[address], address, "active", group_ids=[roster.group_id])
        plan.changes.append(leave(account, roster.name, roster.group_id, why))
    # who is named with state absent leaves whatever else is known
    apply_limits(plan, {}, 0, allow_losses=True, doubt="" if policy.absent else next(iter(roster.doubts), ""))
    report_limit(plan, roster.name, members, policy.max_removals, "max_removals")
    return plan


def _members(roster: Roster, policy: MembersPolicy) -> MembersPlan:
    """Members that can't be read, or may be in already, are neither added nor removed."""
    known = [address for address in policy.wanted if not roster.unclear(address) and not roster.unread(address)]
    return plan_members(
        dict.fromkeys(roster.members, "MEMBER"),
        dict.fromkeys(known, ""),
        state="absent" if policy.absent else "present",
        exclusive=policy.exclusive,
        max_removals=policy.max_removals,
    )


def _joining(plan: Plan, roster: Roster, addresses: Iterable[str]) -> list[Account]:
    """Members must hold an active account: Zoom drops the others without a word."""
    unread, joining = {row["id"] for row in roster.set_aside if row["id"]}, list[Account]()
    for address in addresses:
        account = roster.accounts[address]
        if account is None or account.status != "active":
            plan.report("no_account", address)
        elif account.id not in unread:
            joining.append(account)
    return by_email(joining)
