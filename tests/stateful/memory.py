# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real run has left for the next one, as its file says, and what of it must still hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .oracle import Known, Pairs, anchored
from .views import AccountView, ZoomView


@dataclass(frozen=True)
class Memory:
    """By ids of accounts: whose each was, and at which address."""

    owners: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


def read_memory(path: Path) -> Memory:
    if not path.exists():
        return Memory()
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    owners = {record["id"]: record["remembered"] for record in records if record.get("remembered")}
    return Memory(owners, {record["id"]: record["email"].lower() for record in records})


def standing(memory: Memory, zoom: ZoomView, people: Iterable[Known], policy: Mapping[str, Any]) -> Pairs:
    """Whose each is still, whatever the addresses are: one for each person, as all others are looked for by address.

    An anchor counts more. So does an address of somebody living where Zoom has moved the account to it, or where the person is deleted;
    and so does an account at the person's own address, unless it was somebody else's.
    """
    people = list(people)
    known, living = {person.id: person for person in people}, {person.id for person in people if person.state != "deleted"}
    holders = {person.addresses[0]: person.id for person in people if person.id in living}
    accounts = [account for account in zoom.accounts.values() if account.status != "pending"]
    taken = {account.anchor for account in accounts if policy["identity"] and anchored(account, people)}
    found = dict[str, str]()
    for account in sorted(accounts, key=_usefulness):
        person, address = known.get(memory.owners.get(account.id, "")), account.email.lower()
        if person is None or person.id in taken or (policy["identity"] and anchored(account, people)):
            continue
        elsewhere = holders.get(address, person.id) != person.id
        moved = elsewhere and memory.addresses[account.id] != address
        if not moved and not (elsewhere and person.state == "deleted") and not _replaced(account, person, zoom, memory):
            found[account.id] = person.id
            taken.add(person.id)
    return Pairs(found, memory.owners, frozenset(taken))


ALIAS_GONE, ALIAS_PASSED_ON, NEWCOMER = "alias removed with a rename", "alias given to somebody else", "newcomer on an old address"


def beyond_addresses(memory: Memory, zoom: ZoomView, people: Iterable[Known]) -> Iterator[str]:
    """Cases that addresses alone can't settle: remembered accounts at an address that their owner, who is not deleted, has no more."""
    people = list(people)
    known = {person.id: person for person in people}
    for key, owner in memory.owners.items():
        person, account = known.get(owner), zoom.accounts.get(key)
        if person is None or account is None or person.state == "deleted":
            continue
        address = account.email.lower()
        if address != memory.addresses[key] or address in person.addresses:
            continue
        others = [other for other in people if address in other.addresses]
        yield NEWCOMER if any(other.addresses[0] == address for other in others) else ALIAS_PASSED_ON if others else ALIAS_GONE


def _replaced(account: AccountView, person: Known, zoom: ZoomView, memory: Memory) -> bool:
    """Whether another account at the person's own address is theirs: nobody else had it in the last run."""
    other = zoom.at(person.addresses[0])
    return other is not None and other.id != account.id and memory.owners.get(other.id) in (None, person.id)


def _usefulness(account: AccountView) -> tuple[bool, str, str]:
    """The one in use, then the oldest."""
    return account.status != "active", account.created, account.email.lower()
