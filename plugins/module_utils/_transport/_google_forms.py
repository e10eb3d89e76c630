# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is read of Google's answers, and of which type it must be (discovery document, revision 20261104)."""

from __future__ import annotations

from typing import Any

from ._shapes import Kind, Shape, each, having, is_address, is_flag, is_text, is_texts

MY_CUSTOMER = "my_customer"  # whosever the credentials are
SETTINGS_PATH = "/groups/v1/groups"
# of the Groups Settings API: those that decide who gets in, and who sees and writes what
ACCESS_SETTINGS = (
    "whoCanJoin", "whoCanViewMembership", "whoCanViewGroup", "whoCanPostMessage", "whoCanLeaveGroup", "whoCanContactOwner",
    "whoCanDiscoverGroup", "whoCanModerateMembers", "whoCanModerateContent", "whoCanAssistContent", "allowExternalMembers",
    "allowWebPosting", "includeInGlobalAddressList", "isArchived", "archiveOnly", "membersCanPostAsTheGroup", "messageModerationLevel",
    "spamModerationLevel",
)  # fmt: skip


def _marked(kind: str) -> Kind:
    """Which kind of object an answer says that it is."""
    return lambda value: is_text(value) and value.casefold() == f"admin#directory#{kind}".casefold()


_USER = {
    "kind": _marked("user"),
    "id": is_text,
    "primaryEmail": is_address,
    "aliases": is_texts,
    "nonEditableAliases": is_texts,
    "name": having(givenName=is_text, familyName=is_text, fullName=is_text, displayName=is_text),
    "suspended": is_flag,
    "archived": is_flag,
    "isGuestUser": is_flag,
    "orgUnitPath": is_text,
    "customerId": is_text,
    "creationTime": is_text,
    "deletionTime": is_text,
}
USER = Shape(_USER, ("id", "primaryEmail"), ("id", "primaryEmail"))
_MEMBER = {"kind": _marked("member"), "id": is_text, "email": is_address, "role": is_text, "type": is_text, "status": is_text}


class _Member(Shape):
    """A row of the customer has no address, one of a former member no more than an id; without its type it may be a group."""

    def fault(self, row: Any) -> str:
        why = super().fault(row)
        return why or ("" if row.get("id") or row.get("email") else "neither id nor email")


MEMBER_ROW, MEMBER = _Member(_MEMBER, ("type",), kind="member"), _Member(_MEMBER, kind="member")
_GROUP = {"kind": _marked("group"), "id": is_text, "email": is_address, "name": is_text, "description": is_text, "aliases": is_texts}
GROUP = Shape(_GROUP, ("email",))
GROUP_SETTINGS = Shape(dict.fromkeys(ACCESS_SETTINGS, is_text), ("email",))
HAS_MEMBER = Shape({"isMember": is_flag}, ("isMember",))
ORG_UNIT = Shape({"orgUnitPath": is_text}, ("orgUnitPath",), ("orgUnitPath", "orgUnitPath"), "org unit")

# The discovery document and Google's own examples differ in what stands before it.
_ACTIVITIES: Kind = lambda value: is_text(value) and value.casefold().endswith("reports#activities")  # noqa: E731
_EVENT = having(name=is_text, parameters=each(having(name=is_text, value=is_text)))
ACTIVITIES = Shape({"items": lambda value: isinstance(value, list), "nextPageToken": is_text, "kind": _ACTIVITIES}, ("kind",))
ACTIVITY = Shape({"id": having(time=is_text), "events": each(_EVENT)}, ("id", "events"), kind="admin event")


_KINDS = {"organizationUnits": "orgUnits"}  # where a list's mark is not called as its rows are


def listing(key: str) -> Shape:
    """A page: its rows are absent where there are none, so that its mark alone tells an empty list from an answer that is none."""
    kinds: dict[str, Kind] = {key: lambda value: isinstance(value, list), "nextPageToken": is_text, "kind": _marked(_KINDS.get(key, key))}
    return Shape(kinds, ("kind",))


def _is_moment(value: Any) -> bool:
    """Milliseconds since 1970, an int64 as text."""
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 15


CHANNEL = Shape({"id": is_text, "resourceId": is_text, "expiration": _is_moment}, ("id", "resourceId", "expiration"))
