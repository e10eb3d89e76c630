# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both sides get from the frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .clock import Clock


@dataclass
class Context:
    """`base_url` is known once the port is bound, before either side's state is built."""

    switches: dict[str, Any]
    clock: Clock = field(default_factory=Clock)
    base_url: str = ""
