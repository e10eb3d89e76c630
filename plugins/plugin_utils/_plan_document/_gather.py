# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What callbacks are told of a run, host by host, gathered once for all of them. Needs nothing of Ansible but what it is given."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from ._brief import Brief
from ._collect import Row, Tenant, die, take
from ._document import build

OURS = "workspace_zoom.provisioning."


class Depth(IntEnum):
    """How much of each result is kept: numbers, what a terminal shows, or each row."""

    COUNTS = 1
    SHOWN = 2
    ROWS = 3


class Gathering:
    """`files_in`: how a playbook that is never more than a preview calls the folder of its own files, such as drift.

    Each callback that asks for it hands on what it is told. That of the first one is taken: the others are told the same.
    """

    def __init__(self) -> None:
        self.tenants: dict[str, Tenant] = {}
        self.files_in = ""
        self._modes: set[bool] = set()
        self._first: Any = None
        self._depth: dict[int, Depth] = {}  # by who has asked

    def ask(self, who: Any, depth: Depth) -> None:
        """Before the first result, or each time that a play begins."""
        self._first = who if self._first is None else self._first
        self._depth[id(who)] = depth

    def begin_play(self, play: Any) -> None:
        self.files_in = str(play.get_vars().get("_run_files_in") or "")

    def tenant(self, result: Any) -> Tenant:
        name = str(result._host.get_name())
        if name not in self.tenants:
            asked = set(self._depth.values())
            brief = Brief(named=Depth.SHOWN in asked) if asked - {Depth.ROWS} else None
            self.tenants[name] = Tenant(name, whole=Depth.ROWS in asked, brief=brief)
        return self.tenants[name]

    def ok(self, who: Any, result: Any) -> None:
        if who is not self._first:
            return
        if run := run_of(result):
            self.tenant(result).run = run
        self._take(result)

    def failed(self, who: Any, result: Any, *, ignored: bool) -> None:
        if who is not self._first or self._take(result) or ignored or result._task.get_vars().get("provisioning_verdict"):
            return
        die(self.tenant(result), result._result.get("msg") or "", _action(result._task))

    def unreachable(self, who: Any, result: Any) -> None:
        if who is self._first:
            die(self.tenant(result), result._result.get("msg") or "", _action(result._task))

    def check_mode(self, *, asked: bool) -> bool:
        """`asked`: what counts where no module of this collection ran."""
        return self._modes == {True} or (not self._modes and asked)

    def settle(self, stats: Any) -> None:
        """At the end: what ended the run of a host that has not failed was rescued."""
        for name, tenant in self.tenants.items():
            if not stats.failures.get(name) and not stats.dark.get(name):
                tenant.error = None

    def document(self, stats: Any, *, asked_to_check: bool, time: str) -> Row:
        self.settle(stats)
        return build(self.tenants.values(), check_mode=self.check_mode(asked=asked_to_check), time=time)

    def _take(self, result: Any) -> bool:
        """Whether the result is a plan, whole or in part. A task with changed_when: false is only a preview for a later one."""
        task, found = result._task, result._result
        module = _action(task)
        if not module.startswith(OURS):
            return False
        module, tenant = module.removeprefix(OURS), self.tenant(result)
        self._modes.add(bool(task.check_mode))
        if task.changed_when and not any(task.changed_when):
            return bool(found.get("partial"))
        if module == "plan_document":
            tenant.plan = {name: found[name] for name in ("path", "seal", "document") if found.get(name)}
        elif module == "google_scope_info":
            tenant.people = dict(found.get("summary") or {})
        for each in found.get("results") or [found]:
            if not each.get("failed") or each.get("partial") or (each.get("interrupted") and "changes" in each):
                take(tenant, module, each)
        return bool(found.get("partial"))


_shared = Gathering()


def gathering() -> Gathering:
    """The one of this process, as a run of playbooks is one."""
    return _shared


def run_of(result: Any) -> Row:
    """How the run is called and where it keeps its files, where this is what a task was told."""
    return dict((result._result.get("ansible_facts") or {}).get("provisioning_run") or {})


def _action(task: Any) -> str:
    """The full name, also where a playbook lists the collection and names the module alone."""
    return str(task.resolved_action or task.action)
