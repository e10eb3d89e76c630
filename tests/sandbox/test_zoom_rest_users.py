# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST users: the three lists, paging, one user, PATCH, status, email, token, delete, summary."""

from __future__ import annotations

from typing import Any

import pytest
from test_zoom_support import Zoom, people

USERS = "/v2/users"
ROW = {
    "id", "email", "first_name", "last_name", "display_name", "type", "status", "role_id", "dept", "group_ids",
    "im_group_ids", "division_ids", "pmi", "timezone", "verified", "user_created_at", "created_at",
}  # fmt: skip


def emails(zoom: Zoom, **query: Any) -> list[str]:
    return [row["email"] for row in zoom.get(USERS, **query).json["users"]]


def patch(zoom: Zoom, user: str, /, **body: Any) -> Any:
    return zoom.call("PATCH", f"{USERS}/{user}", body)


# Reads


def test_the_three_lists() -> None:
    zoom = people()
    assert len(emails(zoom)) == 6
    assert emails(zoom, status="inactive") == ["gone@example.com"]
    pending = zoom.get(USERS, status="pending").json["users"]
    assert pending == [{"email": "new.person@example.com", "type": 1, "status": "pending", "verified": 0}]
    assert zoom.get(USERS, status="asleep").json["errors"] == [{"field": "status", "message": "Invalid field."}]
    assert emails(zoom, role_id="1") == ["admin@example.com"]


def test_rows_hold_no_zoom_one_type_but_one_user_does() -> None:
    zoom = people()
    rows = {row["email"]: row for row in zoom.get(USERS).json["users"]}
    assert set(rows["bob@example.com"]) == ROW
    assert set(rows["ada.byron@example.com"]) == ROW | {"last_login_time", "last_client_version"}
    assert rows["plus@example.com"]["type"] == 2
    one = zoom.get(f"{USERS}/{zoom.id('plus@example.com')}").json
    assert one["zoom_one_type"] == 16
    assert {"role_name", "job_title", "login_types", "account_id", "phone_numbers", "manager"} <= set(one)


def test_included_fields() -> None:
    zoom = people()
    patch(zoom, "bob@example.com", custom_attributes=[{"key": "k", "name": "Badge", "value": "blue"}])
    assert "custom_attributes" not in zoom.get(USERS).text
    rows = zoom.get(USERS, include_fields="custom_attributes").json["users"]
    (found,) = [row["custom_attributes"] for row in rows if "custom_attributes" in row]
    assert found[0]["name"] == "Badge"
    assert found[0]["value"] == "blue"


def test_paging_by_token() -> None:
    zoom = Zoom({"users": [{"email": f"p{number}@example.com"} for number in range(65)]})
    first = zoom.get(USERS).json
    assert (first["page_size"], first["page_count"], first["total_records"], len(first["users"])) == (30, 3, 65, 30)
    token = first["next_page_token"]
    second = zoom.get(USERS, next_page_token=token).json
    third = zoom.get(USERS, next_page_token=second["next_page_token"]).json
    assert third["next_page_token"] == ""
    seen = {row["email"] for page in (first, second, third) for row in page["users"]}
    assert len(seen) == 65
    invalid = (400, {"code": 300, "message": "The next page token is invalid or expired."})
    other_list = zoom.get(USERS, next_page_token=token, status="inactive")
    assert (other_list.status, other_list.json) == invalid
    zoom.context.clock.advance(15 * 60)
    late = zoom.get(USERS, next_page_token=token)
    assert (late.status, late.json) == invalid
    assert zoom.get(USERS, page_size=2001).code == (400, 300)
    zoom.switches["page_size"] = 5
    assert zoom.get(USERS, page_size=300).json["page_size"] == 5


def test_a_page_holds_300_at_most() -> None:
    zoom = Zoom({"users": [{"email": f"p{number}@example.com"} for number in range(301)]})
    assert len(zoom.get(USERS, page_size=2000).json["users"]) == 300


