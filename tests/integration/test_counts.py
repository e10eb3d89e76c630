# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gates count: the numbers of all phases, complete where lists are bounded, the scope group's as the others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from jinja2.nativetypes import NativeEnvironment
from playing import ROOT

PHASES = ("scope_group_result", "scope_group_members_result", "attribute_mapping_result", "license_defaults_result", "group_mapping_result")
# a thousand of two thousand rows, as a result may hold
RESULT = {"losses": 2000, "changes_total": 3000, "removed": ["ada@example.com"], "failed_items": [{}] * 1000, "withheld": [{}] * 1000}
RESULT["summary"] = {"failed": 4000, "withheld": 5000}


def counted(playbook_task: str, results: Mapping[str, Any]) -> dict[str, Any]:
    """What the first task of the file sets."""
    task = yaml.safe_load((ROOT / "playbooks" / "tasks" / f"{playbook_task}.yml").read_text(encoding="utf-8"))[0]
    listed = yaml.safe_load((ROOT / "playbooks" / "vars" / "results.yml").read_text(encoding="utf-8"))["_phase_results"]
    environment = NativeEnvironment()
    phases = [{**row, "result": environment.from_string(row["result"]).render(results)} for row in listed]
    known: dict[str, Any] = {"provisioning_problems": [], "_phase_results": phases}
    for name, text in task["vars"].items():
        value = environment.from_string(text).render(known)
        known[name] = list(value) if isinstance(value, Iterator) else value  # as Ansible keeps it
    module = next(value for name, value in task.items() if name.startswith("ansible.builtin."))
    found: dict[str, Any] = next(iter(module.values()))
    return {name: environment.from_string(text).render(known) for name, text in found.items()}


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_is_counted_whole(phase: str) -> None:
    assert counted("stats", {phase: RESULT}) == {
        "provisioning_losses": 2000, "provisioning_withheld": 5000, "provisioning_failed": 4000,
    }  # fmt: skip
    assert counted("drift", {phase: RESULT}) == {"changes": 3000, "losses": 2000, "problems": 0}


@pytest.mark.parametrize("file", ["stats", "drift"])
def test_phases_that_did_not_run_count_nothing(file: str) -> None:
    assert set(counted(file, {phase: {"skipped": True, "changed": False} for phase in PHASES}).values()) == {0}
