# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gates count: the numbers of all phases, complete where lists are bounded, the scope group's as the others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._report import report_of
from jinja2.nativetypes import NativeEnvironment
from playing import ROOT

PHASES = ("scope_group_result", "scope_group_members_result", "attribute_mapping_result", "license_defaults_result", "group_mapping_result")
ROW = {"email": "ada@example.com", "reason": "refused", "message": "Refused."}
# a thousand of two thousand rows, as a result may hold
RESULT = {"losses": 2000, "changes_total": 3000, "removed": ["ada@example.com"], "failed_items": [ROW] * 1000, "withheld": [ROW] * 1000}
RESULT["summary"] = {"failed": 4000, "withheld": 5000}


def phases_of(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As playbooks list them for what counts."""
    listed = yaml.safe_load((ROOT / "playbooks" / "vars" / "results.yml").read_text(encoding="utf-8"))["_phase_results"]
    return [{**row, "result": NativeEnvironment().from_string(row["result"]).render(results)} for row in listed]


def drift(results: Mapping[str, Any]) -> dict[str, Any]:
    """What the first task of drift.yml sets."""
    task = yaml.safe_load((ROOT / "playbooks" / "tasks" / "drift.yml").read_text(encoding="utf-8"))[0]
    environment = NativeEnvironment()
    entry, report = planned(results)
    known: dict[str, Any] = {"provisioning_problems": [], "provisioning_plan_written": {"summary": entry["summary"], "report": report}}
    (found,) = task["ansible.builtin.set_fact"].values()
    return {name: environment.from_string(text).render(known) for name, text in found.items()}


def planned(results: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What plan_document makes of the results: the tenant's entry, and what the next jobs get."""
    tenant, phases = Tenant("east"), phases_of(results)
    for row in phases:
        take(tenant, row["module"], row["result"])
    entry = build([tenant], check_mode=True, time="2026-11-27T12:00:00+00:00")["tenants"][0]
    return entry, report_of(entry, [row["result"] for row in phases], "plan")


def handed_on(results: Mapping[str, Any]) -> dict[str, int]:
    """What the next jobs of a workflow get."""
    counts: dict[str, int] = planned(results)[1]["counts"]
    return counts


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_is_counted_whole(phase: str) -> None:
    counts = handed_on({phase: RESULT})
    assert (counts["losses"], counts["withheld"], counts["failed"]) == (2000, 5000, 4000)
    assert drift({phase: RESULT}) == {"changes": 3000, "losses": 2000, "problems": 0}


@pytest.mark.parametrize("count", [handed_on, drift])
def test_phases_that_did_not_run_count_nothing(count: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    assert set(count({phase: {"skipped": True, "changed": False} for phase in PHASES}).values()) == {0}
