# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom groups whose members are chosen from people by selectors. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from .._model._account import PROVISIONAL, UNREADABLE, Account
from .._model._matching_rules import Matching
from .._model._person import UNSURE_LIMIT, Person
from .._model._text import PolicyError, fold
from ._change import Change, Plan
from ._fuses import Limit, apply_fuses
from ._losses import Known
from ._mapped_groups import MappedGroup, group_named
from ._matching import match
from ._protection import Protection, active_unprotected

AT_ONCE = 30  # POST /groups/{id}/members
T = TypeVar("T")
Target = dict[str, Any]


@dataclass(frozen=True)
class Memberships:
    """How well the accounts' `group_ids` are known.

    `whole_people`: the whole directory was read, so that an account of nobody means something.
    `partly_known`: keys of accounts of which Zoom shows one group only. `at_once`: members that one write may add.
    `unread`: names of groups whose row could not be read, '' where not even the name could be. `doubt`: why nothing is to be removed.
    `absent`, `confirm_limit`: as in `_losses.Known`; None: nobody was asked for.
    """

    whole_people: bool = True
    partly_known: Collection[str] = ()
    at_once: int = AT_ONCE
    unread: Collection[str] = ()
    doubt: str = ""
    absent: frozenset[str] | None = None
    confirm_limit: int = 0


def plan_zoom_groups(
    people: list[Person],
    accounts: list[Account],
    existing: Mapping[str, str],
    mapped: list[MappedGroup],
    limit: Limit,
    *,
    protection: Protection | None = None,
    allow_losses: bool = False,
    known: Memberships | None = None,
    matching: Matching | None = None,
) -> Plan:
    """`existing`: id -> name of the account's groups."""
    plan, known = Plan(), known or Memberships()
    owners, strangers = _owners(people, accounts, matching)
    unsure = _Unsure(Known(known.whole_people, confirm_limit=known.confirm_limit).numbers(people), strangers, known)
    chosen = _chosen(plan, owners, accounts, mapped)
    members = _members(accounts)
    for group in mapped:
        key = group_named(existing, group.name)
        if _is_unread(plan, group, key, accounts, known):
            continue
        target = plan_group(plan, existing, group, members.get(key or "", []))
        if target is None:
            continue
        inside = members.get(target["id"], [])
        _plan_joins(plan, group, target, [account for account in chosen[group.name] if target["id"] not in account.group_ids], known)
        if group.exclusive:
            stay = {account.key for account in chosen[group.name]}
            _plan_leaves(plan, group, target, [account for account in inside if account.key not in stay], owners, unsure)
    for change in plan.changes:
        if known.doubt and change.action == "delete_group":
            change.loss = "group"  # who is in it is not known well enough to say that nobody loses it
    apply_fuses(plan, {"group": limit}, active_unprotected(accounts, protection or Protection()), allow_losses, known.doubt)
    return plan


def _is_unread(plan: Plan, group: MappedGroup, key: str | None, accounts: Iterable[Account], known: Memberships) -> bool:
    """Whether the group may be one that could not be read, or is to go with members that could not be."""
    names = {fold(name) for name in (group.name, *group.previous_names)}
    if key is None and any(not name or fold(name) in names for name in known.unread):
        plan.tell("unread_group", "", group=group.name)
        return True
    if key is not None and group.absent and any(account.status == UNREADABLE for account in accounts):
        plan.tell("unread_members", "", group=group.name)
        return True
    return False


def plan_group(plan: Plan, existing: Mapping[str, str], group: MappedGroup, inside: list[Account]) -> Target | None:
    """The group itself: created, renamed, deleted or left. `inside`: its accounts, who lose it when it is deleted.

    The target is shared by the changes of a group, so that the others learn the id of one just created; None when it is to go.
    """
    known = group_named(existing, group.name)
    if group.absent:
        if known is not None:
            change = Change("delete_group", "", "state is absent", group=group.name, payload={"target": {"id": known}})
            change.members, change.loss = list(inside), "group" if inside else None
            plan.changes.append(change)
        return None
    former = [key for name in group.previous_names if (key := group_named(existing, name)) not in (None, known)]
    if known is None and former:
        key = former.pop(0)
        target, name = {"id": key}, existing[str(key)]
        plan.changes.append(
            Change("rename_group", "", f"was {name}", group=group.name, payload={"target": target, "former": name}),
        )
    elif known is None:
        target = {"id": PROVISIONAL + group.name}
        plan.changes.append(Change("create_group", "", "mapped", group=group.name, payload={"target": target}))
    else:
        target = {"id": known}
    for key in dict.fromkeys(former):
        plan.tell("former_group", "", group=group.name, former=existing[str(key)])
    return target


