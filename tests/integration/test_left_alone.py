# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever a later phase leaves alone because of an earlier one is named, with the cause; a blocked licence keeps nobody out of groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answering import messages
from calling import call
from sandbox import Sandbox
from standing_company import Company, accounts_of, given_company

NAMES = ["ada.byron", "bob.oneill", "cleo.park", "dan.lee", "eve.moss"]
SALES = {"groups": [{"name": "Sales", "groups": ["sales@example.com"]}]}


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """Five people with licences that nobody is to hold, all of them in Sales."""
    given = given_company(NAMES, accounts_of(NAMES, license="licensed"), sales=NAMES)
    with Sandbox.start(given, {"rate_limits": False}) as box:
        yield Company(box, tmp_path, {"accounts": {}, "licenses": {"default": "basic", "max_removals": 3}, "groups": SALES})


@pytest.mark.parametrize("check", [True, False], ids=["plan", "run"])
def test_who_keeps_a_licence_because_of_the_limit_joins_groups_all_the_same(company: Company, check: bool) -> None:
    company.run(check=check)
    assert [row["reason"] for row in company.reported("withheld")] == ["limit_license"] * 5
    joined = [name for row in company.reported("changes") if row["action"] == "add" for name in row["emails"]]
    assert sorted(joined) == [f"{name}@example.com" for name in NAMES]
    assert company.attention("skipped") == []


def test_who_keeps_an_address_because_of_the_limit_is_named_by_each_later_phase(company: Company) -> None:
    company.policy["accounts"] = {"attributes": {"userName": "join('', ['x-', primaryEmail])"}, "max_renames": 3}
    company.run(check=True)
    licenses, groups = company.attention("skipped")
    assert (licenses["emails"], groups["emails"]) == ([f"{name}@example.com" for name in NAMES],) * 2
    assert "their licence stays as it is, because their rename was blocked by its limit" in licenses["message"]
    assert "they did not join Zoom groups, because their rename was blocked by its limit" in groups["message"]


def test_an_undo_names_what_stood_behind_a_refusal(company: Company) -> None:
    journal = str(company.folder / "journal")
    company.policy["licenses"]["max_removals"] = 10
    short = "primaryEmail == 'ada.byron@example.com' && 'ada@example.com' || primaryEmail"
    company.policy["accounts"] = {"attributes": {"userName": short}}
    company.run(journal_dir=journal)
    assert company.failed == []
    company.box.faults.add(method="PUT", path="/v2/users/.*/email", status=400, body={"code": 300, "message": "Not today."}, times=None)
    company.box.faults.add(method="PUT", path="/scim2/Users/.*", status=400, body={"detail": "Not today."}, times=None)
    zoom = {**company.box.connections()["zoom_connection"], "scim_rate": 100000.0}
    undone = call("zoom_undo", company.box, connection=zoom, journal=f"{journal}/night1.jsonl", journal_dir=journal, run_id="undo")
    assert [row["reason"] for row in undone["failed_items"]] == ["rename"], undone
    said = messages(undone)
    assert "1 further change (set licence: ada@example.com) was not tried, because the rename before it failed" in said
