# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/scim2/Users: paging, filters, field profiles, create, partial PUT, PATCH, DELETE, and the switches on them."""

from __future__ import annotations

from typing import Any

import pytest
from test_zoom_support import Zoom, people

USERS = "/scim2/Users"
CORE = {"id", "schemas", "meta", "userName", "name", "displayName", "emails", "active", "userType"}
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User"
ZOOM_USER = "urn:us:zoom:scim:schemas:extension:1.0:ZoomUser"
WRONG_DOMAIN = (
    "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary."
)


def create(zoom: Zoom, email: str = "cy@example.com", **attributes: Any) -> Any:
    return zoom.call("POST", USERS, {"schemas": [], "userName": email, **attributes})


def put(zoom: Zoom, email: str, **attributes: Any) -> Any:
    return zoom.call("PUT", f"{USERS}/{zoom.id(email)}", {"schemas": [], **attributes})


def patch(zoom: Zoom, email: str, active: Any) -> Any:
    operations = [{"op": "replace", "value": {"active": active}}]
    return zoom.call("PATCH", f"{USERS}/{zoom.id(email)}", {"schemas": [], "Operations": operations})


# Lists


def test_count_is_one_by_default_and_capped_at_100() -> None:
    zoom = Zoom({"users": [{"email": f"p{number}@example.com"} for number in range(101)]})
    first = zoom.get(USERS).json
    assert (first["totalResults"], first["startIndex"], first["itemsPerPage"], len(first["Resources"])) == (
        101,
        1,
        1,
        1,
    )
    assert len(zoom.get(USERS, count=500).json["Resources"]) == 100
    last = zoom.get(USERS, count=100, startIndex=101).json
    assert [row["userName"] for row in last["Resources"]] == ["p100@example.com"]
    assert zoom.get(USERS, count=100, startIndex=102).json["Resources"] == []
    assert zoom.get(USERS, count=0).json["Resources"] == []
    zoom.switches["count_over_100"] = 400
    assert zoom.get(USERS, count=101).status == 400
    zoom.switches["page_size"] = 7
    assert zoom.get(USERS, count=100).json["itemsPerPage"] == 7


def test_the_list_leaves_pending_people_out_and_shows_inactive_ones() -> None:
    zoom = people()
    rows = {row["userName"]: row["active"] for row in zoom.get(USERS, count=100).json["Resources"]}
    assert "new.person@example.com" not in rows
    assert rows["gone@example.com"] is False
    assert len(rows) == 7


@pytest.mark.parametrize("text", ['userName eq "ada.byron@example.com"', "userName eq Ada.Byron@example.com"])
def test_filter_by_user_name(text: str) -> None:
    body = people().get(USERS, filter=text).json
    assert [row["userName"] for row in body["Resources"]] == ["ada.byron@example.com"]


def test_filter_letter_case_and_external_id() -> None:
    zoom = people(filter_letter_case="exact")
    assert zoom.get(USERS, filter="userName eq Ada.Byron@example.com").json["totalResults"] == 0
    found = zoom.get(USERS, filter=f"externalId eq {zoom.id('bob@example.com')}").json
    assert found["Resources"][0]["userName"] == "bob@example.com"
    assert zoom.get(USERS, filter="userName eq nobody@example.com").json["totalResults"] == 0


@pytest.mark.parametrize("name", ["active", "emails", "id", "displayName"])
def test_other_filters_are_refused(name: str) -> None:
    text = f"The current filter is not supported, the filter name: {name}"
    assert people().get(USERS, filter=f'{name} eq "x"').detail == (400, text)
    assert people().get(USERS, filter="userName co x").status == 400
    assert people().get(USERS, filter="userName eq a@example.com and active eq true").status == 400


def test_filter_of_a_pending_or_formerly_invited_address() -> None:
    zoom = people()
    email = "new.person@example.com"
    expected = (400, f"User {email} not exist or not belong to this account.")
    assert zoom.get(USERS, filter=f"userName eq {email}").detail == expected
    zoom.account.expire_invitation(email)
    assert zoom.get(USERS, filter=f"userName eq {email}").detail == expected


# Field profiles


RICH: dict[str, Any] = {
    "name": {"givenName": "Cy", "familyName": "Dent"},
    "title": "Clerk",
    "locale": "San Jose",
    "externalId": "google-1",
    "active": False,
    "phoneNumbers": [{"type": "mobile", "value": "555"}],
    "roles": [{"value": "Help desk"}],
    "groups": [{"value": "Engineering"}],
    ENTERPRISE: {
        "department": "Law", "organization": "Org", "costCenter": "C1", "employeeNumber": "E1", "manager": "m@example.com",
    },
    EXTENSION: {
        "pronouns": "they", "zoomPhoneSite": "Main", "zoomContactCenterRole": "Agent", "zoomScheduler": True,
        "zoomAICompanion": True, "zoomRevenueAcceleratorRole": "r", "Badge": "blue",
    },
}  # fmt: skip


