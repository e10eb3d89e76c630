# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How accounts are told whose they are, as rules read it from a policy."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import parse_matching
from directory_people import ada


def test_an_expression_names_the_address_wanted_in_zoom_and_what_is_none_is_passed_over() -> None:
    people = [ada(notes="countess@example.com")]
    assert parse_matching({"user_name": "notes"}).user_names(people) == {"1": "countess@example.com"}
    assert parse_matching({"user_name": "notes"}).user_names([ada(notes="the countess")]) == {}
    assert parse_matching({"user_name": "length(locations)"}).user_names(people) == {}, "the mapping reports what can't be evaluated"
    assert parse_matching({"user_name": "primaryEmail"}).user_names(people) == {}, "nobody goes by another address than the primary one"
