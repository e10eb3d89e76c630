# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A company of two tenants in an AWX that the role has built: its jobs on AWX's own path, and its workflow job by job."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._workflow._gate import decide
from awx_job import Job, Launch, play
from controller import Controller
from controller_workflow import FAILED, SUCCESSFUL, Ended, Node, slices_of, walk
from sandbox import Sandbox

TENANTS = ("east", "west")
STATE = "/state"


def together(built: Controller) -> bool:
    return any(row["name"] == "Zoom plan" for row in built.objects["job_templates"].values())


def inputs(box: Sandbox, kind: str) -> dict[str, dict[str, Any]]:
    """What an administrator types into both credentials."""
    google, zoom = box.connections().values()
    key = Path(google["service_account_file"]).read_text()
    filled = {"service_account_json": key, **{name: google[name] for name in ("subject", "api_url", "groups_settings_url")}}
    if kind == "token":
        return {"Google Workspace": filled, "Zoom": box.scim_connection()}
    return {
        "Google Workspace": filled,
        "Zoom": {name: zoom[name] for name in ("account_id", "client_id", "client_secret", "api_url", "oauth_url")},
    }


@dataclass
class Company:
    """Two tenants, and the jobs that the controller's templates make of them. `policy`: variables of the inventory, beside the role's.

    `said`: by the gates, in their order. `ended`: status of each node of the workflow.
    """

    built: Controller
    boxes: dict[str, Sandbox]
    kinds: dict[str, str]
    folder: Path
    policy: dict[str, Any] = field(default_factory=dict)
    jobs: int = 0
    said: list[str] = field(default_factory=list)
    ended: dict[str, str] = field(default_factory=dict)

    def templates(self, key: str) -> dict[str, list[str]]:
        """Name of each job template, and the tenants it is for."""
        if together(self.built):
            return {f"Zoom {key}": list(TENANTS)}
        return {f"Zoom {key} ({tenant})": [tenant] for tenant in TENANTS}

    def play(
        self,
        name: str,
        answers: Mapping[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
        hosts: Collection[str] | None = None,
        **fields: Any,
    ) -> Job:
        """`hosts`: those of a slice, or of another inventory; None: of the role's."""
        self.jobs += 1
        template = {**self.built.named("job_templates", name), **fields}
        types = {row["name"]: row for row in self.built.objects["credential_types"].values()}
        linked = [self.built.objects["credentials"][id] for id in self.built.linked("job_templates", template["id"], "credentials")]
        credentials = []
        for row in linked:
            kind, _of, tenant = row["name"].partition(" of ")
            type_name = self.built.objects["credential_types"][row["credential_type"]]["name"]
            credentials.append((type_name, inputs(self.boxes[tenant], self.kinds[tenant])[kind]))
        launch = Launch(template, types, credentials, self._hosts(hosts), self._variables(), answers or {}, files or {})
        return play(self.folder / f"job{self.jobs}", launch)

    def go_through(self, tenant: str, meanwhile: Callable[[], None], approval: str = SUCCESSFUL) -> dict[str, Job]:
        """The workflow of a tenant, job by job; `meanwhile` happens while it waits, and then the approval ends as is said.

        Gates are decided here by what their playbook calls; that it does so, tests of the gates show.
        """
        jobs = dict[str, Job]()

        def one(node: Node, given: dict[str, Any]) -> Ended:
            if node.identifier == "approval":
                meanwhile()
                return approval, {}
            if self.is_gate(node.template):
                return self.gate(node.template, given)
            jobs[node.identifier] = self.play(node.template, {"awx_workflow_job_id": 7, **given})
            return jobs[node.identifier].status, jobs[node.identifier].artifacts

        self.ended = walk(self.built, f"Zoom provisioning ({tenant})", one)
        return jobs

    def is_gate(self, template: str) -> bool:
        return str(self.built.named("job_templates", template)["playbook"]).endswith("awx_gate.yml")

    def gate(self, template: str, given: Mapping[str, Any]) -> Ended:
        gate = json.loads(self.built.named("job_templates", template)["extra_vars"])["awx_gate"]
        found = decide(gate, [*self._hosts()] if given["provisioning_hosts"] == "all" else [given["provisioning_hosts"]], given)
        self.said.append(f"{found.message}\n{found.request}")
        return SUCCESSFUL if found.passed else FAILED, {"provisioning_request": found.request}

    def sliced(self, template: str, given: Mapping[str, Any]) -> list[Job]:
        """A job's slices, one for each tenant, each of which has an inventory of its hosts only."""
        slices = slices_of(self._hosts(), len(TENANTS))
        return [self.play(template, {"awx_workflow_job_id": 7, **given}, hosts=hosts) for hosts in slices]

    def _hosts(self, only: Collection[str] | None = None) -> dict[str, Any]:
        rows = {row["name"]: self._placed(row["variables"]) for row in self.built.objects["hosts"].values()}
        return rows if only is None else {name: rows.get(name, {}) for name in only}

    def _variables(self) -> dict[str, Any]:
        return self._placed(next(iter(self.built.objects["inventories"].values()))["variables"]) | self.policy

    def _placed(self, text: str) -> dict[str, Any]:
        """The mounted volume, which here is a folder of the test's."""
        found: dict[str, Any] = json.loads(text.replace(f'"{STATE}/', f'"{self.folder}/state/'))
        return found

    def secrets(self) -> list[str]:
        found = ["BEGIN PRIVATE KEY", "ya29.", "eyJzdiI6"]
        for box in self.boxes.values():
            key = json.loads(Path(box.connections()["google_connection"]["service_account_file"]).read_text())
            found += [key["private_key"].splitlines()[1], box.zoom.client_secret, box.zoom.scim_token]
        return found

    def hold_no_secret(self, job: Job) -> None:
        assert {path.rpartition("/")[2] for path in job.files} >= {"command", "answered"}
        for path, text in {**job.files, "events": json.dumps(job.events), "stdout": job.stdout}.items():
            for secret in self.secrets():
                assert secret not in text, path
