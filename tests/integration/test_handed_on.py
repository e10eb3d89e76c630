# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs hand on and gates read, in each Ansible: before 2.19 a template gives texts where it should give numbers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
STRANGE = "a{{ 1 }}@example.com"  # a name is never a template
CHANGE = {"email": STRANGE, "action": "deactivate", "reason": "out_of_scope", "changed": True, "loss": True, "before": {}, "after": {}}
RESULT = {"changes": [CHANGE], "changes_total": 1, "losses": 4, "summary": {"failed": 0, "withheld": 0}}
HOSTS = ("east", "we-st")


def play(folder: Path, playbook: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", ",".join([*HOSTS, ""]), str(playbook), *options]
    environment = {**os.environ, "ANSIBLE_SHOW_CUSTOM_STATS": "1", "ANSIBLE_NOCOLOR": "1", "ANSIBLE_HOME": str(folder / "home")}
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def handed_on(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Of all hosts together."""
    _head, _line, text = done.stdout.partition("RUN: ")
    found: dict[str, Any] = json.loads(text.strip())
    return found


def test_numbers_of_two_tenants_stay_numbers_and_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "vars.json").write_text(json.dumps({"result": RESULT}).replace("{{ 1 }}", "{{ '{{' }} 1 }}"))
    tasks = [{"ansible.builtin.import_tasks": str(PLAYBOOKS / "tasks" / f"{name}.yml")} for name in ("plan", "report", "stats")]
    known = {
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "provisioning_run": {"plan_dir": str(tmp_path / "{{ inventory_hostname }}")},
        "_plan_results": [{"module": "zoom_scim_users", "result": "{{ result }}"}],
        **{"_report_results": [], "_report_attention": [], "_report_summary": {}},
    }
    book = [{"hosts": "all", "gather_facts": False, "connection": "local", "vars": known, "vars_files": ["vars.json"], "tasks": tasks}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(book))
    planned = play(tmp_path, tmp_path / "play.yml", "--check", "-e", "awx_job_id=1")  # which AWX gives to each job
    assert planned.returncode == 0, planned.stdout + planned.stderr
    assert f"{STRANGE}: deactivate account, out of scope" in planned.stdout
    reports = handed_on(planned)
    assert [report["counts"]["losses"] for report in reports.values()] == [4, 4]

    gains = {name.replace("_plan", "_gains"): {**report, "stage": "gains"} for name, report in reports.items()}
    (tmp_path / "reports.yml").write_text(json.dumps({**reports, **gains}).replace(STRANGE, "b@example.com"))
    decided = play(tmp_path, PLAYBOOKS / "awx_gate.yml", "-e", "@reports.yml", "-e", "awx_gate=removals")
    assert decided.returncode == 0, decided.stdout + decided.stderr
    request = handed_on(decided)["provisioning_request"]
    assert request.startswith("east, we-st: 8 removals wait for an approval.\n- east b@example.com: deactivate, out of scope\n- we-st ")
