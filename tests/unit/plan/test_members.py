# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of members, as a Google group shows them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import (
    MembersPlan,
    as_listed,
    drift_of,
    parse_members,
    plan_members,
    report_limit,
)

ADDRESSES = [f"p{number}@x.com" for number in range(6)]


def test_a_gmail_member_is_asked_for_in_the_form_that_the_group_shows() -> None:
    assert as_listed({"a.da@googlemail.com": "", "bob@example.com": "OWNER"}, {"ada@gmail.com": "MEMBER", "C0123": "MEMBER"}) == {
        "ada@gmail.com": "",
        "bob@example.com": "OWNER",
    }


def test_members_are_added_changed_and_with_exclusive_removed() -> None:
    current = {"a@example.com": "MEMBER", "b@example.com": "OWNER", "c@example.com": "MEMBER"}
    wanted = parse_members(["A@example.com", {"email": "b@example.com", "role": "MANAGER"}, "d@example.com"], "members")
    plan = plan_members(current, wanted, exclusive=True)
    assert (plan.add, plan.change, plan.remove) == ({"d@example.com": "MEMBER"}, {"b@example.com": "MANAGER"}, ["c@example.com"])
    assert plan_members(current, wanted, state="absent").remove == ["a@example.com", "b@example.com"]
    held_back = plan_members(current, wanted, exclusive=True, max_removals=0)
    assert (held_back.withheld, held_back.remove) == (["c@example.com"], [])


@pytest.mark.parametrize(
    "members", [["ada"], [{"email": "a@example.com", "role": "KING"}], ["a@example.com", {"email": "a@example.com", "role": "OWNER"}]]
)
def test_a_wrong_member_is_named(members: Any) -> None:
    with pytest.raises(PolicyError, match="members"):
        parse_members(members, "members")


def test_drift_is_what_this_plan_puts_right_of_what_somebody_did_by_hand() -> None:
    plan = MembersPlan(add={"a.da@gmail.com": "MEMBER", "new@example.com": "MEMBER"}, remove=["eve@example.com", "old@example.com"])
    found = drift_of(frozenset({"ada@gmail.com", "old@example.com"}), plan)
    assert [(row["email"], row["action"]) for row in found] == [("a.da@gmail.com", "add"), ("eve@example.com", "remove")]
    assert found[0]["reason"] == "drift: a.da@gmail.com was taken out of the group in Google since the last run"
    assert found[1]["reason"] == "drift: eve@example.com was put into the group in Google since the last run"


def test_where_no_run_has_left_anything_nothing_is_drift() -> None:
    assert drift_of(None, MembersPlan(add={"a@example.com": "MEMBER"}, remove=["b@example.com"])) == []


def test_one_member_alone_or_a_customer_where_it_is_allowed() -> None:
    assert parse_members("Ada@example.com", "members") == {"ada@example.com": ""}
    assert parse_members({"email": "a@example.com", "role": "OWNER"}, "members") == {"a@example.com": "OWNER"}
    assert parse_members([" C03az79cb "], "members", customers=True) == {"C03az79cb": ""}
    both = ["ada@example.com", {"email": "b@example.com"}]
    assert parse_members(both, "members", customers=True) == {"ada@example.com": "", "b@example.com": ""}


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("C03az79cb", "members holds 'C03az79cb', which is no address; write name@example.com or {email: ..., role: MANAGER}."),
        ({"role": "OWNER"}, "members holds {'role': 'OWNER'}, which is no address; write name@example.com or {email: ..., role: MANAGER}."),
        ({"email": "a@example.com", "role": "KING"}, "members: a@example.com has role 'KING'; known are MEMBER, MANAGER, OWNER."),
    ],
)
def test_what_is_no_member_is_shown_with_how_to_write_one(member: object, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_members([member], "members")
    assert str(refused.value) == said


def test_a_group_that_is_not_exclusive_keeps_its_others_and_as_many_as_the_limit_may_leave() -> None:
    current = {"a@example.com": "MEMBER", "b@example.com": "MEMBER"}
    assert plan_members(current, {"c@example.com": ""}) == MembersPlan(add={"c@example.com": "MEMBER"})
    assert plan_members(current, {}, exclusive=True, max_removals=2).remove == ["a@example.com", "b@example.com"]


def test_all_whom_the_limit_kept_are_named_in_one_sentence_and_nobody_where_there_is_none() -> None:
    plan = Plan()
    report_limit(plan, "team@x.com", MembersPlan(), 3, "max_removals")
    assert plan.withheld == []
    report_limit(plan, "team@x.com", MembersPlan(withheld=ADDRESSES), 3, "scope_max_removals")
    (found,) = plan.withheld
    assert (found.email, found.reason, found.action, found.group, found.emails) == (
        "team@x.com",
        "max_removals",
        "remove",
        "team@x.com",
        tuple(ADDRESSES),
    )
    assert found.message == (
        "team@x.com: 6 members would be removed (p0@x.com, p1@x.com, p2@x.com, p3@x.com, p4@x.com and 1 more); the limit is 3, so none "
        "was: check the list, then raise scope_max_removals."
    )
