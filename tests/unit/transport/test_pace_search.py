# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pace that is found by itself: close to a limit that nobody has told, with few refusals, whatever counts it, and back when it rises."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import _AT_ONCE, _PER_SECOND
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._pacing import Pacer, steady
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_pace import RATE_PLANS, ZoomPace, label
from hypothesis import given, settings
from hypothesis import strategies as st
from paced_service import Done, Service, World, searching

WINDOWS = ["fixed", "sliding", "bucket"]
CALLS = 10_000


def most_in_a_second(starts: Sequence[float]) -> int:
    return max((number + 1 - bisect_left(starts, moment - 1 + 1e-9) for number, moment in enumerate(starts)), default=0)


def search(pacer: Pacer) -> float:
    return pacer._lanes[0].search.limit


# What is promised


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("limit", [80, 20, 5])
def test_ten_thousand_creations_against_a_limit_that_nobody_has_told(limit: int, window: str) -> None:
    done = World(searching(80), Service(limit, window, phase=0.37), jitter=0.2, late=0.01).run(CALLS)
    assert done.seconds <= 1.06 * CALLS / limit + 10
    assert done.refused <= 0.005 * len(done.answers)


@pytest.mark.parametrize("limit", [80, 5])
def test_a_limit_that_answers_name_is_kept_without_one_refusal(limit: int) -> None:
    done = World(searching(80), Service(limit, headers=True), jitter=0.2, late=0.01).run(1000)
    assert done.refused == 0
    assert done.seconds <= 1.06 * 1000 / limit + 2


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(WINDOWS),
    st.integers(2, 90),
    st.integers(4, 90),
    st.floats(0, 1),
    st.booleans(),
    st.integers(1, 40),
    st.sampled_from([0.005, 0.05, 0.2]),
    st.integers(0, 99),
)
def test_whatever_the_limit_is_it_is_approached_and_the_ceiling_is_never_passed(
    window: str, limit: int, ceiling: int, phase: float, headers: bool, threads: int, latency: float, seed: int
) -> None:
    service = Service(limit, window, phase=phase, headers=headers)
    world = World(searching(ceiling), service, threads=threads, latency=latency, jitter=0.2, late=0.01, seed=seed)
    possible = min(limit, ceiling, threads / (2 * latency))
    done = world.run(60 * limit, until=90)
    assert most_in_a_second(done.starts) <= max(ceiling, 1)
    if done.seconds > 60:
        assert done.rate(30, 60) >= 0.8 * min(possible, 0.96 * min(limit, ceiling)) - 1
    assert done.refused <= 14 + 0.01 * len(done.answers)


# Refusals


def test_of_requests_under_way_the_first_refusal_alone_counts() -> None:
    pacer = searching(80, begin=40)
    tickets = []
    for number in range(10):
        pacer._clock = lambda now=number / 30: now
        tickets.append(pacer.started(number / 30)[0])
    for ticket in tickets:
        pacer.refused(ticket, {}, 1.0)
    assert search(pacer) == 20
    assert pacer.started(1.2)[0] is None, "nobody starts for a second"
    assert pacer.started(1.4)[0] is not None


def test_a_limit_that_falls_is_followed_and_one_that_rises_again_is_found_again() -> None:
    def limit(now: float) -> float:
        return 20 if 60 <= now < 180 else 80

    done = World(searching(80), Service(limit), jitter=0.2).run(100_000, until=300)
    assert done.rate(30, 60) >= 72
    assert 16 <= done.rate(100, 180) <= 20
    assert done.rate(270, 300) >= 66
    assert done.refused <= 0.005 * len(done.answers)


@pytest.mark.parametrize("headers", [True, False])
def test_others_on_the_same_account_get_their_part_and_what_they_leave_is_used_again(headers: bool) -> None:
    def others(now: float) -> float:
        return 60 if 60 <= now < 180 else 0

    done = World(searching(80), Service(80, others=others, headers=headers), jitter=0.2).run(100_000, until=300)
    assert done.rate(30, 60) >= 72
    assert 12 <= done.rate(100, 180) <= 22
    assert done.rate(270, 300) >= 66
    assert done.refused <= (0.002 if headers else 0.005) * len(done.answers)


@pytest.mark.parametrize("limit", [80, 20, 5])
def test_one_refusal_at_a_limit_that_was_good_for_long_lowers_nothing(limit: int) -> None:
    """A busy line brings requests together that were sent apart."""
    done = World(searching(80), Service(lambda now: 0 if 60 <= now < 60.25 else limit), jitter=0.2).run(100_000, until=120)
    assert any(refused for when, refused in done.answers if 60 <= when < 61)
    assert done.rate(62, 80) >= 0.94 * limit


