# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reads still show of rows that were just written, for the switch `read_after_write_ms`."""

from __future__ import annotations

import copy
from time import monotonic
from typing import Generic, TypeVar

from ...frame.context import Context

Row = TypeVar("Row")


class Lag(Generic[Row]):
    """Copies of rows as they were before a write (None: not there yet), each shown until its deadline."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._former: dict[str, tuple[float, Row | None]] = {}

    def remember(self, key: str, row: Row | None) -> None:
        wait = int(self._context.switches["read_after_write_ms"])
        self._forget()
        if wait and key not in self._former:
            self._former[key] = (monotonic() + wait / 1000, copy.deepcopy(row))

    def view(self, rows: dict[str, Row]) -> dict[str, Row]:
        self._forget()
        if not self._former:
            return rows
        shown = dict(rows)
        for key, (_deadline, row) in self._former.items():
            if row is None:
                shown.pop(key, None)
            else:
                shown[key] = row
        return shown

    def settle(self) -> None:
        """Everything written so far is to be seen at once."""
        self._former.clear()

    def _forget(self) -> None:
        now = monotonic()
        self._former = {key: former for key, former in self._former.items() if former[0] > now}
