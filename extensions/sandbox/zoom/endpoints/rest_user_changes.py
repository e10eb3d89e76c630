# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PATCH /users/{userId}: names, texts and licence (section 5.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from ..rules import rest_license
from ..rules.errors import invalid, rest_error
from ..store.entities import User
from ..store.store import Store
from .endpoint import Call, Endpoint, no_content

# field of the body -> (field of User, longest text; None: not stated)
TEXTS: dict[str, tuple[str, int | None]] = {
    "first_name": ("first_name", 64),
    "last_name": ("last_name", 64),
    "display_name": ("display_name", 128),
    "dept": ("department", None),
    "job_title": ("job_title", 128),
    "company": ("company", 255),
    "location": ("location", 256),
    "cost_center": ("cost_center", None),
    "timezone": ("timezone", None),
    "language": ("language", None),
    "pronouns": ("pronouns", None),
    "manager": ("manager", None),
    "vanity_name": ("vanity_name", None),
}
EXTRA: dict[str, Callable[[Any], bool]] = {
    "use_pmi": lambda value: isinstance(value, bool),
    "pronouns_option": lambda value: value in (1, 2, 3) and not isinstance(value, bool),
    "host_key": lambda value: isinstance(value, str) and value.isdecimal() and 6 <= len(value) <= 10,
    "cms_user_id": lambda value: isinstance(value, str),
    "about_me": lambda value: isinstance(value, str) and len(value) <= 150 and not re.search(r"https?://|<\w", value),
    "linkedin_url": lambda value: isinstance(value, str) and "linkedin.com" in value,
    "division_ids": lambda value: isinstance(value, list),
}
ILLEGAL = {
    "about_me": "The `about_me` field is illegal and can't contain hyperlinks or HTML code.",
    "linkedin_url": "The `linkedin_url` field is illegal. The URL must contain `linkedin.com`.",
}
PHONE_LABELS = ("Mobile", "Office", "Home", "Fax")


def update_user(call: Call) -> Response:
    """`email` and `status` change nothing here; pending and inactive people are left as they are, in silence."""
    store, user, body = call.store, call.user(), call.rest_body()
    values = {field: body[name] for name, field in _texts(body)}
    values.update(_lists(body, user))
    license = rest_license.asked(store, body, user.license)
    _check_manager(store, values)
    if store.lookup_vanity(values.get("vanity_name", ""), user):
        text = 'User is already taken by another user from your account. Choose another "Personal Link Name".'
        raise rest_error(400, 4100, text)
    if user.status == "pending":
        _remember_group(store, user, body)
        return no_content()
    if user.status == "inactive":
        return no_content()
    store.check_names(values)
    if license is not None:
        rest_license.give(store, user, license)
    if values.get("display_name") == "":
        first, last = values.get("first_name", user.first_name), values.get("last_name", user.last_name)
        values["display_name"] = f"{first} {last}".strip()
    store.change(user, **values)
    return no_content()


def _texts(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, (field, longest) in TEXTS.items():
        if body.get(name) is None:
            continue
        if not isinstance(body[name], str) or (longest is not None and len(body[name]) > longest):
            raise invalid(name)
        found.append((name, field))
    return found


def _lists(body: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Everything that is not a plain text."""
    values: dict[str, Any] = {}
    if body.get("phone_numbers") is not None:
        values["phone_numbers"] = _phones(body["phone_numbers"])
    if body.get("custom_attributes") is not None:
        values["custom_attributes"] = {**user.custom_attributes, **_custom(body["custom_attributes"])}
    extra = {name: body[name] for name in EXTRA if body.get(name) is not None}
    for name, value in extra.items():
        if not EXTRA[name](value):
            raise rest_error(400, 300, ILLEGAL[name]) if name in ILLEGAL else invalid(name)
    if extra:
        values["extra"] = {**user.extra, **extra}
    if body.get("pmi") is not None:
        if not str(body["pmi"]).isdecimal() or len(str(body["pmi"])) != 10:
            raise invalid("pmi")
        values["pmi"] = int(body["pmi"])
    feature = body.get("feature")
    if feature is not None and (not isinstance(feature, dict) or not isinstance(feature.get("zoom_phone", False), bool)):
        raise invalid("feature")
    return values


def _phones(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or len(given) > 3 or not all(isinstance(row, dict) for row in given):
        raise invalid("phone_numbers")
    phones = []
    for row in given:
        label = row.get("label") or "Office"
        if label not in PHONE_LABELS or not isinstance(row.get("number"), str):
            raise invalid("phone_numbers")
        kept = {name: str(row[name]) for name in ("country", "code", "number") if row.get(name)}
        phones.append({**kept, "type": label.lower()})
    return phones


def _custom(given: Any) -> dict[str, str]:
    if not isinstance(given, list) or len(given) > 5 or not all(isinstance(row, dict) for row in given):
        raise invalid("custom_attributes")
    if not all(isinstance(row.get("name"), str) and isinstance(row.get("value"), str) for row in given):
        raise invalid("custom_attributes")
    return {row["name"]: row["value"] for row in given}


def _check_manager(store: Store, values: Mapping[str, Any]) -> None:
    """An address or a display name within the account."""
    manager = values.get("manager")
    if not manager or store.lookup(manager):
        return
    if not any(user.display_name == manager for user in store.users.values()):
        raise invalid("manager")


def _remember_group(store: Store, user: User, body: Mapping[str, Any]) -> None:
    """`group_id` is for pending users only: it counts once the invitation is accepted."""
    group_id = body.get("group_id")
    if group_id is None:
        return
    if group_id not in store.groups:
        raise rest_error(404, 4130, f"Group does not exist: {group_id}.")
    user.extra["pending_group_id"] = group_id


_UPDATE = ("user:update:user:admin", "user:write:admin")
ENDPOINTS = (Endpoint("PATCH", "/v2/users/{user_id}", "userUpdate", "LIGHT", _UPDATE, update_user, "User:Edit"),)
