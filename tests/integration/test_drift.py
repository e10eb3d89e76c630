# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody changed by hand is found, told as drift with its reason, and put right."""

from __future__ import annotations

from typing import Any

from playing import SCOPE, Player, account, person, seed

NAMES = ["ada.byron", "bob.stone", "cleo.park"]
POLICY: dict[str, Any] = {
    "scope_group": SCOPE,
    "scope_group_members": [f"{name}@example.com" for name in NAMES],
    "scope_group_exclusive": True,
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE], "exclusive": True}],
}


def reasons(played: Any) -> dict[tuple[str, str], str]:
    return {(row["action"], row.get("group") or row["email"]): row["reason"] for row in played.changes() if "reason" in row}


def test_changes_made_in_zoom_by_hand_are_reported_as_drift_also_after_check_mode_and_corrected(player: Player) -> None:
    box = player.start(seed([*map(person, NAMES), person("dan.fox")], {"zoom-users": NAMES}, [account(name) for name in NAMES]))
    assert player.play(box, POLICY).status == 0
    assert player.play(box, POLICY, "--check").changed == 0
    box.zoom.change(box.zoom.user("ada.byron@example.com"), first_name="Adah")
    box.zoom.set_license("ada.byron@example.com", "licensed")
    box.zoom.set_status("bob.stone@example.com", "inactive")
    box.zoom.remove_member("Staff", "ada.byron@example.com")
    box.zoom.delete_user("cleo.park@example.com")
    check, _real = player.converge(box, POLICY)
    told = reasons(check)
    assert told["update", "ada.byron@example.com"].startswith("drift: first_name changed in Zoom since the last run")
    assert told["downgrade", "ada.byron@example.com"].startswith("drift: license changed in Zoom since the last run")
    assert told["reactivate", "bob.stone@example.com"].startswith("drift: status changed")
    assert told["create", "cleo.park@example.com"].startswith("drift: ")
    assert told["add", "Staff"].startswith("drift: ada.byron@example.com")


def test_a_change_in_google_is_no_drift(player: Player) -> None:
    box = player.start(seed([*map(person, NAMES)], {"zoom-users": NAMES}, [account(name) for name in NAMES]))
    assert player.play(box, POLICY).status == 0
    box.google.set_name("ada.byron@example.com", "Ada", "Lovelace")
    check, _real = player.converge(box, POLICY)
    assert reasons(check)["update", "ada.byron@example.com"].startswith("changed: ")


def test_changes_made_in_the_scope_group_by_hand_are_reported_as_drift_and_corrected(player: Player) -> None:
    box = player.start(seed([*map(person, NAMES), person("dan.fox")], {"zoom-users": NAMES}, [account(name) for name in NAMES]))
    assert player.play(box, POLICY).status == 0
    box.google.remove_member(SCOPE, "ada.byron@example.com")
    box.google.add_member(SCOPE, "dan.fox@example.com")
    check, _real = player.converge(box, POLICY)
    drift = [row for result in check.results("google_group_members") for row in result["drift"]]
    assert {(row["action"], row["email"]) for row in drift} == {("add", "ada.byron@example.com"), ("remove", "dan.fox@example.com")}
    assert all(row["reason"].startswith("drift: ") for row in drift)
    assert box.google.members_of(SCOPE) == sorted(POLICY["scope_group_members"])
