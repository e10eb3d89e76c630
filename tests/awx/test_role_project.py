# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's project: pinned, fetched again where that failed, and nothing in it but what leads to the execution environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from awx_job import PLAYBOOKS
from controller import ROOT, Served
from test_awx_role import changed, run

NOBODY: dict[str, Any] = {"awx_tenants": [], "awx_labels": []}


def test_a_playbook_of_the_project_only_imports_the_collections_own() -> None:
    names = {path.stem for path in (ROOT / PLAYBOOKS).iterdir()}
    assert names == {"site", "offboard", "drift", "awx_gate", "google_watch", "undo"}
    for name in names:
        (play,) = yaml.safe_load((ROOT / PLAYBOOKS / f"{name}.yml").read_text())
        assert play == {"name": play["name"], "ansible.builtin.import_playbook": f"workspace_zoom.provisioning.{name}"}
        assert (ROOT / "playbooks" / f"{name}.yml").is_file()


def test_the_project_is_pinned_to_the_version_that_galaxy_installed(tmp_path: Path) -> None:
    """Its own manifest says so; a checkout has galaxy.yml instead, as the role's other tests show."""
    role = tmp_path / "roles" / "awx"
    role.mkdir(parents=True)
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"collection_info": {"version": "9.8.7"}}))
    command = [str(Path(sys.executable).parent / "ansible"), "localhost", "-m", "debug", "-a", "var=awx_project_branch"]
    given = ["-e", f"role_path={role}"]
    for path in (ROOT / "roles/awx/defaults/main.yml", ROOT / "roles/awx/vars/main/project.yml"):
        given += ["-e", f"@{path}"]
    done = subprocess.run([*command, *given], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert '"awx_project_branch": "9.8.7"' in done.stdout, done.stdout + done.stderr


def test_a_project_whose_last_update_failed_is_fetched_again_and_only_then(tmp_path: Path, controller: Served) -> None:
    repository = controller.controller.repository
    repository.reachable = False
    first = run(tmp_path, controller, NOBODY)
    assert first.returncode != 0 and "Project update failed" in first.stdout, first.stdout
    again = run(tmp_path, controller, NOBODY)
    assert again.returncode != 0 and "Update the project's files where the last update failed" in again.stdout, again.stdout
    assert len(repository.updates) == 2, "tried again"
    repository.reachable = True
    mended = run(tmp_path, controller, NOBODY)
    assert (mended.returncode, changed(mended), len(repository.updates)) == (0, 2, 3), mended.stdout  # with the gates that wait for it
    controller.controller.writes.clear()
    done = run(tmp_path, controller, NOBODY)
    assert (done.returncode, changed(done), controller.controller.writes) == (0, 0, []), done.stdout


def test_a_project_that_lacks_a_playbook_is_fetched_again_and_then_reported(tmp_path: Path, controller: Served) -> None:
    repository = controller.controller.repository
    whole, gate = set(repository.playbooks), f"{PLAYBOOKS}/awx_gate.yml"
    repository.playbooks.discard(gate)
    first = run(tmp_path, controller, NOBODY)
    assert first.returncode != 0
    assert f"does not hold {gate}, which job templates need; set awx_project_branch" in first.stdout.replace("\n", " "), first.stdout
    repository.playbooks, repository.revision = whole, "2" * 40
    second = run(tmp_path, controller, NOBODY)
    assert (second.returncode, changed(second), len(repository.updates)) == (0, 2, 3), second.stdout
