# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playing: seeds of small companies, real runs of ansible-playbook, and what a run announced and wrote."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keys
import warm
from sandbox import Sandbox

keys.reuse()
ROOT = Path(__file__).parents[2]
SCOPE = "zoom-users@example.com"
ADMIN = {"email": "admin@example.com", "given": "Admin", "family": "Istrator", "admin": True}
OWNER = {"email": "admin@example.com", "first_name": "Admin", "last_name": "Istrator", "role": "owner", "license": "licensed"}
RECAP = re.compile(r"^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)", re.MULTILINE)
ACTIONS = {
    ("POST", "/scim2/Users"): "create",
    ("PUT", "/scim2/Users/*"): "update",
    ("PUT", "/v2/users/*/email"): "rename",
    ("PATCH", "/scim2/Users/*"): "status",
    ("PATCH", "/v2/users/*"): "license",
    ("DELETE", "/v2/users/*/token"): "revoke",
    ("DELETE", "/v2/users/*"): "removal",
    ("POST", "/v2/groups"): "create_group",
    ("PATCH", "/v2/groups/*"): "rename_group",
    ("DELETE", "/v2/groups/*"): "delete_group",
    ("POST", "/v2/groups/*/members"): "add",
    ("DELETE", "/v2/groups/*/members/*"): "remove",
    ("POST", "/admin/directory/v1/groups"): "google_create",
    ("PATCH", "/admin/directory/v1/groups/*"): "google_update",
    ("PATCH", "/groups/v1/groups/*"): "google_settings",
    ("POST", "/admin/directory/v1/groups/*/members"): "google_add",
    ("PATCH", "/admin/directory/v1/groups/*/members/*"): "google_change_role",
    ("DELETE", "/admin/directory/v1/groups/*/members/*"): "google_remove",
}


def person(name: str, **more: Any) -> dict[str, Any]:
    """`ada.byron` of example.com; names from the address."""
    given, _dot, family = name.partition(".")
    return {"email": f"{name}@example.com", "given": given.title(), "family": (family or given).title(), **more}


def account(name: str, **more: Any) -> dict[str, Any]:
    """The Zoom account that fits `person(name)`."""
    given, _dot, family = name.partition(".")
    first, last = given.title(), (family or given).title()
    return {"email": f"{name}@example.com", "first_name": first, "last_name": last, "display_name": f"{first} {last}", **more}


def seed(users: list[dict[str, Any]], groups: Mapping[str, list[str]], accounts: list[dict[str, Any]], **zoom: Any) -> dict[str, Any]:
    """`groups`: name -> members, all of example.com unless they say otherwise."""
    rows = [{"email": _address(name), "members": [_address(member) for member in members]} for name, members in groups.items()]
    seats = {"licensed": 1000, "basic": 9999}
    return {
        "google": {
            "customer": "C03az79cb",
            "domains": ["example.com"],
            "admin": ADMIN["email"],
            "users": [dict(ADMIN), *users],
            "groups": rows,
        },
        "zoom": {"plan": "business", "managed_domains": ["example.com"], "seats": seats, "users": [dict(OWNER), *accounts], **zoom},
    }


def _address(name: str) -> str:
    return name if "@" in name else f"{name}@example.com"


@dataclass
class Played:
    """One run: its status, what was printed, and every task's result."""

    status: int
    output: str
    tasks: list[dict[str, Any]]

    @property
    def changed(self) -> int:
        return sum(int(row[1]) for row in RECAP.findall(self.output))

    def results(self, module: str) -> list[dict[str, Any]]:
        return [task["result"] for task in self._called() if task["action"].endswith(f".{module}")]

    @property
    def module_calls(self) -> int:
        return sum(task["action"].startswith("workspace_zoom.provisioning.") for task in self._called())

    def _called(self) -> list[dict[str, Any]]:
        """Each module once: a task that only begins one is no call, but the one that waits for it is."""
        return [task for task in self.tasks if task["status"] != "skipped" and "begun" not in task["result"]]

    @property
    def failure(self) -> str:
        """The message of the task that ended the run."""
        return str([task["result"].get("msg") for task in self.tasks if task["status"] == "failed"][-1])

    def changes(self) -> list[dict[str, Any]]:
        """Every write that the modules reported."""
        rows = []
        for task in self.tasks:
            if task["status"] == "skipped" or "Preview " in task["task"]:
                continue
            rows += _google_rows(task) if ".google_" in task["action"] else task["result"].get("changes") or []
        return rows

    def attention(self) -> list[str]:
        return [row["message"] for task in self.tasks for row in task["result"].get("attention") or []]