def test_each_operation_shows_its_own_attributes() -> None:
    zoom = people()
    created = create(zoom, **RICH)
    assert created.status == 201
    assert created.headers["content-type"].startswith("application/scim+json")
    post = created.json
    email = post["userName"]
    changed, got = put(zoom, email, title="Clerk").json, zoom.get(f"{USERS}/{post['id']}").json
    patched = patch(zoom, email, True).json
    (listed,) = zoom.get(USERS, filter=f"userName eq {email}").json["Resources"]
    wide = CORE | {"title", "locale", "phoneNumbers", "roles", "groups", ENTERPRISE, EXTENSION}
    assert set(post) == set(changed) == set(patched) == wide
    assert set(got) == (wide - {"title", "locale"}) | {ZOOM_USER}
    assert set(listed) == CORE | {ENTERPRISE, ZOOM_USER}
    assert set(post[ENTERPRISE]) == set(got[ENTERPRISE]) == set(RICH[ENTERPRISE])
    assert set(changed[ENTERPRISE]) == set(patched[ENTERPRISE]) == {"department", "organization"}
    assert set(listed[ENTERPRISE]) == {"department"}
    assert set(post[EXTENSION]) == {
        "pronouns",
        "zoomScheduler",
        "zoomAICompanion",
        "zoomRevenueAcceleratorRole",
        "Badge",
    }
    assert set(changed[EXTENSION]) == set(post[EXTENSION]) - {"zoomAICompanion"}
    assert set(patched[EXTENSION]) == set(post[EXTENSION]) - {"zoomRevenueAcceleratorRole"}
    assert set(got[EXTENSION]) == {"pronouns", "zoomScheduler", "zoomAICompanion"}
    assert post["active"] is True  # not in the schema of POST
    assert "primary" not in got["groups"][0]
    assert post["groups"][0]["primary"] is True


def test_external_id_is_never_stored() -> None:
    zoom = people()
    create(zoom, **RICH)
    assert "google-1" not in zoom.get(USERS, count=100).text
    assert zoom.get(USERS, filter="externalId eq google-1").json["totalResults"] == 0


def test_shape_switches() -> None:
    zoom = people(get_roles_shape="object", user_schemas="core")
    body = zoom.get(f"{USERS}/{zoom.id('ada.byron@example.com')}").json
    assert body["roles"]["value"] == "Member"
    assert body["groups"]["value"] == "Engineering"
    assert body["schemas"] == ["urn:ietf:params:scim:schemas:core:2.0:User"]
    assert put(zoom, "ada.byron@example.com", title="x").json["roles"][0]["value"] == "Member"


# Create


def test_create_makes_the_display_name_and_a_basic_user() -> None:
    zoom = people()
    body = create(zoom, name={"givenName": "Cy", "familyName": "Dent"}).json
    assert (body["displayName"], body["userType"], body["active"]) == ("Cy Dent", "Basic", True)
    assert zoom.get(f"/v2/users/{body['id']}").json["email"] == "cy@example.com"


def test_create_refusals() -> None:
    zoom = people()
    assert create(zoom, "no address").detail == (400, 'The "userName" of the request is invalid.')
    assert zoom.call("POST", USERS, raw="{").detail == (400, "The request body must be in JSON format.")
    assert zoom.call("POST", USERS, {}).detail == (400, "The request JSON must not be empty.")
    assert zoom.call("POST", USERS).detail == (400, "The request JSON must not be empty.")
    assert create(zoom, active="yes", name="Cy").status == 400
    assert create(zoom, userType="None").status == 400


@pytest.mark.parametrize("email", ["bob@example.com", "BOB@example.com", "gone@example.com", "admin@example.com"])
def test_duplicates(email: str) -> None:
    for status in (400, 409):
        assert create(people(duplicate_create=status), email).detail == (
            status,
            f'The email "{email}" is already in use.',
        )


def test_create_over_a_pending_or_foreign_login() -> None:
    for status in (400, 409):
        zoom = people(create_over_pending=status)
        zoom.account.foreign_logins.add("elsewhere@example.com")
        assert create(zoom, "new.person@example.com").status == status
        assert create(zoom, "elsewhere@example.com").status == status


def test_create_on_a_foreign_domain() -> None:
    zoom = people()
    assert create(zoom, "x@elsewhere.net").detail == (409, WRONG_DOMAIN)
    zoom.switches["foreign_domain_create"] = "pending"
    answer = create(zoom, "x@elsewhere.net")
    assert (answer.status, answer.json["active"]) == (201, False)
    assert zoom.get(f"{USERS}/{answer.json['id']}").detail == (404, "User does not exist.")
    assert [row["email"] for row in zoom.get("/v2/users", status="pending").json["users"]][-1] == "x@elsewhere.net"


