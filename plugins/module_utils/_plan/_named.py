# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The people whom alone a run is about, named by any address that they or their accounts have or had. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._model._account import Account
from .._model._person import Person
from .._model._text import PolicyError, check_addresses, mailbox, shortened
from ._matching import Matches

VARIABLE = "provisioning_only (only of the module)"


@dataclass(frozen=True)
class Named:
    """`names`: as they were given, in one form. `people`: their Google ids; `accounts`: keys; `addresses`: all of both, in one form."""

    names: frozenset[str]
    people: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def owns(self, account: Account) -> bool:
        """An account that this run has made has the person it was made for."""
        return account.key in self.accounts or (bool(account.person_id) and account.person_id in self.people)

    def has_address(self, address: str) -> bool:
        return mailbox(address) in self.addresses

    def with_addresses(self, more: Iterable[str]) -> Named:
        return replace(self, addresses=self.addresses | {mailbox(address) for address in more})

    def about(self) -> dict[str, list[str]]:
        """For the header of the people snapshot: who they are is settled once in a run, before any address is changed."""
        return {name: sorted(getattr(self, name)) for name in ("names", "people", "accounts", "addresses")}


def parse_only(value: object, where: str) -> frozenset[str] | None:
    """A list of addresses, or text with lines, commas or blanks between them; None where it is not given."""
    if value is None:
        return None
    items = re.findall(r"[^\s,;]+", value) if isinstance(value, str) else value
    addresses = check_addresses(items, where)
    if not addresses:
        raise PolicyError(f"{where} is given, but names nobody; name at least one person by address, or leave it out to work on everybody.")
    return frozenset(mailbox(address) for address in addresses)


def named_before(about: Mapping[str, Any] | None, names: frozenset[str]) -> Named | None:
    """Those whom an earlier phase of the run found by the same names."""
    found = Named(**{name: frozenset(values) for name, values in about.items()}) if about else None
    return found if found and found.names == names else None


def find_named(
    names: frozenset[str], people: Iterable[Person], accounts: Iterable[Account], matches: Matches, former: Mapping[str, str]
) -> Named:
    """`former`: account id -> the address that the last run left it with. PolicyError for a name that neither side knows."""
    people, accounts = list(people), list(accounts)
    by_person = {person.id: {mailbox(address) for address in (person.email, *person.addresses())} for person in people}
    by_account = {account.key: {mailbox(account.email), mailbox(former.get(account.id) or account.email)} for account in accounts}
    known = frozenset[str]().union(*by_person.values(), *by_account.values())
    if unknown := sorted(names - known):
        raise PolicyError(
            f"{VARIABLE} names {shortened(unknown, counted=True)}, which is no address of a Google user or a Zoom account, now or after "
            "the last run; nothing was changed: correct it, or take it out."
        )
    named = Named(
        names,
        frozenset(key for key, addresses in by_person.items() if names & addresses),
        frozenset(key for key, addresses in by_account.items() if names & addresses),
    )
    named = with_matches(named, matches)
    shown = [by_person[key] for key in named.people if key in by_person] + [by_account[key] for key in named.accounts if key in by_account]
    return replace(named, addresses=names.union(*shown))


def with_matches(named: Named, matches: Matches) -> Named:
    """With the people of the named accounts, and all accounts of the named people, those that are unclear among them."""
    pairs = [(person_id, account.key) for person_id, accounts in matches.all_of.items() for account in accounts]
    pairs += [(person_id, account.key) for person_id, account in matches.account_of.items()]
    pairs += [(match.person.id, match.account.key) for match in matches.unclear]
    people = named.people | {person_id for person_id, key in pairs if key in named.accounts}
    return replace(named, people=people, accounts=named.accounts | {key for person_id, key in pairs if person_id in people})
