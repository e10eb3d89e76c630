# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job on AWX's own path, without AWX: credentials by its injector (awx-plugins-interfaces), the job's folder as its task builds it
(awx/main/tasks/jobs.py), and ansible-runner's transmit, worker and process, which is what AWX calls.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ansible_runner
import warm_command
import yaml
from awx_plugins.interfaces._temporary_private_api import ManagedCredentialType
from awx_plugins.interfaces._temporary_private_credential_api import Credential
from awx_plugins.interfaces._temporary_private_inject_api import inject_credential
from playing import ROOT

IDENT = "42"
PLAYBOOKS = "extensions/awx/playbooks"
MOUNTED = "/runner/"  # where AWX's container has the job's folder
MAX_EVENT_RES = 700_000  # AWX's MAX_EVENT_RES_DATA and ansible-runner's own default: beyond it an event's `res` becomes {}


class Unsafe(str):
    """A text that Ansible must not take for a template."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text)))


def unsafe(node: Any) -> Any:
    """As AWX marks all extra variables but those of the job template (awx/main/utils/safe_yaml.py)."""
    if isinstance(node, Mapping):
        return {str(key): unsafe(value) for key, value in node.items()}
    if isinstance(node, list):
        return [unsafe(value) for value in node]
    return Unsafe(node) if isinstance(node, str) else node


@dataclass
class Job:
    """How one ended. `events`: as AWX's database gets them; `artifacts`: what set_stats handed on; `files`: texts by path."""

    status: str
    stdout: str
    events: list[dict[str, Any]]
    artifacts: dict[str, Any]
    files: dict[str, str]

    def results(self, action: str) -> list[dict[str, Any]]:
        rows = [row["event_data"] for row in self.events if row["event"] in ("runner_on_ok", "runner_on_failed")]
        return [row["res"] for row in rows if row["task_action"].endswith(f".{action}")]


@dataclass
class Launch:
    """A job template's fields, and what a launch adds to them: survey answers and the artifacts of a workflow's nodes before it.

    `files`: playbooks that the project holds beside ours.
    """

    template: Mapping[str, Any]
    types: Mapping[str, Mapping[str, Any]]
    credentials: list[tuple[str, dict[str, Any]]]
    hosts: Mapping[str, Mapping[str, Any]]
    variables: Mapping[str, Any]
    answers: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)


def play(folder: Path, launch: Launch) -> Job:
    """Transmit, work, process; three folders as on two machines."""
    sent, worked, kept = folder / "private", folder / "worker", folder / "processed"
    for path in (sent / "env", sent / "inventory", sent / "artifacts", worked, kept):
        path.mkdir(parents=True)
    shutil.copytree(ROOT / PLAYBOOKS, sent / "project" / PLAYBOOKS)  # only these: all else is the execution environment's
    for name, text in launch.files.items():
        (sent / "project" / PLAYBOOKS / name).write_text(text)
    arguments, environment, hidden = _inject(launch, sent)
    _write_variables(launch, sent)
    _write_inventory(launch, sent)
    _mount(sent, worked)
    template = launch.template
    arguments = [
        *(["--check"] if template["job_type"] == "check" else []),
        "-u",
        "root",
        *(["--diff"] if template["diff_mode"] else []),
        *arguments,
    ]
    if template.get("verbosity"):
        arguments.append("-" + "v" * template["verbosity"])
    (sent / "env" / "cmdline").write_text(ansible_runner.utils.args2cmdline(*arguments).replace(MOUNTED, f"{worked}/"))
    stream = folder / "transmitted"
    with stream.open("wb") as out:
        ansible_runner.interface.run(
            streamer="transmit",
            _output=out,
            private_data_dir=str(sent),
            ident=IDENT,
            playbook=template["playbook"],
            inventory=str(sent / "inventory" / "hosts"),
            suppress_env_files=True,
            envvars={**environment, **_environment(folder)},
            settings={"suppress_ansible_output": True, "suppress_output_file": True},
        )
    answer = folder / "answered"
    with stream.open("rb") as given, answer.open("wb") as out:
        command = [str(Path(sys.executable).parent / "ansible-runner"), "worker", "--private-data-dir", str(worked)]
        subprocess.run(command, stdin=given, stdout=out, check=False, timeout=540)
    events: list[dict[str, Any]] = []
    with answer.open("rb") as given, contextlib.redirect_stdout(io.StringIO()):
        ended = ansible_runner.interface.run(
            streamer="process",
            _input=given,
            private_data_dir=str(kept),
            ident=IDENT,
            event_handler=lambda event: events.append(event) or False,
        )
    stats = [row["event_data"].get("artifact_data") for row in events if row["event"] == "playbook_on_stats"]
    stdout = "".join(row.get("stdout", "") + "\n" for row in events)
    files = _texts(kept) | _texts(worked / "artifacts") | _texts(answer.parent, "answered")
    return Job(str(ended.status), stdout, events, (stats or [{}])[-1] or {}, {**files, "the database's environment": str(hidden)})


def _inject(launch: Launch, sent: Path) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    arguments: list[str] = []
    environment: dict[str, Any] = {}
    hidden: dict[str, Any] = {}
    for name, inputs in launch.credentials:
        row = launch.types[name]
        kind = ManagedCredentialType(namespace=name, name=name, kind=row["kind"], inputs=row["inputs"], injectors=row["injectors"])
        inject_credential(kind, Credential(inputs), environment, hidden, arguments, str(sent))
    return arguments, environment, hidden


def _write_variables(launch: Launch, sent: Path) -> None:
    """Only the job template's own may hold templates."""
    trusted = json.loads(launch.template["extra_vars"])
    whole = {**trusted, **unsafe({"awx_job_id": int(IDENT), "awx_job_launch_type": "manual"}), **unsafe(launch.answers)}
    (sent / "env" / "extravars").write_text(yaml.dump(whole, Dumper=_Dumper))


def _write_inventory(launch: Launch, sent: Path) -> None:
    """A script, as AWX writes it."""
    given = {"all": {"hosts": list(launch.hosts), "vars": launch.variables}, "_meta": {"hostvars": launch.hosts}}
    path = sent / "inventory" / "hosts"
    path.write_text(f"#! /usr/bin/env python3\n# -*- coding: utf-8 -*-\nprint({json.dumps(given)!r})\n")
    path.chmod(0o700)


def _mount(sent: Path, worked: Path) -> None:
    """Injected files name each other by their place in the container; here the folder lies elsewhere."""
    for path in (sent / "env").iterdir():
        text = path.read_text()
        if MOUNTED in text:
            path.chmod(0o600)
            path.write_text(text.replace(MOUNTED, f"{worked}/"))


def _environment(folder: Path) -> dict[str, str]:
    found = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "ANSIBLE_COLLECTIONS_PATH") if name in os.environ}
    found.update(warm_command.on_path(folder))
    mine = {"ANSIBLE_HOME": str(folder / "home"), "MAX_EVENT_RES": str(MAX_EVENT_RES), "JOB_ID": IDENT, "ANSIBLE_FORCE_COLOR": "0"}
    return {**found, **mine, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "collections")}


def _texts(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """Also what archives in them hold."""
    found = {}
    for path in folder.glob(pattern):
        if path.is_file():
            found[str(path)] = path.read_bytes().decode(errors="replace")
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    found.update({f"{path}:{name}": archive.read(name).decode(errors="replace") for name in archive.namelist()})
    return found
