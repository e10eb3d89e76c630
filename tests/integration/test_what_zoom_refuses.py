# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Zoom refuses: each refusal has its cause and a next step, and what stands for good is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answering import ADA, BOB, Start, Tenant, messages, only, provision, token_of
from calling import call
from playing import account

ROOM: dict[str, Any] = {"primaryEmail": "room.one@example.com", "name": {"givenName": "Room", "familyName": "One"}}


# Zoom Rooms


def test_a_zoom_room_that_the_policy_lowers_is_recognised_once_remembered_and_never_announced_again(start: Start, tmp_path: Path) -> None:
    box = start([account("room.one", room=True, license="licensed")])
    tenant = Tenant(box, tmp_path)
    policy = {"people": [ROOM], "default": "basic"}
    tenant.read("run1")
    first = tenant.call("zoom_license_default", **policy)
    assert (first["failed"], first["changed"]) == (False, False)
    assert "room.one@example.com is a Zoom Room, so Zoom refused the downgrade" in messages(first)
    for number, check in enumerate((True, False, True, False), 2):
        box.ledger.clear()
        tenant.read(f"run{number}", check=check)
        later = tenant.call("zoom_license_default", check=check, **policy)
        assert (later["failed"], later["changed"], later["changes"], box.ledger.writes()) == (False, False, [], [])
        assert "room.one@example.com should be given basic, but is a Zoom Room" in messages(later)


def test_a_zoom_room_that_would_be_deactivated_is_remembered_too(start: Start, tmp_path: Path) -> None:
    box = start([account("room.one", room=True)])
    tenant = Tenant(box, tmp_path)
    gone = {"people": [{**ROOM, "in_scope": False}], "prune": True, "scim_rate": 100}
    tenant.read("run1")
    assert "is a Zoom Room, so Zoom refused the deactivate" in messages(tenant.call("zoom_scim_users", **gone))
    tenant.read("run2")
    box.ledger.clear()
    again = tenant.call("zoom_scim_users", **gone)
    assert (again["changes"], box.ledger.writes()) == ([], [])
    assert "should be deactivated (not in scope), but is a Zoom Room" in messages(again)
    tenant.read("run3")
    offboarding = tenant.call("zoom_offboard", users=["room.one@example.com"])
    assert "a Zoom Room" in messages(offboarding, "failed_items")


def test_a_zoom_room_that_should_be_unassigned_is_not_silent_though_nothing_is_lost(start: Start, tmp_path: Path) -> None:
    box = start([account("room.one", room=True, license="basic")])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    first = tenant.call("zoom_license_default", people=[ROOM], default="unassigned")
    assert "is a Zoom Room, so Zoom refused the license" in messages(first)
    tenant.read("run2")
    assert "should be given unassigned, but is a Zoom Room" in messages(
        tenant.call("zoom_license_default", people=[ROOM], default="unassigned")
    )


def test_an_admin_whom_a_token_can_not_distinguish_from_a_room_is_not_taken_for_one_for_good(start: Start, tmp_path: Path) -> None:
    box = start([account("ada.byron", role="admin")])
    tenant = Tenant(box, tmp_path, connection=token_of(box))
    gone = {"people": [{**ADA, "in_scope": False}], "prune": True}
    tenant.read("run1")
    refusal = tenant.call("zoom_scim_users", **gone)
    assert "keeps access: the account has a role other than Member or is a Zoom Room" in messages(refusal, "failed_items")
    box.zoom.set_role("ada.byron@example.com", "member")
    tenant.read("run2")
    assert tenant.call("zoom_scim_users", **gone)["changed"]
    assert box.zoom.user("ada.byron@example.com").status == "inactive"


# refusals with their cause


def refused(result: dict[str, Any]) -> str:
    assert (result["failed"], result.get("partial")) == (True, True), result
    return messages(result, "failed_items")


@pytest.mark.parametrize("status", [400, 409])
def test_an_address_that_is_in_use_elsewhere_is_explained_with_both_ways_out(start: Start, status: int) -> None:
    box = start(switches={"create_over_pending": status}, foreign_logins={"ada.byron@example.com"})
    told = refused(provision(box, ADA))
    assert "have it consolidated into this account" in told
    assert "or map another address to userName" in told


def test_several_subscriptions_are_named_as_such(start: Start) -> None:
    box = start([account("ada.byron")], {"multiple_subscriptions": True})
    told = refused(call("zoom_license_default", box, people=[ADA], default="licensed"))
    assert "Multiple Subscription Quoting" in told
    assert "assign it in Zoom (User Management, Users)" in told


def test_who_manages_a_call_queue_of_zoom_phone_keeps_licence_and_account_with_the_reason(start: Start) -> None:
    box = start([account("ada.byron", call_queue_manager=True, license="licensed")])
    told = refused(call("zoom_license_default", box, people=[ADA], default="basic", max_removals="100%"))
    assert "manages a call queue or auto-receptionist of Zoom Phone; give that to somebody else" in told
    gone = {**ADA, "in_scope": False}
    assert "call queue" in refused(provision(box, gone, prune=True, deprovision={"out_of_scope": "delete"}))


