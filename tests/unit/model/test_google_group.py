# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Google group, as it was read."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup, shows


def test_a_copy_can_be_changed_without_the_group_that_was_read() -> None:
    read = GoogleGroup(
        "g@x.com", {"name": "G"}, {"whoCanJoin": "INVITED_CAN_JOIN"}, {"ada@x.com": "OWNER"}, settings_read=True, member_unread=True
    )
    copy = read.copy()
    assert copy == read
    copy.fields["name"] = copy.settings["whoCanJoin"] = copy.members["ada@x.com"] = "changed"
    assert (read.fields, read.settings, read.members) == ({"name": "G"}, {"whoCanJoin": "INVITED_CAN_JOIN"}, {"ada@x.com": "OWNER"})
    assert copy.settings_read and copy.member_unread


def test_google_shows_an_address_in_its_own_case_all_else_as_it_is_written_and_nothing_where_it_is_empty() -> None:
    there = {"email": "staff@x.com", "name": "Staff"}
    assert shows(there, {"email": "Staff@X.com", "name": "Staff", "description": ""})
    assert not shows(there, {"name": "STAFF"}) and not shows(there, {"email": "other@x.com"}) and not shows(there, {"description": "All"})
