# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs: the modules in the order of playbooks/site.yml, in this process, and what each did to the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from calling import call
from sandbox import Sandbox

from .memory import Memory, read_memory
from .views import GoogleView, Watch, ZoomView, google_view, view

Result = dict[str, Any]
Call = tuple[str, bool, dict[str, Any]]  # module, whether it only looks, options
LICENSES = ("default", "rules", "fallback", "reserve")
LIMITS = ("max_deactivations", "max_leavers", "max_renames", "max_updates", "max_creations")
ACCOUNTS = ("identity", "prune", "deprovision", "protected", "reactivate", *LIMITS)
OPTIONAL = ("attributes", "remember")  # of a policy, beside ACCOUNTS
KINDS = ("groups", "org_units", "users")


@dataclass
class Phase:
    """One module call: its result, its writes as the ledger has them, and Zoom before and after it.

    `looks`: in check mode whatever the run is, for what the scope group's tasks would change.
    """

    module: str
    looks: bool
    result: Result
    writes: list[dict[str, Any]]
    before: ZoomView
    after: ZoomView

    def reported(self, *lists: str) -> list[Result]:
        return [row for name in lists for row in self.result.get(name) or []]

    def changes(self) -> list[Result]:
        """Every write that the module announces, or says that it made."""
        zooms, result = self.reported("changes") if self.module.startswith("zoom") else [], self.result
        rows = [row for row in zooms if row["changed"]]
        if self.module == "google_group" and result.get("changed"):
            made = bool(result["pending_changes"])
            rows.append({"action": "google_create" if made else "google_update", "email": result["group"]["email"]})
        for name, action in (("added", "google_add"), ("removed", "google_remove")):
            rows += [{"action": action, "email": email} for email in result.get(name) or []]
        return rows


@dataclass
class Run:
    """`stopped`: why the run ended before its last phase. `idle`: writes that changed nothing. Google's groups before and after it."""

    id: str
    check: bool
    phases: list[Phase] = field(default_factory=list)
    stopped: str = ""
    idle: list[str] = field(default_factory=list)
    first_google: GoogleView = field(default_factory=dict)
    last_google: GoogleView = field(default_factory=dict)

    @property
    def first(self) -> ZoomView:
        return self.phases[0].before

    @property
    def last(self) -> ZoomView:
        return self.phases[-1].after

    @property
    def writes(self) -> list[dict[str, Any]]:
        return [entry for phase in self.phases for entry in phase.writes]

    def reported(self, *lists: str) -> list[Result]:
        return [row for phase in self.phases if not phase.looks for row in phase.reported(*lists)]

    def changes(self) -> list[Result]:
        return [row for phase in self.phases if not phase.looks for row in phase.changes()]


