# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run reports to the jobs after it in a workflow."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import GAINS
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow import _report
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._gate import decide
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._report import (
    ASKED,
    name_of,
    plan_of,
    removals_of,
    report_of,
)

WRITTEN = {"path": "/state/east/plan.json", "seal": "abc", "document": "/state/east/plan.md"}


def change(email: str, action: str = "deactivate", **more: Any) -> dict[str, Any]:
    row = {"email": email, "action": action, "reason": "out_of_scope", "changed": True, "before": {}, "after": {}, **more}
    return {**row, "loss": True} if action in ("deactivate", "remove", "rename") else row


def entry(*results: dict[str, Any], account: str = "secretAccount") -> dict[str, Any]:
    """The plan document's entry of one tenant."""
    tenant = Tenant("east", account)
    for result in results:
        take(tenant, "zoom_scim_users" if "group" not in str(result) else "zoom_groups", result)
    found: dict[str, Any] = build([tenant], check_mode=True, time="2026-11-27T12:00:00+00:00")["tenants"][0]
    return found


def test_each_tenant_and_stage_has_a_name_of_its_own_that_ansible_takes() -> None:
    tenants = ("east", "East", "ea-st", "ea.st", "ea_st", "east_plan", "öst", "")
    names = [name_of(tenant, stage) for tenant in tenants for stage in _report.STAGES]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name.isascii() and name.startswith("provisioning_tenant_") for name in names)
    assert name_of("east", "plan") == "provisioning_tenant_east_plan"


def test_a_removal_says_who_what_and_why_in_one_short_sentence() -> None:
    leaves = change("", "remove", emails=["bob@example.com", "eve@example.com"], ids=["1", "2"], group="All " * 200)
    found = removals_of(entry({"changes": [change("ada@example.com"), change("new@example.com", "create"), leaves]}))
    assert [(row["who"], row["action"], row["why"]) for row in found] == [
        ("ada@example.com", "deactivate", "out_of_scope"),
        ("bob@example.com", "remove", "out_of_scope"),
        ("eve@example.com", "remove", "out_of_scope"),
    ]
    assert found[0]["message"] == "ada@example.com: deactivate account, out of scope"
    assert "bob@example.com: remove from Zoom groups (All All" in found[1]["message"]
    assert max(len(str(row)) for row in found) < 1024


def test_a_removal_of_somebody_excluded_says_by_what() -> None:
    (found,) = removals_of(entry({"changes": [change("ada@example.com", reason="excluded", excluded="contractors@example.com")]}))
    assert (found["why"], found["excluded"]) == ("excluded", "contractors@example.com")
    assert found["message"] == "ada@example.com: deactivate account, excluded by the group contractors@example.com"


def test_a_removal_that_was_not_made_is_not_reported_as_one() -> None:
    assert removals_of(entry({"changes": [change("ada@example.com", changed=False)]})) == []


def test_counts_are_complete_though_lists_are_not() -> None:
    result = {"changes": [change("ada@example.com")], "losses": 900, "summary": {"failed": 7, "withheld": 5, "left": 3}}
    report = report_of(entry(result), [result, {"skipped": True}, {}], "plan", WRITTEN)
    assert report["counts"] == {
        "losses": 900, "failed": 7, "withheld": 5, "left": 3, "limited": 0, "unconfirmed": 0, "above_limits": 0, "above_gains": 0,
    }  # fmt: skip
    assert (len(report["removals"]), report["left_out"]) == (1, 880)
    assert (report["tenant"], report["stage"], report["plan"]) == ("east", "plan", {**WRITTEN, "gains": "any"})


def test_the_account_is_reported_as_a_hash_and_nothing_where_it_is_not_known() -> None:
    assert "secretAccount" not in str(report_of(entry(), [], "plan"))
    assert len(report_of(entry(), [], "plan")["account"]) == 16
    assert report_of(entry(account=""), [], "plan")["account"] == ""


def test_what_is_blocked_is_told_apart() -> None:
    rows = [
        {"email": "a@example.com", "message": "", "reason": reason}
        for reason in ("limit_deactivation", "max_removals", "unconfirmed", "no_removals")
    ]
    counts = report_of(entry({"withheld": rows}), [{"summary": {"withheld": 4}}], "apply")["counts"]
    assert (counts["withheld"], counts["limited"], counts["unconfirmed"]) == (4, 2, 1)


@pytest.mark.parametrize(("reason", "gains"), [("limit_creation", "listed"), ("limit_update", "listed"), ("limit_deactivation", "any")])
def test_other_gains_are_made_too_unless_a_limit_on_gains_was_exceeded(reason: str, gains: str) -> None:
    result = {"above_limits": [{"reason": reason, "message": "27 accounts ..."}]}
    report = report_of(entry(result), [result], "plan", WRITTEN)
    assert (report["plan"]["gains"], report["above_limits"], report["counts"]["above_limits"]) == (gains, ["27 accounts ..."], 1)
    assert report["counts"]["above_gains"] == int(gains == "listed")


def test_limits_on_gains_are_known_by_their_reasons() -> None:
    assert {f"limit_{name}" for name in GAINS} == _report.ON_GAINS


def test_a_workflow_holds_a_host_to_its_own_plan_and_one_without_to_a_plan_that_does_not_exist() -> None:
    report = report_of(entry(), [], "plan", WRITTEN)
    known = {name_of("east", "plan"): report, "other": 1}
    assert plan_of("east", known) == {"path": WRITTEN["path"], "seal": "abc", "gains": "any"}
    assert plan_of("west", known) == {"path": "of west", "seal": "", "gains": "listed"}
    assert plan_of("east", {"other": 1}) == {"path": "", "seal": "", "gains": "listed"}
    for broken in ({**report, "tenant": "west"}, {**report, "plan": None}, {**report, "plan": {"path": "x", "seal": ""}}, "text", None):
        assert plan_of("east", {name_of("east", "plan"): broken})["path"] == "of east"
    assert plan_of("east", {name_of("east", "gains"): report})["path"] == "of east", "another stage"
    assert plan_of("east", {name_of("east", "plan"): {**report, "plan": {**WRITTEN, "gains": "all"}}})["gains"] == "listed"


def test_a_host_that_the_decision_was_not_about_is_held_to_a_plan_that_does_not_exist() -> None:
    """Disabled when the decision was made and enabled again before the approval: nobody was shown what it loses."""
    given = {name_of(name, "plan"): {**report_of(entry(), [], "plan", WRITTEN), "tenant": name} for name in ("east", "west")}
    decided = {**given, ASKED: list(decide("removals", ["west"], given).asked)}
    assert plan_of("east", decided)["path"] == "of east"
    assert plan_of("west", decided)["path"] == WRITTEN["path"]
