# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences by the rules of a policy, by example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_offers import report_blind_spots
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import (
    LicenseTerms,
    bundles_to_read,
    plan_licenses,
)
from grouped_people import LIMIT, account, person
from planning import facts


def licenses(people: list[Person], accounts: list[Account], seats: int | None = None, used: int = 0, **policy: Any) -> Plan:
    pools = {} if seats is None else {"licensed": {"bought": seats, "used": used, "pending": 0}}
    return plan_licenses(*facts(people, accounts, seats=pools), LicenseTerms(parse_policy(policy, ""), LIMIT))


def done(plan: Plan) -> list[tuple[str, str]]:
    return [(change.action, change.email.partition("@")[0]) for change in plan.changes]


MANAGERS = [{"groups": ["managers@example.com"], "license": "licensed"}]


def test_the_first_rule_that_matches_counts_and_the_default_comes_last() -> None:
    people = [person("ada", "managers"), person("bob")]
    found = licenses(people, [account("ada"), account("bob", type=2)], rules=MANAGERS, default="basic")
    assert done(found) == [("downgrade", "bob"), ("license", "ada")]


def test_without_a_default_those_that_no_rule_names_keep_what_they_have() -> None:
    assert done(licenses([person("bob")], [account("bob", type=2)], rules=MANAGERS)) == []


def test_a_seat_that_is_freed_is_given_in_the_same_run_and_the_older_account_comes_first() -> None:
    people = [person("ada", "managers"), person("eve", "managers"), person("bob")]
    accounts = [account("ada", created="2025"), account("eve", created="2020"), account("bob", type=2)]
    found = licenses(people, accounts, seats=1, used=1, rules=MANAGERS, default="basic")
    assert done(found) == [("downgrade", "bob"), ("license", "eve")]
    assert [(finding.email, finding.reason) for finding in found.attention] == [("ada@example.com", "seats"), ("", "shortfall")]


def test_reserved_seats_stay_free() -> None:
    found = licenses([person("ada")], [account("ada")], seats=2, used=0, default="licensed", reserve=2)
    assert (done(found), found.attention[0].reason) == ([], "seats")


def test_a_bundle_satisfies_licensed_and_is_not_taken_by_a_policy_that_does_not_give_it() -> None:
    bundled = account("ada", type=2, zoom_one_type=16)
    assert done(licenses([person("ada")], [bundled], default="licensed")) == []
    found = licenses([person("ada")], [bundled], default="basic")
    assert (done(found), found.attention[0].reason) == ([], "bundle")


def test_admins_keep_their_licence() -> None:
    found = licenses([person("ada")], [account("ada", type=2, role_id="1")], default="basic")
    assert (done(found), found.attention[0].reason) == ([], "protected")


def test_basic_and_unassigned_take_no_seat_and_are_no_loss() -> None:
    (change,) = licenses([person("ada")], [account("ada")], seats=0, default="unassigned").changes
    assert (change.action, change.removal) == ("license", None)


def test_more_removals_than_the_limit_are_withheld_and_free_no_seat() -> None:
    people = [*(person(f"p{n}") for n in range(4)), person("ada", "managers")]
    accounts = [*(account(f"p{n}", type=2) for n in range(4)), account("ada")]
    found = licenses(people, accounts, seats=4, used=4, rules=MANAGERS, default="basic")
    assert (done(found), len(found.withheld)) == ([], 4)


def test_a_rule_that_can_not_be_evaluated_holds_that_person() -> None:
    rules = [{"where": "length(name) > `3`", "license": "licensed"}]
    bad = account("ada", type=2)
    found = licenses([person("ada"), person("bob", fields={"name": {"a": 1}})], [bad, account("bob")], rules=rules, default="basic")
    assert found.skip == {bad.key: "where"}
    assert found.failed[0].email == "ada@example.com"


def test_only_accounts_whose_bundle_matters_are_looked_at_again() -> None:
    policy = parse_policy({"default": "basic"}, "")
    people = [person(name) for name in ("ada", "bob", "eve", "dan")]
    accounts = [
        account("ada", type=2),
        account("bob"),
        account("eve", type=2, zoom_one_type=0),
        account("dan", type=2, plan_united_type="1"),
    ]
    everyone, _tenant, matches = facts(people, accounts)
    assert [item.email for item in bundles_to_read(everyone, matches, policy)] == ["ada@example.com"]


