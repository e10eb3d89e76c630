# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a scope group that are no plain users: everybody, Gmail addresses, and groups that can't be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call, thrice
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

Start = Callable[..., Sandbox]
CUSTOMER = "C03az79cb"
TEAM, FOREIGN = "team@example.com", "crew@partner.example"
NAMES = ["ada.byron", "bob.stone", "eve.moss"]


@pytest.fixture
def start() -> Iterator[Start]:
    boxes: list[Sandbox] = []

    def started(given: dict[str, Any], **switches: Any) -> Sandbox:
        boxes.append(Sandbox.start(given, {"rate_limits": False, "google_quota": None, **switches}))
        return boxes[-1]

    yield started
    for box in boxes:
        box.stop()


def company(groups: dict[str, list[str]], **google: Any) -> dict[str, Any]:
    given = seed([person(name) for name in NAMES], {"zoom-users": [], **groups}, [account(name) for name in NAMES])
    given["google"].update(google)
    for row in given["google"]["groups"]:
        row["everyone"] = f"{CUSTOMER}@example.com" in row["members"]
        row["members"] = [member for member in row["members"] if not member.startswith(CUSTOMER)]
    return given


def provision(box: Sandbox, folder: Path, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    accounts, people = str(folder / "accounts"), str(folder / "people")
    call("zoom_user_info", box, dest=accounts)
    found = call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, **options)
    if found["failed"]:
        return found, {}
    return found, call("zoom_scim_users", box, prune=True, max_deactivations="100%", accounts_path=accounts, people_path=people)


def ended(done: dict[str, Any]) -> list[str]:
    return sorted(row["email"] for row in done["changes"] if row["action"] == "deactivate")


# Everybody


def test_a_row_for_everybody_that_is_not_listed_is_removed_by_its_id(start: Start) -> None:
    box = start(company({"zoom-users": ["ada.byron", CUSTOMER]}))
    done = thrice("google_group_members", box, group=SCOPE, members=["ada.byron@example.com"], exclusive=True)
    assert (done["removed"], box.google.members_of(SCOPE)) == ([CUSTOMER], ["ada.byron@example.com"])
    assert (done["losses"], done["diff"][0]["before"]) == (1, f"{CUSTOMER}: MEMBER\nada.byron@example.com: MEMBER\n")


def test_a_row_for_everybody_counts_as_a_removal(start: Start) -> None:
    box = start(company({"zoom-users": [*NAMES, CUSTOMER]}))
    done = call("google_group_members", box, group=SCOPE, members=[f"{name}@example.com" for name in NAMES], exclusive=True, max_removals=0)
    assert ([row["reason"] for row in done["withheld"]], box.ledger.writes()) == (["max_removals"], [])


def test_who_is_in_scope_by_that_row_alone_leaves_in_the_same_run(start: Start, tmp_path: Path) -> None:
    """In check mode and for real: pending changes name the row by its id."""
    box = start(company({"zoom-users": ["admin", "ada.byron", CUSTOMER]}))
    plan = call(
        "google_group_members", box, check=True, group=SCOPE, members=["admin@example.com", "ada.byron@example.com"], exclusive=True
    )
    _found, done = provision(box, tmp_path, pending_changes=plan["pending_changes"])
    assert ended(done) == ["bob.stone@example.com", "eve.moss@example.com"]


def test_everybody_can_be_listed_on_purpose(start: Start, tmp_path: Path) -> None:
    box = start(company({"zoom-users": ["ada.byron"]}))
    plan = call("google_group_members", box, check=True, group=SCOPE, members=[CUSTOMER], exclusive=True)
    found, done = provision(box, tmp_path, pending_changes=plan["pending_changes"])
    assert (found["summary"]["wanted"], ended(done)) == (4, [])
    done = thrice("google_group_members", box, group=SCOPE, members=[CUSTOMER], exclusive=True)
    assert (done["added"], box.google.members_of(SCOPE)) == ([CUSTOMER], [CUSTOMER])
    gone = thrice("google_group_members", box, group=SCOPE, members=[CUSTOMER], state="absent")
    assert (gone["removed"], box.google.members_of(SCOPE)) == ([CUSTOMER], [])


