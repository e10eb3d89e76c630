# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search finds: users as they were a while ago, for the switch `google_search_lag`."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta

from ...frame.context import Context
from .entities import User


class SearchIndex:
    """Copies of users as they were before a change (None: not there yet), each found until the lag is over."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._former: dict[str, tuple[datetime, User | None]] = {}

    def start(self) -> None:
        """Everything so far can be found."""
        self._former.clear()

    def note(self, key: str, former: User | None) -> None:
        if not self._context.switches["google_search_lag"]:
            return
        entry = self._former.get(key)
        if entry is None or self._lag_over(entry[0]):
            self._former[key] = (self._context.clock.now(), copy.deepcopy(former))

    def seen(self, user: User) -> User | None:
        """The user as a search sees it; None: not yet."""
        entry = self._former.get(user.id)
        return entry[1] if entry and not self._lag_over(entry[0]) else user

    def _lag_over(self, since: datetime) -> bool:
        lag = self._context.switches["google_search_lag"]
        return lag != "never" and self._context.clock.now() >= since + timedelta(seconds=float(lag or 0))
