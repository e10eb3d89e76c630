# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts that are never deactivated, renamed or downgraded: owner, admins, Zoom Rooms and whoever is listed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._model._account import ADMIN, OWNER, Account
from .._model._people import LastPeople
from .._model._person import Person
from .._model._text import PolicyError, check_addresses, fold, shortened
from .._model._typed import is_blank
from .._model._unknown import unknown_key
from ._change import Plan
from ._matching import match

_ROLE_NAMES = {"owner": OWNER, "admin": ADMIN, "member": "2"}


@dataclass(frozen=True)
class Protection:
    """`users` folded; `roles` by id. `accounts`: keys of the accounts of those listed, whatever address they have."""

    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset({OWNER, ADMIN})
    accounts: frozenset[str] = field(default=frozenset(), compare=False)

    def covers(self, account: Account) -> bool:
        return account.room or self.lists(account) or account.role_id in self.roles

    def lists(self, account: Account) -> bool:
        """Whether it is the account of somebody who is listed."""
        return fold(account.email) in self.users or account.key in self.accounts

    def why(self, account: Account) -> str:
        """A clause on an account that is covered, and is no Zoom Room."""
        if account.role_id == OWNER:
            return "is the owner"
        if account.role_id == ADMIN:
            return "is an admin"
        return "is listed in attribute_mapping_protected" if self.lists(account) else "has a role that attribute_mapping_protected lists"


def widen(protection: Protection, people: Iterable[Person], accounts_of: Mapping[str, Iterable[Account]]) -> Protection:
    """Whoever is listed is protected under each of their addresses. `accounts_of`: person id -> all accounts that are theirs."""
    if not protection.users:
        return protection
    listed = [person for person in people if protection.users & set(person.addresses())]
    keys = {account.key for person in listed for account in accounts_of.get(person.id, ())}
    return replace(protection, accounts=protection.accounts | keys)


def widen_by_last(protection: Protection, last: LastPeople, accounts: Iterable[Account]) -> Protection:
    """The same, where the people of this run were not read."""
    return widen(protection, last.everyone, match(last.everyone, accounts, last.matching).all_of) if protection.users else protection


def unclear_entries(protection: Protection, last: LastPeople, accounts: Iterable[Account]) -> str:
    """A clause on entries that may protect any account, where the people of this run were not read; '' where all are clear."""
    if last.recent:
        return ""
    held = {fold(account.email) for account in accounts}
    names = sorted(address for address in protection.users - held if not last.knows(address))
    if not names:
        return ""
    return (
        f"attribute_mapping_protected names {shortened(names, counted=True)}, no Zoom account has that address, and Google was not read to "
        "find out whose it is (write the address of their Zoom account, or let site.yml --check read Google first)"
    )


def report_unmatched(plan: Plan, protection: Protection, people: Iterable[Person] | None, accounts: Iterable[Account]) -> None:
    """Entries that protect nobody. `people` None: who there is in Google is not known."""
    if people is None or not protection.users:
        return
    known = {fold(account.email) for account in accounts}
    known |= {address for person in people for address in person.addresses()}
    for address in sorted(protection.users - known):
        plan.report("protected_nobody", address)


def parse_protection(spec: Mapping[str, Any] | None, where: str) -> Protection:
    """`{users: [addresses], roles: [role ids, or owner, admin]}`; owner and admin always are."""
    spec = spec or {}
    if not isinstance(spec, Mapping):
        raise PolicyError(f"{where} must be a dictionary of users and roles, not {type(spec).__name__}.")
    for key in spec:
        if key not in ("users", "roles"):
            raise PolicyError(unknown_key(where, key, ("users", "roles")))
    roles = {_ROLE_NAMES.get(str(role).lower(), str(role)) for role in _roles(spec.get("roles"), f"{where}.roles")}
    users = check_addresses(spec.get("users") or [], f"{where}.users")
    return Protection(frozenset(fold(user) for user in users), frozenset({OWNER, ADMIN} | roles))


def report_kept(plan: Plan, account: Account, code: str, what: str, **values: object) -> None:
    """That a protected account stays as it is: `code`, or what is to be said of a Zoom Room. `what` was not done."""
    if account.room:
        plan.report("room", account.email, reason="protected", what=what)
    else:
        plan.report(code, account.email, **{"reason": "protected", **values})  # type: ignore[arg-type]


def _roles(roles: object, where: str) -> list[object]:
    """Names, or ids, which are numbers of few digits and texts."""
    if is_blank(roles):
        return []
    if not isinstance(roles, list):
        raise PolicyError(f"{where} must be a list of roles, not {type(roles).__name__}.")
    for role in roles:
        if isinstance(role, bool) or not isinstance(role, int | str) or role == "":
            raise PolicyError(f"{where} holds {role!r}, which is no role; write owner, admin or a role's id.")
    return roles


def active_unprotected(accounts: Iterable[Account], protection: Protection) -> int:
    return sum(account.status == "active" and not protection.covers(account) for account in accounts)
