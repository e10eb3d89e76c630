# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a run's output is in the picture: all that stands behind the recap, and above it as much of the diff as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile

from rich.text import Text

COMMAND = ["ansible-playbook", "workspace_zoom.provisioning.site", "-i", "inventory.yml", "--check", "--diff"]
COLUMNS, LINES = 100, 40
_HEAD = re.compile(r"(?:--- before: |\+ )\S.*?: (?P<kind>\w+)")  # of an entry of the diff, which may be one line
_BEHIND = re.compile(r"$|\w+: \[")  # a blank line, or the result of the task
_LEFT_OUT = ("[...]", "bright_black")


def shown(printed: str) -> list[Text]:
    """The lines of the picture."""
    lines = [folded for line in printed.splitlines() for folded in _folded(Text.from_ansi(line))]
    recap = next(number for number, line in enumerate(lines) if line.plain.startswith("PLAY RECAP"))
    behind = dropwhile(lambda line: line.plain, lines[recap:])
    report = list(dropwhile(lambda line: not line.plain, behind))
    prompt = Text.assemble(("$ ", "bold green"), (" ".join(COMMAND), "bold"))
    room = LINES - len(report) - 4  # the prompt, the first and the last mark, a blank line
    if room < 0:
        raise ValueError(f"The report has {len(report)} lines, and the picture {LINES}: let less happen in company.yml.")
    return [prompt, *_diff(lines[:recap], room), Text(), *report]


def _folded(line: Text) -> Iterator[Text]:
    """As a terminal folds what is wider than itself."""
    line.rstrip()
    yield from line.divide(range(COLUMNS, len(line.plain), COLUMNS))


def _diff(lines: list[Text], room: int) -> Iterator[Text]:
    """The first entry of each kind, whole, as long as they fit, with a mark wherever something is left out."""
    kinds, last = set[str](), 0
    for first, end, kind in _entries([line.plain for line in lines]):
        between = lines[last:first]
        if any(line.plain for line in between):
            between = [Text(*_LEFT_OUT)]
        size = end - first + (len(between) if kinds else 0)
        if kind not in kinds and size <= room:
            yield from [*between, *lines[first:end]]
            room, last = room - size, end
            kinds.add(kind)
    yield Text(*_LEFT_OUT)


def _entries(plain: list[str]) -> Iterator[tuple[int, int, str]]:
    """First line, the line behind the last one, and kind of each entry of the diff."""
    heads = [(number, found["kind"]) for number, line in enumerate(plain) if (found := _HEAD.match(line))]
    starts = [number for number, _kind in heads]
    for (number, kind), after in zip(heads, [*starts, len(plain)][1:], strict=True):
        yield number, next((other for other in range(number, after) if _BEHIND.match(plain[other])), after), kind
