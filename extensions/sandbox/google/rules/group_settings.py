# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Groups Settings holds of a group, and what it refuses. Every value is a text, booleans too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..store.entities import Group

_ROLES = ("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "OWNERS_ONLY", "NONE")
_ROLES_OF_TOPICS = ("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "MANAGERS_ONLY", "OWNERS_ONLY", "NONE")
_MODERATION = (
    "whoCanApproveMessages", "whoCanBanUsers", "whoCanDeleteAnyPost", "whoCanDeleteTopics", "whoCanHideAbuse", "whoCanLockTopics",
    "whoCanMakeTopicsSticky", "whoCanModerateContent", "whoCanModerateMembers", "whoCanModifyMembers", "whoCanMoveTopicsIn",
    "whoCanMoveTopicsOut", "whoCanPostAnnouncements",
)  # fmt: skip
_TOPICS = (
    "whoCanAssignTopics", "whoCanAssistContent", "whoCanEnterFreeFormTags", "whoCanMarkDuplicate", "whoCanMarkFavoriteReplyOnAnyTopic",
    "whoCanMarkFavoriteReplyOnOwnTopic", "whoCanMarkNoResponseNeeded", "whoCanModifyTagsAndCategories", "whoCanTakeTopics",
    "whoCanUnassignTopic", "whoCanUnmarkFavoriteReplyOnAnyTopic",
)  # fmt: skip
# the values of Google's description; a test compares them
VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_MODERATION, _ROLES),
    **dict.fromkeys(_TOPICS, _ROLES_OF_TOPICS),
    "whoCanAdd": ("ALL_MEMBERS_CAN_ADD", "ALL_MANAGERS_CAN_ADD", "ALL_OWNERS_CAN_ADD", "NONE_CAN_ADD"),
    "whoCanAddReferences": ("NONE",),
    "whoCanApproveMembers": ("ALL_MEMBERS_CAN_APPROVE", "ALL_MANAGERS_CAN_APPROVE", "ALL_OWNERS_CAN_APPROVE", "NONE_CAN_APPROVE"),
    "whoCanContactOwner": (
        "ALL_IN_DOMAIN_CAN_CONTACT", "ALL_MANAGERS_CAN_CONTACT", "ALL_MEMBERS_CAN_CONTACT", "ANYONE_CAN_CONTACT", "ALL_OWNERS_CAN_CONTACT",
    ),
    "whoCanDiscoverGroup": ("ANYONE_CAN_DISCOVER", "ALL_IN_DOMAIN_CAN_DISCOVER", "ALL_MEMBERS_CAN_DISCOVER"),
    "whoCanInvite": ("ALL_MEMBERS_CAN_INVITE", "ALL_MANAGERS_CAN_INVITE", "ALL_OWNERS_CAN_INVITE", "NONE_CAN_INVITE"),
    "whoCanJoin": ("ANYONE_CAN_JOIN", "ALL_IN_DOMAIN_CAN_JOIN", "INVITED_CAN_JOIN", "CAN_REQUEST_TO_JOIN"),
    "whoCanLeaveGroup": ("ALL_MANAGERS_CAN_LEAVE", "ALL_MEMBERS_CAN_LEAVE", "NONE_CAN_LEAVE"),
    "whoCanPostMessage": (
        "NONE_CAN_POST", "ALL_MANAGERS_CAN_POST", "ALL_MEMBERS_CAN_POST", "ALL_OWNERS_CAN_POST", "ALL_IN_DOMAIN_CAN_POST",
        "ANYONE_CAN_POST",
    ),
    "whoCanViewGroup": ("ANYONE_CAN_VIEW", "ALL_IN_DOMAIN_CAN_VIEW", "ALL_MEMBERS_CAN_VIEW", "ALL_MANAGERS_CAN_VIEW"),
    "whoCanViewMembership": ("ALL_IN_DOMAIN_CAN_VIEW", "ALL_MEMBERS_CAN_VIEW", "ALL_MANAGERS_CAN_VIEW"),
    "default_sender": ("DEFAULT_SELF", "GROUP"),
    "messageDisplayFont": ("DEFAULT_FONT",),
    "messageModerationLevel": ("MODERATE_ALL_MESSAGES", "MODERATE_NON_MEMBERS", "MODERATE_NEW_MEMBERS", "MODERATE_NONE"),
    "replyTo": (
        "REPLY_TO_CUSTOM", "REPLY_TO_SENDER", "REPLY_TO_LIST", "REPLY_TO_OWNER", "REPLY_TO_IGNORE", "REPLY_TO_MANAGERS",
    ),
    "spamModerationLevel": ("ALLOW", "MODERATE", "SILENTLY_MODERATE", "REJECT"),
}  # fmt: skip
LENGTHS = {"name": 75, "description": 300, "customFooterText": 1000, "defaultMessageDenyNotificationText": 10_000}
READ_ONLY = frozenset({"kind", "email", "maxMessageBytes", "customRolesEnabledForSettingsToBeMerged"})
# of a new group, where the customer has changed no default [assumed]; what has no value is absent
_BOOLEANS = {
    "allowExternalMembers": "false", "allowGoogleCommunication": "false", "allowWebPosting": "true", "archiveOnly": "false",
    "enableCollaborativeInbox": "false", "favoriteRepliesOnTop": "true", "includeCustomFooter": "false",
    "includeInGlobalAddressList": "true", "isArchived": "false", "membersCanPostAsTheGroup": "false",
    "sendMessageDenyNotification": "false", "showInGroupDirectory": "false",
}  # fmt: skip
DEFAULTS: dict[str, str] = {
    **_BOOLEANS,
    **dict.fromkeys(_MODERATION, "OWNERS_AND_MANAGERS"),
    **dict.fromkeys(_TOPICS, "NONE"),
    "whoCanAdd": "ALL_MANAGERS_CAN_ADD",
    "whoCanAddReferences": "NONE",
    "whoCanApproveMembers": "ALL_MANAGERS_CAN_APPROVE",
    "whoCanContactOwner": "ANYONE_CAN_CONTACT",
    "whoCanDiscoverGroup": "ALL_MEMBERS_CAN_DISCOVER",
    "whoCanInvite": "ALL_MANAGERS_CAN_INVITE",
    "whoCanJoin": "CAN_REQUEST_TO_JOIN",
    "whoCanLeaveGroup": "ALL_MEMBERS_CAN_LEAVE",
    "whoCanPostMessage": "ANYONE_CAN_POST",
    "whoCanViewGroup": "ALL_MEMBERS_CAN_VIEW",
    "whoCanViewMembership": "ALL_MEMBERS_CAN_VIEW",
    "default_sender": "DEFAULT_SELF",
    "messageDisplayFont": "DEFAULT_FONT",
    "messageModerationLevel": "MODERATE_NONE",
    "replyTo": "REPLY_TO_IGNORE",
    "spamModerationLevel": "MODERATE",
    "customRolesEnabledForSettingsToBeMerged": "false",
}
NAMES = frozenset({*DEFAULTS, *READ_ONLY, *LENGTHS, "customReplyTo", "primaryLanguage"})


