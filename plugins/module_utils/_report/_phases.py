# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The phases of a run, by the module that is one. Pure."""

from __future__ import annotations

PHASES = {
    "google_group": "google_groups",
    "google_group_members": "google_groups",
    "google_scope_info": "people",
    "google_undo": "undo_google",
    "zoom_offboard": "accounts",
    "zoom_scim_user": "accounts",
    "zoom_scim_users": "accounts",
    "zoom_license_default": "licenses",
    "zoom_group": "zoom_groups",
    "zoom_group_members": "zoom_groups",
    "zoom_groups": "zoom_groups",
    "zoom_undo": "undo",
}
GOOGLE_PHASES = frozenset({"google_groups", "undo_google"})


def phase_of(module: str) -> str:
    """A module that is not listed here is a phase of its own."""
    return PHASES.get(module, module)
