# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders that others can write to: a run trusts nothing in them and says so once, and a module used alone only writes there."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox


@pytest.fixture
def box(player: Player) -> Sandbox:
    return player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account("ada.byron")]))


def test_a_state_folder_that_the_former_version_left_open_takes_one_sentence_and_one_cure(player: Player, box: Sandbox) -> None:
    state, policy = player.folder / "state", {"scope_groups": [SCOPE]}
    assert player.play(box, policy).status == 0
    for path in (state, *state.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    box.ledger.clear()
    refused = player.play(box, policy)
    assert (refused.status, box.ledger.reads(), box.ledger.writes()) == (2, [], [])
    assert f"others can write to {state}, {state}/" in refused.failure
    assert f"run chmod -R go-w {state}, or set provisioning_state_dir" in refused.failure
    for path in (state, *state.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o022)
    assert player.play(box, policy).status == 0


def test_a_module_used_alone_writes_into_a_workspace_of_others_and_no_module_reads_it_back(box: Sandbox, tmp_path: Path) -> None:
    """Checkouts of CI are often writable for a group, or another user's."""
    tmp_path.chmod(0o777)
    accounts = str(tmp_path / "accounts.jsonl")
    written = call("zoom_user_info", box, dest=accounts)
    assert not written["failed"], written
    people = [{"primaryEmail": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "Byron"}}]
    changed = call("zoom_scim_users", box, check=True, people=people, changes_path=str(tmp_path / "changes.jsonl"))
    assert not changed["failed"], changed
    read = call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts)
    assert read["failed"]
    assert "accounts_path can't be trusted: others can write to the folder" in read["msg"]
    of_a_run = call("zoom_user_info", box, dest=accounts, run_id="r1")
    assert "dest can't be trusted: others can write to the folder" in of_a_run["msg"]
