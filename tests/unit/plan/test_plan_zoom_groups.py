# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zoom groups: what a plan brings about, in any world, and the words of the mapping."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError, fold
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import FormerName
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import MappedGroup, parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, affected, plan_zoom_groups
from hypothesis import given
from hypothesis import strategies as st
from planning import carry_out, facts

LIMIT = parse_limit("10%", "max_removals")
GOOGLE = ["a@example.com", "b@example.com", "c@example.com"]
EXISTING = {"g1": "One", "g2": "Two", "g3": "Three", "g4": "Four"}
NAMES = [f"p{number}" for number in range(6)]

PEOPLE = st.lists(
    st.builds(
        lambda name, groups, in_scope, excluded: Person(
            f"id-{name}", f"{name}@example.com", in_scope=in_scope, excluded=excluded, groups=groups
        ),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(GOOGLE), unique=True),
        st.sampled_from([True, True, False]),
        st.sampled_from(["", "", "listed"]),
    ),
    unique_by=lambda person: person.id,
)
HELD = st.lists(
    st.builds(
        lambda name, status, groups, held: Account(f"z-{name}", f"{name}@example.com", status, group_ids=groups, held=held),
        st.sampled_from(NAMES),
        st.sampled_from(["active", "active", "active", "inactive"]),
        st.lists(st.sampled_from(sorted(EXISTING)), unique=True),
        st.sampled_from([None, None, None, "limit_license"]),
    ),
    unique_by=lambda account: account.id,
)
SPECS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["one", "Two", "NEW", "Newer"]), "groups": st.lists(st.sampled_from(GOOGLE), min_size=1, unique=True)},
        optional={"exclusive": st.booleans(), "state": st.sampled_from(["present", "absent"])},
    ),
    unique_by=lambda spec: fold(spec["name"]),
)
FORMER = st.dictionaries(st.sampled_from(["one", "Two", "NEW", "Newer"]), st.sampled_from([["three"], ["Nobody", "FOUR"], ["Never"]]))


def mapping(specs: list[dict[str, Any]], former: dict[str, list[str]]) -> list[MappedGroup]:
    """No former name twice, as parse_groups asks for."""
    taken: set[str] = set()
    for spec in specs:
        names = former.get(spec["name"], [])
        if not taken & {fold(name) for name in names}:
            spec["previous_names"] = names
            taken |= {fold(name) for name in names}
    return parse_groups(specs, "groups")


def planned(people: list[Person], accounts: list[Account], groups: list[MappedGroup], limit: Any = LIMIT, **more: Any) -> Plan:
    return plan_zoom_groups(*facts(people, accounts, groups=dict(EXISTING), **more), GroupPolicy(groups, limit))


@given(PEOPLE, HELD, SPECS, FORMER)
def test_a_plan_brings_exclusive_groups_to_their_selectors_and_open_ones_at_least_so_far_and_then_rests(
    people: list[Person], accounts: list[Account], specs: list[dict[str, Any]], former: dict[str, list[str]]
) -> None:
    groups, before = mapping(specs, former), deepcopy(accounts)
    everyone, tenant, matches = facts(people, accounts, absent=[account.email for account in accounts], groups=dict(EXISTING))

    def plan() -> Plan:
        return plan_zoom_groups(everyone, tenant, matches, GroupPolicy(groups, LIMIT, allow_losses=True, at_once=2))

    first = plan()
    assert all(len(change.members) <= 2 or change.action == "delete_group" for change in first.changes)
    carry_out(first, tenant)
    existing = tenant.groups or {}
    ids = {fold(name): key for key, name in existing.items()}
    assert len(ids) == len(existing)
    wanted = {person.email: person for person in people if person.wanted}
    free = [account for account in accounts if account.status == "active" and not account.held]
    for group in groups:
        key = ids.get(fold(group.name))
        assert (key is None) == group.absent
        if group.selector is None:
            continue
        chosen = {account.email for account in free if account.email in wanted and group.selector.matches(wanted[account.email])}
        excluded = {person.email for person in people if person.excluded}  # they are left as they are
        inside = {account.email for account in free if key in account.group_ids} - excluded
        assert chosen == inside if group.exclusive else chosen <= inside
    untouched = set(EXISTING) & set(existing) - {ids.get(fold(group.name)) for group in groups}
    for was, now in zip(before, accounts, strict=True):
        watched = untouched if now in free else set(EXISTING) & set(existing)
        assert set(was.group_ids) & watched == set(now.group_ids) & watched
    assert plan().changes == []


def test_losses_that_a_second_read_denied_are_withheld_and_those_of_a_list_concern_its_people_only() -> None:
    groups = parse_groups([{"name": "One", "groups": ["a@example.com"], "exclusive": True}], "groups")
    people = [Person("id-ada", "ada@example.com", confirmed=False), Person("id-bob", "bob@example.com", confirmed=True)]

    def members() -> list[Account]:
        return [Account(f"z-{name}", f"{name}@example.com", "active", group_ids=["g1"]) for name in ("ada", "bob", "eve")]

    found = planned(people, members(), groups, absent=["eve@example.com"])
    assert [change.email for change in found.changes] == ["bob@example.com", "eve@example.com"]
    assert [(row.email, row.reason) for row in found.withheld] == [("ada@example.com", "unconfirmed")]
    found = planned(people, members(), groups, whole=False)
    assert [change.email for change in found.changes] == ["bob@example.com"]


