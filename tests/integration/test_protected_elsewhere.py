# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A protected alias protects its holder where the run itself has not read Google: in undo, and in offboard with offboard_ignore_scope."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

NAMES = ["ada.byron", "eve.moss"]
EVE, ALIAS = "eve.moss@example.com", "ceo@example.com"
PROTECTED = {"users": [ALIAS]}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    given = seed([person(name) for name in NAMES], {"zoom-users": ["admin", *NAMES]}, [account("ada.byron")])
    with Sandbox.start(given, {"rate_limits": False, "google_quota": None}) as started:
        started.google.add_alias(EVE, ALIAS)
        yield started


def first_run(box: Sandbox, folder: Path) -> dict[str, Any]:
    """Makes Eve's account; what undo takes."""
    own = {"accounts_path": str(folder / "accounts"), "run_id": "r1"}
    call("zoom_user_info", box, dest=own["accounts_path"], run_id="r1")
    call("google_scope_info", box, groups=[SCOPE], dest=str(folder / "people"), **own)
    done = call("zoom_scim_users", box, people_path=str(folder / "people"), journal_dir=str(folder / "journal"), **own)
    assert [(row["action"], row["email"]) for row in done["changes"]] == [("create", EVE)]
    return {"journal": str(folder / "journal" / "r1.jsonl"), "creations": True, "protected": PROTECTED, "run_id": "r2"}


def status(box: Sandbox) -> str:
    return str(box.zoom.find(EVE).status)


def age(folder: Path, hours: int) -> None:
    path = folder / "people"
    header, _end, rows = path.read_text().partition("\n")
    moment = (datetime.now(timezone.utc) - timedelta(hours=hours)).isoformat(timespec="seconds")
    path.write_text(json.dumps({**json.loads(header), "time": moment}) + "\n" + rows)


@pytest.mark.parametrize("hours", [0, 500])
def test_undo_leaves_who_is_protected_by_an_alias(box: Sandbox, tmp_path: Path, hours: int) -> None:
    options = first_run(box, tmp_path)
    age(tmp_path, hours)
    done = call("zoom_undo", box, known_people_path=str(tmp_path / "people"), **options)
    assert (done["failed"], done["changes"], status(box)) == (False, [], "active"), done
    assert [(row["email"], row["reason"]) for row in done["attention"]] == [(EVE, "protected")]


@pytest.mark.parametrize("known", [None, "none", "journal/r1.jsonl"])
def test_undo_removes_nothing_where_nobody_knows_whose_a_protected_address_is(box: Sandbox, tmp_path: Path, known: str | None) -> None:
    options = first_run(box, tmp_path)
    more = {"known_people_path": str(tmp_path / known)} if known else {}
    done = call("zoom_undo", box, **options, **more)
    assert (done["failed"], done["partial"], status(box)) == (True, True, "active"), done
    assert f"{EVE}: the offboarding action was blocked, as attribute_mapping_protected names {ALIAS}" in done["msg"]


def test_an_entry_that_is_an_account_s_own_address_is_clear_without_google(box: Sandbox, tmp_path: Path) -> None:
    options = {**first_run(box, tmp_path), "protected": {"users": ["ada.byron@example.com"]}}
    assert not call("zoom_undo", box, **options)["failed"]
    assert status(box) == "inactive"


def test_an_entry_that_is_nobody_s_in_a_recent_snapshot_is_reported_and_blocks_nothing(box: Sandbox, tmp_path: Path) -> None:
    options = {**first_run(box, tmp_path), "protected": {"users": ["gone@example.com"]}}
    done = call("zoom_undo", box, known_people_path=str(tmp_path / "people"), **options)
    assert (done["failed"], status(box)) == (False, "inactive"), done
    assert [(row["email"], row["reason"]) for row in done["attention"]] == [("gone@example.com", "protected_nobody")]


def test_an_old_snapshot_does_not_say_that_an_entry_is_nobody_s(box: Sandbox, tmp_path: Path) -> None:
    options = {**first_run(box, tmp_path), "protected": {"users": ["new.alias@example.com"]}}
    age(tmp_path, 500)
    assert call("zoom_undo", box, known_people_path=str(tmp_path / "people"), **options)["failed"]
    assert status(box) == "active"


def test_a_snapshot_of_another_zoom_account_is_not_used(box: Sandbox, tmp_path: Path) -> None:
    options = first_run(box, tmp_path)
    path = tmp_path / "people"
    header, _end, rows = path.read_text().partition("\n")
    path.write_text(json.dumps({**json.loads(header), "zoom_tenant": "another"}) + "\n" + rows)
    assert call("zoom_undo", box, known_people_path=str(path), **options)["failed"]
    assert status(box) == "active"


def test_offboard_without_google_leaves_who_is_protected_by_an_alias(box: Sandbox, tmp_path: Path) -> None:
    first_run(box, tmp_path)
    box.ledger.clear()
    done = call("zoom_offboard", box, users=[EVE], protected=PROTECTED, known_people_path=str(tmp_path / "people"))
    assert ([row["reason"] for row in done["failed_items"]], status(box)) == (["protected"], "active"), done
    assert box.ledger.writes() == []


@pytest.mark.parametrize("check", [True, False])
def test_offboard_without_google_is_refused_where_a_protected_address_may_be_anybody_s(box: Sandbox, tmp_path: Path, check: bool) -> None:
    first_run(box, tmp_path)
    box.ledger.clear()
    done = call("zoom_offboard", box, check=check, users=[EVE], protected=PROTECTED)
    assert done["failed"]
    assert f"attribute_mapping_protected names {ALIAS}, no Zoom account has that address" in done["msg"]
    assert (box.ledger.writes(), status(box)) == ([], "active")


def test_offboard_reports_an_entry_that_protects_nobody(box: Sandbox, tmp_path: Path) -> None:
    first_run(box, tmp_path)
    box.google.remove_member(SCOPE, EVE)
    call("google_scope_info", box, groups=[SCOPE], dest=str(tmp_path / "people"), accounts_path=str(tmp_path / "accounts"), run_id="r1")
    done = call("zoom_offboard", box, users=[EVE], protected={"users": ["gone@example.com"]}, people_path=str(tmp_path / "people"))
    assert (done["failed"], status(box)) == (False, "inactive"), done
    assert ("gone@example.com", "protected_nobody") in [(row["email"], row["reason"]) for row in done["attention"]]
