# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom groups whose members are chosen from people by selectors. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from .._model._account import PROVISIONAL, Account
from .._model._person import Person
from .._model._selector import Selector, parse_selector
from .._model._text import PolicyError
from ._change import Change, Plan
from ._fuses import Limit, apply_fuses
from ._matching import match
from ._protection import Protection, active_unprotected

AT_ONCE = 30  # POST /groups/{id}/members
T = TypeVar("T")


@dataclass(frozen=True)
class MappedGroup:
    name: str
    selector: Selector
    exclusive: bool


def parse_groups(specs: object, where: str) -> list[MappedGroup]:
    """A list of selector + `name`, `exclusive`."""
    if not isinstance(specs, list):
        raise PolicyError(f"{where} must be a list of groups, each with a name and a selector.")
    groups: dict[str, MappedGroup] = {}
    for number, spec in enumerate(specs, 1):
        at = f"{where}[{number}]"
        if not isinstance(spec, Mapping) or not str(spec.get("name") or "").strip():
            raise PolicyError(f"{at} needs a name.")
        name, exclusive = str(spec["name"]).strip(), spec.get("exclusive", False)
        if name.casefold() in groups:
            raise PolicyError(f"{at} names the Zoom group {name!r} a second time.")
        if not isinstance(exclusive, bool):
            raise PolicyError(f"{at}.exclusive must be true or false, not {exclusive!r}.")
        groups[name.casefold()] = MappedGroup(name, parse_selector(spec, at, ("name", "exclusive")), exclusive)
    return list(groups.values())


def plan_zoom_groups(
    people: list[Person],
    accounts: list[Account],
    existing: Mapping[str, str],
    mapped: list[MappedGroup],
    limit: Limit,
    *,
    protection: Protection | None = None,
    allow_losses: bool = False,
) -> Plan:
    """`existing`: id -> name of the account's groups."""
    plan = Plan()
    ids = {name.casefold(): key for key, name in existing.items()}
    matches = match(people, accounts)
    holders = [
        (person, account)
        for person in people
        if person.wanted and (account := matches.account_of.get(person.id)) and account.status == "active" and not account.held
    ]
    for group in mapped:
        known = ids.get(group.name.casefold())
        key = known or PROVISIONAL + group.name
        # shared by the changes of a group, so that the others learn the id of one just created
        target = {"id": key}
        if known is None:
            plan.changes.append(Change("create_group", "", "mapped", group=group.name, payload={"target": target}))
        chosen = _chosen(plan, holders, group)
        joining = [account for account in chosen if key not in account.group_ids]
        for batch in _batches(joining, AT_ONCE):
            plan.changes.append(Change("add", "", "matches", group=group.name, members=batch, payload={"target": target}))
        if group.exclusive:
            keep = {account.key for account in chosen}
            for account in accounts:
                if key in account.group_ids and account.key not in keep and account.status == "active" and not account.held:
                    change = Change(
                        "remove", account.email, "no longer matches", group=group.name, members=[account], payload={"target": target}
                    )
                    change.loss = "group"
                    plan.changes.append(change)
    apply_fuses(plan, {"group": limit}, active_unprotected(accounts, protection or Protection()), allow_losses)
    return plan


def _chosen(plan: Plan, holders: list[tuple[Person, Account]], group: MappedGroup) -> list[Account]:
    chosen = []
    for person, account in holders:
        try:
            if group.selector.matches(person):
                chosen.append(account)
        except PolicyError as error:
            plan.tell("where", person.email, error=error)
            account.held = "where"
    return chosen


def _batches(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