@pytest.mark.parametrize(
    ("policy", "words"),
    [({"rules": [{"groups": ["a@example.com"]}]}, "needs a license"), ({"reserve": "few"}, "number of seats"),
     ({"default": "gold"}, "no licence"),
     ({"rules": [{"group": ["a@example.com"], "license": "basic"}]}, "'group', which it does not know"),
     ({"rules": [{"license": "basic"}]}, "chooses nobody"), ({"default": {"zoom_one_type": 17}}, "none of Zoom's values"),
     ({"fallback": {"plan_united_type": "3"}}, "no licence")],
)  # fmt: skip
def test_a_wrong_licence_policy_is_named(policy: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_policy(policy, "")


def test_no_bundle_is_looked_for_of_a_zoom_room_of_whom_no_rule_speaks_or_whose_rule_can_not_be_evaluated() -> None:
    rules = [{"users": ["odd@example.com"], "where": "length(suspended) > `1`", "license": "basic"}]
    policy = parse_policy({"rules": [*rules, {"users": ["bob@example.com"], "license": "basic"}]}, "")
    people = [person(name) for name in ("odd", "bob", "room", "none")]
    accounts = [account(name, type=2, room=name == "room") for name in ("odd", "bob", "room", "none")]
    everyone, _tenant, matches = facts(people, accounts)
    assert [item.email for item in bundles_to_read(everyone, matches, policy)] == ["bob@example.com"]
    assert [item.email for item in bundles_to_read(everyone, matches, policy, idle=["z-none"])] == ["bob@example.com", "none@example.com"]


def test_an_idle_account_of_which_zoom_tells_no_licence_is_given_one_like_any_other() -> None:
    terms = LicenseTerms(
        parse_policy({"default": "licensed", "reclaim_after_days": 90, "reclaim": "take"}, ""), LIMIT, idle={"z-ada": "2026-01-01"}
    )
    found = plan_licenses(*facts([person("ada")], [account("ada", type=None)]), terms)
    assert (done(found), found.attention[0].reason) == ([("license", "ada")], "seats_unknown")


def test_a_bundle_that_scim_can_not_give_is_reported_where_scim_is_all_there_is() -> None:
    terms = LicenseTerms(parse_policy({"default": {"zoom_one_type": 4398046511104}}, ""), LIMIT)
    found = plan_licenses(*facts([person("ada")], [account("ada")], rest=False), terms)
    assert (done(found), [row.reason for row in found.attention]) == ([], ["scim_bundle"])
    assert done(plan_licenses(*facts([person("ada")], [account("ada")]), terms)) == [("license", "ada")]
    named = plan_licenses(*facts([person("ada")], [account("ada")], rest=False), replace(terms, named=True))
    assert (done(named), named.attention, [row.reason for row in named.failed]) == ([], [], ["license_not_in_scim"])


RECLAIM = {"reclaim_after_days": 90}


def idle(accounts: list[Account], **policy: Any) -> Plan:
    """All of them without a sign-in since New Year."""
    terms = LicenseTerms(parse_policy({**RECLAIM, **policy}, ""), LIMIT, idle={item.key: "2026-01-01" for item in accounts})
    return plan_licenses(*facts([person(item.email.partition("@")[0]) for item in accounts], accounts), terms)


def test_an_idle_licence_is_reported_or_taken_as_the_policy_says() -> None:
    found = idle([account("ada", type=2)], default="licensed")
    assert (done(found), [row.reason for row in found.attention]) == ([], ["idle"])
    assert "2026-01-01" in found.attention[0].message
    taken = idle([account("ada", type=2)], default="licensed", reclaim="take")
    assert (done(taken), taken.attention) == ([("downgrade", "ada")], [])
    assert taken.changes[0].reason == "reclaim (no sign-in since 2026-01-01): basic"
    assert done(idle([account("ada", type=2, role_id="1")], default="licensed", reclaim="take")) == [], "admins keep theirs"


def test_an_idle_licence_that_the_policy_takes_anyway_is_not_reported_as_idle() -> None:
    found = idle([account("ada", type=2)], default="basic")
    assert (done(found), found.attention) == ([("downgrade", "ada")], [])


def test_an_idle_account_is_given_no_seat_where_seats_are_taken_back() -> None:
    assert done(idle([account("ada")], default="licensed", reclaim="take")) == []
    assert done(idle([account("ada")], default="unassigned", reclaim="take")) == [("license", "ada")]
    assert done(idle([account("ada")], default="licensed")) == [("license", "ada")]


def test_an_idle_bundle_is_taken_back_by_the_policy_that_gives_it_and_else_reported() -> None:
    bundled = {"type": 2, "zoom_one_type": 16}
    assert done(idle([account("ada", **bundled)], default={"zoom_one_type": 16}, reclaim="take")) == [("downgrade", "ada")]
    found = idle([account("ada", **bundled)], default="licensed", reclaim="take")
    assert (done(found), [row.reason for row in found.attention]) == ([], ["idle"])


def test_what_is_taken_back_becomes_the_fallback_where_that_is_free() -> None:
    (change,) = idle([account("ada", type=2)], default="licensed", reclaim="take", fallback="unassigned").changes
    assert change.after["type"] == 4
    (change,) = idle([account("ada", type=2)], default={"zoom_one_type": 16}, reclaim="take", fallback="licensed").changes
    assert change.after["type"] == 1, "a fallback that was bought is no less a seat"


@pytest.mark.parametrize(
    ("rest", "last_login", "days", "codes"),
    [(False, "", 90, ["scim_licenses"]), (True, "", 90, ["no_sign_ins"]), (True, "2026-01-01T00:00:00Z", 90, []), (True, "", None, [])],
)
def test_what_a_credential_does_not_show_is_reported(rest: bool, last_login: str, days: int | None, codes: list[str]) -> None:
    found, tenant = Plan(), Tenant("t", [account("ada", last_login=last_login)], rest=rest)
    report_blind_spots(found, parse_policy({"reclaim_after_days": days}, ""), tenant)
    assert [row.code for row in found.attention] == codes
