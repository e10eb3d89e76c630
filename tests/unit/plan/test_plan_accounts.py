# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner of accounts: who gets, keeps and loses one, by example and by property."""

from __future__ import annotations

from typing import Any

import pytest
from account_plans import account, person, plan, policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._attributes import DEFAULT_ATTRIBUTES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._accounts import plan_accounts
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import parse_protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import parse_deprovision
from hypothesis import given
from hypothesis import strategies as st
from planning import actions, carry_out, facts


def test_an_account_is_created_with_names_department_and_address() -> None:
    ada = person("ada", via="zoom-users@example.com", fields={"organizations": [{"primary": True, "department": "Research"}]})
    (change,) = plan([ada], []).changes
    assert (change.action, change.email, change.reason) == ("create", "ada@example.com", "in scope through zoom-users@example.com")
    assert change.after["department"] == "Research"
    assert change.after["display_name"] == "Ada Byron"


def test_a_person_of_one_name_gets_it_twice() -> None:
    (change,) = plan([person("x", fields={"name": {"givenName": "Suharto", "familyName": ""}})], []).changes
    assert (change.after["first_name"], change.after["last_name"]) == ("Suharto", "Suharto")


def test_nothing_is_done_for_an_account_that_is_as_it_should_be() -> None:
    assert actions(plan([person("ada")], [account("ada", email="ADA@Example.com")])) == []


def test_a_renamed_person_keeps_the_account_and_is_updated_in_the_same_run() -> None:
    renamed = person("ada", aliases=["ada.old@example.com"])
    found = plan([renamed], [account("old", email="ada.old@example.com", first_name="Adah")])
    assert actions(found) == [("rename", "ada@example.com"), ("update", "ada@example.com")]


def test_of_two_accounts_the_one_with_the_own_address_is_kept_and_the_other_is_told_of() -> None:
    renamed = person("ada", aliases=["ada.old@example.com"])
    found = plan([renamed], [account("ada"), account("old", email="ada.old@example.com")])
    assert actions(found) == []
    assert [finding.reason for finding in found.attention] == ["second_account"]


def test_of_two_accounts_under_aliases_the_active_one_is_renamed() -> None:
    renamed = person("ada", aliases=["a1@example.com", "a2@example.com"])
    found = plan([renamed], [account("a1", status="inactive"), account("a2")])
    assert [change.account.id for change in found.changes if change.account and change.action == "rename"] == ["z-a2"]


def test_a_live_person_beats_a_deleted_one_of_the_same_address() -> None:
    deleted = Person("old-id", "ada@example.com", state="deleted", confirmed=True)
    assert actions(plan([deleted, person("ada")], [account("ada")])) == []


def test_the_display_name_follows_the_names_unless_it_was_chosen() -> None:
    (change,) = plan([person("ada")], [account("ada", last_name="King", display_name="Ada King")]).changes
    assert change.after == {"last_name": "Byron", "display_name": "Ada Byron"}
    (change,) = plan([person("ada")], [account("ada", last_name="King", display_name="Countess")]).changes
    assert change.after == {"last_name": "Byron"}


@pytest.mark.parametrize(
    ("state", "more"), [("suspended", {}), ("archived", {}), ("deleted", {}), ("active", {"in_scope": False})]
)  # fmt: skip
def test_whoever_is_not_wanted_any_more_is_deactivated(state: str, more: dict[str, Any]) -> None:
    found = plan([person("ada", state=state, **more)], [account("ada")])
    assert actions(found) == [("deactivate", "ada@example.com")]
    assert found.changes[0].reason == (state if state != "active" else "out_of_scope")


def test_without_prune_a_loss_is_told_with_the_line_to_add_and_with_false_not_even_that() -> None:
    gone = [person("ada", in_scope=False)]
    found = plan(gone, [account("ada")], prune=None)
    assert (actions(found), "attribute_mapping_prune: true" in found.attention[0].message) == ([], True)
    assert plan(gone, [account("ada")], prune=False).attention == []


def test_an_unconfirmed_loss_is_withheld_and_the_account_held() -> None:
    kept = account("ada")
    found = plan([person("ada", in_scope=False, confirmed=False)], [kept])
    assert (actions(found), found.withheld[0].reason, found.skip) == ([], "unconfirmed", {kept.key: "unconfirmed"})


