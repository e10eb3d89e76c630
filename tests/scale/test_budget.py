# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests counted, not seconds: a run with nothing to do reads no more than the design's formula, plus six."""

from __future__ import annotations

from math import ceil
from typing import Any

from playing import SCOPE, Player, account, person, seed

RULES = {
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "license_defaults_rules": [{"groups": ["team1@example.com"], "license": "licensed"}],
    "group_mapping_groups": [{"name": "Team 2", "groups": ["team2@example.com"]}],
    "scope_group": SCOPE,
}


def world(size: int) -> dict[str, Any]:
    names = [f"p{number:04d}.worker" for number in range(size)]
    teams = {f"team{number}": names[number::10] for number in range(10)}
    groups = {"zoom-users": list(teams), **teams}
    accounts = [account(name, license="licensed" if number % 10 == 1 else "basic") for number, name in enumerate(names)]
    for number, row in enumerate(accounts):
        row["groups"] = ["Team 2"] if number % 10 == 2 else []
    found = seed([person(name) for name in names], groups, accounts)
    found["zoom"]["groups"] = [{"name": "Team 2"}]
    return found


def budget(size: int) -> int:
    members = ceil(10 / 200) + sum(ceil((size // 10) / 200) for _team in range(10))
    google = members + ceil((size + 1) / 500) + 0
    zoom = ceil((size + 1) / 300)
    return google + zoom + 6


def test_a_thousand_people_with_nothing_to_do_cost_no_more_reads_than_the_budget_and_no_more_calls_than_ten(player: Player) -> None:
    calls = {}
    for size in (10, 1000):
        box = player.start(world(size), rate_limits=False)
        played = player.play(box, RULES)
        assert played.status == 0, played.output
        assert box.ledger.writes() == []
        reads = box.ledger.reads()
        assert len(reads) <= budget(size), [entry["path"] for entry in reads]
        calls[size] = played.module_calls
    assert calls[10] == calls[1000]