def test_an_outage_of_refusals_leaves_the_limit_as_high_as_it_was() -> None:
    """Half a minute in which everything is refused says nothing of the rate that is possible afterwards."""
    done = World(searching(80), Service(lambda now: 0 if 60 <= now < 90 else 80), jitter=0.2).run(100_000, until=240)
    assert done.rate(200, 240) >= 66
    assert sum(refused for when, refused in done.answers if 61 <= when < 90) <= 100


# Memory


def test_a_service_that_refuses_everything_is_given_up_within_minutes() -> None:
    """As many refusals as 20 requests of five attempts take, which opens the breaker."""
    done = World(searching(80), Service(0)).run(CALLS, until=240)
    assert done.refused == len(done.answers) >= 100


@pytest.mark.parametrize("found", [0.0001, 0.1, 0.5])
def test_a_run_does_not_begin_as_slowly_as_a_breakdown_has_left_the_last_one(found: float) -> None:
    seconds = [World(searching(80, **given), Service(80)).run(1000).seconds for given in ({"found": found}, {})]
    assert seconds[0] == seconds[1]
    low = ZoomPace("pro", 0.02, None, {"RESOURCE-INTENSIVE": 0.02 / 6}).pacers["RESOURCE-INTENSIVE"]
    assert search(low) == pytest.approx(0.02 / 6), "of a limit that is published so low, it is none"


@pytest.mark.parametrize("found", [1e9, 1e300])
def test_a_limit_that_no_service_has_is_never_begun_with(found: float) -> None:
    done = World(searching(80, found=found), Service(80)).run(1000)
    assert (done.refused, most_in_a_second(done.starts) <= 80) == (0, True)


