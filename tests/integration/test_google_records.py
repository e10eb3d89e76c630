# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files beside what is written to Google, the journal and the members that drift is found by: check mode never writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

ADA, BOB = "ada.byron@example.com", "bob.stone@example.com"


def world() -> dict[str, Any]:
    people = [person("ada.byron"), person("bob.stone")]
    return seed(people, {"zoom-users": ["ada.byron", "bob.stone"]}, [account("ada.byron"), account("bob.stone")])


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(world(), {"google_quota": None}) as started:
        yield started


def test_check_mode_writes_no_members_of_the_scope_group_and_says_that_they_are_not_written(box: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "scope_group.json"
    same = {"group": SCOPE, "members": [ADA, BOB], "exclusive": True, "baseline_path": str(path)}
    announced = call("google_group_members", box, check=True, **same)
    assert (announced["changed"], announced["unrecorded"], path.exists()) == (False, True, False)
    assert call("google_group_members", box, **same)["unrecorded"] is False
    assert json.loads(path.read_text())["members"] == [ADA, BOB]
    assert call("google_group_members", box, check=True, **same)["unrecorded"] is False


def left_open(folder: Path, run: str, action: str) -> str:
    """The journal as if the run had been killed before it wrote the outcome of that write; the id of its intent."""
    path = folder / f"{run}.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    (key,) = [line["id"] for line in lines if line.get("action") == action]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines if (line["id"], line["event"]) != (key, "outcome")))
    return key


def settled(folder: Path, run: str) -> dict[str, bool]:
    lines = [json.loads(line) for line in (folder / f"{run}.jsonl").read_text().splitlines()]
    return {line["id"]: line["ok"] for line in lines if line["event"] == "settled"}


@pytest.mark.parametrize(
    ("called", "options", "action"),
    [
        ("google_group", {"email": SCOPE, "description": "Ours"}, "google_update"),
        ("google_group_members", {"group": SCOPE, "members": [{"email": ADA, "role": "OWNER"}]}, "google_change_role"),
    ],
)
def test_check_mode_says_that_a_killed_run_left_a_write_open_and_the_real_run_settles_it(
    box: Sandbox, tmp_path: Path, called: str, options: dict[str, Any], action: str
) -> None:
    call(called, box, journal_dir=str(tmp_path), run_id="r1", **options)
    key = left_open(tmp_path, "r1", action)
    again = {"journal_dir": str(tmp_path), "run_id": "r2", **options}
    announced = call(called, box, check=True, **again)
    assert (announced["changed"], announced["unrecorded"], settled(tmp_path, "r1")) == (False, True, {})
    real = call(called, box, **again)
    assert (real["changed"], real["unrecorded"], settled(tmp_path, "r1")) == (False, False, {key: True})
    assert call(called, box, check=True, **again)["unrecorded"] is False


def test_the_next_site_run_settles_what_a_killed_one_has_written_to_google(player: Player) -> None:
    box = player.start(world(), google_quota=None)
    policy = {"scope_group": SCOPE, "scope_group_members": [{"email": ADA, "role": "OWNER"}, BOB]}
    assert player.play(box, {**policy, "provisioning_run_id": "killed"}).status == 0
    folder = player.folder / "state" / "journal"
    key = left_open(folder, "killed", "google_change_role")
    journals = {path: path.read_text() for path in folder.iterdir()}
    checked = player.play(box, policy, "--check")
    assert (checked.status, {path: path.read_text() for path in folder.iterdir()}) == (0, journals), "check mode writes no line"
    box.ledger.clear()
    real = player.play(box, policy)
    assert (real.status, real.changed, box.ledger.writes(), settled(folder, "killed")) == (0, 0, [], {key: True}), real.output
