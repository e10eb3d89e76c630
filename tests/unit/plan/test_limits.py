# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits: above one, none of its kind is made."""

from __future__ import annotations

import pytest
from account_plans import account, person, plan, policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from planning import actions, facts


def test_above_the_limit_all_losses_of_a_kind_are_withheld_and_the_rest_goes_on() -> None:
    people = [person(f"p{n}", in_scope=False) for n in range(4)] + [person("new")]
    accounts = [account(f"p{n}") for n in range(4)]
    found = plan(people, accounts)
    assert actions(found) == [("create", "new@example.com")]
    assert len(found.withheld) == 4
    assert "the limit is 3, 10% of 4 active accounts and at least 3" in found.withheld[0].message
    assert all(found.skips(item) for item in accounts)
    assert len(plan(people, [account(f"p{n}") for n in range(4)], allow_losses=True).changes) == 5


@pytest.mark.parametrize("number", [3, 4])
def test_where_nothing_may_be_removed_few_are_named_and_many_are_one_sentence(number: int) -> None:
    people = [person(f"p{n}", in_scope=False) for n in range(number)]
    sides = facts(people, [account(f"p{n}") for n in range(number)], doubtful=["20 changes in Zoom failed"])
    found = plan_accounts(*sides, policy(allow_losses=True))
    assert (actions(found), {row.reason for row in found.withheld}, len(found.withheld)) == ([], {"no_removals"}, number)
    said = {row.message for row in found.withheld}
    assert len(said) == (3 if number == 3 else 1)
    assert all("blocked, as 20 changes in Zoom failed; this run removes nothing" in message for message in said)


def test_leavers_have_a_limit_of_their_own() -> None:
    people = [person(f"p{n}", state="suspended") for n in range(3)] + [person(f"q{n}", in_scope=False) for n in range(3)]
    accounts = [account(item.email.partition("@")[0]) for item in people]
    assert len(plan(people, accounts).changes) == 6


@pytest.mark.parametrize("value", ["many", "-1", "110%", True, ""])
def test_a_limit_is_a_count_or_a_share(value: object) -> None:
    with pytest.raises(PolicyError, match="write a count"):
        parse_limit(value, "max_removals")


@pytest.mark.parametrize(("value", "base", "allowed"), [("10%", 100, 10), ("10%", 109, 10), ("1%", 50, 3), (0, 50, 0), ("7", 50, 7)])
def test_a_share_is_rounded_down_but_lets_three_go(value: object, base: int, allowed: int) -> None:
    assert parse_limit(value, "x").allowed(base) == allowed
