# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom groups whose members are chosen from people by selectors. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from .._model._account import PROVISIONAL, UNREADABLE, Account
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import PolicyError, fold, name_key
from ._change import Change, Plan
from ._change_data import FormerName
from ._left_alone import report_left_alone
from ._limits import Limit, apply_limits
from ._mapped_groups import MappedGroup, group_named
from ._matching import Matches, by_email
from ._part import WHOLE, Part
from ._protection import Protection, active_unprotected
from ._removals import Confirmed, confirmed
from ._unread import unreliable

AT_ONCE = 30  # POST /groups/{id}/members
T = TypeVar("T")


@dataclass(frozen=True)
class GroupPolicy:
    """`partly_known`: keys of accounts of which Zoom shows one group only. `at_once`: members that one write may add.

    `part`: what the run leaves.
    """

    mapped: list[MappedGroup]
    limit: Limit
    protection: Protection = field(default_factory=Protection)
    allow_losses: bool = False
    partly_known: Collection[str] = ()
    at_once: int = AT_ONCE
    part: Part = WHOLE


@dataclass(frozen=True)
class _Sides:
    """What both sides say of memberships. `owners`: account key -> whose it is. `strangers`: keys of the accounts of nobody."""

    people: People
    known: Confirmed
    owners: Mapping[str, Person]
    strangers: frozenset[str]

    def unsure(self, account: Account, person: Person | None) -> bool:
        """Whether what takes them out of a group is an absence that no second read has confirmed."""
        if person is None:
            return account.key in self.strangers and fold(account.email) not in self.known.absent
        return person.confirmed is False or (self.known.whole and not person.wanted and person.confirmed is not True)


def plan_zoom_groups(people: People, tenant: Tenant, matches: Matches, policy: GroupPolicy) -> Plan:
    """All mapped groups exist and hold whom their selectors choose."""
    plan, existing = Plan(), tenant.groups or {}
    plan.skip.update({match.account.key: "identity" for match in matches.unclear})
    sides = _Sides(people, confirmed(people), _owners(people, matches), frozenset(account.key for account in matches.strangers))
    accounts = by_email(tenant.accounts)
    chosen, members = _chosen(plan, sides.owners, accounts, policy.mapped), _members(accounts)
    report_left_alone(plan, _left_alone(plan, sides.owners, accounts, existing, policy), "they did not join Zoom groups")
    for group in policy.mapped:
        key = group_named(existing, group.name)
        if _is_unread(plan, group, key, tenant):
            continue
        group_id = plan_group(plan, existing, group, members.get(key or "", []))
        if group_id is None:
            continue
        _plan_joins(plan, group, group_id, [account for account in chosen[group.name] if group_id not in account.group_ids], policy)
        if group.exclusive:
            stay = {account.key for account in chosen[group.name]}
            _plan_leaves(
                plan, group, group_id, [account for account in members.get(group_id, []) if account.key not in stay], sides, policy.part
            )
    policy.part.take_out(plan)
    doubt = unreliable(tenant, people)
    for change in plan.changes:
        if doubt and change.action == "delete_group":
            change.removal = "group"  # who is in it is not known well enough to say that nobody loses it
    base = active_unprotected(tenant.accounts, policy.protection)
    apply_limits(plan, {"group": policy.limit}, base, policy.allow_losses, doubt)
    policy.part.end(plan)
    return plan


def _is_unread(plan: Plan, group: MappedGroup, key: str | None, tenant: Tenant) -> bool:
    """Whether the group may be one that could not be read, or is to go with members that could not be."""
    names = {name_key(name) for name in (group.name, *group.previous_names)}
    if key is None and any(not name or name_key(name) in names for name in tenant.unread_groups):
        plan.report("unread_group", "", group=group.name)
        return True
    if key is not None and group.absent and any(account.status == UNREADABLE for account in tenant.accounts):
        plan.report("unread_members", "", group=group.name)
        return True
    return False


def plan_group(plan: Plan, existing: Mapping[str, str], group: MappedGroup, inside: list[Account]) -> str | None:
    """The group itself: created, renamed, deleted or left. `inside`: its accounts, who lose it when it is deleted.

    Its id, which is provisional while it is not there; None when it is to go.
    """
    known = group_named(existing, group.name)
    if group.absent:
        if known is not None:
            removal = "group" if inside else None
            change = Change("delete_group", "", "state is absent", group=group.name, group_id=known, members=list(inside), removal=removal)
            plan.changes.append(change)
        return None
    former = [key for name in group.previous_names if (key := group_named(existing, name)) not in (None, known)]
    if known is None and former:
        known = former.pop(0)
        name = existing[str(known)]
        plan.changes.append(
            Change("rename_group", "", f"was {name}", data=FormerName(name), group=group.name, group_id=str(known)),
        )
    elif known is None:
        known = PROVISIONAL + group.name
        plan.changes.append(Change("create_group", "", "mapped", group=group.name, group_id=known))
    for key in dict.fromkeys(former):
        plan.report("former_group", "", group=group.name, former=existing[str(key)])
    return known


