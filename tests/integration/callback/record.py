# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every task's result as a line of JSON, for the tests to read."""

from __future__ import annotations

DOCUMENTATION = """
name: record
type: notification
short_description: Results as JSON Lines
description: Writes every task's result to the file that RECORD_FILE names.
"""

import json
import os
from typing import Any

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "record"

    def _keep(self, result: Any, status: str) -> None:
        task, found = result._task, result._result
        line = {"host": result._host.get_name(), "task": task.get_name(), "action": task.resolved_action or task.action, "status": status}
        with open(os.environ["RECORD_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps({**line, "result": found}, default=str) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._keep(result, "ok")

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._keep(result, "failed")

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._keep(result, "skipped")
