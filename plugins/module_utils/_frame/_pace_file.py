# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""pace.json beside the memory: how fast a Zoom account could be asked, so that the next run begins there.

It decides nothing about anybody's account: whatever is wrong with it, it is as if there were none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from .._model._files import check_private, from_json, replace_private
from .._model._text import PolicyError

_FORMAT = 1
_OLD = timedelta(days=1)  # a limit that was found before is looked for anew, from the half of it on


class PaceFile:
    """`memory_path`: where the memory is, None where there is none, and so nothing to read and to keep."""

    def __init__(self, memory_path: str | None, tenant: str) -> None:
        self._path = Path(memory_path).with_name("pace.json") if memory_path else None
        self._tenant = tenant
        self._rows = self._read()

    def limits(self) -> dict[str, float]:
        """Category -> the limit that was found lately."""
        return {name: limit for name, (limit, when) in self._rows.items() if datetime.now(timezone.utc) - when < _OLD}

    def keep(self, found: Mapping[str, float]) -> None:
        """For the next run. A limit that is as it was stays as old as it was: nothing higher may have been tried."""
        if not self._path:
            return
        now, known = datetime.now(timezone.utc), self.limits()
        rows = {**self._rows, **{name: (limit, now) for name, limit in found.items() if known.get(name) != limit}}
        if rows == self._rows:
            return
        shown = {name: {"limit": limit, "found": when.isoformat(timespec="seconds")} for name, (limit, when) in sorted(rows.items())}
        try:
            replace_private(self._path, [json.dumps({"format": _FORMAT, "tenant": self._tenant, "categories": shown}, indent=1), "\n"])
        except OSError:  # the memory, in the same folder, says what is wrong
            return

    def _read(self) -> dict[str, tuple[float, datetime]]:
        try:
            if not self._path or not self._path.is_file():
                return {}
            check_private(str(self._path), "memory_path")
            data = from_json(self._path.read_text(encoding="utf-8"))
            if data["format"] != _FORMAT or data["tenant"] != self._tenant:
                return {}
            return {str(name): _row(row) for name, row in data["categories"].items()}
        except (PolicyError, OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return {}


def _row(row: Mapping[str, Any]) -> tuple[float, datetime]:
    limit, when = float(row["limit"]), datetime.fromisoformat(row["found"])
    if not 0 < limit < float("inf") or when > datetime.now(timezone.utc):
        raise ValueError
    return limit, when
