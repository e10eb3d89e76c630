# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is read of Zoom's answers, and of which type it must be (Zoom's Users, Groups, Accounts and SCIM2 OpenAPI)."""

from __future__ import annotations

from typing import Any

from ._shapes import (
    Kind,
    Shape,
    each,
    either,
    having,
    is_address,
    is_count,
    is_flag,
    is_label,
    is_object,
    is_rows,
    is_text,
    is_texts,
)

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ZOOM_EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User"
# Texts that both APIs' lists show of a user: REST's name and SCIM's path. A test holds them to ATTRIBUTES of _model/_account.py.
TEXTS = {
    "first_name": "name.givenName",
    "last_name": "name.familyName",
    "display_name": "displayName",
    "dept": f"{ENTERPRISE}:department",
}


def _texts_of(part: str) -> dict[str, Kind]:
    """Keys of those texts within a part of SCIM's user, '' for the user itself."""
    split = [path.rpartition(":" if path.startswith("urn:") else ".") for path in TEXTS.values()]
    return {key: is_text for outer, _mark, key in split if outer == part}


def _is_bundle(value: Any) -> bool:
    """A number, or as plan_united_type says it none."""
    return is_count(value) or value in ("", "none")


_USER = {
    "id": is_text,
    "email": is_address,
    "status": is_text,
    **dict.fromkeys(TEXTS, is_text),
    "type": is_count,
    "plan_united_type": is_label,
    "zoom_one_type": _is_bundle,
    "group_ids": is_texts,
    "role_id": is_label,
    "user_created_at": is_text,
    "created_at": is_text,
    "last_login_time": is_text,
    "employee_unique_id": is_text,
    "job_title": is_text,
    "location": is_text,
    "login_types": each(is_count),
}
# a pending row has no id
USER_ROW, PENDING_ROW = Shape(_USER, ("id", "email")), Shape(_USER, ("email",))
USER = Shape(_USER, ("id", "email", "status"))
GROUP = Shape({"id": is_text, "name": is_text}, ("id", "name"), ("id", "name"), "group")
MEMBER = Shape({"id": is_text, "email": is_address}, ("id", "email"), kind="member")
MADE_GROUP = Shape({"id": is_text}, ("id",))
JOINED = Shape({"ids": is_text})
SUMMARY = Shape({f"{kind}_users_count": is_count for kind in ("licensed", "basic", "total", "pending", "room")})
DOMAIN = Shape({"domain": is_text, "status": is_text}, ("domain",), ("domain", "domain"), "domain")
LIST = Shape({"next_page_token": is_text, "total_records": is_count})
DOMAINS = Shape({"domains": lambda value: isinstance(value, list)}, ("domains",))


def _is_plan(value: Any) -> bool:
    """One plan, or as resellers see it a list of them; what is neither is no plan."""
    plans = value if isinstance(value, list) else [value]
    kinds = {name: is_count for name in ("hosts", "usage", "active_hosts", "pending")}
    return all(not isinstance(plan, dict) or having(type=is_text, **kinds)(plan) for plan in plans)


class _Plans(Shape):
    """Every key is a plan: new ones come with new products."""

    def fault(self, row: Any) -> str:
        why = super().fault(row)
        return why or next((f"{name} is no plan" for name, value in row.items() if not _is_plan(value)), "")


PLANS = _Plans({"plan_base": either(is_object, is_rows)})

_ZOOM_KEYS = having(zoomUnited=is_label, **_texts_of(ZOOM_EXTENSION))


def _is_extension(value: Any) -> bool:
    """Zoom's own attributes: those that name a bundle are texts or numbers."""
    return _ZOOM_KEYS(value) and all(is_label(item) for key, item in value.items() if key.startswith("zoomOne") and item is not None)


_SCIM_USER = {
    "id": is_text,
    "userName": is_address,
    "active": is_flag,
    **_texts_of(""),
    "name": having(**_texts_of("name")),
    "userType": is_text,
    ENTERPRISE: having(employeeNumber=is_label, **_texts_of(ENTERPRISE)),
    ZOOM_EXTENSION: _is_extension,
    "meta": having(created=is_text),
    "groups": either(having(value=is_text), each(having(value=is_text))),
    "phoneNumbers": each(having(value=is_text, type=is_text)),
}
SCIM_USER = Shape(_SCIM_USER, ("id", "userName", "active"), ("id", "userName"))
# Answers to writes lack what Zoom leaves out; what is there must be of its type.
SCIM_ANSWER = Shape(_SCIM_USER, ("userName",))
SCIM_PARTIAL = Shape(_SCIM_USER)
SCIM_GROUP = Shape({"id": is_text, "displayName": is_text}, ("id", "displayName"), ("id", "displayName"), "group")


def _is_listing(value: Any) -> bool:
    """SCIM's mark of a list (RFC 7644, 3.4.2). Whether Zoom always gives one was not seen, so an answer without it is no other object."""
    return is_texts(value) and any(urn.endswith(":ListResponse") for urn in value)


_SCIM_LIST = {"schemas": _is_listing, "totalResults": is_count, "Resources": lambda value: isinstance(value, list)}
SCIM_LIST = Shape(_SCIM_LIST, ("totalResults",))
