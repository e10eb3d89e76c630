# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST paging: next_page_token, which lives for 15 minutes and belongs to one list (section 3.4)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...frame.context import Context
from .errors import invalid, rest_error

LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True)
class Mark:
    """Where a list goes on: its ids as they were on the first page."""

    listing: str
    ids: list[str]
    offset: int
    expires: datetime


@dataclass(frozen=True)
class Page:
    ids: list[str]
    size: int
    number: int
    total: int
    next_page_token: str

    @property
    def count(self) -> int:
        return -(-self.total // self.size)


class Pages:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._marks: dict[str, Mark] = {}

    def page(self, listing: str, ids: list[str], query: Mapping[str, str], *, most: int, cap: int | None = None) -> Page:
        """`listing` names the list and its filters; `most`: beyond it a 300; `cap`: what is served at most."""
        size = min(page_size(query, most), cap or most)
        forced = self._context.switches["page_size"]
        size = min(size, int(forced)) if forced else size
        token = query.get("next_page_token", "")
        first = Mark(listing, ids, (page_number(query) - 1) * size, self._context.clock.now() + LIFETIME)
        mark = self._read(token, listing) if token else first
        end = mark.offset + size
        following = self._issue(mark, end) if end < len(mark.ids) else ""
        return Page(mark.ids[mark.offset : end], size, mark.offset // size + 1, len(mark.ids), following)

    def _read(self, token: str, listing: str) -> Mark:
        mark = self._marks.get(token)
        if mark is None or mark.listing != listing or self._context.clock.now() >= mark.expires:
            raise rest_error(400, 300, "The next page token is invalid or expired.")
        return mark

    def _issue(self, mark: Mark, offset: int) -> str:
        now = self._context.clock.now()
        self._marks = {token: kept for token, kept in self._marks.items() if kept.expires > now}
        token = secrets.token_urlsafe(24)
        self._marks[token] = Mark(mark.listing, mark.ids, offset, now + LIFETIME)
        return token


def page_size(query: Mapping[str, str], most: int) -> int:
    text = query.get("page_size", "")
    if not text:
        return 30
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise invalid("page_size")
    return int(text)


def page_number(query: Mapping[str, str]) -> int:
    """Deprecated, still answered."""
    text = query.get("page_number", "") or "1"
    if not text.isdecimal() or int(text) < 1:
        raise invalid("page_number")
    return int(text)
