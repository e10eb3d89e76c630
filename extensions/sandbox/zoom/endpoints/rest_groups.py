# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST groups and their members (section 5.8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ..rules.errors import invalid, rest_error
from ..rules.odd import first_row
from ..rules.rates import MOST_GROUPS, NEW_GROUPS
from ..store.entities import Group, User, stamp
from ..store.store import Store
from .endpoint import Call, Endpoint, answer, no_content

MOST_MEMBERS = 30  # of one request
TOO_MANY = "It has reached the maximum number of groups. You can clean up some groups then add."
# the specification words it differently for two calls
PAID_ONLY = {
    "groupDelete": "Only available for Paid account,{account_id}.",
    "groupMembersCreate": "Only available for paid account,{account_id}.",
}


def paid_only(call: Call) -> None:
    """The specification files this under HTTP 200 as well."""
    if not call.store.is_paid:
        text = PAID_ONLY.get(call.request.state.operation, "Only available for Paid account.")
        raise rest_error(int(call.switches["paid_only_refusal"]), 200, text.format(account_id=call.store.account_id))


def _row(group: Group) -> dict[str, Any]:
    return {"id": group.id, "name": group.name, "total_members": len(group.members)}


def list_groups(call: Call) -> Response:
    shown = call.store.shown_groups()
    page = call.pages.page("groups", list(shown), call.query, most=300)
    rows = [_row(shown[group_id]) for group_id in page.ids if group_id in shown]
    body = {
        "groups": first_row(call.store, "group_without_id", rows) if page.number == 1 else rows,
        "total_records": page.total + call.switches["total_records_extra"],
        "page_size": page.size,
        "next_page_token": page.next_page_token,
    }
    return answer(body)


def create_group(call: Call) -> Response:
    store, name = call.store, call.rest_body().get("name")
    if not isinstance(name, str) or not _is_name(name):
        raise rest_error(400, 300, "Invalid parameter: name.")
    if store.group_named(name):
        raise rest_error(409, 4132, f'The group name "{name}" is already in use.')
    if len(store.groups) >= MOST_GROUPS:
        raise rest_error(400, 300, TOO_MANY)
    call.rates.spend("new groups", NEW_GROUPS, "LIGHT")
    return answer(_row(store.create_group(name)), 201)


def _is_name(name: str) -> bool:
    return len(name.strip()) > 0 and len(name) < 128


def _found(groups: Mapping[str, Group], group_id: str) -> Group:
    group = groups.get(group_id)
    if group is None:
        raise rest_error(404, 4130, f"A group with this {group_id} does not exist.")
    return group


def _group(call: Call) -> Group:
    return _found(call.store.groups, call.path("group_id"))


def get_group(call: Call) -> Response:
    return answer(_row(_found(call.store.shown_groups(), call.path("group_id"))))


def update_group(call: Call) -> Response:
    store, group, name = call.store, _group(call), call.rest_body().get("name")
    if not isinstance(name, str) or not _is_name(name):
        raise invalid("name")
    if store.group_named(name) not in (None, group):
        raise rest_error(409, 4132, f"Group name {name} is already in use.")
    store.change_group(group, name=name)
    return no_content()


def delete_group(call: Call) -> Response:
    group = _group(call)
    if group.default:
        raise rest_error(400, 300, "Cannot delete account default group.")
    call.store.remove_group(group)
    return no_content()


# Members


def list_members(call: Call) -> Response:
    store = call.store
    group, shown = _found(store.shown_groups(), call.path("group_id")), store.shown_users()
    page = call.pages.page(f"members {group.id}", list(group.members), call.query, most=2000)
    members = [shown[user_id] for user_id in page.ids if user_id in shown]
    rows = [_member(user) for user in members]
    body = {
        "members": first_row(store, "member_without_id", rows) if page.number == 1 else rows,
        "page_count": page.count,
        "page_number": page.number,
        "page_size": page.size,
        "total_records": page.total + call.switches["total_records_extra"],
        "next_page_token": page.next_page_token,
    }
    return answer(body)


def _member(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "type": user.license.type,
    }


def named_users(call: Call, store: Store) -> list[User]:
    """The users a body names by id or address, the id first; who is not in the account is passed over."""
    rows = call.rest_body().get("members")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_MEMBERS or not all(isinstance(row, dict) for row in rows):
        raise invalid("members")
    found = [store.lookup(str(row.get("id") or row.get("email") or "")) for row in rows]
    return [user for user in found if user is not None]


def add_members(call: Call) -> Response:
    """A 201 also when nothing was added; `ids` names only those who were."""
    store, group = call.store, _group(call)
    added = [user.id for user in named_users(call, store) if store.join(user, group)]
    return answer({"added_at": stamp(store.now()), "ids": ",".join(added)}, 201)


def _member_of(call: Call, group: Group) -> User:
    user = call.store.lookup(call.path("member_id"))
    if user is None or user.id not in group.members:
        if call.switches["remove_absent_member"] == 400 and call.request.state.operation == "groupMembersDelete":
            raise rest_error(400, 300, "The user is not a member of this group.")
        raise rest_error(404, 4131, "Group member does not exist.")
    return user


def remove_member(call: Call) -> Response:
    group = _group(call)
    call.store.leave(_member_of(call, group), group)
    return no_content()


def _endpoint(method: str, path: str, operation: str, category: str, scope: str, handler: Any) -> Endpoint:
    classic = ("group:read:admin", "group:write:admin") if method == "GET" else ("group:write:admin",)
    right = "Group:Read" if method == "GET" else "Group:Edit"
    return Endpoint(method, path, operation, category, (scope, *classic), handler, right, paid_only)


_ALL, _ONE = "/v2/groups", "/v2/groups/{group_id}"
_MEMBERS, _MEMBER = f"{_ONE}/members", f"{_ONE}/members/{{member_id}}"
ENDPOINTS = (
    _endpoint("GET", _ALL, "groups", "MEDIUM", "group:read:list_groups:admin", list_groups),
    _endpoint("POST", _ALL, "groupCreate", "LIGHT", "group:write:group:admin", create_group),
    _endpoint("GET", _ONE, "group", "LIGHT", "group:read:group:admin", get_group),
    _endpoint("PATCH", _ONE, "groupUpdate", "LIGHT", "group:update:group:admin", update_group),
    _endpoint("DELETE", _ONE, "groupDelete", "LIGHT", "group:delete:group:admin", delete_group),
    _endpoint("GET", _MEMBERS, "groupMembers", "MEDIUM", "group:read:list_members:admin", list_members),
    _endpoint("POST", _MEMBERS, "groupMembersCreate", "MEDIUM", "group:write:member:admin", add_members),
    _endpoint("DELETE", _MEMBER, "groupMembersDelete", "LIGHT", "group:delete:member:admin", remove_member),
)
