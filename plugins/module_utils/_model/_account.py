# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A Zoom account as the snapshot carries it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from ._text import fold, is_number, shared

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ZOOM_EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User"
OWNER, ADMIN, MEMBER = "0", "1", "2"  # role ids of every account (GET /roles)
PROVISIONAL = "new:"  # ids of accounts and groups that check mode would create
UNREADABLE, SET_ASIDE = "unreadable", "set_aside"  # status, and why it is held, of an account whose row could not be read
_SCIM_TYPES = {"Basic": 1, "Licensed": 2, "On-Prem": 3, "Collaboration": 4}
_NONE = frozenset({"", "0", "none"})  # how Zoom says "no bundle", beside leaving the field out


@dataclass(frozen=True)
class Attribute:
    """One attribute that Zoom's lists show: its field of Account, its SCIM path, and its name in REST's rows.

    `common`: whether many accounts hold the same text, which is then kept once in memory.
    """

    field: str
    path: str
    rest: str
    common: bool = False

    def in_scim(self, row: Mapping[str, Any]) -> Any:
        outer, _mark, key = self.path.rpartition(":" if self.path.startswith("urn:") else ".")
        return ((row.get(outer) or {}) if outer else row).get(key)


# A new one is a row here, a field of Account, and a row of TEXTS in _transport/_zoom_forms.py.
ATTRIBUTES = (
    Attribute("first_name", "name.givenName", "first_name", common=True),
    Attribute("last_name", "name.familyName", "last_name"),
    Attribute("display_name", "displayName", "display_name"),
    Attribute("department", f"{ENTERPRISE}:department", "dept", common=True),
)


@dataclass(slots=True)
class Account:
    """`status`: active, inactive, pending (then `id` is empty), unreadable (of `unread_account`). `type` 1, 2, 3, 4, as REST says it.

    `held`: why later phases leave the account as it is. `role_id` is None where SCIM was the only way to read.
    `person_id`: the Google id of whom it belongs to, once a run has matched them; `remembered`: the same, as the last run left it.
    `drifted`: fields changed since the last run.
    `woken`: when it was reactivated, as runs remember it. `room`: Zoom has said that it is a Zoom Room, which no list shows.
    `fixed`: fields that Zoom's SCIM took and did not change, as runs remember them. `made`: by this very run.
    `bundle_seen`: when zoom_one_type, which lists do not show, was read or set, as runs remember it; `recalled`: this run has not seen it
    for itself.
    """

    id: str
    email: str
    status: str
    first_name: str = ""
    last_name: str = ""
    display_name: str = ""
    department: str = ""
    type: int | None = None
    plan_united_type: str | None = None
    zoom_one_type: int | None = None
    group_ids: list[str] = field(default_factory=list)
    role_id: str | None = None
    created: str = ""
    last_login: str = ""
    employee_unique_id: str = ""
    held: str | None = None
    person_id: str = ""
    remembered: str = ""
    drifted: Sequence[str] = ()
    woken: str = ""
    room: bool = False
    fixed: Sequence[str] = ()
    made: bool = False
    bundle_seen: str = ""
    recalled: bool = False

    @property
    def key(self) -> str:
        """What identifies it within a run: its id, or its address while it has none."""
        return self.id or fold(self.email)

    @property
    def exists(self) -> bool:
        """Whether Zoom knows it by an id: neither pending, nor only planned."""
        return bool(self.id) and not self.id.startswith(PROVISIONAL)

    @property
    def known_id(self) -> str:
        """Its id, if it had one before this run: what check mode would make has none yet."""
        return self.id if self.exists and not self.made else ""

    @property
    def is_admin(self) -> bool:
        return self.role_id in (OWNER, ADMIN)

    def record(self) -> dict[str, Any]:
        """One line of the snapshot; empty values are left out."""
        return {name: value for name, value in zip(_FIELDS, _VALUES(self), strict=True) if value or (value == 0 and value is not False)}


