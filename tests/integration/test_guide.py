# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The provisioning guide's table, a row a test, each through ansible-playbook: in check mode, for real, and again."""

from __future__ import annotations

from typing import Any

from playing import SCOPE, Player, account, person, reported_changes, seed

POLICY: dict[str, Any] = {"scope_groups": [SCOPE], "attribute_mapping_prune": True}
STAFF = [person("ada.byron", department="Research"), person("bob.stone"), person("cleo.park")]
ACCOUNTS = [account("ada.byron", department="Research"), account("bob.stone"), account("cleo.park")]
ALL = {"zoom-users": ["ada.byron", "bob.stone", "cleo.park"]}


def test_added_to_scope_an_account_is_created_with_mapped_attributes(player: Player) -> None:
    box = player.start(seed([*STAFF, person("dora.king", department="Sales", title="Agent")], ALL, ACCOUNTS))
    player.play(box, POLICY)
    box.google.add_member(SCOPE, "dora.king@example.com")
    _check, real = player.converge(box, {**POLICY, "attribute_mapping_attributes": _mapping(title="organizations[0].title")})
    dora = box.zoom.find("dora.king@example.com")
    assert (dora.first_name, dora.last_name, dora.department, dora.job_title) == ("Dora", "King", "Sales", "Agent")
    assert dora.status == "active"
    assert "dora.king@example.com" in real.output