class Site:
    """One tenant's playbook: connections, policy and files. `completed`: whether a real run has come to its end.

    `allowed`: whether the next runs ignore all limits, by provisioning_allow_losses and provisioning_allow_gains.
    """

    def __init__(self, box: Sandbox, policy: Mapping[str, Any], folder: Path) -> None:
        self.box, self.policy, self.folder = box, policy, folder
        self.runs, self.completed, self.allowed = 0, False, False
        self._watch = Watch(box)
        # as fast as can be: how requests are paced is tested elsewhere
        zoom = {**box.connections()["zoom_connection"], "rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0}
        self._connections = {"zoom": zoom, "google": {}, "policy": {}}

    def run(self, *, check: bool) -> Run:
        run = self._drive(check, self._phases)
        self.completed = self.completed or not (check or run.stopped)
        return run

    def undo(self, run: Run) -> Run:
        """playbooks/undo.yml: takes a run back, the accounts that it made too."""
        journal = str(self.journal_dir / f"{run.id}.jsonl")
        return self._drive(False, lambda undoing: self._undoing(undoing, journal))

    def _drive(self, check: bool, phases: Callable[[Run], Iterator[Call]]) -> Run:
        self.runs += 1
        run = Run(f"run{self.runs}", check)
        # with a token at hand: signing one for each call would cost more than all the rest
        token = {"auth_kind": "accesstoken", "access_token": self.box.google.mint()}
        self._connections["google"] = {**token, "customer": self.box.google.customer, "api_url": self.box.url}
        self._watch.start()
        before, run.first_google = view(self.box), google_view(self.box)
        for module, looks, options in phases(run):
            self.box.ledger.clear()
            result = self._call(module, options, check=check or looks)
            after = view(self.box)
            run.phases.append(Phase(module, looks, result, self.box.ledger.writes(), before, after))
            before = after
            if result["failed"] and not result.get("partial"):
                run.stopped = f"{module}: {result['msg']}"
                break
        run.idle, run.last_google = list(self._watch.idle), google_view(self.box)
        return run

    @property
    def memory(self) -> Memory:
        """What the last real run has left."""
        return read_memory(self.folder / "memory.jsonl")

    @property
    def journal_dir(self) -> Path:
        return self.folder / "journal"

    def _call(self, module: str, options: Mapping[str, Any], *, check: bool) -> Result:
        connection = self._connections[module.partition("_")[0]]
        return call(module, self.box, check=check, connection=connection, **options)

    def _validation(self, run: Run) -> dict[str, Any]:
        """Hands over what google_scope_info is to resolve for the other roles."""
        policy = self.policy
        licenses, groups = {name: policy[name] for name in LICENSES}, {"groups": policy["groups"]}
        scope = {**self._chosen(), **{f"exclude_{kind}": policy[f"scope_exclude_{kind}"] for kind in KINDS}}
        return {
            "scope": scope,
            "attribute_mapping": {name: policy[name] for name in (*ACCOUNTS, *OPTIONAL) if name in policy and name != "reactivate"},
            "license_defaults": {**licenses, "max_removals": policy["license_max_removals"]},
            "group_mapping": {**groups, "max_removals": policy["group_max_removals"]},
            "dest": str(self.folder / "people.jsonl.policy"),
            "run_id": run.id,
        }

    def _phases(self, run: Run) -> Iterator[Call]:
        """Later ones need the results of earlier ones."""
        policy = self.policy
        yield "policy_validate", True, self._validation(run)
        own = {"run_id": run.id, "accounts_path": str(self.folder / "accounts.jsonl")}
        memory = {"memory_path": str(self.folder / "memory.jsonl")}
        yield "zoom_user_info", False, {"dest": own["accounts_path"], "run_id": run.id, **memory}
        group = policy.get("scope_group")
        looks = list[Phase]()
        if group:
            yield "google_group", True, self._group(run)
            looks.append(run.phases[-1])
            yield "google_group_members", True, self._members(run)
            looks.append(run.phases[-1])
        pending = self._pending(run) if group else {}
        people = str(self.folder / "people.jsonl")
        scope = {**own, **self._scope(), **pending, "dest": people}
        yield "google_scope_info", False, scope
        # what check mode found unchanged needs no second look, but for files that only a real run writes
        if looks and (looks[0].result["diff"] or looks[0].result["unrecorded"]):
            yield "google_group", False, self._group(run)
        if looks and (looks[1].result["diff"] or looks[1].result.get("problems") or looks[1].result["unrecorded"]):
            yield "google_group_members", False, self._members(run)
            kept = [row["reason"] for row in run.phases[-1].reported("withheld", "failed_items")]
            refused = any(change.get("refused") for change in run.phases[-1].result.get("pending_changes") or [])
            if refused or {"addition_refused", "stopped"} & {*kept}:
                yield "google_scope_info", False, scope
        own.update(people_path=people, **self._journal, **memory, allow_losses=self.allowed)
        licenses = {name: policy[name] for name in LICENSES if policy[name] is not None}
        mapping = {name: policy[name] for name in (*ACCOUNTS, *OPTIONAL) if name in policy}
        limit = policy["license_max_removals"]
        yield (
            "zoom_scim_users",
            False,
            {
                **own,
                "allow_gains": self.allowed,
                "licenses": licenses,
                "max_license_removals": limit,
                **mapping,
            },
        )
        yield "zoom_license_default", False, {**own, **licenses, "protected": policy["protected"], "max_removals": limit}
        yield "zoom_groups", False, {**own, "groups": policy["groups"], "max_removals": policy["group_max_removals"]}

    def _undoing(self, run: Run, journal: str) -> Iterator[Call]:
        policy, accounts, memory = self.policy, str(self.folder / "accounts.jsonl"), {"memory_path": str(self.folder / "memory.jsonl")}
        yield "zoom_user_info", False, {"dest": accounts, "run_id": run.id, **memory}
        own = {"journal": journal, "run_id": run.id, "allow_losses": self.allowed, **self._journal}
        zoom = {"accounts_path": accounts, "creations": True, "protected": policy["protected"], "allow_gains": self.allowed, **memory}
        yield "zoom_undo", False, {**own, **zoom, "known_people_path": str(self.folder / "people.jsonl")}
        yield "google_undo", False, own

    def _pending(self, run: Run) -> dict[str, str]:
        return {"pending_path": str(self.folder / "people.jsonl.pending"), "run_id": run.id}

    @property
    def _journal(self) -> dict[str, str]:
        return {"journal_dir": str(self.journal_dir)}

    def _group(self, run: Run) -> dict[str, Any]:
        return {"email": self.policy["scope_group"], **self._journal, **self._pending(run)}

    def _members(self, run: Run) -> dict[str, Any]:
        policy = self.policy
        return {
            "group": policy["scope_group"],
            "members": policy["scope_group_members"],
            "exclusive": policy["scope_group_exclusive"],
            "max_removals": 10**6 if self.allowed else policy["scope_max_removals"],
            "verify_members": True,
            "baseline_path": str(self.folder / "scope_group.json"),
            **self._journal,
            **self._pending(run),
        }

    def _chosen(self) -> dict[str, Any]:
        policy = self.policy
        chosen = {kind: list(policy[f"scope_{kind}"]) for kind in KINDS}
        chosen["groups"] += [policy["scope_group"]] if policy.get("scope_group") else []
        return {
            **chosen,
            "ignore_unreadable": policy.get("ignore_unreadable", []),
            "confirm_limit": policy.get("confirm_limit", 200),
        }

    def _scope(self) -> dict[str, Any]:
        return {
            **self._chosen(),
            "exclude": {kind: self.policy[f"scope_exclude_{kind}"] for kind in KINDS},
            "policy_path": str(self.folder / "people.jsonl.policy"),
        }
