# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run taken back, through playbooks/undo.yml."""

from __future__ import annotations

from typing import Any

import pytest
from playing import SCOPE, Played, Player, account, person, reported_changes, seed, written

POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "license_defaults_rules": [{"groups": ["managers@example.com"], "license": "licensed"}],
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE], "exclusive": True}],
}
NAMES = ["ada.byron", "bob.stone", "cleo.park", "dora.king", "hal.lane"]
GROUPS = {"zoom-users": ["ada.byron", "cleo.park", "dora.king", "new.face"], "managers": ["cleo.park"]}
UNDO = {"undo_run": "first"}


def company(player: Player) -> Any:
    """Bob has left the scope, Ada is renamed, Cleo becomes a manager, Dora is back, a new face comes, Hal holds a bundle and is gone."""
    people = [person(name) for name in (*NAMES, "new.face")]
    people[0] = {**person("ada.byron"), "given": "Augusta"}
    rows = [account("ada.byron"), account("bob.stone", license="licensed", groups=["Staff"]), account("cleo.park")]
    rows += [account("dora.king", status="inactive"), account("hal.lane", license={"zoom_one_type": 16})]
    seats = {"licensed": 50, "basic": 9999, "zoom_one_type": {16: 5}}
    given = seed(people, GROUPS, rows, seats=seats)
    given["zoom"]["groups"] = [{"name": "Staff"}]
    box = player.start(given)
    box.google.rename("cleo.park@example.com", "cleo.stark@example.com")
    return box


def first_run(player: Player, box: Any) -> dict[str, Any]:
    """The state before it."""
    before = state(box)
    played = player.play(box, {**POLICY, "provisioning_run_id": "first"})
    assert played.status == 0, played.output
    box.ledger.clear()
    return before


def state(box: Any) -> dict[str, Any]:
    fields = ("email", "status", "first_name", "last_name", "display_name", "department", "license", "group_ids")
    return {row["id"]: {name: row[name] for name in fields} for row in box.zoom.state()["users"]}


def undo(player: Player, box: Any, *options: str, **more: Any) -> Played:
    return player.play(box, {**POLICY, **UNDO, **more}, *options, playbook="undo")


def test_states_names_addresses_licences_and_groups_are_put_back(player: Player) -> None:
    box = company(player)
    before = first_run(player, box)
    check = undo(player, box, "--check", "--diff")
    assert (check.status, written(box)) == (0, {}), check.output
    real = undo(player, box, "--diff")
    assert real.status == 0, real.output
    assert reported_changes(check) == reported_changes(real)
    after = state(box)
    assert {key: after[key] for key in before} == before
    assert any("new.face@example.com was created by that run and stays" in text for text in real.attention())
    box.ledger.clear()
    again = undo(player, box)
    assert (again.status, again.changed, written(box)) == (0, 0, {}), again.output


def test_what_was_changed_since_is_refused_and_the_rest_restored(player: Player) -> None:
    box = company(player)
    first_run(player, box)
    box.zoom.change(box.zoom.user("ada.byron@example.com"), first_name="Grace")
    played = undo(player, box)
    assert played.status != 0
    assert "ada.byron@example.com: first_name was 'Augusta' after that run and is 'Grace'" in played.failure
    assert box.zoom.find("ada.byron@example.com").first_name == "Grace"
    assert box.zoom.find("bob.stone@example.com").status == "active"


def test_a_deletion_can_not_be_taken_back_and_is_named(player: Player) -> None:
    box = player.start(seed([person("ada.byron"), person("bob.stone")], {"zoom-users": ["ada.byron"]}, [account("bob.stone")]))
    gone = {**POLICY, "license_defaults_rules": [], "group_mapping_groups": [], "attribute_mapping_deprovision": {"out_of_scope": "delete"}}
    assert player.play(box, {**gone, "provisioning_run_id": "first"}).status == 0
    played = undo(player, box)
    assert "bob.stone@example.com was removed by that run" in played.failure


def test_a_fourth_rename_of_the_day_is_named_and_the_rest_restored(player: Player) -> None:
    box = company(player)
    first_run(player, box)
    cleo = box.zoom.user("cleo.stark@example.com")
    cleo.email_changes = [box.clock.now()] * 3
    played = undo(player, box)
    assert "cleo.park@example.com: the address was not changed" in played.failure
    assert "run again" in played.failure
    assert cleo.email == "cleo.stark@example.com"
    assert box.zoom.find("bob.stone@example.com").status == "active"


@pytest.mark.parametrize(("variables", "text"), [({}, "Set undo_run"), ({"undo_run": "no-such-run"}, "does not exist; there are first")])
def test_a_run_that_is_not_there_is_said_so(player: Player, variables: dict[str, Any], text: str) -> None:
    box = company(player)
    first_run(player, box)
    played = player.play(box, {**POLICY, **variables}, playbook="undo")
    assert text in played.failure
    assert written(box) == {}


def test_creations_are_deactivated_if_asked_for(player: Player) -> None:
    box = company(player)
    first_run(player, box)
    assert undo(player, box, undo_creations=True).status == 0
    assert box.zoom.find("new.face@example.com").status == "inactive"


def test_what_the_run_did_to_the_scope_group_is_taken_back_too(player: Player) -> None:
    people = [person("ada.byron"), person("bob.stone")]
    box = player.start(seed(people, {"zoom-users": ["bob.stone"]}, []), rate_limits=False)
    scope = {"scope_group": SCOPE, "scope_group_members": ["ada.byron@example.com"], "scope_group_exclusive": True}
    first = player.play(box, {**scope, "scope_group_settings": {"whoCanJoin": "INVITED_CAN_JOIN"}, "provisioning_run_id": "first"})
    assert first.status == 0, first.output
    check, done = (player.play(box, {**scope, "undo_run": "first"}, *options, playbook="undo") for options in (["--check"], []))
    assert (check.status, done.status) == (0, 0), done.output
    told = [(row["action"], row["email"]) for row in done.results("google_undo")[0]["changes"]]
    assert told == [("settings", SCOPE), ("add", "bob.stone@example.com"), ("remove", "ada.byron@example.com")]
    assert [row["action"] for row in check.results("google_undo")[0]["changes"]] == ["settings", "add", "remove"]
    assert box.google.settings_of(SCOPE)["whoCanJoin"] == "CAN_REQUEST_TO_JOIN"
    (summary,) = [task["result"]["ansible_facts"]["provisioning_summary"] for task in done.tasks if task["task"] == "Gather the results"]
    google = {"add": 1, "remove": 1, "settings": 1, "failed": 0, "withheld": 0, "attention": 0}
    assert summary == {**done.results("zoom_undo")[0]["summary"], "google_groups": google}
