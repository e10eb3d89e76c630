# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of awx.awx, which the role awx runs by the dozen, without the start of each: from a server of their own (warm_server.py).

They are the real ones, given what Ansible gives them. What Ansible packs into a zip for each of them is imported here once.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

COLLECTION = Path(__file__).parents[2] / ".build" / "awx"
NAMES = "awx.awx."
PACKAGE = "ansible_collections.awx.awx.plugins"
Work = Callable[[dict[str, Any]], object]


def modules(_here: str) -> tuple[Work, Callable[[], None]]:
    """No other collection is in sight, as in the zip of a module."""
    collections = ModuleType("ansible_collections")
    collections.__path__ = [str(COLLECTION / "ansible_collections")]
    sys.modules["ansible_collections"] = collections
    importlib.import_module(f"{PACKAGE}.module_utils.controller_api")

    def work(given: dict[str, Any]) -> None:
        name = given["arguments"][-1].removeprefix(NAMES)
        del sys.argv[1:]
        runpy.run_module(f"{PACKAGE}.modules.{name}", run_name="__main__", alter_sys=True)

    return work, lambda: None


def execute_by(run: Callable[..., Any]) -> None:
    """In a server of playbooks, in the place of what packs, copies and starts a module. `run` takes what subprocess.run takes."""
    from ansible.module_utils.common import json as ansible_json
    from ansible.plugins.action import ActionBase
    from ansible.plugins.loader import lookup_loader

    lookup_loader.get(f"{NAMES}controller_api", class_only=True)
    usual = ActionBase._execute_module
    encoder = ansible_json.get_module_encoder("legacy", ansible_json.Direction.CONTROLLER_TO_MODULE)

    def execute(self: Any, module_name: Any = None, module_args: Any = None, **more: Any) -> Any:
        name = module_name or self._task.resolved_action or self._task.action
        if not name.startswith(NAMES):
            return usual(self, module_name=module_name, module_args=module_args, **more)
        options: dict[str, Any] = dict(self._task.args if module_args is None else module_args)
        self._update_module_args(name, options, more["task_vars"])
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        done = run(
            ["", "", name],
            input=json.dumps({"ANSIBLE_MODULE_ARGS": options}, cls=encoder),
            cwd=self._loader.get_basedir(),
            env={**os.environ, **{key: str(value) for key, value in environment.items()}},
        )
        found = self._parse_returned_data({"stdout": done.stdout, "stderr": done.stderr, "rc": done.returncode}, "legacy")
        if not isinstance(found, dict):  # since ansible-core 2.21
            found.remove_internal_keys()
            return found.as_result_dict(for_round_trip=True)
        importlib.import_module("ansible.vars.clean").remove_internal_keys(found)
        return found

    ActionBase._execute_module = execute
