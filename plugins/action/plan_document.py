# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""plan_document on the controller: the document of one host, while its run goes on, from the results that its tasks registered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase

from ..module_utils._model._spelled import as_json
from ..plugin_utils._plan_document import _markdown
from ..plugin_utils._plan_document._collect import Tenant, take
from ..plugin_utils._plan_document._document import build
from ..plugin_utils._plan_document._files import now, write


class ActionModule(ActionBase):  # type: ignore[misc, unused-ignore]
    _VALID_ARGS = frozenset({"dir", "results"})

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = super().run(tmp, task_vars)
        if not self._task.check_mode:
            return {**found, "changed": False, "skipped": True, "skip_reason": "Only what check mode has planned can be approved."}
        tenant = Tenant(str((task_vars or {}).get("inventory_hostname") or ""))
        for row in self._task.args.get("results") or []:
            result = row.get("result") or {}
            if not result.get("failed") or result.get("partial"):
                take(tenant, str(row["module"]), result)
        document = build([tenant], check_mode=True, time=now())
        folder = Path(str(self._task.args["dir"])).expanduser()
        try:
            write(folder, {"plan.json": as_json(document, indent=1) + "\n", "plan.md": _markdown.render(document)})
        except OSError as error:
            return {**found, "failed": True, "msg": f"The plan can't be written to {folder}: {error.strerror}."}
        about = {name: document[name] for name in ("seal", "digest", "outcome", "summary")}
        return {**found, "changed": False, "path": str(folder / "plan.json"), **about}
