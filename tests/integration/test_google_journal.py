# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written to Google is in the journal, also when the run is killed, and undo takes it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import Directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._journal import Journal
from calling import call
from playing import SCOPE, person, seed
from sandbox import Sandbox

ADA, BOB, CLEO = "ada.byron@example.com", "bob.stone@example.com", "cleo.park@example.com"


class Killed(BaseException):
    """The machine stops."""


def killed(*_arguments: Any, **_options: Any) -> None:
    raise Killed


@pytest.fixture
def box() -> Iterator[Sandbox]:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.park")]
    with Sandbox.start(seed(people, {"zoom-users": ["ada.byron", "bob.stone"]}, []), {"google_quota": None}) as started:
        yield started


def members(box: Sandbox) -> dict[str, str]:
    rows = call("google_group_members", box, check=True, group=SCOPE, members=[])["pending_changes"][0]["members"]
    return {row["email"]: row["role"] for row in rows}


def journal(folder: Path, run: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{run}.jsonl").read_text().splitlines()]


def exchange(box: Sandbox, folder: Path, run: str = "r1", **more: Any) -> dict[str, Any]:
    """Ada becomes manager, Bob leaves, Cleo joins."""
    listed = [{"email": ADA, "role": "MANAGER"}, CLEO]
    return call("google_group_members", box, group=SCOPE, members=listed, exclusive=True, journal_dir=str(folder), run_id=run, **more)


def undo(box: Sandbox, folder: Path, **more: Any) -> dict[str, Any]:
    return call("google_undo", box, journal=str(folder / "r1.jsonl"), journal_dir=str(folder), run_id="r2", **more)


def test_each_write_is_an_intent_and_an_outcome_with_before_and_after(box: Sandbox, tmp_path: Path) -> None:
    assert not exchange(box, tmp_path)["failed"]
    lines = journal(tmp_path, "r1")
    intents = {line["action"]: line for line in lines if line["event"] == "intent"}
    assert sorted(intents) == ["google_add", "google_change_role", "google_remove"]
    assert {line["id"] for line in lines if line["event"] == "outcome" and line["ok"]} == {line["id"] for line in intents.values()}
    changed = intents["google_change_role"]
    assert (changed["group"], changed["email"], changed["before"], changed["after"]) == (
        SCOPE,
        ADA,
        {"role": "MEMBER"},
        {"role": "MANAGER"},
    )


def test_check_mode_writes_no_journal(box: Sandbox, tmp_path: Path) -> None:
    assert exchange(box, tmp_path, check=True)["changed"]
    assert list(tmp_path.iterdir()) == []


def test_undo_takes_members_roles_and_fields_back_and_then_rests(box: Sandbox, tmp_path: Path) -> None:
    before = members(box)
    exchange(box, tmp_path)
    options = {"settings": {"whoCanJoin": "INVITED_CAN_JOIN"}, "journal_dir": str(tmp_path), "run_id": "r1"}
    call("google_group", box, email=SCOPE, description="Changed", **options)
    announced = undo(box, tmp_path, check=True)
    done = undo(box, tmp_path)
    assert not done["failed"], done
    assert announced["digest"] == done["digest"]
    (shown,) = announced["diff"]
    assert [shown[header].partition(":")[0] for header in ("before_header", "after_header")] == [SCOPE, SCOPE]
    assert shown["before"] == f"{ADA}: MANAGER\n{CLEO}: MEMBER\ndescription: Changed\nwhoCanJoin: INVITED_CAN_JOIN\n"
    assert shown["after"] == f"{ADA}: MEMBER\n{BOB}: MEMBER\nwhoCanJoin: CAN_REQUEST_TO_JOIN\n"
    assert (members(box), box.google.group(SCOPE).description) == (before, "")
    assert box.google.group(SCOPE).settings["whoCanJoin"] == "CAN_REQUEST_TO_JOIN"
    assert undo(box, tmp_path)["changed"] is False


def test_what_somebody_has_changed_since_stays_and_is_named(box: Sandbox, tmp_path: Path) -> None:
    exchange(box, tmp_path)
    call("google_group_members", box, group=SCOPE, members=[{"email": CLEO, "role": "OWNER"}])
    done = undo(box, tmp_path)
    assert [row["email"] for row in done["failed_items"]] == [CLEO]
    assert members(box) == {ADA: "MEMBER", BOB: "MEMBER", CLEO: "OWNER"}


def test_above_its_limit_undo_lets_nobody_leave(box: Sandbox, tmp_path: Path) -> None:
    exchange(box, tmp_path)
    done = undo(box, tmp_path, max_removals="0")
    assert [row["reason"] for row in done["withheld"]] == ["limit_google"]
    assert members(box) == {ADA: "MEMBER", BOB: "MEMBER", CLEO: "MEMBER"}


def test_a_killed_run_leaves_an_intent_that_undo_judges_by_what_is_there(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = members(box)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "outcome", killed)
        with pytest.raises(Killed):
            exchange(box, tmp_path)
    assert {line["event"] for line in journal(tmp_path, "r1")} == {"intent"}
    assert members(box) != before
    assert not undo(box, tmp_path)["failed"]
    assert members(box) == before


def settled(folder: Path) -> dict[str, bool]:
    """Address -> whether the write was made, of what the killed run left open and a later one has settled."""
    lines = journal(folder, "r1")
    opened = {line["id"]: line["email"] for line in lines if line["event"] == "intent"}
    return {opened[line["id"]]: line["ok"] for line in lines if line["event"] == "settled"}


@pytest.mark.parametrize(("moment", "made"), [((Journal, "outcome"), True), ((Directory, "insert_member"), False)])
def test_the_next_start_settles_what_was_left_open(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: tuple[Any, str], made: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*moment, killed)
        with pytest.raises(Killed):
            exchange(box, tmp_path)
    exchange(box, tmp_path, run="r2")
    assert settled(tmp_path) == {CLEO: made}


def test_settings_that_were_not_read_stay_open_until_undo_reads_them(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box.google.group(SCOPE).settings["whoCanJoin"] = "ANYONE_CAN_JOIN"
    own = {"email": SCOPE, "journal_dir": str(tmp_path)}
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "outcome", killed)
        with pytest.raises(Killed):
            call("google_group", box, settings={"whoCanJoin": "INVITED_CAN_JOIN"}, run_id="r1", **own)
    assert not call("google_group", box, run_id="r1b", **own)["failed"]
    assert settled(tmp_path) == {}
    assert undo(box, tmp_path)["changed"]
    assert (settled(tmp_path), box.google.group(SCOPE).settings["whoCanJoin"]) == ({SCOPE: True}, "ANYONE_CAN_JOIN")


def test_a_zoom_module_leaves_googles_open_intents_alone(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "outcome", killed)
        with pytest.raises(Killed):
            exchange(box, tmp_path)
    people = [{"primaryEmail": ADA, "name": {"givenName": "Ada", "familyName": "Byron"}}]
    assert not call("zoom_scim_users", box, people=people, journal_dir=str(tmp_path), run_id="r2")["failed"]
    assert [line for line in journal(tmp_path, "r1") if line["event"] == "settled"] == []


def test_without_a_write_to_google_undo_asks_nothing(box: Sandbox, tmp_path: Path) -> None:
    people = [{"primaryEmail": ADA, "name": {"givenName": "Ada", "familyName": "Byron"}}]
    call("zoom_scim_users", box, people=people, journal_dir=str(tmp_path), run_id="r1")
    box.ledger.clear()
    assert undo(box, tmp_path)["changed"] is False
    assert box.ledger.entries == []


CUSTOMER = "C03az79cb"


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Sandbox]:
    """Another customer, whose groups have the same names all the same."""
    given = seed([person("ada.byron"), person("bob.stone"), person("cleo.park")], {"zoom-users": ["ada.byron", "cleo.park"]}, [])
    given["google"]["customer"] = "C0another"
    with Sandbox.start(given, {"google_quota": None}) as started:
        yield started


