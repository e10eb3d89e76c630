# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An address that is free in the lists and taken when its account is to be created: by another run, or by what the lists missed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import account, person, seed
from sandbox import Sandbox

ADA = {"id": "g-ada", "email": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "Byron"}, "in_scope": True}


def run(box: Sandbox, folder: Path, **row: Any) -> dict[str, Any]:
    """The lists are read, the account is there, and the module works on what was read."""
    accounts = str(folder / "accounts.jsonl")
    assert not call("zoom_user_info", box, dest=accounts, run_id="r1")["failed"]
    box.zoom.add_user(**row)
    files = {"journal_dir": str(folder / "journal"), "memory_path": str(folder / "memory.jsonl")}
    return call("zoom_scim_users", box, accounts_path=accounts, people=[ADA], run_id="r1", **files)


@pytest.mark.parametrize("switches", [{}, {"duplicate_create": 409}])
def test_an_account_that_another_run_made_meanwhile_is_no_failure_and_not_this_runs(tmp_path: Path, switches: dict[str, Any]) -> None:
    with Sandbox.start(seed([person("ada.byron")], {}, []), switches) as box:
        found = run(box, tmp_path, **account("ada.byron"))
        assert (found["failed"], found["changes"], found["summary"].get("create", 0)) == (False, [], 0)
        assert [row["message"] for row in found["attention"]] == [
            "ada.byron@example.com got a Zoom account from another run, or by hand, while this run was working, so this run did not create "
            "one; there is nothing to do now: the next run compares it."
        ]
        _intent, outcome = map(json.loads, (tmp_path / "journal" / "r1.jsonl").read_text().splitlines())
        assert (outcome["ok"], outcome["error"]) == (False, "It was made by another run, or by somebody, while this run was working.")
        again = call("zoom_scim_users", box, people=[ADA], memory_path=str(tmp_path / "memory.jsonl"))
        assert (again["failed"], again["changed"], again["attention"]) == (False, False, [])


def test_an_older_account_that_the_lists_missed_is_left_to_the_next_run(tmp_path: Path) -> None:
    with Sandbox.start(seed([person("ada.byron")], {}, [])) as box:
        found = run(box, tmp_path, **account("ada.byron", created="2026-01-15T08:00:00Z"))
        assert found["problems"] == [
            "ada.byron@example.com: create failed: The account is there, but it was changed while the lists were read, which did not show "
            "it. Run again."
        ]
        memory = (tmp_path / "memory.jsonl").read_text()
        assert '"standing": []' in memory, "it is no login elsewhere"
        again = call("zoom_scim_users", box, people=[ADA], memory_path=str(tmp_path / "memory.jsonl"))
        assert not again["failed"], again
