# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose an account was in the last run: what that settles, and where it gives way."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person, unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from hypothesis import given, settings
from identities import ANCHORED, LATER, account, person, planned
from planning import actions, reported
from worlds import accounts as random_accounts
from worlds import matchings, people_rows


def married(**more: object) -> Person:
    """Ada has another address in Google, and the alias is gone with the rename."""
    return person("ada", email="ada.king@x.com", **more)


def adas(**more: object) -> Account:
    return account("ada", **{"remembered": "id-ada", **more})


def ids(found: Matches) -> dict[str, str]:
    return {key: one.id for key, one in found.account_of.items()}


def reasons(plan: Plan) -> list[str]:
    return [change.reason for change in plan.changes]


def test_a_rename_whose_alias_is_gone_keeps_the_account() -> None:
    plan = planned([married()], [adas()])
    assert (actions(plan), reported(plan)) == ([("rename", "ada.king@x.com")], [])
    assert reasons(plan) == ["address was ada@x.com, known from the last run"]


def test_an_alias_that_was_given_to_somebody_else_takes_nobody_s_account() -> None:
    heir = person("bob", aliases=["ada@x.com"])
    plan = planned([married(), heir], [adas()])
    assert actions(plan) == [("rename", "ada.king@x.com"), ("create", "bob@x.com")]


@pytest.mark.parametrize("created", [LATER, ""])
def test_a_newcomer_on_an_old_address_gets_an_account_of_their_own(created: str) -> None:
    newcomer = person("eve", email="ada@x.com", created=created)
    plan = planned([newcomer, married()], [adas()])
    assert actions(plan) == [("rename", "ada.king@x.com"), ("create", "ada@x.com")]
    assert reported(plan) == []


def test_people_who_pass_their_addresses_on_keep_their_accounts() -> None:
    bob = person("bob", email="ada@x.com")
    found = match([married(), bob], [adas(), account("bob", remembered="id-bob")])
    assert ids(found) == {"id-ada": "z-ada", "id-bob": "z-bob"}
    third = person("eve", email="eve.king@x.com")
    chain = match([person("ada", email="bob@x.com"), person("bob", email="eve@x.com"), third], [adas(), *others("bob", "eve")])
    assert ids(chain) == {"id-ada": "z-ada", "id-bob": "z-bob", "id-eve": "z-eve"}


def others(*names: str) -> list[Account]:
    return [account(name, remembered=f"id-{name}") for name in names]


def test_a_policy_that_is_put_right_finds_everybody_again() -> None:
    """A wrong mapping had renamed them all."""
    wrong = [account(name, email=f"x-{name}@x.com", remembered=f"id-{name}") for name in ("ada", "bob", "eve")]
    plan = planned([person(name) for name in ("ada", "bob", "eve")], wrong)
    assert actions(plan) == [("rename", "ada@x.com"), ("rename", "bob@x.com"), ("rename", "eve@x.com")]


def test_without_a_memory_names_are_compared_as_the_mapping_writes_them() -> None:
    """The wrong mapping had renamed Ada; that of names is the company's own."""
    mapping = {"name.givenName": "join('', [name.givenName, ' A.'])", "name.familyName": "'Analytical'"}
    rules = parse_matching(parse_attributes(mapping, "attributes").identifying)
    lost = account("ada", email="x-ada@x.com", first_name="Ada A.", last_name="Analytical")
    for held in (lost, account("ada", email="x-ada@x.com")):
        assert [found.code for found in match([person("ada")], [held], rules).unclear] == ["maybe_renamed"]
    other = account("ada", email="x-ada@x.com", first_name="Ada B.")
    assert match([person("ada")], [other], rules).unclear == []


@pytest.mark.parametrize("fields", [{}, {"name": {"givenName": 7}}])
def test_a_name_that_can_not_be_mapped_is_nobody_s(fields: dict[str, object]) -> None:
    rules = parse_matching({"first_name": "length(name.givenName)", "last_name": "name.familyName.x"})
    assert rules.names(person("ada", fields=fields)) == ("", "")


def test_settled_by_hand_and_anchored_count_more() -> None:
    bob, held = person("bob"), [adas()]
    adopted = parse_matching({"adopt": {"bob@x.com": "ada@x.com"}})
    assert ids(match([married(), bob], held, adopted)) == {"id-bob": "z-ada"}
    new = parse_matching({"adopt": {"ada.king@x.com": ""}})
    assert ids(match([married()], held, new)) == {}
    anchored = [adas(employee_unique_id="id-bob")]
    assert ids(match([married(), bob], anchored, ANCHORED)) == {"id-bob": "z-ada"}


def test_it_can_be_left_out() -> None:
    plan = planned([married()], [adas()], matching=Matching(remember=False))
    assert (actions(plan), reported(plan)) == ([], [("maybe_renamed", "ada.king@x.com")])


def test_an_account_that_was_renamed_in_zoom_is_renamed_back_unless_the_address_is_somebody_s() -> None:
    moved = adas(email="bob@x.com", drifted=["email"])
    assert actions(planned([person("ada")], [moved])) == [("rename", "ada@x.com")]
    assert ids(match([person("ada"), person("bob")], [moved])) == {"id-bob": "z-ada"}


def test_who_has_another_account_at_the_own_address_now_keeps_the_old_one_as_a_second() -> None:
    """As an older memory may have it: the pair is no longer true."""
    plan = planned([married()], [adas(), account("new", email="ada.king@x.com")])
    assert (actions(plan), reported(plan)) == ([("update", "ada.king@x.com")], [("second_account", "ada@x.com")])
    heir = person("eve", email="ada@x.com", created=LATER)
    plan = planned([married(), heir], [adas(), account("new", email="ada.king@x.com", first_name="Ada")])
    assert (actions(plan), reported(plan)) == ([], [("older_account", "ada@x.com")])
    both = match([married()], [adas(), account("new", email="ada.king@x.com", remembered="id-ada")])
    assert ids(both) == {"id-ada": "z-new"}


