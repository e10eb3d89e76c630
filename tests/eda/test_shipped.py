# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection ships for events fits together: options, their documentation, and the rulebooks."""

from __future__ import annotations

import runpy
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from listening import SOURCES

ROOT = Path(__file__).parents[2]
SIDES = {"zoom": "zoom_webhook", "google": "google_user_watch"}


def documented(source: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(runpy.run_path(str(SOURCES / f"{source}.py"))["DOCUMENTATION"])["options"]
    return found


@pytest.mark.parametrize("source", SIDES.values())
def test_each_option_of_a_source_is_documented_with_its_default(source: str) -> None:
    module = runpy.run_path(str(SOURCES / f"{source}.py"))
    options = documented(source)
    assert set(options) == {*module["shared"].OPTIONS, *module["_OWN"]}
    listener = module["shared"].Listener()
    for name in module["shared"].OPTIONS:
        if "default" in options[name]:
            assert options[name]["default"] == getattr(listener, name), name
    assert options["events"]["default"] == module["_EVENTS"]


@pytest.mark.parametrize(("side", "source"), SIDES.items())
def test_a_rulebook_gives_its_source_what_that_has_and_a_job_nothing_but_addresses(side: str, source: str) -> None:
    (ruleset,) = yaml.safe_load((ROOT / "extensions" / "eda" / "rulebooks" / f"{side}_people.yml").read_text())
    (given,) = ruleset["sources"]
    assert set(given[f"workspace_zoom.provisioning.{source}"]) <= set(documented(source))
    (rule,) = ruleset["rules"]
    action = rule["action"]["run_job_template"]
    assert action["include_events"] is False
    assert set(action["job_args"]) == {"extra_vars"}
    assert set(action["job_args"]["extra_vars"]) == {"apply_only"}
    assert rule["throttle"] == {"once_after": "1 minute", "group_by_attributes": ["event.person.address"]}


def test_the_built_collection_has_the_rulebooks_and_the_sources() -> None:
    ignored = yaml.safe_load((ROOT / "galaxy.yml").read_text())["build_ignore"]
    paths = [path.relative_to(ROOT) for path in (ROOT / "extensions" / "eda").rglob("*.*") if "__pycache__" not in path.parts]
    assert len(paths) == 5
    for path in paths:
        for part in (*(str(parent) for parent in path.parents), str(path)):
            assert not any(fnmatch(part, pattern) for pattern in ignored), path
