# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is in scope, through what, and what of the question can't be answered."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._directory import DirectoryData
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import close
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person, unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope import (
    Chosen,
    ScopeAsk,
    check_count,
    check_units_exist,
    parse_chosen,
    resolve,
)
from plain_people import person


def asked(**chosen: Chosen) -> ScopeAsk:
    return ScopeAsk(**{"scope": Chosen(), "exclude": Chosen(), "resolve": Chosen(), "fields": frozenset(), **chosen})


def resolved(ask: ScopeAsk, users: list[Person], edges: dict[str, Any] | None = None, **more: Any) -> dict[str, Person]:
    data = DirectoryData(users, more.pop("deleted", []), ["/"], edges or {}, **more)
    return {found.id: found for found in resolve(ask, data, {group: close(group, data.edges) for group in ask.named_groups()})}


def test_options_are_folded_groups_and_users_and_org_units_as_written() -> None:
    options = {"groups": ["Staff@x.com"], "org_units": ["/Staff/"], "users": ["Ada@x.com"]}
    assert parse_chosen(options) == Chosen(("staff@x.com",), ("/Staff",), ("ada@x.com",))
    assert parse_chosen({"groups": None}).empty and not Chosen(users=("ada@x.com",)).empty
    assert not Chosen(("g@x.com",)).empty and not Chosen(org_units=("/",)).empty
    for name in options:
        with pytest.raises(PolicyError, match=f"exclude.{name}"):
            parse_chosen({name: ["nothing"]}, "exclude.")


@pytest.mark.parametrize(("value", "count"), [(0, 0), ("200", 200), (" 7 ", 7)])
def test_a_count_is_a_number_or_its_text(value: object, count: int) -> None:
    assert check_count(value, "scope_confirm_limit") == count


@pytest.mark.parametrize("value", [True, "many", -1, "1.5", "", None, "\u0663"])
def test_what_is_no_count_is_named(value: object) -> None:
    with pytest.raises(PolicyError, match=r"^scope_confirm_limit is .*; write a whole number"):
        check_count(value, "scope_confirm_limit")


@pytest.mark.parametrize(("side", "where"), [("scope", "org_units"), ("exclude", "exclude.org_units"), ("resolve", "resolve_org_units")])
def test_an_org_unit_that_does_not_exist_is_an_error_wherever_it_is_named(side: str, where: str) -> None:
    ask = asked(**{side: Chosen(org_units=("/Staff", "/Sales"))})
    assert ask.names_org_units
    check_units_exist(ask, ["/", "/staff", "/SALES"])
    with pytest.raises(PolicyError, match=f"^{where} names the org unit /Sales, which does not exist"):
        check_units_exist(ask, ["/", "/Staff"])


def test_groups_and_org_units_of_a_role_are_named_by_their_variables() -> None:
    groups = {"scope": Chosen(("a@x.com",)), "exclude": Chosen(("b@x.com",), ("/Sales",)), "resolve": Chosen(("c@x.com",), ("/Gone",))}
    named = {"named_in": {"a@x.com": "scope_groups", "b@x.com": "scope_exclude_groups"}, "units_in": {"/sales": "scope_exclude_org_units"}}
    ask = asked(**groups, **named)
    assert ask.named_groups() == {"a@x.com": "scope_groups", "b@x.com": "scope_exclude_groups", "c@x.com": "resolve_groups"}
    with pytest.raises(PolicyError, match=r"^scope_exclude_org_units names the org unit /Sales, which does not exist"):
        check_units_exist(ask, ["/"])


def test_a_question_without_org_units_needs_none_to_be_read() -> None:
    assert not asked(scope=Chosen(("g@x.com",), users=("ada@x.com",))).names_org_units


def test_people_named_by_address_come_with_the_variable_that_names_them() -> None:
    ask = asked(scope=Chosen(users=("ada@x.com",)), exclude=Chosen(users=("bob@x.com",)), resolve=Chosen(users=("eve@x.com",)))
    assert ask.listed() == [("scope_users", "ada@x.com"), ("scope_exclude_users", "bob@x.com")]


