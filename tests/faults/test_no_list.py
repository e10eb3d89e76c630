# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer that is no list, in the place of one: on the first page and on a later one, once and for ever, nothing is done on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nights import SCOPE, TEAM, Night, company
from sandbox import Sandbox

DIRECTORY = "/admin/directory/v1"
GOOGLE = {
    "users": rf"{DIRECTORY}/users\?(?!.*showDeleted).*",
    "deleted users": rf"{DIRECTORY}/users\?.*showDeleted.*",
    "members of the scope": rf"{DIRECTORY}/groups/{SCOPE}/members",
    "members of an exclusion": rf"{DIRECTORY}/groups/out@example.com/members",
    "members of a rule's group": rf"{DIRECTORY}/groups/{TEAM}/members",
    "org units": rf"{DIRECTORY}/customer/.*/orgunits",
}
ZOOM = {
    "active users": r"/v2/users\?.*status=active.*",
    "inactive users": r"/v2/users\?.*status=inactive.*",
    "pending users": r"/v2/users\?.*status=pending.*",
    "groups": "/v2/groups",
}
EVE = "eve.moss@example.com"
KEYS = {"users", "members", "organizationUnits", "groups"}
NONE: list[Any] = [{}, [], {"kind": "admin#directory#user"}, {key: [] for key in KEYS}, {"kind": "admin#directory#orgUnit", "etag": "x"}]


@pytest.mark.parametrize("times", [1, None], ids=["once", "for ever"])
@pytest.mark.parametrize("after", [0, 1], ids=["first page", "second page"])
@pytest.mark.parametrize("listed", sorted(GOOGLE))
def test_what_has_not_the_mark_of_a_list_of_google_is_no_list(tmp_path: Path, listed: str, after: int, times: int | None) -> None:
    if after and listed in ("org units", "deleted users", "members of an exclusion"):
        pytest.skip("has one page")
    for number, body in enumerate(NONE):
        with company(google_page_size=1 if after else None) as box:
            fault = box.faults.add(path=GOOGLE[listed], method="GET", status=200, body=body, after=after, times=times)
            night = Night(box, tmp_path / str(number))
            night.run()
            assert fault.hits, body
            assert "in an unknown form" in night.ended, (body, night.ended)
            assert "Nothing was changed" in night.ended
            assert night.writes() == []


@pytest.mark.parametrize("times", [1, None], ids=["once", "for ever"])
@pytest.mark.parametrize("after", [0, 1], ids=["first page", "second page"])
@pytest.mark.parametrize("listed", sorted(ZOOM))
def test_what_has_neither_rows_nor_a_total_is_no_list_of_zoom(tmp_path: Path, listed: str, after: int, times: int | None) -> None:
    if after and listed != "active users":
        pytest.skip("has one page")
    for number, body in enumerate(NONE):
        with company(page_size=3 if after else None) as box:
            fault = box.faults.add(path=ZOOM[listed], method="GET", status=200, body=body, after=after, times=times)
            night = Night(box, tmp_path / str(number))
            night.run()
            assert fault.hits, body
            assert not night.ended or (night.writes() == [] and "Zoom" in night.ended)
            assert all(text.startswith("POST ") or "'type': 2}" in text for text in night.writes()), night.writes()
            # what has its rows' key and no total is read again; for ever, it is an empty list where nothing says that there is somebody
            assert night.ended or times or (listed != "groups" and {*body} == KEYS), (listed, body)


@pytest.mark.parametrize("body", [{"users": [], "total_records": 0, "next_page_token": ""}])
def test_a_zoom_account_without_an_active_user_is_no_account_once_a_run_has_seen_some(tmp_path: Path, body: Any) -> None:
    with company() as box:
        night = Night(box, tmp_path)
        night.run()
        box.ledger.clear()
        box.faults.add(path=ZOOM["active users"], method="GET", status=200, body=body, times=None)
        night.run()
        assert night.ended.startswith("Zoom lists no active user, though the last run left ")
        assert night.writes() == []


@pytest.mark.parametrize("times", [1, None], ids=["once", "for ever"])
@pytest.mark.parametrize("body", [{}, [], {"totalResults": 0}, {"totalResults": 0, "Resources": []}, {"Resources": []}])
def test_a_list_of_scim_without_its_total_or_its_rows_is_no_list(tmp_path: Path, body: Any, times: int | None) -> None:
    with company() as box:
        token = {"access_token": box.zoom.scim_token, "api_url": box.url, "scim_rate": 100000.0, "max_attempts": 2}
        night = Night(box, tmp_path)
        night.zoom = token
        night.run()
        box.ledger.clear()
        box.faults.add(path="/scim2/Users", method="GET", status=200, body=body, times=times)
        night.run()
        assert "in an unknown form" in night.ended or night.ended.startswith("Zoom lists no active user")
        assert night.writes() == []


def inactive(box: Sandbox) -> list[str]:
    return sorted(row["email"] for row in box.zoom.state()["users"] if row["status"] == "inactive")


def test_lists_of_zoom_that_never_give_a_total_are_read_twice_and_believed(tmp_path: Path) -> None:
    """Nobody is inactive or pending: such a list is empty, and keeps nobody who has left."""
    with company() as box:
        for path in ZOOM.values():
            box.faults.add(path=path, method="GET", times=None, edit="no_total")
        box.google.remove_member(SCOPE, EVE)
        night = Night(box, tmp_path)
        for _run in range(2):
            night.run()
            assert not any(result["failed"] for result in night.results), night.results[-1]
            assert "gives no total" not in str(night.results)
        assert len(night.writes()) == 3  # Gus, a licence, and Eve
        assert inactive(box) == [EVE]


def test_a_list_without_rows_and_total_removes_nobody_while_the_memory_knows_who_was_in_it(tmp_path: Path) -> None:
    with company() as box:
        night = Night(box, tmp_path)
        box.google.remove_member(SCOPE, EVE)
        night.run()
        assert inactive(box) == [EVE]
        box.google.remove_member(SCOPE, "dan.lee@example.com")
        nobody = {"users": [], "next_page_token": ""}
        fault = box.faults.add(path=ZOOM["inactive users"], method="GET", status=200, body=nobody, times=None)
        night.run()
        assert fault.hits == 2
        assert "Zoom gives no total of inactive users and lists 0, though the last run left some" in str(night.results[0]["attention"])
        assert inactive(box) == [EVE]
        box.faults.clear()
        night.run()
        assert inactive(box) == ["dan.lee@example.com", EVE]


def test_an_odd_row_of_groups_that_are_read_twice_is_reported_once(tmp_path: Path) -> None:
    """They are read again because accounts are in a group that they do not show."""
    with company() as box:
        groups = {"groups": [{"id": "g9", "name": "Other"}, {"id": 7, "name": ["odd"]}], "total_records": 2, "next_page_token": ""}
        fault = box.faults.add(path=ZOOM["groups"], method="GET", status=200, body=groups, times=None)
        night = Night(box, tmp_path)
        night.run()
        assert fault.hits == 2
        assert [found["reason"] for found in night.results[0]["attention"]] == ["set_aside"]


def test_the_night_without_a_fault_is_quiet_the_second_time(tmp_path: Path) -> None:
    with company() as box:
        night = Night(box, tmp_path)
        night.run()
        assert not any(result["failed"] for result in night.results), night.results[-1]
        assert len(night.writes()) == 2  # Gus, and a licence
        box.ledger.clear()
        night.run()
        assert (night.writes(), night.ended) == ([], "")
