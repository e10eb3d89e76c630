# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each module by itself: in check mode, for real, and again; and what it says when it can't."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from calling import call, thrice
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

PEOPLE = [person("ada.byron"), person("bob.stone"), person("cleo.park"), person("dan.lee")]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    groups = {"zoom-users": ["team", "ada.byron"], "team": ["bob.stone"]}
    accounts = [account("ada.byron", license="licensed"), account("bob.stone"), account("dan.lee", status="inactive")]
    given = seed(PEOPLE, groups, accounts)
    given["zoom"]["groups"] = [{"name": "Old"}]
    with Sandbox.start(given) as started:
        yield started


def test_a_google_group_is_created_changed_and_removed(box: Sandbox) -> None:
    made = thrice("google_group", box, email="new@example.com", name="New")
    assert made["pending_changes"] == [{"group": "new@example.com", "created": True, "added": [], "removed": []}]
    changed = thrice("google_group", box, email="new@example.com", description="Ours")
    assert (changed["group"]["name"], changed["group"]["description"]) == ("New", "Ours")
    thrice("google_group", box, email="new@example.com", state="absent")
    assert box.google.find_group("new@example.com") is None


def test_members_are_added_and_removed_and_an_alias_is_the_same_member(box: Sandbox) -> None:
    box.google.add_alias("ada.byron@example.com", "ada@example.com")
    members = ["ada@example.com", {"email": "cleo.park@example.com", "role": "MANAGER"}]
    done = thrice("google_group_members", box, group=SCOPE, members=members, exclusive=True)
    assert (done["added"], done["removed"]) == (["cleo.park@example.com"], ["team@example.com"])
    thrice("google_group_members", box, group=SCOPE, members=["cleo.park@example.com"], state="absent")
    assert box.google.members_of(SCOPE) == ["ada.byron@example.com"]


def test_one_refused_member_does_not_stop_the_others(box: Sandbox) -> None:
    done = call("google_group_members", box, group=SCOPE, members=["nobody@example.com", "cleo.park@example.com"])
    assert (done["failed"], done["partial"], done["added"]) == (True, True, ["cleo.park@example.com"])
    assert "nobody@example.com" in done["msg"]


def test_more_removals_than_allowed_are_blocked(box: Sandbox) -> None:
    done = call("google_group_members", box, group=SCOPE, members=["cleo.park@example.com"], exclusive=True, max_removals=1)
    assert (done["partial"], done["removed"], done["added"]) == (True, [], ["cleo.park@example.com"])


def test_an_unknown_group_is_named(box: Sandbox) -> None:
    done = call("google_group_members", box, group="none@example.com", members=["ada.byron@example.com"])
    assert "none@example.com does not exist in Google" in done["msg"]


@pytest.mark.parametrize("switch", ["google_group_404_after_create_ms", "google_visible_after_ms"])
def test_a_group_that_google_does_not_show_yet_gets_its_members(box: Sandbox, switch: str) -> None:
    box.switches[switch] = 1500
    made = call("google_group", box, email="new@example.com")
    done = call(
        "google_group_members", box, group="new@example.com", members=["ada.byron@example.com"], pending_changes=made["pending_changes"]
    )
    assert (done["failed"], done["added"]) == (False, ["ada.byron@example.com"]), done
    assert "ada.byron@example.com" in box.google.members_of("new@example.com")


def test_effective_members_come_with_their_chain(box: Sandbox) -> None:
    (group,) = call("google_group_members_info", box, groups=[SCOPE])["groups"]
    assert {row["email"]: row["via"] for row in group["members"]} == {
        "ada.byron@example.com": SCOPE,
        "bob.stone@example.com": f"{SCOPE} > team@example.com",
    }


def test_people_are_returned_where_no_file_is_asked_for(box: Sandbox) -> None:
    found = call("google_scope_info", box, groups=[SCOPE], exclude={"users": ["bob.stone@example.com"]}, expressions=["organizations"])
    people = {row["email"]: row for row in found["people"]}
    assert people["bob.stone@example.com"]["excluded"] == "listed"
    assert found["summary"] == {"people": 5, "in_scope": 2, "wanted": 1}
    done = call("zoom_scim_users", box, people=[people["ada.byron@example.com"]])
    assert (done["failed"], done["changed"]) == (False, False)


