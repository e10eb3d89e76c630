# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What accounts show of the portal's default licence and SAML mapping, and what a run remembers of the last one."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, Snapshot, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._portal_default import Former, report_portal
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._read._last_run import read_former, remember_woken
from planning import facts

LAST, NOW, LATER = (datetime(2026, 6, day, tzinfo=timezone.utc) for day in (1, 3, 5))
AFTER, BEFORE = "2026-06-02T00:00:00Z", "2026-05-01T00:00:00Z"


def account(**more: Any) -> Account:
    return Account("z0", "a@example.com", **{"status": "active", "type": 1, "created": BEFORE, **more})


def told(now: Account, was: Account | None, **policy: Any) -> dict[str, str]:
    plan, people = Plan(), [Person("id0", "a@example.com", in_scope=True)]
    former = Former(LAST, {was.id: was} if was else {})
    everyone, _tenant, matches = facts(people, [now])
    report_portal(plan, everyone, matches, parse_policy(policy or {"default": "basic"}, ""), former)
    return {finding.reason: finding.message for finding in plan.attention}


def test_an_account_that_somebody_else_made_with_another_licence_shows_the_portals_default() -> None:
    found = told(account(type=2, created=AFTER), None)
    assert "1 accounts were made outside this collection" in found["portal_default"]
    assert "came out with licensed" in found["portal_default"]


@pytest.mark.parametrize(
    ("now", "was"),
    [
        (account(created=AFTER), None),  # as the policy says
        (account(type=2, created=BEFORE), None),  # older than the last run
        (account(type=2, created=""), None),  # made by this run
        (account(type=2), account(type=2)),  # as the last run left it
        (account(type=2), account(status="inactive")),  # this run reactivated it
    ],
)
def test_what_is_as_it_was_or_should_be_is_not_told(now: Account, was: Account | None) -> None:
    assert told(now, was) == {}


def test_a_licence_that_changed_since_the_last_run_is_told_with_the_sign_ins() -> None:
    found = told(account(last_login=AFTER), account(type=2), default="licensed")
    assert found["saml_mapping"].startswith("1 licences were changed outside this collection since the last run, 1 of them with a sign-in")
    assert "0 of them with a sign-in" in told(account(last_login=BEFORE), account(type=2), default="licensed")["saml_mapping"]


def test_a_person_whose_rule_can_not_be_evaluated_is_left_out() -> None:
    rules = [{"where": "length(suspended) > `1`", "license": "licensed"}]
    assert told(account(type=2, created=AFTER), None, rules=rules) == {}


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
