# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The `query` of users.list: clauses that must all match; what is not of the grammar is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ...frame.refusal import Refusal
from ..store.entities import User, fold
from ..store.store import Store
from .errors import invalid, invalid_input

UserTest = Callable[[User], bool]
_CLAUSE = re.compile(
    r"\s*(?:(?P<field>[A-Za-z_][\w-]*(?:\.[\w-]+)?)(?P<op>>=|<=|:|=|>|<))?"
    r"(?P<value>'(?:[^'\\]|\\.)*'\*?|\[[^\]\s]+,[^\]\s]+\]|[^\s']+)(?=\s|$)"
)
_WORD = re.compile(r"[^\W_]+")
_BOOLEANS: dict[str, Callable[[User], bool]] = {
    "isAdmin": lambda user: user.admin,
    "isDelegatedAdmin": lambda user: False,
    "isSuspended": lambda user: user.suspended,
    "isArchived": lambda user: user.archived,
    "isGuest": lambda user: bool(user.guest),
    "isEnrolledIn2Sv": lambda user: bool(user.fields.get("isEnrolledIn2Sv")),
    "isEnforcedIn2Sv": lambda user: bool(user.fields.get("isEnforcedIn2Sv")),
}
_ORGANIZATION = {"orgName": "name", "orgTitle": "title", "orgDepartment": "department", "orgCostCenter": "costCenter"}
# field -> the values it is compared with, and its operators; `:*` is `:abc*`
_TEXTS: dict[str, tuple[Callable[[User], list[Any]], tuple[str, ...]]] = {
    "name": (lambda user: [user.full_name], ("=", ":")),
    "email": (lambda user: [user.email, *user.aliases], ("=", ":", ":*")),
    "givenName": (lambda user: [user.given], ("=", ":", ":*")),
    "familyName": (lambda user: [user.family], ("=", ":", ":*")),
    "externalId": (lambda user: _values(user, "externalIds", "value"), ("=", ":")),
    "phone": (lambda user: _values(user, "phones", "value"), ("=",)),
}
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
}


def wrong() -> Refusal:
    return invalid("Invalid query")


def clauses(text: str) -> Iterable[tuple[str, str, str]]:
    """Field, operator and value; no field: a word to look for in names and addresses."""
    place = 0
    while text[place:].strip():
        match = _CLAUSE.match(text, place)
        if match is None:
            raise wrong()
        place, value, operator = match.end(), match["value"], match["op"] or ""
        if value.startswith("["):
            operator += "[]"
        elif value.endswith("*") and operator == ":":
            operator, value = ":*", value[:-1]
        if value.startswith("'"):
            if not value.endswith("'"):
                raise wrong()
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        yield match["field"] or "", operator, value


def users_matching(text: str, store: Store, *, admin_view: bool) -> UserTest:
    tests = [_user_test(*clause, store, admin_view) for clause in clauses(text)]

    def test(user: User) -> bool:
        seen = store.search.seen(user)
        return seen is not None and all(single(seen) for single in tests)

    return test


def _user_test(field: str, operator: str, value: str, store: Store, admin_view: bool) -> UserTest:
    if not field:
        return lambda user: any(_words_in(value, text) for text in (user.full_name, user.email, *user.aliases))
    if field in _BOOLEANS:
        if operator != "=" or value not in ("true", "false"):
            raise wrong()
        return lambda user: _BOOLEANS[field](user) is (value == "true")
    if field == "orgUnitPath":
        return _in_org_unit(operator, value, store, admin_view)
    if field in ("manager", "directManager"):
        return _has_manager(operator, value, store, direct=field == "directManager")
    if field in _TEXTS:
        values, allowed = _TEXTS[field]
    elif field in _ORGANIZATION:
        values, allowed = partial(_values, field="organizations", key=_ORGANIZATION[field]), ("=", ":")
    elif "." in field:
        schema, _dot, name = field.partition(".")
        values, allowed = partial(_custom, schema=schema, name=name), ("=", ":", ":*", ":[]", *_ORDERED)
    else:
        raise wrong()
    if operator not in allowed:
        raise wrong()
    return lambda user: any(_matches(operator, value, found) for found in values(user))


def _in_org_unit(operator: str, value: str, store: Store, admin_view: bool) -> UserTest:
    """The whole subtree; everyone for the root."""
    if operator != "=" or not admin_view:
        raise wrong()
    if store.org_unit_at(value) is None:
        raise invalid_input("INVALID_OU_ID")
    top = value.casefold().rstrip("/")
    return lambda user: user.org_unit.casefold() == top or user.org_unit.casefold().startswith(top + "/")


def _has_manager(operator: str, value: str, store: Store, *, direct: bool) -> UserTest:
    if operator != "=":
        raise wrong()
    wanted = fold(value)

    def test(user: User) -> bool:
        seen: set[str] = set()
        waiting = managers(user)
        while waiting:
            email = waiting.pop()
            if email == wanted:
                return True
            above = store.user_by(email)
            if not direct and above and above.id not in seen:
                seen.add(above.id)
                waiting += managers(above)
        return False

    return test


def managers(user: User) -> list[str]:
    return [fold(str(row.get("value"))) for row in user.fields.get("relations") or () if row.get("type") == "manager"]


def _values(user: User, field: str, key: str) -> list[Any]:
    return [row[key] for row in user.fields.get(field) or () if row.get(key)]


def _custom(user: User, schema: str, name: str) -> list[Any]:
    value = user.fields.get("customSchemas", {}).get(schema, {}).get(name)
    rows = value if isinstance(value, list) else [value]
    return [row.get("value") if isinstance(row, dict) else row for row in rows if row is not None]


def _matches(operator: str, value: str, found: Any) -> bool:
    text = str(found).lower() if isinstance(found, bool) else str(found)
    if operator == "=":
        return text.casefold() == value.casefold()
    if operator == ":*":
        return text.casefold().startswith(value.casefold())
    if operator == ":":
        return _words_in(value, text)
    if operator == ":[]":
        low, high = value.strip("[]").split(",", 1)
        return _ordered(">=", found, low) and _ordered("<=", found, high)
    return _ordered(operator, found, value)


def _ordered(operator: str, found: Any, value: str) -> bool:
    """Numbers as numbers, dates as their ISO text."""
    compare = _ORDERED[operator]
    if isinstance(found, int | float) and not isinstance(found, bool):
        try:
            return bool(compare(found, float(value)))
        except ValueError:
            return False
    return bool(compare(str(found), value))


def _words_in(value: str, text: str) -> bool:
    """All words, one after the other."""
    wanted, words = _WORD.findall(value.casefold()), _WORD.findall(text.casefold())
    return bool(wanted) and any(words[place : place + len(wanted)] == wanted for place in range(len(words)))