@pytest.mark.parametrize("left", [[person("dora", state="deleted", in_scope=False)], []])
def test_who_gets_the_address_of_somebody_gone_keeps_the_own_account_and_not_theirs(left: list[Person]) -> None:
    """Dora's account was made after Ada had joined, so that its age says nothing."""
    doras = account("dora", remembered="id-dora")
    plan = planned([person("ada", email="dora@x.com"), *left], [adas(), doras])
    assert plan.owners["z-ada"] == "id-ada"
    assert actions(plan) == ([("deactivate", "dora@x.com")] if left else [])
    assert ("rename_taken", "dora@x.com") in reported(plan)


def test_whose_case_is_unclear_keeps_their_other_account_from_being_nobody_s() -> None:
    young = married(created=LATER)
    found = match([young], [adas(), account("new", email="ada.king@x.com")])
    assert [one.account.id for one in found.unclear] == ["z-new"]
    assert found.strangers == []


def test_a_deleted_person_s_account_is_a_leaver_s_unless_somebody_has_the_address_now() -> None:
    deleted = person("ada", email="old@x.com", state="deleted", in_scope=False)
    assert actions(planned([deleted], [adas()])) == [("deactivate", "ada@x.com")]
    again = person("again", email="ada@x.com", created=LATER, fields=person("ada").fields)
    plan = planned([deleted, again], [adas()])
    assert (actions(plan), reported(plan)) == ([], [("older_account", "ada@x.com")])


def test_somebody_gone_for_good_is_as_if_never_remembered() -> None:
    assert ids(match([person("ada")], [adas(remembered="id-gone")])) == {"id-ada": "z-ada"}


def test_whose_row_can_not_be_read_keeps_what_was_theirs() -> None:
    found = match([unread_person("id-ada", "ada.king@x.com")], [adas()])
    assert (ids(found), found.strangers) == ({"id-ada": "z-ada"}, [])


def test_whose_row_can_not_be_read_does_not_hold_the_account_of_somebody_whose_address_they_have_now() -> None:
    """Two swap their addresses, and the id of one can't be read: the other's account is known by memory, and not made a second time."""
    bob, odd = person("bob", email="ada@x.com"), unread_person("", "bob@x.com")
    assert ids(match([bob, odd], [account("bob", remembered="id-bob")])) == {"id-bob": "z-bob"}
    gone = match([odd], [account("bob", remembered="id-bob")])
    assert ids(gone) == {odd.id: "z-bob"}


@pytest.mark.parametrize("holder", [unread_person("id-ada", "ada@x.com"), person("eve")], ids=["unread", "by hand"])
def test_who_has_an_account_at_somebody_s_new_address_leaves_them_the_account_they_had(holder: Person) -> None:
    """Bob was renamed to an address whose account is known to be another's: his own is not nobody's for that."""
    bob, rules = person("bob", email="ada@x.com"), parse_matching({"adopt": {"eve@x.com": "ada@x.com"}})
    found = match([bob, holder], [account("ada", created=""), account("bob", remembered="id-bob")], rules)
    assert (ids(found)["id-bob"], found.strangers) == ("z-bob", [])


def test_an_account_that_is_not_the_newcomer_s_by_hand_is_still_the_leaver_s_whose_it_was() -> None:
    gone, newcomer = person("ada", email="old@x.com", state="deleted", in_scope=False), person("eve", email="ada@x.com")
    found = match([gone, newcomer], [adas()], parse_matching({"adopt": {"ada@x.com": ""}}))
    assert (ids(found), found.strangers) == ({"id-ada": "z-ada"}, [])


@pytest.mark.parametrize("key", ["id-ada", "row of ada@x.com"])
def test_who_can_not_be_read_tonight_is_not_remembered_as_somebody_new(key: str) -> None:
    """A row without an id has a name of the run's own, which no later run knows; the last run's stays."""
    assert planned([unread_person(key, "ada@x.com")], [adas()]).owners == {}


@pytest.mark.parametrize(
    ("deleted", "of_account", "remembered"),
    [
        ({"confirmed": False}, {}, False),
        ({"confirmed": None}, {}, False),
        ({"confirmed": True}, {}, True),
        ({"confirmed": False}, {"remembered": "id-ada"}, True),
        ({"confirmed": False}, {"employee_unique_id": "id-ada"}, True),
    ],
    ids=["not confirmed", "not looked up", "confirmed", "by the last run", "by an anchor"],
)
def test_who_is_deleted_is_not_remembered_by_an_address_that_a_newcomer_may_have(
    deleted: dict[str, bool | None], of_account: dict[str, str], remembered: bool
) -> None:
    """Google's list may have lost the newcomer between two pages."""
    gone = person("ada", state="deleted", in_scope=False, **deleted)
    assert planned([gone], [account("ada", **of_account)]).owners == ({"z-ada": "id-ada"} if remembered else {})


@settings(deadline=None)
@given(people_rows, random_accounts, matchings)
def test_an_account_of_somebody_here_is_never_nobody_s(people: list[Person], accounts: list[Account], rules: Matching) -> None:
    found, known = match(people, accounts, rules), {one.id for one in people}
    settled = {one.id for one in people if any(rules.adopt.get(address) == "" for address in one.addresses())}
    for stranger in found.strangers if rules.remember else ():
        assert stranger.remembered not in known - settled
