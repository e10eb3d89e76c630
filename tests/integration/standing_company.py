# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A company in which Zoom refuses something for good, and runs of all phases, night after night, in this process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

Result = dict[str, Any]
WRITING = {"accounts": "zoom_scim_users", "licenses": "zoom_license_default", "groups": "zoom_groups"}


@dataclass
class Company:
    """`policy`: options of each writing phase; a phase without options is left out."""

    box: Sandbox
    folder: Path
    policy: dict[str, dict[str, Any]]
    number: int = 0
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def memory(self) -> Path:
        return self.folder / "memory.jsonl"

    @property
    def standing(self) -> list[dict[str, str]]:
        """Rows of the memory."""
        rows: list[dict[str, str]] = json.loads(self.memory.read_text().splitlines()[0]).get("standing") or []
        return rows

    def run(self, *, check: bool = False, **options: Any) -> list[dict[str, Any]]:
        """One run; the writes that it sent. Its results are in `results`. `options`: of all writing phases."""
        self.number += 1
        self.results = {}
        zoom = {**self.box.connections()["zoom_connection"], "rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0}
        own = {"run_id": f"night{self.number}", "accounts_path": str(self.folder / "accounts.jsonl")}
        memory, people = {"memory_path": str(self.memory)}, str(self.folder / "people.jsonl")
        read = call("zoom_user_info", self.box, check=check, connection=zoom, dest=own["accounts_path"], run_id=own["run_id"], **memory)
        attributes = self.policy["accounts"].get("attributes") or {}
        expressions, resolve = list(attributes.values()), ["sales@example.com"]
        asked = {"groups": [SCOPE], "expressions": expressions, "resolve_groups": resolve, "dest": people}
        found = call("google_scope_info", self.box, check=check, **asked, **own)
        assert not read["failed"] and not found["failed"], (read, found)
        self.box.ledger.clear()
        for phase, module in WRITING.items():
            if self.policy.get(phase):
                given = {"people_path": people, **own, **memory, **self.policy[phase], **options}
                self.results[phase] = call(module, self.box, check=check, connection=zoom, **given)
        writes: list[dict[str, Any]] = self.box.ledger.writes()
        return writes

    def reported(self, *names: str) -> list[Result]:
        return [row for result in self.results.values() for name in names for row in result.get(name) or []]

    @property
    def failed(self) -> list[Result]:
        return self.reported("failed_items", "withheld")

    def attention(self, code: str) -> list[Result]:
        return [row for row in self.reported("attention") if row["reason"] == code]

    def changes(self) -> list[tuple[str, str]]:
        return sorted((row["action"], row["email"] or row["group"]) for row in self.reported("changes") if row["changed"])


def given_company(names: Sequence[str], accounts: Sequence[dict[str, Any]], *, sales: Sequence[str] = (), **zoom: Any) -> dict[str, Any]:
    """All `names` are in scope, and `sales` in the group of that name."""
    people = [person(name) for name in names]
    return seed(people, {"zoom-users": ["admin", *names], "sales": list(sales)}, list(accounts), **zoom)


def accounts_of(names: Sequence[str], **more: Any) -> list[dict[str, Any]]:
    return [account(name, **more) for name in names]
