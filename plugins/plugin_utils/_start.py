# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a module from where this collection is installed: `python -P _start.py zoom_user_info`, options as JSON on standard input.

Or the host of a run, which is given an open socket: `python -P _start.py host 3 4711 /folder/of/the/run/host`.
"""

from __future__ import annotations

import importlib
import runpy
import sys
from pathlib import Path
from types import ModuleType

PLUGINS = "ansible_collections.workspace_zoom.provisioning.plugins"


def start(name: str, given: list[str]) -> None:
    """Other collections are out of sight, so that none of them can stand in for a part of this one."""
    collections = ModuleType("ansible_collections")
    collections.__path__ = [str(Path(__file__).parents[4])]
    sys.modules["ansible_collections"] = collections
    sys.argv[1:] = []  # Ansible would take them for the module's own
    if name == "host":
        importlib.import_module(f"{PLUGINS}.plugin_utils._module_host._server").main(PLUGINS, given)
    else:
        runpy.run_module(f"{PLUGINS}.modules.{name}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    start(sys.argv[1], sys.argv[2:])
