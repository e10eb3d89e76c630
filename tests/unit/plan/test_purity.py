# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planners are pure: the same plan twice and in any order of input, and nothing of the input is changed. In all random worlds."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timezone
from itertools import permutations
from random import Random
from typing import Any

import pytest
import worlds
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._directory import DirectoryData
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import close
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan import _accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import (
    OffboardPolicy,
    bundles_to_read,
    plan_offboarding,
    still_in_scope,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._portal_default import Former, report_portal
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import parse_protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import (
    Deprovision,
    with_unseen_bundle,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope import Chosen, ScopeAsk, resolve
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._undo import UndoPolicy, plan_undo
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_group_members import (
    MembersPolicy,
    Roster,
    accounts_to_read,
    plan_zoom_members,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from hypothesis import given
from hypothesis import strategies as st
from planning import facts
from purity import in_a_set, in_some_order, said, shuffles

from examples import percent


def check(planner: Callable[[People, Tenant, Matches], dict[str, Any]], world: tuple[People, Tenant, Matching], order: Random) -> None:
    """`planner`: gives all that is said of a plan."""
    people, tenant, rules = world
    matches = match(people.everyone, tenant.accounts, rules)
    before = deepcopy((people, tenant, matches))
    first = planner(people, tenant, matches)
    assert (people, tenant, matches) == before, "planning has changed its input"
    assert planner(people, tenant, matches) == first, "the second plan differs"
    groups = None if tenant.groups is None else dict(in_some_order(tenant.groups.items(), order))
    people = replace(people, everyone=in_some_order(people.everyone, order))
    tenant = replace(tenant, accounts=in_some_order(tenant.accounts, order), groups=groups)
    assert planner(people, tenant, match(people.everyone, tenant.accounts, rules)) == first, "the order of input shows in the plan"


WORLD = st.tuples(worlds.people, worlds.tenants, worlds.matchings)


@percent(200)
@given(WORLD, worlds.account_policies, shuffles)
def test_the_plan_of_accounts(world: Any, policy: AccountPolicy, order: Random) -> None:
    asked = repr(policy)

    def planner(people: People, tenant: Tenant, matches: Matches) -> dict[str, Any]:
        plan = plan_accounts(people, tenant, matches, policy)
        read = _accounts.bundles_to_read(people, tenant, matches, policy)
        assert read == with_unseen_bundle(plan.changes), "read is what the plan takes, and no more"
        return said(plan)

    check(planner, world, order)
    assert repr(policy) == asked


@percent(200)
@given(WORLD, worlds.license_policies, worlds.limits, worlds.protected, st.sets(st.sampled_from(worlds.NAMES)), shuffles)
def test_the_plan_of_licences(world: Any, policy: Any, limit: str, protected: Any, idle: set[str], order: Random) -> None:
    days = {f"z-{name}": "2026-01-01" for name in idle}
    terms = LicenseTerms(parse_policy(policy, ""), parse_limit(limit, "max_removals"), parse_protection(protected, "protected"), days)
    asked = repr(terms)
    check(lambda people, tenant, matches: said(plan_licenses(people, tenant, matches, terms)), world, order)
    assert repr(terms) == asked


@percent(200)
@given(WORLD, worlds.group_specs, worlds.limits, worlds.protected, st.booleans(), st.sets(st.sampled_from(worlds.NAMES)), shuffles)
def test_the_plan_of_zoom_groups(world: Any, specs: Any, limit: str, protected: Any, allow: bool, partly: set[str], order: Random) -> None:
    policy = GroupPolicy(
        parse_groups(specs, "groups"),
        parse_limit(limit, "max_removals"),
        parse_protection(protected, "protected"),
        allow,
        [f"z-{name}" for name in partly],
        at_once=2,
    )
    asked = repr(policy)
    check(lambda people, tenant, matches: said(plan_zoom_groups(people, tenant, matches, policy)), world, order)
    assert repr(policy) == asked


SET_ASIDE = st.lists(
    st.builds(
        lambda key, email: {"kind": "member", "what": "Zoom's members", "why": "no status", "id": key, "email": email},
        st.sampled_from(["", "z-ada", "z-bob"]),
        st.sampled_from(["", *worlds.ADDRESSES]),
    ),
    max_size=2,
)
MEMBERS_POLICIES = st.builds(
    MembersPolicy,
    st.lists(worlds.addresses, unique=True).map(tuple),
    st.sampled_from([1, 2, 30]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, 0, 1, 3]),
)


@percent(200)
@given(worlds.tenants, MEMBERS_POLICIES, st.sets(worlds.addresses), st.sets(st.sampled_from(worlds.NAMES)), SET_ASIDE, shuffles)
def test_the_plan_of_the_members_of_one_zoom_group(
    tenant: Tenant, policy: MembersPolicy, inside: set[str], partly: set[str], rows: Any, order: Random
) -> None:
    accounts: dict[str, Account | None] = {**dict.fromkeys(worlds.ADDRESSES), **{one.email.lower(): one for one in tenant.accounts}}
    members = {address: f"z-{address.partition('@')[0]}" for address in inside}
    roster = Roster("g1", "Sales", members, accounts, {f"z-{name}" for name in partly}, rows, tenant.doubtful)
    before = deepcopy(roster)
    first, asked = said(plan_zoom_members(roster, policy)), set(accounts_to_read(replace(roster, accounts={}), policy))
    assert roster == before
    assert said(plan_zoom_members(roster, policy)) == first
    assert {one["email"] for one in map(json.loads, first["failed"])} <= asked, "who fails was not read"
    mixed = replace(roster, members=dict(in_some_order(members.items(), order)), set_aside=in_some_order(rows, order))
    again = replace(policy, wanted=tuple(in_some_order(policy.wanted, order)))
    assert said(plan_zoom_members(mixed, again)) == first, "the order of input shows in the plan"


@percent(150)
@given(WORLD, worlds.entries, worlds.limits, worlds.protected, st.booleans(), shuffles)
def test_the_plan_of_an_undo(world: Any, entries: Any, limit: str, protected: Any, creations: bool, order: Random) -> None:
    policy = UndoPolicy(entries, worlds.limits_at(limit), parse_protection(protected, "protected"), creations)
    before = deepcopy(entries)
    check(lambda _people, tenant, _matches: said(plan_undo(tenant, policy)), world, order)
    assert entries == before


@percent(150)
@given(
    WORLD,
    st.lists(worlds.addresses, max_size=4),
    st.sampled_from(
        [Offboarding("deactivate"), Offboarding("deactivate", "boss@x.com"), Offboarding("delete", "boss@x.com", ("meeting",))]
    ),
    worlds.protected,
    shuffles,
)
def test_the_plan_of_an_offboarding(world: Any, addresses: list[str], ending: Offboarding, protected: Any, order: Random) -> None:
    policy = OffboardPolicy(tuple(addresses), ending, parse_protection(protected, "protected"))

    def planner(people: People, tenant: Tenant, matches: Matches) -> dict[str, Any]:
        plan = plan_offboarding(people, tenant, matches, policy)
        read = {account.key for account in bundles_to_read(people, matches, policy)}
        assert read == {account.key for account in with_unseen_bundle(plan.changes)}, "read is what the plan takes, and no more"
        return {**said(plan), "back": still_in_scope(people, matches, policy)}

    check(planner, world, order)


ROWS = st.lists(
    st.builds(lambda name: {"id": f"id-{name}", "type": "USER", "email": f"{name}@x.com"}, st.sampled_from(worlds.NAMES))
    | st.builds(lambda group: {"id": group, "type": "GROUP", "email": group}, st.sampled_from([*worlds.GOOGLE_GROUPS, "low@x.com"]))
    | st.just({"id": "C1", "type": "CUSTOMER"})
    | st.just({"id": "", "type": "UNREADABLE", "why": "no id"}),
    max_size=4,
)
CHOSEN = st.builds(
    Chosen,
    st.sampled_from([(), ("all@x.com",), ("all@x.com", "sales@x.com")]),
    st.sampled_from([(), ("/",), ("/Staff",)]),
    st.lists(worlds.addresses, max_size=2).map(tuple),
)
LIVE = worlds.people_rows.map(lambda rows: [replace(person, in_scope=False, via="", groups=[]) for person in rows])


@percent(150)
@given(LIVE, LIVE, CHOSEN, CHOSEN, st.fixed_dictionaries(dict.fromkeys([*worlds.GOOGLE_GROUPS, "low@x.com"], ROWS)), shuffles)
def test_who_is_in_scope(users: list[Person], deleted: list[Person], scope: Chosen, exclude: Chosen, edges: Any, order: Random) -> None:
    ask = ScopeAsk(scope, exclude, Chosen(("sales@x.com",)), frozenset(), deprovision=Deprovision())
    data = DirectoryData(users, deleted, ["/", "/Staff"], edges)

    def scoped(data: DirectoryData) -> list[str]:
        return in_a_set(person.record() for person in resolve(ask, data, {group: close(group, data.edges) for group in ask.named_groups()}))

    before = deepcopy((ask, data))
    first = scoped(data)
    assert (ask, data) == before
    assert scoped(data) == first
    mixed = {group: in_some_order(rows, order) for group, rows in edges.items()}
    assert scoped(replace(data, users=in_some_order(users, order), deleted=in_some_order(deleted, order), edges=mixed)) == first


def in_scope(*names: str) -> list[Person]:
    return [Person(f"id-{name}", f"{name}@x.com", in_scope=True, groups=["all@x.com"]) for name in names]


@pytest.mark.parametrize("people", list(permutations(in_scope("ada", "bob", "eve"))))
def test_the_last_seats_of_the_fallback_go_to_the_same_newcomers_in_any_order(people: tuple[Person, ...]) -> None:
    licenses = parse_policy({"default": {"zoom_one_type": 16}, "fallback": "licensed"}, "")
    policy = AccountPolicy(parse_attributes(DEFAULT_ATTRIBUTES, "attributes"), Deprovision(), {}, licenses=licenses)
    seats = {"zoom_one_type:16": {"bought": 0}, "licensed": {"bought": 2}}
    plan = plan_accounts(*facts(people, [], seats=seats), policy)
    given = {change.email: change.license.label for change in plan.changes if change.license}
    assert given == {"ada@x.com": "licensed", "bob@x.com": "licensed", "eve@x.com": "basic"}


@pytest.mark.parametrize(
    "accounts", list(permutations([Account(f"z-{name}", f"{name}@x.com", "active") for name in ("ada", "bob", "eve")]))
)
def test_members_join_a_zoom_group_in_the_same_writes_in_any_order(accounts: tuple[Account, ...]) -> None:
    policy = GroupPolicy(parse_groups([{"name": "New", "groups": ["all@x.com"]}], "groups"), parse_limit("0", "max_removals"), at_once=2)
    plan = plan_zoom_groups(*facts(in_scope("ada", "bob", "eve"), accounts, groups={}), policy)
    joining = [[member.email for member in change.members] for change in plan.ordered() if change.action == "add"]
    assert joining == [["ada@x.com", "bob@x.com"], ["eve@x.com"]]


@pytest.mark.parametrize("wanted", list(permutations(in_scope("ada", "bob", "eve", "kim"))))
def test_the_same_few_are_named_of_many_in_any_order(wanted: tuple[Person, ...]) -> None:
    after = [
        Account(f"z-{name}", f"{name}@x.com", "active", type=2, created="2026-06-02T00:00:00Z") for name in ("ada", "bob", "eve", "kim")
    ]
    people, _tenant, matches = facts(wanted, after)
    plan = Plan()
    report_portal(plan, people, matches, parse_policy({"default": "basic"}, ""), Former(datetime(2026, 6, 1, tzinfo=timezone.utc), {}))
    assert "ada@x.com, bob@x.com, eve@x.com" in plan.attention[0].message
