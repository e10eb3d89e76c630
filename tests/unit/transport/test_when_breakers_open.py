# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a breaker opens, and when it must not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._breaker import (
    ENOUGH,
    IN_A_ROW,
    Breaker,
    Opened,
    code_of,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    Conflict,
    CredentialError,
    OutcomeUnknown,
    RateLimited,
    Unreachable,
)
from hypothesis import given
from hypothesis import strategies as st

# '' is a success, any other word the code of a failure
OUTCOMES = st.lists(st.sampled_from(["", "", "400 1", "400 2", "409"]), max_size=130)
LUCKY = st.lists(st.sampled_from([*[""] * 9, "400 1", "400 2"]), max_size=200)


def told(outcomes: list[str]) -> Breaker:
    breaker = Breaker()
    for number, code in enumerate(outcomes):
        if code:
            breaker.failed(code, f"{number} failed with {code}")
        else:
            breaker.took()
    return breaker


def by_definition(outcomes: list[str]) -> int | None:
    """How many attempts it takes, counted anew after each of them."""
    for end in range(1, len(outcomes) + 1):
        tried, failed = outcomes[:end], [code for code in outcomes[:end] if code]
        rows = [(code, len(list(same))) for code, same in groupby(tried)]
        if (rows[-1][0] and rows[-1][1] >= IN_A_ROW) or (end >= ENOUGH and len(failed) / end > 1 / 5):
            return end
    return None


def test_twenty_failures_in_a_row_with_one_code_open_it_and_nineteen_do_not() -> None:
    assert told(["400 1"] * 19).opened is None
    assert told(["400 1"] * 20).opened == Opened(20, 20, "400 1", "0 failed with 400 1")


@pytest.mark.parametrize("between", ["", "409"])
def test_a_success_or_another_code_begins_the_row_anew(between: str) -> None:
    assert told([*["400 1"] * 19, between, *["400 1"] * 19]).opened is None
    opened = told([*["400 1"] * 19, between, *["400 1"] * 20]).opened
    assert opened is not None
    assert opened.first == "20 failed with 400 1"


def test_codes_that_take_turns_do_not_open_it_before_there_are_fifty_attempts() -> None:
    assert told(["400 1", "400 2"] * 24).opened is None


def test_a_fifth_of_fifty_may_fail_and_one_more_may_not() -> None:
    ten = [*(["400 1", "", "400 2", "", ""] * 5), *[""] * 24]
    assert (len(ten), told([*ten, ""]).opened) == (49, None)
    opened = told([*ten, "400 2"]).opened
    assert opened == Opened(11, 50, "", "2 failed with 400 2")
    assert opened.how == "among the first 50"


def test_a_success_may_be_the_fiftieth_attempt_that_shows_it() -> None:
    assert told([*["400 1", ""] * 15, *[""] * 20]).opened == Opened(15, 50, "", "0 failed with 400 1")


@given(OUTCOMES | LUCKY)
def test_it_opens_where_its_definition_says_and_stays_as_it_was(outcomes: list[str]) -> None:
    end, opened = by_definition(outcomes), told(outcomes).opened
    assert (opened is None) == (end is None)
    if end is not None:
        assert opened == told(outcomes[:end]).opened
        assert told(outcomes[: end - 1]).opened is None


@given(st.lists(st.sampled_from(["", "", "", "", "409"]), max_size=49).filter(lambda outcomes: by_definition(outcomes) is None))
def test_what_failed_before_never_lets_more_than_twenty_more_alike_through(outcomes: list[str]) -> None:
    alike = 0
    while told([*outcomes, *["400 1"] * alike]).opened is None:
        alike += 1
    assert alike <= IN_A_ROW


@given(st.integers(1, 16), st.integers(0, 40))
def test_threads_that_ask_first_send_no_more_than_twenty_and_what_was_under_way(workers: int, before: int) -> None:
    breaker, sent = Breaker(), list[int]()

    def one(number: int) -> None:
        if breaker.opened:
            return
        sent.append(number)
        if number < before:
            breaker.took()
        else:
            breaker.failed("400 4711", "no scope")

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, range(300)))
    assert len(sent) <= before + IN_A_ROW + workers


def test_alike_is_what_has_one_status_and_one_code_however_it_is_worded() -> None:
    taken = [Conflict("Zoom", "POST", "/scim2/Users", 409, "", f"{name} is already in use") for name in ("ada", "bob")]
    assert {code_of(error) for error in taken} == {"409"}
    assert code_of(ApiError("Zoom", "PATCH", "/v2/users/1", 400, "4711", "no scope")) == "400 4711"
    assert code_of(ApiError("Zoom", "PATCH", "/v2/users/1", 400, "1010", "no group")) == "400 1010"
    assert code_of(RateLimited("Google", "POST", "/members", 403, "quotaExceeded", "")) == "403 quotaExceeded"


def test_what_never_reached_the_api_is_alike_by_its_kind() -> None:
    kinds = [Unreachable("a"), Unreachable("b"), CredentialError("c"), OutcomeUnknown("d")]
    assert [code_of(error) for error in kinds] == ["Unreachable", "Unreachable", "CredentialError", "OutcomeUnknown"]
