# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Headings for people, of each action as results name it. Pure."""

from __future__ import annotations

from .._plan._actions import ACTIONS, Subject
from .._plan._reasons import why, words

__all__ = ["GOOGLE", "ORDER", "ZOOM", "always_removes", "doing", "title_of", "why", "words"]

# Removals first, as they must be read, each in the order of its stage.
ORDER = tuple(dict.fromkeys(action.title for action in sorted(ACTIONS.values(), key=lambda action: not action.removes)))
GOOGLE = {action.shown_as: action for action in ACTIONS.values() if action.subject is Subject.GOOGLE_GROUP}
ZOOM = {name: action for name, action in ACTIONS.items() if action.subject is not Subject.GOOGLE_GROUP}

_DOING = {
    "revoke": "revoke logins",
    "hand_over": "name an heir",
    "downgrade": "take licence away",
    "license": "set licence",
    "add": "add members",
    "remove": "remove members",
    "google_create": "create group",
    "google_update": "update group",
    "google_settings": "set access settings",
    "google_add": "add members",
    "google_change_role": "change roles",
    "google_remove": "remove members",
    "google_delete": "delete group",
}


def title_of(action: str, *, google: bool) -> str | None:
    """None for an action that this collection does not know."""
    found = (GOOGLE if google else ZOOM).get(action)
    return found.title if found else None


def always_removes(action: str, *, google: bool) -> bool:
    """Whether somebody loses something by it, whatever else is known."""
    found = (GOOGLE if google else ZOOM).get(action)
    return found is not None and found.removes


def is_gain(action: str, *, google: bool) -> bool:
    """Whether a limit on gains counts it."""
    found = (GOOGLE if google else ZOOM).get(action)
    return found is not None and bool(found.gain)


def doing(action: str) -> str:
    """What is done to one account or group, by the action's own name."""
    return _DOING.get(action, action.replace("_", " "))
