# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run remembers of the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import MEMORY, Snapshot, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._portal_default import Former
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._memory import read_former, recall, remember_woken
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._memory import keep_memory
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


def writing(params: dict[str, Any]) -> Run:
    return Run(params, False, lambda _secret: None)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "memory.jsonl")


def keep(path: str, accounts: list[Account], *, tenant: str = "t1", run_id: str = "r1") -> None:
    left = Tenant(tenant, accounts, run_id=run_id, completed="2026-01-01T00:00:00+00:00")
    keep_memory(writing({"memory_path": path}), left)


def recalled(path: str, *accounts: Account, accounts_path: str | None = None) -> Tenant:
    tenant = Tenant("t1", list(accounts))
    recall(tenant, path, [accounts_path] if accounts_path else [])
    return tenant


def test_a_run_leaves_whose_each_account_is(path: str) -> None:
    keep(path, [account(person_id="ada", held="limit"), Account("", "pending@example.com", "pending")])
    tenant = recalled(path, replace(account(), email="new@example.com"), Account("z9", "z9@example.com", "active"))
    assert [one.remembered for one in tenant.accounts] == ["ada", ""]
    assert (tenant.accounts[0].drifted, tenant.accounts[0].held, tenant.accounts[0].person_id) == (["email"], None, "")
    assert (tenant.completed, tenant.forgot, tenant.gone) == ("2026-01-01T00:00:00+00:00", "", [])
    keep(path, tenant.accounts)
    assert recalled(path, account()).accounts[0].remembered == "ada", "a run that matches nobody forgets nobody"


def test_an_account_made_anew_under_the_same_address_is_nobodys(path: str) -> None:
    keep(path, [account(person_id="ada")])
    assert recalled(path, Account("z9", account().email, "active")).accounts[0].remembered == ""


def test_check_mode_and_a_run_without_memory_leave_none(path: str) -> None:
    keep_memory(writing({"memory_path": path}), Tenant("t1", [account()], hypothetical=True))
    keep_memory(writing({}), Tenant("t1", [account()]))
    assert not Path(path).exists()
    assert recalled(path, account()) == Tenant("t1", [account()])


@pytest.mark.parametrize("damage", ["gone", "torn", "emptied", "binary", "foreign", "check mode's"])
def test_a_memory_that_can_not_be_used_gives_way_to_the_one_before(path: str, damage: str) -> None:
    keep(path, [account(person_id="ada")], run_id="r1")
    keep(path, [account(person_id="ada")], run_id="r2")
    spoil(path, damage)
    tenant = recalled(path, account())
    assert tenant.accounts[0].remembered == "ada"
    assert "the one before it" in tenant.forgot


@pytest.mark.parametrize("damage", ["torn", "emptied", "binary", "foreign", "check mode's"])
def test_a_memory_that_can_not_be_used_is_reported_and_means_a_run_without(path: str, damage: str) -> None:
    keep(path, [account(person_id="ada")])
    spoil(path, damage)
    tenant = recalled(path, account())
    assert (tenant.accounts, tenant.completed, tenant.gone) == ([account()], "", None)
    assert path in tenant.forgot
    assert tenant.doubtful == ["the memory of the last run could not be used"], "this run removes nothing"
    keep(path, [account(person_id="ada")], run_id="r2")
    after = recalled(path, account())
    assert (after.forgot, after.doubtful) == ("", []), "reported once: the run leaves a new one"


def test_a_lost_memory_is_told_from_a_first_run(path: str, tmp_path: Path) -> None:
    accounts = str(tmp_path / "accounts.jsonl")
    assert recalled(path, account(), accounts_path=accounts).forgot == ""
    save(accounts, Tenant("t1", [account()], completed="2026-01-01T00:00:00+00:00").snapshot())
    assert recalled(path, account(), accounts_path=accounts).forgot.startswith(f"{path} is gone, so ")
    found = recalled(path, account(), accounts_path=accounts)
    save(accounts, replace(found, hypothetical=True).snapshot())
    again = recalled(path, account(), accounts_path=accounts)
    assert (again.forgot, again.completed) == (found.forgot, "2026-01-01T00:00:00+00:00"), "a preview must not pass for a first run"
    for left in (Tenant("t1"), Tenant("t2", completed="2026-01-01")):
        save(accounts, left.snapshot())
        assert recalled(path, account(), accounts_path=accounts).forgot == ""


def spoil(path: str, damage: str) -> None:
    file = Path(path)
    if damage == "gone":
        file.unlink()
    elif damage == "torn":
        file.write_bytes(file.read_bytes()[:-20])
    elif damage == "emptied":
        file.write_text("")
    elif damage == "binary":
        file.write_bytes(b"\xff\x00")
    else:
        foreign = damage == "foreign"
        save(path, Snapshot(MEMORY, "t2" if foreign else "t1", [account(remembered="eve")], hypothetical=not foreign))


def test_what_the_run_before_left_is_known_to_every_phase(path: str) -> None:
    assert read_former(None, "t1", "r1") is None
    assert read_former(path, "t1", "r1") is None
    keep(path, [account(status="inactive")], run_id="r1")
    assert (read_former(path, "t1", "r1"), read_former(path, "t2", "r2")) == (None, None)
    found = read_former(path, "t1", "r2")
    assert found is not None
    assert {key: one.status for key, one in found.accounts.items()} == {"z0": "inactive"}
    keep(path, [account()], run_id="r2")
    keep(path, [account()], run_id="r2")
    found = read_former(path, "t1", "r2")
    assert found is not None
    assert found.accounts["z0"].status == "inactive", "as it was before this run"


def test_a_bundle_is_remembered_with_when_it_was_seen_but_not_where_memory_goes_on_saying_what_it_said(path: str) -> None:
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    keep(path, [account(type=2, zoom_one_type=16, bundle_seen=now, recalled=True)])
    tenant = recalled(path, account(type=2))
    assert (tenant.accounts[0].zoom_one_type, tenant.accounts[0].bundle_seen, tenant.accounts[0].recalled) == (16, now, True)
    left = Tenant("t1", [account(type=2, zoom_one_type=0, bundle_seen=now)], as_was={"z0": {"zoom_one_type": 16}})
    keep_memory(writing({"memory_path": path}), left)
    assert recalled(path, account(type=2)).accounts[0].zoom_one_type is None
