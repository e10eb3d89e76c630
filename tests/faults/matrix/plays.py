# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays: what is run on the company, in this process: site.yml with either credential of Zoom, an offboarding, and modules alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Event
from typing import Any

from sandbox import Sandbox
from stateful.site import Call, Phase, Run, Site
from stateful.story import MEMORY, stopped_aside
from stateful.views import ZoomView

from .company import EXTRA, STRANGER, TODAY, YESTERDAY, open_company, overnight
from .state import State, state_of

Result = dict[str, Any]
Entry = dict[str, Any]
NOTHING = ZoomView({}, {})
ATTEMPTS = 3


@dataclass
class Night:
    """One run: what its modules returned, what was asked of both sides, and how both were before and after it.

    `stopped`: why it ended before its last phase.
    """

    before: State
    after: State
    results: list[tuple[str, Result]]
    entries: list[Entry]
    stopped: str = ""

    @property
    def reported(self) -> list[Result]:
        """Every row of failed_items and withheld."""
        return [row for _module, result in self.results for name in ("failed_items", "withheld") for row in result.get(name) or []]

    @property
    def attention(self) -> set[str]:
        """What is reported and fails nothing."""
        rows = [row for _module, result in self.results for row in result.get("attention") or []]
        checks = [row for _module, result in self.results for row in result.get("checks") or [] if not row["passed"]]
        return {row["message"] for row in [*rows, *checks]}

    @property
    def failed(self) -> bool:
        return any(result["failed"] for _module, result in self.results)

    @property
    def changes(self) -> list[Result]:
        """Every write that a module says it has made, Google's under names of their own."""
        rows = []
        for module, result in self.results:
            prefix = "google_" if module.startswith("google") else ""
            rows += [{**row, "action": prefix + row["action"]} for row in result.get("changes") or [] if row.get("changed", True)]
        return rows


class Tenant(Site):
    """`keyed`: Google is asked with the service account's key, as a token of its own can't be renewed."""

    def __init__(self, box: Sandbox, folder: Path, play: str, *, keyed: bool = False, timeout: float = 60) -> None:
        super().__init__(box, POLICIES.get(play, TODAY), folder)
        del box.ledger.close  # its watch takes answers for what they are meant to be
        self.play, self.keyed, self.timeout = play, keyed, timeout
        if play == "by SCIM":
            self._connections["zoom"] = {**box.scim_connection(), "scim_rate": 100000.0}

    def night(self) -> Night:
        before, results, stopped = state_of(self.box), list[tuple[str, Result]](), ""
        self.runs += 1
        self.box.ledger.clear()
        run = Run(f"run{self.runs}", check=False)
        token = {"auth_kind": "accesstoken", "access_token": self.box.google.mint(), "customer": self.box.google.customer}
        own = (
            self.box.connections()["google_connection"]
            if self.keyed
            else {**token, "api_url": self.box.url, "groups_settings_url": self.box.url}
        )
        self._connections["google"] = own
        for module, looks, options in PLAYS[self.play](self, run):
            result = self._call(module, options, check=looks)
            run.phases.append(Phase(module, looks, result, [], NOTHING, NOTHING))
            if not looks:
                results.append((module, result))
            if result["failed"] and not result.get("partial"):
                stopped = f"{module}: {result['msg']}"
                results += [(module, result)] if looks else []
                break
        if self.timeout < 1:  # what comes too late is in the ledger when it has come
            Event().wait(self.timeout * 2)
        return Night(before, state_of(self.box), results, self.box.ledger.entries, stopped)

    def _call(self, module: str, options: Mapping[str, Any], *, check: bool) -> Result:
        side = module.partition("_")[0]
        more = {} if side == "policy" else {"max_attempts": ATTEMPTS, "timeout": self.timeout}
        return super()._call(module, {**options, **more}, check=check)

    def _group(self, run: Run) -> dict[str, Any]:
        return {**super()._group(run), **self.policy["group_settings"]}


def _site(tenant: Tenant, run: Run) -> Iterator[Call]:
    yield from tenant._phases(run)


def _offboarding(tenant: Tenant, run: Run) -> Iterator[Call]:
    """Bob has left the scope, so that he stays away."""
    options = {"action": "deactivate", "transfer_to": "jon.ash@example.com", "journal_dir": str(tenant.journal_dir), "run_id": run.id}
    yield "zoom_offboard", False, {"users": ["bob.stone@example.com", "hal.kim@example.com"], **options}


def _alone(tenant: Tenant, run: Run) -> Iterator[Call]:
    """What each module does by itself, beside what a whole run needs."""
    own = {"journal_dir": str(tenant.journal_dir), "run_id": run.id}
    new = {"email": "new@example.com", "name": "New", "settings": {"whoCanJoin": "INVITED_CAN_JOIN"}}
    yield "zoom_account_info", False, {}
    yield "google_account_info", False, {}
    yield "google_group", False, {**new, **own}
    yield "google_group_members", False, {"group": "new@example.com", "members": ["jon.ash@example.com"], **own}
    yield "google_group_info", False, {"groups": [EXTRA]}
    yield "google_group_members_info", False, {"groups": [EXTRA]}
    yield "google_group", False, {"email": "spare@example.com", "state": "absent", **own}
    yield "zoom_user_info", False, {}
    yield "zoom_group", False, {"name": "Trainers"}
    members = ["cleo.park@example.com", "dora.king@example.com", "ina.wood@example.com"]
    yield "zoom_group_members", False, {"group": "Managers", "members": members, "exclusive": True}
    yield "zoom_scim_user", False, {"user_name": "dora.king@example.com", "given_name": "Theodora", "license": "licensed"}
    yield "zoom_scim_user", False, {"user_name": "kay.odd@example.com", "state": "absent"}
    if tenant.box.zoom.find(STRANGER):  # who is gone can't be named again
        yield "zoom_offboard", False, {"users": [STRANGER], "action": "disassociate", **own}


PLAYS: dict[str, Callable[[Tenant, Run], Iterator[Call]]] = {
    "site": _site,
    "by SCIM": _site,
    "alone": _alone,
    "offboarding": _offboarding,
}
POLICIES = {"by SCIM": {**TODAY, "deprovision": {**TODAY["deprovision"], "deleted": "deactivate"}}}


@cache
def yesterday(play: str) -> Path:
    """The files that yesterday's run left; it had nothing to do."""
    folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    with open_company() as box:
        tenant = Tenant(box, folder, play)
        tenant.policy = YESTERDAY
        tenant.runs = 10**6
        night = tenant.night()
        assert (night.stopped, night.reported, night.before) == ("", [], night.after)
    return folder


@contextmanager
def today(play: str, *, keyed: bool = False, timeout: float = 60, **switches: Any) -> Iterator[Tenant]:
    box = open_company()
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, ignore_cleanup_errors=True) as folder:
        overnight(box)
        if play in ("site", "by SCIM"):
            shutil.copytree(yesterday(play), folder, dirs_exist_ok=True)
        box.switches.update(switches)
        yield Tenant(box, Path(folder), play, keyed=keyed, timeout=timeout)


@cache
def undisturbed(play: str) -> tuple[Night, Night]:
    """The run without a fault, and the next one, which finds nothing left to do."""
    with today(play) as tenant:
        return tenant.night(), tenant.night()
