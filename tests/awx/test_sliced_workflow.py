# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs in slices, as AWX makes and merges them: no slice speaks for the tenants of another, in whatever order they end."""

from __future__ import annotations

from typing import Any

import pytest
from awx_job import Job
from company import TENANTS, Company, together
from controller import Controller
from controller_workflow import Ended, as_one, slices_of
from playing import Player
from test_workflow import inactive, leavers

MANY = [f"t{number}" for number in range(10)]
NONE = dict.fromkeys(("losses", "failed", "withheld", "left", "limited", "unconfirmed", "above_limits", "above_gains"), 0)


def report(tenant: str, stage: str, account: str = "", **counts: int) -> dict[str, Any]:
    """As a run hands it on."""
    plan = (
        {"plan": {"path": "/state/plan.json", "seal": "s", "document": f"/state/{tenant}/plan.md", "gains": "any"}}
        if stage == "plan"
        else {}
    )
    removals = [
        {"who": f"p{number}@example.com", "action": "deactivate", "why": "out_of_scope"} for number in range(counts.get("losses", 0))
    ]
    rest = {"above_limits": [], "removals": removals, "left_out": 0, **plan}
    return {"tenant": tenant, "stage": stage, "account": account or tenant, "counts": {**NONE, **counts}, **rest}


def reports(*removing: str, without: tuple[str, str] = ("", "")) -> dict[str, Any]:
    """Of ten tenants, in which some remove something."""
    rows = [
        (tenant, stage, {"losses": 2} if stage == "plan" and tenant in removing else {}) for tenant in MANY for stage in ("plan", "gains")
    ]
    return {
        f"provisioning_tenant_{name}_{stage}": report(name, stage, **counts) for name, stage, counts in rows if (name, stage) != without
    }


@pytest.fixture
def shared(built: Controller) -> Controller:
    """One set of templates for all tenants."""
    if not together(built):
        pytest.skip("nothing to slice")
    return built


def test_slices_get_the_hosts_that_awx_gives_them() -> None:
    assert slices_of(["d", "a", "c", "b", "e"], 2) == [["a", "c", "e"], ["b", "d"]]
    assert slices_of(["b", "a"], 5) == [["a"], ["b"]]


def test_of_one_name_the_slice_that_ends_last_has_the_last_word_and_one_that_broke_has_none() -> None:
    first, last = ("successful", {"a": 4, "b": 1}), ("failed", {"a": 0})
    assert as_one([first, last]) == ("failed", {"a": 0, "b": 1})
    assert as_one([last, first]) == ("failed", {"a": 4, "b": 1})
    assert as_one([first, ("error", {"a": 0}), ("canceled", {"b": 0})]) == ("failed", {"a": 4, "b": 1})


def test_a_slice_that_removes_nothing_does_not_speak_for_the_other_in_either_order(shared: Controller, player: Player) -> None:
    """The slice that ended last said that nothing is removed, and six people lost their accounts without approval."""
    boxes = {
        "east": leavers(player, 6, account_id="eastAccount000000000000"),
        "west": leavers(player, 0, account_id="westAccount000000000000"),
    }
    found = Company(shared, boxes, dict.fromkeys(TENANTS, "oauth"), player.folder, {"attribute_mapping_prune": True})
    planned = [_ended(job) for job in found.sliced("Zoom plan beyond limits", {})]
    gained = [_ended(job) for job in found.sliced("Zoom gains", as_one(planned)[1])]
    for order in (1, -1):
        given = {"provisioning_hosts": "all", **as_one(planned[::order])[1], **as_one(gained[::order])[1]}
        passed = [gate for gate in ("losses", "fuses", "removals", "verdict") if found.gate(f"Zoom {gate}", given)[0] == "successful"]
        assert passed == ["fuses", "removals", "verdict"], found.said
        assert "east: 6 removals wait for an approval.\n- p0.person@example.com: deactivate, out of scope\n" in found.said[-2]
    # a slice that broke has reported nothing: nothing is decided for the other either
    broken = {"provisioning_hosts": "all", **as_one([planned[0], ("error", planned[1][1])])[1], **as_one(gained)[1]}
    for gate in ("losses", "fuses", "removals", "verdict"):
        assert found.gate(f"Zoom {gate}", broken)[0] == "failed"
        assert found.said[-1].startswith("west (plan) did not report in this workflow")
    applied = found.sliced("Zoom apply", given)
    assert [job.status for job in applied] == ["successful"] * 2, applied[0].stdout[-6000:]
    assert (len(inactive(boxes["east"])), inactive(boxes["west"])) == (6, set())


def _ended(job: Job) -> Ended:
    assert job.status == "successful", job.stdout[-6000:]
    return job.status, job.artifacts


def test_the_gates_of_ten_tenants_on_awxs_own_path(apart: Controller, player: Player) -> None:
    """Each decision is a job of its own; what it hands on is for messages."""
    found = Company(apart, {}, {}, player.folder)

    def gate(key: str, given: dict[str, Any]) -> Job:
        return found.play(f"Zoom {key}", {"provisioning_hosts": "all", **given}, hosts=MANY)

    asked = gate("removals", reports("t7"))
    assert (asked.status, asked.artifacts["awx_gate_asked"]) == ("successful", MANY), asked.stdout
    request = asked.artifacts["provisioning_request"]
    assert request.startswith("t7: 2 removals wait for an approval.\n- p0@example.com: deactivate, out of scope\n- p1@example.com: ")
    assert request.endswith("\nThe whole plan: t7 /state/t7/plan.md.")
    assert all(line in asked.stdout for line in request.splitlines())
    stopped = gate("losses", reports("t7"))
    assert (stopped.status, stopped.artifacts["provisioning_request"]) == ("failed", request), "a job that fails hands it on, too"
    dead = gate("verdict", reports(without=("t3", "gains")))
    assert (dead.status, "t3 (gains) did not report in this workflow" in dead.stdout) == ("failed", True)
    quiet = found.play("Zoom losses", {"provisioning_hosts": "t1", **reports("t7")}, hosts=MANY)
    assert quiet.status == "successful", "a workflow of one tenant decides on that one"