def test_removed_from_scope_the_account_is_deactivated_not_deleted(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    before = box.zoom.find("bob.stone@example.com").id
    box.google.remove_member(SCOPE, "bob.stone@example.com")
    player.converge(box, POLICY)
    bob = box.zoom.find("bob.stone@example.com")
    assert (bob.id, bob.status) == (before, "inactive")


def test_a_changed_name_is_updated(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    box.google.set_name("ada.byron@example.com", "Ada", "Lovelace")
    player.converge(box, POLICY)
    ada = box.zoom.find("ada.byron@example.com")
    assert (ada.first_name, ada.last_name, ada.display_name) == ("Ada", "Lovelace", "Ada Lovelace")


def test_a_changed_primary_address_renames_the_same_account(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    before = box.zoom.find("ada.byron@example.com").id
    box.google.rename("ada.byron@example.com", "ada.lovelace@example.com")
    player.converge(box, POLICY)
    assert box.zoom.find("ada.lovelace@example.com").id == before
    assert box.zoom.find("ada.byron@example.com") is None


def test_an_expression_that_renames_everybody_renames_nobody_until_it_is_allowed(player: Player) -> None:
    names = [f"p{number}.x" for number in range(4)]
    box = player.start(seed([person(name) for name in names], {"zoom-users": names}, [account(name) for name in names]))
    before = sorted(row["email"] for row in box.zoom.state()["users"])
    wrong = {**POLICY, "attribute_mapping_attributes": _mapping(userName="join('', ['x-', primaryEmail])"), "provisioning_run_id": "wrong"}
    wrong["attribute_mapping_max_updates"] = wrong["attribute_mapping_max_creations"] = ""  # as a survey's empty answer
    blocked = player.play(box, wrong)
    assert blocked.status != 0
    assert "4 accounts would be renamed (such as p0.x@example.com to x-p0.x@example.com); the limit is 3" in blocked.failure
    assert "raise attribute_mapping_max_renames" in blocked.failure
    assert sorted(row["email"] for row in box.zoom.state()["users"]) == before
    allowed = player.play(box, {**wrong, "attribute_mapping_max_renames": 4, "provisioning_allow_gains": True})
    assert (allowed.status, sum(row["email"].startswith("x-") for row in box.zoom.state()["users"])) == (0, 4), allowed.output
    undo = {**POLICY, "undo_run": "wrong", "attribute_mapping_max_renames": 3}
    kept = player.play(box, undo, playbook="undo")
    assert kept.status != 0 and "4 accounts would be renamed" in kept.failure, kept.output
    back = player.play(box, {**undo, "provisioning_allow_losses": True, "provisioning_allow_gains": True}, playbook="undo")
    assert (back.status, sorted(row["email"] for row in box.zoom.state()["users"])) == (0, before), back.output


def test_a_suspended_person_is_deactivated(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    box.google.suspend("bob.stone@example.com", True)
    player.converge(box, POLICY)
    assert box.zoom.find("bob.stone@example.com").status == "inactive"


def test_a_deleted_person_is_deactivated(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    box.google.delete("bob.stone@example.com")
    player.converge(box, POLICY)
    assert box.zoom.find("bob.stone@example.com").status == "inactive"


def test_a_person_added_to_a_nested_group_gets_an_account(player: Player) -> None:
    groups = {"zoom-users": ["team"], "team": ["squad"], "squad": ["ada.byron"]}
    box = player.start(seed([person("ada.byron"), person("eve.moss")], groups, [account("ada.byron")]))
    box.google.add_member("squad@example.com", "eve.moss@example.com")
    check, _real = player.converge(box, POLICY)
    assert check.changes()[0]["reason"] == "in scope through zoom-users@example.com > team@example.com > squad@example.com"
    assert box.zoom.find("eve.moss@example.com").status == "active"


def test_a_reactivated_person_gets_the_account_back(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, [*ACCOUNTS[:2], account("cleo.park", status="inactive")]))
    player.converge(box, POLICY)
    assert box.zoom.find("cleo.park@example.com").status == "active"


def test_a_scope_group_that_does_not_exist_yet_and_its_members_come_in_one_run(player: Player) -> None:
    box = player.start(seed([*STAFF, person("dora.king")], {"team": ["dora.king"]}, ACCOUNTS[:1]))
    variables = {**POLICY, "scope_groups": [], "scope_group": SCOPE}
    variables["scope_group_members"] = ["ada.byron@example.com", "bob.stone@example.com", "team@example.com"]
    check, _real = player.converge(box, variables)
    announced = reported_changes(check)
    assert announced[f"google_create {SCOPE} []"] == 1
    assert announced["google_add team@example.com []"] == 1
    assert announced["create dora.king@example.com []"] == 1
    assert box.zoom.find("bob.stone@example.com").status == "active"
    assert box.zoom.find("cleo.park@example.com") is None


def test_a_member_taken_out_of_the_scope_group_in_the_same_run_is_deactivated_in_it(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    variables = {**POLICY, "scope_groups": [], "scope_group": SCOPE, "scope_group_exclusive": True}
    variables["scope_group_members"] = ["ada.byron@example.com", "bob.stone@example.com"]
    check, _real = player.converge(box, variables)
    assert reported_changes(check)["google_remove cleo.park@example.com []"] == 1
    assert box.zoom.find("cleo.park@example.com").status == "inactive"


def test_licences_and_zoom_groups_follow_their_rules_in_the_run_that_creates_the_account(player: Player) -> None:
    groups = {**ALL, "managers": ["bob.stone", "cleo.park"]}
    accounts = [account("ada.byron", license="licensed"), account("bob.stone")]
    box = player.start(seed(STAFF, groups, accounts))
    variables = {
        **POLICY,
        "license_defaults_default": "basic",
        "license_defaults_rules": [{"groups": ["managers@example.com"], "license": "licensed"}],
        "group_mapping_groups": [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}],
    }
    player.converge(box, variables)
    rows = {user["email"].partition("@")[0]: user["license"]["type"] for user in box.zoom.state()["users"]}
    assert (rows["ada.byron"], rows["bob.stone"], rows["cleo.park"]) == (1, 2, 2)
    members = {user["email"] for user in box.zoom.state()["users"] if user.get("group_ids")}
    assert members == {"bob.stone@example.com", "cleo.park@example.com"}


def test_without_prune_removals_are_only_reported_with_the_line_to_add(player: Player) -> None:
    box = player.start(seed(STAFF, ALL, ACCOUNTS))
    box.google.remove_member(SCOPE, "bob.stone@example.com")
    check, _real = player.converge(box, {"scope_groups": [SCOPE]})
    assert any("bob.stone@example.com" in text and "attribute_mapping_prune: true" in text for text in check.attention())
    assert box.zoom.find("bob.stone@example.com").status == "active"


def test_one_bad_account_among_many_is_named_and_the_others_are_done(player: Player) -> None:
    people, elsewhere = [*STAFF, person("zed.foe"), person("out.sider")], ["out.sider@example.com"]
    groups = {"zoom-users": [*ALL["zoom-users"], "zed.foe", "out.sider"]}
    box = player.start(seed(people, groups, [account("ada.byron")], foreign_logins=elsewhere))
    variables = {**POLICY, "group_mapping_groups": [{"name": "All", "users": ["ada.byron@example.com", "zed.foe@example.com"]}]}
    _check, real = player.converge(box, variables, fails=True)
    assert box.zoom.find("zed.foe@example.com").status == "active"
    assert box.zoom.find("out.sider@example.com") is None
    assert "+ zed.foe@example.com: create (" in real.output
    assert [group["name"] for group in box.zoom.state()["groups"]] == ["All"]
    assert real.failure.count("out.sider@example.com: the account was not created") == 1


def test_above_the_limit_nobody_is_deactivated_but_creations_go_through(player: Player) -> None:
    people = [person(f"p{number}.x") for number in range(12)]
    box = player.start(
        seed([*people, person("new.one")], {"zoom-users": ["p0.x", "new.one"]}, [account(f"p{number}.x") for number in range(12)])
    )
    _check, real = player.converge(box, POLICY, fails=True)
    assert box.zoom.find("new.one@example.com").status == "active"
    assert all(box.zoom.find(f"p{number}.x@example.com").status == "active" for number in range(12))
    assert "11 accounts would be deactivated" in real.failure
    allowed = player.play(box, {**POLICY, "provisioning_allow_losses": True})
    assert allowed.status == 0, allowed.output
    assert box.zoom.find("p5.x@example.com").status == "inactive"


def _mapping(**more: str) -> dict[str, str]:
    names = {"userName": "primaryEmail", "name.givenName": "name.givenName", "name.familyName": "name.familyName"}
    return {**names, "department": "organizations[0].department", **more}
