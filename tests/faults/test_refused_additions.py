# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google refuses to add somebody to the scope group: no later phase of that run acts as if they had been added."""

from __future__ import annotations

from typing import Any

import pytest
from playing import SCOPE, Played, Player, account, person, seed
from sandbox import Sandbox

ADA, BOB, NEW, IDLE, TEAM = (f"{name}@example.com" for name in ("ada.byron", "bob.stone", "new.one", "idle.one", "team"))
REFUSALS = {
    400: {"error": {"code": 400, "message": "Invalid Input: memberKey", "errors": [{"reason": "invalid"}]}},
    403: {"error": {"code": 403, "message": "Not Authorized to access this resource/api", "errors": [{"reason": "forbidden"}]}},
    429: {"error": {"code": 429, "message": "Quota exceeded", "errors": [{"reason": "dailyLimitExceeded"}]}},
}
POLICY: dict[str, Any] = {
    "scope_group": SCOPE,
    "scope_group_name": "zoom-users",
    "attribute_mapping_prune": True,
    "attribute_mapping_reactivate": True,
    "license_defaults_default": "licensed",
    "group_mapping_groups": [{"name": "All", "groups": [SCOPE]}],
}


def start(player: Player) -> Sandbox:
    """Ada has an account, New has none, Idle's is inactive, and Bob is in the team alone."""
    people = [person(name) for name in ("ada.byron", "bob.stone", "new.one", "idle.one")]
    accounts = [account("ada.byron", license="licensed"), account("idle.one", status="inactive")]
    return player.start(seed(people, {"zoom-users": ["ada.byron", "admin"], "team": ["bob.stone"]}, accounts))


def run(player: Player, box: Sandbox, *members: str) -> Played:
    return player.play(box, {**POLICY, "scope_group_members": list(members)})


def accounts(box: Sandbox) -> dict[str, str]:
    return {row["email"]: row["status"] for row in box.zoom.state()["users"] if row["email"] != "admin@example.com"}


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_whom_google_does_not_take_into_the_scope_group_gets_no_account_in_that_run(player: Player, status: int) -> None:
    box = start(player)
    headers = {"Retry-After": "86400"} if status == 429 else {}
    fault = box.faults.add(method="POST", path=".*/members", status=status, times=None, body=REFUSALS[status], headers=headers)
    refused = run(player, box, ADA, NEW, IDLE, TEAM)
    assert fault.hits
    assert refused.status != 0
    assert accounts(box) == {ADA: "active", IDLE: "inactive"}, refused.output
    assert box.google.members_of(SCOPE) == [ADA, "admin@example.com"]
    said = [text for text in refused.attention() if "only by additions that Google did not make" in text]
    assert said
    assert all(name in said[0] for name in (NEW, IDLE, BOB, TEAM)), said
    box.faults.clear()
    again = run(player, box, ADA, NEW, IDLE, TEAM)
    assert again.status == 0, again.output
    assert accounts(box) == {ADA: "active", IDLE: "active", NEW: "active", BOB: "active"}


def test_who_was_added_gets_an_account_though_another_one_was_refused(player: Player) -> None:
    box = start(player)
    box.faults.add(method="POST", path=".*/members", status=400, body=REFUSALS[400])
    refused = run(player, box, IDLE, NEW)
    assert refused.status != 0
    taken = [name for name in box.google.members_of(SCOPE) if name in (IDLE, NEW)]
    assert len(taken) == 1
    assert {name for name, state in accounts(box).items() if state == "active"} == {ADA, *taken}, refused.output
