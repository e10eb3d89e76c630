# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role awx, by the real awx.awx modules, against a controller's API: what it builds, and that a second run finds nothing to do."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import warm
import yaml
from awx_job import PLAYBOOKS
from company import STATE, TENANTS
from controller import ROOT, Controller, Served, serve
from controller_workflow import Node, has_failed, nodes_of, walk
from playing import RECAP
from warm_awx import COLLECTION

IMAGE = "images.example.com/provisioning:1"
WEBHOOK = {"url": "https://chat.example.com/hook", "http_method": "POST", "headers": {"X-Team": "zoom"}}
VARIABLES: dict[str, Any] = {
    "awx_variables": {"scope_groups": ["zoom-users@example.com"]},
    "awx_execution_environment_image": IMAGE,
    "awx_notification_templates": [{"name": "Chat", "notification_type": "webhook", "notification_configuration": WEBHOOK}],
    **{name: ["Chat"] for name in ("awx_notify_failure", "awx_notify_fuses", "awx_notify_approval")},
}


def run(
    folder: Path, controller: Served, variables: Mapping[str, Any], *options: str, collection: Path = COLLECTION, real: bool = False
) -> subprocess.CompletedProcess[str]:
    """One run of playbooks/awx.yml; `real`: in a process of its own, with modules as Ansible packs them."""
    assert (COLLECTION / "ansible_collections/awx/awx").exists(), "awx.awx is missing: make .build/awx/ansible_collections/awx"
    given = folder / "variables.json"
    given.write_text(json.dumps(variables))
    found = f"{ROOT / '.build' / 'collections'}:{collection}"
    environment = {**os.environ, **controller.environment(), "ANSIBLE_COLLECTIONS_PATH": found, "ANSIBLE_NOCOLOR": "1"}
    command = [str(Path(sys.executable).parent / "ansible-playbook"), str(ROOT / "playbooks/awx.yml"), "-e", f"@{given}", *options]
    if real or collection != COLLECTION or not warm.fits(environment, folder, options):
        environment["ANSIBLE_HOME"] = str(folder / "home")
        return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    status, output = warm.servers().run(command, str(folder), environment)
    return subprocess.CompletedProcess(command, status, output, "")


def changed(done: subprocess.CompletedProcess[str]) -> int:
    return sum(int(row[1]) for row in RECAP.findall(done.stdout))


TEAMS = {"approve": ["Leads"], "apply beyond limits": ["Leads"]}
BASIC = {"license_defaults_default": "basic"}


def with_credentials(controller: Controller, *tenants: str, typed: bool = False) -> list[dict[str, Any]]:
    """Credentials of the types that a first run has made, as an administrator makes them; the tenants that name them."""
    rows = []
    for tenant in tenants:
        names = []
        for kind in ("Zoom", "Google Workspace"):
            of_type = controller.named("credential_types", f"{kind} ({tenant})" if typed else kind)["id"]
            names.append(controller.make("credentials", name=f"{kind} of {tenant}", credential_type=of_type)["name"])
        rows.append({"name": tenant, "credentials": names, "variables": BASIC})
    return rows


def modules_run(done: subprocess.CompletedProcess[str]) -> int:
    """Of awx.awx: each is a process of its own. The role's checks, its argument specs and its files are none."""
    names = re.findall(r"^(?:ok|changed): \[localhost\]( =>.*)?$", done.stdout, re.MULTILINE)
    return len(names) - len(re.findall(r"^TASK \[.*(?:Validating arguments|: Check )", done.stdout, re.MULTILINE))


def test_a_second_run_writes_nothing_runs_no_module_and_finds_what_drifted(tmp_path: Path, apart: Controller) -> None:
    controller = serve(pickle.loads(pickle.dumps(apart)))
    rows = [
        {"name": name, "credentials": [f"{kind} of {name}" for kind in ("Zoom", "Google Workspace")], "variables": BASIC}
        for name in TENANTS
    ]
    try:
        _rests_and_finds_what_drifted(tmp_path, controller, {**VARIABLES, "awx_state_dir": STATE, "awx_teams": TEAMS, "awx_tenants": rows})
    finally:
        controller.stop()


