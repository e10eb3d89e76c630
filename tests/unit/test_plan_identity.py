# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account it is: by what has been settled, by anchor, address and alias, and what is left in doubt."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES, parse_attributes
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._drift import mark_drift
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import (
    ANCHOR_PATH,
    Matching,
    parse_matching,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import AccountPolicy, plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._anchors import take_census
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Ending, LicenseChange
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._drift import name_drift
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import OffboardPolicy, plan_offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import (
    Deprovision,
    parse_deprovision,
    parse_ending,
)
from hypothesis import given
from hypothesis import strategies as st
from planning import actions, facts, reported

LONG_AGO, BEFORE, LATER = "2015-01-01T00:00:00.000Z", "2020-05-05T08:00:00Z", "2026-01-01T00:00:00.500Z"
ANCHORED = Matching(identity=True)


def person(name: str, **more: Any) -> Person:
    fields = {"name": {"givenName": name.title(), "familyName": "Byron"}}
    return Person(f"id-{name}", f"{name}@x.com", **{"in_scope": True, "confirmed": True, "created": LONG_AGO, "fields": fields, **more})


def account(name: str, **more: Any) -> Account:
    given = {"email": f"{name}@x.com", "status": "active", "type": 1, "role_id": "2", "created": BEFORE}
    names = {"first_name": name.title(), "last_name": "Byron", "display_name": f"{name.title()} Byron"}
    return Account(f"z-{name}", **{**given, **names, **more})


def planned(
    people: list[Person], accounts: list[Account], matching: Matching | None = None, domains: frozenset[str] | None = None, **more: Any
) -> Plan:
    policy = AccountPolicy(
        parse_attributes(DEFAULT_ATTRIBUTES, "attributes"), parse_deprovision(True, more.pop("actions", {}), "d"), {}, **more
    )
    return plan_accounts(*facts(people, accounts, matching, domains=domains), policy)


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


def test_outside_the_domains_nobody_is_created_or_renamed() -> None:
    renamed = person("ada", aliases=["ada@x.com"])
    renamed.email = "ada@elsewhere.com"
    plan = planned([renamed], [account("ada")], domains=frozenset({"x.com"}))
    assert (actions(plan), reported(plan)) == ([], [("foreign_domain", "ada@x.com")])
    assert reported(planned([renamed], [], domains=frozenset({"x.com"}))) == [("foreign_domain", "ada@elsewhere.com")]


def test_an_address_that_another_account_keeps_can_not_be_taken() -> None:
    renamed = person("ada", aliases=["old@x.com"])
    taken = account("ada", employee_unique_id="id-else")
    plan = planned([renamed, person("else", in_scope=False)], [account("old"), taken], matching=ANCHORED)
    assert ("rename_taken", "ada@x.com") in reported(plan)


def test_an_inactive_admin_in_scope_is_told_of_and_left() -> None:
    plan = planned([person("ada")], [account("ada", status="inactive", role_id="1")])
    assert (actions(plan), reported(plan)) == ([], [("protected", "ada@x.com")])


def test_a_leaver_leaves_with_every_account_and_a_downgrade_takes_the_licence_only() -> None:
    leaver = person("ada", in_scope=False, aliases=["old@x.com"])
    assert actions(planned([leaver], [account("ada"), account("old")])) == [("deactivate", "ada@x.com"), ("deactivate", "old@x.com")]
    plan = planned([leaver], [account("ada", type=2), account("old")], actions={"out_of_scope": "downgrade"})
    assert actions(plan) == [("downgrade", "ada@x.com")]
    bundle = planned([leaver], [account("ada", type=2, plan_united_type="16")], actions={"out_of_scope": "downgrade"})
    assert bundle.changes[0].needs(LicenseChange).license.rest_body() == {"plan_united_type": "none"}


def test_a_removal_hands_over_and_says_all_that_is_lost() -> None:
    actions_given = {"out_of_scope": {"action": "delete", "transfer_to": "boss@x.com", "transfer": ["meeting"]}}
    (change,) = planned([person("ada", in_scope=False)], [account("ada", status="inactive")], actions=actions_given).changes
    assert change.needs(Ending).query() == {"transfer_email": "boss@x.com", "transfer_meeting": "true"}
    assert change.before["first_name"] == "Ada"
    assert Ending("delete").query() == {}


HEIR = {"transfer_to": "boss@x.com"}


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ({"action": "delete", "heir": "x"}, "heir"),
        ({"action": "end"}, "known are"),
        ({"action": "delete", "transfer_to": "boss"}, "no address"),
        ({"action": "delete", "transfer": ["meeting"]}, "transfer_to"),
        ({"action": "deactivate", **HEIR}, "needs the action"),
        ({"action": "delete", **HEIR, "transfer": ["cats"]}, "cats"),
    ],
)
def test_wrong_endings_name_themselves(spec: dict[str, Any], text: str) -> None:
    with pytest.raises(PolicyError, match=text):
        parse_ending(spec, "deprovision.deleted")