ABSURD = ["0", "-1", "nan", "inf", "-inf", "1e9", "1e-9", "unlimited", "80;w=1", "", "Light", "9" * 400]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ABSURD), st.sampled_from(ABSURD)), min_size=1, max_size=6), st.integers(0, 99))
def test_headers_that_mean_nothing_neither_stop_a_run_nor_drive_it_beyond_what_is_published(told: list[tuple[str, str]], seed: int) -> None:
    pacer = searching(80)
    for number in range(40):
        ticket, wait = pacer.started(number * 10.0)
        assert ticket is not None and wait == 0
        limit, left = told[(number + seed) % len(told)]
        pacer._clock = lambda now=number * 10.0: now + 0.1  # type: ignore[misc]
        pacer.accepted(ticket, {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": limit, "X-RateLimit-Remaining": left})
        assert 0.4 <= pacer._lanes[0].search.rate(number * 10.0 + 0.2) <= 80


def test_a_run_begins_at_the_limit_that_was_found_before() -> None:
    pacer = searching(80, found=20.0)
    done = World(pacer, Service(20), jitter=0.2).run(200)
    assert done.rate(0, 5) >= 18
    assert done.refused == 0
    assert pacer._lanes[0].search.found == 20


def test_a_limit_that_is_no_longer_true_costs_few_refusals() -> None:
    for window in WINDOWS:
        done = World(searching(80, found=80.0), Service(5, window), jitter=0.2).run(600)
        assert done.refused <= 25
        assert done.rate(60, 120) >= 4


def test_what_was_hardly_tried_is_not_remembered() -> None:
    pacer = searching(80)
    World(pacer, Service(80)).run(3)
    assert pacer._lanes[0].search.found is None


# Lanes of Zoom


@pytest.mark.parametrize(
    ("method", "path", "category"),
    [
        ("GET", "/scim2/Users", "MEDIUM"),
        ("POST", "/scim2/Users", "LIGHT"),
        ("GET", "/scim2/Users/z", "LIGHT"),
        ("PUT", "/scim2/Users/z", "LIGHT"),
        ("PATCH", "/scim2/Users/z", "LIGHT"),
        ("GET", "/scim2/Groups", "MEDIUM"),
        ("POST", "/scim2/Groups", "MEDIUM"),
        ("PATCH", "/scim2/Groups/g", "MEDIUM"),
        ("DELETE", "/scim2/Groups/g", "MEDIUM"),
    ],
)
def test_a_scim_request_is_of_the_category_that_zoom_documents(method: str, path: str, category: str) -> None:
    assert label(method, path) == f"SCIM {category}"


def greedy(pace: ZoomPace, names: list[str], seconds: float, headers: dict[str, str] | None = None) -> list[float]:
    """When requests start if each of `names` always has one to send, and all are taken."""
    starts, now = [], 0.0
    for pacer in pace.pacers.values():
        pacer._clock = lambda: now
    while now < seconds:
        waits = []
        for name in names:
            ticket, wait = pace.pacers[name].started(now)
            waits.append(wait)
            if ticket:
                starts.append(now)
                pace.pacers[name].accepted(ticket, headers or {})
        now += max(min(waits), 1e-6)
    return starts


def test_scim_and_rest_together_keep_the_limit_of_their_category_as_they_may_share_it() -> None:
    starts = greedy(ZoomPace("business", 1.0, None, {}), ["SCIM LIGHT", "LIGHT"], 20)
    assert most_in_a_second(starts) <= 80
    assert len(starts) >= 15 * 70


def test_a_share_is_of_published_limits_and_of_those_that_answers_name() -> None:
    named = {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "19"}
    assert most_in_a_second(greedy(ZoomPace("business", 0.5, None, {}), ["SCIM LIGHT"], 20)) <= 40
    assert most_in_a_second(greedy(ZoomPace("business", 0.5, None, {}), ["SCIM LIGHT"], 20, named)) <= 10
    assert most_in_a_second(greedy(ZoomPace("pro", 0.5, None, {"LIGHT": 500.0}), ["LIGHT"], 20)) <= 15


def test_a_number_as_scim_rate_is_where_it_begins_and_not_passed_and_may_be_above_what_is_published() -> None:
    assert most_in_a_second(greedy(ZoomPace("pro", 1.0, 7.0, {"SCIM": 50.0}), ["SCIM LIGHT"], 20)) == 7
    assert len(greedy(ZoomPace("pro", 1.0, 1000.0, {}), ["SCIM LIGHT", "SCIM MEDIUM"], 2)) >= 1900


def test_however_low_a_published_limit_is_it_is_not_passed() -> None:
    slow = greedy(ZoomPace("free", 0.1, None, {}), ["RESOURCE-INTENSIVE"], 600)
    assert len(slow) <= 600 * 10 / 60 * 0.1 + 1
    assert len(greedy(ZoomPace("free", 1.0, 0.05, {}), ["SCIM LIGHT"], 100)) <= 6


def test_an_account_without_a_limit_is_asked_as_fast_as_is_published() -> None:
    named = {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": "unlimited"}
    starts = greedy(ZoomPace("business", 1.0, None, {}), ["SCIM LIGHT"], 5, named)
    assert 310 <= len(starts) <= 400


@pytest.mark.parametrize("limit", ["", "-1", "0", "many", "nan", "inf"])
def test_a_limit_that_is_no_number_is_no_limit(limit: str) -> None:
    named = {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": limit, "X-RateLimit-Remaining": "x"}
    pace = ZoomPace("business", 1.0, None, {})
    assert len(greedy(pace, ["LIGHT"], 10, named)) >= 500


@pytest.mark.parametrize("plan", RATE_PLANS)
def test_each_category_of_a_plan_goes_by_its_published_limit(plan: str) -> None:
    for category, rate in RATE_PLANS[plan].items():
        starts = greedy(ZoomPace(plan, 1.0, None, {}), [category], 10)
        assert len([when for when in starts if when >= 5]) <= 5 * rate + 1
        assert rate < 1 or len([when for when in starts if when >= 5]) >= 4.5 * rate - 1


def test_a_published_limit_is_used_from_the_first_request_on() -> None:
    """Google's."""
    done = World(steady(38.0), Service(40), jitter=0.2).run(380)
    assert done.refused == 0
    assert done.seconds <= 10.3


def test_a_burst_comes_at_once_and_no_minute_has_more_than_googles_quota() -> None:
    pacer, starts, now = steady(_PER_SECOND, _AT_ONCE), list[float](), 0.0
    for number in range(12_000):
        now += 30 if number % 3000 == 2999 else 0  # a pause, which earns the next burst
        while not (found := pacer.started(now))[0]:
            now += found[1] + 1e-6
        starts.append(now)
    assert sum(when < 0.01 for when in starts) >= _AT_ONCE
    assert max(bisect_left(starts, when + 60) - place for place, when in enumerate(starts)) <= 2400


def test_once_something_of_a_burst_is_refused_the_rest_is_evenly_spaced() -> None:
    pacer = steady(_PER_SECOND, _AT_ONCE)
    first, _wait = pacer.started(0.0)
    assert first
    pacer._clock = lambda: 0.1
    pacer.refused(first, {}, 1.0)
    assert pacer.started(0.1)[0] is None
    assert pacer.started(1.1)[0]
    assert pacer.started(1.1) == (None, pytest.approx(1 / pacer._lanes[0].search.rate(1.1)))


def test_rates_are_even_also_where_threads_wake_up_late() -> None:
    done: Done = World(searching(20, begin=20), Service(20, "sliding"), latency=0.02, jitter=0.2, late=0.02).run(400)
    assert done.refused == 0
    assert done.seconds <= 1.06 * 400 / 20 + 1