class Wrong(ValueError):
    """A value that Groups Settings does not take; the text is Google's where it is known."""


def settings_row(group: Group) -> dict[str, Any]:
    own = {"kind": "groupsSettings#groups", "email": group.email, "name": group.name, "description": group.description}
    return {**own, **DEFAULTS, "maxMessageBytes": 26_214_400, **group.settings}


def change_settings(group: Group, given: Mapping[str, Any], *, made: bool = True) -> None:
    """Checked before anything is changed. `made` False: nothing is, as some customers saw it."""
    wanted = {name: value for name, value in given.items() if name not in READ_ONLY}
    _check(wanted)
    after = _consistent(settings_row(group), wanted)
    if made:
        group.name, group.description = wanted.pop("name", group.name), wanted.pop("description", group.description)
        group.settings.update(wanted)
        group.settings["whoCanPostMessage"] = after


def as_texts(given: Mapping[str, Any]) -> dict[str, Any]:
    """What people write: YAML reads true and false as booleans."""
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}


def seeded(given: Mapping[str, Any]) -> dict[str, str]:
    """A seed's settings of a group."""
    wanted = as_texts(given)
    _check(wanted)
    if named := sorted({"name", "description", *READ_ONLY} & set(wanted)):
        raise Wrong(f"{named[0]} is no setting")
    _consistent(DEFAULTS, wanted)
    return wanted


def _check(wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        allowed = ("true", "false") if name in _BOOLEANS else VALUES.get(name)
        if (
            name not in NAMES
            or not isinstance(value, str)
            or (allowed is not None and value not in allowed)
            or len(value) > LENGTHS.get(name, 255)
        ):
            raise Wrong(f"Invalid Value: {name}")


def _consistent(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """whoCanPostMessage after the change: it and archiveOnly go together."""
    after = {**before, **wanted}
    archived, closed = after["archiveOnly"] == "true", after["whoCanPostMessage"] == "NONE_CAN_POST"
    if not archived and before["archiveOnly"] == "true" and "whoCanPostMessage" not in wanted:
        return "ALL_MANAGERS_CAN_POST"
    if archived and not closed:
        raise Wrong("Inconsistent Input: If archiveOnly is true then PostPermission can only be NONE_CAN_POST")
    if closed and not archived:
        raise Wrong(
            "Invalid attribute value: whoCanPostMessages=NONE_CAN_POST. "
            "To set PostPermissions to NONE_CAN_POST, please use enable ArchiveOnly mode."
        )
    if after["replyTo"] == "REPLY_TO_CUSTOM" and not after.get("customReplyTo"):
        raise Wrong("Invalid Value: customReplyTo")
    return str(after["whoCanPostMessage"])
