# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type: each kind of variable takes what is meant, and refuses the rest by name and with the cure."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._typed import (
    KINDS,
    check_text,
    clean,
    is_blank,
    read_bool,
    read_count,
    read_duration,
    refuse_odd,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._variables import VARIABLES


def variable_of(kind: str) -> str:
    return next(name for name, row in VARIABLES.items() if row.kind == kind)


@pytest.mark.parametrize("value", [None, ""])
def test_a_key_without_a_value_and_an_empty_answer_are_unset(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, [], {}, "0", " "])
def test_nothing_else_is_unset(value: object) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("typed", "meant"), [(True, True), ("yes", True), ("ON", True), (1, True), ("0", False), ("False", False), ("off", False)]
)
def test_a_boolean_may_be_written_in_any_of_ansibles_ways(typed: object, meant: bool) -> None:
    assert read_bool(typed, "scope_group_exclusive") is meant


@pytest.mark.parametrize("typed", ["maybe", "y", 5, 1.0, [], {}])
def test_a_boolean_that_could_mean_anything_is_refused(typed: object) -> None:
    with pytest.raises(PolicyError, match=r"^attribute_mapping_prune is .*; write true or false.$"):
        read_bool(typed, "attribute_mapping_prune")


@pytest.mark.parametrize("typed", [True, "ten", "-1", -1, 1.5, "10%", []])
def test_a_count_is_a_whole_number(typed: object) -> None:
    with pytest.raises(PolicyError, match=r"^scope_max_removals is .*; write a whole number, such as 10.$"):
        read_count(typed, "scope_max_removals")
    assert read_count("12", "scope_max_removals") == 12


@pytest.mark.parametrize(
    ("typed", "seconds"), [(0, 0), ("90", 90), ("45s", 45), ("30m", 1800), ("24h", 86_400), ("2D", 172_800), ("1w", 604_800)]
)
def test_a_duration_is_seconds_or_has_its_unit_behind_it(typed: object, seconds: int) -> None:
    assert read_duration(typed, "provisioning_retry_refused_after") == seconds