@pytest.mark.parametrize(
    ("whole", "traits", "leaves", "withheld"),
    [
        (True, {"in_scope": True, "excluded": "listed"}, False, False),
        (True, {"in_scope": True}, True, False),  # of somebody wanted it is nobody's
        (True, {"in_scope": False}, False, True),
        (True, {"in_scope": True, "state": "suspended"}, False, True),
        (True, {"in_scope": False, "confirmed": True}, True, False),
        (False, {"in_scope": False}, True, False),  # in a list each is told on purpose
        (False, {"in_scope": True, "excluded": "listed"}, False, False),
    ],
)
def test_a_second_account_leaves_an_exclusive_group_as_the_first_one_would(
    whole: bool, traits: dict[str, Any], leaves: bool, withheld: bool
) -> None:
    groups = parse_groups([{"name": "One", "groups": ["a@example.com"], "exclusive": True}], "groups")
    ada = Person("id-ada", "ada@example.com", aliases=["old.ada@example.com"], **traits)
    accounts = [Account("z-ada", "ada@example.com", "active"), Account("z-old", "old.ada@example.com", "active", group_ids=["g1"])]
    found = planned([ada], accounts, groups, whole=whole)
    assert [change.email for change in found.changes] == (["old.ada@example.com"] if leaves else [])
    assert [row.email for row in found.withheld] == (["old.ada@example.com"] if withheld else [])


def test_a_condition_that_fails_holds_its_account_in_every_group_whatever_their_order() -> None:
    specs = [{"name": "One", "groups": ["a@example.com"]}, {"name": "Two", "where": "length(name) > `1`"}]
    person = Person("id-ada", "ada@example.com", in_scope=True, groups=["a@example.com"])
    for order in (specs, specs[::-1]):
        account = Account("z-ada", "ada@example.com", "active")
        found = planned([person], [account], parse_groups(order, "groups"))
        assert (found.changes, [row.reason for row in found.failed], found.skip) == ([], ["where"], {"z-ada": "where"})


def test_an_empty_group_may_go_even_where_no_loss_is_allowed() -> None:
    groups = parse_groups([{"name": "one", "state": "absent"}, {"name": "two", "state": "absent", "users": ["a@example.com"]}], "groups")
    accounts = [Account("z-ada", "ada@example.com", "inactive", group_ids=["g2"])]
    found = planned([], accounts, groups, parse_limit(0, "max_removals"))
    assert [change.group for change in found.changes] == ["one"]
    assert [(row.email, row.reason) for row in found.withheld] == [("two", "limit_group")]


def test_only_accounts_that_the_plan_asks_about_need_a_look() -> None:
    people = [
        Person(f"id-{name}", f"{name}@example.com", in_scope=True, groups=["a@example.com"][: name == "ada"]) for name in ("ada", "bob")
    ]
    accounts = [Account(f"z-{name}", f"{name}@example.com", "active") for name in ("ada", "bob", "eve")]

    def asked(**spec: Any) -> list[str]:
        groups = parse_groups([{"groups": ["a@example.com"], **spec}], "groups")
        return [account.email.partition("@")[0] for account in affected(*facts(people, accounts, groups=dict(EXISTING)), groups)]

    assert asked(name="one") == asked(name="Six", previous_names=["One"]) == ["ada"]
    assert asked(name="Not there yet") == []
    assert asked(name="one", exclusive=True) == asked(name="one", state="absent") == ["ada", "bob", "eve"]


@pytest.mark.parametrize(
    ("specs", "words"),
    [([{"name": "n" * 128, "users": ["a@example.com"]}], r"groups\[1\].name has 128 characters"),
     ([{"name": "One", "state": "gone"}], "known are present and absent"),
     ([{"name": "One", "state": "absent", "user": ["a@example.com"]}], "'user', which it does not know"),
     ([{"name": "One", "state": "absent", "users": ["ada"]}], "no address"),
     ([{"name": "One", "users": ["a@example.com"], "previous_names": "Two"}], "must be a list of names"),
     ([{"name": "One", "users": ["a@example.com"], "previous_names": [" "]}], r"previous_names\[1\] is empty"),
     ([{"name": "One", "users": ["a@example.com"], "previous_names": ["Six"]},
       {"name": "Two", "users": ["a@example.com"], "previous_names": ["SIX"]}], "'SIX' is a former name of 'Two'")],
)  # fmt: skip
def test_a_wrong_group_is_named(specs: Any, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_groups(specs, "groups")


def test_the_default_of_exclusive_holds_for_those_that_do_not_say() -> None:
    users = ["a@example.com"]
    specs = [{"name": "One", "users": users}, {"name": "Two", "users": users, "exclusive": False, "previous_names": ["TWO", "Six"]}]
    groups = parse_groups(specs, "groups", exclusive=True)
    assert [(group.exclusive, group.previous_names) for group in groups] == [(True, ()), (False, ("Six",))]


def test_the_first_former_group_is_renamed_and_only_the_others_are_told() -> None:
    groups = parse_groups([{"name": "Six", "users": ["a@example.com"], "previous_names": ["Five", "two", "One"]}], "groups")
    found = planned([], [], groups)
    assert [(change.action, change.group_id, change.needs(FormerName).name) for change in found.changes] == [("rename_group", "g2", "Two")]
    assert [row.message.split(",")[0] for row in found.attention] == ["The Zoom groups Six and One"]
