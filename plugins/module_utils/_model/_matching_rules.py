# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What shows whose an account is: the anchor, the address that the mapping gives, and what an administrator has settled. Pure.

The anchor is the immutable Google id in SCIM's employeeNumber, which REST's lists show as employee_unique_id. That both are one
field is assumed (zoom-api.md 4.4, 5.1): where a tenant's lists do not show it, addresses serve as if there were no anchor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ._account import ENTERPRISE
from ._expression import Expression, compile_expression
from ._person import Person
from ._text import PolicyError, fold, is_address, looks_like_address, no_address

ANCHOR = "employeeNumber"
ANCHOR_PATH = f"{ENTERPRISE}:{ANCHOR}"
_ANCHORS = (ANCHOR, "employee_unique_id")
ALL = "all"
_GOOGLE = {"user_name": "primaryEmail", "first_name": "name.givenName", "last_name": "name.familyName"}


@dataclass(frozen=True)
class Matching:
    """`user_name`: what gives the address wanted in Zoom, None for the primary one.

    `adopt`: folded address of a person -> that of the account which is theirs, '' for none; `adopt_all`: age does not matter.
    `remember`: whether what the last run knew counts. `first_name`, `last_name`: what gives the names wanted in Zoom, None for Google's.
    `partial`: the people are not the whole directory, so that an id of nobody among them may be somebody's all the same.
    """

    identity: bool = False
    user_name: Expression | None = None
    adopt: Mapping[str, str] = field(default_factory=dict)
    adopt_all: bool = False
    remember: bool = True
    first_name: Expression | None = None
    last_name: Expression | None = None
    partial: bool = False

    def user_names(self, people: Iterable[Person]) -> dict[str, str]:
        """Person id -> the address wanted in Zoom, for those who do not go by their primary one."""
        names = {}
        for person in people if self.user_name else ():
            try:
                value = self.user_name.search(person.google()) if self.user_name else None
            except PolicyError:  # reported by the mapping, which evaluates it again
                continue
            if looks_like_address(value):
                names[person.id] = str(value)
        return names

    def names(self, person: Person) -> tuple[str, str]:
        """First and last name as the mapping writes them; '' for one that can't be evaluated, which the mapping reports."""
        name = person.fields.get("name") or {}
        first = _text(self.first_name, person) if self.first_name else str(name.get("givenName") or "")
        last = _text(self.last_name, person) if self.last_name else str(name.get("familyName") or "")
        return first, last

    def adopts(self, person: Person) -> bool:
        """Whether an administrator has said whose account is whose."""
        return self.adopt_all or any(address in self.adopt for address in person.addresses())

    def spec(self) -> dict[str, Any]:
        """As options and the people snapshot's header write it."""
        adopt: Any = ALL if self.adopt_all else dict(self.adopt)
        return {
            "identity": ANCHOR if self.identity else None,
            "user_name": self.user_name.text if self.user_name else None,
            "adopt": adopt,
            "remember": self.remember,
            "first_name": self.first_name.text if self.first_name else None,
            "last_name": self.last_name.text if self.last_name else None,
        }


def parse_matching(spec: Mapping[str, Any] | None, prefix: str = "") -> Matching:
    """Options `identity`, `adopt`, `remember`; of the mapping `user_name`, `first_name`, `last_name`. `prefix`: before names in errors."""
    spec = spec or {}
    identity, adopt = spec.get("identity"), spec.get("adopt") or {}
    if identity not in (None, "", False, True, *_ANCHORS):
        raise PolicyError(f"{prefix}identity is {identity!r}; write {ANCHOR}, the one attribute that Zoom's lists show, or leave it out.")
    settled = {} if adopt == ALL else _adopted(adopt, f"{prefix}adopt")
    return Matching(
        bool(identity),
        _expression(spec, "user_name", f"{prefix}attributes.userName"),
        settled,
        adopt == ALL,
        spec.get("remember") in (None, "", True),
        _expression(spec, "first_name", f"{prefix}attributes.name.givenName"),
        _expression(spec, "last_name", f"{prefix}attributes.name.familyName"),
    )


def _expression(spec: Mapping[str, Any], name: str, where: str) -> Expression | None:
    """None where it gives what Google has anyway."""
    text = spec.get(name)
    return None if text in (None, "", _GOOGLE[name]) else compile_expression(text, where)


def _text(expression: Expression, person: Person) -> str:
    try:
        value = expression.search(person.google())
    except PolicyError:
        return ""
    return value if isinstance(value, str) else ""


def _adopted(adopt: object, where: str) -> dict[str, str]:
    if not isinstance(adopt, Mapping):
        raise PolicyError(f"{where} must be a dictionary of a person's address to the address of their account, or {ALL}, not {adopt!r}.")
    for person, account in adopt.items():
        for address in (person, account) if account else (person,):
            if not is_address(address):
                raise no_address(address, where)
    return {fold(person): fold(account or "") for person, account in adopt.items()}