def test_a_tenant_may_give_more_than_300_or_refuse_to() -> None:
    zoom = Zoom({"users": [{"email": f"p{number}@example.com"} for number in range(301)]})
    zoom.switches["most_users"] = 2000
    whole = zoom.get(USERS, page_size=2000).json
    assert (len(whole["users"]), whole["page_size"], whole["next_page_token"]) == (301, 2000, "")
    zoom.switches["most_users"] = "refused"
    assert zoom.get(USERS, page_size=301).code == (400, 300)
    assert len(zoom.get(USERS, page_size=300).json["users"]) == 300


def test_one_user() -> None:
    zoom = people()
    assert zoom.get(f"{USERS}/me").json["email"] == "owner@example.com"
    assert zoom.get(f"{USERS}/ADA.BYRON@example.com").json["dept"] == "Research"
    answer = zoom.get(f"{USERS}/nobody@example.com")
    assert (answer.status, answer.json) == (404, {"code": 1001, "message": "User does not exist: nobody@example.com."})
    assert zoom.get(f"{USERS}/bob@example.com", login_type=5).code == (400, 300)
    assert zoom.get(f"{USERS}/E1", search_by_unique_id="true").code == (404, 1001)
    zoom.account.add_user("e1@example.com", employee_unique_id="E1")
    assert zoom.get(f"{USERS}/E1", search_by_unique_id="true").json["email"] == "e1@example.com"


def test_a_pending_user_was_created_now() -> None:
    zoom = people()
    zoom.context.clock.advance(3600)
    assert zoom.get(f"{USERS}/new.person@example.com").json["created_at"] == "2026-11-24T09:00:00Z"
    zoom.account.expire_invitation("new.person@example.com")
    for answer in (zoom.get(f"{USERS}/new.person@example.com"), patch(zoom, "new.person@example.com", dept="x")):
        assert answer.code == (400, 1120)


def test_summary() -> None:
    zoom = people()
    assert zoom.get(f"{USERS}/summary").json == {
        "licensed_users_count": 3, "basic_users_count": 2, "on_prem_users_count": 0, "room_users_count": 1,
        "pending_users_count": 1, "join_only_users_count": 0, "total_users_count": 6,
    }  # fmt: skip


def test_invitations_hold_seats() -> None:
    zoom = people()
    for number in range(2):
        zoom.account.add_user(f"l{number}@example.com", status="pending", license="licensed")
    assert patch(zoom, "bob@example.com", type=2).code == (400, 3412)


# PATCH


def test_patch_changes_what_it_may() -> None:
    zoom = people()
    answer = patch(zoom, "bob@example.com", dept="Law", job_title="Clerk", email="x@example.com", status="inactive")
    assert (answer.status, answer.text) == (204, "")
    body = zoom.get(f"{USERS}/bob@example.com").json
    assert (body["dept"], body["job_title"], body["email"], body["status"]) == (
        "Law",
        "Clerk",
        "bob@example.com",
        "active",
    )
    patch(zoom, "bob@example.com", first_name="Rob", display_name="")
    assert zoom.get(f"{USERS}/bob@example.com").json["display_name"] == "Rob Carr"


@pytest.mark.parametrize(
    "body",
    [
        {"job_title": "x" * 129},
        {"first_name": 1},
        {"phone_numbers": [{"number": "1", "label": "Office"}] * 4},
        {"custom_attributes": [{"key": "k", "name": "n", "value": "v"}] * 6},
        {"manager": "nobody@example.com"},
        {"type": 9},
        {"zoom_one_type": 16.0},
        {"zoom_one_type": 17},
        {"plan_united_type": 1},
    ],
)
def test_patch_validates(body: dict[str, Any]) -> None:
    assert patch(people(), "bob@example.com", **body).code == (400, 300)


def test_one_licence_field_at_a_time() -> None:
    answer = patch(people(), "bob@example.com", type=2, zoom_one_type=16)
    text = 'You can\'t change the "type" or "plan_united_type" or "zoom_one_type" at the same time.'
    assert (answer.code, answer.json["message"]) == ((400, 300), text)


