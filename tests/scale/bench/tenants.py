# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tenants in one inventory: requests and processor time by tenant, memory, and what a slow one does to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from . import worlds
from .boxes import Boxes
from .plays import Bench, Measured
from .rows import Row, ended_well, row

FEW, MANY, FORKS = 10, 50, 10
SLOW_MS = 2000
MOST = 10.5


@contextmanager
def tenants(bench: Bench, count: int, size: int) -> Iterator[tuple[Boxes, Path]]:
    """As many companies of one size, each as a run left it."""
    seeds = [worlds.company(size, known=True, tenant=number) for number in range(1, count + 1)]
    with Boxes(bench.new("sandbox"), seeds) as boxes:
        state = bench.new("state")
        first = _play(bench, boxes, state)
        if first.status != 0:
            raise RuntimeError(first.output[-3000:])
        yield boxes, state


def _play(bench: Bench, boxes: Boxes, state: Path, forks: int = FORKS) -> Measured:
    return bench.play(boxes, state, worlds.POLICY, "--forks", str(forks))


def side_by_side(bench: Bench, size: int = 1000) -> list[Row]:
    """One, ten, fifty; the one is measured three times, as what it takes is multiplied."""
    with tenants(bench, 1, size) as (boxes, state):
        one = sorted((_play(bench, boxes, state) for _run in range(3)), key=lambda run: run.cpu)[1]
    rows = [row(f"1 tenant of {size:,}", one)]
    for count in (FEW, MANY):
        with tenants(bench, count, size) as (boxes, state):
            measured = _play(bench, boxes, state)
        found = row(f"{count} tenants of {size:,}, forks {FORKS}", measured)
        ended_well(found, measured)
        found.promise(f"requests {count} x one tenant's", found.requests == count * rows[0].requests)
        most = MOST * count / FEW
        found.promise(f"CPU at most {most:g} x one tenant's (it is {found.cpu / one.cpu:.1f})", found.cpu <= most * one.cpu)
        found.notes.append(f"all processes together held {measured.together / 1e6:,.0f} MB at most")
        rows.append(found)
    return rows


def one_is_slow(bench: Bench, size: int = 1000) -> list[Row]:
    with tenants(bench, FEW, size) as (boxes, state):
        before = _play(bench, boxes, state)
        boxes.boxes[0].control("POST", "/switches", {"latency_ms": SLOW_MS})
        measured = _play(bench, boxes, state)
    found = row(f"{FEW} tenants of {size:,}, forks {FORKS}, one whose answers take {SLOW_MS / 1000:g} s", measured)
    ended_well(found, measured)
    usual, now = _others(before.spans), _others(measured.spans)
    found.notes.append(
        f"the slow tenant took {measured.spans[0]:.1f} s from its first request to its last answer, "
        f"each of the others {now:.1f} s, and {usual:.1f} s where none was slow"
    )
    return [found]


def _others(spans: Sequence[float]) -> float:
    return median(spans[1:])
