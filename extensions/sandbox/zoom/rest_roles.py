# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST roles and their members (section 5.9)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from .endpoint import Call, Endpoint, answer, no_content
from .entities import MEMBER, OWNER, Role, User, stamp
from .errors import invalid, no_user, rest_error
from .rest_groups import named_users


def _row(call: Call, role: Role) -> dict[str, Any]:
    held = sum(user.role_id == role.id for user in call.account.shown_users().values())
    return {"id": role.id, "name": role.name, "description": role.description, "type": "common", "total_members": held}


def list_roles(call: Call) -> Response:
    kind = call.query.get("type") or "common"
    if kind not in ("common", "iq"):
        raise invalid("type")
    rows = [_row(call, role) for role in call.account.roles.values()] if kind == "common" else []
    return answer({"total_records": len(rows), "roles": rows})


def _role(call: Call) -> Role:
    role = call.account.roles.get(call.path("role_id"))
    if role is None:
        raise rest_error(400, 1034, "Provided `role_id` does not exist.")
    return role


def _changeable(call: Call) -> Role:
    role = _role(call)
    if role.id in (OWNER, MEMBER):
        raise rest_error(400, 300, "Can't delete or add members for Normal/Owner roles.")
    return role


def get_role(call: Call) -> Response:
    role = _role(call)
    return answer({**_row(call, role), "privileges": list(role.privileges)})


def list_members(call: Call) -> Response:
    role, shown = _role(call), call.account.shown_users()
    ids = [user.id for user in shown.values() if user.role_id == role.id]
    page = call.account.pages.page(f"role {role.id}", ids, call.query, most=300)
    members = [_member(shown[user_id]) for user_id in page.ids if user_id in shown]
    body = {
        "members": members,
        "page_count": page.count,
        "page_number": page.number,
        "page_size": page.size,
        "total_records": page.total,
        "next_page_token": page.next_page_token,
    }
    return answer(body)


def _member(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "department": user.department,
        "type": user.license.type,
    }


def add_members(call: Call) -> Response:
    """`add_at` here, where groups say `added_at`. The owner keeps ownership."""
    account, role = call.account, _changeable(call)
    added = []
    for user in named_users(call, account):
        if user.role_id not in (OWNER, role.id) and user.status == "active":
            account.change(user, role_id=role.id)
            added.append(user.id)
    return answer({"add_at": stamp(account.now()), "ids": ",".join(added)}, 201)


def remove_member(call: Call) -> Response:
    role = _changeable(call)
    user = call.account.lookup(call.path("member_id"))
    if user is None or user.role_id != role.id:
        raise no_user(call.path("member_id"))
    call.account.change(user, role_id=MEMBER)
    return no_content()


def _endpoint(method: str, path: str, operation: str, category: str, scope: str, handler: Any) -> Endpoint:
    classic = ("role:read:admin", "role:write:admin") if method == "GET" else ("role:write:admin",)
    return Endpoint(method, path, operation, category, (scope, *classic), handler)


_ALL, _ONE, _MEMBERS = "/v2/roles", "/v2/roles/{role_id}", "/v2/roles/{role_id}/members"
ENDPOINTS = (
    _endpoint("GET", _ALL, "roles", "MEDIUM", "role:read:list_roles:admin", list_roles),
    _endpoint("GET", _ONE, "getRoleInformation", "LIGHT", "role:read:role:admin", get_role),
    _endpoint("GET", _MEMBERS, "roleMembers", "MEDIUM", "role:read:list_members:admin", list_members),
    _endpoint("POST", _MEMBERS, "AddRoleMembers", "MEDIUM", "role:write:member:admin", add_members),
    _endpoint("DELETE", f"{_MEMBERS}/{{member_id}}", "roleMemberDelete", "LIGHT", "role:delete:member:admin", remove_member),
)
