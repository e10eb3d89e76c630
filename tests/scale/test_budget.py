# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests counted, not seconds: a run with nothing to do reads no more than the design's formula, plus six."""

from __future__ import annotations

from math import ceil

from footprint import world
from playing import SCOPE, Player

RULES = {
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
    "license_defaults_rules": [{"groups": ["team1@example.com"], "license": "licensed"}],
    "group_mapping_groups": [{"name": "Team 2", "groups": ["team2@example.com"]}],
    "scope_group": SCOPE,
}


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
