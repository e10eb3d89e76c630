# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run would change, or has changed, for people at a terminal."""

from __future__ import annotations

DOCUMENTATION = r"""
name: provisioning_report
type: aggregate
short_description: Print what a run would change, or has changed, at its end
version_added: 1.0.0
description:
  - After the recap, it prints for each tenant who loses something and why, whose change was blocked, what failed, what needs attention, and
    how many changes of each kind there are.
  - Removals are never cut, nor are the names of people whose removal was blocked. Each other sentence is printed once, with up to five
    names and the number of the others.
  - The last line has the number of changes and the identifier of the run. The command below it undoes the run, or applies exactly what was
    previewed. It does not repeat values of C(-e) that may be secret.
  - In an AWX job, where each removal is an event of its own, it prints the last line only. It prints nothing where Ansible prints JSON.
  - The playbooks of this collection load it by themselves. Enable it for playbooks of your own.
requirements:
  - for playbooks of your own, enabled with C(ANSIBLE_CALLBACKS_ENABLED=workspace_zoom.provisioning.provisioning_report)
options:
  enabled:
    description: Whether it prints anything.
    type: bool
    default: true
    env:
      - name: PROVISIONING_REPORT
    ini:
      - section: provisioning_report
        key: enabled
author:
  - workspace_zoom.provisioning contributors (@workspace-zoom)
"""

import shutil
from collections.abc import Mapping
from typing import Any, ClassVar

from ansible import constants, context
from ansible.plugins.callback import CallbackBase

from ..plugin_utils._plan_document import _command, _terminal
from ..plugin_utils._plan_document._brief import Brief
from ..plugin_utils._plan_document._collect import Tenant
from ..plugin_utils._plan_document._gather import Depth, gathering, is_preview

_OF_AWX = ("awx_job_id", "tower_job_id")
_NARROWEST = 72  # columns of a sentence
_USUAL = 100
_WIDEST = 120
_COLORS = {
    _terminal.REMOVAL: "COLOR_DIFF_REMOVE",
    _terminal.PROBLEM: "COLOR_ERROR",
    _terminal.ATTENTION: "COLOR_WARN",
    _terminal.CLOSING: "COLOR_HIGHLIGHT",
}


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "workspace_zoom.provisioning.provisioning_report"
    CALLBACK_NEEDS_ENABLED = True
    _first: ClassVar[list[CallbackModule]] = []  # the one that works, where it was loaded by a playbook and enabled too

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gathering = gathering()
        self._is_job = False

    def v2_playbook_on_start(self, playbook: Any) -> None:
        if not self._first:
            self._first.append(self)
        of_programs = str(constants.DEFAULT_STDOUT_CALLBACK).rpartition(".")[2] in ("json", "jsonl")
        self.disabled = self._first != [self] or not self.get_option("enabled") or of_programs

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._gathering.begin_play(play)
        given = getattr(play.get_variable_manager(), "extra_vars", None) or {}
        self._is_job |= any(name in given for name in _OF_AWX)
        self._gathering.ask(self, Depth.COUNTS if self._is_job else Depth.SHOWN)

    def v2_runner_on_ok(self, result: Any) -> None:
        self._gathering.ok(self, result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._gathering.failed(self, result, ignored=ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._gathering.unreachable(self, result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        if self._gathering.files_in == "preflight":  # which reports what it found itself
            return
        self._gathering.settle(stats)
        # of a run that did not get as far as its name, Ansible's own last message says all
        tenants = [tenant for _name, tenant in sorted(self._gathering.tenants.items()) if _is_told(tenant)]
        given = context.CLIARGS
        modes = {mode for tenant in tenants if tenant.brief for mode in tenant.brief.modes}
        preview = is_preview(modes, asked=bool(given.get("check")))
        several = len(set(stats.processed) - {"localhost"}) > 1
        about = {tenant.name: _about(tenant, given, check_mode=preview, several=several) for tenant in tenants}
        width = min(max(shutil.get_terminal_size((_USUAL, 24)).columns, _NARROWEST), _WIDEST)
        for block in _terminal.render(tenants, about, preview=preview, width=width, closing_only=self._is_job):
            color = _COLORS.get(block.tone)
            self._display.display(block.text, color=getattr(constants, color, None) if color else None)
        for tenant in tenants:  # a playbook that was given behind this one reports its own
            tenant.brief, tenant.plan = Brief(named=not self._is_job), {}


def _is_told(tenant: Tenant) -> bool:
    return tenant.brief is not None and bool(tenant.brief.results or tenant.plan or (tenant.error and tenant.run))


def _about(tenant: Tenant, given: Mapping[str, Any], *, check_mode: bool, several: bool) -> _terminal.About:
    run, plan, playbook = tenant.run, tenant.plan, str(next(iter(given.get("args") or ()), ""))
    files = str(plan.get("document") or run.get("changes_dir") or "")
    if playbook.startswith("workspace_zoom.provisioning.") or playbook.endswith((".yml", ".yaml")):
        limit = tenant.name if several else ""
        usual = {**given, "inventory": None} if list(given.get("inventory") or ()) == list(constants.DEFAULT_HOST_LIST or ()) else given
        if not check_mode and run.get("id"):
            return _terminal.About(str(run["id"]), _command.to_undo(usual, playbook, str(run["id"]), limit), files, tenant.people)
        if check_mode and plan.get("path") and plan.get("seal"):
            return _terminal.About(str(run.get("id") or ""), _command.to_make(usual, playbook, plan, limit), files, tenant.people)
    return _terminal.About(str(run.get("id") or ""), "", files, tenant.people)