def test_a_row_for_everybody_put_in_by_hand_is_drift(start: Start, tmp_path: Path) -> None:
    box = start(company({"zoom-users": ["ada.byron"]}))
    options = {"group": SCOPE, "members": ["ada.byron@example.com"], "exclusive": True, "baseline_path": str(tmp_path / "baseline")}
    call("google_group_members", box, **options)
    box.google.add_member(SCOPE, CUSTOMER)
    done = call("google_group_members", box, **options)
    assert [(row["email"], row["action"]) for row in done["drift"]] == [(CUSTOMER, "remove")]


# Gmail


@pytest.mark.parametrize("forms", ["known", "unknown"])
@pytest.mark.parametrize("listed", ["Jo.March@gmail.com", "jomarch@googlemail.com", "j.o.m.a.r.c.h@googlemail.com", "jomarch@gmail.com"])
def test_a_gmail_address_is_one_member_in_each_of_its_forms(start: Start, listed: str, forms: str) -> None:
    box = start(company({"zoom-users": ["jo.march@gmail.com", "ada.byron"]}), google_gmail_forms=forms)
    members = [listed, "ada.byron@example.com"]
    done = thrice("google_group_members", box, group=SCOPE, members=members, exclusive=True)
    assert (done["changed"], done["drift"]) == (False, [])


@pytest.mark.parametrize("forms", ["known", "unknown"])
def test_a_gmail_address_is_added_and_removed_once_and_without_drift(start: Start, tmp_path: Path, forms: str) -> None:
    box = start(company({"zoom-users": ["ada.byron"]}), google_gmail_forms=forms)
    options = {"group": SCOPE, "exclusive": True, "baseline_path": str(tmp_path / "baseline")}
    both = ["ada.byron@example.com", "jo.march@googlemail.com"]
    assert thrice("google_group_members", box, members=both, **options)["added"] == ["jo.march@googlemail.com"]
    gone = thrice("google_group_members", box, members=both[:1], **options)
    assert (gone["removed"], gone["drift"]) == (["jomarch@gmail.com"], [])


def test_a_tag_and_another_domain_s_dots_are_another_member(start: Start) -> None:
    box = start(company({"zoom-users": ["jomarch+zoom@gmail.com", "jo.march@partner.example"]}))
    done = call(
        "google_group_members", box, check=True, group=SCOPE, members=["jo.march+tv@gmail.com", "jomarch@partner.example"], exclusive=True
    )
    assert done["removed"] == ["jo.march@partner.example", "jomarch+zoom@gmail.com"]
    assert done["added"] == ["jo.march+tv@gmail.com", "jomarch@partner.example"]


def test_one_gmail_address_listed_in_two_forms_is_one_member(start: Start) -> None:
    box = start(company({}))
    done = thrice("google_group_members", box, group=SCOPE, members=["jo.march@gmail.com", "jomarch@googlemail.com"], exclusive=True)
    assert done["added"] == ["jo.march@gmail.com"]


# A group that can't be read


def with_foreign(**more: list[str]) -> dict[str, Any]:
    given = company({"zoom-users": ["admin", "ada.byron", TEAM], "team": ["bob.stone"], FOREIGN: [], **more})
    given["google"]["groups"][1]["members"].append(FOREIGN)
    return given


@pytest.mark.parametrize("answer", [403, 404])
def test_a_nested_group_that_can_not_be_read_is_named_with_all_above_it(start: Start, tmp_path: Path, answer: int) -> None:
    box = start(with_foreign(), google_foreign_group=answer)
    found, _none = provision(box, tmp_path)
    assert found["failed"]
    assert f"The group {FOREIGN}, nested in {SCOPE} > {TEAM}, can't be read, so nothing was changed" in found["msg"]
    assert f"take it out of {TEAM}" in found["msg"]
    assert "scope_ignore_unreadable" in found["msg"]


