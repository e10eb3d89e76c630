# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs about a few people: the whole is planned, only theirs is made, and nobody else loses a seat or an address by it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import worlds
from account_plans import account, person, policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._approval import hold_to
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._google_groups import (
    hold_part,
    plan_google_group,
    plan_google_members,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import plan_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._named import (
    Named,
    find_named,
    named_before,
    parse_only,
    with_matches,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._part import Part, left_rows
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._approved import approved_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, each_person
from hypothesis import given
from hypothesis import strategies as st
from license_worlds import WORLD, people_and_accounts, planned_of, pools_of, replay, used
from planning import actions, carry_out, facts

OPEN: dict[str, Any] = {"allow_losses": True, "allow_gains": True}


def at(*names: str) -> frozenset[str]:
    return frozenset(f"{name}@example.com" for name in names)


def about(names: Iterable[str], people: Iterable[Person], accounts: Iterable[Account], rules: Matching | None = None, **more: Any) -> Part:
    people, accounts = list(people), list(accounts)
    found = find_named(frozenset(names), people, accounts, match(people, accounts, rules), more.pop("former", {}))
    return Part(only=found, **more)


def planned(names: Iterable[str], people: list[Person], accounts: list[Account], part: dict[str, Any] | None = None, **more: Any) -> Plan:
    tenant = {name: more.pop(name) for name in ("seats", "completed") if name in more}
    chosen = about(names, people, accounts, **(part or {}))
    return plan_accounts(*facts(people, accounts, **tenant), policy(part=chosen, **more))


def left(found: Plan) -> list[tuple[str, str]]:
    return sorted((row["action"], row["email"] or row["group"]) for row in left_rows(found.left))


# Who is named


@pytest.mark.parametrize("value", ["", " ,\n", [], "  "])
def test_nobody_is_no_choice_but_an_error(value: object) -> None:
    with pytest.raises(PolicyError, match="provisioning_only is given, but names nobody"):
        parse_only(value, "provisioning_only")


def test_names_are_a_list_or_text_of_lines_commas_or_blanks() -> None:
    assert parse_only(None, "only") is None
    assert parse_only("Ada@example.com, bob@example.com\nEve@example.com", "only") == at("ada", "bob", "eve")
    assert parse_only(["Ada@example.com", "ada@example.com"], "only") == at("ada")
    with pytest.raises(PolicyError, match="only holds 'ada', which is no address"):
        parse_only("ada", "only")


@pytest.mark.parametrize("name", ["ada@example.com", "a.lovelace@example.com", "zoom@example.com", "former@example.com"])
def test_any_address_of_a_person_or_an_account_names_both(name: str) -> None:
    """Primary, alias, Zoom's, and the one that memory has."""
    people = [person("ada", aliases=["a.lovelace@example.com"]), person("bob")]
    accounts = [account("ada", email="zoom@example.com", remembered="id-ada"), account("bob")]
    found = about([name], people, accounts, former={"z-ada": "former@example.com", "z-gone": "gone@example.com"}).only
    assert found is not None
    assert (found.people, found.accounts) == ({"id-ada"}, {"z-ada"})
    assert at("ada", "zoom", "former") <= found.addresses


def test_accounts_whose_match_is_unclear_are_of_those_who_may_own_them() -> None:
    people, accounts = [person("ada", created="2025-01-01T00:00:00Z")], [account("ada", created="2020-01-01T00:00:00Z")]
    found = about(at("ada"), people, accounts).only
    assert found is not None
    assert (found.people, found.accounts) == ({"id-ada"}, {"z-ada"})


def test_an_unknown_name_is_an_error_with_the_next_step() -> None:
    with pytest.raises(PolicyError, match=r"names eve@example.com, which is no address .* nothing was changed: correct it, or take it out"):
        about(at("eve", "ada"), [person("ada")], [])


def test_who_was_found_by_the_same_names_is_found_again_whatever_was_renamed_since() -> None:
    found = about(at("old"), [person("ada", aliases=["old@example.com"])], [account("old")]).only
    assert found is not None
    again = named_before(found.about(), at("old"))
    assert again == found
    assert named_before(found.about(), at("ada")) is None
    assert named_before(None, at("ada")) is None
    created = Matches(all_of={"id-ada": [account("second")]}, account_of={"id-ada": account("second")})
    assert with_matches(found, created).accounts == {"z-old", "z-second"}


# Accounts


def test_only_the_named_are_changed_and_the_others_count_on_no_limit() -> None:
    people = [person(f"p{n}", in_scope=False) for n in range(5)] + [person("new"), person("ada")]
    found = planned(at("p0", "new"), people, [*(account(f"p{n}") for n in range(5)), account("ada", last_name="Old")])
    assert actions(found) == [("deactivate", "p0@example.com"), ("create", "new@example.com")]
    assert left(found) == [*(("deactivate", f"p{n}@example.com") for n in range(1, 5)), ("update", "ada@example.com")]
    assert (found.failed, found.withheld, found.attention) == ([], [], [])


def test_what_is_wrong_with_others_fails_nothing_and_what_is_wrong_with_the_named_does() -> None:
    broken = {"attributes": {"userName": "primaryEmail", "displayName": "join('-', notes)"}}
    people = [person("ada"), person("bob", in_scope=False, confirmed=False)]
    assert [row.code for row in planned(at("ada"), people, [account("ada"), account("bob")]).withheld] == []
    assert [row.code for row in planned(at("bob"), people, [account("ada"), account("bob")]).withheld] == ["unconfirmed"]
    both = [person("ada", fields={"notes": 1}), person("bob", fields={"notes": 1})]
    assert [row.email for row in planned(at("ada"), both, [], **broken).failed] == ["ada@example.com"]


def test_what_is_said_of_an_address_that_the_mapping_makes_is_kept() -> None:
    people = [person("ada"), person("bob")]
    made = {"attributes": {"userName": "join('', ['x-', primaryEmail])"}}
    found = plan_accounts(
        *facts(people, [], domains=frozenset({"example.net"})), policy(part=about(at("ada"), people, []), **made)
    )  # fmt: skip
    assert [(row.code, row.email) for row in found.attention] == [("foreign_domain", "x-ada@example.com")]


def test_an_address_that_only_somebody_else_would_free_is_waited_for_in_one_sentence() -> None:
    """Bobby's account holds Bob's address, and Eve's one that of Bobby."""
    people = [person("bobby"), person("bob", aliases=["robert@example.com"]), person("eve")]
    accounts = [account("bob", remembered="id-bobby"), account("bobby", remembered="id-eve")]
    rules = parse_matching({"remember": True})

    def found(*names: str) -> Plan:
        mine = deepcopy(accounts)
        return plan_accounts(*facts(people, mine, rules), policy(part=about(at(*names), people, mine, rules), **OPEN))

    assert [row for row in actions(found("bob", "bobby", "eve")) if row[0] != "update"] == [
        ("rename", "eve@example.com"), ("rename", "bobby@example.com"), ("create", "bob@example.com")
    ]  # fmt: skip
    waits = found("robert")
    assert [row for row in actions(waits) if row[0] != "update"] == []
    assert {("create", "bob@example.com"), ("rename", "bobby@example.com"), ("rename", "eve@example.com")} <= set(left(waits))
    assert [row.message for row in waits.attention] == [
        "1 change (bob@example.com) left for a later run, because changes of people whom provisioning_only does not name come first; name "
        "these people too, or run without provisioning_only."
    ]
    both = found("bob")
    assert ("rename", "bobby@example.com") in left(both), "the address is that of his account, so he is named, but he waits for Eve"
    assert ("create", "bob@example.com") in left(both)
    assert {("rename", "bobby@example.com"), ("create", "bob@example.com")} <= set(actions(found("bob", "bobby")))


def test_a_seat_that_is_owed_to_somebody_of_higher_rank_is_not_taken_by_a_newcomer() -> None:
    rules = {"rules": [{"users": ["boss@example.com"], "license": "licensed"}], "default": "licensed"}
    seats = {"licensed": {"bought": 1, "used": 0, "pending": 0}}
    people = [person("boss"), person("new")]
    found = planned(at("new"), people, [], licenses=parse_policy(rules, ""), seats=seats)
    assert [(change.email, change.after["type"]) for change in found.changes] == [("new@example.com", 1)]
    found = planned(at("boss"), people, [], licenses=parse_policy(rules, ""), seats=seats)
    assert [(change.email, change.after["type"]) for change in found.changes] == [("boss@example.com", 2)]


def test_limits_on_gains_count_the_named_alone() -> None:
    people = [person(f"p{n}") for n in range(30)]
    found = planned(at("p1"), people, [], completed="2026-01-01T00:00:00+00:00", creation=5)
    assert actions(found) == [("create", "p1@example.com")]
    assert len(found.left) == 29


def test_both_choices_leave_what_either_leaves_and_count_the_removals_of_the_named() -> None:
    people = [person("ada", aliases=["old@example.com"]), person("bob", in_scope=False), person("new")]
    found = planned(at("ada", "new"), people, [account("old", first_name="Old"), account("bob")], part={"leave_removals": True})
    assert actions(found) == [("update", "old@example.com"), ("create", "new@example.com")]
    assert left(found) == [("deactivate", "bob@example.com"), ("rename", "ada@example.com")]
    assert [row.message.partition(" ")[0] for row in found.attention] == ["1"]


# Licences


def licenses(names: Iterable[str], rules: Any, people: Any, accounts: Any, pools: Any) -> Plan:
    return planned_of(people, accounts, pools, rules, "100%", part=about(names, people, accounts))


def test_a_seat_that_only_somebody_elses_downgrade_would_free_is_not_there() -> None:
    rules = {"default": "basic", "rules": [{"users": ["ada@example.com"], "license": "licensed"}]}
    people, accounts = [person("ada"), person("bob")], [account("ada"), account("bob", type=2)]
    pools = {"licensed": {"bought": 1, "used": 1, "pending": 0}}
    found = licenses(at("ada"), rules, people, accounts, pools)
    assert (actions(found), left(found)) == ([], [("downgrade", "bob@example.com"), ("license", "ada@example.com")])
    assert [row.code for row in found.attention] == ["left_waiting"]
    assert licenses(at("bob"), rules, people, accounts, pools).attention == []


def test_a_free_seat_is_owed_by_rank_and_the_fallback_is_given_only_to_the_named() -> None:
    rules = {"default": "licensed", "fallback": {"zoom_one_type": 16}, "rules": [{"users": ["zoe@example.com"], "license": "licensed"}]}
    people, accounts = [person("ada"), person("bob"), person("zoe")], [account("ada"), account("bob"), account("zoe")]
    pools = {"licensed": {"bought": 1, "used": 0, "pending": 0}, "zoom_one_type:16": {"bought": 1, "used": 0, "pending": 0}}
    found = licenses(at("bob"), rules, people, accounts, pools)
    assert (actions(found), left(found)) == ([], [("license", "ada@example.com"), ("license", "zoe@example.com")])
    assert [(row.code, row.email) for row in found.attention] == [("seats", "bob@example.com"), ("shortfall", "")]
    found = licenses(at("ada"), rules, people, accounts, pools)
    assert [(change.email, change.after["zoom_one_type"]) for change in found.changes] == [("ada@example.com", 16)]


# Groups


def test_members_are_those_named_and_a_group_is_made_for_them_alone() -> None:
    groups = [
        {"name": "New", "users": ["ada@example.com", "bob@example.com"]},
        {"name": "Other", "users": ["bob@example.com"]},
        {"name": "Sales", "previous_names": ["Sellers"], "users": ["ada@example.com"], "exclusive": True},
        {"name": "Old", "state": "absent"},
    ]
    people, accounts = [person("ada"), person("bob"), person("eve")], [account("ada"), account("bob", group_ids=["g1"]), account("eve")]
    accounts[2].group_ids = ["g1"]
    part = about(at("ada", "eve"), people, accounts)
    given_policy = GroupPolicy(parse_groups(groups, "groups"), parse_limit(1, "max_removals"), part=part)
    found = plan_zoom_groups(*facts(people, accounts, groups={"g1": "Sellers", "g2": "Old"}), given_policy)
    made = [(change.action, change.group, [member.email for member in change.members]) for change in found.ordered()]
    assert made == [
        ("create_group", "New", []), ("add", "New", ["ada@example.com"]), ("add", "Sales", ["ada@example.com"]),
        ("remove", "Sales", ["eve@example.com"]),
    ]  # fmt: skip
    assert left(found) == [
        ("add", "bob@example.com"), ("add", "bob@example.com"), ("create_group", "Other"), ("delete_group", "Old"),
        ("remove", "bob@example.com"), ("rename_group", "Sales"),
    ]  # fmt: skip


def test_of_a_google_group_only_the_named_members_change_within_the_limit() -> None:
    named = Part(only=Named(at("ada", "bob"), addresses=at("ada", "bob")))
    group = GoogleGroup("z@example.com", members={"bob@example.com": "MEMBER", "eve@example.com": "MEMBER"})
    wanted = plan_members(group.members, dict.fromkeys([*at("ada"), "team@example.com"], ""), exclusive=True)
    found = plan_google_members(group, wanted, {}, state="present", new_group=False, part=named)
    assert actions(found) == [("google_add", "ada@example.com"), ("google_remove", "bob@example.com")]
    assert left(found) == [("add", "team@example.com"), ("remove", "eve@example.com")]
    assert (hold_part(found, wanted, 1, lifted=False), hold_part(found, wanted, None, lifted=False)) == (wanted, wanted)
    assert hold_part(found, wanted, 0, lifted=False).withheld == ["bob@example.com"]
    assert actions(found) == [("google_add", "ada@example.com")]


def test_nothing_is_done_to_the_members_of_a_group_that_is_left_to_be_made() -> None:
    named, group = Part(only=Named(at("ada"), addresses=at("ada"))), GoogleGroup("z@example.com")
    assert left(plan_google_group(group, {}, {}, part=named)) == [("create", "z@example.com")]
    wanted = plan_members({}, dict.fromkeys(at("ada"), ""))
    found = plan_google_members(group, wanted, {}, state="present", new_group=True, part=named, no_group=True)
    assert (actions(found), left(found)) == ([], [("add", "ada@example.com")])
    assert [row.code for row in found.attention] == ["left_waiting"]


# In any world


def effects(changes: Iterable[Change], part: Part | None = None) -> set[tuple[str, str, str, str]]:
    found = set()
    for change in changes:
        for member in change.members or [change.account]:
            of_others = part is not None and part.is_of_others(replace(change, members=[member] if change.members and member else []))
            if not of_others:
                found.add((change.action, change.group, member.email if member else "", str(sorted(dict(change.after).items(), key=str))))
    return found


def chosen(people: People, tenant: Tenant, matching: Any, numbers: list[int]) -> Part:
    """About some of all there are."""
    addresses = sorted({one.email for one in people.everyone} | {one.email for one in tenant.accounts})
    names = {addresses[number % len(addresses)] for number in numbers} if addresses else set[str]()
    found = find_named(frozenset(names), people.everyone, tenant.accounts, match(people.everyone, tenant.accounts, matching), {})
    return Part(only=found)


some_numbers = st.lists(st.integers(0, 20), min_size=1, max_size=2)


@given(worlds.people, worlds.tenants, worlds.matchings, worlds.account_policies, some_numbers)
def test_what_is_made_of_accounts_is_of_the_whole_plan_and_of_the_named(
    people: People, tenant: Tenant, matching: Any, given_policy: AccountPolicy, numbers: list[int]
) -> None:
    part = chosen(people, tenant, matching, numbers)
    matches = match(people.everyone, tenant.accounts, matching)
    found = plan_accounts(people, tenant, matches, replace(given_policy, part=part, **OPEN))
    whole = plan_accounts(people, tenant, matches, replace(given_policy, **OPEN))
    assert not [change for change in found.changes if part.is_of_others(change)]
    assert effects(found.changes) <= effects(whole.changes, part)


@given(WORLD, some_numbers)
def test_of_licences_no_seat_is_sold_twice_and_what_is_made_is_of_the_whole_plan(world: Any, numbers: list[int]) -> None:
    members, rules, spare, _limit = world
    people, accounts = people_and_accounts(members)
    pools = pools_of(accounts, spare)
    if not people:
        return
    part = about([people[number % len(people)].email for number in numbers], people, accounts)
    whole = planned_of(people, deepcopy(accounts), pools, rules, "100%", allow_losses=True)
    terms = LicenseTerms(parse_policy(rules, ""), parse_limit("100%", "max_removals"), part=part)
    found = plan_licenses(*facts(people, accounts, seats=pools), terms)
    assert replay(found.changes, pools, used(accounts)) == []
    assert effects(found.changes) <= effects(whole.changes, part)
    assert effects([*found.changes, *found.left]) <= effects(whole.changes)


@given(worlds.people, worlds.tenants, worlds.group_specs, some_numbers)
def test_of_zoom_groups_only_the_named_join_and_leave(people: People, tenant: Tenant, specs: Any, numbers: list[int]) -> None:
    part = chosen(people, tenant, None, numbers)
    groups = GroupPolicy(parse_groups(specs, "groups"), parse_limit("100%", "max_removals"), allow_losses=True)
    matches = match(people.everyone, tenant.accounts)
    found = plan_zoom_groups(people, tenant, matches, replace(groups, part=part))
    whole = plan_zoom_groups(people, tenant, matches, groups)
    assert effects(found.changes) <= effects(whole.changes)
    assert all(part.only and part.only.owns(member) for change in found.changes for member in change.members)


NAMES = ["ada", "bob", "eve", "kim", "zoe"]
HELD = st.fixed_dictionaries(
    {"status": st.sampled_from(["active", "active", "inactive"]), "first_name": st.sampled_from(["Ada", "Old"]),
     "type": st.sampled_from([1, 2]), "group_ids": st.sampled_from([["g1"], []]).map(list)}
)  # fmt: skip
WANTED = st.fixed_dictionaries({"in_scope": st.booleans(), "alias": st.sampled_from([None, *NAMES])})


RULES = {"default": "basic", "rules": [{"users": ["ada@example.com", "eve@example.com"], "license": "licensed"}]}
TEAM = [{"name": "Team", "users": ["ada@example.com", "bob@example.com"], "exclusive": True}, {"name": "All", "where": "name"}]


def run(tenant: Tenant, people: list[Person], names: Iterable[str] = (), part: Part | None = None) -> None:
    """All phases in Zoom."""
    everyone = People(people, absent=frozenset(f"{name}@example.com" for name in NAMES))
    matches = match(people, tenant.accounts)
    only = find_named(frozenset(names), people, tenant.accounts, matches, {}) if names else None
    chosen = part or Part(only=only)
    carry_out(plan_accounts(everyone, tenant, matches, policy(part=chosen, licenses=parse_policy(RULES, ""), **OPEN)), tenant)
    matches = match(people, tenant.accounts)
    chosen = replace(chosen, only=with_matches(only, matches) if only else None)
    terms = LicenseTerms(parse_policy(RULES, ""), parse_limit("100%", "max_removals"), part=chosen)
    carry_out(plan_licenses(everyone, tenant, matches, terms), tenant)
    groups = GroupPolicy(parse_groups(TEAM, "groups"), parse_limit("100%", "max_removals"), part=chosen)
    carry_out(plan_zoom_groups(everyone, tenant, matches, groups), tenant)
    for one in tenant.accounts:
        one.held = None


def shown(tenant: Tenant) -> tuple[list[str], list[str]]:
    records = [{**one.record(), "group_ids": sorted(one.group_ids), "woken": bool(one.woken)} for one in tenant.accounts]
    return sorted(str(sorted(record.items(), key=str)) for record in records), sorted((tenant.groups or {}).values())


@given(st.dictionaries(st.sampled_from(NAMES), WANTED, min_size=1), st.dictionaries(st.sampled_from(NAMES), HELD), st.randoms())
def test_one_by_one_in_any_order_and_then_the_whole_ends_as_the_whole_alone(wanted: Any, held: Any, order: Any) -> None:
    taken, people = set(wanted), list[Person]()
    for name, traits in wanted.items():
        free = traits["alias"] and traits["alias"] not in taken
        taken |= {traits["alias"]} if free else set()
        people.append(person(name, in_scope=traits["in_scope"], aliases=[f"{traits['alias']}@example.com"] if free else []))
    accounts = [account(name, **traits) for name, traits in held.items()]
    alone, parted, gains = (Tenant("t", deepcopy(accounts), groups={"g1": "Team"}) for _each in range(3))
    run(alone, people)
    run(alone, people)
    for each in order.sample(people, len(people)):
        run(parted, people, [each.email])
    run(gains, people, part=Part(leave_removals=True))
    for tenant in (parted, gains):
        run(tenant, people)
        run(tenant, people)
        assert shown(tenant) == shown(alone)


def test_what_an_approved_plan_lists_of_others_is_not_said_to_be_needless() -> None:
    people, accounts = [person("ada"), person("bob", in_scope=False), person("new")], [account("ada", last_name="Old"), account("bob")]
    approved = plan_accounts(*facts(people, deepcopy(accounts)), policy()).changes
    rows = [{"kind": "accounts", **row} for row in each_person(change_row(change, True) for change in approved)]
    found = planned(at("bob"), people, accounts)
    hold_to(found, approved_from(rows))
    assert actions(found) == [("deactivate", "bob@example.com")]
    assert (found.withheld, found.attention) == ([], [])
