# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of accounts whose address or place nobody wants any more, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import License
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import UNSURE_LIMIT
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import LicenseChange, Offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import Protection, parse_protection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import (
    Deprovision,
    offboard_account,
    parse_deprovision,
    parse_offboarding,
    plan_end,
    with_unseen_bundle,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import change_row
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._diff import diffs
from identities import ANCHORED, account, person, planned
from planning import actions, reported


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
    assert change.needs(Offboarding).query() == {"transfer_email": "boss@x.com", "transfer_meeting": "true"}
    assert change.before["first_name"] == "Ada"
    assert Offboarding("delete").query() == {}


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
def test_wrong_offboarding_actions_name_themselves(spec: dict[str, Any], text: str) -> None:
    with pytest.raises(PolicyError, match=text):
        parse_offboarding(spec, "deprovision.deleted")


def test_prune_says_nothing_when_it_is_false() -> None:
    assert not Deprovision(False).takes("suspended", account("ada"))
    assert not Deprovision(True).takes(None, account("ada"))


def test_above_the_limit_of_single_look_ups_nobody_of_whom_lists_could_not_tell_is_removed() -> None:
    sure = person("ada", in_scope=False)
    unsure = person("bob", in_scope=False, confirmed=False, unsure=UNSURE_LIMIT)
    plan = planned([sure, unsure], [account("ada"), account("bob")])
    assert actions(plan) == [("deactivate", "ada@x.com")]
    assert [(row.email, row.reason) for row in plan.withheld] == [("bob@x.com", "confirm_limit")]
    assert plan.withheld[0].message.startswith("1 person would lose their account or a Zoom group, and a second read of all lists did not")
    assert "at most 0 are looked up again one by one" in plan.withheld[0].message
    assert "raise scope_confirm_limit" in plan.withheld[0].message


def test_whoever_may_be_in_a_group_that_can_not_be_read_keeps_everything() -> None:
    hidden = person("ada", in_scope=False, confirmed=False, unsure="secret@x.com")
    held = account("ada")
    plan = planned([hidden], [held])
    assert (actions(plan), plan.skip, reported(plan)) == ([], {held.key: "unconfirmed"}, [("unreadable_scope", "ada@x.com")])
    assert "may be a member of secret@x.com, which can't be" in plan.attention[0].message


def test_a_single_account_ends_for_good_unless_it_is_an_admins_or_an_invitation() -> None:
    accounts = [account("ada", type=2), account("boss", role_id="1"), Account("", "new@x.com", "pending")]
    plan = plan_end(Tenant("t", accounts), Protection())
    assert [(change.action, change.account, change.removal) for change in plan.changes] == [("delete", accounts[0], None)]
    assert plan.changes[0].needs(Offboarding) == Offboarding("delete") and plan.changes[0].after == {"status": "deleted"}
    assert [(row.email, row.reason) for row in plan.failed] == [("boss@x.com", "protected"), ("new@x.com", "pending")]


def test_before_an_end_the_bundle_is_read_of_those_who_may_hold_one_that_lists_do_not_show() -> None:
    leavers = [person(name, in_scope=False) for name in ("ada", "bob", "eve")]
    accounts = [account("ada", type=2), account("bob"), account("eve", type=2, zoom_one_type=0), account("kim", type=2)]
    plan = planned([*leavers, person("kim")], accounts)
    assert [item.email for item in with_unseen_bundle(plan.changes)] == ["ada@x.com"]


def test_an_end_is_a_change_in_full() -> None:
    leaver = person("ada", in_scope=False)
    off = {"type": 1, "zoom_one_type": None, "plan_united_type": None}
    for held, status in (
        ({"type": 2}, {"status": "inactive", **off}),
        ({"type": 1}, {"status": "inactive"}),
        ({"type": None}, {"status": "inactive"}),
    ):
        ada = account("ada", **held)
        (change,) = planned([leaver], [ada]).changes
        assert change == Change("deactivate", "ada@x.com", "out_of_scope", ada, status, Offboarding("deactivate"), "deactivation")
    ada = account("ada", type=2)
    (change,) = planned([leaver], [ada], actions={"out_of_scope": "downgrade"}).changes
    assert change == Change("downgrade", "ada@x.com", "out_of_scope", ada, off, LicenseChange(License("type", 1)), "deactivation")
    basic = offboard_account(account("ada"), Offboarding("downgrade"), "named", "leaver")
    assert (basic.license, basic.after, basic.removal) == (License("type", 1), off, "leaver")
    gone = planned([person("ada", state="deleted")], [account("ada")], actions={"deleted": "delete"}).changes[0]
    assert (gone.after, gone.reason, gone.removal) == ({"status": "deleted"}, "deleted", "leaver")


def test_only_what_an_account_would_lose_is_worth_a_second_look() -> None:
    everything = parse_deprovision(
        True, {"unknown": "report", "excluded": "ignore", "archived": "delete", "out_of_scope": "downgrade"}, "d"
    )
    active, inactive, licensed = account("ada"), account("ada", status="inactive"), account("ada", type=2)
    assert [everything.takes("suspended", item) for item in (active, inactive)] == [True, False]
    assert [everything.takes("archived", item) for item in (active, inactive, account("ada", status="pending"))] == [True, True, False]
    assert [everything.takes("out_of_scope", item) for item in (active, licensed)] == [False, True]
    assert not everything.takes("unknown", active) and not everything.takes("excluded", active)


# What a sentence says of why somebody goes, or stays


@pytest.mark.parametrize(
    ("excluded", "words"),
    [
        ("no-zoom@x.com > interns@x.com", "excluded by the group no-zoom@x.com > interns@x.com"),
        ("org unit /Interns", "excluded by org unit /Interns"),
        ("listed", "excluded by scope_exclude_users"),
        ("guest user", "excluded as a guest user of Google"),
    ],
)
def test_by_what_somebody_is_excluded_is_said(excluded: str, words: str) -> None:
    plan = planned([person("ada", excluded=excluded)], [account("ada")], actions={"excluded": "report"})
    assert plan.attention[0].message.startswith(f"ada@x.com is {words} and keeps the Zoom account;")


def test_the_row_of_a_removal_says_by_what_and_programs_read_the_same_reason_as_ever() -> None:
    everybody = [person("ada", excluded="contractors@x.com"), person("bob", in_scope=False)]
    plan = planned(everybody, [account("ada", type=2), account("bob")], actions={"excluded": "deactivate"})
    ada, bob = (change_row(change, True) for change in sorted(plan.changes, key=lambda change: change.email))
    assert (ada["reason"], ada["excluded"], "excluded" in bob) == ("excluded", "contractors@x.com", False)
    (entry,) = diffs([change for change in plan.changes if change.email == "ada@x.com"], 9)
    assert "(excluded by the group contractors@x.com)" in entry["before_header"]


def test_of_many_that_exclude_somebody_three_are_named() -> None:
    people = [person(f"p{place}", excluded=f"g{place % 5}@x.com") for place in range(15)]
    (row,) = planned(people, [account(f"p{place}") for place in range(15)]).attention
    assert row.message.count("excluded by the group") == 3
    assert "; and 6 more);" in row.message


def test_all_excluded_people_who_keep_an_account_are_one_sentence_until_somebody_settles_it() -> None:
    people = [person("ada", excluded="listed"), person("eve", excluded="org unit /X"), person("bob", excluded="listed")]
    accounts = [account("ada"), account("eve"), account("bob", status="inactive")]
    plan = planned(people, accounts)
    (row,) = plan.attention
    assert (row.reason, row.emails) == ("excluded", ("ada@x.com", "eve@x.com"))
    said = "(excluded by scope_exclude_users: ada@x.com; excluded by org unit /X: eve@x.com)"
    assert row.message.startswith(f"2 accounts of excluded people will not be changed {said};")
    assert reported(planned(people, accounts, actions={"excluded": "ignore"})) == []


def test_why_an_account_is_protected_is_said_and_all_who_are_listed_are_one_sentence() -> None:
    gone = [person(name, in_scope=False, confirmed=True) for name in ("ada", "bob", "eve", "kai", "leo")]
    accounts = [account("ada", role_id="0"), account("bob", role_id="1"), account("eve"), account("kai"), account("leo", role_id="r-42")]
    protection = parse_protection({"users": ["eve@x.com", "kai@x.com"], "roles": ["r-42"]}, "protected")
    plan = planned(gone, accounts, protection=protection)
    why = {"ada": "is the owner", "bob": "is an admin", "leo": "has a role that attribute_mapping_protected lists"}
    for name, clause in why.items():
        (row,) = [row for row in plan.attention if row.email == f"{name}@x.com"]
        assert row.message.startswith(f"{name}@x.com is not in scope, but keeps the account because it {clause}; to offboard this person")
    (listed,) = [row for row in plan.attention if not row.email]
    assert (listed.reason, listed.emails) == ("protected", ("eve@x.com", "kai@x.com"))
    assert len(plan.attention) == 4
