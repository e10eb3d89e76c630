# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seats: how many there are to give, and to whom they go."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import License, parse_license
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._seats import Demand, Seats, grant, seats_of
from plain_people import account

LICENSED, BASIC, ON_PREM = (parse_license(name, "") for name in ("licensed", "basic", "on_prem"))
PLUS = parse_license({"zoom_one_type": 16}, "")


def demand(
    name: str, rank: int = 0, age: str = "2020", license: License = LICENSED, held: License | None = None, new: bool = False
) -> Demand:
    return Demand(rank, new, age, f"{name}@example.com", license, held)


def test_free_is_what_was_bought_less_what_is_used_invited_taken_and_reserved() -> None:
    seats = Seats(
        {"licensed": {"bought": 20, "used": 7, "pending": 3}, "zoom_one_type:16": {"bought": 5}}, reserve=4, taken={"licensed": 1}
    )
    assert seats.free("licensed") == 5
    assert seats.free("zoom_one_type:16") == 5, "the reserve is of licensed alone"


def test_seats_that_nobody_counts_are_given_until_zoom_refuses() -> None:
    seats = Seats({"licensed": {"used": 7}})
    assert (seats.free("licensed"), seats.free("zoom_one_type:16"), seats.free(None)) == (None, None, None)
    assert seats.take(LICENSED) and seats.take(PLUS)


def test_a_pool_that_zoom_called_full_has_only_what_comes_free_from_now_on() -> None:
    seats = Seats({"licensed": {"bought": 20, "used": 1, "full": 1}})
    assert (seats.free("licensed"), seats.take(LICENSED)) == (0, False)
    seats.free_one(LICENSED)
    assert (seats.free("licensed"), seats.take(LICENSED), seats.take(LICENSED)) == (1, True, False)
    kept = Seats({"licensed": {"full": 1}}, reserve=1)
    kept.free_one(LICENSED)
    assert kept.free("licensed") == 0, "the first that comes free goes to the reserve"


def test_a_licence_without_seats_can_always_be_taken_and_counts_nowhere() -> None:
    seats = Seats({"licensed": {"bought": 0}})
    assert seats.take(ON_PREM)
    seats.free_one(ON_PREM)
    seats.free_one(None)
    assert seats.taken == {}


def test_the_last_seat_is_given_once() -> None:
    seats = Seats({"licensed": {"bought": 1}})
    assert (seats.has("licensed"), seats.take(LICENSED), seats.has("licensed"), seats.take(LICENSED)) == (True, True, False, False)
    assert seats.taken == {"licensed": 1}


def test_a_copy_takes_nothing_from_the_seats_it_was_made_of() -> None:
    seats = Seats({"zoom_one_type:16": {"bought": 3}}, 1, 16, {"licensed": 1})
    copy = seats.copy()
    assert copy == seats
    copy.take(LICENSED)
    copy.pools["zoom_one_type:16"]["bought"] = 0
    assert seats == Seats({"zoom_one_type:16": {"bought": 3}}, 1, 16, {"licensed": 1})


def test_on_a_workplace_base_plan_licensed_is_a_seat_of_that_plan_with_its_reserve() -> None:
    seats = Seats({"zoom_one_type:16": {"bought": 2}}, reserve=1, base_plan=16)
    assert (seats.pool(LICENSED), seats.free("zoom_one_type:16")) == ("zoom_one_type:16", 1)
    assert (seats.take(LICENSED), seats.take(PLUS)) == (True, False)


def test_a_number_given_by_hand_stands_in_the_place_of_what_zoom_says_was_bought() -> None:
    told = {"licensed": {"bought": 9, "used": 4, "pending": 1}, "zoom_one_type:16": {"bought": 5}}
    tenant = Tenant("t", seats=told)
    seats = seats_of(tenant, parse_policy({"seats": {"licensed": 6}, "reserve": 1}, ""))
    assert seats == Seats({"licensed": {"bought": 6, "used": 4, "pending": 1}, "zoom_one_type:16": {"bought": 5}}, 1)
    seats.pools["licensed"]["used"] = 0
    assert tenant.seats["licensed"] == {"bought": 9, "used": 4, "pending": 1}, "a plan works on a copy"
    assert seats_of(tenant, None) == Seats(told)


