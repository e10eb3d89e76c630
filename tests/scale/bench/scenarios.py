# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios of one tenant: nothing to do, the first sync, a hundred changes in a large directory, and how cost grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import budget, worlds
from .boxes import Boxes
from .plays import HERE, Bench, Measured, Tree, older
from .rows import Row, ended_well, limited_memory, limited_reads, paced, row

START = "c161ac7"  # before speed was looked at
ZIPPED = "4ad854c~1"  # before modules were run in place
ROUNDS = 3
CHANGED = 100


@contextmanager
def tenant(bench: Bench, seed: Mapping[str, Any], **switches: Any) -> Iterator[Boxes]:
    with Boxes(bench.new("sandbox"), [seed], switches) as boxes:
        yield boxes


def settled(bench: Bench, boxes: Boxes, tree: Tree = HERE, policy: Mapping[str, Any] | None = None) -> Path:
    """The files of a tenant after a run that found everything as it should be."""
    state = bench.new("state")
    first = bench.play(boxes, state, policy or worlds.POLICY, tree=tree)
    if first.status != 0:
        raise RuntimeError(first.output[-3000:])
    return state


def idle_small(bench: Bench, size: int = 1000) -> list[Row]:
    """Side by side with older commits, in turn: the machine may be slower in one minute than in the next."""
    with tenant(bench, worlds.company(size, known=True)) as boxes, older(START) as start, older(ZIPPED) as zipped:
        trees = {"now": HERE, START: start, ZIPPED: zipped}
        states = {name: settled(bench, boxes, tree) for name, tree in trees.items()}
        found: dict[str, list[Measured]] = {name: [] for name in trees}
        for _round in range(ROUNDS):
            for name, tree in trees.items():
                found[name].append(bench.play(boxes, states[name], worlds.POLICY, tree=tree))
    middle = {name: sorted(runs, key=lambda run: run.cpu)[len(runs) // 2] for name, runs in found.items()}
    now = row(f"{size:,} people, nothing to do", middle["now"])
    ended_well(now, middle["now"])
    limited_reads(now, middle["now"], budget.company_reads(size, size))
    before, last = middle[ZIPPED].cpu, middle[START].cpu
    now.promise(f"60% of the CPU seconds of {ZIPPED}, which took {before:.2f} (it is {now.cpu / before:.0%})", now.cpu <= 0.6 * before)
    now.notes.append(f"{now.cpu / last:.0%} of the CPU seconds of {START}, whose modules were processes of their own already ({last:.2f})")
    return [now, row(f"the same with {START}", middle[START]), row(f"the same with {ZIPPED}", middle[ZIPPED])]


def idle(bench: Bench, size: int = 10_000) -> list[Row]:
    with tenant(bench, worlds.company(size, known=True)) as boxes:
        state = settled(bench, boxes)
        measured = bench.play(boxes, state, worlds.POLICY)
    found = row(f"{size:,} people, nothing to do", measured)
    ended_well(found, measured)
    limited_reads(found, measured, budget.company_reads(size, size))
    beyond = measured.seconds - measured.busy
    found.promise(f"12 s beyond waiting for answers ({beyond:.1f} s)", beyond <= 12)
    return [found]


def first(bench: Bench, size: int = 10_000, rate: int = 80) -> list[Row]:
    """Everybody is new, and nobody tells the run what Zoom's SCIM allows."""
    with tenant(bench, worlds.company(size, known=False), scim_limit=rate) as boxes:
        measured = bench.play(boxes, bench.new("state"), worlds.POLICY)
    found = row(f"{size:,} people, first sync, SCIM {rate}/s", measured)
    ended_well(found, measured)
    paced(found, measured, {**budget.RATES, "SCIM": rate})
    return [found]


def large(bench: Bench, size: int = 100_000) -> list[Row]:
    """Three of five are in scope. 60 departments change, 30 people are new in the directory and in a team, 10 are suspended."""
    scope = size * 3 // 5
    with tenant(bench, worlds.company(scope, known=True, directory=size)) as boxes:
        state = settled(bench, boxes, policy=worlds.SCOPE_BY_HAND)
        _change(boxes, size)
        measured = bench.play(boxes, state, worlds.SCOPE_BY_HAND)
    found = row(f"{size:,} in the directory, {scope:,} in scope, {CHANGED} changes", measured)
    ended_well(found, measured)
    least = budget.reads([10, *([scope // 10] * 9), scope // 10 + 30], size + 31, [scope + 1])
    # each who is suspended, each account that was made, and the licence of the one in team 1 that is suspended
    limited_reads(found, measured, least, confirmations=10 + 30 + 1)
    found.promise(f"{CHANGED} changes are made ({found.writes} writes)", found.writes >= CHANGED)
    limited_memory(found)
    return [found]


def _change(boxes: Boxes, size: int, departments: int = 60, joiners: int = 30, suspended: int = 10) -> None:
    (box,) = boxes.boxes
    for number in range(departments):
        box.control(
            "POST", "/google/update", {"email": worlds.address(number), "organizations": [{"primary": True, "department": "Service"}]}
        )
    for number in range(size, size + joiners):
        box.control("POST", "/google/add_user", worlds.person(number))
        box.control("POST", "/google/add_member", {"group": f"team3@{worlds.DOMAIN}", "member": worlds.address(number)})
    for number in range(departments, departments + suspended):
        box.control("POST", "/google/suspend", {"email": worlds.address(number)})


def growth(bench: Bench, size: int = 1000) -> list[Row]:
    """How cost grows with one thing at a time."""
    rows = []
    for people in (size // 10, size, 10 * size):
        rows += _grown(bench, f"{people:,} people, 10 groups, no change", worlds.company(people, known=True))
    for groups in (2, 50):
        policy = {**worlds.POLICY, **worlds.many_groups(groups)}
        seed = worlds.company(size, known=True, teams=groups)
        seed["zoom"]["groups"] = [{"name": f"Team {number}"} for number in range(groups)]
        for number, account in enumerate(seed["zoom"]["users"][1:]):
            account["groups"] = [f"Team {number % groups}"]
        rows += _grown(bench, f"{size:,} people, {groups} groups, no change", seed, policy)
    for changes in (size // 100, size // 5):
        rows += _grown(bench, f"{size:,} people, 10 groups, {changes} changes", worlds.company(size, known=True), changes=changes)
    return rows


def _grown(bench: Bench, name: str, seed: Mapping[str, Any], policy: Mapping[str, Any] | None = None, changes: int = 0) -> list[Row]:
    with tenant(bench, seed) as boxes:
        state = settled(bench, boxes, policy=policy)
        if changes:
            _change(boxes, 0, departments=changes, joiners=0, suspended=0)
        measured = bench.play(boxes, state, policy or worlds.POLICY)
    found = row(name, measured)
    if measured.status != 0:
        ended_well(found, measured)
    return [found]


Scenario = Callable[..., list[Row]]
