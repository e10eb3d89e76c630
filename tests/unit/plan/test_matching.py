# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account it is: by what has been settled, by anchor, address and alias, and what is left in doubt."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import (
    ANCHOR_PATH,
    Matching,
    parse_matching,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match, unmatched, with_created
from hypothesis import given
from hypothesis import strategies as st
from identities import ANCHORED, BEFORE, LATER, LONG_AGO, account, person, planned
from planning import actions, reported


def test_an_account_older_than_the_google_user_is_left_alone_until_somebody_says_whose_it_is() -> None:
    newcomer, old = person("ada", created=LATER), account("ada", first_name="Adam")
    plan = planned([newcomer], [old])
    assert (actions(plan), reported(plan), plan.skip) == ([], [("older_account", "ada@x.com")], {old.key: "identity"})
    settled = {"adopt": {"ada@x.com": "ada@x.com"}}
    assert actions(planned([newcomer], [account("ada", first_name="Adam")], matching=parse_matching(settled))) == [("update", "ada@x.com")]
    assert actions(planned([newcomer], [account("ada", first_name="Adam")], matching=parse_matching({"adopt": "all"}))) == [
        ("update", "ada@x.com")
    ]


def test_times_are_compared_in_whole_seconds_and_only_where_both_are_told() -> None:
    same = person("ada", created="2020-05-05T08:00:00.900Z")
    assert match([same], [account("ada")]).account_of
    for unknown in ("", "1970-01-01T00:00:00.000Z", "no time"):
        assert match([person("ada", created=unknown)], [account("ada")]).account_of


def test_whose_doubtful_account_is_inactive_and_who_is_not_wanted_is_not_told_of() -> None:
    plan = planned([person("ada", created=LATER, in_scope=False)], [account("ada", status="inactive")])
    assert (actions(plan), reported(plan)) == ([], [])


def test_a_rename_whose_alias_is_gone_is_suspected_by_name_and_settled_by_an_entry() -> None:
    renamed, old = person("ada"), account("ada")
    renamed.email = "ada.king@x.com"
    plan = planned([renamed], [old])
    assert (actions(plan), reported(plan)) == ([], [("maybe_renamed", "ada.king@x.com")])
    adopt = parse_matching({"adopt": {"ada.king@x.com": "ada@x.com"}})
    assert actions(planned([renamed], [account("ada")], matching=adopt)) == [("rename", "ada.king@x.com")]
    new = parse_matching({"adopt": {"ada.king@x.com": ""}})
    assert ("create", "ada.king@x.com") in actions(planned([renamed], [account("ada")], matching=new))


def test_an_alias_that_was_given_to_somebody_else_takes_nobody_s_account() -> None:
    ada = person("ada")
    ada.email = "ada.king@x.com"
    heir = person("bob", aliases=["ada@x.com"])
    plan = planned([ada, heir], [account("ada")])
    assert actions(plan) == []
    assert sorted(reported(plan)) == [("alias_reused", "bob@x.com"), ("maybe_renamed", "ada.king@x.com")]


def test_an_alias_that_was_given_to_somebody_with_an_account_leads_to_no_second_one() -> None:
    ada = person("ada")
    ada.email = "ada.king@x.com"
    heir = person("bob", aliases=["ada@x.com"])
    plan = planned([ada, heir], [account("ada"), account("bob")])
    assert (actions(plan), reported(plan)) == ([], [("maybe_renamed", "ada.king@x.com")])
    namesake = person("ada")
    namesake.id, namesake.email = "id-other", "ada.other@x.com"
    found = match([ada, heir, namesake], [account("ada"), account("bob")])
    assert [unclear.person.id for unclear in found.unclear] == ["id-ada", "id-other"]
    assert ([held.email for held in found.all_of[heir.id]], found.others) == (["bob@x.com"], [])