@pytest.mark.parametrize("typed", ["", "h", "-1", "1.5h", "2 days", "24hours", True, None, [24], "٣h"])
def test_anything_else_is_no_duration(typed: object) -> None:
    with pytest.raises(PolicyError, match=r"provisioning_retry_refused_after is .*such as 24h"):
        read_duration(typed, "provisioning_retry_refused_after")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("scope_group", ["a@x.com"], "scope_group must be text, not list; a list of groups whose members are in scope is scope_groups."),
        ("scope_group", {"a": "b"}, "scope_group must be text, not dict."),
        ("scope_group_exclusive", ["x"], "scope_group_exclusive is ['x']; write true or false; a list of members is scope_group_members."),
        (
            "license_defaults_reserve",
            {"licensed": 2},
            "license_defaults_reserve is {'licensed': 2}; write a whole number, such as 10; the number of seats of each licence is "
            "license_defaults_seats.",
        ),
    ],
)
def test_a_list_for_a_text_names_the_variable_that_takes_one(name: str, typed: object, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        clean(VARIABLES[name], typed)
    assert str(caught.value) == said


def test_each_other_variable_takes_what_the_first_refuses() -> None:
    """The clause ends with its name."""
    pairs = [(row, row.other) for row in VARIABLES.values() if row.other]
    assert len(pairs) == 7
    for row, (kind, clause) in pairs:
        other = VARIABLES[clause.rpartition(" ")[2]]
        assert clean(other, kind()) == kind()
        with pytest.raises(PolicyError, match=f"; {clause}.$"):
            clean(row, kind())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (True, 'group_mapping_groups[1].name is the boolean true; quote it as you typed it, such as name: "on".'),
        (False, 'group_mapping_groups[1].name is the boolean false; quote it as you typed it, such as name: "off".'),
        (7, 'group_mapping_groups[1].name is the number 7; quote it as you typed it, such as name: "7".'),
        (1.1, 'group_mapping_groups[1].name is the number 1.1; quote it as you typed it, such as name: "1.1".'),
        ({}, "group_mapping_groups[1].name must be text, not dict."),
        (["Sales"], "group_mapping_groups[1].name must be text, not list."),
    ],
)
def test_text_without_quotes_is_not_guessed_at(typed: object, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        check_text(typed, "group_mapping_groups[1].name")
    assert str(refused.value) == said


def test_a_date_of_yamls_is_to_be_quoted() -> None:
    day = datetime.date(2026, 1, 31)
    refused = refuse_odd("group_mapping_groups[1].name", "date", str(day))
    assert (
        str(refused) == 'group_mapping_groups[1].name is a date to YAML, 2026-01-31; quote it as you typed it, such as name: "2026-01-31".'
    )


# kind -> what it takes as it is, and what it refuses with the beginning of the words after the variable's name
TYPED: dict[str, tuple[list[Any], list[tuple[Any, str]]]] = {
    "text": (["zoom-users@example.com"], [(7, "is the number 7; quote it"), ([], "must be text, not list.")]),
    "bool": ([True, False], [("perhaps", "is 'perhaps'; write true or false.")]),
    "count": ([0, 12], [("many", "is 'many'; write a whole number")]),
    "duration": ([90], [("soon", "is 'soon'; write seconds")]),
    "limit": (["10%", 5, "none of ours"], []),
    "any": ([{"employee": 1}, "id"], []),
    "addresses": ([[], ["ada@example.com"]], [("ada@example.com", "must be a list of addresses, not str; write it in YAML, or as -e '{")]),
    "org_units": ([["/Staff"]], [('["/Staff"]', "must be a list of org unit paths, not str;")]),
    "members": ([["ada@example.com"]], [({"email": "ada@example.com"}, "must be a list of addresses, not dict;")]),
    "rules": ([[{"license": "licensed"}]], [({"license": "licensed"}, "must be a list of rules, not dict;")]),
    "groups": ([[{"name": "Sales"}]], [("Sales", "must be a list of groups, not str;")]),
    "dict": ([{}, {"archived": "downgrade"}], [(["archived"], "must be a dictionary, not list;")]),
    "adopt": (["all", {}], [("everybody", "must be a dictionary of addresses, or all, not str;")]),
    "license": (
        ["licensed", {"zoom_one_type": 16}],
        [
            ('{"zoom_one_type": 16}', "must be the name of a licence, or a dictionary, not str;"),
            (["licensed"], "must be the name of a licence, or a dictionary, not list;"),
            (2, "is the number 2; quote it"),
        ],
    ),
    "choice": (["always"], [("allways", "is 'allways'; known are on_create, always."), (True, "is True; known are")]),
    "connection": ([{"account_id": "a"}], []),
}


@pytest.mark.parametrize("kind", sorted(TYPED))
def test_each_kind_takes_what_is_meant_and_says_how_to_write_the_rest(kind: str) -> None:
    # the sentence of its kind alone: test_a_list_for_a_text_names_the_variable_that_takes_one is about what may stand behind it
    variable = replace(VARIABLES["attribute_mapping_verify_unlisted" if kind == "choice" else variable_of(kind)], other=None)
    taken, refused = TYPED[kind]
    for value in taken:
        assert clean(variable, value) == value
    for value, said in refused:
        with pytest.raises(PolicyError) as error:
            clean(variable, value)
        assert str(error.value).startswith(f"{variable.name} {said}"), str(error.value)


def test_a_jobs_number_names_a_run_as_well_as_a_word() -> None:
    variable = VARIABLES[variable_of("word")]
    assert clean(variable, 4711) == "4711"
    with pytest.raises(PolicyError, match="quote it"):
        clean(variable, True)


def test_a_list_of_texts_names_the_odd_one_by_its_place() -> None:
    variable = VARIABLES[variable_of("texts")]
    assert clean(variable, "ada@example.com") == "ada@example.com"
    assert clean(variable, ["ada@example.com"]) == ["ada@example.com"]
    with pytest.raises(PolicyError, match=rf"^{variable.name}\[2\] is the number 7"):
        clean(variable, ["ada@example.com", 7])
    with pytest.raises(PolicyError, match=rf"^{variable.name} is the number 7"):
        clean(variable, 7)


def test_every_kind_is_tried_here() -> None:
    assert {*TYPED, "word", "texts"} == set(KINDS)


def test_a_number_of_five_thousand_digits_is_refused_like_any_other_that_nobody_means() -> None:
    """Python reads none of that length, and said so by a traceback."""
    for read in (read_count, read_duration):
        with pytest.raises(PolicyError, match="scope_max_removals is "):
            read("9" * 5000, "scope_max_removals")
