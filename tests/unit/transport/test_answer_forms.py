# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of answers: strict JSON, rows that are set aside, pages that end."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import OutcomeUnknown, UnexpectedAnswer
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_forms import MEMBER_ROW
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import (
    Aside,
    OddRow,
    PageCount,
    checked,
    parse_json,
    settle,
    usable,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_forms import PLANS, SCIM_USER, USER_ROW
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_sweep import Sweep, settled

ADA = {"id": "z1", "email": "ada@example.com"}


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": 1e999}', "[" * 100_000, "[" * 70 + "]" * 70, "9" * 5000, "<html>", "", "{"])
def test_what_is_no_plain_json_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_json(text.encode())


def test_half_a_character_becomes_one_that_files_can_hold() -> None:
    assert parse_json(b'{"a": ["\\ud800x", "\\ud83d\\ude00"]}') == {"a": ["\ufffdx", "\U0001f600"]}
    assert json.dumps(parse_json(b'["\\ud800"]'), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"id": "z1"}, "no email"),
        ({"id": "z1", "email": ""}, "no email"),
        ({"email": "ada@example.com"}, "no id"),
        ({**ADA, "email": "ada"}, "email is a text of another form"),
        ({**ADA, "dept": ["x"]}, "dept is a list"),
        ({**ADA, "type": "two"}, "type is a text of another form"),
        ({**ADA, "group_ids": [1]}, "group_ids is a list"),
        ("ada", "a text of another form in place of an object"),
        (None, "nothing in place of an object"),
    ],
)
def test_a_row_of_another_form_says_what_is_wrong(row: object, why: str) -> None:
    assert USER_ROW.fault(row) == why


def test_fields_that_nobody_reads_may_have_any_form() -> None:
    assert USER_ROW.fault({**ADA, "pmi": {"x": 1}, "dept": None, "type": "2"}) == ""
    assert SCIM_USER.fault({"id": "z1", "userName": "ada@example.com", "active": True, "schemas": 5}) == ""


def test_a_member_needs_a_type_and_one_of_id_and_address() -> None:
    assert MEMBER_ROW.fault({"id": "C1", "type": "CUSTOMER"}) == ""
    assert MEMBER_ROW.fault({"type": "USER", "role": "MEMBER"}) == "neither id nor email"
    assert MEMBER_ROW.fault({"id": "1"}) == "no type"


def test_a_plan_of_any_name_has_numbers_of_seats() -> None:
    assert PLANS.fault({"plan_base": {"type": "monthly", "hosts": "10"}, "plan_new": [{"hosts": 3}], "plan_recording": "x"}) == ""
    assert PLANS.fault({"plan_new": {"hosts": "many"}}) == "plan_new is no plan"


def test_odd_rows_go_to_whoever_collects_them_and_end_the_read_where_nobody_does() -> None:
    odd, aside = list[OddRow](), Aside()
    assert list(usable([ADA, {"id": "z2"}], USER_ROW, "Zoom's active users", odd)) == [ADA]
    settle("Zoom", "/v2/users", odd, aside)
    assert aside.rows == [OddRow("user", "Zoom's active users", "no email", "z2", "")]
    with pytest.raises(UnexpectedAnswer, match="a row with no email"):
        settle("Zoom", "/v2/users", odd, None)


def test_after_a_write_an_unknown_form_is_an_unknown_outcome() -> None:
    with pytest.raises(OutcomeUnknown, match="whether it was done is not known"):
        checked("Zoom", "PUT", "/scim2/Users/z1", [], SCIM_USER)
    assert checked("Zoom", "DELETE", "/v2/users/z1", None, None) is None
    with pytest.raises(UnexpectedAnswer, match="unknown form"):
        checked("Zoom", "GET", "/v2/users/z1", None, None)


def test_pages_must_go_on_to_bring_something_new() -> None:
    count = PageCount("Zoom", "/v2/users")
    for held in range(300, 3300, 300):
        count.check(held)
    with pytest.raises(UnexpectedAnswer, match="its pages have no end"):
        for _page in range(20):
            count.check(3000)


def sweep(total: int, *rows: str) -> Sweep[str]:
    return Sweep(dict.fromkeys(rows, ""), [], {total})


def test_two_equal_sweeps_are_the_truth_for_whoever_asks_for_doubts() -> None:
    aside = Aside()
    assert settled(lambda: sweep(2, "a"), "/v2/users", "users", aside) == [""]
    assert aside.doubts == ["Zoom promises 2 users and lists 1"]
    with pytest.raises(UnexpectedAnswer, match="promised 2 users and listed 1"):
        settled(lambda: sweep(2, "a"), "/v2/users", "users", None)


def test_a_torn_list_and_sweeps_that_differ_end_the_run() -> None:
    with pytest.raises(UnexpectedAnswer, match="promised 100"):
        settled(lambda: sweep(100, "a", "b"), "/v2/users", "users", Aside())
    several = iter([sweep(3, "a", "b"), sweep(3, "b", "c")])
    with pytest.raises(UnexpectedAnswer, match="promised 3"):
        settled(lambda: next(several), "/v2/users", "users", Aside())
