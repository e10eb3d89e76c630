# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Where a module is, for whoever watches the run: one line of JSON in a small file, renewed a few times a second.

{"phase": "creating accounts", "done": 4120, "of": 10000}: no name, no address. `of` is null where nobody has said how many there are.
A file that can't be written is nobody's trouble: the work goes on.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PROGRESS = "WORKSPACE_ZOOM_PROGRESS"  # of the environment: where to write; without it, nothing is written
_EVERY = 0.2  # seconds
_LENGTH = 200  # of the line: always the same, so that no reader finds the end of a former, longer one
_SIDES = (("/admin/directory/", "Google"), ("/scim2/", "Zoom"), ("/v2/", "Zoom"))
_LISTS = ("users", "Resources", "members", "groups")
_TOTALS = ("total_records", "totalResults")
_SINGLE = ("/users/", "/Users/", "/members/", "/hasMember/")


class Progress:
    """`begin` a phase, `step` on in it; or `page`, with each answer to a read, where the phase is the reading itself."""

    def __init__(self, path: str | None) -> None:
        self._path, self._handle = path or None, -1
        self._lock = threading.Lock()
        self._phase, self._done = "", 0
        self._of: int | None = None
        self._steps = 0  # that the phase still has to make
        self._rows: dict[str, int] = {}  # phase of reading -> rows so far
        self._totals: dict[tuple[str, str], int] = {}  # side and list -> rows that it promised
        self._due = 0.0

    def begin(self, phase: str, of: int | None = None) -> None:
        if self._path:
            with self._lock:
                self._phase, self._done, self._of, self._steps = phase, 0, of, of or 0
                self._write()

    def step(self, count: int = 1, *, made: bool = True) -> None:
        """One that was not `made` is no progress, and is not to come any more."""
        if self._path:
            with self._lock:
                self._done += count if made else 0
                self._steps = max(self._steps - count, 0)
                self._write_if_due(last=self._steps == 0)

    def page(self, path: str, query: Mapping[str, Any] | None, data: Any) -> None:
        """An answer with the rows of a list, or with a single object. Between writes, reads are part of what is begun."""
        side = next((side for start, side in _SIDES if path.startswith(start)), "") if self._path else ""
        found: Any = data if isinstance(data, dict) else {}
        rows = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
        if not side or (rows is None and not any(part in path for part in _SINGLE)):
            return
        phase = f"reading {side}" if rows is not None else f"looking up single records in {side}"
        with self._lock:
            if self._steps:
                return
            for name in _TOTALS if rows is not None else ():
                if isinstance(found.get(name), int):
                    self._totals[side, f"{path} {(query or {}).get('status')}"] = found[name]
            self._rows[phase] = done = self._rows.get(phase, 0) + (1 if rows is None else len(rows))
            total = sum(number for (of, _list), number in self._totals.items() if of == side) if rows is not None else 0
            # a list that is read a second time brings more rows than it has
            self._phase, self._done, self._of = phase, done, total if total >= done else None
            self._write_if_due()

    def _write_if_due(self, *, last: bool = False) -> None:
        if last or time.monotonic() >= self._due:
            self._write()

    def _write(self) -> None:
        self._due = time.monotonic() + _EVERY
        line = json.dumps({"phase": self._phase, "done": self._done, "of": self._of})
        try:
            if self._handle < 0:
                self._handle = os.open(str(self._path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.pwrite(self._handle, line.ljust(_LENGTH).encode() + b"\n", 0)
        except OSError:
            self._path = None


@dataclass(frozen=True)
class Watch:
    """Whoever watches: is told how far the work is, and may ask it to begin nothing more."""

    stop: Callable[[], bool] = lambda: False
    progress: Progress = field(default_factory=lambda: Progress(None))