@pytest.mark.torture
def test_the_same_of_tenants_with_dots_in_their_names_where_they_are_built_from_nothing(tmp_path: Path, controller: Served) -> None:
    built = controller.controller
    first = run(tmp_path, controller, VARIABLES, "--tags", "types", real=True)
    assert first.returncode == 0, first.stdout
    built.make("teams", name="Leads", organization=1)
    variables = {**VARIABLES, "awx_teams": TEAMS, "awx_tenants": with_credentials(built, "east.example", "west")}
    second = run(tmp_path, controller, variables)
    assert second.returncode == 0, second.stdout + second.stderr
    assert changed(second) > 0
    _rests_and_finds_what_drifted(tmp_path, controller, variables)


def _rests_and_finds_what_drifted(tmp_path: Path, controller: Served, variables: dict[str, Any]) -> None:
    built, tenants = controller.controller, [row["name"] for row in variables["awx_tenants"]]
    state = variables.get("awx_state_dir", "/var/lib/workspace_zoom.provisioning")
    built.writes.clear()
    built.reads.clear()
    third = run(tmp_path, controller, variables)
    assert third.returncode == 0, third.stdout + third.stderr
    assert (changed(third), built.writes) == (0, []), third.stdout
    _costs_little(third, built)
    _built(built, tenants, state)
    _drift(built)
    changed_policy = {**variables, "awx_variables": {"scope_groups": ["others@example.com"]}}
    fourth = run(tmp_path, controller, changed_policy)
    assert "beyond" not in {row["identifier"] for row in built.objects["workflow_job_template_nodes"].values()}
    assert (fourth.returncode, changed(fourth), modules_run(fourth)) == (0, 6, 9), fourth.stdout  # tasks, and objects
    _built(built, tenants, state)


def _costs_little(done: subprocess.CompletedProcess[str], built: Controller) -> None:
    """By counts, as seconds depend on the machine: 57 modules before for fewer objects, each with a dozen requests."""
    objects = sum(len(rows) for rows in built.objects.values())
    assert objects >= 60
    assert modules_run(done) == 0, done.stdout
    assert len(built.reads) < 5 * objects


def _drift(built: Controller) -> None:
    """Seven things that somebody changed by hand, and a node that an earlier version of the role has left."""
    west = {key: built.named("job_templates", f"Zoom {key} (west)") for key in ("plan", "apply", "offboard", "drift")}
    west["plan"]["timeout"] = 1
    west["apply"]["extra_vars"] = "provisioning_allow_losses: true"
    built.surveys[west["offboard"]["id"]]["spec"].pop()
    built.linked("job_templates", west["drift"]["id"], "labels").clear()
    workflow = built.named("workflow_job_templates", "Zoom provisioning (west)")["id"]
    nodes = {
        row["identifier"]: row for row in built.objects["workflow_job_template_nodes"].values() if row["workflow_job_template"] == workflow
    }
    built.linked("workflow_job_template_nodes", nodes["removals"]["id"], "always_nodes").append(nodes["apply"]["id"])
    plan = built.named("job_templates", "Zoom plan beyond limits (west)")["id"]
    old = built.make("workflow_job_template_nodes", workflow_job_template=workflow, identifier="beyond", unified_job_template=plan)
    built.linked("workflow_job_template_nodes", old["id"], "success_nodes").append(nodes["approval"]["id"])
    built.named("workflow_approval_templates", "Zoom approval (west)")["timeout"] = 5
    role = built.role("workflow_job_templates", workflow, "approval")
    assert built.granted[role]
    built.granted[role].clear()


