# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a run's output is in the picture: all that stands behind the recap, and above it as much of the diff as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.text import Text

COMMAND = ["ansible-playbook", "workspace_zoom.provisioning.site", "-i", "inventory.yml", "--check", "--diff"]
COLUMNS, LINES = 100, 40
_HEAD = re.compile(r"(?:--- before: |\+ )\S.*?: (?P<kind>\w+)")  # of an entry of the diff, which may be one line
_LEFT_OUT = ("[...]", "bright_black")


def shown(printed: str) -> list[Text]:
    """The lines of the picture."""
    lines = [folded for line in printed.splitlines() for folded in _folded(Text.from_ansi(line))]
    plain = [line.plain for line in lines]
    recap = next(number for number, line in enumerate(plain) if line.startswith("PLAY RECAP"))
    start = next(number for number in range(recap, len(plain)) if not plain[number])
    while not plain[start]:
        start += 1
    report = lines[start:]
    prompt = Text.assemble(("$ ", "bold green"), (" ".join(COMMAND), "bold"))
    room = LINES - len(report) - 3  # the prompt, and two marks
    if room < 1:
        raise ValueError(f"The report has {len(report)} lines, and the picture {LINES}: let less happen in company.yml.")
    return [prompt, *_diff(lines[:recap], room), Text(), *report]


def _folded(line: Text) -> Iterator[Text]:
    """As a terminal folds what is wider than itself."""
    line.rstrip()
    yield from line.divide(range(COLUMNS, len(line.plain), COLUMNS))


def _diff(lines: list[Text], room: int) -> Iterator[Text]:
    """The first entry of each kind, whole, as long as they fit, with a mark wherever something is left out."""
    room -= 1  # the line before the report
    kinds, last = set[str](), 0
    for first, end, kind in _entries([line.plain for line in lines]):
        size = end - first + (first > last and bool(kinds))
        if kind in kinds or size > room:
            continue
        if first > last:
            yield Text(*_LEFT_OUT)
        yield from lines[first:end]
        room, last = room - size, end
        kinds.add(kind)
    yield Text(*_LEFT_OUT)


def _entries(plain: list[str]) -> Iterator[tuple[int, int, str]]:
    """First line, the line behind the last one, and kind of each entry of the diff."""
    heads = [(number, found["kind"]) for number, line in enumerate(plain) if (found := _HEAD.match(line))]
    for (number, kind), after in zip(heads, [*(number for number, _kind in heads[1:]), len(plain)], strict=True):
        end = next((other for other in range(number, after) if not plain[other]), after)
        yield number, end, kind
