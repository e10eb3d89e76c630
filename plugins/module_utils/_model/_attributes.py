# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The mapping: Zoom SCIM attributes, each from a JMESPath expression over the Google user. Pure.

Names: RFC 7643 and Zoom's SCIM2 OpenAPI. Zoom's own extension is an open dictionary, as Zoom adds keys every few months.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._account import ATTRIBUTES, ENTERPRISE, ZOOM_EXTENSION, Account
from ._expression import Expression, compile_expression
from ._person import Person
from ._text import PolicyError, as_shown, looks_like_address

DEFAULT_ATTRIBUTES = {
    "userName": "primaryEmail",
    "name.givenName": "name.givenName || name.familyName",
    "name.familyName": "name.familyName || name.givenName",
    "department": "organizations[?primary].department || organizations[].department | [0]",
}
# SCIM attribute -> the field of an account that lists show.
LISTED = {one.path: one.field for one in ATTRIBUTES}
LISTED_PATHS = {field: path for path, field in LISTED.items()}
_IDENTIFYING = {"user_name": "userName", "first_name": "name.givenName", "last_name": "name.familyName"}
_CORE = ("userName", "emails", "name.givenName", "name.familyName", "displayName", "title", "locale", "phoneNumbers")
_ENTERPRISE = ("department", "organization", "costCenter", "employeeNumber", "manager")
_SYNONYMS = {"emails.value": "emails", 'emails[type eq "work"].value': "emails", "phoneNumbers.value": "phoneNumbers"}
_ELSEWHERE = {
    "userType": "licences are chosen by license_defaults",
    "active": "who holds an active account is chosen by the scope",
    "groups": "Zoom groups are mapped by group_mapping",
    "roles": "roles are given in Zoom by hand",
    "externalId": "Zoom's SCIM does not store it",
    "timezone": "Zoom's SCIM does not have it",
    "preferredLanguage": "Zoom's SCIM does not have it",
}


@dataclass(frozen=True, slots=True)
class Desired:
    """What one person's account should say: its address, and values by canonical SCIM path. Empty values are left out."""

    user_name: str
    values: Mapping[str, Any]

    def listed(self) -> dict[str, str]:
        """Values that lists show, by account field."""
        return {LISTED[path]: value for path, value in self.values.items() if path in LISTED}

    def unlisted(self) -> dict[str, Any]:
        return {path: value for path, value in self.values.items() if path not in LISTED}


@dataclass(frozen=True)
class Mapper:
    """A checked mapping. `fields`: the Google user's fields that it reads."""

    expressions: Mapping[str, Expression]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset[str]().union(*(expression.fields for expression in self.expressions.values()))

    @property
    def identifying(self) -> dict[str, str]:
        """What gives the address and the names by which an account is found, as matching takes it."""
        return {name: self.expressions[path].text for name, path in _IDENTIFYING.items() if path in self.expressions}

    def desired(self, person: Person) -> Desired:
        """PolicyError, naming the attribute, when a value can't be used."""
        user = person.google()
        values = {path: _value(path, expression, user) for path, expression in self.expressions.items()}
        user_name = values.pop("userName")
        if not looks_like_address(user_name):
            raise PolicyError(f"userName ({self.expressions['userName'].text}) gives {user_name!r}, which is no address.")
        mail = values.pop("emails", None)
        if mail and str(mail).lower() != str(user_name).lower():
            raise PolicyError(f"emails gives {mail!r} and userName {user_name!r}; in Zoom both are one address.")
        return Desired(str(user_name), {path: value for path, value in values.items() if value not in (None, "")})


def parse_attributes(mapping: object, where: str) -> Mapper:
    """PolicyError names the attribute that Zoom does not have, or the expression that is wrong."""
    if not isinstance(mapping, Mapping):
        raise PolicyError(f"{where} must be a dictionary of SCIM attribute to JMESPath expression, not {type(mapping).__name__}.")
    expressions: dict[str, Expression] = {}
    for name, text in {"userName": DEFAULT_ATTRIBUTES["userName"], **mapping}.items():
        path = canonical(str(name), where)
        if path in expressions:
            raise PolicyError(f"{where} names {path} twice.")
        expressions[path] = compile_expression(text, f"{where}.{name}")
    return Mapper(expressions)


def canonical(name: str, where: str) -> str:
    """`department` and its full URN are one attribute."""
    name = _SYNONYMS.get(name, name)
    if name in _CORE:
        return name
    if name in _ENTERPRISE:
        return f"{ENTERPRISE}:{name}"
    urn, _colon, key = name.rpartition(":")
    if urn == ENTERPRISE and key.removesuffix(".value") in _ENTERPRISE:
        return f"{ENTERPRISE}:{key.removesuffix('.value')}"
    if urn == ZOOM_EXTENSION and key:
        return name
    hint = _ELSEWHERE.get(name)
    if hint is None:
        close = difflib.get_close_matches(name, (*_CORE, *_ENTERPRISE), 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join((*_CORE, *_ENTERPRISE))} and {ZOOM_EXTENSION}:..."
    raise PolicyError(f"{where} names {name}, which can't be mapped: {hint}".rstrip(".?") + ("?" if hint.endswith("?") else "."))


def _value(path: str, expression: Expression, user: Mapping[str, Any]) -> Any:
    value = expression.search(user)
    if isinstance(value, str):
        return as_shown(value)
    if value is None or (isinstance(value, bool) and path.startswith(ZOOM_EXTENSION)):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    kind = "a list; add | [0] to take the first" if isinstance(value, list) else type(value).__name__
    raise PolicyError(f"{path} ({expression.text}) gives {kind}, where one text is needed.")


def scim_body(values: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical paths as a SCIM resource; phone numbers are of type work."""
    body: dict[str, Any] = {}
    for path, value in values.items():
        if path.startswith("urn:"):
            urn, _colon, key = path.rpartition(":")
            body.setdefault(urn, {})[key] = value
        elif path == "phoneNumbers":
            body["phoneNumbers"] = [{"type": "work", "value": value}]
        elif path.startswith("name."):
            body.setdefault("name", {})[path.removeprefix("name.")] = value
        else:
            body[path] = value
    return body


def listed_changes(desired: Desired, account: Account) -> dict[str, str]:
    """Account fields to change.

    A display name that was made of the names follows them (a PUT of names leaves it), also later, where Zoom kept it as it was.
    """
    changes = {field: value for field, value in desired.listed().items() if as_shown(getattr(account, field)) != as_shown(value)}
    first, last = changes.get("first_name", account.first_name), changes.get("last_name", account.last_name)
    shown, made = as_shown(account.display_name), as_shown(f"{first} {last}")
    renamed = bool({"first_name", "last_name"} & set(changes))
    follows = (renamed and shown in ("", as_shown(f"{account.first_name} {account.last_name}"))) or "display_name" in account.fixed
    if follows and shown != made and "displayName" not in desired.values:
        changes["display_name"] = made
    return changes


def paths_of(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Account fields back to SCIM paths."""
    return {LISTED_PATHS[field]: value for field, value in changes.items()}


def emptied(values: Mapping[str, Any]) -> list[str]:
    """Account fields that these values empty."""
    return [LISTED[path] for path, value in values.items() if path in LISTED and value == ""]
