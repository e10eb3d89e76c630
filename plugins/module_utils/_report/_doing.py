# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is being done, and how far an interrupted task came, in words."""

from __future__ import annotations

from collections.abc import Iterable

from .._plan._change import Change, people_in

# action -> what is being done, and what was done, behind "412 of 10,000"
DOING: dict[str, tuple[str, str]] = {
    "revoke": ("revoking logins", "logins were revoked"),
    "hand_over": ("naming heirs", "heirs were named"),
    "deactivate": ("deactivating accounts", "accounts were deactivated"),
    "disassociate": ("disassociating accounts", "accounts were disassociated"),
    "delete": ("deleting accounts", "accounts were deleted"),
    "reactivate": ("reactivating accounts", "accounts were reactivated"),
    "rename": ("renaming accounts", "accounts were renamed"),
    "update": ("updating accounts", "accounts were updated"),
    "create": ("creating accounts", "accounts were created"),
    "downgrade": ("taking licences away", "licences were taken away"),
    "license": ("setting licences", "licences were set"),
    "delete_group": ("deleting Zoom groups", "Zoom groups were deleted"),
    "rename_group": ("renaming Zoom groups", "Zoom groups were renamed"),
    "create_group": ("creating Zoom groups", "Zoom groups were created"),
    "add": ("adding members to Zoom groups", "members were added to Zoom groups"),
    "remove": ("removing members from Zoom groups", "members were removed from Zoom groups"),
    "google_create": ("creating Google groups", "Google groups were created"),
    "google_update": ("updating Google groups", "Google groups were updated"),
    "google_settings": ("setting access settings of Google groups", "access settings of Google groups were set"),
    "google_add": ("adding members to Google groups", "members were added to Google groups"),
    "google_change_role": ("changing roles in Google groups", "roles in Google groups were changed"),
    "google_remove": ("removing members from Google groups", "members were removed from Google groups"),
    "google_delete": ("deleting Google groups", "Google groups were deleted"),
}


def interrupted(planned: Iterable[Change], done: Iterable[Change], *, unknown: bool) -> str:
    """How far a task came that was asked to stop. `unknown`: of some write it is not known whether it was made, which is said elsewhere."""
    wanted, made = _counts(planned), _counts(done)
    parts = [f"{made.get(action, 0):,} of {count:,} {DOING[action][1]}" for action, count in wanted.items()]
    much = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return f"Interrupted: {much}{'' if unknown else ', nothing is half-done'}. Run again to go on."


def _counts(changes: Iterable[Change]) -> dict[str, int]:
    found: dict[str, int] = {}
    for change in changes:
        found[change.action] = found.get(change.action, 0) + people_in([change])
    return found
