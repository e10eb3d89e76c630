# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's time: the real one, or ahead of it, so that a test need not wait for what takes days."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class Clock:
    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self._ahead

    def advance(self, seconds: float) -> None:
        """Time does not run backwards: state that was stamped later would lie in the future."""
        if seconds < 0:
            raise ValueError(f"the clock cannot be put back ({seconds} seconds)")
        self._ahead += timedelta(seconds=seconds)
