# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
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


@dataclass(frozen=True)
class Matching:
    """`user_name`: what gives the address wanted in Zoom, None for the primary one.

    `adopt`: folded address of a person -> that of the account which is theirs, '' for none; `adopt_all`: age does not matter.
    `partial`: the people are not the whole directory, so that an id of nobody among them may be somebody's all the same.
    """

    identity: bool = False
    user_name: Expression | None = None
    adopt: Mapping[str, str] = field(default_factory=dict)
    adopt_all: bool = False
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
        }


def parse_matching(spec: Mapping[str, Any] | None, prefix: str = "") -> Matching:
    """Options `identity`, `user_name`, `adopt`; `prefix` stands before their names in errors."""
    spec = spec or {}
    identity, user_name, adopt = spec.get("identity"), spec.get("user_name"), spec.get("adopt") or {}
    if identity not in (None, "", False, True, *_ANCHORS):
        raise PolicyError(f"{prefix}identity is {identity!r}; write {ANCHOR}, the one attribute that Zoom's lists show, or leave it out.")
    expression = None if user_name in (None, "", "primaryEmail") else compile_expression(user_name, f"{prefix}attributes.userName")
    if adopt == ALL:
        return Matching(bool(identity), expression, adopt_all=True)
    return Matching(bool(identity), expression, _adopted(adopt, f"{prefix}adopt"))


def _adopted(adopt: object, where: str) -> dict[str, str]:
    if not isinstance(adopt, Mapping):
        raise PolicyError(f"{where} must be a dictionary of a person's address to the address of their account, or {ALL}, not {adopt!r}.")
    for person, account in adopt.items():
        for address in (person, account) if account else (person,):
            if not is_address(address):
                raise no_address(address, where)
    return {fold(person): fold(account or "") for person, account in adopt.items()}
