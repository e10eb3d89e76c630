# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts as the last run left them: of two memories only the one that is needed is read, and of each account what is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account, account_as_licensed
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import MEMORY, Snapshot, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read import _memory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._memory import previous_path, read_former


def memory(path: Path, run_id: str, *names: str) -> None:
    accounts = [Account(name, f"{name}@example.com", "active", display_name=name.title(), type=2) for name in names]
    save(str(path), Snapshot(MEMORY, "acc", accounts, {}, run_id))


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are read whole."""
    found, whole = list[str](), _memory.load

    def noted(path: str, *given: Any) -> Any:
        found.append(Path(path).name)
        return whole(path, *given)

    monkeypatch.setattr(_memory, "load", noted)
    return found


@pytest.mark.parametrize(("run_id", "file", "who"), [("r2", "m.jsonl.previous", "ada"), ("r3", "m.jsonl", "bob"), (None, "m.jsonl", "bob")])
def test_what_this_very_run_has_left_is_not_read_for_what_the_last_one_left(
    tmp_path: Path, loaded: list[str], run_id: str | None, file: str, who: str
) -> None:
    path = tmp_path / "m.jsonl"
    memory(Path(previous_path(str(path))), "r1", "ada")
    memory(path, "r2", "bob")
    former = read_former(str(path), "acc", run_id)
    assert former is not None
    assert list(former.accounts) == [who]
    assert loaded == [file]


def test_of_each_account_what_is_asked_for_is_kept(tmp_path: Path) -> None:
    memory(tmp_path / "m.jsonl", "r1", "ada")
    former = read_former(str(tmp_path / "m.jsonl"), "acc", "r2", account_as_licensed)
    assert former is not None
    assert former.accounts["ada"].record() == {"id": "ada", "status": "active", "type": 2}


def test_without_a_memory_there_is_nobody(tmp_path: Path) -> None:
    assert read_former(None, "acc", "r1") is None
    assert read_former(str(tmp_path / "m.jsonl"), "acc", "r1") is None
