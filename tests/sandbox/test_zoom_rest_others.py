# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST beside users: features, groups, roles, account, seats."""

from __future__ import annotations

from typing import Any

import pytest
from test_zoom_support import Zoom, people

GROUPS = "/v2/groups"


def features(zoom: Zoom, kind: str, value: str, *names: str) -> Any:
    zoom.account.rates.reset()
    users = [{"email": f"{name}@example.com"} for name in names]
    body = {"feature_type": kind, "feature_value": value, "users": users}
    return zoom.call("POST", "/v2/users/features", body)


# Features


def test_features_succeed_in_part() -> None:
    zoom = people()
    zoom.account.set_seats({"licensed": 3, "basic": 6, "zoom_one_type": {16: 1}})
    answer = features(zoom, "user_type", "2", "bob", "admin", "plus", "room", "gone", "nobody", "ada.byron")
    assert answer.status == 201
    assert answer.json["success_user_ids"] == [zoom.id("bob@example.com")]
    reasons = {row["reason"]: row["user_ids"] for row in answer.json["fail_details"]}
    assert reasons == {
        "Not enough seats": [zoom.id("admin@example.com")],
        "Can't update for Zoom One users": [zoom.id("plus@example.com")],
        "Can't update for Zoom Room users": [zoom.id("room@example.com")],
        "Users not found": [zoom.id("gone@example.com"), "nobody@example.com"],
        "No need to update": [zoom.id("ada.byron@example.com")],
    }


def test_bundles_and_add_ons_by_features() -> None:
    zoom = people()
    assert features(zoom, "zoom_one_type", "0", "plus").json["success_user_ids"] == [zoom.id("plus@example.com")]
    assert zoom.account.user("plus@example.com").license.type == 1
    assert features(zoom, "plan_united_type", "1", "bob").json["fail_details"] == []
    assert features(zoom, "large_meeting", "128", "bob").json["fail_details"] == []
    assert features(zoom, "large_meeting", "128", "bob").json["fail_details"][0]["reason"] == "No need to update"
    assert features(zoom, "large_meeting", "128", "plus").json["fail_details"][0]["reason"] == "Can't update for free users"


def test_features_validate_and_pause() -> None:
    zoom = people()
    assert features(zoom, "user_type", "4", "bob").code == (400, 300)
    assert features(zoom, "default_type", "1", "bob").code == (400, 300)
    assert features(zoom, "user_type", "2", *["bob"] * 31).code == (400, 300)
    assert features(zoom, "user_type", "2", "bob").status == 201
    body = {"feature_type": "user_type", "feature_value": "1", "users": [{"email": "bob@example.com"}]}
    assert zoom.call("POST", "/v2/users/features", body).code == (429, 429)
    start = zoom.account.rates.time()
    zoom.account.rates.time = lambda: start + 10.1
    assert zoom.call("POST", "/v2/users/features", body).status == 201


# Groups


def test_groups() -> None:
    zoom = people()
    created = zoom.call("POST", GROUPS, {"name": "Sales"})
    assert (created.status, set(created.json)) == (201, {"id", "name", "total_members"})
    assert zoom.call("POST", GROUPS, {"name": "Sales"}).json == {
        "code": 4132,
        "message": 'The group name "Sales" is already in use.',
    }
    path = f"{GROUPS}/{created.json['id']}"
    assert zoom.call("POST", GROUPS, {"name": ""}).json["message"] == "Invalid parameter: name."
    assert zoom.call("PATCH", path, {"name": "Engineering"}).json["message"] == "Group name Engineering is already in use."
    assert zoom.call("PATCH", path, {"name": "Trade"}).status == 204
    assert zoom.get(path).json == {"id": created.json["id"], "name": "Trade", "total_members": 0}
    listed = zoom.get(GROUPS, page_size=300).json
    assert (listed["total_records"], listed["next_page_token"]) == (3, "")
    assert zoom.call("DELETE", path).status == 204
    gone = zoom.get(path)
    text = f"A group with this {created.json['id']} does not exist."
    assert (gone.status, gone.json) == (404, {"code": 4130, "message": text})
    assert zoom.get(GROUPS, page_size=301).code == (400, 300)


def test_group_members() -> None:
    zoom = people()
    path = f"{GROUPS}/{zoom.account.group('Engineering').id}/members"
    bob, ada = zoom.id("bob@example.com"), zoom.id("ada.byron@example.com")
    body = {"members": [{"id": bob}, {"email": "new.person@example.com"}, {"email": "nobody@example.com"}, {"id": ada}]}
    added = zoom.call("POST", path, body)
    assert (added.status, set(added.json), added.json["ids"]) == (201, {"added_at", "ids"}, bob)
    assert zoom.call("POST", path, body).json["ids"] == ""
    assert zoom.call("POST", path, {"members": [{"id": bob}] * 31}).code == (400, 300)
    listed = zoom.get(path, page_size=1).json
    assert (listed["total_records"], listed["page_size"], len(listed["members"])) == (2, 1, 1)
    assert set(listed["members"][0]) == {"id", "email", "first_name", "last_name", "type"}
    rest = zoom.get(path, page_size=1, next_page_token=listed["next_page_token"]).json
    assert rest["members"][0]["email"] == "bob@example.com"
    assert zoom.call("DELETE", f"{path}/bob@example.com").status == 204
    assert zoom.call("DELETE", f"{path}/{bob}").json == {"code": 4131, "message": "Group member does not exist."}