def _built(controller: Controller, tenants: list[str], state: str) -> None:
    """What the second run made, for each of the two tenants."""
    keys = ("plan", "plan beyond limits", "gains", "apply", "apply beyond limits", "apply for named people", "offboard", "drift")
    names = {row["name"] for row in controller.objects["job_templates"].values()}
    gates = {f"Zoom {key}" for key in ("losses", "fuses", "removals", "verdict")}
    assert names == {f"Zoom {key} ({tenant})" for key in keys for tenant in tenants} | gates
    plan = controller.named("job_templates", "Zoom plan (west)")
    assert (plan["job_type"], plan["diff_mode"], plan["playbook"]) == ("check", True, f"{PLAYBOOKS}/site.yml")
    variables = json.loads(plan["extra_vars"])
    assert variables["provisioning_hosts"] == "west"
    assert variables["provisioning_accounts_path"].startswith("{{ provisioning_state_dir }}/plan")
    assert "provisioning_approved" not in variables
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]
    assert controller.named("projects", "Zoom playbooks")["scm_branch"] == version
    labels = [controller.objects["labels"][id]["name"] for id in controller.linked("job_templates", plan["id"], "labels")]
    assert (sorted(labels), plan["timeout"], plan["job_slice_count"]) == (["provisioning", "zoom"], 43200, 1)
    _rights(controller, tenants)
    beyond = controller.named("job_templates", "Zoom plan beyond limits (west)")
    assert (beyond["job_type"], beyond["playbook"]) == ("check", f"{PLAYBOOKS}/site.yml")
    of_workflow = {
        name: text for name, text in json.loads(beyond["extra_vars"]).items() if name not in variables or variables[name] != text
    }
    assert of_workflow == {
        "provisioning_allow_losses": True,
        "provisioning_allow_gains": True,
        **{
            f"provisioning_{name}": "{{ provisioning_state_dir }}/plan{{ '/of_workflow' if awx_workflow_job_id is defined else '' }}/"
            + file
            for name, file in {"accounts_path": "accounts.jsonl", "people_path": "people.jsonl", "changes_dir": "changes"}.items()
        },
    }
    assert controller.objects["execution_environments"][plan["execution_environment"]]["image"] == IMAGE
    of_plan = [controller.objects["credentials"][id]["name"] for id in controller.linked("job_templates", plan["id"], "credentials")]
    assert sorted(of_plan) == ["Google Workspace of west", "Zoom of west"]
    offboard = controller.named("job_templates", "Zoom offboard (west)")
    asked = [item["variable"] for item in controller.surveys[offboard["id"]]["spec"]]
    wanted = "offboard_users offboard_action offboard_hold_group offboard_transfer_to offboard_transfer"
    assert asked == wanted.split()
    west = json.loads(controller.named("hosts", "west")["variables"])
    assert west["provisioning_state_dir"] == f"{state}/west"
    assert west["license_defaults_default"] == "basic"
    assert len(controller.objects["schedules"]) == 4


def _rights(controller: Controller, tenants: list[str]) -> None:
    """Who may approve does not lift limits by that, and who may execute apply neither."""

    def each(*keys: str) -> set[str]:
        return {f"Zoom {key} ({tenant})" for key in keys for tenant in tenants}

    granted = [controller.roles[role] for role, teams in controller.granted.items() if teams]
    names: dict[str, set[str]] = {}
    for endpoint, id, role in granted:
        names.setdefault(role, set()).add(controller.objects[endpoint][id]["name"])
    read = each("provisioning", "plan beyond limits", "gains", "apply") | {"Zoom losses", "Zoom fuses", "Zoom removals", "Zoom verdict"}
    assert names == {"execute": each("apply beyond limits"), "approval": each("provisioning"), "read": read}
    surveyed = {controller.objects["job_templates"][id]["name"] for id in controller.surveys}
    assert surveyed == each("apply beyond limits", "apply for named people", "offboard")
    named = json.loads(controller.named("job_templates", "Zoom apply for named people (west)")["extra_vars"])
    assert named["provisioning_leave_removals"] is True
    assert (named["provisioning_only"], named["provisioning_lock_timeout"]) == ("{{ apply_only }}", "10m")


