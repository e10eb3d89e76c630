# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who is meant: by group, org unit, address and expression, the same wherever people are chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ._expression import Expression, compile_expression
from ._person import Person
from ._text import PolicyError, check_addresses, check_org_units, fold, within
from ._unknown import unknown_key

_KEYS = ("groups", "org_units", "users", "where")


@dataclass(frozen=True)
class Selector:
    """All that is given must match; each list matches any."""

    groups: tuple[str, ...] = ()
    org_units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    where: Expression | None = None

    def matches(self, person: Person) -> bool:
        """PolicyError when `where` can't be evaluated for this person."""
        if self.groups and not set(self.groups) & set(person.groups):
            return False
        if self.org_units and not any(within(person.org_unit, path) for path in self.org_units):
            return False
        if self.users and not set(self.users) & set(person.addresses()):
            return False
        return self.where is None or is_true(self.where.search(person.google()))


def is_true(value: Any) -> bool:
    """JMESPath's own idea of truth: zero is true, empty and null are not."""
    return value not in (None, False, "", [], {}) or (value == 0 and not isinstance(value, bool))


def parse_selector(spec: Mapping[str, Any], where: str, others: Iterable[str] = ()) -> Selector:
    """`others` are the keys that stand beside the selector's own, such as `license`."""
    others = tuple(others)
    for key in spec:
        if key not in (*_KEYS, *others):
            raise PolicyError(unknown_key(where, key, (*_KEYS, *others)))
    given = {key: spec[key] for key in _KEYS if spec.get(key) not in (None, [], "")}
    if not given:
        raise PolicyError(f"{where} chooses nobody; give {', '.join(_KEYS[:-1])} or where.")
    condition = given.get("where")
    return Selector(
        groups=tuple(fold(group) for group in check_addresses(given.get("groups", []), f"{where}.groups")),
        org_units=tuple(check_org_units(given.get("org_units", []), f"{where}.org_units")),
        users=tuple(fold(user) for user in check_addresses(given.get("users", []), f"{where}.users")),
        where=None if condition is None else compile_expression(condition, f"{where}.where"),
    )