def test_create_without_user_type_may_take_the_accounts_default() -> None:
    zoom = people(missing_user_type="default")
    zoom.account.default_type = 2
    assert create(zoom).json["userType"] == "Licensed"
    assert create(zoom, "di@example.com", userType="Basic").json["userType"] == "Basic"
    assert create(zoom, "ed@example.com", userType="Collaboration").json["userType"] == "Collaboration"


def test_seats_by_scim() -> None:
    zoom = people()
    plus = {EXTENSION: {"zoomOneBizPlus": "16"}}
    assert create(zoom, "a@example.com", **plus).json[EXTENSION] == {"zoomOneBizPlus": "16"}
    text = "Cannot create more users with Zoom Workplace Business Plus."
    assert create(zoom, "b@example.com", **plus).detail == (409, text)
    united = {EXTENSION: {"zoomUnited": "1"}}
    assert create(zoom, "b@example.com", **united).json["userType"] == "Licensed"
    assert create(zoom, "c@example.com", **united).detail == (409, "Cannot create more users with Zoom United Plan.")
    wrong = {EXTENSION: {"zoomUnited": "3"}}
    assert create(zoom, "c@example.com", **wrong).detail == (409, "The Zoom United Plan is invalid.")
    premier = {EXTENSION: {"zoomOneEntPremier": "134217728"}}
    text = "Cannot create more users with Zoom Workplace Enterprise Premier."
    assert create(zoom, "c@example.com", **premier).detail == (409, text)
    for name in "de":
        assert create(zoom, f"{name}@example.com", userType="Licensed").status == 201
    assert create(zoom, "f@example.com", userType="Licensed").detail == (409, "Cannot add paid users.")
    assert put(zoom, "bob@example.com", userType="Licensed").detail == (409, "Cannot add paid users.")
    assert zoom.account.find("f@example.com") is None


def test_sso_must_be_on() -> None:
    zoom = people()
    zoom.account.sso = False
    for answer in (zoom.get(USERS), create(zoom), put(zoom, "bob@example.com", title="x")):
        assert answer.detail == (400, "Account has not enabled Single Sign-On.")
    assert zoom.get("/scim2/Groups").status == 200


# PUT


def test_put_is_partial_and_leaves_user_and_display_name() -> None:
    zoom = people()
    body = put(zoom, "ada.byron@example.com", userName="x@example.com", name={"familyName": "King"}).json
    assert body["name"] == {"givenName": "Ada", "familyName": "King"}
    assert (body["displayName"], body["userName"]) == ("Ada Byron", "ada.byron@example.com")
    assert body[ENTERPRISE] == {"department": "Research"}
    assert body["userType"] == "Licensed"


def test_put_on_inactive_pending_and_unknown() -> None:
    zoom = people()
    assert put(zoom, "gone@example.com", title="x").detail == (400, "User is inactive or locked.")
    assert put(zoom, "gone@example.com", active=True).detail == (400, "User is inactive or locked.")
    assert put(zoom, "new.person@example.com", title="x").detail == (404, "User does not exist.")
    assert zoom.call("PUT", f"{USERS}/nobody", {"title": "x"}).detail == (404, "User does not exist.")
    zoom.switches["put_active_on_inactive"] = "honoured"
    assert put(zoom, "gone@example.com", active=True).json["active"] is True


def test_rename_by_put() -> None:
    zoom = people()
    assert put(zoom, "bob@example.com", emails=[{"value": "rob@example.com"}]).json["userName"] == "rob@example.com"
    taken = [{"value": "ada.byron@example.com"}]
    assert put(zoom, "rob@example.com", emails=taken).detail == (
        409,
        "Email ''ada.byron@example.com'' has already been used.",
    )
    assert put(zoom, "rob@example.com", emails=[{"value": "rob@elsewhere.net"}]).detail == (409, WRONG_DOMAIN)
    assert put(zoom, "admin@example.com", emails=[{"value": "x@example.com"}]).detail == (
        400,
        "Cannot change the email of Admin user.",
    )
    assert put(zoom, "admin@example.com", emails=[{"value": "admin@example.com"}]).status == 200
    zoom.switches["put_emails"] = "ignored"
    assert put(zoom, "rob@example.com", emails=[{"value": "x@example.com"}]).json["userName"] == "rob@example.com"


def test_put_keeps_a_bundle_unless_told_basic() -> None:
    zoom = people()
    assert put(zoom, "plus@example.com", userType="Licensed").json[EXTENSION] == {"zoomOneBizPlus": "16"}
    assert EXTENSION not in put(zoom, "plus@example.com", userType="Basic").json
    assert zoom.account.free_seats("zoom_one_type:16") == 2