def unnamed(box: Sandbox) -> dict[str, Any]:
    """The usual set-up: a subject, and no customer."""
    return {name: value for name, value in box.connections()["google_connection"].items() if name != "customer"}


def tenants(folder: Path) -> set[str]:
    return {line["tenant"] for line in journal(folder, "r1") if line["event"] == "intent"}


def test_a_journal_names_the_customer_that_this_run_has_seen_and_no_other_is_undone_by_it(
    box: Sandbox, another: Sandbox, tmp_path: Path
) -> None:
    people = str(tmp_path / "people")
    assert not call("google_scope_info", box, groups=[SCOPE], dest=people, run_id="r1")["failed"]
    box.ledger.clear()
    exchange(box, tmp_path / "journal", people_path=people, connection=unnamed(box))
    assert not [entry for entry in box.ledger.entries if entry["path"].endswith("/users")], "without a request"
    assert tenants(tmp_path / "journal") == {CUSTOMER}
    refused = undo(another, tmp_path / "journal", connection=unnamed(another))
    assert (refused["failed"], another.ledger.writes()) == (True, [])
    assert f"is of Google customer {CUSTOMER}, not of C0another" in refused["msg"]
    assert undo(box, tmp_path / "journal", connection=unnamed(box))["changed"]


@pytest.mark.parametrize("run", ["r0", None])
def test_the_snapshot_of_another_run_or_none_does_not_say_whose_journal_it_is(box: Sandbox, tmp_path: Path, run: str | None) -> None:
    people = str(tmp_path / "people")
    if run:
        call("google_scope_info", box, groups=[SCOPE], dest=people, run_id=run)
    exchange(box, tmp_path / "journal", people_path=people, connection=unnamed(box))
    assert tenants(tmp_path / "journal") == {"my_customer"}
    assert undo(box, tmp_path / "journal", connection=unnamed(box))["changed"]
