# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a refused write means, in words: one clause for each action. Pure."""

from __future__ import annotations

from collections.abc import Iterable

NOT_DONE = {
    "revoke": "the logins were not revoked",
    "hand_over": "no heir was named",
    "deactivate": "the account was not deactivated",
    "disassociate": "the account was not disassociated",
    "delete": "the account was not deleted",
    "reactivate": "the account was not reactivated",
    "rename": "the address was not changed",
    "update": "the account was not updated",
    "downgrade": "the licence was not taken away",
    "create": "the account was not created",
    "license": "the licence was not changed",
    "delete_group": "it was not deleted",
    "rename_group": "it was not renamed",
    "create_group": "it was not created",
    "add": "not added to the Zoom group",
    "remove": "not removed from the Zoom group",
    "google_create": "it was not created",
    "google_update": "it was not changed",
    "google_settings": "its access settings were not changed",
    "google_add": "not added",
    "google_change_role": "the role was not changed",
    "google_remove": "not removed",
    "google_delete": "it was not deleted",
}
"""What a refusal means for whom it is about."""


def not_done(action: str, left: Iterable[str] = ()) -> str:
    """`left`: of an update of which a part was made, the SCIM paths of the other part."""
    names = ", ".join(sorted(path.rpartition(":")[2] for path in left))
    return f"the account was updated, but not its {names}" if names else NOT_DONE[action]
