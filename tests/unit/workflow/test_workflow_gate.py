# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The decisions of a workflow: what was not reported is never taken for nothing."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._gate import GATES, Decision, decide
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._report import name_of

NONE = dict.fromkeys(("losses", "failed", "withheld", "left", "limited", "unconfirmed", "above_limits", "above_gains"), 0)


def report(tenant: str, stage: str, **counts: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "tenant": tenant,
        "stage": stage,
        "account": f"hash of {tenant}",
        "counts": {**NONE, **counts},
        "above_limits": [],
    }
    rows = [
        {"who": f"p{number}@{tenant}", "action": "deactivate", "why": "out_of_scope"} for number in range(min(counts.get("losses", 0), 40))
    ]
    document = {"path": f"/state/{tenant}/plan.json", "seal": "s", "gains": "any", "document": f"/state/{tenant}/plan.md"}
    return {**found, "removals": rows, "left_out": 0, **({"plan": document} if stage == "plan" else {})}


def reports(plans: dict[str, dict[str, int]], gains: dict[str, dict[str, int]] | None = None) -> dict[str, Any]:
    rows = [report(tenant, "plan", **counts) for tenant, counts in plans.items()]
    rows += [report(tenant, "gains", **(gains or {}).get(tenant, {})) for tenant in plans]
    return {name_of(row["tenant"], row["stage"]): row for row in rows}


def passed(given: dict[str, Any], *tenants: str) -> list[str]:
    return [gate for gate in GATES if decide(gate, tenants, given).passed]


def test_without_a_removal_and_a_failure_nobody_is_asked() -> None:
    assert passed(reports({"east": {}, "west": {}}), "east", "west") == ["losses", "verdict"]


def test_one_removal_of_one_tenant_of_many_asks() -> None:
    names = [f"t{number}" for number in range(10)]
    given = reports({name: {"losses": 1} if name == "t7" else {} for name in names})
    assert passed(given, *names) == ["removals", "verdict"]
    found = decide("removals", names, given)
    assert found.request.splitlines() == [
        "t7: 1 removal waits for an approval.",
        "- p0@t7: deactivate, out of scope",
        "The whole plan: t7 /state/t7/plan.md.",
    ]
    assert decide("losses", names, given).message == found.message == "t7: 1 removal waits for an approval."


def test_removals_of_all_tenants_are_added_up() -> None:
    found = decide("removals", ["a", "b"], reports({"a": {"losses": 4}, "b": {"losses": 30}}))
    lines = found.request.splitlines()
    assert lines[:2] == ["a, b: 34 removals wait for an approval.", "- a p0@a: deactivate, out of scope"]
    assert "- and 14 more" in lines and max(map(len, lines)) < 200


@pytest.mark.parametrize("stage", ["plan", "gains"])
@pytest.mark.parametrize("gate", GATES)
def test_a_tenant_that_did_not_report_passes_no_gate(gate: str, stage: str) -> None:
    given = reports({"east": {"losses": 1, "above_limits": 1}, "west": {}})
    del given[name_of("west", stage)]
    found = decide(gate, ["east", "west"], given)
    assert not found.passed
    assert found.message.startswith(f"west ({stage}) did not report in this workflow")


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(
    "broken",
    [
        report("east", "plan"),
        report("west", "gains"),
        {**report("west", "plan"), "counts": {**NONE, "losses": "4"}},
        {**report("west", "plan"), "counts": {**NONE, "failed": True}},
        {**report("west", "plan"), "counts": {"losses": 0}},
        {**report("west", "plan"), "counts": None},
        "44",
    ],
)
def test_what_no_run_hands_on_is_no_report(gate: str, broken: Any) -> None:
    given = {**reports({"east": {}, "west": {}}), name_of("west", "plan"): broken}
    assert not decide(gate, ["east", "west"], given).passed


@pytest.mark.parametrize("gate", GATES)
def test_without_a_tenant_nothing_is_decided(gate: str) -> None:
    assert decide(gate, [], reports({"east": {}})) == Decision(
        False, "The inventory holds no tenant for this workflow; name its hosts in provisioning_hosts.", ""
    )


@pytest.mark.parametrize("gate", GATES)
def test_two_tenants_of_one_zoom_account_pass_no_gate(gate: str) -> None:
    given = reports({"a": {}, "b": {"losses": 1}, "c": {}})
    given[name_of("c", "plan")]["account"] = "hash of a"
    assert decide(gate, "abc", given).message.startswith("a and c are one Zoom account")
    for tenant in "ac":
        given[name_of(tenant, "plan")]["account"] = ""
    assert decide("removals", "abc", given).passed


def test_limits_are_announced_and_an_unconfirmed_removal_is_not_one() -> None:
    above = reports({"east": {"losses": 5, "above_limits": 1}})
    above[name_of("east", "plan")]["above_limits"] = ["5 accounts would be deactivated, more than the limit of 3."] * 7
    assert passed(above, "east") == ["fuses", "removals", "verdict"]
    found = decide("fuses", ["east"], above)
    lines = found.request.splitlines()
    assert lines[-3:-1] == ["east: 5 accounts would be deactivated, more than the limit of 3.", "2 more limits are exceeded."]
    unconfirmed = reports({"east": {"losses": 1, "withheld": 1, "unconfirmed": 1}})
    assert passed(unconfirmed, "east") == ["removals"]
    assert decide("fuses", ["east"], unconfirmed).message == "No limit is exceeded."
    assert "1 more was not confirmed by a second read, and will not be made." in decide("removals", ["east"], unconfirmed).request
    alone = reports({"east": {"withheld": 1, "unconfirmed": 1}})
    assert passed(alone, "east") == []
    assert "(1 was not confirmed by a second read)" in decide("losses", ["east"], alone).message


def test_a_failure_ends_the_workflow_as_failed_but_keeps_nobody_from_approving_the_rest() -> None:
    assert passed(reports({"east": {"failed": 1}, "west": {}}), "east", "west") == []
    found = decide("removals", ["east", "west"], reports({"east": {"failed": 1}, "west": {}}))
    assert found.message.startswith("east: 1 change failed or is blocked for reasons that no approval can mend; read")
    rest = reports({"east": {"failed": 1}, "west": {"losses": 2}})
    assert passed(rest, "east", "west") == ["removals"]
    assert "1 change failed or is blocked for other reasons" in decide("removals", ["east", "west"], rest).request
    assert passed(reports({"east": {}}, {"east": {"failed": 1}}), "east") == [], "the gains' job failed"


def test_gains_above_a_limit_wait_for_the_approval() -> None:
    given = reports({"east": {"above_limits": 1, "above_gains": 1}}, {"east": {"withheld": 27, "limited": 27}})
    assert passed(given, "east") == ["fuses", "removals", "verdict"]
    assert decide("fuses", ["east"], given).request.splitlines()[0] == "east: updates or new accounts above a limit wait for an approval."
    not_planned = reports({"east": {}}, {"east": {"withheld": 27, "limited": 27}})
    assert passed(not_planned, "east") == [], "nobody can approve what no plan lists"
    without = reports({"east": {"losses": 1}})
    without[name_of("east", "plan")].pop("plan")
    assert "The whole plan" not in decide("removals", ["east"], without).request


def test_the_decision_is_that_of_no_single_order_of_reports() -> None:
    given = reports({"a": {"losses": 1}, "b": {}})
    backwards = dict(reversed(given.items()))
    assert [decide(gate, "ab", given) for gate in GATES] == [decide(gate, "ba", backwards) for gate in GATES]