def test_the_anchor_tells_apart_who_was_renamed_and_who_took_the_address() -> None:
    renamed, newcomer = person("ada"), person("eve", created=LATER)
    renamed.email, newcomer.email = "ada.king@x.com", "ada@x.com"
    plan = planned([newcomer, renamed], [account("ada", employee_unique_id="id-ada")], matching=ANCHORED, anchor=True)
    assert actions(plan) == [("rename", "ada.king@x.com"), ("create", "ada@x.com")]
    created = next(change for change in plan.changes if change.action == "create")
    assert (created.after["employee_unique_id"], created.values[ANCHOR_PATH]) == ("id-eve", "id-eve")


def test_an_address_held_by_a_former_person_s_account_is_told_until_it_is_freed() -> None:
    gone, newcomer = Person("id-old", "ada@x.com", state="deleted", confirmed=True), person("ada", created=LATER)
    held = {"matching": ANCHORED, "anchor": True}
    plan = planned([gone, newcomer], [account("ada", employee_unique_id="id-old")], **held)
    assert actions(plan) == [("deactivate", "ada@x.com")]
    assert reported(plan) == [("address_held", "ada@x.com")]
    freed = planned([gone, newcomer], [account("ada", employee_unique_id="id-old")], actions={"deleted": "delete"}, **held)
    assert actions(freed) == [("delete", "ada@x.com"), ("create", "ada@x.com")]


def test_adopted_accounts_get_their_anchor_and_a_missing_one_is_all_that_changes() -> None:
    (change,) = planned([person("ada")], [account("ada")], matching=ANCHORED, anchor=True).changes
    assert (change.action, change.after) == ("update", {"employee_unique_id": "id-ada"})
    assert planned([person("ada")], [account("ada", employee_unique_id="id-ada")], matching=ANCHORED, anchor=True).changes == []


def test_of_two_accounts_with_one_anchor_the_useful_one_is_kept() -> None:
    accounts = [account("a", status="inactive", employee_unique_id="id-ada"), account("b", employee_unique_id="id-ada")]
    found = match([person("ada")], accounts, ANCHORED)
    assert (found.account_of["id-ada"].id, [other.id for _person, other in found.others]) == ("z-b", ["z-a"])


def test_a_user_name_of_its_own_is_known_of_leavers_too() -> None:
    rules = parse_matching({"user_name": "join('', [name.givenName, '@zoom.x.com'])"})
    leaver = person("ada", state="suspended")
    assert match([leaver], [account("ada", email="Ada@zoom.x.com")], rules).account_of["id-ada"].id == "z-ada"
    assert match([person("ada", fields={})], [account("ada")], parse_matching({"user_name": "length(primaryEmail.x)"})).account_of


@pytest.mark.parametrize(
    ("spec", "text"),
    [({"identity": "costCenter"}, "identity"), ({"adopt": ["a@x.com"]}, "dictionary"), ({"adopt": {"nobody": "a@x.com"}}, "no address")],
)
def test_wrong_matching_options_name_themselves(spec: dict[str, Any], text: str) -> None:
    with pytest.raises(PolicyError, match=text):
        parse_matching(spec, "attribute_mapping_")


def test_what_matching_was_told_comes_back_from_a_snapshot() -> None:
    for spec in ({"identity": "employeeNumber", "user_name": "name.givenName", "adopt": {"a@x.com": "b@x.com"}}, {"adopt": "all"}, None):
        rules = parse_matching(spec)
        assert parse_matching(rules.spec()) == rules


IDS = st.sampled_from(["p", "q", "r"])
EMAILS = st.sampled_from(["p@x.com", "q@x.com", "r@x.com", "s@x.com"])
TIMES = st.sampled_from([LONG_AGO, BEFORE, LATER, ""])
STATES = st.sampled_from(["active", "suspended", "deleted"])
PEOPLE = st.dictionaries(IDS, st.tuples(EMAILS, st.lists(EMAILS, max_size=2), TIMES, STATES), max_size=3)
ANCHORS = st.sampled_from(["", "id-p", "id-q", "id-else"])
ACCOUNTS = st.dictionaries(EMAILS, st.tuples(TIMES, ANCHORS, st.sampled_from(["p", "q"])), max_size=4)


