# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that make a part of what they plan: all phases of site.yml in this process, on the files of one tenant."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calling import call
from playing import SCOPE, written
from sandbox import Sandbox

POLICY: dict[str, Any] = {"default": "basic", "rules": [{"groups": ["managers@example.com"], "license": "licensed"}]}
GROUPS = [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}]
GONE_BY = ["deactivate", "downgrade", "disassociate", "delete", "rename", "remove", "delete_group"]


@dataclass
class Tenant:
    """One company, and its runs one after another. `members`: of the scope group, where the run keeps it."""

    box: Sandbox
    folder: Path
    members: list[str] | None = None
    number: int = 0
    licenses: Any = None
    groups: Any = None
    accounts: Any = None

    def path(self, name: str, *, check: bool = False) -> str:
        return str(self.folder / f"{'check-' if check else ''}{name}.jsonl")

    def run(self, *, check: bool = False, **part: Any) -> dict[str, dict[str, Any]]:
        """Each module's result by a short name. `part`: what the run leaves, of every module that writes."""
        self.number += 1
        self.box.ledger.clear()
        own = {"run_id": f"run{self.number}", "check": check}
        files = {"accounts_path": self.path("accounts", check=check), "people_path": self.path("people", check=check)}
        memory = {"memory_path": self.path("memory")}
        read = call("zoom_user_info", self.box, dest=files["accounts_path"], **memory, **own)
        assert not read["failed"], read
        found: dict[str, dict[str, Any]] = {"read": read}
        pending = {"pending_path": self.path("pending", check=check)} if self.members is not None else {}
        scope = {"group": SCOPE, "members": self.members, "exclusive": True, "baseline_path": self.path("scope_group"), **part}
        if self.members is not None:
            call("google_group", self.box, email=SCOPE, **{**own, "check": True}, **pending, **part)
            found["preview"] = call("google_group_members", self.box, **{**own, "check": True}, **scope, **pending)
            assert not found["preview"]["failed"], found["preview"]
        rules = {name: value for name, value in (self.accounts or {}).items() if name in ("identity", "adopt", "remember")}
        found["people"] = call("google_scope_info", self.box, groups=[SCOPE], exclude={"groups": ["out@example.com"]},
                               resolve_groups=["managers@example.com"], confirm_members=True, matching=rules, dest=files["people_path"],
                               accounts_path=files["accounts_path"], **pending, **own, **self.only(part))  # fmt: skip
        if found["people"]["failed"]:
            assert "only" in part, found["people"]
            return found
        if self.members is not None:
            found["group"] = call("google_group", self.box, email=SCOPE, **own, **pending, **part)
            found["scope"] = call("google_group_members", self.box, **own, **scope, **pending, people_path=files["people_path"])
        both = {**files, **memory, **own, **part}
        licenses = self.licenses or POLICY
        found["accounts"] = call("zoom_scim_users", self.box, prune=True, licenses=licenses, **both, **(self.accounts or {}))
        found["licenses"] = call("zoom_license_default", self.box, **licenses, **both)
        found["groups"] = call("zoom_groups", self.box, groups=self.groups or GROUPS, **both)
        return found

    def only(self, part: dict[str, Any]) -> dict[str, Any]:
        return {"only": part["only"], "memory_path": self.path("memory")} if "only" in part else {}

    def memory(self) -> dict[str, dict[str, Any]]:
        """The accounts that memory knows, by address."""
        lines = Path(self.path("memory")).read_text().splitlines()
        return {row["email"]: row for row in map(json.loads, lines[1:])}


WRITING = ("scope", "accounts", "licenses", "groups")


def made(found: dict[str, dict[str, Any]]) -> Counter[str]:
    """Every write that was made, or would be."""
    rows = [(name, row) for name in WRITING for row in found.get(name, {}).get("changes", [])]
    return Counter(f"{name} {row['action']} {row.get('group') or row['email']} {row.get('emails') or row['email']}" for name, row in rows)


def left(found: dict[str, dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted((name, row["action"], row["email"] or row["group"]) for name in WRITING for row in found.get(name, {}).get("left", []))


def problems(found: dict[str, dict[str, Any]]) -> list[str]:
    return [said for name in ("people", *WRITING) for said in found.get(name, {}).get("problems", [])]


def told(found: dict[str, dict[str, Any]], reason: str) -> list[str]:
    return [row["message"] for name in WRITING for row in found.get(name, {}).get("attention", []) if row["reason"] == reason]


def state(box: Sandbox) -> Any:
    """Both sides, without ids and times."""
    users, groups = box.zoom.state()["users"], box.zoom.state()["groups"]
    shown = ("status", "first_name", "last_name", "display_name", "license")
    scope = {row["email"]: sorted(member["email"] for member in row["members"]) for row in box.google.state()["groups"]}
    return (
        {row["email"]: {name: row[name] for name in shown} for row in users},
        {row["name"]: sorted(row["members"]) for row in groups},
        scope,
    )


def tried(tenant: Tenant, **part: Any) -> dict[str, dict[str, Any]]:
    """In check mode without a write, for real with the same changes; the real run's results."""
    check = tenant.run(check=True, **part)
    assert tenant.box.ledger.writes() == []
    real = tenant.run(**part)
    assert made(check) == made(real)
    assert left(check) == left(real)
    assert sum(written(tenant.box).values()) == sum(made(real).values())
    return real
