# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence planner by property: seats are never exceeded, a plan is a fixpoint, and it is what brute force finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from itertools import combinations
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import License, license_of, parse_license
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._plan_usage import Usage, seats_of_plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Creation, LicenseChange
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import Reclaim, parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._seats import LICENSED, seats_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._seats import seat_numbers
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._seat_gate import SeatGate
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import attempt_at, carry, facts

LICENSES: list[Any] = ["basic", "unassigned", "licensed", {"zoom_one_type": 16}, {"plan_united_type": "1"}]
POOLS = ["licensed", "zoom_one_type:16", "plan_united_type:1"]
HELD = {
    "basic": {"type": 1},
    "unassigned": {"type": 4},
    "licensed": {"type": 2, "zoom_one_type": 0},
    "zoom_one": {"type": 2, "zoom_one_type": 16},
    "united": {"type": 2, "zoom_one_type": 0, "plan_united_type": "1"},
}
# who has what a pool gives: a bundle satisfies licensed
HAS = {"licensed": ("licensed", "zoom_one", "united"), "zoom_one_type:16": ("zoom_one",), "plan_united_type:1": ("united",)}
TEAMS = ["a", "b", "c"]
MEMBER = st.fixed_dictionaries(
    {"held": st.sampled_from(list(HELD)), "teams": st.sets(st.sampled_from(TEAMS)), "age": st.integers(2018, 2021), "admin": st.booleans()}
)
POLICY = st.fixed_dictionaries(
    {
        "default": st.sampled_from([None, *LICENSES]),
        "fallback": st.sampled_from(LICENSES),
        "reserve": st.integers(0, 2),
        "rules": st.lists(
            st.builds(
                lambda team, license: {"groups": [f"{team}@example.com"], "license": license},
                st.sampled_from(TEAMS),
                st.sampled_from(LICENSES),
            ),
            max_size=3,
        ),
    }
)
SPARE = st.fixed_dictionaries({pool: st.integers(-1, 3) | st.none() for pool in POOLS})
LIMIT = st.sampled_from(["100%", "10%", "0"])
WORLD = st.tuples(st.lists(MEMBER, max_size=7), POLICY, SPARE, LIMIT)


def people_and_accounts(members: list[dict[str, Any]]) -> tuple[list[Person], list[Account]]:
    people, accounts = [], []
    for number, member in enumerate(members):
        email = f"p{number}@example.com"
        teams = sorted(f"{team}@example.com" for team in member["teams"])
        people.append(Person(f"id{number}", email, in_scope=True, groups=teams))
        role = "1" if member["admin"] and number % 3 == 0 else "2"
        accounts.append(Account(f"z{number}", email, "active", role_id=role, created=str(member["age"]), **HELD[member["held"]]))
    return people, accounts


def used(accounts: list[Account]) -> Counter[str]:
    return Counter(pool for account in accounts if (pool := _pool(license_of(account))))


def _pool(license: License | None) -> str | None:
    """Of what was bought: nobody says how many Basic users there may be."""
    return license.pool if license and license.is_paid else None


def pools_of(accounts: list[Account], spare: Mapping[str, int | None]) -> dict[str, dict[str, int]]:
    taken = used(accounts)
    return {pool: {"bought": taken[pool] + free, "used": taken[pool], "pending": 0} for pool, free in spare.items() if free is not None}


def planned(members: list[dict[str, Any]], policy: Any, spare: Any, limit: str) -> tuple[Plan, list[Account], dict[str, Any]]:
    people, accounts = people_and_accounts(members)
    pools = pools_of(accounts, spare)
    return planned_of(people, accounts, pools, policy, limit), accounts, pools


def planned_of(people: list[Person], accounts: list[Account], pools: Any, policy: Any, limit: str = "10%", **more: Any) -> Plan:
    terms = LicenseTerms(parse_policy(policy, ""), parse_limit(limit, "max_removals"), **more)
    return plan_licenses(*facts(people, accounts, seats=pools), terms)


def replay(changes: list[Change], pools: Mapping[str, Any], taken: Counter[str]) -> list[Change]:
    """Make the changes as stages and waves come, each taking all its seats before it gives one back; those that exceed are returned."""
    over = []
    for stage in sorted({change.stage for change in changes}):
        now = [change for change in changes if change.stage == stage]
        for change in now:
            if pool := _pool(_after(change)):
                taken[pool] += 1
                if pool in pools and taken[pool] > pools[pool]["bought"]:
                    over.append(change)
        for change in now:
            if change.account and (pool := _pool(license_of(change.account))):
                taken[pool] -= 1
    return over


