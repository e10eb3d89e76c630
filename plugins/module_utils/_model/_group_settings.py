# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Access settings of a Google group, as the Groups Settings API names them (discovery document groupssettings v1). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ._text import PolicyError
from ._typed import is_blank
from ._unknown import unknown_key

_MODERATORS = ("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "OWNERS_ONLY", "NONE")
_FLAG = ("true", "false")
VALUES: dict[str, tuple[str, ...]] = {
    "whoCanJoin": ("ANYONE_CAN_JOIN", "ALL_IN_DOMAIN_CAN_JOIN", "INVITED_CAN_JOIN", "CAN_REQUEST_TO_JOIN"),
    "whoCanViewMembership": ("ALL_IN_DOMAIN_CAN_VIEW", "ALL_MEMBERS_CAN_VIEW", "ALL_MANAGERS_CAN_VIEW"),
    "whoCanViewGroup": (
        "ANYONE_CAN_VIEW",
        "ALL_IN_DOMAIN_CAN_VIEW",
        "ALL_MEMBERS_CAN_VIEW",
        "ALL_MANAGERS_CAN_VIEW",
    ),
    "whoCanPostMessage": (
        "NONE_CAN_POST",
        "ALL_MANAGERS_CAN_POST",
        "ALL_MEMBERS_CAN_POST",
        "ALL_OWNERS_CAN_POST",
        "ALL_IN_DOMAIN_CAN_POST",
        "ANYONE_CAN_POST",
    ),
    "whoCanLeaveGroup": ("ALL_MANAGERS_CAN_LEAVE", "ALL_MEMBERS_CAN_LEAVE", "NONE_CAN_LEAVE"),
    "whoCanContactOwner": (
        "ALL_IN_DOMAIN_CAN_CONTACT",
        "ALL_MANAGERS_CAN_CONTACT",
        "ALL_MEMBERS_CAN_CONTACT",
        "ANYONE_CAN_CONTACT",
        "ALL_OWNERS_CAN_CONTACT",
    ),
    "whoCanDiscoverGroup": ("ANYONE_CAN_DISCOVER", "ALL_IN_DOMAIN_CAN_DISCOVER", "ALL_MEMBERS_CAN_DISCOVER"),
    "whoCanModerateMembers": _MODERATORS,
    "whoCanModerateContent": _MODERATORS,
    "whoCanAssistContent": ("ALL_MEMBERS", "OWNERS_AND_MANAGERS", "MANAGERS_ONLY", "OWNERS_ONLY", "NONE"),
    "allowExternalMembers": _FLAG,
    "allowWebPosting": _FLAG,
    "includeInGlobalAddressList": _FLAG,
    "isArchived": _FLAG,
    "archiveOnly": _FLAG,
    "membersCanPostAsTheGroup": _FLAG,
    "messageModerationLevel": ("MODERATE_ALL_MESSAGES", "MODERATE_NON_MEMBERS", "MODERATE_NEW_MEMBERS", "MODERATE_NONE"),
    "spamModerationLevel": ("ALLOW", "MODERATE", "SILENTLY_MODERATE", "REJECT"),
}
_OPEN = {"ANYONE_CAN_JOIN": "anybody on the Internet", "ALL_IN_DOMAIN_CAN_JOIN": "everybody of this Google customer"}


def parse_settings(spec: object, where: str) -> dict[str, str]:
    """Each as the API takes it: true and false are texts there. PolicyError for what it does not know."""
    if is_blank(spec):
        return {}
    if not isinstance(spec, Mapping):
        raise PolicyError(f"{where} must be a dictionary of settings, such as {{whoCanJoin: INVITED_CAN_JOIN}}, not {type(spec).__name__}.")
    return {name: _value(name, value, where) for name, value in spec.items() if not is_blank(value)}


def _value(name: object, value: object, where: str) -> str:
    if name not in VALUES:
        raise PolicyError(unknown_key(where, str(name), VALUES))
    known = VALUES[str(name)]
    text = str(value).lower() if isinstance(value, bool) or known is _FLAG else str(value)
    if text not in known:
        raise PolicyError(f"{where}.{name} is {value!r}; known are {', '.join(known)}.")
    return text


def who_may_join(settings: Mapping[str, str]) -> str:
    """In words, where nobody has to let them in; '' where somebody has."""
    return _OPEN.get(settings.get("whoCanJoin", ""), "")
