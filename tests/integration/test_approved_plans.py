# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An approved plan on both sides: what it lists is made, what came meanwhile is blocked and named, and nothing is made in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._collect import Tenant, take
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._document import build
from calling import call
from playing import account, person, seed
from sandbox import Sandbox

ADA, BOB, EVE = (f"{name}@example.com" for name in ("ada.byron", "bob.stone", "eve.moss"))


def googles(name: str) -> dict[str, Any]:
    given, _dot, family = name.partition(".")
    return {"primaryEmail": f"{name}@example.com", "name": {"givenName": given.title(), "familyName": family.title()}}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    group = {"team": ["ada.byron", "bob.stone"]}
    given = seed(
        [person("ada.byron"), person("bob.stone"), person("eve.moss")], group, [account("ada.byron")], seats={"licensed": 5, "basic": 99}
    )
    with Sandbox.start(given, {"rate_limits": False}) as started:
        yield started


def approve(folder: Path, box: Sandbox, module: str, **options: Any) -> dict[str, Any]:
    """The plan of one module, approved: what holds the next call to it."""
    files = {} if module == "google_group" else {"changes_path": str(folder / "changes.jsonl")}
    planned = call(module, box, check=True, **files, **options)
    assert "digest" in planned, planned
    tenant = Tenant("t1")
    take(tenant, module, planned)
    (folder / "plan.json").write_text(json.dumps(build([tenant], check_mode=True, time="2026-11-26T07:00:00+00:00")))
    return {"approved_path": str(folder / "plan.json"), "run_host": "t1", **options}


def test_what_came_meanwhile_is_blocked_and_what_is_done_already_is_said(box: Sandbox, tmp_path: Path) -> None:
    held = approve(tmp_path, box, "zoom_scim_users", people=[googles("ada.byron"), googles("bob.stone")])
    with_eve = {**held, "people": [*held["people"], googles("eve.moss")]}
    box.ledger.clear()
    real = call("zoom_scim_users", box, **with_eve)
    assert [(row["action"], row["email"]) for row in real["changes"]] == [("create", BOB)]
    assert [(row["reason"], row["email"], row["action"]) for row in real["withheld"]] == [("not_in_plan", EVE, "create")]
    assert len(box.ledger.writes()) == 1
    again = call("zoom_scim_users", box, **held)
    assert ([row["reason"] for row in again["attention"]], again["changed"], again["failed"]) == (["not_needed"], False, False)
    assert (
        again["attention"][0]["message"]
        == f"1 change of the approved plan (create accounts: {BOB}) not made, because no longer needed or possible as approved; if that "
        "surprises you, plan again."
    )


def test_what_a_limit_blocked_in_the_approved_plan_is_said_by_that_limit(box: Sandbox, tmp_path: Path) -> None:
    leaver = {**googles("ada.byron"), "in_scope": False}
    held = approve(tmp_path, box, "zoom_scim_users", people=[leaver], prune=True, max_deactivations=0)
    box.ledger.clear()
    real = call("zoom_scim_users", box, **held)
    assert [(row["reason"], row["email"], row["action"]) for row in real["withheld"]] == [("blocked_in_plan", ADA, "deactivate")]
    assert "attribute_mapping_max_deactivations blocked this" in real["withheld"][0]["message"]
    assert box.ledger.writes() == []


def test_check_mode_shows_what_the_approved_plan_would_let_a_run_make(box: Sandbox, tmp_path: Path) -> None:
    held = approve(tmp_path, box, "zoom_scim_users", people=[googles("ada.byron"), googles("bob.stone")])
    with_eve = {**held, "people": [*held["people"], googles("eve.moss")]}
    check, real = call("zoom_scim_users", box, check=True, **with_eve), call("zoom_scim_users", box, **with_eve)
    assert (check["diff"], check["withheld"], check["digest"]) == (real["diff"], real["withheld"], real["digest"])


def test_a_seat_that_is_gone_meanwhile_does_not_make_another_account_of_it(box: Sandbox, tmp_path: Path) -> None:
    """The list of seats says that there is one; Zoom says that there is none."""
    licenses = {"default": "licensed", "seats": {"licensed": 3}}
    held = approve(tmp_path, box, "zoom_scim_users", people=[googles("ada.byron"), googles("bob.stone")], licenses=licenses)
    box.zoom.seats["licensed"] = 1
    real = call("zoom_scim_users", box, **held)
    assert real["changes"] == [] or all(not row["changed"] for row in real["changes"])
    assert BOB not in {user["email"] for user in box.zoom.state()["users"]}
    assert {row["reason"] for row in real["withheld"]} <= {"not_as_approved", "not_in_plan"}
    assert {row["email"] for row in real["withheld"]} == {BOB}


