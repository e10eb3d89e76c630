# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seats that come free in the same run are counted before creations, and none is made free that the licence phase would not."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import worlds
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._approval import Approval, Listed
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._part import WHOLE, Part
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import active_unprotected, widen
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import parse_deprovision
from hypothesis import given
from hypothesis import strategies as st
from plain_people import account, person
from planning import actions, carry_out, facts

from examples import percent

SALES = {"default": "basic", "rules": [{"users": ["new@example.com", "two@example.com"], "license": "licensed"}]}
NEW = person("new")


def planned(
    people: list[Person],
    accounts: list[Account],
    bought: int,
    *,
    limit: str | None = "100%",
    part: Part = WHOLE,
    prune: dict[str, str] | None = None,
    policy: dict[str, Any] | None = None,
    idle: dict[str, str] | None = None,
    approval: Approval | None = None,
    seats: dict[str, Any] | None = None,
    **more: Any,
) -> Plan:
    """`more`: of the tenant."""
    used = sum(one.type == 2 and one.status == "active" for one in accounts)
    everyone, tenant, matches = facts(people, accounts, seats=seats or {"licensed": {"bought": bought, "used": used}}, **more)
    rules = parse_policy(policy or SALES, "")
    terms = LicenseTerms(rules, parse_limit(limit, "max"), idle=idle or {}, part=part) if limit else None
    mapper = parse_attributes(DEFAULT_ATTRIBUTES, "attributes")
    asked = AccountPolicy(mapper, parse_deprovision(True, prune or {}, "d"), {}, licenses=rules, taking=terms, part=part, approval=approval)
    return plan_accounts(everyone, tenant, matches, asked)


def made_with(plan: Plan) -> dict[str, str]:
    return {change.email.partition("@")[0]: change.license.label for change in plan.changes if change.action == "create" and change.license}


def taken(plan: Plan) -> list[str]:
    return [change.email.partition("@")[0] for change in plan.ordered() if change.action == "downgrade"]


def holder(name: str, **more: Any) -> Account:
    return account(name, **{"type": 2, "zoom_one_type": 0, **more})


@pytest.mark.parametrize("action", ["deactivate", "downgrade", "disassociate", "delete"])
def test_what_the_plan_itself_removes_frees_a_seat_before_the_creation(action: str) -> None:
    plan = planned([NEW, person("gone", in_scope=False, confirmed=True)], [holder("gone")], 1, limit=None, prune={"out_of_scope": action})
    assert made_with(plan) == {"new": "licensed"}
    assert [action for action, _email in actions(plan)] == [action, "create"]


@pytest.mark.parametrize("gone", [{"in_scope": False, "confirmed": False}, {"in_scope": False, "unsure": "group@example.com"}])
def test_a_removal_that_is_blocked_frees_none(gone: dict[str, Any]) -> None:
    assert made_with(planned([NEW, person("gone", **gone)], [holder("gone")], 1)) == {"new": "basic"}


def test_a_removal_that_is_left_for_another_run_frees_none() -> None:
    plan = planned([NEW, person("gone", in_scope=False, confirmed=True)], [holder("gone")], 1, part=Part(leave_removals=True))
    assert (made_with(plan), [change.action for change in plan.left]) == ({"new": "basic"}, ["deactivate"])


def test_nothing_comes_free_with_an_account_that_was_inactive_or_held_no_seat() -> None:
    people = [NEW, person("off", in_scope=False, confirmed=True), person("none", in_scope=False, confirmed=True)]
    plan = planned(people, [account("off", status="inactive"), account("none")], 0, limit=None, prune={"out_of_scope": "delete"})
    assert made_with(plan) == {"new": "basic"}


def test_as_few_licences_are_taken_before_creations_as_these_need() -> None:
    two, others = person("two"), [person(f"o{number}") for number in range(6)]
    accounts = [holder(f"o{number}") for number in range(6)]
    plan = planned([NEW, two, *others], accounts, 7)
    assert (taken(plan), made_with(plan)) == (["o0"], {"new": "licensed", "two": "licensed"})
    assert [change.reason for change in plan.changes if change.action == "downgrade"] == ["default: basic, for a new account"]
    assert taken(planned([NEW, two, *others], accounts, 6)) == ["o0", "o1"]
    assert taken(planned([NEW, two, *others], accounts, 8)) == []
    owed = planned([NEW, two, *others, person("old")], [*accounts, account("old")], 7, policy={**SALES, "rules": [
        {"users": ["old@example.com"], "license": "licensed"}, *SALES["rules"]]})  # fmt: skip
    assert taken(owed) == ["o0", "o1"], "a seat is owed to somebody of higher rank too"


