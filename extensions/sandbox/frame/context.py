# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both sides get from the frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Time(Protocol):
    def now(self) -> datetime:
        """In UTC, as the sandbox's clock has it."""


class Context(Protocol):
    """Read-only members, so that a test may bring its own."""

    @property
    def switches(self) -> Mapping[str, Any]:
        """By name, as docs/sandbox.md lists them."""

    @property
    def clock(self) -> Time:
        """The sandbox's own, which tests set forward."""

    @property
    def base_url(self) -> str:
        """Under which this sandbox is reached."""


@dataclass(frozen=True)
class Served:
    """The running sandbox's own: `base_url` is known once the port is bound, before either side is built."""

    switches: Mapping[str, Any]
    clock: Time
    base_url: str
