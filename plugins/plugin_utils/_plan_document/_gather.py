# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What callbacks are told of a run, host by host, for the document of it. Needs nothing of Ansible but what it is given."""

from __future__ import annotations

from typing import Any

from .._task_action import full_name
from ._collect import Row, Tenant, die, take
from ._document import build

OURS = "workspace_zoom.provisioning."


class Gathering:
    """`files_in`: how a playbook that is never more than a preview calls the folder of its own files, such as drift."""

    def __init__(self) -> None:
        self.tenants: dict[str, Tenant] = {}
        self.files_in = ""
        self._modes: set[bool] = set()

    def begin_play(self, play: Any) -> None:
        self.files_in = str(play.get_vars().get("_run_files_in") or "")

    def tenant(self, result: Any) -> Tenant:
        name = str(result._host.get_name())
        return self.tenants.setdefault(name, Tenant(name))

    def ok(self, result: Any) -> Row:
        """How the run is called and where it keeps its files, where this is what it was told."""
        run = dict((result._result.get("ansible_facts") or {}).get("provisioning_run") or {})
        if run:
            self.tenant(result).run = run
        self._take(result)
        return run

    def failed(self, result: Any, *, ignored: bool) -> None:
        if self._take(result) or ignored or result._task.get_vars().get("provisioning_verdict"):
            return
        die(self.tenant(result), result._result.get("msg") or "", full_name(result._task))

    def unreachable(self, result: Any) -> None:
        die(self.tenant(result), result._result.get("msg") or "", full_name(result._task))

    def document(self, stats: Any, *, asked_to_check: bool, time: str) -> Row:
        """`asked_to_check`: what counts where no module of this collection ran."""
        for name, tenant in self.tenants.items():
            if not stats.failures.get(name) and not stats.dark.get(name):
                tenant.error = None  # rescued
        check_mode = self._modes == {True} or (not self._modes and asked_to_check)
        return build(self.tenants.values(), check_mode=check_mode, time=time)

    def _take(self, result: Any) -> bool:
        """Whether the result is a plan, whole or in part. A task with changed_when: false is only a preview for a later one."""
        task, found = result._task, result._result
        module = full_name(task)
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
