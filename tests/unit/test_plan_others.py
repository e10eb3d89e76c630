# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences, Zoom groups, members, snapshots' names: the other planners."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._expression import compile_expression
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import parse_selector
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, in_doubt, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import parse_members, plan_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._names_known import check_names
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from planning import facts

LIMIT = parse_limit("10%", "max_removals")


def person(name: str, *groups: str, **more: Any) -> Person:
    return Person(f"id-{name}", f"{name}@example.com", **{"in_scope": True, "groups": [f"{group}@example.com" for group in groups], **more})


def account(name: str, **more: Any) -> Account:
    return Account(f"z-{name}", f"{name}@example.com", **{"status": "active", "type": 1, "role_id": "2", "created": "2024", **more})


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
    assert [item.email for item in in_doubt(everyone, matches, policy)] == ["ada@example.com"]


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


def groups(people: list[Person], accounts: list[Account], specs: list[Any], existing: Any = None, **more: Any) -> Plan:
    return plan_zoom_groups(*facts(people, accounts, groups=existing or {}), GroupPolicy(parse_groups(specs, "groups"), LIMIT, **more))


def test_a_group_is_made_and_filled_in_thirties() -> None:
    people = [person(f"p{n}", "all") for n in range(31)]
    found = groups(people, [account(f"p{n}") for n in range(31)], [{"name": "All", "groups": ["all@example.com"]}])
    assert [(change.action, len(change.members)) for change in found.ordered()] == [("create_group", 0), ("add", 30), ("add", 1)]
    assert {change.group_id for change in found.changes} == {"new:All"}


def test_only_an_exclusive_group_loses_members_and_only_below_the_limit() -> None:
    spec = {"name": "all", "groups": ["all@example.com"]}
    accounts = [account(f"p{n}", group_ids=["g1"]) for n in range(5)]
    people = [person(f"p{n}", *(["all"] if n > 1 else [])) for n in range(5)]
    assert groups(people, accounts, [spec], {"g1": "All"}).changes == []
    assert len(groups(people, accounts, [{**spec, "exclusive": True}], {"g1": "All"}).changes) == 2
    nobody = [person(f"p{n}") for n in range(5)]
    found = groups(nobody, accounts, [{**spec, "exclusive": True}], {"g1": "All"})
    assert (found.changes, len(found.withheld)) == ([], 5)
    again = [account(f"p{n}", group_ids=["g1"]) for n in range(5)]
    assert len(groups(nobody, again, [{**spec, "exclusive": True}], {"g1": "All"}, allow_losses=True).changes) == 5


def test_a_group_condition_that_can_not_be_evaluated_holds_the_account() -> None:
    held = account("ada", group_ids=["g1"])
    found = groups([person("ada")], [held], [{"name": "G", "where": "length(name) > `1`", "exclusive": True}], {"g1": "G"})
    assert (found.changes, found.skip, found.failed[0].reason) == ([], {held.key: "where"}, "where")


@pytest.mark.parametrize(
    ("specs", "words"),
    [({"name": "x"}, "must be a list"), ([{"users": ["a@example.com"]}], "needs a name"), ([{"name": "G"}], "chooses nobody"),
     ([{"name": "G", "users": ["a@example.com"]}, {"name": "g", "users": ["b@example.com"]}], "second time"),
     ([{"name": "G", "users": ["a@example.com"], "exclusive": "maybe"}], "true or false")],
)  # fmt: skip
def test_a_wrong_group_is_named(specs: Any, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_groups(specs, "groups")


def test_members_are_added_changed_and_with_exclusive_removed() -> None:
    current = {"a@example.com": "MEMBER", "b@example.com": "OWNER", "c@example.com": "MEMBER"}
    wanted = parse_members(["A@example.com", {"email": "b@example.com", "role": "MANAGER"}, "d@example.com"], "members")
    plan = plan_members(current, wanted, exclusive=True)
    assert (plan.add, plan.change, plan.remove) == ({"d@example.com": "MEMBER"}, {"b@example.com": "MANAGER"}, ["c@example.com"])
    assert plan_members(current, wanted, state="absent").remove == ["a@example.com", "b@example.com"]
    held_back = plan_members(current, wanted, exclusive=True, max_removals=0)
    assert (held_back.withheld, held_back.remove) == (1, [])


@pytest.mark.parametrize(
    "members", [["ada"], [{"email": "a@example.com", "role": "KING"}], ["a@example.com", {"email": "a@example.com", "role": "OWNER"}]]
)
def test_a_wrong_member_is_named(members: Any) -> None:
    with pytest.raises(PolicyError, match="members"):
        parse_members(members, "members")


def test_what_a_snapshot_does_not_hold_is_an_error_never_no_match() -> None:
    people = People([], groups=frozenset({"a@example.com"}), org_units=frozenset({"/", "/Staff"}), fields=frozenset({"organizations"}))
    check_names(people, {"rules[1]": parse_selector({"groups": ["A@example.com"], "org_units": ["/staff"], "where": "organizations"}, "r")})
    for selector, words in (
        ({"groups": ["b@example.com"]}, "resolve_groups"),
        ({"org_units": ["/Sales"]}, "resolve_org_units"),
        ({"where": "locations"}, "expressions"),
    ):
        with pytest.raises(PolicyError, match=words):
            check_names(people, {"rules[1]": parse_selector(selector, "rules[1]")})
    with pytest.raises(PolicyError, match="phones"):
        check_names(people, {}, [compile_expression("phones[0].value", "attributes.phoneNumbers")])