def test_a_group_that_is_named_more_than_once_is_told_by_what_weighs_most() -> None:
    ask = asked(scope=Chosen(("a@x.com",)), exclude=Chosen(("a@x.com", "b@x.com")), resolve=Chosen(("a@x.com", "b@x.com", "c@x.com")))
    assert ask.named_groups() == {"a@x.com": "groups", "b@x.com": "exclude.groups", "c@x.com": "resolve_groups"}


EDGES = {
    "staff@x.com": [{"id": "id-ada", "email": "former@x.com"}, {"email": "team@x.com", "type": "GROUP"}],
    "team@x.com": [{"email": "bob@example.com"}],
    "all@x.com": [{"id": "C1", "type": "CUSTOMER"}],
    "none@x.com": [],
}


def test_who_is_in_scope_is_told_with_the_chain_and_all_groups_that_hold_them() -> None:
    ask = asked(scope=Chosen(("staff@x.com",)), resolve=Chosen(("none@x.com", "team@x.com")))
    found = resolved(ask, [person(name, in_scope=False) for name in ("ada", "bob", "eve")], EDGES)
    assert [(one.in_scope, one.via, one.groups, one.excluded) for one in found.values()] == [
        (True, "staff@x.com", ["staff@x.com"], ""),
        (True, "staff@x.com > team@x.com", ["staff@x.com", "team@x.com"], ""),
        (False, "", [], ""),
    ]


def test_a_group_beats_an_org_unit_and_an_org_unit_a_list() -> None:
    chosen = Chosen(("none@x.com", "staff@x.com"), ("/Sales", "/Staff"), ("eve@example.com",))
    people = [person(name, in_scope=False, org_unit=unit) for name, unit in (("ada", "/Staff"), ("bob", "/"), ("eve", "/staff/Lab"))]
    people += [person("kim", in_scope=False, org_unit="/Staffing", aliases=["eve@example.com"])]
    found = resolved(asked(scope=chosen), people, {**EDGES, "staff@x.com": [{"id": "id-ada"}]})
    assert {key: one.via for key, one in found.items()} == {
        "id-ada": "staff@x.com", "id-bob": "", "id-eve": "org unit /Staff", "id-kim": "listed",
    }  # fmt: skip


def test_whoever_is_excluded_is_told_by_what() -> None:
    ask = asked(scope=Chosen(org_units=("/",)), exclude=Chosen(("team@x.com",), users=("ada@example.com",)))
    found = resolved(ask, [person("ada"), person("bob"), person("eve")], EDGES)
    assert [(one.excluded, one.wanted) for one in found.values()] == [("listed", False), ("team@x.com", False), ("", True)]


def test_a_member_that_is_the_whole_customer_brings_in_all_but_guests_who_are_no_staff() -> None:
    found = resolved(asked(scope=Chosen(("all@x.com",))), [person("ada", in_scope=False), person("gus", in_scope=False, guest=True)], EDGES)
    assert [(one.via, one.excluded) for one in found.values()] == [("all@x.com", ""), ("", "guest user")]
    found = resolved(asked(exclude=Chosen(users=("gus@example.com",))), [person("gus", guest=True)])
    assert found["id-gus"].excluded == "listed", "an exclusion of your own is told first"


def test_the_deleted_and_those_who_can_not_be_read_come_after_the_living_who_beat_them() -> None:
    deleted = [person("ada", state="deleted", in_scope=False), person("old", state="deleted", in_scope=False)]
    unread = unread_person("id-odd", "odd@example.com")
    found = resolved(asked(scope=Chosen(org_units=("/",))), [person("ada", in_scope=False)], deleted=deleted, unread=[unread])
    assert [(key, one.state, one.in_scope) for key, one in found.items()] == [
        ("id-ada", "active", True),
        ("id-old", "deleted", False),
        ("id-odd", "unreadable", False),
    ]
