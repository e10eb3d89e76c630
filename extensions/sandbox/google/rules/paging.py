# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages: opaque tokens that live for three days and belong to one list, asked for in the same way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from ...frame.context import Context
from .errors import invalid

LIFETIME = timedelta(days=3)


@dataclass(frozen=True)
class Mark:
    """Where a list goes on. `items` are as they were at the first page and shared by all its tokens."""

    listing: tuple[Any, ...]
    items: Sequence[Any]
    offset: int
    expires: datetime


class Pages:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._marks: dict[str, Mark] = {}

    def page(self, listing: tuple[Any, ...], items: Callable[[], Sequence[Any]], token: str, size: int) -> tuple[list[Any], str]:
        """The page's items and the next token. `listing`: what must be the same on all pages; `items` for the first."""
        forced = self._context.switches["google_page_size"]
        asked, size = size, min(size, int(forced)) if forced else size
        mark = self._read(token, listing) if token else Mark(listing, items(), 0, self._context.clock.now() + LIFETIME)
        end = mark.offset + size
        defect = self._context.switches["google_page_defect"]
        start = max(0, mark.offset - 1) if defect == "repeated" else mark.offset
        more = end < len(mark.items) and defect != "truncated"
        found = list(mark.items[start:end])
        if defect == "shifted" and mark.offset:
            # where pages are smaller than asked for, those asked for in another size miss other rows all the same
            del found[asked % size : asked % size + 1]
        return found, self._issue(mark, end) if more else ""

    def _read(self, token: str, listing: tuple[Any, ...]) -> Mark:
        mark = self._marks.get(token)
        if mark is None or mark.listing != listing or self._context.clock.now() >= mark.expires:
            raise invalid("Invalid Input: pageToken")
        return mark

    def _issue(self, mark: Mark, offset: int) -> str:
        now = self._context.clock.now()
        # tokens are kept in the order of their expiry
        for token, kept in list(islice(self._marks.items(), 2)):
            if kept.expires <= now:
                del self._marks[token]
        token = "Cj" + secrets.token_urlsafe(24)
        self._marks[token] = Mark(mark.listing, mark.items, offset, now + LIFETIME)
        return token
