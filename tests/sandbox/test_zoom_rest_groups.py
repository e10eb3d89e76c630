# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST groups and their members."""

from __future__ import annotations

from test_zoom_support import Zoom, people

GROUPS = "/v2/groups"


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


def test_groups_are_for_paid_accounts() -> None:
    for status in (400, 200):
        answer = Zoom({"plan": "free"}, paid_only_refusal=status).get(GROUPS)
        assert (answer.status, answer.json) == (status, {"code": 200, "message": "Only available for Paid account."})