def test_in_a_short_list_an_absence_means_nothing() -> None:
    found = plan([person("bob", in_scope=False, confirmed=None)], [account("ada"), account("bob")], whole=False)
    assert actions(found) == [("deactivate", "bob@example.com")]
    assert found.attention == []


def test_excluded_accounts_are_ignored_and_unknown_ones_reported() -> None:
    found = plan([person("ada", excluded="no-zoom@example.com")], [account("ada"), account("stranger")])
    assert actions(found) == []
    assert [finding.reason for finding in found.attention] == ["unknown", "excluded"]


def test_an_unknown_account_is_ended_only_when_told_and_confirmed() -> None:
    told = {"actions": {"unknown": "deactivate"}}
    assert actions(plan([person("ada")], [account("ada"), account("x")], absent=["x@example.com"], **told)) == [
        ("deactivate", "x@example.com")
    ]
    assert [finding.reason for finding in plan([person("ada")], [account("ada"), account("x")], **told).withheld] == ["unconfirmed"]


@pytest.mark.parametrize("role", ["0", "1"])
def test_owner_and_admins_are_never_deactivated_or_renamed(role: str) -> None:
    found = plan([person("ada", in_scope=False)], [account("ada", role_id=role)])
    assert (actions(found), found.attention[0].reason) == ([], "protected")
    renamed = plan([person("ada", aliases=["old@example.com"])], [account("old", role_id=role, first_name="Ada", display_name="Ada Byron")])
    assert (actions(renamed), renamed.attention[0].reason) == ([], "protected")


def test_the_list_of_the_protected_is_heeded() -> None:
    protection = parse_protection({"users": ["ADA@example.com"], "roles": ["owner", "r-42"]}, "protected")
    people = [person("ada", in_scope=False), person("bob", in_scope=False)]
    assert actions(plan(people, [account("ada"), account("bob", role_id="r-42")], protection=protection)) == []
    with pytest.raises(PolicyError, match="did you mean users"):
        parse_protection({"user": []}, "protected")


def test_a_pending_invitation_needs_attention_and_nothing_else() -> None:
    found = plan([person("ada")], [Account("", "ada@example.com", "pending")])
    assert (actions(found), found.attention[0].reason) == ([], "pending")
    gone = plan([person("ada", in_scope=False)], [Account("", "ada@example.com", "pending")])
    assert (actions(gone), gone.attention[0].reason) == ([], "pending")


def test_an_inactive_account_of_somebody_wanted_is_reactivated_unless_told_not_to() -> None:
    assert actions(plan([person("ada")], [account("ada", status="inactive", type=2)])) == [("reactivate", "ada@example.com")]
    found = plan([person("ada")], [account("ada", status="inactive")], reactivate=False)
    assert (actions(found), found.attention[0].reason) == ([], "inactive")


def test_reported_reasons_tell_what_to_add() -> None:
    found = plan([person("ada", state="archived")], [account("ada")], actions={"archived": "report"})
    assert "deprovision: {archived: deactivate}" in found.attention[0].message


def test_a_person_who_can_not_be_mapped_fails_alone() -> None:
    attributes = {**DEFAULT_ATTRIBUTES, "title": "organizations[*].title"}
    ada = person("ada", fields={"organizations": [{"title": "Agent"}]})
    found = plan([ada, person("bob")], [account("ada", first_name="Old")], attributes=attributes)
    assert actions(found) == [("create", "bob@example.com")]
    assert "add | [0]" in found.failed[0].message


def test_two_people_who_want_one_address_both_fail() -> None:
    found = plan([person("ada"), person("bob")], [], attributes={"userName": "'same@example.com'"})
    assert (actions(found), [finding.reason for finding in found.failed]) == ([], ["duplicate", "duplicate"])


def test_renames_free_an_address_before_it_is_taken_and_a_ring_is_told() -> None:
    attributes = {**DEFAULT_ATTRIBUTES, "userName": "nonEditableAliases[0]"}
    chain = [person("a", aliases=["x@example.com"], fields={"nonEditableAliases": ["b@example.com"]}),
             person("b", aliases=["b@example.com"], fields={"nonEditableAliases": ["c@example.com"]})]  # fmt: skip
    accounts = [account("a", email="x@example.com", person_id="id-a"), account("b", person_id="id-b")]
    found = plan(chain, accounts, attributes=attributes)
    assert [change.email for change in found.ordered() if change.action == "rename"] == ["c@example.com", "b@example.com"]
    ring = [person("a", fields={"nonEditableAliases": ["b@example.com"]}), person("b", fields={"nonEditableAliases": ["a@example.com"]})]
    found = plan(ring, [account("a", person_id="id-a"), account("b", person_id="id-b")], attributes=attributes)
    assert {finding.reason for finding in found.failed} == {"rename_ring"}