def test_the_workflow_makes_gains_at_once_and_asks_before_a_loss(apart: Controller) -> None:
    name, built = "Zoom provisioning (west)", apart
    _goes_its_ways(built, name)
    assert _plan_that_reaches_apply(built, name) == "Zoom plan beyond limits (west)"
    assert json.loads(built.named("job_templates", "Zoom gains (west)")["extra_vars"])["provisioning_leave_removals"] is True
    nodes = nodes_of(built, name)
    of_gates = {identifier: node.extra for identifier, node in nodes.items() if node.extra}
    assert of_gates == {key: {"provisioning_hosts": "west"} for key in ("losses", "fuses", "removals", "verdict")}
    approval = built.named("workflow_approval_templates", "Zoom approval (west)")
    assert approval["timeout"] == 86400
    assert "exactly the removals that it lists are made" in approval["description"]
    chat = built.named("notification_templates", "Chat")["id"]
    for gate in ("fuses", "removals"):
        assert built.linked("job_templates", built.named("job_templates", f"Zoom {gate}")["id"], "notification_templates_success") == [chat]
    workflow = built.named("workflow_job_templates", name)["id"]
    assert built.linked("workflow_job_templates", workflow, "notification_templates_error") == [chat]
    assert built.linked("workflow_job_templates", workflow, "notification_templates_approvals") == [chat]


def _goes_its_ways(built: Controller, name: str) -> None:
    """What runs, and whether the workflow's job failed, which sends a message."""

    def ran(**results: bool) -> tuple[list[str], bool]:
        whole = {"plan": True, "gains": True, **results}
        ended = walk(built, name, lambda node, _given: ("successful" if whole[node.identifier] else "failed", {}))
        return list(ended), has_failed(built, name, ended)

    gates = ["plan", "gains", "losses", "fuses"]
    for plan, gains in ((True, True), (False, True), (True, False), (False, False)):
        assert ran(plan=plan, gains=gains, losses=True) == (["plan", "gains", "losses"], False), "quiet and green"
    asked = {"losses": False, "fuses": False, "removals": True}
    assert ran(**asked, approval=True, apply=False) == ([*gates, "removals", "approval", "apply"], True)
    for good in (True, False):
        assert ran(**asked, approval=True, apply=True, verdict=good) == ([*gates, "removals", "approval", "apply", "verdict"], not good)
        assert ran(**asked, approval=False, verdict=good) == ([*gates, "removals", "approval", "verdict"], not good), "denied: quiet"
    assert ran(losses=False, fuses=True, approval=True, apply=True, verdict=True) == ([*gates, "approval", "apply", "verdict"], False)
    assert ran(losses=False, fuses=False, removals=False) == ([*gates, "removals"], True)


