# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a switch of the sandbox is: a behaviour the sources leave open, or a limit a user wants to set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """`allowed` lists the values that may be set; None where any value of the default's kind may be."""

    default: Any
    allowed: tuple[Any, ...] | None
    text: str
