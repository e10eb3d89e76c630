# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who keeps access because of a role in Zoom, and Zoom Rooms that its lists show without an address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from answering import ADA, BOB, Start, Tenant, messages, only, token_of
from calling import call
from playing import account
from sandbox import Sandbox

# Roles


def leaver(start: Start, folder: Path, **switches: Any) -> tuple[Sandbox, Tenant, dict[str, Any]]:
    """Ada has left, and her account holds a role of the account's own."""
    box = start([account("ada.byron", role="IT Helpdesk")], switches, roles=[{"name": "IT Helpdesk"}])
    return box, Tenant(box, folder), {"people": [{**ADA, "in_scope": False}], "prune": True, "scim_rate": 100}


def test_who_holds_a_role_of_its_own_keeps_access_in_a_run_that_fails_each_time(start: Start, tmp_path: Path) -> None:
    box, tenant, gone = leaver(start, tmp_path)
    tenant.read("run1", check=True)
    plan = tenant.call("zoom_scim_users", check=True, **gone)
    assert [(row["action"], row["reason"]) for row in plan["changes"]] == [
        ("deactivate", "out_of_scope; Zoom is known to refuse it while the role is not Member")
    ]
    assert "take the role away in Zoom (User Management, Roles) before the run" in messages(plan)
    tenant.read("run2")
    first = tenant.call("zoom_scim_users", **gone)
    assert (first["failed"], [row["reason"] for row in first["failed_items"]]) == (True, ["deactivate"])
    assert "keeps access" in first["msg"] and "attribute_mapping_protected" not in first["msg"]
    tenant.read("run3", check=True)
    later = tenant.call("zoom_scim_users", check=True, **gone)
    (row,) = later["changes"]
    assert row["reason"].startswith("out_of_scope; Zoom has refused it since 20") and row["reason"].endswith(": the role is not Member")
    assert "would be deactivated, but Zoom has refused that since 20" in messages(later) and row["reason"] in str(later["changes"])
    assert "known to refuse" not in messages(later)
    assert "Zoom has refused it since" in later["diff"][0]["before_header"], later["diff"]
    tenant.read("run4")
    again = tenant.call("zoom_scim_users", **gone)
    assert again["failed"] and again["failed_items"][0]["since"], "what takes access away is tried, and fails, each time"
    box.zoom.set_role("ada.byron@example.com", "member")
    tenant.read("run5")
    done = tenant.call("zoom_scim_users", **gone)
    assert (done["failed"], [row["reason"][:12] for row in done["changes"]]) == (False, ["out_of_scope"])
    assert done["changes"][0]["reason"] == "out_of_scope", "its role is Member now"
    assert "removes" not in tenant.memory.read_text().splitlines()[0]


def test_where_zoom_deactivates_holders_of_roles_the_plan_warned_and_the_run_is_green(start: Start, tmp_path: Path) -> None:
    box, tenant, gone = leaver(start, tmp_path, custom_role_deactivation="allowed")
    tenant.read("run1")
    done = tenant.call("zoom_scim_users", **gone)
    assert (done["failed"], done["attention"], box.zoom.user("ada.byron@example.com").status) == (False, [], "inactive")


def test_a_token_that_shows_no_roles_names_both_that_may_stand_against_it(start: Start, tmp_path: Path) -> None:
    box, _tenant, gone = leaver(start, tmp_path)
    done = call("zoom_scim_users", box, connection=token_of(box), **gone)
    assert "or add a Zoom Room to attribute_mapping_protected" in only(done["failed_items"])["message"]


# Zoom Rooms without an address


QUAY = [account("room.quay", room=True, license="licensed"), account("ada.byron")]


def test_a_room_that_is_listed_without_its_address_is_left_alone_in_one_calm_line(start: Start, tmp_path: Path) -> None:
    box = start(QUAY, {"rooms_without_address": True})
    tenant = Tenant(box, tmp_path)
    found = call("zoom_user_info", box, dest=str(tenant.path), run_id="r1")
    said = only(found["attention"])["message"]
    assert said.startswith("room.quay@example.com is a Zoom Room") and said.endswith("there is nothing to do.")
    box.ledger.clear()
    done = call("zoom_scim_users", box, people=[BOB], accounts_path=str(tenant.path), run_id="r1", scim_rate=100)
    assert not done["failed"] and "room.quay" not in str(done["changes"])
    counted = call("zoom_account_info", box, accounts_path=str(tenant.path), run_id="r1")
    assert counted["counts"]["rows_set_aside"] == 0


def test_where_nobody_says_how_many_rooms_there_are_both_are_named(start: Start, tmp_path: Path) -> None:
    box = start(QUAY, {"rooms_without_address": True, "plans_usage": "forbidden"})
    box.zoom.set_scopes(sorted(box.zoom.scopes - {"user:read:summary:admin", "user:read:admin", "user:write:admin"}))
    found = call("zoom_user_info", box, dest=str(tmp_path / "accounts"), run_id="r1")
    said = messages(found)
    assert "if it is a Zoom Room, there is nothing to do" in said and "User Management, Users" in said


def test_the_summary_of_users_counts_rooms_where_the_plan_may_not_be_read(start: Start, tmp_path: Path) -> None:
    box = start(QUAY, {"rooms_without_address": True, "plans_usage": "forbidden"})
    found = call("zoom_user_info", box, dest=str(tmp_path / "accounts"), run_id="r1")
    assert "is a Zoom Room" in messages(found)


def test_more_accounts_without_an_address_than_rooms_are_no_rooms(start: Start, tmp_path: Path) -> None:
    box = start(QUAY, {"odd_rows": "no_email"})
    box.zoom.change(box.zoom.user("room.quay@example.com"), room=False)
    found = call("zoom_user_info", box, dest=str(tmp_path / "accounts"), run_id="r1")
    said = messages(found)
    assert "unknown form (no email; it is room.quay@example.com, id " in said and "Zoom Room" not in said
    header = json.loads((tmp_path / "accounts").read_text().splitlines()[0])
    assert [row["email"] for row in header["set_aside"]] == ["room.quay@example.com"]