@pytest.mark.parametrize("answer", [403, 404])
def test_told_to_the_run_goes_on_without_it_and_reports_it_each_time(start: Start, tmp_path: Path, answer: int) -> None:
    """Of eve, hasMember itself says that she is in no group of the scope."""
    box = start(with_foreign(), google_foreign_group=answer)
    for ends in (["eve.moss@example.com"], []):
        found, done = provision(box, tmp_path, ignore_unreadable=[FOREIGN])
        assert [(row["email"], row["reason"]) for row in found["attention"]] == [(FOREIGN, "unreadable_group")]
        assert (done["failed"], ended(done)) == (False, ends)


def test_whom_only_the_unreadable_group_may_hold_keeps_the_account(start: Start, tmp_path: Path) -> None:
    """Across domains hasMember can't decide, and no list can be read; above the limit only lists are."""
    given = with_foreign()
    given["google"]["domains"] = ["example.com", "example.org"]
    given["google"]["users"].append({"email": "ann@example.org"})
    given["zoom"]["users"].append({"email": "ann@example.org", "first_name": "Ann", "last_name": "Ann", "display_name": "Ann Ann"})
    box = start(given)
    for limit, kept in ((200, ["ann@example.org"]), (0, ["ann@example.org", "eve.moss@example.com"])):
        accounts, people = str(tmp_path / "accounts"), str(tmp_path / "people")
        call("zoom_user_info", box, dest=accounts)
        call(
            "google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, ignore_unreadable=[FOREIGN], confirm_limit=limit
        )
        done = call("zoom_scim_users", box, check=True, prune=True, accounts_path=accounts, people_path=people, max_deactivations="100%")
        told = [row["email"] for row in done["attention"] if row["reason"] == "unreadable_scope"]
        assert (done["failed"], sorted(told)) == (False, kept)
        assert not set(kept) & set(ended(done))


def test_suspended_people_leave_all_the_same(start: Start, tmp_path: Path) -> None:
    box = start(with_foreign())
    box.google.suspend("bob.stone@example.com")
    _found, done = provision(box, tmp_path, ignore_unreadable=[FOREIGN])
    assert ended(done) == ["bob.stone@example.com", "eve.moss@example.com"]


@pytest.mark.parametrize("options", [{"exclude": {"groups": ["out@example.com"]}}, {"resolve_groups": ["out@example.com"]}])
def test_an_exclusion_or_a_rule_s_group_is_never_read_in_part(start: Start, tmp_path: Path, options: dict[str, Any]) -> None:
    given = with_foreign()
    given["google"]["groups"].append({"email": "out@example.com", "members": [FOREIGN]})
    found, _none = provision(start(given), tmp_path, ignore_unreadable=[FOREIGN], **options)
    assert found["failed"]
    assert f"The group {FOREIGN} can't be read and is nested in out@example.com" in found["msg"]


def test_a_scope_group_itself_that_can_not_be_read_ends_the_run(start: Start, tmp_path: Path) -> None:
    box = start(with_foreign())
    found = call("google_scope_info", box, groups=[SCOPE, FOREIGN], ignore_unreadable=[FOREIGN])
    assert found["failed"]
    partner = FOREIGN.partition("@")[2]
    assert f"groups names the group {FOREIGN}, but no user of this Google customer has an address at {partner}; nothing" in found["msg"]
    assert "Run again" not in found["msg"]


def test_a_refusal_that_is_not_the_group_s_ends_the_run(start: Start, tmp_path: Path) -> None:
    """A missing scope of the token is no property of the group."""
    box = start(with_foreign())
    box.google.set_scopes(["admin.directory.user.readonly", "admin.directory.group.member.readonly"])
    token = box.google.mint(scopes=["admin.directory.user.readonly"])
    connection = {"auth_kind": "accesstoken", "access_token": token, "customer": CUSTOMER, "api_url": box.url}
    found = call("google_scope_info", box, connection=connection, groups=[SCOPE], ignore_unreadable=[FOREIGN, SCOPE])
    assert found["failed"]
