# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A person of the Google directory as the snapshot carries them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from ._text import fold, shared, visible

# What every users.list asks for, whatever expressions read.
CORE_FIELDS = (
    "id", "primaryEmail", "aliases", "nonEditableAliases", "name", "suspended", "archived", "isGuestUser", "orgUnitPath", "customerId",
    "creationTime",
)  # fmt: skip


# Fields that every record answers, whatever was asked to be kept.
ALWAYS = frozenset(
    {"id", "primaryEmail", "aliases", "nonEditableAliases", "orgUnitPath", "suspended", "archived", "isGuestUser", "creationTime", "name"}
)
# Google gives everybody an address of its own for tests, at which nobody signs in.
_TEST_DOMAIN = ".test-google-a.com"

DELETED, UNREADABLE, SET_ASIDE = "deleted", "unreadable", "set_aside"  # states, and why somebody is held whose row could not be read


@dataclass(slots=True)
class Person:
    """`state`: active, suspended, archived, deleted, unreadable (of `unread_person`). `via`: the chain that brings them into scope.

    `excluded`: what excludes them. `groups`: the resolved groups, folded, that hold them, nested ones included.
    `confirmed`: None when no second lookup was needed, else whether it agreed; `unsure`: why it could not decide, UNSURE_LIMIT or
    the group that can't be read. `held`: why later phases wait. `domain_aliases`: the addresses that domain aliases give.
    """

    id: str
    email: str
    aliases: list[str] = field(default_factory=list)
    state: str = "active"
    org_unit: str = "/"
    in_scope: bool = False
    via: str = ""
    excluded: str = ""
    groups: list[str] = field(default_factory=list)
    guest: bool = False
    confirmed: bool | None = None
    created: str = ""
    held: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    domain_aliases: Sequence[str] = ()
    unsure: str = ""

    @property
    def wanted(self) -> bool:
        """Whether this person is to hold an active account."""
        return self.in_scope and self.state == "active" and not self.excluded

    def addresses(self) -> list[str]:
        """Primary first, folded."""
        return [fold(address) for address in (self.email, *self.aliases, *self.domain_aliases)]

    def google(self) -> dict[str, Any]:
        """The Google user that expressions see."""
        return {
            "id": self.id,
            "primaryEmail": self.email,
            "aliases": self.aliases or None,
            "nonEditableAliases": list(self.domain_aliases) or None,
            "orgUnitPath": self.org_unit,
            "suspended": self.state == "suspended",
            "archived": self.state == "archived",
            "isGuestUser": self.guest,
            "creationTime": self.created,
            **self.fields,
        }

    def record(self) -> dict[str, Any]:
        values = ((name, getattr(self, name)) for name in _FIELDS)
        return {name: value for name, value in values if value not in (None, "", [], (), {}, False) or name == "confirmed"}


_FIELDS = tuple(f.name for f in fields(Person))
_OWN = ALWAYS - {"name"}
UNSURE_LIMIT = "limit"


def person_from_record(record: Mapping[str, Any]) -> Person:
    return Person(**{name: _compact(name, value) for name, value in record.items() if name in _FIELDS})


def _compact(name: str, value: Any) -> Any:
    """Once in memory what people have in common, or what rows of groups and accounts say too."""
    if name in ("id", "state", "org_unit", "via", "excluded"):
        return shared(value)
    if name == "groups":
        return [shared(group) for group in value or []]
    return _kept(value, value) if name == "fields" else value


def person_from_google(row: Mapping[str, Any], keep: Iterable[str] = ()) -> Person:
    """A row of users.list; `keep` are the fields that expressions read. A row of the bin has id, address, deletionTime."""
    deleted = bool(row.get("deletionTime"))
    state = "deleted" if deleted else "suspended" if row.get("suspended") else "archived" if row.get("archived") else "active"
    return Person(
        id=shared(str(row["id"])),
        email=row["primaryEmail"],
        aliases=list(row.get("aliases") or []),
        state=state,
        org_unit=shared(row.get("orgUnitPath") or "/"),
        guest=bool(row.get("isGuestUser")),
        created=row.get("creationTime") or "",
        domain_aliases=[alias for alias in row.get("nonEditableAliases") or () if not fold(alias).endswith(_TEST_DOMAIN)] or (),
        fields=_kept(row, {"name", *keep} - _OWN),
    )


def unread_person(key: str, email: str, aliases: Iterable[str] = ()) -> Person:
    """Stands for somebody whose row has an unknown form: the account at any of these addresses may be theirs, and nobody touches it."""
    return Person(key, email, list(aliases), state=UNREADABLE, held=SET_ASIDE)


def _kept(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Fields for expressions. All but names are kept once for all who have the same, such as a department."""
    found = ((shared(name), row[name]) for name in names if row.get(name) is not None)
    return {name: _seen(value) if name == "name" else _same(json.dumps(value)) for name, value in found}


@lru_cache(maxsize=4096)
def _same(text: str) -> Any:
    """What the JSON text says, for everybody of whom it was read lately. Nobody changes it."""
    return _seen(json.loads(text))


def _seen(value: Any) -> Any:
    """The value as a person sees it: a half of a name that is only a zero-width space is empty. Keys are the same for all people."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {shared(key): _seen(item) for key, item in value.items()}
    return [_seen(item) for item in value] if isinstance(value, list) else value
