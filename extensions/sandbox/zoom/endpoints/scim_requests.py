# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the attributes of a SCIM request mean: fields of User, a licence, names of groups and roles (section 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...frame.refusal import Refusal
from ..rules import rest_license
from ..rules.errors import not_json, scim_error
from ..store.entities import MEMBER, OWNER, User
from ..store.license import FAMILY_BY_KEY, ON_PREM, UNITED_KEY, UNITED_TYPES, USER_TYPES, License, plain, united, zoom_one
from ..store.limits import SeatsExhausted
from ..store.store import Store
from ..store.terms import Terms
from .scim_fields import (
    BOOLEANS,
    ENTERPRISE,
    ENTERPRISE_FIELDS,
    EXTENSION_FIELDS,
    MOST_CUSTOM,
    NAME_FIELDS,
    PHONE_TYPES,
    STRINGS,
    TEXT_FIELDS,
    ZOOM_EXTENSION,
)


def attributes(body: Mapping[str, Any], user: User | None, *, clears: bool) -> dict[str, Any]:
    """Fields of User that a POST (no user yet) or a PUT sets. `clears`: an empty string empties; else it is ignored."""
    found: dict[str, Any] = {}
    for part, fields in ((body, TEXT_FIELDS), (_object(body, "name"), NAME_FIELDS)):
        found.update({field: part[name] for name, field in fields.items() if _text(part, name, clears)})
    enterprise = _object(body, ENTERPRISE)
    for name, (field, _shown) in ENTERPRISE_FIELDS.items():
        if _text(enterprise, name, clears):
            found[field] = enterprise[name]
    if body.get("phoneNumbers") is not None:
        found["phone_numbers"] = _phones(body["phoneNumbers"])
    found.update(_read_extension(_object(body, ZOOM_EXTENSION), user, clears))
    return found


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise not_json()
    return part


def _text(part: Mapping[str, Any], name: str, clears: bool) -> bool:
    value = part.get(name)
    if value is not None and not isinstance(value, str):
        raise not_json()
    return value is not None and (clears or value != "")


def _phones(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise not_json()
    phones = []
    for row in given:
        kind, value = row.get("type") or "work", row.get("value")
        if kind not in PHONE_TYPES or not isinstance(value, str):
            raise not_json()
        phones.append({"type": kind, "number": value})
    return phones


def _read_extension(given: Mapping[str, Any], user: User | None, clears: bool) -> dict[str, Any]:
    """Names are open: what is neither a licence nor an add-on is a custom attribute; a sixth one is dropped."""
    extension, custom = (dict(user.extension), dict(user.custom_attributes)) if user else ({}, {})
    found: dict[str, Any] = {"extension": extension, "custom_attributes": custom}
    for name, value in given.items():
        if name == UNITED_KEY or name in FAMILY_BY_KEY or value is None:
            continue
        if name in BOOLEANS:
            if not isinstance(value, bool):
                raise not_json()
            extension[name] = value
        elif _text(given, name, clears):
            if name in EXTENSION_FIELDS:
                found[EXTENSION_FIELDS[name]] = value
            elif name in STRINGS or name.endswith("Subscription"):
                extension[name] = value
            elif name in custom or len(custom) < MOST_CUSTOM:
                custom[name] = value
    if extension.get("zoomWhiteboard") and extension.get("zoomWhiteboardPlus"):
        raise scim_error(400, "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time.")
    return found


def license_of(terms: Terms, body: Mapping[str, Any], current: License | None) -> License | None:
    """The licence a request asks for; None if it names none. `Licensed` is what a bundle's holder shows: no change."""
    bundle = _bundle(_object(body, ZOOM_EXTENSION))
    if bundle is not None:
        return bundle
    if not _text(body, "userType", clears=False):
        return None
    number = USER_TYPES.get(body["userType"])
    if number is None:
        raise scim_error(400, 'The "userType" of the request is invalid.')
    if number == ON_PREM:
        raise scim_error(400, "Your account can't set user type as On-prem.")
    if current is not None and current.type == number:
        return current
    return terms.paid_license(number)


def _bundle(extension: Mapping[str, Any]) -> License | None:
    named = {name: value for name, value in extension.items() if (name == UNITED_KEY or name in FAMILY_BY_KEY) and value not in (None, "")}
    if not all(isinstance(value, str) for value in named.values()):
        raise not_json()
    if UNITED_KEY in named and (named[UNITED_KEY] not in UNITED_TYPES or len(named) > 1):
        raise scim_error(409, "The Zoom United Plan is invalid.")
    for name, value in named.items():
        if name == UNITED_KEY:
            return united(value)
        if not value.isdecimal() or int(value) not in FAMILY_BY_KEY[name].values:
            raise scim_error(409, f"Cannot create more users with {FAMILY_BY_KEY[name].name}.")
        return zoom_one(int(value))
    return None


def default_license(store: Store) -> License:
    by_default = store.context.switches["missing_user_type"] == "default"
    return store.paid_license(store.default_type) if by_default else plain(1)


def no_seats(store: Store, license: License, short: SeatsExhausted, was: str | None = None) -> Refusal:
    """`was`: the licence held until now, None at creation."""
    if license.is_bundle:
        return scim_error(409, f"Cannot create more users with {license.label}.")
    if license.is_paid:
        return scim_error(409, "Cannot add paid users.")
    # the SCIM document has no text for Basic or unassigned users at their limit: those of REST
    call = "create" if was is None else "update"
    return scim_error(400, rest_license.no_seats(store.context.switches, call, license, short, was or "").body["message"])


def with_unique_id(switches: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """That employeeNumber and REST's employee_unique_id are one is assumed."""
    if "employee_number" in values and switches["employee_number_in_list"] == "shown":
        values["employee_unique_id"] = values["employee_number"]
    return values


def names_in(body: Mapping[str, Any], attribute: str) -> list[str] | None:
    """The values of `groups` or `roles`: names, not ids. None if the request has no such attribute."""
    given = body.get(attribute)
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise not_json()
    values = [row.get("value") for row in given]
    if not all(isinstance(value, str) for value in values):
        raise not_json()
    return [value for value in values if isinstance(value, str) and value]


def role_of(store: Store, body: Mapping[str, Any], current: str) -> str:
    """A user has one role; ownership is neither given nor taken here."""
    names = names_in(body, "roles")
    if names is None or current == OWNER:
        return current
    roles = [role.id for role in map(store.role_named, names) if role is not None and role.id != OWNER]
    if not names:
        return MEMBER if store.context.switches["put_groups"] == "replace" else current
    return roles[0] if roles else current
