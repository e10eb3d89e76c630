# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits: above one, none of its kind is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from account_plans import account, person, plan, policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import ENTERPRISE, Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._approval import Listed, hold_to
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import FLOOR, GAINS, GAINS_FLOOR, parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import plan_members, report_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import ChangeRows, change_row
from hypothesis import given
from hypothesis import strategies as st
from planning import actions, carry_out, facts


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


# Renames: the former address is lost


X_BEFORE_EVERY_NAME = {"attributes": {"userName": "join('', ['x-', primaryEmail])"}}
ONE_DEPARTMENT = {"attributes": {"userName": "primaryEmail", "department": "'X'"}}
LAST_NIGHT = "2026-11-25T02:00:00+00:00"


def company(number: int) -> tuple[list[Person], list[Account]]:
    """People and their accounts, which are as the default mapping says. The first is an admin."""
    names = [f"p{n:02d}" for n in range(number)]
    return [person(name) for name in names], [account(name, role_id="1" if name == "p00" else "2") for name in names]


def by_alias(number: int) -> tuple[list[Person], list[Account]]:
    """Each account is still at an alias of its owner."""
    people, accounts = company(number)
    for item, held in zip(people, accounts, strict=True):
        held.email = f"old.{held.email}"
        item.aliases.append(held.email)
    return people, accounts


def test_an_expression_that_renames_everybody_renames_nobody_from_the_first_run_on() -> None:
    people, accounts = company(27)
    found = plan(people, accounts, **X_BEFORE_EVERY_NAME)
    assert actions(found) == []
    assert [(row.reason, row.action) for row in found.withheld] == [("limit_rename", "rename")] * 26
    assert {row.email for row in found.withheld} == {item.email for item in accounts[1:]}, "each is named by the address that it keeps"
    assert {row.message for row in found.withheld} == {
        "26 accounts would be renamed (such as p01@example.com to x-p01@example.com); the limit is 3, 10% of 26 active accounts and at "
        "least 3, so none was: check the plan, then raise attribute_mapping_max_renames (max_renames of the module), or set "
        "provisioning_allow_losses: true (allow_losses of the module) for one run."
    }
    assert all(found.skips(item) for item in accounts[1:])
    assert len(plan(*company(27), allow_losses=True, **X_BEFORE_EVERY_NAME).changes) == 26
    assert len(plan(*company(27), allow_gains=True, **X_BEFORE_EVERY_NAME).changes) == 0


def test_a_rename_is_a_removal() -> None:
    (change,) = plan(*by_alias(2), allow_losses=True).changes
    assert (change.action, change.removal, change.removes, change_row(change, True)["loss"]) == ("rename", "rename", True, True)
    assert ChangeRows([change]).losses == 1


def test_while_something_could_not_be_read_nobody_is_renamed() -> None:
    everyone, tenant, matches = facts(*by_alias(2), doubtful=["a list moved"])
    found = plan_accounts(everyone, tenant, matches, policy(allow_losses=True))
    assert (actions(found), [row.reason for row in found.withheld]) == ([], ["no_removals"])
    assert "the rename was blocked, as a list moved" in found.withheld[0].message


def test_beside_a_blocked_rename_the_account_is_updated_under_the_address_that_it_keeps() -> None:
    people, accounts = by_alias(2)
    accounts[1].last_name, accounts[1].display_name = "Former", "P01 Former"
    found = plan(people, accounts, rename=0)
    assert actions(found) == [("update", "old.p01@example.com")]
    assert found.skips(accounts[1])


def test_a_newcomer_waits_for_the_address_of_somebody_whose_rename_was_blocked() -> None:
    """Nobody is to delete the account for it."""
    held = account("old", first_name="Eve", display_name="Eve Byron", person_id="id-eve")
    found = plan([person("eve"), person("old")], [held], rename=0)
    assert (actions(found), [row.reason for row in found.attention]) == ([], ["address_waits"])
    assert "could not be renamed to eve@example.com" in found.attention[0].message


# Gains: updates, creations and reactivations


def test_an_expression_that_rewrites_everybody_rewrites_nobody_once_a_run_was_completed() -> None:
    people, accounts = company(27)
    assert len(plan(people, accounts, **ONE_DEPARTMENT).changes) == 27, "the first contact has no such limit"
    found = plan(people, accounts, completed=LAST_NIGHT, **ONE_DEPARTMENT)
    assert (actions(found), {row.reason for row in found.withheld}, len(found.withheld)) == ([], {"limit_update"}, 27)
    assert found.withheld[0].message == (
        "27 accounts would be updated in one run (changed: department); the limit is 20, 25% of 26 active accounts and at least 20, so "
        "none was: check the plan, then raise attribute_mapping_max_updates (max_updates of the module), or set provisioning_allow_gains: "
        "true (allow_gains of the module) for one run."
    )
    assert all(found.skips(item) for item in accounts)
    assert len(plan(people, accounts, completed=LAST_NIGHT, allow_gains=True, **ONE_DEPARTMENT).changes) == 27
    assert len(plan(people, accounts, completed=LAST_NIGHT, allow_losses=True, **ONE_DEPARTMENT).changes) == 0


