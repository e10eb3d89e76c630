# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""How many users a page is asked for. Zoom's OpenAPI allows 2,000, its paging guide 300, and what a tenant gives only its answers show.

More is asked for, as pages follow one another: of 10,000 users they are then 5 and not 34. A tenant that gives 300 of them costs no
request more. One that refuses costs one, so only the list that is the longest asks, and a refusal is remembered (`known`).
"""

from __future__ import annotations

from ._errors import ApiError

PAGE, MOST = 300, 2_000
_INVALID = "300"  # Zoom's code


class PageSize:
    """`known`: MOST where Zoom was seen to give more than PAGE, PAGE where it refused to, else None. Shared by the lists of one client."""

    def __init__(self) -> None:
        self.known: int | None = None

    def wanted(self, status: str | None) -> int:
        """Of a list of users in this state; None for any other list. It stays the same from page to page: tokens may belong to it."""
        if status is None:
            return PAGE
        return self.known or (MOST if status == "active" else PAGE)

    def given(self, rows: int) -> None:
        if rows > PAGE:
            self.known = MOST

    def refused(self, size: int, error: ApiError) -> bool:
        """Whether an answer may be due to the size, so that the list is to be asked for in pages of PAGE."""
        if size <= PAGE or (error.status, error.code) != (400, _INVALID):
            return False
        self.known = PAGE
        return True

    def ended(self, held: int, promised: int) -> None:
        """A list that ends after PAGE rows and promises more was cut to what Zoom gives, and is read again in such pages."""
        if held == PAGE < promised:
            self.known = PAGE