def test_where_zoom_tells_of_no_seats_those_in_use_are_counted_by_the_accounts() -> None:
    accounts = [account("a", type=2), account("b", type=2), account("c", type=2, status="inactive"), account("d", type=1)]
    accounts += [Account("", "e@example.com", "pending", type=2), account("f", type=2, plan_united_type="1")]
    by_hand = parse_policy({"seats": {"licensed": 5, "plan_united_type": {"1": 2}}}, "")
    assert seats_of(Tenant("t", accounts), by_hand).pools == {
        "licensed": {"bought": 5, "used": 2, "pending": 1},
        "plan_united_type:1": {"bought": 2, "used": 1, "pending": 0},
    }
    open_pool: dict[str, Any] = {"licensed": {"used": 44}}
    assert seats_of(Tenant("t", accounts, seats=open_pool), by_hand).pools["licensed"] == {"bought": 5, "used": 2, "pending": 1}


def test_by_hand_licensed_is_the_workplace_plan_that_it_gives() -> None:
    accounts = [account("a", type=2), account("b", type=2, zoom_one_type=16)]
    seats = seats_of(Tenant("t", accounts, base_plan=16), parse_policy({"seats": {"licensed": 3}}, ""))
    assert seats == Seats({"zoom_one_type:16": {"bought": 3, "used": 2, "pending": 0}}, base_plan=16)


def test_seats_go_by_rule_then_to_existing_accounts_then_by_age_then_by_address() -> None:
    turns = [
        demand("first", rank=0, age="2025"),
        demand("old", rank=1, age="2019"),
        demand("Bob", rank=1, age="2020"),
        demand("carl", rank=1, age="2020"),
        demand("new", rank=1, age="2018", new=True),
        demand("last", rank=2, age="2000"),
    ]
    for bought in range(len(turns) + 1):
        granted = grant(turns[::-1], Seats({"licensed": {"bought": bought}}))
        assert granted == {one.email.lower(): 0 for one in turns[:bought]}


def test_a_seat_that_a_move_gives_back_is_taken_in_a_wave_after_it() -> None:
    pools = {"licensed": {"bought": 1, "used": 1}, "zoom_one_type:16": {"bought": 1}}
    moves = [demand("mover", 0, license=PLUS, held=LICENSED), demand("next", 1), demand("none", 2)]
    assert grant(moves, Seats(pools)) == {"mover@example.com": 0, "next@example.com": 1}
    chain = [*moves, demand("third", 3, license=PLUS)]
    chain[1] = demand("next", 1, license=LICENSED, held=PLUS)
    assert grant(chain, Seats(pools)) == {"mover@example.com": 0, "next@example.com": 1, "third@example.com": 2}


def test_a_seat_that_was_free_from_the_start_needs_no_wave() -> None:
    pools = {"licensed": {"bought": 2, "used": 1}, "zoom_one_type:16": {"bought": 1}}
    moves = [demand("mover", 0, license=PLUS, held=LICENSED), demand("a", 1), demand("b", 2)]
    assert grant(moves, Seats(pools)) == {"mover@example.com": 0, "a@example.com": 0, "b@example.com": 1}


def test_a_seat_given_back_to_a_pool_that_is_overdrawn_is_given_to_nobody() -> None:
    pools = {"licensed": {"bought": 1, "used": 2}, "zoom_one_type:16": {"bought": 1}}
    moves = [demand("mover", 0, license=PLUS, held=LICENSED), demand("next", 1)]
    assert grant(moves, Seats(pools)) == {"mover@example.com": 0}


@pytest.mark.parametrize("license", [BASIC, ON_PREM])
def test_who_waits_for_a_full_pool_holds_nobody_up(license: License) -> None:
    waiting = [demand("waits", 0), demand("served", 1, license=license)]
    assert grant(waiting, Seats({"licensed": {"bought": 0}})) == {"served@example.com": 0}
