# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reviewer reads a plan, the world goes on, and the playbooks make what was read: site.yml, offboard.yml and undo.yml."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from playing import SCOPE, Played, Player, account, person, seed, written
from sandbox import Sandbox

POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "scope_exclude_groups": ["hold@example.com"],
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE], "exclusive": True}],
}
STAY, LEAVE = ["ada.byron", "bea.lane", "cleo.park"], ["dora.king", "eve.moss", "fay.wood", "gil.hart", "hal.reed"]
KIM = "kim.new@example.com"


def plan_of(player: Player) -> Path:
    return player.folder / "state" / "changes" / "plan.json"


def reasons(played: Played) -> Counter[str]:
    return Counter(row["reason"] for task in played.tasks for row in task["result"].get("withheld") or [])


def company(player: Player) -> Sandbox:
    """Five people have left the scope, more than the limit lets go."""
    rows = [account(name) for name in (*STAY, *LEAVE)]
    box = player.start(seed([person(name) for name in (*STAY, *LEAVE, "kim.new")], {"zoom-users": STAY, "hold": []}, rows))
    box.google.set_name("ada.byron@example.com", "Augusta", "Byron")
    return box


def state_of(box: Sandbox, name: str) -> str:
    return str(box.zoom.find(f"{name}@example.com").status)


def test_what_was_read_is_made_and_what_came_meanwhile_is_named(player: Player) -> None:
    box = company(player)
    read = player.play(box, {**POLICY, "provisioning_allow_losses": True}, "--check", "--diff")
    assert (read.status, written(box)) == (0, {}), read.output
    document = json.loads(plan_of(player).read_text())
    assert document["summary"]["losses"] == 5
    approved = {**POLICY, "provisioning_approved": str(plan_of(player)), "provisioning_approved_seal": document["seal"]}

    # a newcomer, a leaver more, one who is back, and one whose name was corrected otherwise
    box.google.add_member(SCOPE, KIM)
    box.google.remove_member(SCOPE, "bea.lane@example.com")
    box.google.add_member(SCOPE, "hal.reed@example.com")
    box.google.set_name("ada.byron@example.com", "Adelaide", "Byron")
    made = player.play(box, approved)
    assert made.status != 0
    assert [state_of(box, name) for name in LEAVE] == ["inactive"] * 4 + ["active"]
    assert (state_of(box, "bea.lane"), box.zoom.find("ada.byron@example.com").first_name) == ("active", "Ada")
    assert KIM not in {user["email"] for user in box.zoom.state()["users"]}
    assert set(reasons(made)) == {"not_in_plan"}
    assert "not in the approved plan, there with another effect, or in need of one that is not" in made.failure
    assert any("hal.reed@example.com" in said and "because no longer needed" in said for said in made.attention())

    box.ledger.clear()
    gains = player.play(box, {**approved, "provisioning_approved_gains": "any"})
    assert gains.status != 0, "one removal still waits for an approval"
    assert (state_of(box, "bea.lane"), state_of(box, "kim.new")) == ("active", "active")
    assert box.zoom.find("ada.byron@example.com").first_name == "Adelaide"
    assert set(written(box)) == {"create", "update", "add"}


def test_a_plan_that_was_changed_by_hand_ends_the_run_before_it_reads_anything(player: Player) -> None:
    box = company(player)
    assert player.play(box, {**POLICY, "provisioning_allow_losses": True}, "--check").status == 0
    document = json.loads(plan_of(player).read_text())
    document["tenants"][0]["changes"][0]["email"] = "ada.byron@example.com"
    plan_of(player).write_text(json.dumps(document))
    box.ledger.clear()
    refused = player.play(box, {**POLICY, "provisioning_approved": str(plan_of(player))})
    assert refused.failure.endswith("as its seal does not fit; run the plan again, and have that one approved. Nothing was changed.")
    assert box.ledger.entries == []


def test_an_offboarding_and_its_undo_are_made_as_they_were_approved(player: Player) -> None:
    box = company(player)
    who = {**POLICY, "offboard_users": ["bea.lane@example.com"], "offboard_hold_group": "hold@example.com"}
    assert player.play(box, who, "--check", playbook="offboard").status == 0
    approved = {"provisioning_approved": str(plan_of(player)), "provisioning_run_id": "first"}
    both = {**who, "offboard_users": ["bea.lane@example.com", "cleo.park@example.com"]}
    box.ledger.clear()
    made = player.play(box, {**both, **approved}, playbook="offboard")
    assert (made.status != 0, written(box)) == (True, {"revoke": 1, "status": 1, "google_add": 1}), made.output
    assert (state_of(box, "bea.lane"), state_of(box, "cleo.park")) == ("inactive", "active")

    undo = {**POLICY, "undo_run": "first"}
    assert player.play(box, undo, "--check", playbook="undo").status == 0
    box.google.remove_member("hold@example.com", "bea.lane@example.com")
    box.google.add_member("hold@example.com", "cleo.park@example.com")
    box.ledger.clear()
    taken_back = player.play(box, {**undo, "provisioning_approved": str(plan_of(player))}, playbook="undo")
    assert (taken_back.status, written(box), state_of(box, "bea.lane")) == (0, {"status": 1}, "active"), taken_back.output
    assert any("bea.lane@example.com" in said and "no longer needed" in said for said in taken_back.attention())


def test_a_plan_may_be_named_from_where_ansible_was_started_for_members_of_the_scope_group_too(player: Player) -> None:
    box = company(player)
    group = {"scope_group": SCOPE, "scope_group_members": [{"email": KIM}]}
    policy = {**{name: value for name, value in POLICY.items() if name != "scope_groups"}, **group}
    read = player.play(box, {**policy, "provisioning_allow_losses": True}, "--check")
    assert (read.status, written(box)) == (0, {}), read.output
    made = player.play(box, {**policy, "provisioning_approved": str(plan_of(player).relative_to(player.folder))})
    assert (made.status, KIM in box.google.members_of(SCOPE), state_of(box, "kim.new")) == (0, True, "active"), made.output
