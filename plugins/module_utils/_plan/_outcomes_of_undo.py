# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about what an undo can't put back, or leaves to somebody. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, Outcome

TEXTS: dict[str, Outcome] = {
    "undo_removed": Outcome(
        FAILED,
        "{email} was removed by that run, with its data, which Zoom can't restore; the next run creates a new account if the person is in"
        " scope.",
    ),
    "undo_gone": Outcome(FAILED, "{email} is not in Zoom's list of accounts, so nothing can be restored; look for the account in Zoom."),
    "undo_invited": Outcome(
        ATTENTION,
        "{email} is an open invitation made by that run; withdraw it in Zoom (User Management, Users, Pending).",
    ),
    "undo_protected": Outcome(ATTENTION, "{email} {why}, so {what} was not undone; change it in Zoom by hand."),
    "undo_empties": Outcome(
        ATTENTION,
        "{email}: the {field} was empty before that run, so the undo tries to empty it; if Zoom leaves it, empty it in Zoom by hand.",
    ),
    "undo_not_emptied": Outcome(
        ATTENTION,
        "{email}: the {field} was empty before that run, and Zoom does not empty it by API; empty it in Zoom by hand.",
    ),
    "undo_created": Outcome(
        ATTENTION,
        "{email} was created by that run and stays; set undo_creations: true to deactivate it, or offboard it with playbooks/offboard.yml.",
    ),
    "undo_changed": Outcome(
        FAILED,
        "{email}: {field} was {left} after that run and is {now} now, so it was changed since and was left as it is; set it by hand if it"
        " should be {was}.",
    ),
    "undo_unlisted": Outcome(
        ATTENTION,
        "{email}: {names} was set by that run and the value before is not known; set it in Zoom by hand if it was different.",
    ),
    "undo_unread": Outcome(
        FAILED,
        "{email}: Zoom lists the account in an unknown form, so nothing was restored; run again, or set it in Zoom by hand.",
    ),
    "undo_google_gone": Outcome(
        FAILED,
        "{email}, a Google group, no longer exists, so nothing of it can be restored; create it again by hand.",
    ),
    "undo_google_created": Outcome(
        ATTENTION,
        "{email}, a Google group, was created by that run and stays; delete it in Google's Admin console if nobody needs it.",
    ),
    "undo_group_created": Outcome(
        ATTENTION,
        "The Zoom group {group} was created by that run and stays; delete it in Zoom if nobody needs it.",
    ),
    "undo_group": Outcome(FAILED, "The Zoom group {group}: {action} can't be undone here; do it in Zoom by hand."),
    "undo_member": Outcome(
        FAILED,
        "{email} or the Zoom group {group} no longer exists, so the membership can't be restored; look for both in Zoom.",
    ),
}
