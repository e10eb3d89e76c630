# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM users as answers show them (section 4.4)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..store.entities import SSO_LOGIN, WORK_EMAIL_LOGIN, User, stamp
from ..store.license import FAMILY_OF, UNITED_KEY, USER_TYPE_OF
from ..store.store import Store
from .endpoint import SCIM_JSON, answer
from .scim_fields import (
    CORE_USER,
    ENTERPRISE,
    ENTERPRISE_FIELDS,
    EXTENSION_FIELDS,
    LIST_RESPONSE,
    MISSING_FROM,
    TEXT_FIELDS,
    WRITE_ONLY,
    ZOOM_EXTENSION,
    ZOOM_USER,
)


def user_answer(store: Store, user: User, operation: str) -> Response:
    return answer(resource(store, user, operation), media_type=SCIM_JSON)


def resource(store: Store, user: User, operation: str) -> dict[str, Any]:
    """`operation`: get, list, or whose answer it is: post, put, patch."""
    row = _core(store, user)
    enterprise = {
        name: getattr(user, field) for name, (field, shown) in ENTERPRISE_FIELDS.items() if operation in shown and getattr(user, field)
    }
    if enterprise:
        row[ENTERPRISE] = enterprise
    if operation in ("get", "list"):
        row[ZOOM_USER] = {"loginType": {"workEmail": WORK_EMAIL_LOGIN in user.login_types, "sso": SSO_LOGIN in user.login_types}}
    if operation == "list":
        return row
    if operation != "get":
        row.update({name: getattr(user, TEXT_FIELDS[name]) for name in ("title", "locale") if _has(user, name)})
    if user.phone_numbers:
        row["phoneNumbers"] = [{"type": number.get("type", "work"), "value": number.get("number", "")} for number in user.phone_numbers]
    row.update(_memberships(store, user, operation))
    if extension := _extension(user, operation):
        row[ZOOM_EXTENSION] = extension
    return row


def _has(user: User, name: str) -> bool:
    return bool(getattr(user, TEXT_FIELDS[name]))


def _core(store: Store, user: User) -> dict[str, Any]:
    core = store.context.switches["user_schemas"] == "core"
    return {
        "id": user.id,
        "schemas": [CORE_USER if core else LIST_RESPONSE],
        "meta": {
            "resourceType": "User",
            "location": f"{store.context.base_url}/scim2/Users/{user.id}",
            "version": "1.0.0",
            "created": stamp(user.created),
            "lastModified": stamp(user.modified),
        },
        "userName": user.email,
        "name": {"givenName": user.first_name, "familyName": user.last_name},
        "displayName": user.display_name,
        "emails": [{"type": "work", "value": user.email, "primary": True}],
        "active": user.status == "active",
        "userType": USER_TYPE_OF.get(user.license.type, "Basic"),
    }


def _memberships(store: Store, user: User, operation: str) -> dict[str, Any]:
    role = store.roles[user.role_id]
    roles: list[dict[str, Any]] = [{"display": role.name, "value": role.name, "primary": True}]
    groups: list[dict[str, Any]] = []
    for number, group_id in enumerate(user.group_ids):
        name = store.groups[group_id].name if group_id in store.groups else ""
        row: dict[str, Any] = {"display": name, "type": "direct", "value": name}
        groups.append(row if operation == "get" else {**row, "primary": number == 0})
    if operation == "get" and store.context.switches["get_roles_shape"] == "object":
        return {"roles": roles[0], **({"groups": groups[0]} if groups else {})}
    return {"roles": roles, **({"groups": groups} if groups else {})}


def _extension(user: User, operation: str) -> dict[str, Any]:
    shown = {
        name: value
        for name, value in user.extension.items()
        if not name.startswith(WRITE_ONLY) and operation not in MISSING_FROM.get(name, ())
    }
    if operation != "get":
        shown.update(user.custom_attributes)
    shown.update({name: getattr(user, field) for name, field in EXTENSION_FIELDS.items() if getattr(user, field)})
    if user.license.plan_united_type:
        shown[UNITED_KEY] = user.license.plan_united_type
    key = FAMILY_OF[user.license.zoom_one_type].scim_key if user.license.zoom_one_type else None
    if key:
        shown[key] = str(user.license.zoom_one_type)
    return shown