def _after(change: Change) -> License | None:
    assert change.account
    return license_of(replace(change.account, **change.after))


def outcome(accounts: list[Account], changes: list[Change]) -> list[Account]:
    after = {id(change.account): change.after for change in changes}
    return [replace(account, **after.get(id(account), {})) for account in accounts]


@settings(max_examples=400)
@given(WORLD)
def test_at_no_moment_of_its_order_a_plan_takes_more_seats_than_there_are(world: Any) -> None:
    plan, accounts, pools = planned(*world)
    assert replay(plan.ordered(), pools, used(accounts)) == []
    reserve = int(world[1]["reserve"])
    before, after = used(accounts)["licensed"], used(outcome(accounts, plan.changes))["licensed"]
    assert "licensed" not in pools or after <= max(before, pools["licensed"]["bought"] - reserve)


@settings(max_examples=400)
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


@settings(max_examples=200)
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
    got = {change.email for change in plan.changes if _pool(_after(change))}
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
    return {email for (email, _pool), served in zip(waiting, best, strict=False) if served}


@settings(max_examples=400)
@given(WORLD)
def test_with_bundles_that_move_a_plan_serves_whoever_is_first_in_turn_and_has_a_seat_then_looks_again(world: Any) -> None:
    members, policy, spare, _limit = world
    policy = {**policy, "fallback": "basic"}
    plan, accounts, pools = planned(members, policy, spare, "100%")
    stays = {finding.email for finding in plan.attention if finding.reason == "protected"}
    taken = used(outcome(accounts, _frees(plan)))
    free = {pool: row["bought"] - taken[pool] - (policy["reserve"] if pool == "licensed" else 0) for pool, row in pools.items()}
    held = {account.email: _pool(license_of(account)) for account in accounts}
    waiting = [(email, pool) for email, pool in _waiting(members, policy, accounts) if email not in stays]
    served = list[str]()
    while first := next((row for row in waiting if row[0] not in served and free.get(row[1], 1) > 0), None):
        email, pool = first
        served.append(email)
        for name, step in ((pool, -1), (held[email], 1)):
            if name in free:
                free[name] += step
    assert [change.email for change in plan.changes if _pool(_after(change))] == sorted(served, key=[row[0] for row in waiting].index)


@settings(max_examples=400)
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
            later = [change for change in order if _pool(_after(change)) == pool and turn.get(change.email, -1) > turn[email]]
            assert [change for change in later if "no seat of" not in change.reason] == []


@settings(max_examples=300)
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
            assert _pool(_after(change)) is None, "an idle account was given a seat"
        if change.account.role_id == "1":
            assert change.removal is None


@settings(max_examples=400)
@given(WORLD, st.sets(st.integers(0, 6)))
def test_when_writes_fail_no_seat_is_asked_for_that_they_were_to_free(world: Any, failing: set[int]) -> None:
    """Zoom counts strictly: it would refuse a seat that is not there, and is never asked for one."""
    plan, accounts, pools = planned(*world)
    gate = SeatGate(plan, Tenant("t", accounts, seats=pools), parse_policy(world[1], ""))
    taken, changes = used(accounts), plan.ordered()
    for stage in sorted({change.stage for change in changes}):
        tried = [attempt for change in changes if change.stage == stage and gate.admits(attempt := attempt_at(change))]
        made = [
            attempt.planned
            for attempt in tried
            if not (accounts.index(attempt.planned.account) in failing and not gate.refused(attempt, BUSY))
        ]
        for change in made:
            if pool := _pool(_after(change)):
                taken[pool] += 1
                assert pool not in pools or taken[pool] <= pools[pool]["bought"]
        for change in made:
            gate.done(change)
            assert change.account
            if pool := _pool(license_of(change.account)):
                taken[pool] -= 1
            for name, value in change.after.items():
                setattr(change.account, name, value)


BUSY = ApiError("Zoom", "PATCH", "/v2/users/z", 400, "300", "Validation Failed.")
NO_SEATS = [
    ApiError("Zoom", "POST", "/scim2/Users", 409, "", "Cannot add paid users."),
    ApiError("Zoom", "POST", "/scim2/Users", 409, "", "Cannot create more users with Zoom Workplace Business Plus."),
    *(ApiError("Zoom", "PATCH", "/v2/users/z", 400, code, "") for code in ("2033", "2034", "2038", "2039", "3412", "1102")),
]


BUNDLE = parse_license({"zoom_one_type": 16}, "x")


