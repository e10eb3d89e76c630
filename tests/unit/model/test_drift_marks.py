# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs from the last run, and what is remembered of it."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import UNREADABLE
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._drift import as_remembered, mark_drift, remember
from plain_people import account


def test_an_account_that_could_not_be_read_now_or_before_has_not_drifted() -> None:
    odd, was = account("ada", status=UNREADABLE), account("ada", department="Sales")
    assert (mark_drift([odd], [was]), list(odd.drifted)) == ([], [])


def test_what_no_list_shows_is_remembered_until_the_role_changes() -> None:
    room, fixed, promoted, new = account("room"), account("ada"), account("bob", role_id="1"), account("eve")
    last = [
        account("room", room=True),
        account("ada", fixed=["display_name"]),
        account("bob", fixed=["display_name"]),
        account("dan", room=True),
    ]
    remember([room, fixed, promoted, new], last)
    assert [(row.room, list(row.fixed)) for row in (room, fixed, promoted, new)] == [
        (True, []),
        (False, ["display_name"]),
        (False, []),
        (False, []),
    ]


def test_a_display_name_that_somebody_has_set_meanwhile_is_not_remembered_as_one_that_zoom_keeps() -> None:
    ada = account("ada", display_name="Countess")
    remember([ada], [account("ada", display_name="Ada King", fixed=["display_name"])])
    assert ada.fixed == ()


def test_what_is_to_be_put_right_later_is_remembered_as_it_was_and_of_groups_that_one_alone() -> None:
    was, now = account("ada", status="inactive", group_ids=["g1", "g2"]), account("ada", status="active", group_ids=["g2", "g3"])
    assert as_remembered(now, was, ["status", "unlisted"]) == {"status": "inactive"}
    assert as_remembered(now, was, [], "g1") == {"group_ids": ["g2", "g3", "g1"]}
    assert as_remembered(now, was, [], "g3") == {"group_ids": ["g2"]}
