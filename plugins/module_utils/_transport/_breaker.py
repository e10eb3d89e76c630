# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""When failures are no accident any more: counted over all threads, until there is no sense in trying the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ._errors import ApiError

IN_A_ROW = 20  # failures with one code, without a success or another code between them
ENOUGH = 50  # attempts, of which no more than one in _SHARE may fail
_SHARE = 5


@dataclass(frozen=True)
class Opened:
    """Why it opened: `failed` in a row with one `code`, or, without a code, `failed` of `tried`. `first`: what the first of them said."""

    failed: int
    tried: int
    code: str
    first: str

    @property
    def how(self) -> str:
        """Behind how many failed."""
        return "in a row with the same error" if self.code else f"among the first {self.tried}"


@dataclass
class _Row:
    code: str = ""
    count: int = 0
    first: str = ""

    def add(self, code: str, said: str) -> None:
        if self.count == 0 or code != self.code:
            self.code, self.count, self.first = code, 0, said
        self.count += 1


class Breaker:
    """Ask `is_open` before each attempt. `stop`: another reason to begin nothing more.

    What was under way when it opened is not counted any more, so threads bring it no further. In a row is in the order of their ends.
    """

    def __init__(self, stop: Callable[[], bool] = lambda: False) -> None:
        self._stop = stop
        self._lock = threading.Lock()
        self._tried = self._failed = 0
        self._row = _Row()
        self._rows: dict[str, _Row] = {}
        self.opened: Opened | None = None

    @property
    def is_open(self) -> bool:
        return self.opened is not None or self._stop()

    def took(self) -> None:
        """One attempt was made."""
        with self._lock:
            self._row = _Row()
            self._count(0)

    def failed(self, code: str, said: str) -> None:
        """One attempt failed. `code`: by which failures are alike; `said`: the sentence about it."""
        with self._lock:
            self._row.add(code, said)
            self._rows.setdefault(code, _Row()).add(code, said)
            self._count(1)

    def _count(self, failed: int) -> None:
        self._tried, self._failed = self._tried + 1, self._failed + failed
        if self.opened:
            return
        if self._row.count >= IN_A_ROW:
            self.opened = Opened(self._row.count, self._tried, self._row.code, self._row.first)
        elif self._tried >= ENOUGH and self._failed * _SHARE > self._tried:
            commonest = max(self._rows.values(), key=lambda row: row.count)
            self.opened = Opened(self._failed, self._tried, "", commonest.first)


def code_of(error: Exception | None) -> str:
    """By which failures are alike: HTTP status and code of a refusal, however it is worded, else what kind of failure it is.

    SCIM refuses without a code: there its status alone counts, as its words name the person.
    """
    return f"{error.status} {error.code}".strip() if isinstance(error, ApiError) else type(error).__name__
