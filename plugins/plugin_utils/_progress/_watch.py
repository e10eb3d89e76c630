# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed, and when: in a terminal one line that is renewed, elsewhere one now and then. Times are given, in seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._lines import Pace, columns, cut, line
from ._paths import State

FIRST = 10.0  # seconds of a task before a plain line is written about it
SHOWN = 1.0  # seconds of a task before the renewed line appears


def is_terminal(stream: Any, environment: Mapping[str, str], stdout_callback: str) -> bool:
    """Whether a line can be renewed there. AWX and ansible-runner give a terminal too, of which they keep each line."""
    if stdout_callback == "awx_display" or environment.get("TERM", "dumb") in ("", "dumb"):
        return False
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


@dataclass
class Task:
    """Of one host."""

    began: float
    pace: Pace = field(default_factory=Pace)


@dataclass
class Watch:
    """The tasks under way. `interval`: seconds between two plain lines about one host."""

    interval: float
    tasks: dict[str, Task] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def begin(self, host: str, now: float) -> None:
        self.tasks[host] = Task(now)

    def end(self, host: str) -> None:
        self.tasks.pop(host, None)

    def look(self, now: float, read: Callable[[str], State | None]) -> None:
        for host, task in list(self.tasks.items()):
            task.pace.note(now, read(host))

    def renewed(self, now: float) -> str:
        """The line for a terminal; '' for none."""
        long = {host: task.pace for host, task in list(self.tasks.items()) if now - task.began >= SHOWN}
        return line(long) if long else ""

    def due(self, now: float) -> Sequence[str]:
        """The plain lines that are due."""
        lines: list[str] = []
        for host, task in list(self.tasks.items()):
            if now - task.began < min(FIRST, self.interval) or now - self._last.get(host, -self.interval) < self.interval:
                continue
            if text := line({host: task.pace}):
                self._last[host] = now
                lines.append(text)
        return lines


@dataclass
class Screen:
    """One line at the end of a terminal's text, without a line end. Only carriage returns and blanks, so that no terminal is too simple."""

    stream: Any
    shown: str = ""

    def show(self, text: str, width: int) -> None:
        text = cut(text, width)
        if text != self.shown:
            rest = max(columns(self.shown) - columns(text), 0)
            # a window that was made narrower has broken the former line in two: what is left of it can't be taken back
            self._write(f"\r{text}{' ' * rest}{chr(8) * rest}")
            self.shown = text

    def clear(self) -> None:
        if self.shown:
            self._write(f"\r{' ' * columns(self.shown)}\r")
            self.shown = ""

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.shown = ""


def width_of(stream: Any) -> int:
    """Columns; 80 where the terminal does not say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, AttributeError, ValueError):
        return 80
