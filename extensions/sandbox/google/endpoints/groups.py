# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups: get, insert, patch, delete."""

from __future__ import annotations

from typing import Any

from ..rules.errors import exists, invalid_input, not_authorized, not_found, required
from ..store.entities import Group, fold, is_email
from ..store.store import Taken
from .endpoint import NOTHING, Call, Endpoint
from .resources import group_row

LONGEST_DESCRIPTION = 4096


def find(call: Call) -> Group:
    """By address, alias or id; another customer's can't be read."""
    group = call.store.group_by(call.path("key"))
    if group is None:
        raise not_found("groupKey")
    if group.foreign:
        raise not_authorized() if call.switches["google_foreign_group"] == 403 else not_found("groupKey")
    return group


def get(call: Call) -> dict[str, Any]:
    return group_row(find(call), call.store)


def insert(call: Call) -> dict[str, Any]:
    email = call.body.get("email")
    if not email:
        raise required("email")
    if not is_email(email) or not call.store.is_ours(str(email)):
        raise invalid_input("email")
    _check(call)
    try:
        group = call.store.put_group(str(email), str(call.body.get("name") or ""), str(call.body.get("description") or ""))
    except Taken:
        raise exists() from None
    group.created = call.store.now()
    return group_row(group, call.store)


def update(call: Call) -> dict[str, Any]:
    group = find(call)
    _check(call)
    email = call.body.get("email")
    if email and fold(email) != fold(group.email):
        if not is_email(email) or not call.store.is_ours(email):
            raise invalid_input("email")
        try:
            call.store.rename_group(group, email)
        except Taken:
            raise exists() from None
    group.name = str(call.body.get("name") or group.name)
    group.description = str(call.body.get("description", group.description) or "")
    return group_row(group, call.store)


def _check(call: Call) -> None:
    if len(str(call.body.get("description") or "")) > LONGEST_DESCRIPTION:
        raise invalid_input("description")


def delete(call: Call) -> Any:
    call.store.drop_group(find(call))
    return NOTHING


_BASE = "/admin/directory/v1/groups"
ENDPOINTS = (
    Endpoint("POST", _BASE, "directory.groups.insert", insert, "Group", "Group"),
    Endpoint("GET", _BASE + "/{key}", "directory.groups.get", get, "Group"),
    Endpoint("PATCH", _BASE + "/{key}", "directory.groups.patch", update, "Group", "Group"),
    Endpoint("DELETE", _BASE + "/{key}", "directory.groups.delete", delete),
)
