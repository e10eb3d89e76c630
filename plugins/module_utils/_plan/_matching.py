# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which account belongs to whom: by the address wanted, then by primary address and alias, without case. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .._model._account import Account
from .._model._person import Person
from .._model._text import fold

_RANK = {"active": 0, "suspended": 1, "archived": 1, "deleted": 2}


@dataclass
class Matches:
    """`account_of` by person id; `others`: further accounts of a person, under an alias; `strangers`: accounts of nobody."""

    account_of: dict[str, Account] = field(default_factory=dict)
    others: list[tuple[Person, Account]] = field(default_factory=list)
    strangers: list[Account] = field(default_factory=list)


def match(people: Iterable[Person], accounts: Iterable[Account], user_names: Mapping[str, str] | None = None) -> Matches:
    """`user_names`: person id -> the address wanted in Zoom, where it is not the primary one.

    A live person beats a deleted one, and a person's own address beats another's alias.
    """
    accounts = list(accounts)
    by_address = {fold(account.email): account for account in accounts}
    by_person = {account.person_id: account for account in accounts if account.person_id}
    ranked = sorted(people, key=lambda person: _RANK[person.state])
    found, claimed = Matches(), set[str]()
    for person in ranked:
        own = fold((user_names or {}).get(person.id, person.email))
        account = by_person.get(person.id) or by_address.get(own)
        if account and account.key not in claimed:
            found.account_of[person.id] = account
            claimed.add(account.key)
    for person in ranked:
        aliased = [by_address[address] for address in person.addresses() if address in by_address]
        aliased = [account for account in aliased if account.key not in claimed]
        # the one in use, then the oldest, is the one to keep
        for account in sorted(aliased, key=lambda item: (item.status != "active", item.created or "9")):
            claimed.add(account.key)
            if person.id in found.account_of:
                found.others.append((person, account))
            else:
                found.account_of[person.id] = account
    found.strangers = [account for account in accounts if account.key not in claimed]
    return found