def test_seats_are_of_one_kind() -> None:
    rules = [
        {"users": ["new@example.com"], "license": {"zoom_one_type": 16}},
        {"users": ["x@example.com"], "license": {"zoom_one_type": 32}},
    ]
    people, seats = [NEW, person("a"), person("b"), person("c")], {"licensed": {"bought": 1, "used": 1}}
    accounts = [holder("a"), holder("b", zoom_one_type=16), holder("c", zoom_one_type=32)]
    pools = {f"zoom_one_type:{number}": {"bought": 1, "used": 1} for number in (16, 32)}
    plan = planned(people, accounts, 0, policy={"default": "basic", "rules": rules}, seats={**seats, **pools})
    assert (taken(plan), made_with(plan)) == (["b"], {"new": "zoom_one_type 16"})


def test_what_no_downgrade_helps_takes_none() -> None:
    rules = [{"users": ["new@example.com"], "license": {"zoom_one_type": 16}}]
    pools = {"licensed": {"bought": 1, "used": 1}, "zoom_one_type:16": {"bought": 0, "used": 0}}
    plan = planned([NEW, person("a")], [holder("a")], 0, policy={"default": "basic", "rules": rules}, seats=pools)
    assert (taken(plan), made_with(plan)) == ([], {"new": "basic"})


@pytest.mark.parametrize(
    ("held", "more"),
    [
        (holder("a"), {"limit": None}),
        (holder("a"), {"limit": "0"}),
        (holder("a"), {"part": Part(leave_removals=True)}),
        (holder("a"), {"doubtful": ["a list could not be read"]}),
        (holder("a", role_id="1"), {}),
        (holder("a", held="limit"), {}),
        (holder("a", drifted=["license"]), {}),
        (holder("a", zoom_one_type=32), {}),
    ],
)
def test_none_is_taken_that_the_licence_phase_would_not_take_or_has_to_report(held: Account, more: dict[str, Any]) -> None:
    plan = planned([NEW, person("a")], [held], 1, **more)
    assert (taken(plan), made_with(plan)) == ([], {"new": "basic"})
    assert plan.withheld == [], "what its limit blocks that phase says"


def test_whoever_can_not_be_mapped_keeps_the_licence_until_that_is_settled() -> None:
    odd = Person("id-a", "new@example.com", in_scope=True)
    plan = planned([person("b"), odd, NEW], [Account("z-a", "new@example.com", "active", type=2, zoom_one_type=0)], 1)
    assert taken(plan) == []


def test_an_idle_licence_is_taken_before_where_it_is_reclaimed() -> None:
    policy = {"default": "licensed", "reclaim_after_days": 30, "reclaim": "take"}
    plan = planned([NEW, person("a")], [holder("a", last_login="2020-01-01T00:00:00Z")], 1, policy=policy, idle={"z-a": "2020-01-01"})
    assert (taken(plan), made_with(plan)) == (["a"], {"new": "licensed"})


def test_a_renamed_account_is_named_by_the_address_that_it_has_by_then() -> None:
    renamed = replace(holder("a"), email="old@example.com")
    plan = planned([NEW, person("a", aliases=("old@example.com",))], [renamed], 1)
    assert [one for one in actions(plan) if one[0] != "update"] == [
        ("rename", "a@example.com"), ("downgrade", "a@example.com"), ("create", "new@example.com"),
    ]  # fmt: skip


def test_bundles_that_decide_are_read_before_anything_is_taken_and_none_where_there_are_seats() -> None:
    people, accounts = [NEW, person("a"), person("b")], [account("a", type=2), recalled("b")]
    assert [one.email for one in planned(people, accounts, 2).unseen] == ["a@example.com"]
    assert planned(people, accounts, 3).unseen == []
    assert planned(people, accounts, 2, limit=None).unseen == []


