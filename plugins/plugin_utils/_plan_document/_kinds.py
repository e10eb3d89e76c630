# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run's changes are called, and in which order they are told: losses first, as they must be read."""

from __future__ import annotations

from ...module_utils._report._change_rows import LOSSES

PHASES = {
    "google_group": "google_groups",
    "google_group_members": "google_groups",
    "google_scope_info": "people",
    "zoom_offboard": "accounts",
    "zoom_scim_user": "accounts",
    "zoom_scim_users": "accounts",
    "zoom_license_default": "licenses",
    "zoom_group": "zoom_groups",
    "zoom_group_members": "zoom_groups",
    "zoom_groups": "zoom_groups",
    "zoom_undo": "undo",
}
PHASE_TITLES = {
    "accounts.revoke": "Revoke logins",
    "accounts.hand_over": "Name heirs",
    "google_groups": "Google groups",
    "people": "People",
    "accounts": "Accounts",
    "licenses": "Licences",
    "zoom_groups": "Zoom groups",
    "undo": "Undo",
}
_TITLES = {
    "accounts.revoke": "Revoke logins",
    "accounts.hand_over": "Name heirs",
    "accounts.delete": "Delete accounts",
    "accounts.disassociate": "Disassociate accounts",
    "accounts.deactivate": "Deactivate accounts",
    "licenses.downgrade": "Take licences away",
    "accounts.downgrade": "Take licences away",
    "zoom_groups.delete_group": "Delete Zoom groups",
    "zoom_groups.remove": "Remove from Zoom groups",
    "google_groups.delete": "Delete Google groups",
    "google_groups.remove": "Remove from Google groups",
    "accounts.create": "Create accounts",
    "accounts.reactivate": "Reactivate accounts",
    "accounts.rename": "Rename accounts",
    "accounts.update": "Update accounts",
    "accounts.license": "Set licences",
    "licenses.license": "Set licences",
    "zoom_groups.create_group": "Create Zoom groups",
    "zoom_groups.rename_group": "Rename Zoom groups",
    "zoom_groups.add": "Add to Zoom groups",
    "google_groups.create": "Create Google groups",
    "google_groups.update": "Update Google groups",
    "google_groups.add": "Add to Google groups",
    "google_groups.change_role": "Change roles in Google groups",
}
_ORDER = {title: place for place, title in enumerate(dict.fromkeys(_TITLES.values()))}


def phase_of(module: str) -> str:
    """A module that is not listed here is a phase of its own."""
    return PHASES.get(module, module)


def phase_title(phase: str) -> str:
    return PHASE_TITLES.get(phase, phase.replace("_", " ").capitalize())


def kind_title(kind: str) -> str:
    """`kind` is phase.action, such as accounts.create."""
    phase, _dot, action = kind.partition(".")
    return _TITLES.get(kind, f"{phase_title(phase)}: {action.replace('_', ' ')}")


def kind_order(kind: str) -> tuple[bool, int, str]:
    """Losses first; what is not listed here behind its likes."""
    return not is_loss(kind), _ORDER.get(kind_title(kind), len(_ORDER)), kind


def is_loss(kind: str) -> bool:
    action = kind.partition(".")[2]
    return action in LOSSES or action == "delete_group"