def test_move_and_primary() -> None:
    zoom = people()
    first, second = zoom.account.group("Engineering"), zoom.account.group("Everybody")
    zoom.account.add_member("Everybody", "ada.byron@example.com")
    email = "ada.byron@example.com"
    path = f"{GROUPS}/{second.id}/members/{email}"
    assert zoom.call("PATCH", path, {"action": "set_primary", "target_group_id": second.id}).status == 204
    assert zoom.account.user(email).group_ids == [second.id, first.id]
    zoom.account.remove_member("Engineering", email)
    assert zoom.call("PATCH", path, {"action": "move"}).json["message"] == "The target_group_id can not be empty."
    assert zoom.call("PATCH", path, {"action": "move", "target_group_id": first.id}).status == 204
    assert zoom.account.user(email).group_ids == [first.id]


def test_groups_are_for_paid_accounts() -> None:
    for status in (400, 200):
        answer = Zoom({"plan": "free"}, paid_only_refusal=status).get(GROUPS)
        assert (answer.status, answer.json) == (status, {"code": 200, "message": "Only available for Paid account."})


def test_group_settings_know_no_licence() -> None:
    zoom = people()
    path = f"{GROUPS}/{zoom.account.group('Engineering').id}/settings"
    assert zoom.call("PATCH", path, {"in_meeting": {"chat": False}}).status == 204
    assert zoom.get(path).json["in_meeting"] == {"chat": False}
    assert "license" not in zoom.get(path).text


# Roles


def test_roles() -> None:
    zoom = people()
    rows = zoom.get("/v2/roles").json["roles"]
    assert [(row["id"], row["name"], row["total_members"]) for row in rows[:3]] == [
        ("0", "Owner", 1),
        ("1", "Admin", 1),
        ("2", "Member", 6),
    ]
    assert zoom.get("/v2/roles", type="iq").json["roles"] == []
    assert "privileges" in zoom.get("/v2/roles/1").json
    assert zoom.get("/v2/roles/9").code == (400, 1034)
    assert [row["email"] for row in zoom.get("/v2/roles/1/members").json["members"]] == ["admin@example.com"]


def test_role_members() -> None:
    zoom = people()
    body = {"members": [{"email": "bob@example.com"}]}
    added = zoom.call("POST", "/v2/roles/1/members", body)
    assert (added.status, added.json["ids"]) == (201, zoom.id("bob@example.com"))
    assert "add_at" in added.json
    for role_id in ("0", "2"):
        text = "Can't delete or add members for Normal/Owner roles."
        assert zoom.call("POST", f"/v2/roles/{role_id}/members", body).json["message"] == text
    assert zoom.call("DELETE", "/v2/roles/1/members/bob@example.com").status == 204
    assert zoom.account.user("bob@example.com").role_id == "2"


# Account


def test_domains_and_settings() -> None:
    zoom = people()
    assert zoom.get("/v2/accounts/me/managed_domains").json == {
        "domains": [
            {"domain": "example.com", "status": "verified"},
            {"domain": "example.org", "status": "verified"},
        ],
        "total_records": 2,
    }
    assert zoom.get(f"/v2/accounts/{zoom.account.account_id}/trusted_domains").json == {"trusted_domains": []}
    assert zoom.get("/v2/accounts/other/managed_domains").json == {
        "code": 2001,
        "message": "Account does not exist: other",
    }
    assert "license" not in zoom.get("/v2/accounts/me/settings").text


def test_plans_usage_follows_every_change() -> None:
    zoom = people()
    body = zoom.get("/v2/accounts/me/plans/usage").json
    assert body["plan_base"] == {"type": "yearly", "hosts": 4, "usage": 2, "pending": 0}
    assert body["plan_zoom_one"] == [{"type": "zobp_usca_monthly_unlimited", "hosts": 2, "usage": 1, "pending": 0}]
    assert body["plan_united"]["hosts"] == 1
    zoom.call("PATCH", "/v2/users/bob@example.com", {"type": 2})
    zoom.call("POST", "/v2/users", {"action": "create", "user_info": {"email": "i@example.com", "type": 2}})
    body = zoom.get("/v2/accounts/me/plans/usage").json
    assert body["plan_base"] == {"type": "yearly", "hosts": 4, "usage": 3, "pending": 1}


@pytest.mark.parametrize(("shape", "status"), [("forbidden", 400), ("array", 200)])
def test_plans_usage_as_other_accounts_see_it(shape: str, status: int) -> None:
    answer = people(plans_usage=shape).get("/v2/accounts/me/plans/usage")
    assert answer.status == status
    if status == 200:
        assert answer.json["plan_base"][0]["active_hosts"] == 2