def affected(people: People, tenant: Tenant, matches: Matches, mapped: list[MappedGroup]) -> list[Account]:
    """Active accounts whose memberships the plan needs: of whom a selector chooses, or all where members may leave."""
    existing = tenant.groups or {}
    there = [group for group in mapped if any(group_named(existing, name) for name in (group.name, *group.previous_names))]
    active = [account for account in tenant.accounts if account.status == "active"]
    if any(group.exclusive or group.absent for group in there):
        return active
    chosen = _chosen(Plan(), _owners(people, matches), tenant.accounts, there)
    keys = {account.key for found in chosen.values() for account in found}
    return [account for account in active if account.key in keys]


def _owners(people: People, matches: Matches) -> dict[str, Person]:
    """Account key -> whose it is. An account with an unclear match is not here, nor has a second account of somebody wanted."""
    owners = {account.key: person for person in people.everyone if not person.wanted for account in matches.all_of.get(person.id, ())}
    by_id = {person.id: person for person in people.everyone}
    return owners | {account.key: by_id[person_id] for person_id, account in matches.account_of.items()}


def _members(accounts: Iterable[Account]) -> dict[str, list[Account]]:
    """By group id."""
    members: dict[str, list[Account]] = {}
    for account in accounts:
        for key in account.group_ids:
            members.setdefault(key, []).append(account)
    return members


def _chosen(plan: Plan, owners: Mapping[str, Person], accounts: list[Account], mapped: list[MappedGroup]) -> dict[str, list[Account]]:
    """By group name. A condition that can't be evaluated leaves its account as it is in every group, whatever the order of groups."""
    chosen: dict[str, list[Account]] = {group.name: [] for group in mapped}
    for account in accounts:
        person = owners.get(account.key)
        if person is None or not person.wanted or person.held or account.status != "active" or plan.skips(account):
            continue
        try:
            names = [group.name for group in mapped if group.selector and group.selector.matches(person)]
        except PolicyError as error:
            plan.report("where", person.email, error=error)
            plan.skip[account.key] = "where"
            continue
        for name in names:
            chosen[name].append(account)
    return chosen


def _left_alone(
    plan: Plan, owners: Mapping[str, Person], accounts: list[Account], existing: Mapping[str, str], policy: GroupPolicy
) -> Iterator[tuple[str, str]]:
    """Who would join a group, had nothing before left them as they are: why, and whose account."""
    for account in accounts:
        person, only = owners.get(account.key), policy.part.only
        held = plan.skip.get(account.key) or account.held or (person.held if person else None)
        if not held or person is None or not person.wanted or account.status != "active" or not (only is None or only.owns(account)):
            continue
        if any(_would_join(group, person, account, existing) for group in policy.mapped):
            yield held, account.email


def _would_join(group: MappedGroup, person: Person, account: Account, existing: Mapping[str, str]) -> bool:
    if group.absent or group.selector is None or group_named(existing, group.name) in account.group_ids:
        return False
    try:
        return group.selector.matches(person)
    except PolicyError:  # which has a sentence of its own
        return False


def _plan_joins(plan: Plan, group: MappedGroup, group_id: str, joining: list[Account], policy: GroupPolicy) -> None:
    if not group_id.startswith(PROVISIONAL):  # nobody is in a group that is not there yet
        for account in joining:
            if account.key in policy.partly_known:
                plan.report("one_group_shown", account.email, group=group.name)
        joining = [account for account in joining if account.key not in policy.partly_known]
    for batch in batches(joining, policy.at_once):
        plan.changes.append(Change("add", "", "matches", group=group.name, group_id=group_id, members=batch))


def _plan_leaves(plan: Plan, group: MappedGroup, group_id: str, leaving: list[Account], sides: _Sides, part: Part) -> None:
    """An inactive account keeps its groups: it comes back to them. What the run leaves needs no confirmation now."""
    for account in leaving:
        person = sides.owners.get(account.key)
        if account.status != "active" or plan.skips(account) or (person is None and not sides.known.whole):
            continue
        if person is not None and (person.excluded or person.held):  # whoever is excluded or skipped is left as they are
            continue
        change = leave(account, group.name, group_id, "does not match")
        plan.changes.append(change)
        if sides.unsure(account, person) and not sides.people.doubtful and not part.leaves(change):
            _keep(plan, change, person, sides)


def leave(account: Account, name: str, group_id: str, reason: str) -> Change:
    """One account leaves a Zoom group."""
    return Change("remove", account.email, reason, group=name, group_id=group_id, members=[account], removal="group")


def _keep(plan: Plan, change: Change, person: Person | None, sides: _Sides) -> None:
    if sides.known.too_many(change.members[0], person):
        plan.block([change], "confirm_limit", **sides.known.numbers)
    elif person and person.unsure:
        plan.changes.remove(change)
        plan.report("unreadable_scope", change.email, words="not in scope", group=person.unsure)
    else:
        plan.block([change], "unconfirmed_member", reason="unconfirmed", group=change.group)


def batches(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