def test_a_seat_that_nobody_approved_to_take_is_not_announced_to_a_new_account(tmp_path: Path) -> None:
    people = [googles("ada.byron"), googles("bob.stone")]
    licenses = {"default": "basic", "rules": [{"users": [BOB], "license": "licensed"}]}
    asked = {"people": people, "licenses": licenses}
    seats = {"licensed": 2, "basic": 99}  # admin's and Ada's
    given = seed([person("ada.byron"), person("bob.stone")], {}, [account("ada.byron", license="licensed")], seats=seats)
    with Sandbox.start(given, {"rate_limits": False}) as box:
        free = call("zoom_scim_users", box, check=True, max_license_removals="100%", **asked)
        assert [(row["action"], row["email"]) for row in free["changes"]] == [("downgrade", ADA), ("create", BOB)]
        held = approve(tmp_path, box, "zoom_scim_users", **asked)
        held.update(max_license_removals="100%", approved_gains="any")
        check, real = call("zoom_scim_users", box, check=True, **held), call("zoom_scim_users", box, **held)
    assert (check["diff"], check["withheld"], check["digest"]) == (real["diff"], real["withheld"], real["digest"])
    assert [(row["action"], row["email"], row["after"]["license"]) for row in real["changes"]] == [("create", BOB, "basic")]


def test_members_of_a_google_group_beyond_its_limit_are_removed_as_approved(box: Sandbox, tmp_path: Path) -> None:
    options: dict[str, Any] = {"group": "team@example.com", "members": [EVE], "exclusive": True}
    held = approve(tmp_path, box, "google_group_members", **options)
    more = {**held, "members": [EVE, "admin@example.com"], "max_removals": 0}
    real = call("google_group_members", box, **more)
    assert (real["added"], real["removed"]) == ([EVE], [ADA, BOB])
    assert [(row["reason"], row["email"], row["action"]) for row in real["withheld"]] == [("not_in_plan", "admin@example.com", "add")]
    assert real["pending_changes"][0]["added"] == [EVE]


def test_a_group_that_nobody_approved_is_not_made(box: Sandbox, tmp_path: Path) -> None:
    held = approve(tmp_path, box, "google_group", email="team@example.com", name="Team")
    box.ledger.clear()
    real = call("google_group", box, **{**held, "name": "Another"})
    assert ([row["reason"] for row in real["withheld"]], box.ledger.writes()) == (["not_in_plan"], [])
    real = call("google_group", box, **held)
    assert (real["failed"], real["group"]["name"]) == (False, "Team")


def test_an_undo_is_made_as_it_was_approved(box: Sandbox, tmp_path: Path) -> None:
    run = {"journal_dir": str(tmp_path / "journal"), "run_id": "r1"}
    people = [{**googles("ada.byron"), "name": {"givenName": "Ada", "familyName": "King"}}, googles("bob.stone")]
    assert not call("zoom_scim_users", box, people=people, **run)["failed"]
    undo: dict[str, Any] = {"journal": str(tmp_path / "journal" / "r1.jsonl"), "max_deactivations": "0"}
    held = approve(tmp_path, box, "zoom_undo", **undo)
    real = call("zoom_undo", box, **{**held, "creations": True})
    assert [(row["action"], row["email"]) for row in real["changes"]] == [("update", ADA)]
    assert [(row["reason"], row["email"]) for row in real["withheld"]] == [("not_in_plan", BOB)]
    held = approve(tmp_path, box, "zoom_undo", **undo, creations=True, allow_losses=True)
    real = call("zoom_undo", box, **{**held, "allow_losses": False})
    assert ([(row["action"], row["email"]) for row in real["changes"]], real["failed"]) == ([("deactivate", BOB)], False)


def test_a_plan_that_can_not_be_used_ends_the_call_before_anything_is_read(box: Sandbox, tmp_path: Path) -> None:
    held = approve(tmp_path, box, "zoom_scim_users", people=[googles("bob.stone")])
    box.ledger.clear()
    refused = call("zoom_scim_users", box, **{**held, "run_host": "t2"})
    assert (refused["failed"], refused["msg"].replace(str(tmp_path), "")) == (
        True,
        "The approved plan /plan.json is of t1, not of t2; give the plan of this host. Nothing was changed.",
    )
    refused = call("zoom_scim_users", box, **{**held, "approved_seal": "f" * 64})
    assert "is not the one that was approved" in refused["msg"]
    read = [entry["path"] for entry in box.ledger.entries if "token" not in entry["path"]]
    assert read == []
