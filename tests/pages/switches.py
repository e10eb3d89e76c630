# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's switches as a table."""

from __future__ import annotations

from typing import Any

from sandbox.google.switches import SWITCHES as GOOGLE
from sandbox.settings import FRAME
from sandbox.zoom.switches import SWITCHES as ZOOM

SIDES = {"frame": FRAME, "zoom": ZOOM, "google": GOOGLE}


def switches(side: str) -> str:
    rows = [f"| `{name}` | {_values(switch.default, switch.allowed)} | {switch.text} |" for name, switch in sorted(SIDES[side].items())]
    return "\n".join(["| switch | values, the usual one first | what it plays |", "|---|---|---|", *rows])


def _values(default: Any, allowed: tuple[Any, ...] | None) -> str:
    """A number or nothing, where any may be set."""
    others = () if allowed is None else tuple(value for value in allowed if value is not default and value != default)
    shown = [f"`{str(value).lower() if isinstance(value, bool) else value}`" for value in (default, *others)]
    return ", ".join(shown) + ("" if allowed else ", or a number")
