# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small graph of Mermaid, of the kind that docs/architecture.md has, as a picture: boxes in one column, arrows in lanes beside it.

Mermaid itself is a program for browsers, and a site must not load it from elsewhere.
"""

from __future__ import annotations

import re

from .drawing import arrow, box, svg

_ARROW = re.compile(r"^\s*(.+?) --> (.+)$", re.MULTILINE)
_NODE = re.compile(r'(\w+)\["(.+?)"\]')
_HEIGHT, _GAP, _LANE, _WIDTH = 40, 16, 16, 520


def picture_of(graph: str) -> str:
    """From sources to targets, so that every arrow points down."""
    titles = dict(_NODE.findall(graph))
    pairs = [(source, target) for sources, targets in _ARROW.findall(graph) for source in _names(sources) for target in _names(targets)]
    order = _from_the_top(titles, pairs)
    tops = {name: 16 + row * (_HEIGHT + _GAP) for row, name in enumerate(order)}
    drawn = [box(16, tops[name], _WIDTH, _HEIGHT, title, lines) for name in order for title, lines in [_split(titles[name])]]
    lanes = _lanes(order, pairs)
    for (source, target), lane in lanes.items():
        right = 16 + _WIDTH
        if lane < 0:
            drawn.append(arrow([(60, tops[source] + _HEIGHT), (60, tops[target])]))
            continue
        start, end = _height_of(source, target, pairs, tops, leaves=True), _height_of(source, target, pairs, tops, leaves=False)
        x = right + 20 + lane * _LANE
        drawn.append(arrow([(right, start), (x, start), (x, end), (right, end)]))
    width = 16 + _WIDTH + 32 + (max(lanes.values(), default=0) + 1) * _LANE
    said = "; ".join(f"{source} imports {', '.join(to for one, to in pairs if one == source)}" for source in order if source in dict(pairs))
    return svg("rooms", width, 16 + len(order) * (_HEIGHT + _GAP), "The rooms and their imports", said, drawn)


def _names(side: str) -> list[str]:
    return [part.partition("[")[0].strip() for part in side.split(" & ")]


def _split(title: str) -> tuple[str, list[str]]:
    name, more = title.partition(": ")[::2]
    return name, [more] if more else []


def _from_the_top(titles: dict[str, str], pairs: list[tuple[str, str]]) -> list[str]:
    """In the order of the page, but nothing above what leads to it."""
    order, left = list[str](), list(titles)
    while left:
        free = next(name for name in left if not any(source in left for source, target in pairs if target == name))
        order.append(free)
        left.remove(free)
    return order


def _lanes(order: list[str], pairs: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """For each arrow a lane in which no other one runs beside it; -1 between neighbours. The shortest are nearest."""
    place, taken, lanes = {name: row for row, name in enumerate(order)}, list[list[tuple[int, int]]](), dict[tuple[str, str], int]()
    for source, target in sorted(pairs, key=lambda pair: (place[pair[1]] - place[pair[0]], place[pair[0]])):
        start, end = place[source], place[target]
        if end == start + 1:
            lanes[source, target] = -1
            continue
        free = (number for number, spans in enumerate(taken) if all(end <= first or last <= start for first, last in spans))
        lane = next(free, len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append((start, end))
        lanes[source, target] = lane
    return lanes


def _height_of(source: str, target: str, pairs: list[tuple[str, str]], tops: dict[str, int], *, leaves: bool) -> float:
    """Where on the side of its box an arrow begins or ends: those that begin stand below those that end."""
    name = source if leaves else target
    others = [pair for pair in pairs if (pair[0] if leaves else pair[1]) == name]
    others.sort(key=lambda pair: tops[pair[1] if leaves else pair[0]])
    share = (others.index((source, target)) + 1) / (len(others) + 1)
    return tops[name] + _HEIGHT * ((0.5 + 0.5 * share) if leaves else 0.5 * share)
