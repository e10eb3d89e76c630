# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of one Zoom group, planned from what was read of it."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_group_members import (
    MembersPolicy,
    Roster,
    accounts_to_read,
    plan_zoom_members,
)
from plain_people import account

IDS = {"ada@example.com": "z-ada", "bob@example.com": "z-bob"}
ROW = {"kind": "member", "what": "Zoom's members of Team", "why": "no status", "id": "", "email": ""}


def roster(**more: Any) -> Roster:
    """The group Team, with Ada and Bob in it."""
    return Roster(**{"group_id": "g1", "name": "Team", "members": IDS, **more})


def looked_up(*names: str, **more: Any) -> dict[str, Any]:
    return {f"{name}@example.com": account(name, **more) for name in names}


def policy(*names: str, **more: Any) -> MembersPolicy:
    return MembersPolicy(tuple(f"{name}@example.com" for name in names), **{"at_once": 2, **more})


def writes(plan: Plan) -> list[tuple[str, list[str], str]]:
    return [(change.action, [member.id for member in change.members], change.reason) for change in plan.changes]


def test_who_is_listed_and_not_yet_a_member_joins_in_writes_of_the_size_that_zoom_takes() -> None:
    plan = plan_zoom_members(roster(accounts=looked_up("kim", "eve", "may")), policy("ada", "may", "kim", "eve"))
    assert writes(plan) == [("add", ["z-eve", "z-kim"], "listed"), ("add", ["z-may"], "listed")]
    assert {(change.group, change.group_id, change.removal) for change in plan.changes} == {("Team", "g1", None)}


def test_only_accounts_of_those_who_would_join_and_are_not_known_are_read_before() -> None:
    assert accounts_to_read(roster(accounts={"kim@example.com": None}), policy("ada", "kim", "eve")) == ["eve@example.com"]
    assert accounts_to_read(roster(), policy("ada", "eve", absent=True)) == []


def test_with_exclusive_the_others_leave_and_with_absent_those_who_are_listed() -> None:
    left = plan_zoom_members(roster(), policy("ada", exclusive=True))
    assert writes(left) == [("remove", ["z-bob"], "not listed")]
    assert [(change.removal, change.email) for change in left.changes] == [("group", "bob@example.com")]
    assert left.changes[0].members[0].group_ids == ["g1"]
    assert writes(plan_zoom_members(roster(), policy("bob", "kim", absent=True))) == [("remove", ["z-bob"], "listed")]
    assert writes(plan_zoom_members(roster(), policy("ada"))) == []


def test_above_the_limit_nobody_leaves_and_who_is_new_joins_all_the_same() -> None:
    plan = plan_zoom_members(roster(accounts=looked_up("kim")), policy("kim", exclusive=True, max_removals=1))
    assert writes(plan) == [("add", ["z-kim"], "listed")]
    assert [(row.reason, row.email) for row in plan.withheld] == [("max_removals", "Team")]
    assert "Team: 2 members would be removed (ada@example.com, bob@example.com); the limit is 1" in plan.withheld[0].message
    assert len(plan_zoom_members(roster(), policy(exclusive=True, max_removals=2)).changes) == 2


def test_who_has_no_active_account_is_reported_and_keeps_no_other_out() -> None:
    accounts = {"kim@example.com": None, **looked_up("eve", status="pending"), **looked_up("may")}
    plan = plan_zoom_members(roster(accounts=accounts), policy("kim", "eve", "may"))
    assert writes(plan) == [("add", ["z-may"], "listed")]
    assert [(row.reason, row.email) for row in plan.failed] == [("no_account", "kim@example.com"), ("no_account", "eve@example.com")]


def test_of_whom_scim_shows_one_group_only_is_neither_added_nor_removed() -> None:
    """They may be in it already; whom Zoom shows in it is known."""
    known = roster(accounts=looked_up("ada", "kim"), partly_known={"z-ada", "z-kim"})
    plan = plan_zoom_members(known, policy("ada", "kim"))
    assert (writes(plan), accounts_to_read(known, policy("kim"))) == ([], [])
    assert [(row.reason, row.email) for row in plan.attention] == [("one_group_shown", "kim@example.com")]
    assert "the Zoom group Team" in plan.attention[0].message
    assert writes(plan_zoom_members(known, policy("ada", absent=True))) == [("remove", ["z-ada"], "listed")]


def test_a_member_whose_row_could_not_be_read_is_left_as_it_is() -> None:
    by_address = roster(set_aside=[{**ROW, "email": "Kim@example.com"}])
    plan = plan_zoom_members(by_address, policy("kim"))
    assert (writes(plan), accounts_to_read(by_address, policy("kim"))) == ([], [])
    assert [row.reason for row in plan.attention] == ["set_aside"]
    by_id = roster(accounts=looked_up("kim", "eve"), set_aside=[{**ROW, "id": "z-kim"}])
    assert writes(plan_zoom_members(by_id, policy("kim", "eve"))) == [("add", ["z-eve"], "listed")]


def test_where_the_list_of_members_can_not_be_relied_on_nobody_leaves_but_who_is_named() -> None:
    doubtful = roster(accounts=looked_up("kim"), doubts=["Zoom lists fewer members than it counts"])
    plan = plan_zoom_members(doubtful, policy("kim", exclusive=True))
    assert writes(plan) == [("add", ["z-kim"], "listed")]
    assert [(row.reason, row.email) for row in plan.withheld] == [("no_removals", "ada@example.com"), ("no_removals", "bob@example.com")]
    assert [row.reason for row in plan.attention] == ["doubtful"]
    assert writes(plan_zoom_members(doubtful, policy("ada", absent=True))) == [("remove", ["z-ada"], "listed")]
