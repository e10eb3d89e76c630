# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow that the role built, job by job on AWX's own path: what was approved is what is made."""

from __future__ import annotations

from company import TENANTS, Company
from controller import Controller
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox


def leavers(player: Player, number: int) -> Sandbox:
    """Of nine accounts, as many are out of scope."""
    names = [f"p{index}.person" for index in range(9)]
    return player.start(seed([person(name) for name in names], {"zoom-users": names[number:]}, [account(name) for name in names]))


def inactive(box: Sandbox) -> set[str]:
    return {name for name in (f"p{index}" for index in range(9)) if box.zoom.find(f"{name}.person@example.com").status == "inactive"}


def test_what_was_approved_is_what_is_made(apart: Controller, player: Player) -> None:
    """Also if somebody else leaves, somebody is hired, and somebody launches a plan by hand while the approval waits."""
    box = leavers(player, 1)
    found = Company(apart, dict.fromkeys(TENANTS, box), dict.fromkeys(TENANTS, "oauth"), player.folder, {"attribute_mapping_prune": True})

    def meanwhile() -> None:
        box.google.remove_member(SCOPE, "p7.person@example.com")
        box.google.add_user(**person("ada.byron"))
        box.google.add_member(SCOPE, "ada.byron@example.com")
        by_hand = found.play("Zoom plan (east)")
        assert by_hand.artifacts["provisioning_losses"] == 2, by_hand.stdout[-3000:]

    jobs = found.go_through("east", meanwhile)
    assert list(jobs) == ["plan", "losses", "apply"]
    assert "The plan takes 1 accounts, sign-in addresses, licences or memberships away; somebody must approve it." in jobs["losses"].stdout
    applied = jobs["apply"]
    assert inactive(box) == {"p0"}, applied.stdout[-6000:]
    assert box.zoom.find("ada.byron@example.com").status == "active", "gains need no approval"
    assert applied.status == "failed"
    assert "1 changes (p7.person@example.com) are not in the approved plan" in applied.stdout


def test_what_a_limit_has_blocked_is_listed_and_approved_by_name(apart: Controller, player: Player) -> None:
    box = leavers(player, 5)
    found = Company(apart, dict.fromkeys(TENANTS, box), dict.fromkeys(TENANTS, "oauth"), player.folder, {"attribute_mapping_prune": True})
    jobs = found.go_through("east", lambda: box.google.remove_member(SCOPE, "p8.person@example.com"))
    assert [(name, job.status) for name, job in jobs.items()] == [
        ("plan", "failed"),
        ("fuses", "successful"),
        ("beyond", "successful"),
        ("apply", "failed"),
    ]
    assert jobs["plan"].artifacts["provisioning_withheld"] == 5
    assert (jobs["beyond"].artifacts["provisioning_losses"], jobs["beyond"].artifacts["provisioning_withheld"]) == (5, 0)
    assert jobs["beyond"].artifacts["provisioning_plans"]["east"]["gains"] == "listed"
    assert inactive(box) == {"p0", "p1", "p2", "p3", "p4"}
    assert "1 changes (p8.person@example.com) are not in the approved plan" in jobs["apply"].stdout
    # another plan in its place: the folder's, and the seal of the one that was approved
    plans = jobs["beyond"].artifacts["provisioning_plans"]
    other = found.play("Zoom apply (east)", {"provisioning_plans": {"east": {**plans["east"], "seal": "f" * 64}}})
    assert (other.status, inactive(box)) == ("failed", {"p0", "p1", "p2", "p3", "p4"})
    assert "is not the one that was approved" in other.stdout
