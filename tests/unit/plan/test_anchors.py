# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that are not ours."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._anchors import foreign_findings, take_census
from identities import ANCHORED, account, person


def test_many_foreign_numbers_are_one_sentence_that_names_a_few() -> None:
    accounts = [account(name, employee_unique_id=f"hr-{name}") for name in ("ada", "bob", "dan", "eve")]
    found = foreign_findings(take_census([person("ada")], accounts, parse_matching({"identity": "employeeNumber"})))
    assert [row.reason for row in found] == ["unique_id_not_ours"]
    assert foreign_findings(take_census([person("ada")], [account("ada")], Matching())) == []


@pytest.mark.parametrize(
    ("values", "count", "set_by_others"),
    [
        (["E1", "E2", "E3", ""], 3, True), (["E1", "E2", "", ""], 2, False), (["E1", "E2", "E3", "id-d"], 3, True),
        (["E1", "id-b", "id-c", "id-d"], 1, False), (["", "", "", ""], 0, False),
    ],
)  # fmt: skip
def test_many_numbers_that_are_not_ours_are_a_saml_mapping_s(values: list[str], count: int, set_by_others: bool) -> None:
    people = [person(name) for name in "abcd"]
    accounts = [account(name, employee_unique_id=value) for name, value in zip("abcd", values, strict=True)]
    gone = account("gone", employee_unique_id="9" * 21)
    census = take_census(people, [*accounts, gone], ANCHORED)
    assert (len(census.foreign), census.set_by_others) == (count, set_by_others), "the id of somebody deleted long ago is no mapping's"