def test_a_creation_gets_its_licence_only_from_a_free_seat() -> None:
    licenses = parse_policy({"default": "licensed"}, "")
    seats = {"licensed": {"bought": 2, "used": 1, "pending": 0}}
    found = plan([person("ada"), person("bob")], [], seats, licenses=licenses)
    assert sorted(change.after["type"] for change in found.changes) == [1, 2]


def test_a_seat_owed_to_an_older_account_is_not_given_to_a_new_one() -> None:
    licenses = parse_policy({"default": "licensed"}, "")
    seats = {"licensed": {"bought": 1, "used": 0, "pending": 0}}
    found = plan([person("ada"), person("bob")], [account("bob")], seats, licenses=licenses)
    assert [(change.email, change.after["type"]) for change in found.changes] == [("ada@example.com", 1)]


def test_a_bundle_that_scim_can_not_give_takes_a_second_write() -> None:
    licenses = parse_policy({"default": {"zoom_one_type": 4398046511104}}, "")
    assert [action for action, _email in actions(plan([person("ada")], [], licenses=licenses))] == ["create", "license"]


def test_unlisted_attributes_are_updated_when_a_read_shows_another_value() -> None:
    attributes = {**DEFAULT_ATTRIBUTES, "title": "notes"}
    ada = person("ada", fields={"notes": "Head"})
    (change,) = plan([ada], [account("ada")], attributes=attributes, shown={"z-ada": {"title": "Deputy"}}).changes
    assert change.values == {"title": "Head"}
    assert actions(plan([ada], [account("ada")], attributes=attributes)) == []


@pytest.mark.parametrize(("spec", "words"), [(["x"], "dictionary"), ({"gone": "delete"}, "no reason"), ({"deleted": "burn"}, "burn")])
def test_a_wrong_deprovision_is_named(spec: object, words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        parse_deprovision(True, spec, "deprovision")


NAMES = st.sampled_from("abcdefgh")
PEOPLE = st.dictionaries(
    NAMES,
    st.tuples(st.booleans(), st.sampled_from(["active", "suspended", "archived"]), st.booleans(), st.sampled_from("xyz")),
)
ACCOUNTS = st.dictionaries(st.sampled_from("abcdefghxyz"), st.tuples(st.sampled_from(["active", "inactive"]), st.booleans()))


def world(people: Any, accounts: Any) -> tuple[list[Person], list[Account]]:
    return (
        [person(name, in_scope=scope, state=state, excluded="x" if out else "", aliases=[f"{alias}@example.com"])
         for name, (scope, state, out, alias) in people.items()],
        [account(name, status=status, role_id="1" if admin else "2") for name, (status, admin) in accounts.items()],
    )  # fmt: skip


@given(PEOPLE, ACCOUNTS)
def test_nobody_wanted_and_no_admin_ever_loses_an_account(people: Any, accounts: Any) -> None:
    everybody, held = world(people, accounts)
    wanted = {item.email for item in everybody if item.wanted}
    for change in plan(everybody, held, allow_losses=True).changes:
        if change.removal and change.account:
            assert change.account.role_id != "1"
            assert change.account.email not in wanted


@given(PEOPLE, ACCOUNTS)
def test_a_second_plan_on_what_the_first_one_makes_is_empty(some: Any, accounts: Any) -> None:
    everybody, held = world(some, accounts)
    people, tenant, matches = facts(everybody, held)
    carry_out(plan_accounts(people, tenant, matches, policy(allow_losses=True)), tenant)
    assert actions(plan(everybody, tenant.accounts, allow_losses=True)) == []


@given(PEOPLE, ACCOUNTS)
def test_each_account_has_one_owner_and_each_change_its_own_account(people: Any, accounts: Any) -> None:
    everybody, held = world(people, accounts)
    found = plan(everybody, held, allow_losses=True)
    touched = [(change.action, id(change.account)) for change in found.changes]
    assert len(touched) == len(set(touched))
