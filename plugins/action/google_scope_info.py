# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""google_scope_info on the controller: runs the module of the same name in place, or begins it ahead."""

from __future__ import annotations

from typing import Any

from ..plugin_utils._in_place import InPlace


class ActionModule(InPlace):
    """Google is read while Zoom is: a task of the role scope begins it, and the one that says the same behind Zoom's takes the result."""

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        if task_vars and task_vars.get("_scope_ahead"):
            return self._begin_ahead(task_vars)
        return super().run(tmp, task_vars)
