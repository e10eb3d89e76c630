# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence planner by property: seats are never exceeded, a plan is a fixpoint, and it is what brute force finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import license_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import LicenseChange
from hypothesis import given
from hypothesis import strategies as st
from license_worlds import (
    MEMBER,
    POLICY,
    SPARE,
    WORLD,
    license_after,
    outcome,
    people_and_accounts,
    planned,
    planned_of,
    pool_held,
    pools_of,
    replay,
    used,
)

from examples import percent

# who has what a pool gives: a bundle satisfies licensed
HAS = {"licensed": ("licensed", "zoom_one", "united"), "zoom_one_type:16": ("zoom_one",), "plan_united_type:1": ("united",)}


@percent(400)
@given(WORLD)
def test_at_no_moment_of_its_order_a_plan_takes_more_seats_than_there_are(world: Any) -> None:
    plan, accounts, pools = planned(*world)
    assert replay(plan.ordered(), pools, used(accounts)) == []
    reserve = int(world[1]["reserve"])
    before, after = used(accounts)["licensed"], used(outcome(accounts, plan.changes))["licensed"]
    assert "licensed" not in pools or after <= max(before, pools["licensed"]["bought"] - reserve)


@percent(400)
@given(WORLD)
def test_what_a_plan_leads_to_needs_no_plan_any_more(world: Any) -> None:
    members, policy, _spare, limit = world
    plan, accounts, pools = planned(*world)
    people = people_and_accounts(members)[0]
    after = outcome(accounts, plan.changes)
    taken = used(after)
    left = {pool: {**row, "used": taken[pool]} for pool, row in pools.items()}
    again = planned_of(people, after, left, policy, limit)
    assert [(change.action, change.email, change.after) for change in again.changes] == []
    assert Counter(finding.reason for finding in again.withheld) == Counter(finding.reason for finding in plan.withheld)


@percent(200)
@given(st.lists(MEMBER, max_size=7), POLICY, SPARE)
def test_a_plan_is_what_brute_force_finds_by_rule_order_and_account_age(members: Any, policy: Any, spare: Any) -> None:
    """Of all sets of people that the seats suffice for, the one that serves the first in turn, then the second, and so on."""
    for member in members:  # whoever holds a bundle may move, which makes seats in mid-plan: the next test is about those
        member["held"] = member["held"] if member["held"] in ("basic", "unassigned", "licensed") else "basic"
    policy = {**policy, "fallback": "basic", "reserve": 0}
    moves = [member for member in members if member["held"] == "licensed"]
    for member in moves:  # licensed to a bundle is a move too
        member["held"] = "licensed" if all(not isinstance(license, dict) for license in _licenses(policy)) else "basic"
    plan, accounts, pools = planned(members, policy, spare, "100%")
    waiting = _waiting(members, policy, accounts)
    free = {pool: pools[pool]["bought"] - used(outcome(accounts, _frees(plan)))[pool] for pool in pools}
    expected = _best(waiting, free)
    got = {change.email for change in plan.changes if pool_held(license_after(change))}
    assert got == expected


def _licenses(policy: Mapping[str, Any]) -> list[Any]:
    return [policy["default"], *(rule["license"] for rule in policy["rules"])]


def _frees(plan: Plan) -> list[Change]:
    return [change for change in plan.changes if change.action == "downgrade"]


def _waiting(members: list[Any], policy: Mapping[str, Any], accounts: list[Account]) -> list[tuple[str, str]]:
    """(address, pool) of everybody who should hold a seat and does not, in turn; the policy read anew, by hand."""
    found = []
    for number, (member, account) in enumerate(zip(members, accounts, strict=True)):
        rank, wanted = len(policy["rules"]), policy["default"]
        for index, rule in enumerate(policy["rules"]):
            if rule["groups"][0].partition("@")[0] in member["teams"]:
                rank, wanted = index, rule["license"]
                break
        pool = "licensed" if wanted == "licensed" else ""
        if isinstance(wanted, dict):
            ((family, value),) = wanted.items()
            pool = f"{family}:{value}"
        if pool and member["held"] not in HAS[pool]:
            found.append(((rank, str(member["age"]), f"p{number}"), account.email, pool))
    return [(email, pool) for _turn, email, pool in sorted(found)]


def _best(waiting: list[tuple[str, str]], free: Mapping[str, int]) -> set[str]:
    best: tuple[bool, ...] = ()
    for size in range(len(waiting) + 1):
        for chosen in combinations(range(len(waiting)), size):
            taken = Counter(waiting[index][1] for index in chosen)
            if all(pool not in free or number <= max(free[pool], 0) for pool, number in taken.items()):
                best = max(best, tuple(index in chosen for index in range(len(waiting))))
    return {email for (email, pool_held), served in zip(waiting, best, strict=False) if served}