def test_everything_else_is_made_beside_blocked_updates() -> None:
    people, accounts = company(27)
    people += [person("new"), person("gone", in_scope=False)]
    accounts += [account("gone")]
    found = plan(people, accounts, completed=LAST_NIGHT, **ONE_DEPARTMENT)
    assert sorted(actions(found)) == [("create", "new@example.com"), ("deactivate", "gone@example.com")]


def test_an_update_that_only_writes_the_google_id_has_no_limit() -> None:
    people, accounts = company(30)
    assert len(plan(people, accounts, completed=LAST_NIGHT, update=0, anchor=True).changes) == 30
    accounts[3].last_name = "Former"
    found = plan(people, accounts, completed=LAST_NIGHT, update=0, anchor=True)
    assert (len(found.changes), [row.email for row in found.withheld]) == (29, ["p03@example.com"])


def test_a_number_that_an_expression_maps_into_the_anchor_s_place_has_the_limit() -> None:
    people, accounts = company(30)
    mapping = {"userName": "primaryEmail", "employeeNumber": "'X'"}
    shown = {item.key: {f"{ENTERPRISE}:employeeNumber": "7"} for item in accounts}
    found = plan(people, accounts, completed=LAST_NIGHT, attributes=mapping, shown=shown)
    assert ([change.action for change in found.changes], len(found.withheld)) == ([], 30)


def test_above_the_limit_nobody_gets_an_account_or_gets_it_back_and_no_seat_is_taken() -> None:
    people, accounts = company(30)
    for item in accounts[1:11]:
        item.status = "inactive"
    people += [person(f"new{n}") for n in range(11)]
    licenses = parse_policy({"default": "licensed"}, "")
    seats = {"licensed": {"bought": 40, "used": 0, "pending": 0}}
    found = plan(people, accounts, completed=LAST_NIGHT, licenses=licenses, seats=seats)
    assert actions(found) == []
    assert [row.action for row in found.withheld].count("create") == 11
    assert [row.action for row in found.withheld].count("reactivate") == 10
    assert found.withheld[0].message.startswith(
        "21 accounts would be created or reactivated in one run (in scope); the limit is 20, 25% of 19 active accounts and at least 20"
    )
    assert {held.email for held in accounts if found.skips(held)} == {item.email for item in accounts[1:11]}, "nobody else is skipped"
    assert len(plan(people[:-1], accounts, completed=LAST_NIGHT, licenses=licenses, seats=seats).changes) == 20


def test_who_is_not_reactivated_is_neither_renamed_nor_updated_and_keeps_the_address() -> None:
    def accounts() -> list[Account]:
        asleep = account("old", status="inactive", last_name="Former", person_id="id-ada")
        return [asleep, account("bob", first_name="Old", display_name="Old Byron", person_id="id-old")]

    people = [person("ada"), person("old")]
    allowed = plan(people, accounts(), completed=LAST_NIGHT)
    assert [action for action, _email in actions(allowed)] == ["reactivate", "rename", "rename", "update"]
    found = plan(people, accounts(), completed=LAST_NIGHT, creation=0)
    assert (actions(found), [row.action for row in found.withheld]) == ([], ["reactivate"])
    assert [row.reason for row in found.attention] == ["rename_taken"]


def test_a_reactivation_is_made_beside_a_blocked_update_of_the_same_account() -> None:
    people, accounts = company(2)
    accounts[1].status, accounts[1].last_name = "inactive", "Former"
    found = plan(people, accounts, completed=LAST_NIGHT, update=0)
    assert (actions(found), [row.reason for row in found.withheld]) == ([("reactivate", "p01@example.com")], ["limit_update"])


def test_many_reasons_are_counted_together() -> None:
    people = [person(f"new{n}", via=f"group{n // 5}@example.com") for n in range(25)]
    (message, *_others) = {row.message for row in plan(people, [], completed=LAST_NIGHT).withheld}
    assert "(in scope through group0@example.com 5, " in message
    assert "in scope through group2@example.com 5, other reasons 10)" in message


# In all random worlds


TEXTS = st.sampled_from(["100%", "10%", "0", "1", "2", "5"])
STATUS = st.sampled_from(["active", "active", "active", "inactive"])
ROWS = st.lists(st.tuples(st.sampled_from(["as it is", "alias", "name", "none"]), STATUS, st.booleans()), max_size=40)


def drawn(rows: list[tuple[str, str, bool]]) -> tuple[list[Person], list[Account]]:
    """People whose account is as it should be, at an alias, of another name, or not there; some are out of scope."""
    people, accounts = [], []
    for number, (drift, status, in_scope) in enumerate(rows):
        people.append(person(f"p{number}", in_scope=in_scope, aliases=[f"old{number}@example.com"]))
        if drift != "none":
            held = account(f"p{number}", status=status)
            held.email = f"old{number}@example.com" if drift == "alias" else held.email
            held.last_name = "Former" if drift == "name" else held.last_name
            accounts.append(held)
    return people, accounts


