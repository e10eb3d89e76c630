# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""How each action is done in Google: the other half of `_plan/_actions.py`."""

from __future__ import annotations

from ._actions import Write
from ._google_calls import (
    add_google_member,
    change_google_role,
    create_google_group,
    delete_google_group,
    read_google_group_back,
    read_google_member_back,
    read_google_settings_back,
    remove_google_member,
    update_google_fields,
    update_google_settings,
)
from ._snapshot_update import update_google_group, update_google_members

GOOGLE_WRITES: dict[str, Write] = {
    "google_create": Write(create_google_group, read_google_group_back, update_google_group),
    "google_update": Write(update_google_fields, read_google_group_back, update_google_group),
    "google_settings": Write(update_google_settings, read_google_settings_back, update_google_group),
    "google_add": Write(add_google_member, read_google_member_back, update_google_members),
    "google_change_role": Write(change_google_role, read_google_member_back, update_google_members),
    "google_remove": Write(remove_google_member, read_google_member_back, update_google_members, gone_is_done=True),
    "google_delete": Write(delete_google_group, read_google_group_back, update_google_group),
}
