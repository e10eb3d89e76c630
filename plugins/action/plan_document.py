# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""plan_document on the controller: the document of one host, while its run goes on, from the results that its tasks registered, and what
the run reports to the jobs after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ..module_utils._model._spelled import as_json
from ..plugin_utils._plan_document import _markdown
from ..plugin_utils._plan_document._collect import Tenant, take
from ..plugin_utils._plan_document._document import build
from ..plugin_utils._plan_document._files import now, write
from ..plugin_utils._workflow import _report


class ActionModule(ActionBase):  # type: ignore[misc, unused-ignore]
    _VALID_ARGS = frozenset({"dir", "results", "write", "stage"})

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = super().run(tmp, task_vars)
        given = self._task.args
        check_mode, host = bool(self._task.check_mode), str((task_vars or {}).get("inventory_hostname") or "")
        tenant, results = Tenant(host), list[dict[str, Any]]()
        for row in given.get("results") or []:
            result = row.get("result") or {}
            if not result.get("failed") or result.get("partial"):
                take(tenant, str(row["module"]), result)
                results.append(result)
        document = build([tenant], check_mode=check_mode, time=now())
        about: dict[str, Any] = {name: document[name] for name in ("seal", "digest", "outcome", "summary")}
        if check_mode and boolean(given.get("write", True)):
            folder = Path(str(given["dir"])).expanduser()
            try:
                write(folder, {"plan.json": as_json(document, indent=1) + "\n", "plan.md": _markdown.render(document)})
            except OSError as error:
                return {**found, "failed": True, "msg": f"The plan can't be written to {folder}: {error.strerror}."}
            about.update(path=str(folder / "plan.json"), document=str(folder / "plan.md"))
        return {**found, "changed": False, **about, **_handed_on(document, results, about, given)}


def _handed_on(
    document: Mapping[str, Any], results: list[dict[str, Any]], about: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """What a run shows of its removals, and what it reports to the jobs after it."""
    tenant, stage = document["tenants"][0], _report.PLAN if document["check_mode"] else str(given.get("stage") or _report.APPLY)
    plan = {name: about[name] for name in ("path", "seal", "document")} if "path" in about else None
    removals = _report.removals_of(tenant)
    return {
        "removals": removals[: _report.SHOWN],
        "removals_total": len(removals),
        "above_limits": _report.above_limits_of(results),
        "report_name": _report.name_of(tenant["tenant"], stage),
        "report": _report.report_of(tenant, results, stage, plan),
    }