def test_offboarding_finds_people_by_either_address_and_says_who_would_be_back() -> None:
    ada = person("ada", aliases=["old@x.com"])
    accounts = [account("old", type=2), account("boss", role_id="1"), account("new", status="pending"), account("off", status="inactive")]
    accounts[2].id = ""
    names = ("ADA@x.com", "boss@x.com", "new@x.com", "off@x.com", "who@x.com")
    found = plan_offboarding(*facts([ada], accounts), OffboardPolicy(names, Ending("deactivate", "heir@x.com"), Protection()))
    assert actions(found.plan) == [
        ("revoke", "old@x.com"),
        ("hand_over", "old@x.com"),
        ("deactivate", "old@x.com"),
        ("disassociate", "new@x.com"),
    ]
    assert (found.back, reported(found.plan)) == (["ada@x.com"], [("protected", "boss@x.com"), ("offboard_unknown", "who@x.com")])
    removed = plan_offboarding(*facts([], accounts), OffboardPolicy(("off@x.com",), Ending("delete"), Protection()))
    assert actions(removed.plan) == [("delete", "off@x.com")]


def test_drift_is_what_differs_from_the_last_run_and_is_told_where_it_is_put_right() -> None:
    now = [account("ada", first_name="Adah", type=2, group_ids=["g1"]), account("bob", status="inactive")]
    last = [account("ada", group_ids=["g2"]), account("bob"), account("eve"), Account("", "new@x.com", "pending")]
    assert mark_drift(now, last) == ["eve@x.com"]
    assert now[0].drifted == ["first_name", "license", "group g1", "group g2"]
    plan = Plan([
        Change("update", "ada@x.com", "changed", now[0], {"first_name": "Ada"}),
        Change("downgrade", "ada@x.com", "policy", now[0], {"type": 1}),
        Change("reactivate", "bob@x.com", "in scope", now[1], {"status": "active"}),
        Change("create", "eve@x.com", "in scope", account("eve")),
        Change("add", "", "matches", group="G", members=[now[0]], group_id="g2"),
        Change("remove", "bob@x.com", "no longer", group="G", members=[now[1]], group_id="g2"),
    ])  # fmt: skip
    name_drift(plan, ["eve@x.com"])
    assert [change.reason.startswith("drift: ") for change in plan.changes] == [True, True, True, True, True, False]
    name_drift(plan)
    assert plan.changes[0].reason.count("drift: ") == 1
    name_drift(Plan([Change("add", "x@x.com", "r")]))


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
    doubted = {doubt.account.id for doubt in found.doubts}
    assert sorted(item.id for item in places) == sorted({item.id for item in places})
    assert {item.id for item in places} | doubted == {item.id for item in held}
    assert not doubted & {item.id for item in places}
    assert not {doubt.person.id for doubt in found.doubts} & set(found.account_of)
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


@pytest.mark.parametrize(
    ("values", "count", "set_by_others"),
    [
        (["E1", "E2", "E3", ""], 3, True), (["E1", "E2", "", ""], 2, False), (["E1", "E2", "E3", "id-d"], 3, True),
        (["E1", "id-b", "id-c", "id-d"], 1, False), (["", "", "", ""], 0, False),
    ],
)  # fmt: skip
def test_many_numbers_that_are_not_ours_are_a_saml_mapping_s(values: list[str], count: int, set_by_others: bool) -> None:
    people = [person(name) for name in "abcd"]
    accounts = [account(name, employee_unique_id=value) for name, value in zip("abcd", values, strict=True)]
    gone = account("gone", employee_unique_id="9" * 21)
    census = take_census(people, [*accounts, gone], ANCHORED)
    assert (len(census.foreign), census.set_by_others) == (count, set_by_others), "the id of somebody deleted long ago is no mapping's"


def test_prune_says_nothing_when_it_is_false() -> None:
    assert not Deprovision(False).takes("suspended", account("ada"))
    assert not Deprovision(True).takes(None, account("ada"))