@percent(400)
@given(WORLD)
def test_with_bundles_that_move_a_plan_serves_whoever_is_first_in_turn_and_has_a_seat_then_looks_again(world: Any) -> None:
    members, policy, spare, _limit = world
    policy = {**policy, "fallback": "basic"}
    plan, accounts, pools = planned(members, policy, spare, "100%")
    stays = {finding.email for finding in plan.attention if finding.reason == "protected"}
    taken = used(outcome(accounts, _frees(plan)))
    free = {pool: row["bought"] - taken[pool] - (policy["reserve"] if pool == "licensed" else 0) for pool, row in pools.items()}
    held = {account.email: pool_held(license_of(account)) for account in accounts}
    waiting = [(email, pool) for email, pool in _waiting(members, policy, accounts) if email not in stays]
    served = list[str]()
    while first := next((row for row in waiting if row[0] not in served and free.get(row[1], 1) > 0), None):
        email, pool = first
        served.append(email)
        for name, step in ((pool, -1), (held[email], 1)):
            if name in free:
                free[name] += step
    assert [change.email for change in plan.changes if pool_held(license_after(change))] == sorted(
        served, key=[row[0] for row in waiting].index
    )


@percent(400)
@given(WORLD)
def test_nobody_is_served_before_another_of_the_same_licence_and_no_seat_is_left_while_somebody_waits(world: Any) -> None:
    plan, accounts, pools = planned(*world)
    left = {finding.email for finding in plan.attention if finding.reason == "seats"}
    withheld = {finding.email for finding in plan.withheld}
    order = [change for change in plan.changes if change.action == "license"]
    after = used(outcome(accounts, plan.changes))
    waiting = _waiting(*world[:2], accounts)
    turn = {email: index for index, (email, _pool) in enumerate(waiting)}
    for email, pool in waiting:
        if email in left:
            keep = int(world[1]["reserve"]) if pool == "licensed" else 0
            keep += sum(other == pool and address in withheld for address, other in waiting)
            assert after[pool] >= pools[pool]["bought"] - keep, "a seat was left"
            later = [change for change in order if pool_held(license_after(change)) == pool and turn.get(change.email, -1) > turn[email]]
            assert [change for change in later if "no seat of" not in change.reason] == []


@percent(300)
@given(WORLD, st.integers(0, 6))
def test_a_reclaimed_licence_is_a_loss_and_goes_to_somebody_in_use(world: Any, number: int) -> None:
    members, policy, spare, limit = world
    people, accounts = people_and_accounts(members)
    pools = pools_of(accounts, spare)
    idle = {account.key: "2026-01-01" for account in accounts[number:]}
    plan = planned_of(people, accounts, pools, {**policy, "reclaim_after_days": 90, "reclaim": "take"}, limit, idle=idle)
    assert replay(plan.ordered(), pools, used(accounts)) == []
    for change in plan.changes:
        assert change.account
        if change.account.key in idle and change.account.role_id == "2" and change.account.type != 2:
            assert pool_held(license_after(change)) is None, "an idle account was given a seat"
        if change.account.role_id == "1":
            assert change.removal is None


def test_a_bundle_that_becomes_unassigned_is_switched_off_first_and_one_that_becomes_basic_by_its_own_field() -> None:
    rules = [{"groups": ["a@example.com"], "license": {"zoom_one_type": 16}}]
    for default, bodies in (("basic", [{"zoom_one_type": 0}]), ("unassigned", [{"zoom_one_type": 0}, {"type": 4}])):
        account = Account("z0", "p0@example.com", "active", role_id="2", created="2020", type=2, zoom_one_type=16)
        people = [Person("id0", "p0@example.com", in_scope=True)]
        (change,) = planned_of(people, [account], {}, {"rules": rules, "default": default}).changes
        data = change.needs(LicenseChange)
        sent = [license.rest_body() for license in (data.first, data.license) if license]
        assert (change.action, change.removal, sent) == ("downgrade", "license", bodies)


def test_who_is_left_out_keeps_a_paid_licence_and_else_gets_the_fallback() -> None:
    people = [Person(f"id{number}", f"p{number}@example.com", in_scope=True) for number in range(2)]
    held = [{"type": 2, "zoom_one_type": 0}, {"type": 4}]
    accounts = [Account(f"z{n}", f"p{n}@example.com", "active", role_id="2", created="2020", **held[n]) for n in range(2)]
    pools = {"zoom_one_type:16": {"bought": 0, "used": 0, "pending": 0}}
    plan = planned_of(people, accounts, pools, {"default": {"zoom_one_type": 16}, "fallback": "basic"})
    assert [(change.email, change.after["type"]) for change in plan.changes] == [("p1@example.com", 1)]
    assert [finding.reason for finding in plan.attention] == ["seats", "seats", "shortfall"]


def test_who_was_skipped_before_is_named_only_where_the_policy_would_change_their_licence() -> None:
    people = [Person(f"id{number}", f"p{number}@example.com", in_scope=number < 3) for number in range(4)]
    accounts = [
        Account(f"z{n}", f"p{n}@example.com", "active", type=(1, 2, 1, 1)[n], role_id="2", held="limit_rename" if n != 2 else "")
        for n in range(4)
    ]
    pools = {"licensed": {"bought": 9, "used": 1, "pending": 0}}
    plan = planned_of(people, accounts, pools, {"default": "licensed"})
    assert [change.email for change in plan.changes] == ["p2@example.com"]
    assert [(found.reason, found.emails) for found in plan.attention] == [("skipped", ("p0@example.com",))]
