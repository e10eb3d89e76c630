# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role awx with mistakes in its variables: each is reported in a sentence, before anything is built with it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from controller import ROOT, Served
from test_awx_role import run, with_credentials

JOB = {"awx_job_id": 1, "awx_project_revision": "abc", "awx_user_name": "ada"}  # AWX gives these to a job that runs the role


def _types(controller: Served) -> None:
    controller.controller.make("credential_types", name="Zoom", kind="cloud")
    controller.controller.make("credential_types", name="Google Workspace", kind="cloud")


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**JOB, "awx_approval_timout": 60}, "awx_approval_timout: no variable of the role awx has this name"),
        (
            {"awx_schedules": [{"template": "drift", "name": "daily", "rrule": "every morning"}]},
            "awx_schedules has an rrule that AWX refuses: every morning; write it as in DTSTART;TZID=",
        ),
    ],
)
def test_a_misspelt_variable_and_a_wrong_rrule_are_refused_before_anything_is_built(
    tmp_path: Path, controller: Served, given: dict[str, Any], words: str
) -> None:
    done = run(tmp_path, controller, given)
    assert done.returncode != 0 and words in _said(done), done.stdout
    assert controller.controller.writes == []


def test_what_awx_lacks_is_named_before_half_of_the_templates_are_built(tmp_path: Path, controller: Served) -> None:
    _types(controller)
    tenants = with_credentials(controller.controller, "east")
    tenants[0]["credentials"][0] = "Zoom of est"
    given = {"awx_teams": {"approve": ["Leads"]}, "awx_notify_fuses": ["Chat"], "awx_instance_groups": ["Berlin"], **JOB}
    done = run(tmp_path, controller, {**given, "awx_tenants": tenants})
    missing = "credential Zoom of est, instance group Berlin, notification template Chat, team Leads"
    assert done.returncode != 0 and f"AWX has no {missing}. Create it there" in _said(done), done.stdout
    built = controller.controller.objects
    assert not any(built[name] for name in ("labels", "inventories", "projects", "job_templates")), controller.controller.writes


def test_two_tenants_with_one_zoom_credential_are_refused_where_awx_shows_no_account(tmp_path: Path, controller: Served) -> None:
    _types(controller)
    tenants = with_credentials(controller.controller, "east", "west")
    controller.controller.named("credentials", "Zoom of west")["inputs"] = {"access_token": "$encrypted$"}
    tenants[0]["credentials"][0] = "Zoom of west"
    done = run(tmp_path, controller, {"awx_tenants": tenants})
    assert done.returncode != 0 and "west and east have credentials of one Zoom account (Zoom of west)" in _said(done), done.stdout
    assert not controller.controller.objects["hosts"]


def test_rrules_that_awx_takes_are_taken(tmp_path: Path) -> None:
    """Also with a time zone, and with a second rule."""
    zoned = "DTSTART;TZID=Europe/Berlin:20260101T060000 RRULE:FREQ=DAILY;INTERVAL=1"
    right = [zoned, "DTSTART:20260101T060000Z RRULE:INTERVAL=1;FREQ=WEEKLY", f"{zoned} RRULE:FREQ=DAILY;INTERVAL=2"]
    wrong = ["DTSTART:20260101T060000Z", "RRULE:FREQ=DAILY;INTERVAL=1", "DTSTART:20260101T060000Z RRULE:FREQ=DAILY"]
    rows = [{"template": "drift", "name": "daily", "rrule": rule} for rule in [*right, *wrong]]
    command = [str(Path(sys.executable).parent / "ansible"), "localhost", "-m", "debug", "-a", "var=awx_unusable_rrules"]
    given = ["-e", f"@{ROOT / 'roles/awx/vars/main/given.yml'}", "-e", json.dumps({"awx_schedules": rows})]
    environment = {**os.environ, "ANSIBLE_NOCOLOR": "1"}
    done = subprocess.run([*command, *given], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert json.loads(done.stdout.partition("=>")[2])["awx_unusable_rrules"] == wrong, done.stdout + done.stderr


def test_no_option_of_the_role_has_the_name_of_a_variable_that_awx_gives_to_its_jobs() -> None:
    """The branch of the project that runs the role would take the place of the one that the role is to set."""
    options = yaml.safe_load((ROOT / "roles/awx/meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    of_a_job = re.compile(yaml.safe_load((ROOT / "roles/awx/vars/main/given.yml").read_text())["awx_of_a_job"])
    assert [name for name in options if of_a_job.match(name)] == []
    assert all(of_a_job.match(name) for name in (*JOB, "awx_project_scm_branch", "awx_workflow_job_name"))