def _plan_that_reaches_apply(built: Controller, workflow: str) -> str:
    """The template whose plan the apply is given, if each job in check mode hands on its own."""
    seen: dict[str, Any] = {}

    def play(node: Node, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        seen[node.identifier] = given.get("made_by")
        return "failed" if node.identifier in ("losses", "fuses") else "successful", {
            "made_by": node.template
        } if "plan" in node.template else {}

    walk(built, workflow, play)
    return str(seen["apply"])


@pytest.mark.torture
def test_one_job_for_all_tenants_takes_the_credentials_of_all(tmp_path: Path, controller: Served) -> None:
    together = {**VARIABLES, "awx_together": True, "awx_job_slices": 2}
    done = run(tmp_path, controller, {**together, "awx_tenants": [{"name": "east.example"}, {"name": "west"}]}, "--tags", "types")
    assert done.returncode == 0, done.stdout
    tenants = with_credentials(controller.controller, "east.example", "west", typed=True)
    done = run(tmp_path, controller, {**together, "awx_tenants": tenants})
    assert done.returncode == 0, done.stdout + done.stderr
    built = controller.controller
    plan = built.named("job_templates", "Zoom plan")
    assert json.loads(plan["extra_vars"])["provisioning_hosts"] == "all"
    assert len(built.linked("job_templates", plan["id"], "credentials")) == 4
    east = json.loads(built.named("hosts", "east.example")["variables"])
    assert east["zoom_connection"].startswith("{{ zoom_connection_east_example | combine({'rate_share': zoom_connection_east_example.rate")
    west = json.loads(built.named("hosts", "west")["variables"])
    assert west["provisioning_state_dir"] == "/var/lib/workspace_zoom.provisioning/west"
    rows = {
        key: built.named("job_templates", f"Zoom {key}")
        for key in ("plan", "gains", "apply", "offboard", "losses", "apply for named people")
    }
    slices = {key: row["job_slice_count"] for key, row in rows.items() if row["job_slice_count"] != 1}
    assert slices == {"plan": 2, "gains": 2, "apply": 2}, "a gate needs the report of all, and named people are one tenant's"
    assert {key for key, row in rows.items() if row["ask_limit_on_launch"]} == {"offboard", "apply for named people"}
    injected = built.named("credential_types", "Zoom (east.example)")["injectors"]["extra_vars"]
    assert list(injected) == ["zoom_connection_east_example"]
    built.writes.clear()
    again = run(tmp_path, controller, {**together, "awx_tenants": tenants})
    assert (again.returncode, changed(again), built.writes) == (0, 0, []), again.stdout


def test_tenants_whose_variables_would_be_one_are_refused(tmp_path: Path, controller: Served) -> None:
    done = run(tmp_path, controller, {"awx_tenants": [{"name": "a-b"}, {"name": "a.b"}]})
    assert done.returncode != 0
    assert "must differ by more than signs" in done.stdout
    assert controller.controller.writes == []


def test_check_mode_writes_nothing(tmp_path: Path, controller: Served) -> None:
    done = run(tmp_path, controller, VARIABLES, "--tags", "types", "--check")
    assert (done.returncode, changed(done)) == (0, 2), done.stdout
    assert controller.controller.writes == []


def _calls(path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Name of each task, module and options."""
    tasks = yaml.load(path.read_text(), yaml.BaseLoader)
    return [(task["name"], task["action"].rpartition(".")[2], task["args"]) for task in tasks if "action" in task]


TASKS = sorted((ROOT / "roles/awx/tasks").glob("*.yml"))


@pytest.fixture(scope="module")
def documented() -> dict[str, dict[str, Any]]:
    names = sorted({module for path in TASKS for _name, module, _options in _calls(path)})
    command = [str(Path(sys.executable).parent / "ansible-doc"), "-j", "-t", "module", *(f"awx.awx.{name}" for name in names)]
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(COLLECTION)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return {name.rpartition(".")[2]: doc["doc"]["options"] for name, doc in json.loads(done.stdout).items()}


def test_each_argument_is_one_of_the_modules(documented: dict[str, dict[str, Any]]) -> None:
    """Also those that a run leaves out."""
    assert len(documented) == 14
    for path in TASKS:
        for task, module, options in _calls(path):
            unknown = set(options) - set(documented[module])
            assert not unknown, f"{task}: {module} takes no {unknown}"
            required = {option for option, spec in documented[module].items() if spec.get("required")}
            assert required <= set(options), task


def test_each_module_runs_only_for_what_differs() -> None:
    for path in TASKS:
        for task in yaml.load(path.read_text(), yaml.BaseLoader):
            if "awx_wanted" in task.get("vars", {}):
                assert task["vars"]["awx_wanted"] == task["args"], f"{task['name']}: compared are other options than those of the module"
                assert "awx_differing" in str(task["when"]), task["name"]
            elif "action" in task:
                assert task["action"].endswith(".project_update") or task["args"]["state"] == "absent", task["name"]
