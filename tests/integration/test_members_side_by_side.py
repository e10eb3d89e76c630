# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of one Zoom group join and leave side by side, also where Zoom locks the group meanwhile; by SCIM one behind the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

STAY, JOIN = [f"p{number:03d}.stay" for number in range(5)], [f"p{number:03d}.join" for number in range(150)]
LEAVE = [f"p{number:03d}.leave" for number in range(12)]
TEAM = {"name": "Team", "groups": ["team@example.com"], "exclusive": True}
POLICY = {"scope_groups": [SCOPE], "group_mapping_groups": [TEAM], "group_mapping_max_removals": 20}
LATENCY = 250  # milliseconds, of each answer


def company(player: Player, **switches: Any) -> Sandbox:
    """150 people are to join a group in 5 calls, and 12 to leave it in 12."""
    names = [*STAY, *JOIN, *LEAVE]
    accounts = [{**account(name), "groups": ["Team"] if name in (*STAY, *LEAVE) else []} for name in names]
    given = seed([person(name) for name in names], {"zoom-users": names, "team": [*STAY, *JOIN]}, accounts)
    given["zoom"]["groups"] = [{"name": "Team"}]
    return player.start(given, **switches)


def is_as_it_should_be(box: Sandbox) -> bool:
    return sorted(box.zoom.members_of("Team")) == sorted(f"{name}@example.com" for name in (*STAY, *JOIN))


def seconds_between(entries: list[dict[str, Any]]) -> float:
    """From the arrival of the first to that of the last."""
    times = sorted(datetime.fromisoformat(entry["time"]).timestamp() for entry in entries)
    return times[-1] - times[0]


def one_by_one(entries: list[dict[str, Any]]) -> float:
    """The same, at the least, if each waits for the one before it."""
    return (len(entries) - 1) * LATENCY / 1000


def test_the_calls_of_one_group_do_not_wait_for_each_other(player: Player) -> None:
    box = company(player, latency_ms=LATENCY)
    played = player.play(box, POLICY)
    joined, left = ([entry for entry in box.ledger.writes() if entry["method"] == method] for method in ("POST", "DELETE"))
    assert (played.status, len(joined), len(left), is_as_it_should_be(box)) == (0, 5, 12, True), played.output
    assert seconds_between(joined) < one_by_one(joined)
    assert seconds_between(left) < one_by_one(left)
    box.ledger.clear()
    again = player.play(box, POLICY)
    assert (again.status, again.changed, box.ledger.writes()) == (0, 0, [])


def test_where_zoom_locks_a_group_while_it_is_changed_all_come_in_and_out_all_the_same(player: Player) -> None:
    box = company(player, group_lock_ms=60)
    played = player.play(box, POLICY)
    assert (played.status, is_as_it_should_be(box)) == (0, True), played.output
    assert 429 in {entry["status"] for entry in box.ledger.writes()}, "some had to wait for the lock"


def test_by_scim_they_go_one_behind_the_other(player: Player) -> None:
    """SCIM changes a group as a whole."""
    box = company(player, latency_ms=LATENCY)
    box.zoom.set_scopes([scope for scope in box.zoom.scopes if not scope.startswith("group:")])
    played = player.play(box, POLICY)
    assert (played.status, is_as_it_should_be(box)) == (0, True), played.output
    assert seconds_between(box.ledger.writes()) >= one_by_one(box.ledger.writes())
