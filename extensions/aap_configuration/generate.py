# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data files for infra.aap_configuration, from what the role awx would build.

The role is run, and what it gives to each module is written down in place of being sent: no controller is asked for anything.

python generate.py [--variables FILE] [--output FOLDER]; ansible-core is all that it needs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TASKS = ROOT / "roles" / "awx" / "tasks"
HEADER = "# Made by generate.py from the role awx; changes by hand are lost."
# A module of awx.awx, and the variable of infra.aap_configuration that holds what it is given; a variable has a file of its own.
VARIABLES = {
    "organization": "aap_organizations",
    "team": "aap_teams",
    "label": "controller_labels",
    "credential_type": "controller_credential_types",
    "notification_template": "controller_notifications",
    "execution_environment": "controller_execution_environments",
    "instance_group": "controller_instance_groups",
    "project": "controller_projects",
    "inventory": "controller_inventories",
    "host": "controller_hosts",
    "job_template": "controller_templates",
    "workflow_job_template": "controller_workflows",
    "workflow_job_template_node": "controller_workflows",
    "schedule": "controller_schedules",
    "role": "controller_roles",
}
DOES = {"project_update", "job_launch", "job_wait", "workflow_launch"}  # keep nothing
NODES = "simplified_workflow_nodes"
OF_WORKFLOW = ("workflow_job_template", "organization")  # what a node is found by, which here is where it stands
COLLECTIONS = ("awx.awx", "ansible.controller")
_CALL = re.compile(r"\b(?:awx\.awx|ansible\.controller)\.([a-z_]+)")
ACTION = """
from __future__ import annotations

import json
import os

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        with open(os.environ["AAP_CONFIGURATION_CALLS"], "a", encoding="utf-8") as calls:
            calls.write(json.dumps({"module": self._task.action.rpartition(".")[2], "given": self._task.args}) + "\\n")
        return {"changed": False, "id": 1, "status": "successful"}
"""
# A controller that has what is the administrator's own, and the project once it was made; all playbooks are in it.
LOOKUP = """
from __future__ import annotations

import json
import os

from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        if terms[0].endswith("/playbooks"):
            return json.loads(os.environ["AAP_CONFIGURATION_PLAYBOOKS"])
        with open(os.environ["AAP_CONFIGURATION_CALLS"], encoding="utf-8") as calls:
            modules = [json.loads(line)["module"] for line in calls]
        if terms[0] in ("credentials", "execution_environments", "instance_groups", "notification_templates", "teams"):
            return [{"id": 1, "inputs": {}, "summary_fields": {}}]
        return [{"id": 1, "status": "successful"}] if terms[0] == "projects" and "project" in modules else []
"""

Row = dict[str, Any]


class Unsafe(str):
    """A text in double braces, which is for the controller or for its jobs."""


class Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented, as yamllint wants them."""
        return super().increase_indent(flow, False)


Dumper.add_representer(Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text), style='"'))


class Failed(Exception):
    """Nothing was written; the text says why."""


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--variables", type=Path, default=HERE / "example.yml", help="variables of the role awx, as YAML")
    parser.add_argument("--output", type=Path, default=HERE, help="folder of the data files")
    given = parser.parse_args()
    try:
        files = texts(calls(given.variables))
    except Failed as error:
        sys.exit(str(error))
    given.output.mkdir(parents=True, exist_ok=True)
    for path in given.output.glob("*.yml"):
        if path.name not in files and HEADER in path.read_text(encoding="utf-8"):
            path.unlink()
    for name, text in files.items():
        (given.output / name).write_text(text, encoding="utf-8")


def calls(variables: Path) -> list[tuple[str, Row]]:
    """What the role gives to each module, in its order."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        written, home = work / "calls", work / "ansible_collections" / "workspace_zoom"
        _stand_in(work / "ansible_collections")
        written.touch()
        home.mkdir(parents=True)
        (home / "provisioning").symlink_to(ROOT, target_is_directory=True)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "CONTROLLER_", "AAP_"))},
            "ANSIBLE_COLLECTIONS_PATH": folder,
            "ANSIBLE_HOME": str(work / "home"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "1",
            "AAP_CONFIGURATION_CALLS": str(written),
            "AAP_CONFIGURATION_PLAYBOOKS": json.dumps(playbooks()),
        }
        command = [
            str(Path(sys.executable).parent / "ansible-playbook"),
            str(ROOT / "playbooks" / "awx.yml"),
            "-e",
            f"@{variables.resolve()}",
        ]
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failed(f"The role awx did not come to its end, so nothing was written.\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
        rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    return [(row["module"], row["given"]) for row in rows]


def playbooks() -> list[str]:
    """As a project lists them, whose root is this collection's."""
    return sorted(
        str(path.relative_to(ROOT)) for pattern in ("playbooks/*.yml", "extensions/*/playbooks/*.yml") for path in ROOT.glob(pattern)
    )


def _stand_in(folder: Path) -> None:
    """In the place of awx.awx, and of ansible.controller, which is the same: modules that write down what they are given."""
    names = sorted({*VARIABLES, *DOES, *(name for path in TASKS.glob("*.yml") for name in _CALL.findall(path.read_text(encoding="utf-8")))})
    for collection in COLLECTIONS:
        home = folder.joinpath(*collection.split("."))
        for kind, files in {"action": dict.fromkeys(names, ACTION), "lookup": {"controller_api": LOOKUP}}.items():
            (home / "plugins" / kind).mkdir(parents=True)
            for name, text in files.items():
                (home / "plugins" / kind / f"{name}.py").write_text(text, encoding="utf-8")
        (home / "meta").mkdir()
        (home / "meta" / "runtime.yml").write_text(json.dumps({"action_groups": {"controller": names}}), encoding="utf-8")


def texts(made: Iterable[tuple[str, Row]]) -> dict[str, str]:
    """The data files by name."""
    data = dict[str, list[Row]]()
    for module, given in made:
        row = _row(given)
        if module == "workflow_job_template_node":
            _add_node(data["controller_workflows"], row)
        elif module in VARIABLES:
            _add(data.setdefault(VARIABLES[module], []), row)
        elif module not in DOES:
            raise Failed(f"The role awx calls the module {module}; add to VARIABLES of generate.py which variable holds what it is given.")
    return {f"{name}.yml": _text(name, rows) for name, rows in data.items()}


def _row(given: Row) -> Row:
    """Its name first. What is empty is left out: the roles of infra.aap_configuration take it for not given."""
    kept = {name: value for name, value in given.items() if value not in (None, "", [], {}) and not name.startswith("controller_")}
    return dict(sorted(kept.items(), key=lambda pair: (pair[0] not in ("name", "identifier"), pair[0])))


def _add(rows: list[Row], row: Row) -> None:
    """A second call for the same object adds to the first. Roles have no name, and each is one."""
    known = next((one for one in rows if "name" in row and one.get("name") == row["name"]), None)
    if known is None:
        rows.append(row)
    else:
        known.update(row)


def _add_node(workflows: list[Row], row: Row) -> None:
    (workflow,) = (one for one in workflows if one["name"] == row["workflow_job_template"])
    nodes = workflow.setdefault(NODES, [])
    known = next((one for one in nodes if one["identifier"] == row["identifier"]), None)
    if known is None:
        nodes.append(known := {})
    known.update({name: value for name, value in row.items() if name not in OF_WORKFLOW})


def _text(name: str, rows: list[Row]) -> str:
    body = yaml.dump({name: [_plain(row) for row in rows]}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=140)
    return f"---\n{HEADER}\n{body}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return Unsafe(value) if "{{" in value or "{%" in value else str(value)
    return value


if __name__ == "__main__":
    main()
