# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources as the API shows them: lists absent when empty, what was never set absent too."""

from __future__ import annotations

from typing import Any

from ..store.entities import Group, Member, OrgUnit, User, etag, stamp
from ..store.store import Store

# what everybody of the domain may see
PUBLIC = frozenset(
    {
        "kind", "id", "etag", "primaryEmail", "name", "emails", "aliases", "addresses", "externalIds", "ims", "locations",
        "organizations", "phones", "relations", "thumbnailPhotoUrl", "websites",
    }
)  # fmt: skip


def user_row(user: User, store: Store) -> dict[str, Any]:
    """With customSchemas; `projected` takes them out."""
    row: dict[str, Any] = {
        "kind": "admin#directory#user",
        "id": user.id,
        "etag": etag(user.id, user.version),
        "primaryEmail": user.email,
        "name": {"givenName": user.given, "familyName": user.family, "fullName": user.full_name},
        "isAdmin": user.admin,
        "isDelegatedAdmin": False,
        "lastLoginTime": stamp(user.last_login),
        "creationTime": stamp(user.created),
        "agreedToTerms": user.last_login is not None,
        "suspended": user.suspended,
        "archived": user.archived,
        "changePasswordAtNextLogin": False,
        "ipWhitelisted": False,
        "isEnrolledIn2Sv": False,
        "isEnforcedIn2Sv": False,
        "includeInGlobalAddressList": True,
        "customerId": store.customer,
        "orgUnitPath": user.org_unit,
        "isMailboxSetup": not user.guest,
    }
    if user.display:
        row["name"]["displayName"] = user.display
    if user.suspended:
        row.update(suspensionReason="ADMIN", suspensionTime=stamp(user.suspended_at))
    if user.archived:
        row["archivalTime"] = stamp(user.archived_at)
    if user.guest:
        row.update(isGuestUser=True, guestAccountInfo={"primaryGuestEmail": user.guest})
    row.update((name, value) for name, value in user.fields.items() if value not in ([], {}))
    return _with_addresses(row, user, store)


def _with_addresses(row: dict[str, Any], user: User, store: Store) -> dict[str, Any]:
    hidden = store.other_forms(user.email, *user.aliases)
    shown = [{"address": user.email, "primary": True}]
    shown += [{"address": address} for address in (*user.aliases, *hidden)]
    row["emails"] = [*shown, *user.fields.get("emails", ())]
    if user.aliases:
        row["aliases"] = list(user.aliases)
    if hidden:
        row["nonEditableAliases"] = hidden
    return row


def deleted_row(user: User) -> dict[str, Any]:
    return {
        "kind": "admin#directory#user",
        "id": user.id,
        "etag": etag(user.id, user.version, "deleted"),
        "primaryEmail": user.email,
        "deletionTime": stamp(user.deleted),
    }


def projected(row: dict[str, Any], projection: str, schemas: tuple[str, ...], *, admin_view: bool) -> dict[str, Any]:
    custom = row.pop("customSchemas", {})
    if projection == "custom":
        custom = {name: values for name, values in custom.items() if name in schemas}
    if projection != "basic" and custom:
        row["customSchemas"] = custom
    return row if admin_view else {name: value for name, value in row.items() if name in PUBLIC}


def group_row(group: Group, store: Store) -> dict[str, Any]:
    """directMembersCount is text, and counts users only."""
    count = sum(1 for member in group.members.values() if member.type == "USER")
    row: dict[str, Any] = {
        "kind": "admin#directory#group",
        "id": group.id,
        "email": group.email,
        "name": group.name,
        "directMembersCount": str(count),
        "description": group.description,
        "adminCreated": True,
    }
    if group.aliases:
        row["aliases"] = list(group.aliases)
    if hidden := store.other_forms(group.email, *group.aliases):
        row["nonEditableAliases"] = hidden
    row["etag"] = etag(row)
    return row


def member_row(member: Member, store: Store) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": "admin#directory#member", "id": member.id, "role": member.role, "type": member.type}
    if email := store.email_of(member):
        row["email"] = email
    user = store.users.get(member.id)
    if user:
        row["status"] = user.status
    elif member.type == "GROUP":
        row["status"] = "ACTIVE"
    row["etag"] = etag(row, member.delivery)
    return row


def org_unit_row(unit: OrgUnit, store: Store) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": "admin#directory#orgUnit",
        "name": unit.name or store.domains[0],
        "description": unit.description,
        "orgUnitPath": unit.path,
        "orgUnitId": unit.id,
    }
    if unit.path != "/":
        row.update(parentOrgUnitPath=unit.parent, parentOrgUnitId=store.org_units[unit.parent.casefold()].id)
    row["etag"] = etag(row)
    return row


def collection(kind: str, name: str, rows: list[dict[str, Any]], token: str = "") -> dict[str, Any]:
    """`name` is absent when there are no rows."""
    body: dict[str, Any] = {"kind": f"admin#directory#{kind}", "etag": etag([row.get("etag") for row in rows], token)}
    if rows:
        body[name] = rows
    if token:
        body["nextPageToken"] = token
    return body
