# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For demo.yml alone: runs extensions/demo by Ansible's own Python, and shows each line when it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.color import ANSIBLE_COLOR
from ansible.utils.display import Display

EXTENSIONS = Path(__file__).parents[2] / "extensions"
_display = Display()


class ActionModule(ActionBase):  # type: ignore[misc, unused-ignore]
    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = super().run(tmp, task_vars)
        needs = _needs()
        if sentence := needs.missing("The demo", needs.COLLECTION, needs.SANDBOX):
            return {**found, "failed": True, "msg": sentence}
        last = ""
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "demo"],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                _display.display(line.rstrip("\n"))
                last = line.strip() or last
        # Nothing of the user's own is changed, so the task is not either.
        return {**found, "changed": False, "failed": process.returncode != 0, "msg": last.removeprefix("== ")}


def _needs() -> Any:
    """By its file: the package that it belongs to is not where this Python looks."""
    spec = spec_from_file_location("needs", EXTENSIONS / "sandbox" / "needs.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _environment() -> dict[str, str]:
    paths = [str(EXTENSIONS), *filter(None, [os.environ.get("PYTHONPATH")])]
    colour = {"ANSIBLE_FORCE_COLOR": "true"} if ANSIBLE_COLOR else {}
    return {**os.environ, **colour, "PYTHONPATH": os.pathsep.join(paths)}