def test_put_refusals() -> None:
    zoom = people()
    room = put(zoom, "room@example.com", userType="Basic")
    assert room.detail == (400, "Cannot update Zoom Room user to free")
    both = {EXTENSION: {"zoomWhiteboard": True, "zoomWhiteboardPlus": True}}
    text = "Cannot assign Zoom Whiteboard and Zoom Whiteboard Plus to a user at the same time."
    assert put(zoom, "bob@example.com", **both).detail == (400, text)
    assert put(zoom, "bob@example.com", title=7).status == 400
    assert put(zoom, "owner@example.com", active=False).status == 400
    assert zoom.account.user("owner@example.com").status == "active"


def test_empty_strings() -> None:
    for switch, department in (("ignored", "Research"), ("clears", "")):
        zoom = people(empty_string_in_put=switch)
        put(zoom, "ada.byron@example.com", **{ENTERPRISE: {"department": ""}})
        assert zoom.account.user("ada.byron@example.com").department == department


def test_groups_and_roles_in_put() -> None:
    for switch, count in (("replace", 1), ("add", 2)):
        zoom = people(put_groups=switch)
        body = put(zoom, "ada.byron@example.com", groups=[{"value": "Everybody"}], roles=[{"value": "Help desk"}]).json
        assert len(body["groups"]) == count
        assert body["roles"][0]["value"] == "Help desk"


def test_a_sixth_custom_attribute_is_dropped() -> None:
    zoom = people()
    body = put(zoom, "bob@example.com", **{EXTENSION: {f"Attribute {n}": "x" for n in range(6)}}).json
    assert len(body[EXTENSION]) == 5


# PATCH and DELETE


def test_deactivation_strips_licences_and_reactivation_does_not_return_them() -> None:
    zoom = people()
    body = patch(zoom, "plus@example.com", False).json
    assert (body["active"], body["userType"]) == (False, "Basic")
    assert zoom.account.free_seats("zoom_one_type:16") == 2
    assert patch(zoom, "plus@example.com", False).status == 200
    body = patch(zoom, "plus@example.com", True).json
    assert (body["active"], body["userType"]) == (True, "Basic")
    zoom.account.set_license("bob@example.com", "unassigned")
    patch(zoom, "bob@example.com", False)
    assert patch(zoom, "bob@example.com", True).json["userType"] == "Collaboration"


@pytest.mark.parametrize("email", ["owner@example.com", "admin@example.com", "room@example.com"])
@pytest.mark.parametrize("active", [True, False])
def test_admins_and_rooms_keep_their_state(email: str, active: bool) -> None:
    text = "Cannot activate or deactivate Zoom Room and Admin users."
    assert patch(people(), email, active).detail == (400, text)


@pytest.mark.parametrize(
    "body",
    [
        {"operations": [{"op": "replace", "value": {"active": False}}]},
        {"Operations": [{"op": "Replace", "value": {"active": False}}]},
        {"Operations": [{"op": "replace", "path": "active", "value": False}]},
        {"Operations": [{"op": "replace", "value": {"active": "False"}}]},
        {"Operations": [{"op": "replace", "value": {"title": "x"}}]},
        {"active": False},
    ],
)
def test_patch_knows_only_active(body: dict[str, Any]) -> None:
    zoom = people()
    answer = zoom.call("PATCH", f"{USERS}/{zoom.id('bob@example.com')}", body)
    assert answer.detail == (400, "The request json did not contains valid active field.")


def test_reactivation_may_be_forbidden_or_find_no_seat() -> None:
    zoom = people()
    zoom.account.set_seats({"basic": 3, "licensed": 4})
    assert patch(zoom, "gone@example.com", True).status == 400
    zoom.account.change(zoom.account.user("gone@example.com"), force_inactive=True)
    assert patch(zoom, "gone@example.com", True).detail == (400, "User is force inactive.")


def test_reads_may_lag_behind_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    zoom = people(read_after_write_ms=500)
    now = [100.0]
    monkeypatch.setattr("sandbox.zoom.store.lag.monotonic", lambda: now[0])
    created = create(zoom).json["id"]
    put(zoom, "bob@example.com", title="Boss")
    assert zoom.get(f"{USERS}/{created}").status == 404
    assert zoom.get("/v2/users/bob@example.com").json["job_title"] == ""
    assert zoom.get(USERS, count=100).json["totalResults"] == 7
    now[0] += 0.6
    assert zoom.get(f"{USERS}/{created}").status == 200
    assert zoom.get("/v2/users/bob@example.com").json["job_title"] == "Boss"
    assert zoom.get(USERS, count=100).json["totalResults"] == 8
