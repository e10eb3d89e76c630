# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seat is asked for only while there is one, and not again once Zoom refused one."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import License, license_of, parse_license
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Creation, LicenseChange
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import BASIC, parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._seats import LICENSED, UNASSIGNED, seats_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._approved import approved_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, each_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._seats import seat_numbers
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._seat_gate import SeatGate
from hypothesis import given, settings
from hypothesis import strategies as st
from license_worlds import WORLD, license_after, planned, planned_of, pool_held, used
from planning import attempt_at, carry


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
            if pool := pool_held(license_after(change)):
                taken[pool] += 1
                assert pool not in pools or taken[pool] <= pools[pool]["bought"]
        for change in made:
            gate.done(change)
            assert change.account
            if pool := pool_held(license_of(change.account)):
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


@pytest.mark.parametrize("way", ["full before", "refused meanwhile"])
def test_an_account_that_was_approved_with_a_licence_is_not_made_with_another_one(way: str) -> None:
    change, plan = creates("ada"), Plan()
    approval = approved_from({"kind": "accounts.create", **row} for row in each_person([change_row(change, True)]))
    gate = SeatGate(plan, Tenant("t", seats={"licensed": {"full": 1}} if way == "full before" else {}), None, approval)
    attempt = attempt_at(change)
    assert gate.admits(attempt) == (way != "full before")
    assert way == "full before" or not refusing(gate, attempt, NO_SEATS[0])
    assert (gate.reports(attempt), gate.stops(attempt), gate.later) == (True, True, [])
    gate.finish()
    assert [(row.email, row.reason, row.action) for row in plan.withheld] == [("ada@example.com", "not_as_approved", "create")]
    assert plan.attention == []


@pytest.mark.parametrize("listed", [False, True])
def test_the_fallback_follows_a_creation_only_where_it_was_approved_too(listed: bool) -> None:
    basic, change = creates("ada", BASIC), creates("ada")
    assert basic.account
    later = Change("license", change.email, "", basic.account, {"type": 4}, LicenseChange(UNASSIGNED), was={"type": 1})
    basic.after = BASIC.give(basic.account)
    rows = each_person(change_row(one, True) for one in ((basic, later) if listed else (basic,)))
    approval = approved_from({"kind": f"accounts.{row['action']}", **row} for row in rows)
    tenant, fallback = Tenant("t", seats={"licensed": {"full": 1}}), parse_policy({"fallback": "unassigned"}, "")
    gate = SeatGate(Plan(), tenant, fallback, approval)
    assert change.account
    change.account.type = 1
    assert gate.admits(attempt_at(change))
    assert [one.after["type"] for one in gate.later] == ([4] if listed else [])


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
    assert "1 person was created as unassigned (ada@example.com)" in plan.attention[1].message


def test_a_refused_pool_is_told_as_what_it_is_and_its_use_only_where_it_is_known() -> None:
    ada = Account("z-ada", "ada@example.com", "active", type=1, role_id="2")
    person = Person("1", "ada@example.com", in_scope=True)
    pools: dict[str, dict[str, int]] = {"licensed": {"full": 1}, "zoom_one_type:16": {"used": 3}}
    plan = planned_of([person], [ada], pools, {"default": "licensed"}, "100%")
    assert any("1 seat of licensed is missing (Zoom refused one)" in finding.message for finding in plan.attention)
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
