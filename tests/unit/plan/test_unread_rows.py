# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that could not be read: planners leave their accounts and groups as they are, and report them."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import UNREADABLE
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import apply_limits, parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import OffboardPolicy, plan_offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._unread import FORGOTTEN, unread_findings, unreliable
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from plain_people import account, person
from planning import facts

LIMIT = parse_limit("10%", "max_removals")


def test_whoever_can_not_be_read_keeps_the_account_at_each_of_their_addresses() -> None:
    unread, bob = unread_person("id-ada", "ada@example.com", ["countess@example.com"]), person("bob", aliases=["countess@example.com"])
    found = match([unread, bob], [account("countess")])
    assert {key: held.key for key, held in found.account_of.items()} == {"id-ada": account("countess").key}


def test_an_account_that_could_not_be_read_is_not_offboarded() -> None:
    odd = account("ada", status=UNREADABLE)
    found = plan_offboarding(*facts([], [odd]), OffboardPolicy(("ada@example.com",), Offboarding("deactivate"), Protection()))
    assert (found.changes, [(row.email, row.reason) for row in found.failed]) == ([], [("ada@example.com", "set_aside")])


def test_a_zoom_group_that_may_be_one_that_could_not_be_read_is_not_created() -> None:
    mapped = parse_groups([{"name": "Sales", "groups": ["a@example.com"]}, {"name": "Legal", "groups": ["a@example.com"]}], "groups")
    unread = [{"kind": "group", "email": "sales"}]
    facts_read = facts([person("ada", groups=["a@example.com"])], [account("ada")], groups={}, set_aside=unread)
    plan = plan_zoom_groups(*facts_read, GroupPolicy(mapped, LIMIT))
    assert {change.group for change in plan.changes} == {"Legal"}
    assert len([*plan.attention, *plan.failed]) == 1


def test_a_zoom_group_is_not_deleted_while_an_account_could_not_be_read() -> None:
    mapped = parse_groups([{"name": "Sales", "state": "absent"}], "groups")
    plan = plan_zoom_groups(*facts([], [account("ada", status=UNREADABLE)], groups={"g1": "Sales"}), GroupPolicy(mapped, LIMIT))
    assert (plan.changes, len([*plan.attention, *plan.failed])) == ([], 1)


def test_a_removal_in_doubt_is_blocked_whatever_is_allowed() -> None:
    plan = Plan()
    plan.changes = [
        Change("deactivate", "ada@example.com", "out of scope", account("ada"), removal="deactivation"),
        Change("update", "bob@example.com", ""),
    ]
    apply_limits(plan, {}, 10, True, "the list moved")
    assert [change.action for change in plan.changes] == ["update"]
    assert [row.email for row in plan.withheld] == ["ada@example.com"]


@pytest.mark.parametrize(
    ("row", "named", "whose"),
    [
        ({"id": "7", "email": "ada@example.com"}, "ada@example.com, id 7)", "ada@example.com"),
        ({"id": "7", "email": ""}, "(why; it is id 7)", "7"),
        ({"id": "", "email": ""}, "(why; neither id nor address can be read)", ""),
    ],
)
def test_a_row_that_was_set_aside_is_named_by_what_can_be_read_of_it(row: dict[str, str], named: str, whose: str) -> None:
    (found,) = unread_findings([{"kind": "account", "what": "Zoom's active users", "why": "why", **row}], [])
    assert (found.email, found.reason) == (whose, "set_aside")
    assert found.message.startswith("Zoom's active users hold a row") and named in found.message


@pytest.mark.parametrize(
    ("kind", "what", "where"),
    [
        ("account", "Zoom's users", "look at it in Zoom (User Management), and"),
        ("person", "Google's users", "look at the user in Google's Admin console"),
        ("group", "Zoom's groups", "(User Management, Groups)"),
        ("member", "Google's members of g@x.com", "look at the members of the group"),
    ],
)
def test_what_was_set_aside_is_said_with_the_place_to_look_at(kind: str, what: str, where: str) -> None:
    (found,) = unread_findings([{"kind": kind, "what": what, "why": "no id", "id": "7", "email": ""}], [])
    assert where in found.message


def test_each_doubt_says_that_the_run_removes_nothing_and_the_first_one_speaks_for_all() -> None:
    assert [finding.message.partition(", so")[0] for finding in unread_findings([], ["a list moved", "a page was empty"])] == [
        "a list moved",
        "a page was empty",
    ]
    sure, doubtful = Tenant("t"), People([], doubtful=["a list moved", "a page was empty"])
    assert (unreliable(sure, doubtful), unreliable(sure)) == ("a list moved", "")


def test_a_doubt_is_about_nobody_in_particular() -> None:
    (forgotten,) = unread_findings([], [FORGOTTEN], "m.jsonl is gone, so this run removes nothing")
    assert forgotten.reason == "forgotten", "in one sentence"
    (found,) = unread_findings([], ["a list moved"])
    assert (found.email, found.reason) == ("", "doubtful")
    (member,) = unread_findings([{"kind": "member", "what": "Google's members", "why": "no id", "id": "7", "email": ""}], [])
    assert member.reason == "set_aside", "programs know all of them by one word"
