# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/scim2/Groups: list, create, get, PATCH of name, alias and members, delete (section 4.9). No answer holds members."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeGuard

from starlette.responses import Response

from ...frame.refusal import Refusal
from ..rules.errors import scim_error
from ..rules.rates import MOST_GROUPS
from ..store.entities import Group, stamp
from ..store.store import Store
from .endpoint import SCIM_JSON, Call, Endpoint, answer, no_content
from .scim_lists import listing, read_filter, same

CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
GROUP_EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:2.0:Group"
ALIAS_KEY = f"{GROUP_EXTENSION}:emailAlias"
MOST_CHARACTERS = 100_000
TOO_LARGE = (
    "The request body size exceeds the 100,000 character limit. "
    "Please reduce the payload size or contact Zoom Support to request a limit increase."
)
_ONE_MEMBER = re.compile(r'members\[\s*value\s+eq\s+"(?P<id>[^"]+)"\s*\]')


def resource(store: Store, group: Group) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": group.id,
        "schemas": [CORE_GROUP, GROUP_EXTENSION],
        "meta": {
            "resourceType": "Group",
            "version": "1.0.0",
            "location": f"{store.context.base_url}/scim2/Groups/{group.id}",
            "created": stamp(group.created),
            "lastModified": stamp(group.modified),
        },
        "displayName": group.name,
    }
    if group.email_alias:
        row[GROUP_EXTENSION] = {"emailAlias": group.email_alias}
    return row


def list_groups(call: Call) -> Response:
    chosen = read_filter(
        call,
        ("displayName",),
        lambda name: scim_error(400, f"The current filter does not support the filter name: {name}"),
    )
    rows = list(call.store.shown_groups().values())
    if chosen is not None:
        rows = [group for group in rows if same(call, group.name, chosen[1])]
    first = rows[0].id if rows and call.switches["odd_rows"] == "group_without_id" else ""

    def shown(group: Group) -> dict[str, Any]:
        row = resource(call.store, group)
        return row if group.id != first else {name: value for name, value in row.items() if name != "id"}

    return listing(call, rows, shown)


def create_group(call: Call) -> Response:
    store, body = call.store, call.scim_body()
    name, extension = body.get("displayName"), body.get(GROUP_EXTENSION) or {}
    alias = extension.get("emailAlias") or "" if isinstance(extension, dict) else None
    if not _is_name(name) or not isinstance(alias, str):
        raise scim_error(400, 'The "DisplayName" of the request is invalid.')
    if store.group_named(name):
        raise _exists(name)
    if len(store.groups) >= MOST_GROUPS:
        raise scim_error(400, "Create group failed.")
    return answer(resource(store, store.create_group(name, email_alias=alias)), 201, SCIM_JSON)


def _is_name(name: Any) -> TypeGuard[str]:
    return isinstance(name, str) and len(name.strip()) > 0 and len(name) < 128


def _exists(name: str) -> Refusal:
    return scim_error(409, f"Group {name} exists.")


def _found(call: Call, groups: dict[str, Group]) -> Group:
    group = groups.get(call.path("group_id"))
    if group is None:
        raise scim_error(404, "Group does not exist.")
    return group


def get_group(call: Call) -> Response:
    return answer(resource(call.store, _found(call, call.store.shown_groups())), media_type=SCIM_JSON)


def delete_group(call: Call) -> Response:
    group = _found(call, call.store.groups)
    if group.default:
        raise scim_error(400, "Cannot delete account default group.")
    call.store.remove_group(group)
    return no_content()


# PATCH: every operation is understood before the first one is applied

Step = Callable[[], None]


def patch_group(call: Call) -> Response:
    store, group = call.store, _found(call, call.store.groups)
    if len(call.raw.decode("utf-8", "replace")) > MOST_CHARACTERS:
        raise scim_error(400, TOO_LARGE)
    operations = call.scim_body().get("Operations")
    if not isinstance(operations, list) or not operations:
        raise _invalid()
    for step in [_step(store, group, operation) for operation in operations]:
        step()
    return no_content()


def _invalid() -> Refusal:
    return scim_error(400, 'The "Operations" of the request is invalid.')


def _step(store: Store, group: Group, operation: Any) -> Step:
    if not isinstance(operation, dict):
        raise _invalid()
    op, path, value = operation.get("op"), operation.get("path"), operation.get("value")
    if op == "replace" and path is None and isinstance(value, dict):
        return _attribute(store, group, value)
    if op in ("add", "replace") and path == "members":
        ids = _ids(value)
        return lambda: _set_members(store, group, ids, replace=op == "replace")
    match = _ONE_MEMBER.fullmatch(path) if op == "remove" and isinstance(path, str) else None
    if match is None:
        raise _invalid()
    return lambda: _drop(store, group, match["id"])


def _attribute(store: Store, group: Group, value: dict[str, Any]) -> Step:
    if set(value) == {"displayName"} and _is_name(value["displayName"]):
        other = store.group_named(value["displayName"])
        if other not in (None, group):
            raise _exists(value["displayName"])
        return lambda: store.change_group(group, name=value["displayName"])
    if set(value) == {ALIAS_KEY} and isinstance(value[ALIAS_KEY], str):
        return lambda: store.change_group(group, email_alias=value[ALIAS_KEY])
    raise _invalid()


def _ids(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise _invalid()
    ids = [row.get("value") for row in value]
    if not all(isinstance(user_id, str) and user_id for user_id in ids):
        raise _invalid()
    return [str(user_id) for user_id in ids]


def _set_members(store: Store, group: Group, ids: list[str], *, replace: bool) -> None:
    """An id that no user of the account has is passed over, as REST passes over it."""
    wanted = set(ids)
    for user_id in list(group.members) if replace else ():
        if user_id not in wanted:
            _drop(store, group, user_id)
    for user_id in ids:
        if user_id in store.users:
            store.join(store.users[user_id], group)


def _drop(store: Store, group: Group, user_id: str) -> None:
    if user_id in store.users:
        store.leave(store.users[user_id], group)


_SCOPES = ("scim2:admin", "scim2")
_ONE = "/scim2/Groups/{group_id}"
ENDPOINTS = (
    Endpoint("GET", "/scim2/Groups", "groupSCIM2List", "MEDIUM", _SCOPES, list_groups, "Group:Read"),
    Endpoint("POST", "/scim2/Groups", "groupScim2Create", "MEDIUM", _SCOPES, create_group, "Group:Edit"),
    Endpoint("GET", _ONE, "groupSCIM2Get", "LIGHT", _SCOPES, get_group, "Group:Read"),
    Endpoint("PATCH", _ONE, "groupSCIM2Update", "MEDIUM", _SCOPES, patch_group, "Group:Edit"),
    Endpoint("DELETE", _ONE, "groupSCIM2Delete", "MEDIUM", _SCOPES, delete_group, "Group:Edit"),
)
