# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths begin where Ansible was started, not in the playbook's folder, which is an installed collection's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playing import ROOT, SCOPE, Player, account, person, seed

FOLDER = ROOT / "playbooks"


def untouched() -> set[Path]:
    return set(FOLDER.rglob("*"))


@pytest.mark.parametrize("state", ["state", "./state"])
def test_state_key_and_journal_begin_where_ansible_was_started(player: Player, state: str) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    connections = box.connections()
    key = Path(connections["google_connection"]["service_account_file"])
    (player.folder / "google.json").write_text(key.read_text())
    google = {**connections["google_connection"], "service_account_file": "google.json"}
    policy = {"scope_groups": [SCOPE], **connections, "google_connection": google, "provisioning_state_dir": state}
    before = untouched()

    made = player.play(None, {**policy, "provisioning_run_id": "first", "provisioning_journal_dir": "journals"})
    assert (made.status, str(box.zoom.find("ada.byron@example.com").status)) == (0, "active"), made.output
    assert {path.name for path in (player.folder / "state").iterdir()} >= {"accounts.jsonl", "memory.jsonl", "people.jsonl"}
    undone = player.play(None, {**policy, "undo_journal": "journals/first.jsonl", "undo_creations": True}, playbook="undo")
    assert (undone.status, str(box.zoom.find("ada.byron@example.com").status)) == (0, "inactive"), undone.output
    assert untouched() == before


def test_a_key_of_a_module_alone_that_is_not_there_says_where_its_path_begins(player: Player) -> None:
    box = player.start(seed([], {}, [account("ada.byron")]))
    tasks = [{"workspace_zoom.provisioning.google_group_info": {"groups": [SCOPE]}}]
    play = [
        {
            "hosts": "all",
            "connection": "local",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
            "tasks": tasks,
        }
    ]
    (player.folder / "play.yml").write_text(json.dumps(play))
    refused = player.play(box, {}, playbook=str(player.folder / "play.yml"), env={"GCP_SERVICE_ACCOUNT_FILE": "google.json"})
    assert f"google.json can't be read: No such file or directory (a relative path begins at {player.folder})" in refused.failure
    assert refused.failure.endswith("give an absolute path.")
