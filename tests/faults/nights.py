# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nights: runs of all phases in this process, in the order of site.yml, on one small company."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

OUT, TEAM = "out@example.com", "team@example.com"
NAMES = ("ada.byron", "bob.stone", "cleo.ray", "dan.lee", "eve.moss")
ENDS = {"unknown": "deactivate", "deleted": "delete", "out_of_scope": "deactivate"}
Result = dict[str, Any]


def company(**switches: Any) -> Sandbox:
    """Five people in scope with accounts; Gus is in scope and new, Out is excluded, Finn is nobody's, and the org unit is there."""
    people = [person(name) for name in (*NAMES, "gus.kim", "otto.hall")]
    accounts = [account(name, license="licensed", created="2026-01-01T00:00:00Z") for name in (*NAMES, "otto.hall")]
    groups = {"zoom-users": [*NAMES, "gus.kim"], "out": ["otto.hall"], "team": ["ada.byron", "bob.stone"]}
    given = seed(people, groups, accounts)
    given["google"]["org_units"] = ["/Staff"]
    given["zoom"]["groups"] = [{"name": "Sales"}]
    for row in given["zoom"]["users"]:
        if row["email"] in ("ada.byron@example.com", "bob.stone@example.com"):
            row["groups"] = ["Sales"]
    return Sandbox.start(given, {"rate_limits": False, "google_quota": None, **switches})


class Night:
    """One run. What ends it in reality ends it here; `results` has what the modules returned, `run` with more of the same memory."""

    def __init__(self, box: Sandbox, folder: Path) -> None:
        self.box, self.folder, self.runs = box, folder, 0
        token = {"auth_kind": "accesstoken", "access_token": box.google.mint(), "customer": box.google.customer}
        self.google = {**token, "api_url": box.url, "groups_settings_url": box.url, "max_attempts": 2}
        speed = {"rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0, "max_attempts": 2}
        self.zoom = {**box.connections()["zoom_connection"], **speed}
        self.results: list[Result] = []

    def __call__(self, module: str, /, **options: Any) -> bool:
        """Whether the run goes on."""
        given = self.google if module.startswith("google") else self.zoom
        result = call(module, self.box, connection=given, run_id=f"r{self.runs}", **options)
        self.results.append(result)
        return not result["failed"] or bool(result.get("partial"))

    def run(self, *, members: list[str] | None = None, default: str = "licensed", **asked: Any) -> list[Result]:
        self.runs, self.results = self.runs + 1, []
        accounts, people, memory = (str(self.folder / f"{name}.jsonl") for name in ("accounts", "people", "memory"))
        scope = {"groups": [SCOPE], "org_units": ["/Staff"], "exclude": {"groups": [OUT]}, "resolve_groups": [TEAM], **asked}
        both = {"accounts_path": accounts, "people_path": people, "allow_losses": True, "memory_path": memory}
        both["journal_dir"] = str(self.folder / "journal")
        if not self("zoom_user_info", dest=accounts, memory_path=memory):
            return self.results
        if not self("google_scope_info", accounts_path=accounts, dest=people, deprovision=ENDS, confirm_members=True, **scope):
            return self.results
        if not self("zoom_scim_users", prune=True, deprovision=ENDS, **both):
            return self.results
        if not self("zoom_license_default", default=default, **both):
            return self.results
        self("zoom_groups", groups=[{"name": "Sales", "groups": [TEAM], "exclusive": True}], **both)
        return self.results

    @property
    def ended(self) -> str:
        """The sentence that ended the run, '' where nothing did."""
        last = self.results[-1]
        return str(last["msg"]) if last["failed"] and not last.get("partial") else ""

    def writes(self) -> list[str]:
        return [f"{entry['method']} {entry['path']} {entry['body']}" for entry in self.box.ledger.writes()]