def affected(
    people: list[Person], accounts: list[Account], existing: Mapping[str, str], mapped: list[MappedGroup], matching: Matching | None = None
) -> list[Account]:
    """Active accounts whose memberships the plan needs: of whom a selector chooses, or all where members may leave."""
    there = [group for group in mapped if any(group_named(existing, name) for name in (group.name, *group.previous_names))]
    active = [account for account in accounts if account.status == "active"]
    if any(group.exclusive or group.absent for group in there):
        return active
    chosen = _chosen(Plan(), _owners(people, accounts, matching)[0], accounts, there, hold=False)
    keys = {account.key for found in chosen.values() for account in found}
    return [account for account in active if account.key in keys]


def _owners(people: list[Person], accounts: list[Account], matching: Matching | None) -> tuple[dict[str, Person], frozenset[str]]:
    """Account key -> whose it is, and the keys of accounts of nobody.

    Whoever is in doubt is left as they are; a second account of somebody wanted has no owner here.
    """
    matches = match(people, accounts, matching)
    for doubt in matches.doubts:
        doubt.account.held = "identity"
    owners = {account.key: person for person in people if not person.wanted for account in matches.all_of.get(person.id, ())}
    by_id = {person.id: person for person in people}
    owners |= {account.key: by_id[person_id] for person_id, account in matches.account_of.items()}
    return owners, frozenset(account.key for account in matches.strangers)


def _members(accounts: Iterable[Account]) -> dict[str, list[Account]]:
    """By group id."""
    members: dict[str, list[Account]] = {}
    for account in accounts:
        for key in account.group_ids:
            members.setdefault(key, []).append(account)
    return members


def _chosen(
    plan: Plan, owners: Mapping[str, Person], accounts: list[Account], mapped: list[MappedGroup], *, hold: bool = True
) -> dict[str, list[Account]]:
    """By group name. A condition that can't be evaluated holds its account in every group, whatever the order of groups."""
    chosen: dict[str, list[Account]] = {group.name: [] for group in mapped}
    for account in accounts:
        person = owners.get(account.key)
        if person is None or not person.wanted or account.status != "active" or account.held:
            continue
        try:
            names = [group.name for group in mapped if group.selector and group.selector.matches(person)]
        except PolicyError as error:
            if hold:
                plan.tell("where", person.email, error=error)
                account.held = "where"
            continue
        for name in names:
            chosen[name].append(account)
    return chosen


def _plan_joins(plan: Plan, group: MappedGroup, target: Target, joining: list[Account], known: Memberships) -> None:
    if not target["id"].startswith(PROVISIONAL):  # nobody is in a group that is not there yet
        for account in joining:
            if account.key in known.partly_known:
                plan.tell("one_group_shown", account.email, group=group.name)
        joining = [account for account in joining if account.key not in known.partly_known]
    for batch in batches(joining, known.at_once):
        plan.changes.append(Change("add", "", "matches", group=group.name, members=batch, payload={"target": target}))


@dataclass(frozen=True)
class _Unsure:
    """`numbers`: for the sentence on those of whom lists could not tell. `strangers`: keys of the accounts of nobody."""

    numbers: Mapping[str, Any]
    strangers: frozenset[str]
    known: Memberships

    def of(self, account: Account, person: Person | None) -> bool:
        """Whether what takes them out of a group is an absence that no second read has confirmed."""
        if person is None:
            absent = self.known.absent
            return absent is not None and account.key in self.strangers and fold(account.email) not in absent
        return person.confirmed is False or (self.known.whole_people and not person.wanted and person.confirmed is not True)


def _plan_leaves(
    plan: Plan, group: MappedGroup, target: Target, leaving: list[Account], owners: Mapping[str, Person], unsure: _Unsure
) -> None:
    """An inactive account keeps its groups: it comes back to them."""
    for account in leaving:
        person = owners.get(account.key)
        if account.status != "active" or account.held or (person is None and not unsure.known.whole_people):
            continue
        if person is not None and (person.excluded or person.held):  # whoever is excluded or skipped is left as they are
            continue
        change = Change("remove", account.email, "no longer matches", group=group.name, members=[account], payload={"target": target})
        change.loss = "group"
        plan.changes.append(change)
        if unsure.of(account, person):
            _keep(plan, change, person, unsure)


def _keep(plan: Plan, change: Change, person: Person | None, unsure: _Unsure) -> None:
    if person and person.unsure == UNSURE_LIMIT:
        plan.withhold([change], "confirm_limit", **unsure.numbers)
    elif person and person.unsure:
        plan.changes.remove(change)
        plan.tell("unreadable_scope", change.email, words="not in scope", group=person.unsure)
    else:
        plan.withhold([change], "unconfirmed_member", reason="unconfirmed", group=change.group)


def batches(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