def gives(name: str, license: License = LICENSED) -> Change:
    email = f"{name}@example.com"
    return Change("license", email, "", Account("", email, "active"), {}, LicenseChange(license))


def creates(name: str, license: License = LICENSED) -> Change:
    email = f"{name}@example.com"
    return Change("create", email, "", Account("", email, "active"), {}, Creation({}, license))


def refusing(gate: SeatGate, attempt: Attempt, error: ApiError) -> bool:
    """As `apply` asks: with the sentence why it was not made."""
    attempt.error = str(error)
    return gate.refused(attempt, error)


@pytest.mark.parametrize("error", NO_SEATS)
def test_a_refused_seat_closes_its_pool_and_a_creation_steps_down(error: ApiError) -> None:
    plan = Plan()
    gate = SeatGate(plan, Tenant("t"), parse_policy({"fallback": "unassigned"}, ""))
    attempts = [attempt_at(change) for change in (gives("p0"), gives("p1"), gives("p2", BUNDLE), creates("p3"))]
    assert gate.admits(attempts[0])
    assert not gate.refused(attempts[0], error)
    assert [gate.admits(attempt) for attempt in attempts[1:]] == [False, True, True]
    assert attempts[3].change.after["type"] == 1, "unassigned is given to an account once it is there"
    assert [later.after["type"] for later in gate.later] == [4]
    assert [(finding.email, finding.reason) for finding in plan.attention] == [
        ("p1@example.com", "seat_refused"),
        ("p3@example.com", "created_with"),
    ]


def test_a_creation_that_is_refused_for_another_reason_is_not_said_to_be_created_with_another_licence() -> None:
    plan = Plan()
    gate = SeatGate(plan, Tenant("t", seats={"licensed": {"full": 1}, "basic": {"full": 1}}), None)
    made, refused = attempt_at(creates("ada")), attempt_at(creates("bob"))
    assert gate.admits(made)
    assert gate.admits(refused)
    assert not refusing(gate, refused, ApiError("Zoom", "POST", "/scim2/Users", 400, "", "Invalid domain."))
    assert not gate.reports(refused)
    gate.finish()
    assert [(row.email, row.reason) for row in plan.attention] == [("ada@example.com", "created_with"), ("", "kind_full")]
    assert "1 people were created as unassigned (ada@example.com)" in plan.attention[1].message


def test_a_refused_pool_is_told_as_what_it_is_and_its_use_only_where_it_is_known() -> None:
    ada = Account("z-ada", "ada@example.com", "active", type=1, role_id="2")
    person = Person("1", "ada@example.com", in_scope=True)
    pools: dict[str, dict[str, int]] = {"licensed": {"full": 1}, "zoom_one_type:16": {"used": 3}}
    plan = planned_of([person], [ada], pools, {"default": "licensed"}, "100%")
    assert any("1 seats of licensed are missing (Zoom refused one)" in finding.message for finding in plan.attention)
    tenant = Tenant("t", [ada], seats=pools)
    carry(Change("license", ada.email, "", ada, {"type": 2}), tenant)
    assert pools["licensed"] == {"full": 1}, "what was used is not known"
    assert list(seat_numbers(pools, pools, seats_of(tenant, None))) == ["zoom_one_type:16"]


def test_of_several_refusals_under_way_one_is_a_failure_and_the_rest_are_the_same_shortage() -> None:
    plan = Plan()
    gate = SeatGate(plan, Tenant("t"), None)
    attempts = [attempt_at(gives(f"p{number}")) for number in range(3)]
    assert all(gate.admits(attempt) for attempt in attempts)
    for attempt in reversed(attempts):
        assert not refusing(gate, attempt, NO_SEATS[2])
    assert [gate.reports(attempt) for attempt in attempts] == [False, True, True]
    assert [(finding.email, finding.reason) for finding in plan.attention] == [(f"p{n}@example.com", "seat_refused") for n in (1, 2)]


def test_a_pool_that_an_earlier_phase_found_full_gives_only_what_comes_free() -> None:
    tenant = Tenant("t", seats={"licensed": {"bought": 9, "used": 3}})
    assert refusing(SeatGate(Plan(), tenant, None), attempt_at(creates("a")), NO_SEATS[0])
    later = seats_of(tenant, None)
    assert not later.take(LICENSED)
    later.free_one(LICENSED)
    assert later.take(LICENSED)
    assert not later.take(LICENSED)
    reserving = seats_of(tenant, parse_policy({"reserve": 1}, ""))
    reserving.free_one(LICENSED)
    assert not reserving.take(LICENSED), "what comes free first goes to the reserve"


