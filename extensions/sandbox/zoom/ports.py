# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Zoom side needs of the frame: a clock, the switches and the address it is served at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol


class Clock(Protocol):
    def now(self) -> datetime: ...


class Context(Protocol):
    """Read-only members, so that any dataclass with these fields fits."""

    @property
    def switches(self) -> dict[str, Any]: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def base_url(self) -> str: ...
