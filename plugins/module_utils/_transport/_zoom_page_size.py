# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""How many users a page is asked for. Zoom's OpenAPI allows 2,000, its paging guide 300, and what a tenant gives only its answers show.

More is asked for, as pages follow one another: of 10,000 users they are then 5 and not 34. A tenant that gives 300 of them costs no
request more. One that refuses costs one, and one that gives its default of 30 instead is read in such pages once, so only the list that
is the longest asks, and what came of it is remembered (`known`).
"""

from __future__ import annotations

from ._errors import ApiError, ScopeMissing

PAGE, MOST = 300, 2_000
_REFUSED = frozenset({400, 413, 414, 422})  # with which code, Zoom documents for no size


class PageSize:
    """`known`: MOST where Zoom was seen to give more than PAGE, PAGE where it refused to, else None. Shared by the lists of one client."""

    def __init__(self) -> None:
        self.known: int | None = None

    def wanted(self, status: str | None) -> int:
        """Of a list of users in this state; None for any other list. It stays the same from page to page: tokens may belong to it."""
        if status is None:
            return PAGE
        return self.known or (MOST if status == "active" else PAGE)

    def given(self, size: int, rows: int, *, more: bool) -> None:
        """By a page that was asked for `size`. `more`: it is the first one and not the last."""
        if rows > PAGE:
            self.known = MOST
        elif more and rows < PAGE < size:
            self.known = PAGE

    def refused(self, size: int, error: ApiError) -> bool:
        """Whether an answer may be due to the size, so that the list is to be read from its beginning in pages of PAGE."""
        if size <= PAGE or error.status not in _REFUSED or isinstance(error, ScopeMissing):
            return False
        self.known = PAGE
        return True

    def ended(self, size: int, held: int, promised: int) -> None:
        """A list that promises more than a first page that is not full was cut to what Zoom gives, and is read again in pages of PAGE."""
        if PAGE <= held < min(size, promised):
            self.known = PAGE
