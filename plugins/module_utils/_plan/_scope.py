# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who is in scope, and through what: the first decision of all. Pure: (what is asked, what was read) -> people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._model._directory import DirectoryData
from .._model._matching_rules import Matching
from .._model._nesting import Closure, PendingChange
from .._model._person import Person
from .._model._text import PolicyError, check_addresses, check_org_units, fold, is_number, within
from ._removals import Deprovision

CONFIRM_LIMIT = 200


@dataclass(frozen=True)
class Chosen:
    """Groups, org units and users of the scope, of the exclusion, or only to be resolved. Groups folded, units as written."""

    groups: tuple[str, ...] = ()
    org_units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.groups or self.org_units or self.users)


@dataclass
class ScopeAsk:
    """What google_scope_info is asked, checked.

    `named_in`, `units_in`: of a role, folded address or path -> the variable that names it; otherwise it is an option that does.
    """

    scope: Chosen
    exclude: Chosen
    resolve: Chosen
    fields: frozenset[str]
    pending: dict[str, PendingChange] = field(default_factory=dict)
    matching: Matching = field(default_factory=Matching)
    deprovision: Deprovision = field(default_factory=Deprovision)
    confirm_members: bool = False
    confirm_limit: int = CONFIRM_LIMIT
    ignore_unreadable: frozenset[str] = frozenset()
    named_in: Mapping[str, str] = field(default_factory=dict)
    units_in: Mapping[str, str] = field(default_factory=dict)

    def named_groups(self) -> dict[str, str]:
        """Folded address -> where it is named."""
        options = {
            **dict.fromkeys(self.resolve.groups, "resolve_groups"),
            **dict.fromkeys(self.exclude.groups, "exclude.groups"),
            **dict.fromkeys(self.scope.groups, "groups"),
        }
        return {group: self.named_in.get(group, option) for group, option in options.items()}

    @property
    def names_org_units(self) -> bool:
        return bool(self.scope.org_units or self.exclude.org_units or self.resolve.org_units)

    def listed(self) -> list[tuple[str, str]]:
        """People named by address, with the variable that names them."""
        users = [("scope_users", user) for user in self.scope.users]
        return users + [("scope_exclude_users", user) for user in self.exclude.users]


def parse_chosen(options: Mapping[str, Any], prefix: str = "") -> Chosen:
    return Chosen(
        tuple(fold(group) for group in check_addresses(options.get("groups") or [], f"{prefix}groups")),
        tuple(check_org_units(options.get("org_units") or [], f"{prefix}org_units")),
        tuple(fold(user) for user in check_addresses(options.get("users") or [], f"{prefix}users")),
    )


def check_count(value: object, where: str) -> int:
    """A whole number that is not below zero."""
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and is_number(text)):
        raise PolicyError(f"{where} is {value!r}; write a whole number, such as 200, or 0.")
    return int(text)


def check_units_exist(ask: ScopeAsk, known: list[str]) -> None:
    paths = {path.lower() for path in known}
    for where, chosen in (("org_units", ask.scope), ("exclude.org_units", ask.exclude), ("resolve_org_units", ask.resolve)):
        for path in chosen.org_units:
            if path.lower() not in paths:
                named = ask.units_in.get(path.lower(), where)
                raise PolicyError(
                    f"{named} names the org unit {path}, which does not exist in this Google customer; nothing was changed: check the path."
                )


def resolve(ask: ScopeAsk, data: DirectoryData, closures: Mapping[str, Closure]) -> list[Person]:
    """The directory's own people with their scope, exclusion and groups, then the deleted ones and those whose row can't be read."""
    live = {person.id for person in data.users}
    scoped = [_scoped(person, ask, closures) for person in data.users]
    return scoped + [person for person in data.deleted if person.id not in live] + data.unread


def _scoped(person: Person, ask: ScopeAsk, closures: Mapping[str, Closure]) -> Person:
    chains = {group: _via(person, closure) for group, closure in closures.items()}
    via = _chosen_by(person, ask.scope, chains)
    return replace(
        person,
        groups=sorted(group for group, chain in chains.items() if chain),
        via=via,
        in_scope=bool(via),
        # guests are no staff (Directory API: isGuestUser)
        excluded=_chosen_by(person, ask.exclude, chains) or ("guest user" if person.guest else ""),
    )


def _via(person: Person, closure: Closure) -> str:
    return closure.via(person.id, person.addresses()) or (closure.everyone if not person.guest else "")


def _chosen_by(person: Person, chosen: Chosen, via: Mapping[str, str]) -> str:
    for group in chosen.groups:
        if via[group]:
            return via[group]
    for path in chosen.org_units:
        if within(person.org_unit, path):
            return f"org unit {path}"
    return "listed" if set(chosen.users) & set(person.addresses()) else ""