def test_licences_by_patch() -> None:
    zoom = people()
    assert patch(zoom, "bob@example.com", zoom_one_type=16).status == 204
    assert patch(zoom, "ada.byron@example.com", zoom_one_type=16).code == (400, 2038)
    assert patch(zoom, "bob@example.com", type=2).status == 204
    assert zoom.get(f"{USERS}/bob@example.com").json["zoom_one_type"] == 16
    assert patch(zoom, "bob@example.com", zoom_one_type=0).status == 204
    body = zoom.get(f"{USERS}/bob@example.com").json
    assert body["type"] == 1
    assert "zoom_one_type" not in body
    assert patch(zoom, "bob@example.com", plan_united_type="1").status == 204
    assert patch(zoom, "ada.byron@example.com", plan_united_type="1").code == (400, 2034)
    assert patch(zoom, "bob@example.com", plan_united_type="none").status == 204
    assert patch(zoom, "bob@example.com", type=4).status == 204
    assert zoom.get(f"{USERS}/bob@example.com").json["type"] == 4
    assert patch(zoom, "bob@example.com", type=3).json["message"] == "Your account can't set user type as On-prem."


def test_a_full_basic_pool() -> None:
    zoom = people()
    zoom.account.set_seats({"basic": 3, "licensed": 4, "zoom_one_type": {16: 1}})
    assert patch(zoom, "ada.byron@example.com", type=1).code == (400, 2033)
    assert patch(zoom, "plus@example.com", zoom_one_type=0).code == (400, 2039)
    answer = zoom.call("PUT", f"{USERS}/gone@example.com/status", {"action": "activate"})
    assert answer.code == (400, 3412)


def test_a_workplace_base_plan() -> None:
    zoom = people()
    zoom.account.base_zoom_one_type = 16
    assert patch(zoom, "bob@example.com", type=2).status == 204
    assert zoom.get(f"{USERS}/bob@example.com").json["zoom_one_type"] == 16
    text = "You can't turn off your Zoom One license now because you are having Zoom One as your basic plan type."
    assert patch(zoom, "bob@example.com", zoom_one_type=0).json == {"code": 300, "message": text}


def test_patch_without_effect() -> None:
    zoom = people()
    for email in ("new.person@example.com", "gone@example.com"):
        assert patch(zoom, email, type=2, dept="x").status == 204
        assert zoom.account.user(email).department == ""
        assert zoom.account.user(email).license.type == 1
    group_id = zoom.account.group("Engineering").id
    assert patch(zoom, "new.person@example.com", group_id=group_id).status == 204
    zoom.account.accept_invitation("new.person@example.com")
    assert zoom.account.user("new.person@example.com").group_ids == [group_id]


def test_rooms_stay_licensed() -> None:
    zoom = people()
    room_id = zoom.id("room@example.com")
    answer = patch(zoom, "room@example.com", type=1)
    assert answer.json == {"code": 200, "message": f"A Zoom Room user cannot be changed to a free user type: {room_id}"}


def test_upcoming_events_keep_a_licence() -> None:
    zoom = people()
    zoom.account.change(zoom.account.user("ada.byron@example.com"), upcoming_events=True)
    text = 'You cannot change the user type to "Basic" because this user has an upcoming Zoom Events scheduled.'
    assert patch(zoom, "ada.byron@example.com", type=1).json["message"] == text


def test_the_limit_of_assignments() -> None:
    zoom = people(license_reassignment_limit=1)
    assert patch(zoom, "bob@example.com", type=2).status == 204
    assert patch(zoom, "bob@example.com", type=1).status == 204
    text = "You have exceeded the limit of license assignments for your account."
    assert patch(zoom, "bob@example.com", type=2).json["message"] == text


