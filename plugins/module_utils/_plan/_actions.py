# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""All that can be done to an account or a group: a closed set, each action a row. Pure.

`_write/_actions.py` has the other half, how each is done; a test holds the two tables against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Subject(Enum):
    """What an action is done to."""

    ACCOUNT = "account"
    ZOOM_GROUP = "Zoom group"
    GOOGLE_GROUP = "Google group"


@dataclass(frozen=True)
class Action:
    """`title`: heading of a plan. `removes`: somebody always loses something by it, whatever else is known.

    `gain`: the kind of limit that it counts on where it takes nothing away (`_limits.py`).
    `takes_seat`: it needs the seat of a licence. `frees_seat`: what the account held until then comes free.
    `makes`: what it makes gets an id of its own. `of_members`: it is done to members of a group, not to the group.
    `optional`: it stands before the end of an account and must not stop it. `shown_as`: its name in results, where it is not its own.
    """

    subject: Subject
    title: str
    removes: bool = False
    gain: str = ""
    takes_seat: bool = False
    frees_seat: bool = False
    makes: bool = False
    of_members: bool = False
    optional: bool = False
    shown_as: str = ""


# In the order of writes over all accounts: addresses and seats must be free before they are taken.
ACTIONS: dict[str, Action] = {
    "revoke": Action(Subject.ACCOUNT, "Revoke logins", optional=True),
    "hand_over": Action(Subject.ACCOUNT, "Name heirs", optional=True),
    "deactivate": Action(Subject.ACCOUNT, "Deactivate accounts", removes=True, frees_seat=True),
    "disassociate": Action(Subject.ACCOUNT, "Disassociate accounts", removes=True, frees_seat=True),
    "delete": Action(Subject.ACCOUNT, "Delete accounts", removes=True, frees_seat=True),
    "reactivate": Action(Subject.ACCOUNT, "Reactivate accounts", gain="creation", takes_seat=True),
    "rename": Action(Subject.ACCOUNT, "Rename accounts", removes=True),  # the former address signs nobody in any more
    "update": Action(Subject.ACCOUNT, "Update accounts", gain="update"),
    "downgrade": Action(Subject.ACCOUNT, "Take licences away", removes=True, takes_seat=True, frees_seat=True),
    "create": Action(Subject.ACCOUNT, "Create accounts", gain="creation", takes_seat=True, makes=True),
    "license": Action(Subject.ACCOUNT, "Set licences", takes_seat=True, frees_seat=True),
    "delete_group": Action(Subject.ZOOM_GROUP, "Delete Zoom groups", removes=True),
    "rename_group": Action(Subject.ZOOM_GROUP, "Rename Zoom groups"),
    "create_group": Action(Subject.ZOOM_GROUP, "Create Zoom groups", makes=True),
    "add": Action(Subject.ZOOM_GROUP, "Add to Zoom groups", of_members=True),
    "remove": Action(Subject.ZOOM_GROUP, "Remove from Zoom groups", removes=True, of_members=True),
    "google_create": Action(Subject.GOOGLE_GROUP, "Create Google groups", makes=True, shown_as="create"),
    "google_update": Action(Subject.GOOGLE_GROUP, "Update Google groups", shown_as="update"),
    "google_settings": Action(Subject.GOOGLE_GROUP, "Set access settings of Google groups", shown_as="settings"),
    "google_add": Action(Subject.GOOGLE_GROUP, "Add to Google groups", of_members=True, shown_as="add"),
    "google_change_role": Action(Subject.GOOGLE_GROUP, "Change roles in Google groups", of_members=True, shown_as="change_role"),
    "google_remove": Action(Subject.GOOGLE_GROUP, "Remove from Google groups", removes=True, of_members=True, shown_as="remove"),
    "google_delete": Action(Subject.GOOGLE_GROUP, "Delete Google groups", removes=True, shown_as="delete"),
}
STAGES = {name: place for place, name in enumerate(ACTIONS)}
END_OF_ACCOUNT = frozenset({"disassociate", "delete"})
"""Actions after which the account is gone from Zoom."""


def subject_of(action: str) -> Subject | None:
    """Of an action that a journal names; None where this version does not know it."""
    return ACTIONS[action].subject if action in ACTIONS else None


def in_a_sentence(action: str) -> str:
    """Its title, within a sentence: of names such as Zoom the capital letter stays."""
    title = ACTIONS[action].title
    return title[0].lower() + title[1:]


def is_of_members(action: str) -> bool:
    return action in ACTIONS and ACTIONS[action].of_members
