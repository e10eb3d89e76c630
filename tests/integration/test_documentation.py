# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-doc shows every module whole, and the documentation says what the argument specs say (sanity checks the latter)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playing import ROOT

DOC = str(Path(sys.executable).parent / "ansible-doc")
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))


def test_every_module_has_options_examples_and_return_values() -> None:
    names = [f"workspace_zoom.provisioning.{name}" for name in MODULES]
    shown = json.loads(subprocess.run([DOC, "--json", *names], capture_output=True, text=True, check=True).stdout)
    assert set(shown) == set(names)
    for name, entry in shown.items():
        assert entry["doc"]["options"], name
        assert all(option["description"] for option in entry["doc"]["options"].values()), name
        assert name in entry["examples"]
        assert entry["return"], name


def test_every_role_shows_its_variables() -> None:
    roles = [f"workspace_zoom.provisioning.{path.name}" for path in sorted((ROOT / "roles").iterdir())]
    shown = json.loads(subprocess.run([DOC, "--json", "-t", "role", *roles], capture_output=True, text=True, check=True).stdout)
    assert {name: bool(entry["entry_points"]["main"]["options"]) for name, entry in shown.items()} == dict.fromkeys(roles, True)


LOOKUPS = {"tenant_problems": {"_terms", "of_this_play"}, "connection": {"_terms"}}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_lookup_shows_its_options_and_what_it_returns(lookup: str) -> None:
    name = f"workspace_zoom.provisioning.{lookup}"
    shown = json.loads(subprocess.run([DOC, "--json", "-t", "lookup", name], capture_output=True, text=True, check=True).stdout)
    assert set(shown[name]["doc"]["options"]) == LOOKUPS[lookup]
    assert name in shown[name]["examples"]
    assert shown[name]["return"]


def test_the_callback_shows_its_options_and_how_to_enable_it() -> None:
    name = "workspace_zoom.provisioning.provisioning_plan"
    shown = json.loads(subprocess.run([DOC, "--json", "-t", "callback", name], capture_output=True, text=True, check=True).stdout)
    assert set(shown[name]["doc"]["options"]) == {"dir", "name", "title", "markdown_limit", "where", "ci"}
    assert name in str(shown[name]["doc"]["requirements"])