@given(PEOPLE, ACCOUNTS, st.booleans())
def test_no_account_is_given_twice_and_all_are_accounted_for(people: Any, accounts: Any, identity: bool) -> None:
    persons, held = list[Person](), list[Account]()
    for key, (email, aliases, created, state) in people.items():
        fields = {"name": {"givenName": key, "familyName": "X"}}
        persons.append(Person(f"id-{key}", email, aliases, state=state, created=created, in_scope=True, fields=fields))
    for email, (created, anchor, name) in accounts.items():
        names = {"first_name": name, "last_name": "X"}
        held.append(Account(f"z-{email}", email, "active", created=created, employee_unique_id=anchor, **names))
    found = match(persons, held, Matching(identity=identity))
    places = [*found.account_of.values(), *(other for _person, other in found.others), *found.strangers]
    doubted = {doubt.account.id for doubt in found.unclear}
    assert sorted(item.id for item in places) == sorted({item.id for item in places})
    assert {item.id for item in places} | doubted == {item.id for item in held}
    assert not doubted & {item.id for item in places}
    assert not {doubt.person.id for doubt in found.unclear} & set(found.account_of)
    if identity:
        others = {person.id for person in persons}
        assert all(item.employee_unique_id not in others - {key} for key, item in found.account_of.items())


def test_a_number_that_is_no_google_id_of_the_directory_neither_matches_nor_forbids() -> None:
    people = [person("ada"), person("bob"), person("cleo", state="deleted")]
    values = {"ada": "ada@x.com", "bob": "id-ada", "cleo": "E-1001"}
    accounts = [account(name, employee_unique_id=value) for name, value in values.items()]
    found = match(people, accounts, ANCHORED)
    assert {key: item.email for key, item in found.account_of.items()} == {"id-ada": "bob@x.com", "id-cleo": "cleo@x.com"}
    assert [item.email for _person, item in found.others] == ["ada@x.com"], "the anchor first, the address beside it"
    plan = planned(people, accounts, matching=ANCHORED)
    assert not [change for change in plan.changes if "employee_unique_id" in change.after and change.action == "update"]


def test_a_list_of_a_few_people_does_not_say_whose_id_another_is() -> None:
    foreign, google_id = account("ada", employee_unique_id="E-1001"), account("ada", employee_unique_id="1" * 21)
    part = Matching(identity=True, partial=True)
    assert match([person("ada")], [foreign], part).account_of
    assert not match([person("ada")], [google_id], part).account_of
    assert match([person("ada")], [google_id], ANCHORED).account_of, "of the whole directory nobody has that id"


def test_a_namesake_whose_account_was_made_before_they_came_is_not_suspected_but_another_may_be() -> None:
    ada = person("ada", created=LATER)
    ada.email = "ada.king@x.com"
    old, new = account("ada", email="a1@x.com", created=BEFORE), account("ada", email="a2@x.com", created="2026-06-06T00:00:00Z")
    new.id = "z-new"
    assert match([ada], [old]).unclear == []
    assert [(doubt.code, doubt.account.id) for doubt in match([ada], [old, new]).unclear] == [("maybe_renamed", "z-new")]


def test_where_nobody_is_known_each_account_is_a_strangers() -> None:
    accounts = [account("bob"), account("ada", status="inactive")]
    assert unmatched(accounts) == match([], accounts)
    assert [one.email for one in unmatched(accounts).strangers] == ["ada@x.com", "bob@x.com"]


def test_an_account_that_the_run_has_made_is_known_without_a_second_matching() -> None:
    people, accounts = [person("ada"), person("bob")], [account("bob")]
    matches = match(people, accounts)
    made = account("ada", person_id=people[0].id)
    accounts[0].person_id = people[1].id
    carried = with_created(matches, [*accounts, made])
    assert carried == match(people, [*accounts, made])
    assert matches.account_of == {people[1].id: accounts[0]}, "what was handed in is as it was"
