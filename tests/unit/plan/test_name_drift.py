# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was changed by hand since the last run is put right, and the reason says so."""

from __future__ import annotations

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._drift import mark_drift
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._drift import name_drift
from identities import account


def test_drift_is_what_differs_from_the_last_run_and_is_told_where_it_is_put_right() -> None:
    now = [account("ada", first_name="Adah", type=2, group_ids=["g1"]), account("bob", status="inactive")]
    last = [account("ada", group_ids=["g2"]), account("bob"), account("eve"), Account("", "new@x.com", "pending")]
    assert mark_drift(now, last) == ["eve@x.com"]
    assert now[0].drifted == ["first_name", "license", "group g1", "group g2"]
    plan = Plan([
        Change("update", "ada@x.com", "changed", now[0], {"first_name": "Ada"}),
        Change("downgrade", "ada@x.com", "policy", now[0], {"type": 1}),
        Change("reactivate", "bob@x.com", "in scope", now[1], {"status": "active"}),
        Change("create", "eve@x.com", "in scope", account("eve")),
        Change("add", "", "matches", group="G", members=[now[0]], group_id="g2"),
        Change("remove", "bob@x.com", "no longer", group="G", members=[now[1]], group_id="g2"),
    ])  # fmt: skip
    name_drift(plan, ["eve@x.com"])
    assert [change.reason.startswith("drift: ") for change in plan.changes] == [True, True, True, True, True, False]
    name_drift(plan)
    assert plan.changes[0].reason.count("drift: ") == 1
    name_drift(Plan([Change("add", "x@x.com", "r")]))


def test_the_reason_names_all_that_was_changed_by_hand() -> None:
    ada, bob = (account(name, drifted=["first_name", "department", "license", "group g1"]) for name in ("ada", "bob"))
    plan = Plan([
        Change("update", "ada@x.com", "changed", ada, {"first_name": "Ada", "department": "R"}),
        Change("license", "ada@x.com", "policy", ada, {"zoom_one_type": 16}),
        Change("add", "", "matches", group="G", members=[ada, bob], group_id="g1"),
        Change("create", "eve@x.com", "in scope", account("eve")),
        Change("create", "new@x.com", "in scope", account("new")),
        Change("google_add", "ada@x.com", "listed"),
    ])  # fmt: skip
    name_drift(plan, ["eve@x.com"])
    assert [change.reason for change in plan.changes] == [
        "drift: first_name, department changed in Zoom since the last run (changed)",
        "drift: license changed in Zoom since the last run (policy)",
        "drift: ada@x.com, bob@x.com changed in Zoom since the last run (matches)",
        "drift: the account was removed: changed in Zoom since the last run (in scope)",
        "in scope",
        "listed",
    ]
