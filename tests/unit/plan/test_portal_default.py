# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What accounts show of the portal's default licence and SAML mapping."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._portal_default import Former, by_hand, report_portal
from planning import facts
from portal_accounts import AFTER, BEFORE, LAST, account


def told(now: Account, was: Account | None, **policy: Any) -> dict[str, str]:
    plan, people = Plan(), [Person("id0", "a@example.com", in_scope=True)]
    former = Former(LAST, {was.id: was} if was else {})
    everyone, _tenant, matches = facts(people, [now])
    report_portal(plan, everyone, matches, parse_policy(policy or {"default": "basic"}, ""), former)
    return {finding.reason: finding.message for finding in plan.attention}


def test_an_account_that_somebody_else_made_with_another_licence_shows_the_portals_default() -> None:
    found = told(account(type=2, created=AFTER), None)
    assert "1 account was made outside this collection" in found["portal_default"]
    assert "came out with licensed" in found["portal_default"]


@pytest.mark.parametrize(
    ("now", "was"),
    [
        (account(created=AFTER), None),  # as the policy says
        (account(type=2, created=BEFORE), None),  # older than the last run
        (account(type=2, created=""), None),  # made by this run
        (account(type=2), account(type=2)),  # as the last run left it
        (account(type=2), account(status="inactive")),  # this run reactivated it
    ],
)
def test_what_is_as_it_was_or_should_be_is_not_told(now: Account, was: Account | None) -> None:
    assert told(now, was) == {}


def test_a_licence_that_changed_since_the_last_run_is_told_with_the_sign_ins() -> None:
    found = told(account(last_login=AFTER), account(type=2), default="licensed")
    assert found["saml_mapping"].startswith("1 licence was changed outside this collection since the last run (1 with a sign-in)")
    assert "(0 with a sign-in" in told(account(last_login=BEFORE), account(type=2), default="licensed")["saml_mapping"]


def test_a_person_whose_rule_can_not_be_evaluated_is_left_out() -> None:
    rules = [{"where": "length(suspended) > `1`", "license": "licensed"}]
    assert told(account(type=2, created=AFTER), None, rules=rules) == {}


def test_before_a_first_run_has_ended_nothing_can_be_told() -> None:
    plan = Plan()
    people, _tenant, matches = facts([Person("id0", "a@example.com", in_scope=True)], [account(type=2, created=AFTER)])
    report_portal(plan, people, matches, parse_policy({"default": "basic"}, ""), None)
    assert plan.attention == []


def test_the_sentences_say_how_many_which_and_what_to_set() -> None:
    plan, names = Plan(), ("ok", "b", "a", "changed")
    everybody = [Person(f"id-{name}", f"{name}@example.com", in_scope=True) for name in names]
    held = {"ok": {"type": 1}, "b": {"type": 2, "created": AFTER}, "a": {"type": 4, "created": AFTER}, "changed": {"type": 2}}
    accounts = [Account(f"z-{name}", f"{name}@example.com", "active", **{"created": BEFORE, **held[name]}) for name in names]
    former = {f"z-{name}": Account(f"z-{name}", f"{name}@example.com", "active", type=1) for name in ("ok", "changed")}
    people, _tenant, matches = facts(everybody, accounts)
    report_portal(plan, people, matches, parse_policy({"default": "basic"}, ""), Former(LAST, former))
    portal, saml = plan.attention
    assert (portal.email, saml.email) == ("", "")
    assert portal.message.startswith("2 accounts were made") and "came out with licensed or unassigned, although" in portal.message
    assert "such as a@example.com, b@example.com;" in portal.message and "set the default licence type to basic (" in portal.message
    assert "such as changed@example.com;" in saml.message


def test_without_a_default_the_portal_is_to_say_what_most_get_by_the_rules() -> None:
    rules = [{"users": ["a@example.com"], "license": "basic"}]
    found = told(account(type=2, created=AFTER), None, rules=rules)
    assert "set the default licence type to what your rules give to most new accounts (" in found["portal_default"]


def test_the_moment_of_the_last_run_belongs_to_it() -> None:
    moment = LAST.isoformat()
    assert told(account(type=2, created=moment), None) == {}
    assert "(1 with a sign-in" in told(account(last_login=moment), account(type=2), default="licensed")["saml_mapping"]


def test_what_is_to_be_set_by_hand_names_the_default_or_what_stands_for_it() -> None:
    assert by_hand(parse_policy({"default": "licensed"}, "")).endswith("to licensed.")
    assert by_hand(parse_policy({}, "")).endswith("to what your rules give to new accounts.")
