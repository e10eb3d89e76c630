# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run wrote to Google's groups, taken back."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import Entry
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._undo_google import GoogleUndoPolicy, plan_google_undo

THERE = {"id": "7", "email": "team@x.com", "name": "Crew", "description": ""}


def entry(action: str, email: str = "team@x.com", before: Any = None, after: Any = None, group: str = "Team@x.com") -> Entry:
    return Entry("1", action, email, before=before or {}, after=after or {}, group=group, ok=True)


def joined(email: str, role: str = "MEMBER") -> Entry:
    return entry("google_add", email, after={"role": role})


def left(email: str, role: str = "MEMBER") -> Entry:
    return entry("google_remove", email, before={"role": role})


def undone(entries: list[Entry], *groups: GoogleGroup, limit: str = "100%", **more: Any) -> Plan:
    return plan_google_undo({group.email: group for group in groups}, GoogleUndoPolicy(entries, parse_limit(limit, "undo_max"), **more))


def team(**more: Any) -> GoogleGroup:
    return GoogleGroup("team@x.com", **{"fields": THERE, **more})


def shown(plan: Plan) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    return [(change.action, change.email, change.before, dict(change.after)) for change in plan.changes]


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(row.reason, row.email) for row in (*plan.failed, *plan.attention, *plan.withheld)]


def test_fields_and_settings_go_back_to_what_they_were_before_the_first_write() -> None:
    entries = [
        entry("google_update", before={"name": "Team"}, after={"name": "Gang"}),
        entry("google_update", before={"name": "Gang"}, after={"name": "Crew", "description": ""}),
        entry("google_settings", before={}, after={"whoCanJoin": "INVITED_CAN_JOIN"}),
    ]
    plan = undone(entries, team(settings={"whoCanJoin": "INVITED_CAN_JOIN"}))
    assert shown(plan) == [
        ("google_update", "team@x.com", {"name": "Crew", "description": ""}, {"name": "Team", "description": ""}),
        ("google_settings", "team@x.com", {"whoCanJoin": "INVITED_CAN_JOIN"}, {"whoCanJoin": ""}),
    ]
    assert [change.reason for change in plan.changes] == ["undo: description, name", "undo: whoCanJoin"]
    assert told(plan) == []


def test_what_somebody_changed_since_stays_and_is_reported_unless_it_is_as_before() -> None:
    renamed = entry("google_update", before={"name": "Team"}, after={"name": "Gang"})
    plan = undone([renamed], team())
    assert (shown(plan), told(plan)) == ([], [("undo_changed", "team@x.com")])
    assert "'Crew'" in plan.failed[0].message and "'Gang'" in plan.failed[0].message and "'Team'" in plan.failed[0].message
    back = undone([entry("google_update", before={"name": "Crew"}, after={"name": "Gang"})], team())
    assert (shown(back), told(back)) == ([], [])


def test_a_group_that_the_run_made_stays_and_one_that_is_gone_is_not_made_anew() -> None:
    made = [entry("google_create", after={"name": "Crew"}), entry("google_update", before={"name": "Team"}, after={"name": "Crew"})]
    assert (shown(undone(made, team())), told(undone(made, team()))) == ([], [("undo_google_created", "team@x.com")])
    plan = undone([joined("ada@x.com")], team(fields={}, members={"ada@x.com": "MEMBER"}))
    assert (shown(plan), told(plan)) == ([], [("undo_google_gone", "team@x.com")])


def test_members_go_back_to_the_role_that_they_had_or_to_none() -> None:
    entries = [
        joined("Ada@x.com"),
        left("bob@x.com", "MANAGER"),
        entry("google_change_role", "eve@x.com", {"role": "MEMBER"}, {"role": "OWNER"}),
        left("kim@x.com", ""),
        joined("C03az79cb"),
    ]
    plan = undone(entries, team(members={"ada@x.com": "MEMBER", "eve@x.com": "OWNER", "C03az79cb": "MEMBER"}))
    assert shown(plan) == [
        ("google_remove", "C03az79cb", {"role": "MEMBER"}, {}),
        ("google_remove", "ada@x.com", {"role": "MEMBER"}, {}),
        ("google_add", "bob@x.com", {}, {"role": "MANAGER"}),
        ("google_change_role", "eve@x.com", {"role": "OWNER"}, {"role": "MEMBER"}),
        ("google_add", "kim@x.com", {}, {"role": "MEMBER"}),
    ]
    assert [change.removal for change in plan.changes] == ["google", "google", None, None, None]
    assert {change.reason for change in plan.changes} == {"undo"}


def test_of_several_writes_to_one_member_the_first_tells_what_was_and_the_last_what_was_left() -> None:
    entries = [joined("ada@x.com"), entry("google_change_role", "ada@x.com", {"role": "MEMBER"}, {"role": "OWNER"})]
    assert [change.action for change in undone(entries, team(members={"ada@x.com": "OWNER"})).changes] == ["google_remove"]
    there_and_back = [left("bob@x.com"), joined("bob@x.com")]
    assert undone(there_and_back, team(members={"bob@x.com": "MEMBER"})).changes == []


def test_a_member_whom_somebody_changed_since_stays_and_is_reported() -> None:
    plan = undone([joined("ada@x.com"), left("bob@x.com")], team(members={"ada@x.com": "OWNER", "bob@x.com": "MANAGER"}))
    assert (shown(plan), told(plan)) == ([], [("undo_changed", "ada@x.com"), ("undo_changed", "bob@x.com")])
    assert "the role in team@x.com was MEMBER after that run and is OWNER" in plan.failed[0].message
    assert "was no member after that run and is MANAGER" in plan.failed[1].message
    assert told(undone([joined("ada@x.com")], team())) == [], "who has left since is as before"


def test_more_members_than_the_limit_stay() -> None:
    entries = [joined(f"p{number}@x.com") for number in range(4)]
    group = team(members={f"p{number}@x.com": "MEMBER" for number in range(4)})
    plan = undone(entries, group, limit="10%")
    assert (plan.changes, len(plan.withheld)) == ([], 4)
    assert "the limit is 3, 10% of 4" in plan.withheld[0].message
    assert len(undone(entries, group, limit="10%", allow_losses=True).changes) == 4
    stopped = undone(entries, group, limit="10%", allow_losses=True, doubt="it was stopped in Zoom")
    assert not any(change.removes for change in stopped.changes), "no switch lifts that, nor does an approval"
    many = {f"q{number}@x.com": "MEMBER" for number in range(40)}
    assert len(undone(entries, group, GoogleGroup("other@x.com", THERE, members=many), limit="10%").changes) == 4, "of all groups together"


def test_each_group_takes_back_its_own_entries() -> None:
    entries = [joined("ada@x.com"), entry("google_add", "bob@x.com", after={"role": "MEMBER"}, group="other@x.com")]
    everybody = {"ada@x.com": "MEMBER", "bob@x.com": "MEMBER"}
    plan = undone(entries, team(members=everybody), GoogleGroup("other@x.com", THERE, members=everybody))
    assert [(change.group, change.email) for change in plan.changes] == [("other@x.com", "bob@x.com"), ("team@x.com", "ada@x.com")]
