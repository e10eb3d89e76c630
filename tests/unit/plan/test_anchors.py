# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that are not ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._anchors import (
    PROBES,
    Census,
    anchor_state,
    anchors_to_probe,
    foreign_findings,
    take_census,
)
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


def test_the_sentence_says_how_many_which_and_what_becomes_of_our_ids() -> None:
    accounts = [account(name, employee_unique_id=f"hr-{name}") for name in ("eve", "dan", "bob", "ada")]
    (found,) = foreign_findings(take_census([person("ada")], accounts, ANCHORED))
    assert (found.email, found.emails) == ("", ("ada@x.com", "bob@x.com", "dan@x.com", "eve@x.com"))
    assert "in 4 accounts, such as ada@x.com, bob@x.com, dan@x.com and others, to" in found.message
    assert "and no account gets its Google id;" in found.message
    (few,) = foreign_findings(take_census([person("ada")], accounts[:2], ANCHORED))
    assert "and they get no Google id;" in few.message


def test_where_more_carry_our_ids_than_others_the_field_is_ours() -> None:
    people = [person(name) for name in "abcd"]
    ours = [account(name, employee_unique_id=f"id-{name}") for name in "abcd"]
    others = [account(f"x{name}", employee_unique_id=f"hr-{name}") for name in "abcd"]
    assert take_census(people, [*ours[:3], *others], ANCHORED).anchored == 3
    assert take_census(people, [*ours[:3], *others], ANCHORED).set_by_others
    assert not take_census(people, [*ours, *others], ANCHORED).set_by_others
    former = account("a", employee_unique_id="9" * 21)
    assert take_census(people, [former], ANCHORED).foreign == [former], "somebody has that address now"


def test_a_few_active_accounts_without_an_anchor_show_whether_lists_have_the_field() -> None:
    bare = [account(name) for name in "abcde"]
    others = [account("off", status="inactive"), replace(account("new"), id="new:x"), account("own", employee_unique_id="id-own")]
    account_of = {f"id-{one.key}": one for one in (*others, *bare)}
    probes = anchors_to_probe(Census(), [*reversed(bare), *others], account_of)
    assert [one.key for one in probes] == [one.key for one in reversed(bare[:PROBES])]
    assert anchors_to_probe(Census([account(name) for name in "abc"]), bare, account_of) == []


def test_anchors_are_written_where_lists_show_them_and_nobody_else_sets_the_field() -> None:
    ada, bob = account("ada"), account("bob")
    account_of = {"id-ada": ada, "id-bob": bob}
    assert anchor_state(Census(), account_of, [(ada, None), (bob, "E7")]).write
    hidden = anchor_state(Census([account("eve")]), account_of, [(ada, "id-ada"), (bob, "id-bob")])
    assert (hidden.write, [(row.reason, row.email) for row in hidden.findings]) == (
        False, [("identity_not_shown", ada.email), ("unique_id_not_ours", "")],
    )  # fmt: skip
    mapped = anchor_state(Census([account(name) for name in "abc"]), account_of, [])
    assert (mapped.write, [row.reason for row in mapped.findings]) == (False, ["unique_id_not_ours"])