KINDS = {
    "deactivation": ("deactivate",),
    "rename": ("rename",),
    "creation": ("create", "reactivate"),
    "update": ("update",),
}


def of_kind(found: Plan, kind: str) -> set[str]:
    """Keys of the accounts."""
    return {change.account.key for change in found.changes if change.action in KINDS[kind] and change.account}


@given(ROWS, st.fixed_dictionaries(dict.fromkeys(KINDS, TEXTS)), st.sampled_from(["", LAST_NIGHT]), st.booleans(), st.booleans())
def test_each_kind_of_change_is_made_whole_within_its_limit_and_not_at_all_above_it(
    rows: Any, texts: dict[str, str], completed: str, allow_losses: bool, allow_gains: bool
) -> None:
    people, accounts = drawn(rows)
    base = sum(held.status == "active" for held in accounts)
    free = plan(*drawn(rows), allow_losses=True)
    found = plan(people, accounts, completed=completed, allow_losses=allow_losses, allow_gains=allow_gains, **texts)
    asleep = {held.key for held in accounts if held.status == "inactive"} - of_kind(found, "creation")
    for kind in KINDS:
        gains, wanted = kind in GAINS, of_kind(free, kind)
        lifted = (allow_gains or not completed) if gains else allow_losses
        counted = wanted - asleep if kind == "update" else wanted
        above = not lifted and len(counted) > parse_limit(texts[kind], kind, GAINS_FLOOR if gains else FLOOR).allowed(base)
        assert of_kind(found, kind) == (set() if above else wanted - (asleep if kind in ("rename", "update") else set())), kind
        assert (f"limit_{kind}" in {row.reason for row in found.withheld}) == above


@given(ROWS, st.fixed_dictionaries(dict.fromkeys(KINDS, TEXTS)), st.sampled_from(["", LAST_NIGHT]))
def test_what_a_limit_blocks_is_blocked_in_the_next_run_too_and_nothing_else_is_left(
    rows: Any, texts: dict[str, str], completed: str
) -> None:
    """The base shrinks with deactivations, so a share is left out."""
    texts = {kind: text for kind, text in texts.items() if not text.endswith("%")}
    people, accounts = drawn(rows)
    everyone, tenant, matches = facts(people, accounts, completed=completed)
    first = plan_accounts(everyone, tenant, matches, policy(**texts))
    carry_out(first, tenant)
    for held in tenant.accounts:
        held.held = None
    second = plan(people, tenant.accounts, completed=completed, **texts)
    assert actions(second) == []
    assert sorted((row.reason, row.action) for row in second.withheld) == sorted((row.reason, row.action) for row in first.withheld)


# Lifted for one run: nothing is blocked, and what was exceeded is reported all the same


def test_a_limit_that_is_lifted_still_reports_that_it_was_exceeded() -> None:
    people, accounts = [person(f"p{n}", in_scope=False) for n in range(4)], [account(f"p{n}") for n in range(4)]
    found = plan(people, accounts, allow_losses=True)
    assert (len(found.changes), found.withheld, found.failed) == (4, [], [])
    (said,) = [row for row in found.attention if row.code == "above_limit"]
    assert said.reason == "limit_deactivation"
    words = "4 accounts would be deactivated (out of scope), more than the limit of 3, 10% of 4 active accounts and at least 3"
    assert said.message.startswith(words)
    assert [row.code for row in plan(people[:3], accounts[:3], allow_losses=True).attention] == []


def test_a_limit_on_gains_that_is_lifted_still_reports_that_it_was_exceeded() -> None:
    people, accounts = company(27)
    found = plan(people, accounts, completed=LAST_NIGHT, allow_gains=True, **ONE_DEPARTMENT)
    assert (len(found.changes), found.withheld) == (27, [])
    assert [row.reason for row in found.attention if row.code == "above_limit"] == ["limit_update"]
    first_contact = plan(people, accounts, allow_gains=True, **ONE_DEPARTMENT)
    assert [row for row in first_contact.attention if row.code == "above_limit"] == []


def test_what_was_approved_above_a_limit_needs_no_second_warning() -> None:
    class Everything:
        any_gain = True

        def lists(self, change: Change) -> bool:
            return True

        def missing(self, changes: Iterable[Change]) -> list[Listed]:
            return []

    found = plan([person(f"p{n}", in_scope=False) for n in range(4)], [account(f"p{n}") for n in range(4)], allow_losses=True)
    hold_to(found, Everything())
    assert (len(found.changes), found.attention) == (4, [])


@pytest.mark.parametrize(("limit", "reported"), [(None, []), (2, []), (1, ["above_max_removals"])])
def test_members_above_a_lifted_limit_are_removed_and_reported(limit: int | None, reported: list[str]) -> None:
    group = {"a@example.com": "MEMBER", "b@example.com": "MEMBER"}
    members, found = plan_members(group, {}, exclusive=True, max_removals=limit, lifted=True), Plan()
    report_limit(found, "all@example.com", members, limit, "max_removals")
    assert (members.remove, [row.code for row in found.attention], found.withheld) == (sorted(group), reported, [])
