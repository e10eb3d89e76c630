# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""extensions/aap_configuration: current, whole, and in the form that infra.aap_configuration takes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from controller import ROOT

FOLDER = ROOT / "extensions" / "aap_configuration"
MODULES = ROOT / ".build" / "awx" / "ansible_collections" / "awx" / "awx" / "plugins" / "modules"
LINKS = ("success_nodes", "failure_nodes", "always_nodes")
Row = dict[str, Any]


class Loader(yaml.SafeLoader):
    """Takes `!unsafe` texts for texts."""


def _unsafe(loader: Loader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


Loader.add_constructor("!unsafe", _unsafe)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("aap_configuration_generate", FOLDER / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded(folder: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name != "example.yml":
            found.update(yaml.load(path.read_text(), Loader))  # noqa: S506
    return found


DATA = loaded(FOLDER)


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(FOLDER / "generate.py"), *arguments], capture_output=True, text=True, check=False)


def test_the_files_are_what_the_role_builds_today(tmp_path: Path) -> None:
    done = generate("--output", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.name: path.read_text() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.yml") if path.name != "example.yml"}
    assert made == kept, "run extensions/aap_configuration/generate.py"


def test_whoever_has_several_tenants_gets_a_workflow_and_templates_for_each(tmp_path: Path) -> None:
    given = yaml.safe_load((FOLDER / "example.yml").read_text())
    given["awx_tenants"] += [{"name": "school", "credentials": ["Zoom of school", "Google of school"]}]
    given["awx_notification_templates"] = [
        {"name": "Chat", "notification_type": "slack", "notification_configuration": {"channels": ["#zoom"]}}
    ]
    given["awx_notify_approval"] = ["Chat"]
    (tmp_path / "mine.yml").write_text(yaml.safe_dump(given))
    stale = tmp_path / "out" / "controller_settings.yml"
    stale.parent.mkdir()
    stale.write_text("---\n# Made by generate.py from the role awx; changes by hand are lost.\n")
    (tmp_path / "out" / "controller_credentials.yml").write_text("controller_credentials: []\n")
    done = generate("--variables", str(tmp_path / "mine.yml"), "--output", str(tmp_path / "out"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not stale.exists() and (tmp_path / "out" / "controller_credentials.yml").exists(), "only what it has made goes"
    found = loaded(tmp_path / "out")
    assert [row["name"] for row in found["controller_workflows"]] == ["Zoom provisioning (company)", "Zoom provisioning (school)"]
    assert [row["notification_templates_approvals"] for row in found["controller_workflows"]] == [["Chat"], ["Chat"]]
    assert [row["name"] for row in found["controller_notifications"]] == ["Chat"]


def test_a_role_that_fails_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text("awx_tenants: [{credentials: []}]\n")
    done = generate("--variables", str(tmp_path / "mine.yml"), "--output", str(tmp_path / "out"))
    assert done.returncode != 0 and "nothing was written" in done.stderr and "missing required arguments: name" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_module_that_nobody_has_placed_is_an_error(script: ModuleType) -> None:
    with pytest.raises(script.Failed, match="add to VARIABLES"):
        script.texts([("application", {"name": "x"})])


def test_every_name_that_an_object_refers_to_is_that_of_an_object_here() -> None:
    names = {variable: {row["name"] for row in rows if "name" in row} for variable, rows in DATA.items()}
    for template in DATA["controller_templates"]:
        assert template["project"] in names["controller_projects"]
        assert template["inventory"] in names["controller_inventories"]
        assert template["execution_environment"] in names["controller_execution_environments"]
        assert set(template.get("labels", [])) <= names.get("controller_labels", set())
        assert (ROOT / template["playbook"]).is_file(), template["playbook"]
    for row in DATA["controller_hosts"]:
        assert row["inventory"] in names["controller_inventories"]
    runs = names["controller_templates"] | names["controller_workflows"]
    assert {row["unified_job_template"] for row in DATA["controller_schedules"]} <= runs


def nodes() -> Iterator[tuple[Row, Row]]:
    for workflow in DATA["controller_workflows"]:
        for node in workflow["simplified_workflow_nodes"]:
            yield workflow, node


def test_each_node_runs_one_of_these_templates_or_asks_and_leads_to_nodes_that_are_there() -> None:
    names = {row["name"] for row in DATA["controller_templates"]}
    for workflow, node in nodes():
        there = {other["identifier"] for other in workflow["simplified_workflow_nodes"]}
        assert ("approval_node" in node) != (node.get("unified_job_template") in names), node
        assert {other for link in LINKS for other in node.get(link, [])} <= there, node
    assert [node["identifier"] for _workflow, node in nodes() if "approval_node" in node]


def test_every_field_is_one_that_the_module_behind_the_variable_takes(script: ModuleType) -> None:
    """Roles of infra.aap_configuration hand on each field by the name that its module has for it."""
    modules = {variable: module for module, variable in script.VARIABLES.items() if module != "workflow_job_template_node"}
    for variable, rows in DATA.items():
        taken = options(modules[variable]) | {script.NODES}
        assert [row for row in rows if not set(row) <= taken] == [], variable
    taken = options("workflow_job_template_node")
    assert [node for _workflow, node in nodes() if not set(node) <= taken] == []


def options(module: str) -> set[str]:
    text = (MODULES / f"{module}.py").read_text()
    documented = yaml.safe_load(text.partition("DOCUMENTATION = '''")[2].partition("'''")[0])["options"]
    return set(documented) | {alias for row in documented.values() for alias in row.get("aliases", [])}


def test_what_is_for_the_controller_or_its_jobs_is_marked_and_nothing_else() -> None:
    for path in FOLDER.glob("*.yml"):
        for line in path.read_text().splitlines():
            assert ("{{" in line) <= ("!unsafe" in line), f"{path.name}: {line}"


def test_no_file_holds_a_credential() -> None:
    assert "controller_credentials" not in DATA
