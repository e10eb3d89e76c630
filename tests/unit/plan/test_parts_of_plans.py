# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removals that a run leaves for another one: nobody loses anything, and what would need a removal waits with it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import worlds
from account_plans import account, person, plan, policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._google_group import GoogleGroup
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._approval import hold_to
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._google_groups import (
    as_if_made,
    hold_part,
    plan_google_group,
    plan_google_members,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import plan_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._named import Named
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._part import Part, left_rows
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._approved import approved_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row, each_person
from hypothesis import given
from hypothesis import strategies as st
from license_worlds import WORLD, people_and_accounts, planned_of, pools_of, replay, used
from planning import actions, facts

GAINS = Part(leave_removals=True)
LIMIT = parse_limit("100%", "max_removals")


def left(found: Plan) -> list[tuple[str, str]]:
    return [(row["action"], row["email"] or row["group"]) for row in left_rows(found.left)]


def test_leavers_keep_their_accounts_and_newcomers_get_theirs_in_one_sentence() -> None:
    people = [person(f"p{n}", in_scope=False, confirmed=n != 3) for n in range(5)] + [person("new")]
    found = plan(people, [account(f"p{n}") for n in range(5)], part=GAINS)
    assert actions(found) == [("create", "new@example.com")]
    assert sorted(left(found)) == [("deactivate", f"p{n}@example.com") for n in range(5)]
    assert (found.failed, found.withheld, found.skip) == ([], [], {}), "neither a limit nor a missing confirmation counts"
    (said,) = found.attention
    assert said.message.startswith("5 removals (deactivate accounts: p0@example.com")
    assert " left for a later run, because provisioning_leave_removals is true" in said.message


def test_without_the_option_nothing_is_left() -> None:
    found = plan([person("ada", in_scope=False)], [account("ada")])
    assert (actions(found), found.left) == ([("deactivate", "ada@example.com")], [])


def test_a_rename_is_left_and_what_else_is_done_keeps_the_address() -> None:
    renamed = person("ada", aliases=["old@example.com"])
    found = plan([renamed], [account("old", last_name="Former", status="inactive")], part=GAINS)
    assert actions(found) == [("reactivate", "old@example.com"), ("update", "old@example.com")]
    assert left(found) == [("rename", "ada@example.com")]


def test_an_address_that_does_not_come_free_waits_without_a_complaint() -> None:
    """One by a rename, one by an end for good."""
    gone, heir = replace(person("gone", in_scope=False), email="other@example.com"), replace(person("heir"), email="gone@example.com")
    people = [person("bobby"), person("bob"), gone, heir]
    accounts = [account("bob", remembered="id-bobby"), account("gone", remembered="id-gone")]
    whole = plan(people, deepcopy(accounts), actions={"out_of_scope": "delete"})
    assert {("create", "bob@example.com"), ("create", "gone@example.com")} <= set(actions(whole))
    found = plan(people, accounts, actions={"out_of_scope": "delete"}, part=GAINS)
    assert actions(found) == [("update", "bob@example.com")], "the account that keeps its address is brought up to date"
    assert sorted(left(found)) == [
        ("create", "bob@example.com"), ("create", "gone@example.com"), ("delete", "gone@example.com"), ("rename", "bobby@example.com")
    ]  # fmt: skip
    assert [row.code for row in (*found.failed, *found.withheld, *found.attention)] == ["left_removals"]
    assert ", with 2 changes that need them, because" in found.attention[0].message


def test_the_seat_of_an_account_that_waits_is_owed_to_it() -> None:
    """By a rule of higher rank: the newcomer who can be created now gets the fallback, in this run as in the whole."""
    rules = {"default": "licensed", "rules": [{"users": ["bob@example.com"], "license": "licensed"}]}
    people, accounts = [person("bobby"), person("bob"), person("zoe")], [account("bob", remembered="id-bobby", type=2)]
    more: Any = {"licenses": parse_policy(rules, ""), "seats": {"licensed": {"bought": 2, "used": 1, "pending": 0}}}
    whole = plan(people, deepcopy(accounts), **more)
    given_whole = {change.email: change.after.get("type") for change in whole.changes if change.action == "create"}
    assert given_whole == {"bob@example.com": 2, "zoe@example.com": 1}
    found = plan(people, accounts, part=GAINS, **more)
    assert {change.email: change.after.get("type") for change in found.changes if change.action == "create"} == {"zoe@example.com": 1}


def licenses(policy: Any, people: Any, accounts: Any, pools: Any, **more: Any) -> Plan:
    return planned_of(people, accounts, pools, policy, "100%", **more)


def test_an_upgrade_waits_for_a_seat_that_a_downgrade_does_not_free_and_gets_nothing_else() -> None:
    rules = {
        "default": "basic",
        "fallback": "unassigned",
        "rules": [{"users": ["ada@example.com", "zoe@example.com"], "license": "licensed"}],
    }
    pools = {"licensed": {"bought": 1, "used": 1, "pending": 0}}
    people, accounts = [person("ada"), person("bob"), person("zoe")], [account("ada"), account("bob", type=2), account("zoe")]
    whole = licenses(rules, people, deepcopy(accounts), pools)
    assert actions(whole)[:2] == [("downgrade", "bob@example.com"), ("license", "ada@example.com")]
    found = licenses(rules, people, accounts, pools, part=GAINS)
    assert left(found) == [("downgrade", "bob@example.com"), ("license", "ada@example.com")]
    assert [(row.code, row.email) for row in found.attention] == [
        (row.code, row.email) for row in whole.attention
    ] + [("left_removals", "")], "whoever would get no seat in any case is reported as before"  # fmt: skip


def test_a_move_from_one_bundle_to_another_is_left_with_its_seat_kept() -> None:
    one, united = {"zoom_one_type": 16}, {"plan_united_type": "1"}
    rules = {"default": united, "rules": [{"users": ["ada@example.com"], "license": united}]}
    people, accounts = [person("ada"), person("zoe")], [account("ada", type=2, zoom_one_type=16), account("zoe")]
    pools = {"plan_united_type:1": {"bought": 1, "used": 0, "pending": 0}, "zoom_one_type:16": {"bought": 1, "used": 1, "pending": 0}}
    found = licenses(rules, people, accounts, pools, part=GAINS)
    assert (actions(found), left(found)) == ([], [("license", "ada@example.com")]), one
    assert ("seats", "zoe@example.com") in {(row.code, row.email) for row in found.attention}


def test_members_stay_in_zoom_groups_confirmed_or_not_and_others_join() -> None:
    groups = [{"name": "Sales", "users": ["ada@example.com"], "exclusive": True}, {"name": "Old", "state": "absent"}]
    people = [person("ada"), person("bob"), person("eve", in_scope=False, confirmed=False)]
    accounts = [account("ada"), account("bob", group_ids=["g1", "g2"]), account("eve", group_ids=["g1"])]
    given_policy = GroupPolicy(parse_groups(groups, "groups"), parse_limit(0, "max_removals"), part=GAINS)
    found = plan_zoom_groups(*facts(people, accounts, groups={"g1": "Sales", "g2": "Old"}), given_policy)
    assert [(change.action, change.group) for change in found.changes] == [("add", "Sales")]
    assert sorted(left(found)) == [("delete_group", "bob@example.com"), ("remove", "bob@example.com"), ("remove", "eve@example.com")]
    assert (found.withheld, found.skip) == ([], {})


def test_members_stay_in_a_google_group_and_count_as_gone_for_the_scope() -> None:
    group = GoogleGroup("z@example.com", members={"bob@example.com": "MEMBER", "eve@example.com": "OWNER"})
    wanted = {"ada@example.com": "", "eve@example.com": "MEMBER"}
    members = plan_members(group.members, wanted, exclusive=True)
    found = plan_google_members(group, members, {}, state="present", new_group=False, part=GAINS)
    assert actions(found) == [("google_add", "ada@example.com"), ("google_change_role", "eve@example.com")]
    assert left(found) == [("remove", "bob@example.com")]
    assert as_if_made(group.members, found.left) == {"eve@example.com": "OWNER"}
    there = GoogleGroup("z@example.com", {"email": "z@example.com"})
    assert left(plan_google_group(there, {}, {}, absent=True, part=GAINS)) == [("delete", "z@example.com")]


def test_what_is_left_of_an_approved_plan_is_not_said_to_be_needless() -> None:
    people, accounts = [person("ada"), person("bob", in_scope=False), person("new")], [account("ada", last_name="Old"), account("bob")]
    rows = [
        {"kind": "accounts", **row} for row in each_person(change_row(change, True) for change in plan(people, deepcopy(accounts)).changes)
    ]
    found = plan(people, accounts, part=GAINS)
    hold_to(found, approved_from(rows))
    assert actions(found) == [("update", "ada@example.com"), ("create", "new@example.com")]
    assert [row.code for row in (*found.withheld, *found.attention)] == ["left_removals"]


def _check(found: Plan) -> None:
    assert not [change.action for change in found.changes if change.removes]
    assert not {row.reason for row in found.withheld} & {"limit", "unconfirmed", "confirm_limit", "no_removals", "unconfirmed_member"}


@given(worlds.people, worlds.tenants, worlds.matchings, worlds.account_policies)
def test_in_any_world_no_account_loses_anything(people: Any, tenant: Any, matching: Any, given_policy: Any) -> None:
    matches: Matches = match(people.everyone, tenant.accounts, matching)
    _check(plan_accounts(people, tenant, matches, replace(given_policy, part=GAINS)))


@given(worlds.people, worlds.tenants, worlds.group_specs)
def test_in_any_world_nobody_leaves_a_zoom_group(people: Any, tenant: Any, specs: Any) -> None:
    given_policy = GroupPolicy(parse_groups(specs, "groups"), parse_limit(1, "max_removals"), part=GAINS)
    _check(plan_zoom_groups(people, tenant, match(people.everyone, tenant.accounts), given_policy))


@given(WORLD)
def test_in_any_world_no_licence_is_lost_no_seat_sold_twice_and_what_is_made_is_of_the_whole_plan(world: Any) -> None:
    members, rules, spare, _limit = world
    people, accounts = people_and_accounts(members)
    pools = pools_of(accounts, spare)
    whole = planned_of(people, deepcopy(accounts), pools, rules, "100%", allow_losses=True)
    terms = LicenseTerms(parse_policy(rules, ""), LIMIT, part=GAINS)
    found = plan_licenses(*facts(people, accounts, seats=pools), terms)
    _check(found)
    assert replay(found.changes, pools, used(accounts)) == []
    made = {(change.action, change.email, str(dict(change.after))) for change in found.changes}
    both = made | {(change.action, change.email, str(dict(change.after))) for change in found.left}
    assert both <= {(change.action, change.email, str(dict(change.after))) for change in whole.changes}


@given(st.booleans(), st.integers(0, 5))
def test_the_sentence_counts_what_is_left(exclusive: bool, number: int) -> None:
    group = GoogleGroup("z@example.com", members={f"p{n}@example.com": "MEMBER" for n in range(number)})
    found = plan_google_members(
        group, plan_members(group.members, {}, exclusive=exclusive), {}, state="present", new_group=False, part=GAINS
    )
    begins = f"{number} removal{'s' * (number > 1)} (remove from Google groups: "
    assert [row.message.startswith(begins) for row in found.attention] == [True] * (exclusive and number > 0)


@pytest.mark.parametrize(
    ("most", "lifted", "blocked", "above", "made"),
    [(None, False, 0, False, 2), (2, False, 0, False, 2), (1, False, 2, False, 0), (1, True, 0, True, 2)],
)
def test_a_limit_counts_the_removals_of_the_people_named_alone(
    most: int | None, lifted: bool, blocked: int, above: bool, made: int
) -> None:
    group = GoogleGroup("z@example.com", members={f"p{n}@example.com": "MEMBER" for n in range(9)})
    members = plan_members(group.members, {}, exclusive=True)
    part = Part(only=Named(frozenset(), addresses=frozenset({"p0@example.com", "p1@example.com"})))
    found = plan_google_members(group, members, {}, state="present", new_group=False, part=part)
    held = hold_part(found, members, most, lifted=lifted)
    assert (len(held.withheld), held.above, len(found.changes)) == (blocked, above, made)


def test_the_policy_of_accounts_leaves_nothing_by_itself() -> None:
    assert policy().part == Part()