def test_an_account_is_made_renamed_changed_and_ended(box: Sandbox) -> None:
    options: dict[str, Any] = {"user_name": "cleo.park@example.com", "given_name": "Cleo", "family_name": "Park"}
    made = thrice("zoom_scim_user", box, **options, license="licensed", attributes={"title": "Head", "costCenter": "C1"})
    assert (made["user"]["status"], box.zoom.find("cleo.park@example.com").job_title) == ("active", "Head")
    key = box.zoom.find("cleo.park@example.com").id
    options["user_name"] = "cleo.ray@example.com"
    box.google.rename("cleo.park@example.com", "cleo.ray@example.com")
    thrice("zoom_scim_user", box, **options, previous_user_names=["cleo.park@example.com"], attributes={"title": "Chief"})
    assert (box.zoom.find("cleo.ray@example.com").id, box.zoom.find("cleo.ray@example.com").job_title) == (key, "Chief")
    thrice("zoom_scim_user", box, user_name="cleo.ray@example.com", state="inactive")
    assert box.zoom.find("cleo.ray@example.com").status == "inactive"


def test_an_admin_is_not_deactivated_but_reported(box: Sandbox) -> None:
    done = call("zoom_scim_user", box, user_name="admin@example.com", state="inactive")
    assert (done["changed"], done["attention"][0]["reason"]) == (False, "protected")
    assert "owner or admin" in call("zoom_scim_user", box, user_name="admin@example.com", state="absent")["msg"]


def test_a_zoom_group_comes_and_goes_with_its_members(box: Sandbox) -> None:
    thrice("zoom_group", box, name="Trainers")
    thrice("zoom_group_members", box, group="Trainers", members=["ada.byron@example.com", "BOB.stone@example.com"])
    thrice("zoom_group_members", box, group="trainers", members=["ada.byron@example.com"], exclusive=True)
    refused = call("zoom_group_members", box, group="Trainers", members=["dan.lee@example.com", "bob.stone@example.com"])
    assert (refused["partial"], "dan.lee@example.com has no active Zoom account" in refused["msg"]) == (True, True)
    assert "does not exist in Zoom" in call("zoom_group_members", box, group="None", members=["ada.byron@example.com"])["msg"]
    thrice("zoom_group", box, name="Trainers", state="absent")


def test_accounts_are_returned_by_address_and_by_state(box: Sandbox) -> None:
    assert call("zoom_user_info", box)["summary"] == {"active": 3, "inactive": 1}
    (ada,) = call("zoom_user_info", box, emails=["ADA.byron@example.com"])["users"]
    assert (ada["first_name"], ada["type"]) == ("Ada", 2)
    assert [row["email"] for row in call("zoom_user_info", box, status=["inactive"])["users"]] == ["dan.lee@example.com"]


def test_the_licence_policy_frees_and_gives(box: Sandbox) -> None:
    people = [{"primaryEmail": "ada.byron@example.com"}, {"primaryEmail": "bob.stone@example.com", "groups": ["managers@example.com"]}]
    rules = [{"groups": ["managers@example.com"], "license": "licensed"}]
    done = thrice("zoom_license_default", box, people=people, default="basic", rules=rules)
    assert sorted(row["action"] for row in done["changes"]) == ["downgrade", "license"]
    assert "no API" in done["by_hand"]


def test_mapped_groups_from_a_short_list_of_people(box: Sandbox) -> None:
    people = [{"primaryEmail": "ada.byron@example.com", "orgUnitPath": "/Staff"}]
    done = thrice("zoom_groups", box, people=people, groups=[{"name": "Staff", "org_units": ["/Staff"]}])
    assert [row["action"] for row in done["changes"]] == ["create_group", "add"]


def test_a_scim_token_is_enough_for_accounts_and_says_what_it_can_not_do(box: Sandbox) -> None:
    token = box.scim_connection()
    people = [{"primaryEmail": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "King"}},
              {"primaryEmail": "cleo.park@example.com", "name": {"givenName": "Cleo", "familyName": "Park"}}]  # fmt: skip
    done = call("zoom_scim_users", box, connection=token, people=people)
    assert (done["failed"], [row["action"] for row in done["changes"]]) == (False, ["update", "create"]), done
    ended = call("zoom_scim_user", box, connection=token, user_name="cleo.park@example.com", state="absent")
    assert "needs Zoom's REST API" in ended["msg"]