def test_a_name_with_an_invalid_word_fails_for_that_attribute_of_that_account_alone(start: Start) -> None:
    box = start([account("ada.byron", department="Former"), account("bob.oneill", department="Former")], blocked_words=["Byronic"])
    ada = {**ADA, "name": {"givenName": "Ada", "familyName": "Byronic"}, "organizations": [{"primary": True, "department": "Sales"}]}
    bob = {**BOB, "organizations": [{"primary": True, "department": "Sales"}]}
    told = refused(provision(box, ada, bob))
    assert "its name holds a word that Zoom does not allow; correct the name in Google" in told
    found = [box.zoom.user(f"{name}@example.com") for name in ("ada.byron", "bob.oneill")]
    assert [(user.last_name, user.department) for user in found] == [("Byron", "Sales"), ("Oneill", "Sales")]


def test_a_long_chinese_display_name_is_refused_alone_and_explained(start: Start) -> None:
    box = start([account("ada.byron", department="Former")], {"chinese_display_name": "refused"})
    ada = {**ADA, "organizations": [{"primary": True, "department": "Sales", "title": "\u6f22" * 11}]}
    mapping = {"displayName": "organizations[0].title", "department": "organizations[0].department"}
    assert "at most ten Chinese characters in a display name" in refused(provision(box, ada, attributes=mapping))
    assert box.zoom.user("ada.byron@example.com").department == "Sales"


# names that Zoom normalises

NAMES = {"composed accents": "Zoe\u0301", "blanks at the end": "Zoe ", "doubled blanks": "Zoe  Ann", "unseen marks": "Zoe\u200e\u00ad"}


@pytest.mark.parametrize("how", ["kept", "normalised"])
@pytest.mark.parametrize("kind", NAMES)
def test_names_are_compared_as_zoom_shows_them(start: Start, kind: str, how: str) -> None:
    box = start(switches={"normalise_names": how})
    zoe = {
        **ADA,
        "name": {"givenName": NAMES[kind], "familyName": "Byron"},
        "organizations": [{"primary": True, "department": NAMES[kind]}],
    }
    assert not provision(box, zoe)["failed"]
    box.ledger.clear()
    again = provision(box, zoe)
    assert (again["failed"], again["changed"], again["diff"], box.ledger.writes()) == (False, False, [], [])


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_that_only_looks_the_same_in_zoom_is_no_change(start: Start, tmp_path: Path, kind: str) -> None:
    name = {"composed accents": "Zo\u00e9"}.get(kind, "Zoe Ann" if kind == "doubled blanks" else "Zoe")
    box = start([account("ada.byron", first_name=NAMES[kind], display_name=f"{NAMES[kind]} Byron", department=NAMES[kind])])
    zoe = {**ADA, "name": {"givenName": name, "familyName": "Byron"}, "organizations": [{"primary": True, "department": name}]}
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    result = tenant.call("zoom_scim_users", people=[zoe], scim_rate=100)
    assert (result["failed"], result["changed"], result["diff"]) == (False, False, [])
    box.zoom.change(box.zoom.user("ada.byron@example.com"), first_name=name)
    tenant.read("run2")
    assert "drifted" not in tenant.record("ada.byron"), "nobody sees that difference"


@pytest.mark.parametrize("how", ["kept", "normalised"])
@pytest.mark.parametrize("kind", NAMES)
def test_a_mapped_zoom_group_is_found_by_its_name_as_zoom_shows_it(start: Start, tmp_path: Path, kind: str, how: str) -> None:
    box = start([account("ada.byron")], {"normalise_names": how})
    group = {"name": NAMES[kind], "users": ["ada.byron@example.com"]}
    tenant = Tenant(box, tmp_path)
    for number, changed in enumerate((True, False)):
        tenant.read(f"run{number}")
        result = tenant.call("zoom_groups", people=[ADA], groups=[group])
        assert (result["failed"], result["changed"]) == (False, changed), result
    assert len(box.zoom.groups) == 1


# a mapped employee number

NUMBER = {"employeeNumber": "externalIds[0].value"}
NUMBERED = {**ADA, "externalIds": [{"value": "4711", "type": "organization"}]}


def test_a_mapped_employee_number_is_shown_in_changes_and_diff(start: Start) -> None:
    box = start()
    result = provision(box, NUMBERED, attributes=NUMBER, diff_form="full")
    assert only(result["changes"])["after"]["employeeNumber"] == "4711"
    assert "employeeNumber: 4711" in only(result["diff"])["after"]


def test_a_mapped_employee_number_that_lists_show_otherwise_is_written_once(start: Start) -> None:
    box = start([account("ada.byron", employee_number="1", employee_unique_id="1")])
    check = provision(box, NUMBERED, attributes=NUMBER, check=True)
    result = provision(box, NUMBERED, attributes=NUMBER)
    assert check["changes"] == result["changes"]
    assert only(result["changes"])["after"] == {"employeeNumber": "4711"}
    assert box.zoom.user("ada.byron@example.com").employee_number == "4711"
    box.ledger.clear()
    assert (provision(box, NUMBERED, attributes=NUMBER)["changed"], box.ledger.writes()) == (False, [])


def test_an_employee_number_that_lists_do_not_show_is_not_compared_by_what_they_show(start: Start) -> None:
    box = start([account("ada.byron", employee_number="4711", employee_unique_id="ada@saml")], {"employee_number_in_list": "apart"})
    box.ledger.clear()
    assert (provision(box, NUMBERED, attributes=NUMBER)["changed"], box.ledger.writes()) == (False, [])


def test_the_anchor_is_shown_by_the_name_that_lists_give_it(start: Start) -> None:
    result = provision(start(), {**ADA, "id": "117"}, identity="employeeNumber")
    after = only(result["changes"])["after"]
    assert (after["employee_unique_id"], "employeeNumber" in after) == ("117", False)