def test_of_what_an_earlier_run_saw_only_what_is_to_be_taken_is_read_again() -> None:
    """Not the accounts of all who are owed a seat, or who may lose one: a company short of seats has many of them."""
    rules = [{"users": ["old@example.com"], "license": {"zoom_one_type": 16}}, *SALES["rules"]]
    seats = {"licensed": {"bought": 3, "used": 3}, "zoom_one_type:16": {"bought": 0, "used": 0}}
    plan = planned(
        [NEW, *(person(name) for name in ("a", "b", "old"))],
        [recalled(name) for name in ("a", "b", "old")],
        3,
        policy={**SALES, "rules": rules},
        seats=seats,
    )
    assert (taken(plan), [one.email for one in plan.unseen]) == (["a"], ["a@example.com"])


def recalled(name: str) -> Account:
    return holder(name, bundle_seen="2026-01-01T00:00:00+00:00", recalled=True)


class Listing:
    """An approved plan with removals of these people."""

    any_gain = True

    def __init__(self, *names: str) -> None:
        self._names = names

    def lists(self, change: Change) -> bool:
        return change.email.partition("@")[0] in self._names

    def missing(self, changes: Iterable[Change]) -> list[Listed]:
        return []


@pytest.mark.parametrize("prune", [None, {"out_of_scope": "deactivate"}], ids=["a downgrade", "an end"])
def test_what_nobody_has_approved_frees_no_seat(prune: dict[str, str] | None) -> None:
    """Else a preview would announce a licence that the run does not give."""
    people = [NEW, *(person(name, **({"in_scope": False, "confirmed": True} if prune else {})) for name in ("a", "b"))]
    accounts = [holder("a"), holder("b")]
    for names, wanted in ((), "basic"), (("b",), "licensed"):
        plan = planned(people, accounts, 2, prune=prune, approval=Listing(*names))
        assert made_with(plan) == {"new": wanted}
        assert taken(plan) == ([] if prune else list(names))


def test_a_licence_is_not_changed_on_the_strength_of_what_an_earlier_run_saw() -> None:
    seen = {"type": 2, "bundle_seen": "2026-01-01T00:00:00+00:00", "recalled": True}
    accounts = [account("a", zoom_one_type=16, **seen), account("b", zoom_one_type=0, **seen), account("c", zoom_one_type=16, **seen)]
    policy = {"default": {"zoom_one_type": 16}}
    seats = {"zoom_one_type:16": {"bought": 2, "used": 2}}

    def unseen(**more: Any) -> list[str]:
        everyone, tenant, matches = facts([person(one) for one in "abc"], accounts, seats=seats)
        plan = plan_licenses(everyone, tenant, matches, LicenseTerms(parse_policy({**policy, **more}, ""), parse_limit("100%", "max")))
        return sorted(one.email.partition("@")[0] for one in plan.unseen)

    assert unseen() == [], "short of a seat, so nothing is written"
    seats["zoom_one_type:16"]["bought"] = 3
    assert unseen() == ["b"]
    assert unseen(rules=[{"users": ["c@example.com"], "license": "basic"}]) == ["b", "c"]


@percent(200)
@given(st.tuples(worlds.people, worlds.tenants, worlds.matchings), worlds.account_policies, worlds.limits)
def test_over_both_phases_no_more_licences_are_taken_than_the_limit_allows(world: Any, policy: AccountPolicy, limit: str) -> None:
    people, tenant, rules = deepcopy(world)
    if policy.licenses is None:
        return
    terms = LicenseTerms(policy.licenses, parse_limit(limit, "max"), policy.protection)
    matches = match(people.everyone, tenant.accounts, rules)
    base = active_unprotected(tenant.accounts, widen(policy.protection, people.everyone, matches.all_of))
    plan = plan_accounts(people, tenant, matches, replace(policy, taking=terms))
    early = [change for change in plan.changes if change.removal == "license"]
    carry_out(plan, tenant)
    assert tenant.licenses_taken == len(early) <= terms.limit.allowed(base)
    terms = replace(terms, limit=replace(terms.limit, spent=tenant.licenses_taken))
    later = plan_licenses(people, tenant, match(people.everyone, tenant.accounts, rules), terms)
    lost = [change for change in later.changes if change.removal == "license"]
    base = max(base, active_unprotected(tenant.accounts, terms.protection))
    assert len(early) + len(lost) <= terms.limit.allowed(base)
    twice = {id(change.account) for change in early} & {id(change.account) for change in later.changes}
    assert not twice, "whose licence was taken early needs nothing else"