def test_a_licence_that_scim_can_not_give_to_the_one_account_that_is_named_has_failed(box: Sandbox) -> None:
    """In a policy for many it is a standing condition; here nothing else was asked for."""
    options = {"connection": box.scim_connection(), "user_name": "bob.stone@example.com", "license": {"zoom_one_type": 4398046511104}}
    for check in (True, False):
        done = call("zoom_scim_user", box, check=check, **options)
        assert (done["failed"], done["changed"], [row["email"] for row in done["failed_items"]]) == (True, False, ["bob.stone@example.com"])
        assert "bob.stone@example.com was not given zoom_one_type 4398046511104" in done["msg"]
        assert done["attention"] == []
    new = {"user_name": "new.one@example.com", "given_name": "New", "family_name": "One"}
    made = call("zoom_scim_user", box, **{**options, **new})
    assert ([row["email"] for row in made["failed_items"]], made["summary"]["create"]) == (["new.one@example.com"], 1)


def test_attributes_that_no_list_shows_are_compared_when_asked_to(box: Sandbox) -> None:
    people = [{"primaryEmail": "ada.byron@example.com", "organizations": [{"title": "Head", "costCenter": "C9"}]}]
    attributes = {"title": "organizations[0].title", "costCenter": "organizations[0].costCenter"}
    assert not call("zoom_scim_users", box, people=people, attributes=attributes)["changed"]
    thrice("zoom_scim_users", box, people=people, attributes=attributes, verify_unlisted="always")
    ada = box.zoom.find("ada.byron@example.com")
    assert (ada.job_title, ada.cost_center) == ("Head", "C9")


def test_the_journal_holds_each_write_with_before_and_after_and_settles_what_was_left_open(box: Sandbox, tmp_path: Any) -> None:
    people = [{"primaryEmail": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "King"}}]
    (tmp_path / "old.jsonl").write_text(
        json.dumps({"event": "intent", "id": "x1", "action": "reactivate", "email": "bob.stone@example.com", "after": {"status": "active"}})
        + "\n{broken"
    )
    call("zoom_scim_users", box, people=people, journal_dir=str(tmp_path), run_id="r1")
    settled = json.loads((tmp_path / "old.jsonl").read_text().splitlines()[-1])
    assert (settled["event"], settled["id"], settled["ok"]) == ("settled", "x1", True)
    lines = [json.loads(line) for line in (tmp_path / "r1.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["intent", "outcome"]
    assert (lines[0]["before"]["last_name"], lines[0]["after"]["last_name"]) == ("Byron", "King")
    assert lines[0]["account_id"] == box.zoom.find("ada.byron@example.com").id
    assert (tmp_path / "r1.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_creation_whose_answer_is_lost_is_made_once(box: Sandbox, drop: str) -> None:
    box.faults.add(method="POST", path="/scim2/Users", drop=drop)
    people = [{"primaryEmail": "cleo.park@example.com", "name": {"givenName": "Cleo", "familyName": "Park"}}]
    done = call("zoom_scim_users", box, people=people)
    assert (done["failed"], done["summary"].get("create")) == (False, 1), done
    assert [user["email"] for user in box.zoom.state()["users"]].count("cleo.park@example.com") == 1


def test_an_account_that_has_no_seat_gets_the_fallback_and_the_refusal_is_explained(box: Sandbox) -> None:
    box.faults.add(method="PATCH", path="/v2/users/[^/]+", status=400, body={"code": 2034, "message": "no seats"})
    done = call("zoom_license_default", box, people=[{"primaryEmail": "bob.stone@example.com"}], default="licensed")
    assert "bob.stone@example.com: the licence was not changed, because no seat is left" in done["msg"]


def test_preflight_names_what_is_missing(box: Sandbox) -> None:
    assert call("zoom_account_info", box)["failed_checks"] == []
    box.zoom.sso = False
    assert any("SSO" in text for text in call("zoom_account_info", box)["failed_checks"])
    wrong = call("zoom_account_info", box, client_secret="a-wrong-secret-of-some-length")
    assert any("ZOOM_CLIENT_SECRET" in text for text in wrong["failed_checks"])
