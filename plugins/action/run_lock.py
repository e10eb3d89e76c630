# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""run_lock on the controller: the lock is held by ansible-playbook, whose workers end with each task."""

from __future__ import annotations

import os
from typing import Any

from ..plugin_utils._in_place import InPlace


class ActionModule(InPlace):
    def _options(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        return {"pid": os.getppid(), **super()._options(task_vars)}
