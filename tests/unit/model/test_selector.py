# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a selector chooses."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import parse_selector
from directory_people import ada


def test_all_that_a_selector_names_must_match() -> None:
    spec = {"groups": ["G@example.com", "h@example.com"], "org_units": ["/staff"], "users": ["A@example.com"], "where": "notes == 'x'"}
    assert parse_selector(spec, "rule").matches(ada(notes="x"))
    for key, value in (("groups", ["h@example.com"]), ("org_units", ["/Sales"]), ("users", ["b@example.com"]), ("where", "notes == 'y'")):
        assert not parse_selector({**spec, key: value}, "rule").matches(ada(notes="x"))


@pytest.mark.parametrize(("text", "truth"), [("`0`", True), ("''", False), ("aliases", True), ("notes", False), ("`false`", False)])
def test_a_condition_is_true_as_jmespath_says(text: str, truth: bool) -> None:
    assert parse_selector({"where": text}, "rule").matches(ada()) is truth
