# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change, and what a plan does with its changes."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import NewAddress, Offboarding
from plain_people import account


def test_a_change_without_the_data_of_its_action_is_a_fault_of_the_code_and_says_so() -> None:
    renamed = Change("rename", "ada@example.com", "", data=NewAddress("ada@example.com"))
    assert renamed.needs(NewAddress).email == "ada@example.com"
    with pytest.raises(TypeError, match=r"^rename needs Offboarding, not NewAddress\(email='ada@example.com'\)"):
        renamed.needs(Offboarding)


def test_what_is_blocked_leaves_the_plan_and_its_accounts_to_the_next_run() -> None:
    ada, bob = account("ada"), account("bob")
    plan = Plan([Change("update", "ada@example.com", "", ada), Change("remove", "", "", group="Sales", group_id="g1", members=[bob])])
    kept = Change("update", "eve@example.com", "", account("eve"))
    plan.changes.append(kept)
    plan.block(plan.changes[:2], "unconfirmed", words="not in scope")
    assert plan.changes == [kept]
    assert plan.skip == {"z-ada": "unconfirmed", "z-bob": "unconfirmed"}
    assert [(row.email, row.action, row.group) for row in plan.withheld] == [
        ("ada@example.com", "update", ""),
        ("Sales", "remove", "Sales"),
    ]


def test_what_was_before_is_what_a_read_has_shown_and_else_what_the_account_says() -> None:
    ada = account("ada", first_name="Ada")
    named = Change("update", "ada@example.com", "", ada, {"first_name": "Augusta"})
    assert named.before == {"first_name": "Ada"}
    named.was = {"first_name": "Eva"}
    assert named.before == {"first_name": "Eva"}
    named.before["first_name"] = "changed"
    assert named.was == {"first_name": "Eva"}
    assert Change("create", "ada@example.com", "", ada, {"first_name": "Ada"}).before == {}
    assert Change("google_add", "ada@example.com", "", after={"role": "OWNER"}).before == {}
