# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run remembers of the last one."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, Snapshot, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._portal_default import Former
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._last_run import read_former, remember_woken
from portal_accounts import LAST, LATER, NOW, account


def test_a_reactivation_is_remembered_from_run_to_run() -> None:
    now, was = account(), account(status="inactive")
    remember_woken([now], Former(LAST, {"z0": was}), NOW)
    assert now.woken == NOW.isoformat()
    later = account()
    remember_woken([later], Former(LAST, {"z0": now}), LATER)
    assert later.woken == now.woken
    remember_woken([other := account()], None, NOW)
    assert other.woken == ""


def test_a_file_of_the_last_run_that_can_not_be_used_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "accounts.jsonl"
    assert read_former(None, "t1", "r1") is None
    assert read_former(str(path), "t1", "r1") is None
    for bad in (Snapshot(ACCOUNTS, "t2", [account()]), Snapshot(ACCOUNTS, "t1", [account()], hypothetical=True), None):
        if bad:
            save(f"{path}.last", bad)
        else:
            (tmp_path / "accounts.jsonl.last").write_text("[]")
        assert read_former(str(path), "t1", "r1") is None
    save(f"{path}.last", Snapshot(ACCOUNTS, "t1", [account(), Account("", "pending@example.com", "pending")]))
    found = read_former(str(path), "t1", "r1")
    assert found is not None
    assert list(found.accounts) == ["z0"]
