# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that could not be read, and numbers that are not ours: planners leave them as they are, and report them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import UNREADABLE, Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._drift import mark_drift, remember
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._files import write_private
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching, parse_matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person, unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._selector import parse_selector
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._anchors import foreign_findings, take_census
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import Ending
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import apply_limits, parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import as_listed
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._names_known import report_nobody
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._offboard import OffboardPolicy, plan_offboarding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import (
    Protection,
    parse_protection,
    report_kept,
    report_unmatched,
    widen,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from planning import facts

LIMIT = parse_limit("10%", "max_removals")


def person(name: str, **more: Any) -> Person:
    return Person(f"id-{name}", f"{name}@example.com", **{"in_scope": True, **more})


def account(name: str, **more: Any) -> Account:
    return Account(f"z-{name}", f"{name}@example.com", **{"status": "active", "type": 1, "role_id": "2", **more})


# rows that could not be read


def test_whoever_can_not_be_read_keeps_the_account_at_each_of_their_addresses() -> None:
    unread, bob = unread_person("id-ada", "ada@example.com", ["countess@example.com"]), person("bob", aliases=["countess@example.com"])
    found = match([unread, bob], [account("countess")])
    assert {key: held.key for key, held in found.account_of.items()} == {"id-ada": account("countess").key}


def test_an_account_that_could_not_be_read_is_not_offboarded() -> None:
    odd = account("ada", status=UNREADABLE)
    found = plan_offboarding(*facts([], [odd]), OffboardPolicy(("ada@example.com",), Ending("deactivate"), Protection()))
    assert (found.plan.changes, [(row.email, row.reason) for row in found.plan.failed]) == ([], [("ada@example.com", "set_aside")])


def test_a_zoom_group_that_may_be_one_that_could_not_be_read_is_not_created() -> None:
    mapped = parse_groups([{"name": "Sales", "groups": ["a@example.com"]}, {"name": "Legal", "groups": ["a@example.com"]}], "groups")
    unread = [{"kind": "group", "email": "sales"}]
    facts_read = facts([person("ada", groups=["a@example.com"])], [account("ada")], groups={}, set_aside=unread)
    plan = plan_zoom_groups(*facts_read, GroupPolicy(mapped, LIMIT))
    assert {change.group for change in plan.changes} == {"Legal"}
    assert len([*plan.attention, *plan.failed]) == 1


def test_a_zoom_group_is_not_deleted_while_an_account_could_not_be_read() -> None:
    mapped = parse_groups([{"name": "Sales", "state": "absent"}], "groups")
    plan = plan_zoom_groups(*facts([], [account("ada", status=UNREADABLE)], groups={"g1": "Sales"}), GroupPolicy(mapped, LIMIT))
    assert (plan.changes, len([*plan.attention, *plan.failed])) == ([], 1)


def test_a_removal_in_doubt_is_blocked_whatever_is_allowed() -> None:
    plan = Plan()
    plan.changes = [
        Change("deactivate", "ada@example.com", "out of scope", account("ada"), removal="deactivation"),
        Change("update", "bob@example.com", ""),
    ]
    apply_limits(plan, {}, 10, True, "the list moved")
    assert [change.action for change in plan.changes] == ["update"]
    assert [row.email for row in plan.withheld] == ["ada@example.com"]


def test_an_account_that_could_not_be_read_now_or_before_has_not_drifted() -> None:
    odd, was = account("ada", status=UNREADABLE), account("ada", department="Sales")
    assert (mark_drift([odd], [was]), odd.drifted) == ([], [])


def test_what_no_list_shows_is_remembered_until_the_role_changes() -> None:
    room, fixed, promoted, new = account("room"), account("ada"), account("bob", role_id="1"), account("eve")
    last = [
        account("room", room=True),
        account("ada", fixed=["display_name"]),
        account("bob", fixed=["display_name"]),
        account("dan", room=True),
    ]
    remember([room, fixed, promoted, new], last)
    assert [(row.room, row.fixed) for row in (room, fixed, promoted, new)] == [
        (True, []),
        (False, ["display_name"]),
        (False, []),
        (False, []),
    ]


# numbers that are not ours


def test_many_foreign_numbers_are_one_sentence_that_names_a_few() -> None:
    accounts = [account(name, employee_unique_id=f"hr-{name}") for name in ("ada", "bob", "dan", "eve")]
    found = foreign_findings(take_census([person("ada")], accounts, parse_matching({"identity": "employeeNumber"})))
    assert [row.reason for row in found] == ["unique_id_not_ours"]
    assert foreign_findings(take_census([person("ada")], [account("ada")], Matching())) == []


def test_a_gmail_member_is_asked_for_in_the_form_that_the_group_shows() -> None:
    assert as_listed({"a.da@googlemail.com": "", "bob@example.com": "OWNER"}, {"ada@gmail.com": "MEMBER", "C0123": "MEMBER"}) == {
        "ada@gmail.com": "",
        "bob@example.com": "OWNER",
    }


# who is listed, and is nobody


def test_a_listed_user_who_is_nobody_in_google_is_reported_where_everybody_is_known() -> None:
    named = {"group_mapping_groups[1]": parse_selector({"users": ["ada@example.com", "nobody@example.com"]}, "g")}
    plan = Plan()
    report_nobody(plan, People([person("ada")]), named)
    assert [row.email for row in plan.attention] == ["nobody@example.com"]
    report_nobody(plan, People([], whole=False), named)
    report_nobody(plan, People([]), {})
    assert len(plan.attention) == 1


def test_a_protected_entry_that_matches_nobody_is_reported_where_everybody_is_known() -> None:
    protection = parse_protection({"users": ["ada@example.com", "ceo@example.com", "typo@example.com"]}, "protected")
    plan = Plan()
    report_unmatched(plan, protection, [person("ada")], [account("ceo")])
    assert [row.email for row in plan.attention] == ["typo@example.com"]
    report_unmatched(plan, protection, None, [])
    report_unmatched(plan, Protection(), [], [])
    assert len(plan.attention) == 1


def test_every_address_of_whoever_is_listed_protects() -> None:
    held = account("ada")
    boss = person("ada", aliases=["ceo@example.com"])
    assert not Protection(users=frozenset({"ceo@example.com"})).covers(held)
    assert widen(Protection(users=frozenset({"ceo@example.com"})), [boss], {boss.id: [held]}).covers(held)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (["ceo@example.com"], "protected must be a dictionary of users and roles, not list."),
        ({"roles": "admin"}, "protected.roles must be a list of roles, not str."),
        ({"roles": [True]}, "protected.roles holds True, which is no role; write owner, admin or a role's id."),
        ({"roles": [""]}, "protected.roles holds '', which is no role; write owner, admin or a role's id."),
    ],
)
def test_a_list_of_the_protected_that_can_not_be_read_says_why(spec: Any, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_protection(spec, "protected")
    assert str(refused.value) == said


def test_an_unknown_key_beside_the_protected_is_named() -> None:
    with pytest.raises(PolicyError, match="user"):
        parse_protection({"user": ["ceo@example.com"]}, "protected")


def test_a_zoom_room_is_reported_as_one() -> None:
    plan = Plan()
    report_kept(plan, account("room", room=True), "inactive_admin", "reactivated")
    report_kept(plan, account("ada", role_id="1"), "inactive_admin", "reactivated")
    assert [row.email for row in plan.attention] == ["room@example.com", "ada@example.com"]
    assert plan.attention[0].message != plan.attention[1].message


# files


def test_a_file_that_breaks_off_while_it_is_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "state" / "accounts.jsonl"
    write_private(str(path), ["one", "two"], "the snapshot")

    def breaking() -> Iterator[str]:
        yield "three"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_private(str(path), breaking(), "the snapshot")
    assert path.read_text() == "one\ntwo\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PolicyError, match=r"the snapshot .*file/accounts.jsonl can't be written: "):
        write_private(str(tmp_path / "file" / "accounts.jsonl"), [], "the snapshot")
