# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Groups Settings holds of a group: texts all through, booleans too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .entities import Group
from .schema import SETTINGS

BOOLEANS = frozenset(
    {
        "allowExternalMembers", "allowGoogleCommunication", "allowWebPosting", "archiveOnly", "enableCollaborativeInbox",
        "favoriteRepliesOnTop", "includeCustomFooter", "includeInGlobalAddressList", "isArchived", "membersCanPostAsTheGroup",
        "sendMessageDenyNotification", "showInGroupDirectory",
    }
)  # fmt: skip
READ_ONLY = frozenset({"kind", "email", "maxMessageBytes", "customRolesEnabledForSettingsToBeMerged"})
VALUES = {
    "whoCanJoin": ("ANYONE_CAN_JOIN", "ALL_IN_DOMAIN_CAN_JOIN", "INVITED_CAN_JOIN", "CAN_REQUEST_TO_JOIN"),
    "whoCanLeaveGroup": ("ALL_MANAGERS_CAN_LEAVE", "ALL_MEMBERS_CAN_LEAVE", "NONE_CAN_LEAVE"),
    "whoCanModerateMembers": ("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "OWNERS_ONLY", "NONE"),
    "whoCanViewMembership": ("ALL_IN_DOMAIN_CAN_VIEW", "ALL_MEMBERS_CAN_VIEW", "ALL_MANAGERS_CAN_VIEW"),
}
LENGTHS = {"name": 75, "description": 300}
DEFAULTS = {
    "whoCanJoin": "CAN_REQUEST_TO_JOIN",
    "whoCanViewMembership": "ALL_MEMBERS_CAN_VIEW",
    "whoCanViewGroup": "ALL_MEMBERS_CAN_VIEW",
    "whoCanPostMessage": "ANYONE_CAN_POST",
    "whoCanLeaveGroup": "ALL_MEMBERS_CAN_LEAVE",
    "whoCanModerateMembers": "OWNERS_AND_MANAGERS",
    "allowExternalMembers": "false",
    "allowWebPosting": "true",
    "includeInGlobalAddressList": "true",
    "isArchived": "false",
    "archiveOnly": "false",
    "messageModerationLevel": "MODERATE_NONE",
    "spamModerationLevel": "MODERATE",
    "replyTo": "REPLY_TO_IGNORE",
}


def settings_row(group: Group) -> dict[str, str]:
    own = {"kind": "groupsSettings#groups", "email": group.email, "name": group.name, "description": group.description}
    return {**own, **DEFAULTS, **group.settings}


def check_settings(given: Mapping[str, Any]) -> None:
    """ValueError with the name of what is wrong."""
    for name, value in given.items():
        if name not in SETTINGS:
            raise ValueError(f"unknown {name}")
        wrong = not isinstance(value, str) and name not in READ_ONLY
        wrong = wrong or (name in BOOLEANS and value not in ("true", "false"))
        wrong = wrong or (name in VALUES and value not in VALUES[name])
        wrong = wrong or (name in LENGTHS and len(value) > LENGTHS[name])
        if wrong:
            raise ValueError(name)


def change_settings(group: Group, given: Mapping[str, Any]) -> None:
    """Checked before."""
    wanted = {name: value for name, value in given.items() if name not in READ_ONLY}
    group.name = wanted.pop("name", group.name)
    group.description = wanted.pop("description", group.description)
    group.settings.update(wanted)
