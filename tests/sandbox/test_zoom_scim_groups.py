# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/scim2/Groups: no answer holds members, PATCH and DELETE answer 204."""

from __future__ import annotations

from typing import Any

import pytest
from test_zoom_support import Zoom, people

GROUPS = "/scim2/Groups"
CORE = "urn:ietf:params:scim:schemas:core:2.0:Group"
EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:2.0:Group"
INVALID = (400, 'The "Operations" of the request is invalid.')


def change(zoom: Zoom, *operations: Any, name: str = "Engineering") -> Any:
    path = f"{GROUPS}/{zoom.account.group(name).id}"
    return zoom.call("PATCH", path, {"schemas": [], "Operations": list(operations)})


def test_create_get_list() -> None:
    zoom = people()
    answer = zoom.call("POST", GROUPS, {"schemas": [CORE], "displayName": "Sales", EXTENSION: {"emailAlias": "s@example.com"}})
    assert answer.status == 201
    body = answer.json
    assert set(body) == {"id", "schemas", "meta", "displayName", EXTENSION}
    assert zoom.get(f"{GROUPS}/{body['id']}").json == body
    assert zoom.get(GROUPS).json["itemsPerPage"] == 1
    listed = zoom.get(GROUPS, count=100).json
    assert [row["displayName"] for row in listed["Resources"]] == ["Engineering", "Everybody", "Sales"]
    assert "members" not in zoom.get(GROUPS, count=100).text


def test_filter() -> None:
    zoom = people()
    assert zoom.get(GROUPS, filter='displayName eq "engineering"').json["totalResults"] == 1
    assert zoom.get(GROUPS, filter="displayName eq None").json["totalResults"] == 0
    text = "The current filter does not support the filter name: id"
    assert zoom.get(GROUPS, filter="id eq x").detail == (400, text)


def test_refusals() -> None:
    zoom = people()
    assert zoom.call("POST", GROUPS, {"displayName": ""}).detail == (
        400,
        'The "DisplayName" of the request is invalid.',
    )
    assert zoom.call("POST", GROUPS, {"displayName": "Engineering"}).detail == (409, "Group Engineering exists.")
    assert zoom.get(f"{GROUPS}/none").detail == (404, "Group does not exist.")
    default = f"{GROUPS}/{zoom.account.group('Everybody').id}"
    assert zoom.call("DELETE", default).detail == (400, "Cannot delete account default group.")


def test_members() -> None:
    zoom = people()
    ada, bob, pia = (zoom.id(f"{name}@example.com") for name in ("ada.byron", "bob", "plus"))
    new = zoom.id("new.person@example.com")
    answer = change(zoom, {"op": "add", "path": "members", "value": [{"value": bob}, {"value": new}, {"value": "nobody"}]})
    assert (answer.status, answer.text) == (204, "")
    assert zoom.account.members_of("Engineering") == ["ada.byron@example.com", "bob@example.com"]
    assert change(zoom, {"op": "remove", "path": f'members[value eq "{ada}"]'}).status == 204
    assert zoom.account.members_of("Engineering") == ["bob@example.com"]
    assert change(zoom, {"op": "replace", "path": "members", "value": [{"value": pia}]}).status == 204
    assert zoom.account.members_of("Engineering") == ["plus@example.com"]
    assert zoom.get("/v2/users/plus@example.com").json["group_ids"] == [zoom.account.group("Engineering").id]


def test_name_and_alias() -> None:
    zoom = people()
    assert change(zoom, {"op": "replace", "value": {f"{EXTENSION}:emailAlias": "eng@example.com"}}).status == 204
    assert change(zoom, {"op": "replace", "value": {"displayName": "Everybody"}}).detail == (
        409,
        "Group Everybody exists.",
    )
    assert change(zoom, {"op": "replace", "value": {"displayName": "R&D"}}).status == 204
    assert zoom.account.group("R&D").email_alias == "eng@example.com"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Add", "path": "members", "value": []},
        {"op": "remove", "path": "members"},
        {"op": "remove", "path": "members", "value": [{"value": "x"}]},
        {"op": "add", "path": "members", "value": ["x"]},
        {"op": "replace", "path": "displayName", "value": "x"},
        {"op": "replace", "value": {"active": True}},
        "add",
    ],
)
def test_operations_that_zoom_does_not_know_change_nothing(operation: Any) -> None:
    zoom = people()
    bob = {"op": "add", "path": "members", "value": [{"value": zoom.id("bob@example.com")}]}
    assert change(zoom, bob, operation).detail == INVALID
    assert zoom.account.members_of("Engineering") == ["ada.byron@example.com"]


def test_the_body_has_a_limit() -> None:
    answer = change(people(), {"op": "add", "path": "members", "value": [{"value": "x" * 100_000}]})
    assert answer.status == 400
    assert answer.json["detail"].startswith("The request body size exceeds the 100,000 character limit.")


def test_delete_leaves_the_people() -> None:
    zoom = people()
    group_id = zoom.account.group("Engineering").id
    assert zoom.call("DELETE", f"{GROUPS}/{group_id}").status == 204
    assert zoom.account.user("ada.byron@example.com").group_ids == []
    assert zoom.call("POST", GROUPS, {"displayName": "Engineering"}).json["id"] != group_id