def _google_rows(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Under names of their own: both sides have groups and members."""
    return [{**row, "action": f"google_{row['action']}", "group": ""} for row in task["result"].get("changes") or []]


def reported_changes(played: Played) -> Counter[str]:
    """Announced or made writes, with whom they are for."""
    return Counter(f"{row['action']} {row.get('group') or row['email']} {sorted(row.get('emails') or [])}" for row in played.changes())


def kinds(played: Played) -> Counter[str]:
    names = {"deactivate": "status", "reactivate": "status", "downgrade": "license", "delete": "removal", "disassociate": "removal"}
    return Counter(names.get(row["action"], row["action"]) for row in played.changes())


def written(box: Sandbox) -> Counter[str]:
    """The ledger's writes, by kind; what has no name here is a write that nobody should make.

    A display name that SCIM did not change is set by REST: that is one update in two halves.
    """
    found: Counter[str] = Counter()
    for entry in box.ledger.writes():
        if set(entry["body"] or {}) == {"display_name"}:
            continue
        known = [name for (method, path), name in ACTIONS.items() if method == entry["method"] and _fits(path, entry["path"])]
        found[known[0] if known else f"{entry['method']} {entry['path']}"] += 1
    return found


def _fits(pattern: str, path: str) -> bool:
    return re.fullmatch(pattern.replace("*", "[^/]+"), path) is not None


@dataclass
class Player:
    """Sandboxes and runs of one test. `real`: each in a process of its own, as a user starts it; see real_runs.py."""

    folder: Path
    real: bool = False
    boxes: list[Sandbox] = field(default_factory=list)
    runs: int = 0

    def start(self, given: Mapping[str, Any] | None = None, **switches: Any) -> Sandbox:
        box = Sandbox.start(given, switches)
        self.boxes.append(box)
        return box

    def stop(self) -> None:
        for box in self.boxes:
            box.stop()

    def play(
        self,
        box: Sandbox | None,
        variables: Mapping[str, Any],
        *options: str,
        playbook: str = "site",
        inventory: str = "t1,",
        env: Any = None,
        real: bool = False,
    ) -> Played:
        """One run of ansible-playbook; a sandbox is told by environment variables."""
        self.runs += 1
        record, given = self.folder / f"record{self.runs}.jsonl", self.folder / f"vars{self.runs}.json"
        given.write_text(json.dumps({"provisioning_state_dir": str(self.folder / "state"), **variables}))
        environment = {**os.environ, **(box.environment() if box else {}), "RECORD_FILE": str(record)}
        environment.update(ANSIBLE_CALLBACK_PLUGINS=str(Path(__file__).parent / "callback"), ANSIBLE_CALLBACKS_ENABLED="record")
        environment.update(ANSIBLE_NOCOLOR="1", **{"CI": "", **(env or {})})
        path = ROOT / "playbooks" / f"{playbook}.yml"
        source = str(path) if path.exists() else playbook
        command = [str(Path(sys.executable).parent / "ansible-playbook"), source, "-i", inventory, "-e", f"@{given}", *options]
        is_real = real or self.real or not warm.fits(environment, self.folder, options)
        status, output = (self._real if is_real else self._warm)(command, environment)
        tasks = [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []
        assert "met a defect of its own" not in output, output
        return Played(status, output, tasks)

    def _real(self, command: list[str], environment: dict[str, str]) -> tuple[int, str]:
        environment.setdefault("ANSIBLE_HOME", str(self.folder / "ansible"))
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, timeout=300, check=False)
        return done.returncode, done.stdout + done.stderr

    def _warm(self, command: list[str], environment: dict[str, str]) -> tuple[int, str]:
        return warm.servers().run(command, str(self.folder), environment)

    def converge(self, box: Sandbox, variables: Mapping[str, Any], *, fails: bool = False) -> tuple[Played, Played]:
        """In check mode, for real, and again: what is announced is written, nothing else, and then nothing more."""
        box.ledger.clear()
        check = self.play(box, variables, "--check", "--diff")
        assert written(box) == Counter(), "check mode wrote"
        real = self.play(box, variables, "--diff")
        assert (real.status != 0) == fails, real.output
        assert written(box) == kinds(check), (real.output, check.output)
        if not fails:
            assert check.status == 0, check.output
            assert reported_changes(check) == reported_changes(real)
            box.ledger.clear()
            again = self.play(box, variables)
            assert again.status == 0, again.output
            assert (written(box), again.changed) == (Counter(), 0), again.output
        return check, real