def test_the_saml_mapping_at_sign_in() -> None:
    zoom = people(saml_mapping="basic")
    zoom.account.sign_in("plus@example.com")
    assert zoom.get(f"{USERS}/plus@example.com").json["type"] == 1
    zoom.switches["saml_mapping"] = "off"
    zoom.account.set_license("plus@example.com", {"zoom_one_type": 16})
    zoom.account.sign_in("plus@example.com")
    assert zoom.get(f"{USERS}/plus@example.com").json["zoom_one_type"] == 16


# Status, email, token, delete


def test_status() -> None:
    zoom = people()
    path = f"{USERS}/ada.byron@example.com/status"
    answer = zoom.call("PUT", path, {"action": "deactivate"})
    assert (answer.status, answer.text) == (200, "")
    body = zoom.get(f"{USERS}/ada.byron@example.com").json
    assert (body["status"], body["type"]) == ("inactive", 1)
    zoom.switches["status_put"] = 204
    assert zoom.call("PUT", path, {"action": "activate"}).status == 204
    assert zoom.call("PUT", path, {"action": "sleep"}).code == (400, 300)
    for email in ("admin@example.com", "owner@example.com", "room@example.com"):
        refused = zoom.call("PUT", f"{USERS}/{email}/status", {"action": "deactivate"})
        text = "Zoom Room and Admin users' status cannot be activated or deactivated."
        assert (refused.status, refused.json) == (400, {"code": 200, "message": text})
    assert zoom.call("PUT", f"{USERS}/new.person@example.com/status", {"action": "deactivate"}).code == (400, 1120)
    assert zoom.call("PUT", f"{USERS}/nobody/status", {"action": "activate"}).code == (404, 1001)


def test_email() -> None:
    zoom = people()

    def rename(email: str, new: str) -> Any:
        return zoom.call("PUT", f"{USERS}/{email}/email", {"email": new})

    assert rename("bob@example.com", "ada.byron@example.com").code == (409, 1005)
    text = "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account."
    assert rename("bob@example.com", "bob@elsewhere.net").json["message"] == text
    assert rename("admin@example.com", "x@example.com").code == (400, 1000)
    assert rename("owner@example.com", "boss@example.com").status == 204
    assert rename("new.person@example.com", "x@example.com").code == (404, 1001)
    assert rename("bob@example.com", "b1@example.org").status == 204
    for number in (1, 2):
        assert rename(f"b{number}@example.org", f"b{number + 1}@example.org").status == 204
    fourth = rename("b3@example.org", "b4@example.org")
    assert (fourth.status, fourth.headers["x-ratelimit-type"]) == (429, "Daily-limit")
    zoom.context.clock.advance(24 * 3600)
    zoom.token = ""
    assert rename("b3@example.org", "b4@example.org").status == 204


def test_token() -> None:
    zoom = people()
    assert zoom.call("DELETE", f"{USERS}/bob@example.com/token").status == 204
    assert zoom.account.user("bob@example.com").sso_revocations == 1
    assert zoom.call("DELETE", f"{USERS}/nobody/token").code == (404, 1001)


def test_delete() -> None:
    zoom = people()

    def delete(email: str, **query: str) -> Any:
        return zoom.call("DELETE", f"{USERS}/{email}", **query)

    assert delete("bob@example.com").code == (400, 1107)
    assert delete("admin@example.com", action="delete").code == (400, 1117)
    assert delete("room@example.com", action="delete").code == (400, 200)
    assert delete("bob@example.com", action="delete", transfer_email="BOB@example.com").code == (400, 300)
    assert delete("bob@example.com", action="delete", transfer_email="nobody@example.com").code == (404, 1001)
    assert delete("bob@example.com", action="delete", transfer_email="ada.byron@example.com").status == 204
    assert zoom.call("POST", "/scim2/Users", {"userName": "bob@example.com"}).status == 201
    assert delete("new.person@example.com").status == 204
    assert zoom.get(f"{USERS}/new.person@example.com").code == (400, 1120)
    zoom.account.add_user("guest@elsewhere.net")
    assert delete("guest@elsewhere.net").status == 204
    assert zoom.call("POST", "/scim2/Users", {"userName": "guest@elsewhere.net"}).detail[0] == 400
