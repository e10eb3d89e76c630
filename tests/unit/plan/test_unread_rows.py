# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that could not be read: planners leave their accounts and groups as they are, and report them."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import UNREADABLE
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Ending
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import apply_limits, parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import OffboardPolicy, plan_offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
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
    found = plan_offboarding(*facts([], [odd]), OffboardPolicy(("ada@example.com",), Ending("deactivate"), Protection()))
    assert (found.plan.changes, [(row.email, row.reason) for row in found.plan.failed]) == ([], [("ada@example.com", "set_aside")])


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