_FIELDS = tuple(f.name for f in fields(Account))
_VALUES = attrgetter(*_FIELDS)
_OWNERS = ("person_id", "remembered")
_COMMON = frozenset(
    {"status", "plan_united_type", "role_id", "held", "bundle_seen", *_OWNERS, *(one.field for one in ATTRIBUTES if one.common)}
)
LICENSE_FIELDS = ("type", "plan_united_type", "zoom_one_type")
# What an answer shows of an account, beside what a run itself keeps of it.
ANSWERED = ("status", *(one.field for one in ATTRIBUTES), *LICENSE_FIELDS)


def united_held(value: object) -> str | None:
    """`plan_united_type` as any answer shows it. Absent, empty, "none" and "0" all say that none is held."""
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    return None if text.lower() in _NONE else shared(text)


def zoom_one_held(value: object) -> int | None:
    """`zoom_one_type` as any answer shows it, a number or its text; None where none is held. ValueError for what is neither."""
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    return None if text.lower() in _NONE else int(text)


def account_from_record(record: Mapping[str, Any]) -> Account:
    return Account(**{"id": "", **{name: _compact(name, value) for name, value in record.items() if name in _FIELDS}})


_NOT_MATCHED_BY = frozenset({"display_name", "last_login"})


def account_to_match(record: Mapping[str, Any]) -> Account:
    """The same without texts by which nobody is found: where all accounts are needed, and only for that, they take less memory."""
    return account_from_record({name: value for name, value in record.items() if name not in _NOT_MATCHED_BY})


def account_as_licensed(record: Mapping[str, Any]) -> Account:
    """Its state and licence alone, as an earlier run left them."""
    return account_from_record({"email": "", **{name: record[name] for name in ("id", "status", *LICENSE_FIELDS) if name in record}})


def _compact(name: str, value: Any) -> Any:
    """Once in memory what accounts have in common, or what people say too; a list is this account's own."""
    if isinstance(value, list):
        return [shared(item) for item in value]
    if name == "plan_united_type":
        return united_held(value)
    return shared(value) if name in _COMMON else value


def account_from_rest(row: Mapping[str, Any], status: str | None = None) -> Account:
    """A row of GET /users, or the answer of GET /users/{id}. Pending rows have no id."""
    return Account(
        id=str(row.get("id") or ""),
        email=row["email"],
        status=status or row.get("status") or "active",
        **_attributes(lambda one: row.get(one.rest)),
        type=_number(row.get("type")),
        plan_united_type=united_held(row.get("plan_united_type")),
        zoom_one_type=zoom_one_held(row.get("zoom_one_type")),
        group_ids=[shared(key) for key in row.get("group_ids") or []],
        role_id=None if row.get("role_id") is None else shared(str(row["role_id"])),
        created=row.get("user_created_at") or row.get("created_at") or "",
        last_login=row.get("last_login_time") or "",
        employee_unique_id=row.get("employee_unique_id") or "",
    )


def _attributes(value: Callable[[Attribute], Any]) -> dict[str, Any]:
    texts = ((one, str(value(one) or "")) for one in ATTRIBUTES)
    return {one.field: shared(text) if one.common else text for one, text in texts}


def _number(value: Any) -> int | None:
    """Zoom writes some numbers as text."""
    return None if value in (None, "") else int(value)


def unread_account(key: str, email: str) -> Account:
    """Stands for an account whose row has an unknown form: its address is taken, and nobody touches it."""
    return Account(key, email, UNREADABLE, held=SET_ASIDE)


def account_from_scim(row: Mapping[str, Any]) -> Account:
    """A SCIM user. SCIM shows neither role nor sign-in, and bundles only in the single answer."""
    zoom = row.get(ZOOM_EXTENSION) or {}
    ones = [value for key, value in zoom.items() if key.startswith("zoomOne") and not key.endswith("Subscription")]
    return Account(
        id=str(row["id"]),
        email=row["userName"],
        status="active" if row.get("active", True) else "inactive",
        **_attributes(lambda one: one.in_scim(row)),
        type=_SCIM_TYPES.get(row.get("userType") or ""),
        plan_united_type=united_held(zoom.get("zoomUnited")),
        zoom_one_type=next((int(str(one)) for one in ones if is_number(str(one)) and int(str(one))), None),
        created=(row.get("meta") or {}).get("created") or "",
    )
