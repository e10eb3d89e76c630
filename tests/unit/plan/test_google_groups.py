# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One Google group and its members, as they are to be."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import GoogleMember
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._google_groups import (
    as_if_made,
    member_change,
    pending_members,
    plan_google_group,
    plan_google_members,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import MembersPlan

THERE = {"id": "7", "email": "team@x.com", "name": "Team", "description": ""}


def read(**more: Any) -> GoogleGroup:
    return GoogleGroup("team@x.com", **{"fields": THERE, **more})


def shown(plan: Plan) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    return [(change.action, change.reason, change.before, dict(change.after)) for change in plan.changes]


def test_a_group_that_does_not_exist_is_created_and_named_by_its_address() -> None:
    plan = plan_google_group(GoogleGroup("team@x.com"), {}, {})
    assert shown(plan) == [("google_create", "does not exist", {}, {"email": "team@x.com", "name": "team"})]
    assert (plan.changes[0].email, plan.changes[0].group, plan.changes[0].group_id) == ("team@x.com", "team@x.com", "")
    named = plan_google_group(GoogleGroup("team@x.com"), {"name": "Crew", "description": "All"}, {})
    assert named.changes[0].after == {"email": "team@x.com", "name": "Crew", "description": "All"}


def test_only_fields_and_settings_that_differ_are_written_each_by_its_own_call() -> None:
    group = read(settings={"whoCanJoin": "ANYONE_CAN_JOIN", "isArchived": "true"})
    fields, settings = (
        {"name": "Crew", "description": ""},
        {"whoCanJoin": "INVITED_CAN_JOIN", "isArchived": "true", "whoCanPostMessage": "X"},
    )
    plan = plan_google_group(group, fields, settings)
    assert shown(plan) == [
        ("google_update", "changed: name", {"name": "Team"}, {"name": "Crew"}),
        (
            "google_settings",
            "changed: whoCanJoin, whoCanPostMessage",
            {"whoCanJoin": "ANYONE_CAN_JOIN"},
            {"whoCanJoin": "INVITED_CAN_JOIN", "whoCanPostMessage": "X"},
        ),
    ]
    assert {change.group_id for change in plan.changes} == {"7"}


def test_a_group_that_is_as_it_should_be_is_left() -> None:
    assert (
        plan_google_group(read(settings={"isArchived": "true"}), {"name": "Team", "description": ""}, {"isArchived": "true"}).changes == []
    )
    assert plan_google_group(read(fields={"name": "Team"}), {"description": ""}, {}).changes == [], "what Google leaves out is empty"


def test_a_new_group_gets_its_settings_after_it_is_there() -> None:
    plan = plan_google_group(GoogleGroup("team@x.com"), {}, {"whoCanJoin": "INVITED_CAN_JOIN"})
    assert [change.action for change in plan.ordered()] == ["google_create", "google_settings"]


def test_a_group_that_is_to_be_absent_is_deleted_once_with_what_it_was() -> None:
    plan = plan_google_group(read(), {"name": "Crew"}, {"isArchived": "true"}, absent=True)
    assert shown(plan) == [("google_delete", "state is absent", {"email": "team@x.com", "name": "Team"}, {})]
    assert plan_google_group(GoogleGroup("team@x.com"), {"name": "Crew"}, {"isArchived": "true"}, absent=True).changes == []


MEMBERS = {"ada@x.com": "MEMBER", "bob@x.com": "OWNER"}


def members(plan: MembersPlan, drift: dict[str, str] | None = None, state: str = "present", new_group: bool = False) -> list[Change]:
    return plan_google_members(read(members=MEMBERS), plan, drift or {}, state=state, new_group=new_group).changes


def test_members_join_change_their_role_and_leave() -> None:
    joins, changes, leaves = members(MembersPlan({"eve@x.com": "MANAGER"}, {"ada@x.com": "OWNER"}, ["bob@x.com"]))
    assert (joins.action, joins.reason, joins.before, joins.after) == ("google_add", "listed", {}, {"role": "MANAGER"})
    assert (changes.action, changes.reason) == ("google_change_role", "listed with another role")
    assert (changes.before, changes.after) == ({"role": "MEMBER"}, {"role": "OWNER"})
    assert (leaves.action, leaves.reason, leaves.before, leaves.after) == ("google_remove", "not listed", {"role": "OWNER"}, {})
    assert [change.data for change in (joins, changes, leaves)] == [
        GoogleMember("eve@x.com", "MANAGER"),
        GoogleMember("ada@x.com", "OWNER"),
        GoogleMember("bob@x.com"),
    ]
    assert {change.group for change in (joins, changes, leaves)} == {"team@x.com"} and joins.email == "eve@x.com"


def test_why_is_drift_where_somebody_changed_it_by_hand_and_else_the_state() -> None:
    plan = MembersPlan({"eve@x.com": "MEMBER"}, remove=["ada@x.com", "bob@x.com"])
    found = members(plan, {"eve@x.com": "drift: taken out", "ada@x.com": "drift: put in"}, state="absent")
    assert [change.reason for change in found] == ["drift: taken out", "drift: put in", "state is absent"]


def test_a_member_of_a_group_made_a_moment_ago_is_marked_so_that_the_write_waits_for_it() -> None:
    (joins,) = members(MembersPlan({"eve@x.com": "MEMBER"}), new_group=True)
    assert joins.needs(GoogleMember).new_group


def test_later_phases_read_members_as_the_whole_plan_has_them() -> None:
    """With those whom the run leaves for another one, and with whom Google refused, who gains nothing by it."""
    group = read(members={"ada@x.com": "MEMBER", "bob@x.com": "OWNER"})
    left = [
        member_change(group, "google_remove", "bob@x.com", "not listed"),
        member_change(group, "google_add", "eve@x.com", "listed", "MEMBER"),
    ]
    after = as_if_made(group.members, left)
    assert after == {"ada@x.com": "MEMBER", "eve@x.com": "MEMBER"}
    rows = [{"id": "1", "email": "ada@x.com", "type": "USER", "etag": "x", "role": ""}]
    pending = pending_members("team@x.com", rows, group.members, after, [], created=False)
    assert pending == {
        "group": "team@x.com", "created": False, "added": ["eve@x.com"], "removed": ["bob@x.com"],
        "members": [{"id": "1", "email": "ada@x.com", "type": "USER"}],
    }  # fmt: skip
    refused = pending_members("team@x.com", [], {}, {}, ["kim@x.com"], created=True)
    assert (refused["added"], refused["refused"], refused["created"]) == (["kim@x.com"], ["kim@x.com"], True)