def test_the_cool_down_closes_every_pool() -> None:
    tenant = Tenant("t")
    gate = SeatGate(Plan(), tenant, None)
    attempts = [attempt_at(gives("a", license)) for license in (LICENSED, BUNDLE)]
    text = "You have exceeded the limit of license assignments for your account."
    assert gate.admits(attempts[0])
    assert not refusing(gate, attempts[0], ApiError("Zoom", "PATCH", "/v2/users/z", 400, "300", text))
    assert not gate.admits(attempts[1])
    assert not tenant.seats, "seats may be there: the next phase asks, and Zoom says why not"


NOW = datetime(2026, 6, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("dates", "idle"),
    [
        ({"last_login": "2026-03-28T00:00:00Z"}, True),
        ({"last_login": "2026-03-30T00:00:00Z"}, False),  # 92 days: Zoom may show a sign-in three days late
        ({"created": "2020-01-01T00:00:00Z"}, True),
        ({"created": "2026-06-01T00:00:00Z"}, False),
        ({"created": "2020-01-01T00:00:00Z", "last_login": "2026-06-29T00:00:00Z"}, False),
        ({"last_login": "2020-01-01T00:00:00Z", "woken": "2026-06-29T00:00:00+00:00"}, False),
        ({}, False),
        ({"last_login": "2020-01-01T00:00:00Z", "status": "inactive"}, False),
    ],
)
def test_idle_is_who_has_not_signed_in_for_so_long(dates: dict[str, str], idle: bool) -> None:
    seen = Account("z1", "b@example.com", "active", last_login="2026-06-29T00:00:00Z")
    account = Account("z0", "a@example.com", **{"status": "active", **dates})
    assert list(Reclaim(90).idle([account, seen], NOW)) == (["z0"] if idle else [])
    assert Reclaim(90).idle([account], NOW) == {} or "last_login" in dates


def test_seats_are_read_from_every_known_shape_of_the_plan() -> None:
    base = {"type": "yearly", "hosts": 60, "usage": 44, "pending": 3}
    assert seats_of_plan({"plan_base": base}) == Usage({"licensed": {"bought": 60, "used": 44, "pending": 3}})
    resold = [{"hosts": 10, "active_hosts": 4}, {"hosts": 5, "active_hosts": 5}]
    assert seats_of_plan({"plan_base": resold}).seats == {"licensed": {"bought": 15, "used": 9, "pending": 0}}
    bundles: dict[str, Any] = {
        "plan_zoom_one": [
            {"type": "zobp_usca_monthly_unlimited", "hosts": 30, "usage": 28, "pending": 1},
            {"type": "new_plan", "hosts": 9},
        ],
        "plan_united": {"type": "pro_zpp_monthly", "hosts": 20, "usage": 17, "pending": 1},
    }
    found = seats_of_plan({"plan_base": base, **bundles})
    assert set(found.seats) == {"licensed", "zoom_one_type:16", "plan_united_type:16"}
    assert found.plans_unknown == [{"key": "plan_zoom_one", "type": "new_plan", "hosts": 9}]
    beside = seats_of_plan({"plan_base": {"hosts": 0}, **bundles})
    assert (beside.base_plan, beside.seats["licensed"]) == (None, {"used": 0}), "either plan may be what `type` 2 gives"
    named = seats_of_plan({"plan_base": {"type": "zobp_jp_yearly_unlimited", "hosts": 7, "usage": 1}})
    assert named == Usage({"zoom_one_type:128": {"bought": 7, "used": 1, "pending": 0}}, 128)
    bundles["plan_zoom_one"].pop()
    assert seats_of_plan({"plan_base": {"hosts": 0}, **bundles}).base_plan == 16
    assert seats_of_plan({}) == Usage()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seats": {"licensed": "many"}}, "number of seats"), ({"seats": {"gold": 1}}, "has 'gold'"), ({"seats": 60}, "write it as"),
        ({"seats": {"zoom_one_type": {17: 1}}}, "none of Zoom's values"), ({"reclaim": "now"}, "known are report, take"),
        ({"reclaim_after_days": "long"}, "number of days"), ({"reclaim_after_days": 0}, "at least 1"),
    ],
)  # fmt: skip
def test_wrong_seats_and_reclaiming_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_policy(options, "license_defaults_")


def test_seats_given_by_hand_are_pools() -> None:
    assert parse_policy({"seats": {"licensed": 60, "zoom_one_type": {"576460752303423488": 2}}}, "").seats == {
        "licensed": 60,
        "zoom_one_type:576460752303423488": 2,
    }


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
