# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom groups by role, through real runs: mapped, renamed, deleted, exclusive or additive, and what is told when Zoom does otherwise."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playing import SCOPE, Player, account, kinds, person, seed, written

NAMES = ["ada.byron", "bob.stone", "cleo.park", "dan.lee", "eve.moss"]
TEAM = {"name": "Team", "groups": ["team@example.com"]}


def world(team: list[str], members: dict[str, list[str]], names: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """`team`: of the Google group; `members`: of the Zoom groups, by name. `more`: keys of single accounts."""
    names = names or NAMES
    accounts = [account(name, **more.get(name.partition(".")[0], {})) for name in names]
    for row in accounts:
        row["groups"] = [group for group, inside in members.items() if row["email"].partition("@")[0] in inside]
    found = seed([person(name) for name in names], {"zoom-users": names, "team": team}, accounts)
    found["zoom"]["groups"] = [{"name": name} for name in members]
    return found


def mapped(*groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"scope_groups": [SCOPE], "group_mapping_groups": list(groups), **{f"group_mapping_{key}": value for key, value in more.items()}}


def inside(box: Any, name: str) -> list[str]:
    return sorted(email.partition("@")[0] for email in box.zoom.members_of(name))


def test_groups_are_renamed_made_filled_emptied_and_deleted_as_check_mode_said(player: Player) -> None:
    members = {"Old team": ["ada.byron", "eve.moss"], "Open": ["eve.moss"], "Gone": ["bob.stone"], "Idle": []}
    box = player.start(world(["ada.byron", "bob.stone"], members))
    key = box.zoom.group("Old team").id
    variables = mapped(
        {**TEAM, "name": "New team", "previous_names": ["None", "old TEAM"], "exclusive": True},
        {"name": "Open", "where": "primaryEmail == 'cleo.park@example.com'"},
        {"name": "Staff", "org_units": ["/"]},
        {"name": "Gone", "state": "absent"},
        {"name": "Never there", "state": "absent"},
    )
    check, _real = player.converge(box, variables)
    assert kinds(check) == Counter(rename_group=1, delete_group=1, create_group=1, add=3, remove=1)
    assert box.zoom.group("New team").id == key
    assert inside(box, "New team") == ["ada.byron", "bob.stone"]
    assert inside(box, "Open") == ["cleo.park", "eve.moss"]
    assert len(inside(box, "Staff")) == len(NAMES)
    assert sorted(group["name"] for group in box.zoom.state()["groups"]) == ["Idle", "New team", "Open", "Staff"]
    (result,) = check.results("zoom_groups")
    shown = {entry["after_header"]: entry for entry in result["diff"]}
    assert shown["Zoom group New team"]["before_header"].startswith(
        "Zoom group Old team: rename group (still has the former name Old team), "
    )
    assert shown["Zoom group New team"]["after"] == "name: New team\nmember: bob.stone@example.com\n"
    assert shown["Zoom group Gone"]["before"] == "exists: true\nmember: bob.stone@example.com\n"


def test_exclusive_may_be_the_roles_default_and_one_group_may_be_open_all_the_same(player: Player) -> None:
    box = player.start(world(["ada.byron"], {"Team": ["bob.stone"], "Guests": ["eve.moss"]}))
    player.converge(box, mapped(TEAM, {"name": "Guests", "users": ["ada.byron@example.com"], "exclusive": False}, exclusive=True))
    assert (inside(box, "Team"), inside(box, "Guests")) == (["ada.byron"], ["ada.byron", "eve.moss"])


def test_inactive_accounts_keep_their_groups_and_pending_ones_wait_without_a_failure(player: Player) -> None:
    given = world(["ada.byron", "cleo.park"], {"Team": ["bob.stone"]}, bob={"status": "inactive"}, cleo={"status": "pending"})
    box, variables = player.start(given), {**mapped({**TEAM, "exclusive": True}), "attribute_mapping_reactivate": False}
    player.converge(box, variables)
    assert inside(box, "Team") == ["ada.byron", "bob.stone"]
    box.zoom.accept_invitation("cleo.park@example.com")
    player.converge(box, variables)
    assert inside(box, "Team") == ["ada.byron", "bob.stone", "cleo.park"]


def test_a_new_account_joins_its_group_in_the_run_that_makes_it(player: Player) -> None:
    given = world(["ada.byron"], {})
    given["zoom"]["users"] = [row for row in given["zoom"]["users"] if row["email"] != "ada.byron@example.com"]
    box = player.start(given)
    check, _real = player.converge(box, mapped(TEAM))
    assert kinds(check) == Counter(create=1, create_group=1, add=1)
    assert inside(box, "Team") == ["ada.byron"]


@pytest.mark.parametrize("deleted", [False, True])
def test_an_emptied_google_group_or_a_deletion_exceeds_the_limit_until_it_is_allowed(player: Player, deleted: bool) -> None:
    """Joining goes through all the same."""
    box = player.start(world([], {"Team": NAMES[:4], "Other": []}))
    team = {"name": "Team", "state": "absent"} if deleted else {**TEAM, "exclusive": True}
    variables = mapped(team, {"name": "Other", "users": ["eve.moss@example.com"]})
    check = player.play(box, variables, "--check")
    real = player.play(box, variables)
    assert (check.status, real.status) == (2, 2)
    assert "4 members would leave Zoom groups" in real.failure
    assert "group_mapping" not in real.failure or "max_removals" in real.failure
    assert (inside(box, "Team"), inside(box, "Other")) == (NAMES[:4], ["eve.moss"])
    assert written(box) == Counter(add=1) == kinds(check)
    again = player.play(box, {**variables, "provisioning_allow_losses": True})
    assert again.status == 0, again.output
    assert all(group["members"] == [] for group in box.zoom.state()["groups"] if group["name"] == "Team")


def test_thirty_one_who_join_are_two_writes_and_two_who_leave_are_two(player: Player) -> None:
    names = [f"p{number:02d}.worker" for number in range(33)]
    box = player.start(world(names[:31], {"Team": names[31:]}, names), rate_limits=False)
    player.converge(box, mapped({**TEAM, "exclusive": True}))
    assert inside(box, "Team") == names[:31]


def test_one_account_that_zoom_does_not_take_keeps_nobody_else_out(player: Player) -> None:
    box = player.start(world(NAMES[:4], {"Team": []}))
    refusal = {"code": 300, "message": "Validation Failed."}
    box.faults.add(method="POST", path="/v2/groups/[^/]+/members", status=400, body=refusal, times=2)
    played = player.play(box, mapped(TEAM))
    assert played.status == 2
    (result,) = played.results("zoom_groups")
    assert [row["email"] for row in result["failed_items"]] == ["ada.byron@example.com"]
    assert played.failure.startswith("ada.byron@example.com: not added to the Zoom group")
    assert inside(box, "Team") == ["bob.stone", "cleo.park", "dan.lee"]


def test_the_default_group_and_a_full_account_are_explained(player: Player) -> None:
    given = world([], {})
    given["zoom"]["groups"] = [{"name": "Everyone", "default": True}]
    box = player.start(given)
    box.faults.add(
        method="POST", path="/v2/groups", status=400,
        body={"code": 300, "message": "It has reached the maximum number of groups. You can clean up some groups then add."},
    )  # fmt: skip
    played = player.play(box, mapped({"name": "Everyone", "state": "absent"}, {"name": "More", "users": ["ada.byron@example.com"]}))
    assert played.status == 2
    assert "Zoom group Everyone: it was not deleted, because it is the account's default group" in played.failure
    assert "Zoom group More: it was not created, because the account holds as many groups as Zoom allows (5,000)" in played.failure


@pytest.mark.torture
def test_a_hundred_and_first_group_of_a_day_waits_for_tomorrow(player: Player) -> None:
    box = player.start(world([], {}))
    groups = [{"name": f"Group {number}", "users": ["ada.byron@example.com"]} for number in range(101)]
    played = player.play(box, mapped(*groups))
    assert played.status == 2
    assert "1 change of the step Create Zoom groups was not made" in played.failure
    assert "Zoom creates at most 100 groups a day" in played.failure
    assert len(box.zoom.state()["groups"]) == 100


@pytest.mark.parametrize(
    ("groups", "words"),
    [([{"name": "x" * 128, "users": ["a@example.com"]}], "group_mapping_groups[1].name has 128 characters"),
     ([{**TEAM, "previous_names": ["Old"]}, {"name": "OLD", "users": ["a@example.com"]}], "'Old' is a former name of 'Team'"),
     ([TEAM, {"name": "TEAM", "state": "absent"}], "group_mapping_groups[2] names the Zoom group 'TEAM' a second time"),
     ([{**TEAM, "state": "gone"}], "group_mapping_groups[1].state is 'gone'")],
)  # fmt: skip
def test_a_wrong_mapping_ends_the_run_before_anything_is_read(player: Player, groups: list[dict[str, Any]], words: str) -> None:
    box = player.start(world([], {}))
    played = player.play(box, mapped(*groups))
    assert words in played.failure
    assert box.ledger.entries == []


def test_a_former_group_beside_the_new_one_is_reported_and_left(player: Player) -> None:
    box = player.start(world(["ada.byron"], {"Team": ["ada.byron"], "Old": ["bob.stone"]}))
    played = player.play(box, mapped({**TEAM, "previous_names": ["Old"]}))
    assert (played.status, written(box)) == (0, Counter())
    assert any("The Zoom groups Team and Old, its former name, both exist" in text for text in played.attention())


def test_an_app_without_scopes_for_groups_does_the_same_by_scim(player: Player) -> None:
    """Memberships come with the accounts, groups by SCIM: exclusive groups work, and nothing to do writes nothing."""
    box = player.start(world(["ada.byron", "bob.stone"], {"Old": ["ada.byron", "eve.moss"]}))
    box.zoom.set_scopes(sorted(scope for scope in box.zoom.scopes if not scope.startswith("group:")))
    variables = mapped({**TEAM, "previous_names": ["Old"], "exclusive": True})
    check = player.play(box, variables, "--check")
    assert (check.status, kinds(check)) == (0, Counter(rename_group=1, add=1, remove=1)), check.output
    real = player.play(box, variables)
    assert (real.status, real.changed) == (0, 1), real.output
    assert {entry["path"].rpartition("/")[0] for entry in box.ledger.writes()} == {"/scim2/Groups"}
    assert len(box.ledger.writes()) == 3
    assert inside(box, "Team") == ["ada.byron", "bob.stone"]
    box.ledger.clear()
    assert player.play(box, variables).changed == 0
    assert box.ledger.writes() == []
