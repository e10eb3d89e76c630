# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of a group: list, get, hasMember, insert, patch, delete."""

from __future__ import annotations

import hashlib
from typing import Any

from ..rules.errors import condition_not_met, exists, invalid_input, not_found, required
from ..rules.membership import as_member
from ..rules.odd import odd_members
from ..store.entities import DELIVERY, MEMBER, ROLES, Group, Member, domain_of, fold, is_email
from . import groups
from .endpoint import NOTHING, Call, Endpoint
from .resources import collection, member_row


def _group(call: Call) -> Group:
    """A group just created may not be known here for a while."""
    group = groups.find(call)
    if not call.store.elapsed(group.created, "google_group_404_after_create_ms"):
        raise not_found("groupKey")
    return group


def list_(call: Call) -> dict[str, Any]:
    group, roles = _group(call), [role for role in call.query.get("roles", "").split(",") if role]
    if unknown := [role for role in roles if role not in ROLES]:
        raise invalid_input(f"roles {unknown[0]}")
    derived, size = call.flag("includeDerivedMembership"), call.number("maxResults", 200, 200)

    def chosen() -> list[Member]:
        rows = _derived(call, group) if derived else [row for row in group.members.values() if call.store.is_visible(row)]
        rows = [row for row in rows if not roles or row.role in roles]
        return sorted(rows, key=lambda row: call.store.email_of(row).lower() or "~")

    listing = ("members", group.id, derived, *roles)
    found, token = call.pages.page(listing, chosen, call.query.get("pageToken", ""), size)
    rows = [member_row(row, call.store) for row in found]
    if roles and call.switches["google_roles_mislabelled"]:
        rows = [{**row, "role": MEMBER} for row in rows]
    return collection("members", "members", odd_members(call.store, group, rows), token)


def _derived(call: Call, group: Group) -> list[Member]:
    """GROUP and CUSTOMER rows stay in it; by switch some users are missing, as they are at Google."""
    rows, waiting, seen = dict[str, Member](), [group], {group.id}
    while waiting:
        for row in waiting.pop().members.values():
            if call.store.is_visible(row):
                rows.setdefault(row.id, row)
                below = call.store.groups.get(row.id)
                if below and below.id not in seen:
                    seen.add(below.id)
                    waiting.append(below)
    kept = list(rows.values())
    if call.switches["google_drop_derived"]:
        kept = [row for row in kept if row.id in group.members or hashlib.blake2b(row.id.encode()).digest()[0] % 4]
    return kept


def _member(call: Call, group: Group) -> Member:
    key = call.path("member")
    known = as_member(call.store, key)
    row = group.members.get(known.id if known else key)
    other_form = row is not None and row.email and fold(key) not in (row.id, row.email)
    if other_form and call.switches["google_gmail_forms"] == "unknown":
        raise not_found("memberKey")
    if row is None or not call.store.is_visible(row):
        raise not_found("memberKey")
    return row


def get(call: Call) -> dict[str, Any]:
    row = _member(call, _group(call))
    return {**member_row(row, call.store), "delivery_settings": row.delivery}


def has_member(call: Call) -> dict[str, Any]:
    """Users of the group's own domain only; a group is no memberKey."""
    group, key = _group(call), call.path("member")
    user = call.store.user_by(key)
    if user is None or domain_of(user.email) != domain_of(group.email):
        raise invalid_input("memberKey")
    return {"isMember": group.id in call.store.groups_around(user.id, call.store.customer)}


def insert(call: Call) -> dict[str, Any]:
    group = _group(call)
    key, role = call.body.get("email") or call.body.get("id"), call.body.get("role") or MEMBER
    if not key:
        raise required("memberKey")
    if role not in ROLES:
        raise invalid_input("role")
    row = as_member(call.store, str(key), role)
    if row is None:
        raise not_found("memberKey") if is_email(key) else invalid_input("memberKey")
    if row.type == "GROUP" and role != MEMBER:
        raise invalid_input("memberKey")
    if row.id in group.members:
        raise exists("Member already exists.")
    cycle = call.switches["google_cycle_error"]
    if row.type == "GROUP" and cycle != "allowed" and (row.id == group.id or row.id in call.store.groups_around(group.id)):
        raise condition_not_met("Cyclic memberships not allowed", int(cycle))
    row.since = call.store.now()
    row.delivery = _delivery(call, row)
    return member_row(call.store.join(group, row), call.store)


def update(call: Call) -> dict[str, Any]:
    row, role = _member(call, _group(call)), call.body.get("role")
    if role is not None:
        if role not in ROLES:
            raise invalid_input("role")
        if row.type == "GROUP" and role != MEMBER:
            raise invalid_input("memberKey")
        row.role = role
    row.delivery = _delivery(call, row)
    return member_row(row, call.store)


def _delivery(call: Call, row: Member) -> str:
    value = call.body.get("delivery_settings", row.delivery)
    if value not in DELIVERY:
        raise invalid_input("delivery_settings")
    return str(value)


def delete(call: Call) -> Any:
    group = _group(call)
    call.store.leave(group, _member(call, group).id)
    return NOTHING


_BASE = "/admin/directory/v1/groups/{key}/members"
_LIST = frozenset({"maxResults", "pageToken", "roles", "includeDerivedMembership"})
ENDPOINTS = (
    Endpoint("GET", _BASE, "directory.members.list", list_, "Members", params=_LIST),
    Endpoint("POST", _BASE, "directory.members.insert", insert, "Member", "Member"),
    Endpoint("GET", _BASE + "/{member}", "directory.members.get", get, "Member"),
    Endpoint("PATCH", _BASE + "/{member}", "directory.members.patch", update, "Member", "Member"),
    Endpoint("DELETE", _BASE + "/{member}", "directory.members.delete", delete),
    Endpoint("GET", "/admin/directory/v1/groups/{key}/hasMember/{member}", "directory.members.hasMember", has_member, "MembersHasMember"),
)
