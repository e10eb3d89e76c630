# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google groups mapped to as many Zoom groups of several pages: nothing to do costs nothing more, a change its writes."""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import OTHER_MEMBERS_PAGE
from playing import SCOPE, Player, account, person, seed, written
from tiers import more

TEAMS, SIZE, MOVED = more((5, 210, 40), (20, 500, 70))
NAMES = [f"p{number:05d}.worker" for number in range(TEAMS * SIZE)]


def team(number: int) -> str:
    return f"team{number:02d}"


def world() -> dict[str, Any]:
    teams = {team(number): NAMES[number * SIZE : (number + 1) * SIZE] for number in range(TEAMS)}
    accounts = [account(name, groups=[f"Zoom {team(number)}"]) for number in range(TEAMS) for name in teams[team(number)]]
    found = seed([person(name) for name in NAMES], {"zoom-users": list(teams), **teams}, accounts)
    found["zoom"]["groups"] = [{"name": f"Zoom {name}"} for name in teams]
    found["zoom"]["seats"]["basic"] = 2 * len(NAMES)
    return found


VARIABLES = {
    "scope_groups": [SCOPE],
    "group_mapping_exclusive": True,
    "group_mapping_groups": [{"name": f"Zoom {team(number)}", "groups": [f"{team(number)}@example.com"]} for number in range(TEAMS)],
}
MEMBERS = ceil(TEAMS / 200) + TEAMS * ceil((SIZE + MOVED) / 200)
BUDGET = MEMBERS + ceil((len(NAMES) + 1) / 500) + ceil((len(NAMES) + 1) / 300) + 6


@pytest.mark.stretched
def test_groups_of_several_pages_cost_one_call_and_a_change_its_writes(player: Player) -> None:
    box = player.start(world(), rate_limits=False)
    player.play(box, VARIABLES)  # the first run confirms lists of several pages, as nothing tells who was in them
    box.ledger.clear()
    idle = player.play(box, VARIABLES)
    assert (idle.status, idle.changed, written(box)) == (0, 0, Counter()), idle.output
    assert len(box.ledger.reads()) <= BUDGET, Counter(entry["path"] for entry in box.ledger.reads())
    # memberships come with the accounts: no list of members is read
    assert not [entry for entry in box.ledger.reads() if entry["path"].startswith("/v2/groups/")]
    assert len(idle.results("zoom_groups")) == 1
    for name in NAMES[:MOVED]:
        box.google.remove_member(f"{team(0)}@example.com", f"{name}@example.com")
        box.google.add_member(f"{team(1)}@example.com", f"{name}@example.com")
    box.ledger.clear()
    moved = player.play(box, VARIABLES)
    assert moved.status == 0, moved.output
    assert written(box) == Counter(add=ceil(MOVED / 30), remove=MOVED)
    # and the list of the group that somebody left is confirmed, and then each who left it, and that it does not hold everybody
    confirmed = ceil(SIZE / OTHER_MEMBERS_PAGE) + MOVED + 1
    assert len(box.ledger.reads()) <= BUDGET + confirmed, Counter(entry["path"] for entry in box.ledger.reads())
    assert len(moved.results("zoom_groups")) == 1
    assert len(box.zoom.members_of(f"Zoom {team(1)}")) == SIZE + MOVED
