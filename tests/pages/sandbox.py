# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page of the sandbox lists: switches, events and keys of a seed, as the code has them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

from sandbox.google import seed as google_seed
from sandbox.google.switches import SWITCHES as GOOGLE
from sandbox.google.workspace import Workspace
from sandbox.settings import BESIDES, FRAME
from sandbox.zoom import seed as zoom_seed
from sandbox.zoom.account import ZoomAccount
from sandbox.zoom.switches import SWITCHES as ZOOM

SWITCHES = {"frame": FRAME, "zoom": ZOOM, "google": GOOGLE}
ACTORS: dict[str, Any] = {"google": Workspace, "zoom": ZoomAccount}
SEEDS: dict[str, Any] = {"google": google_seed, "zoom": zoom_seed}


def switches(side: str) -> str:
    rows = [
        f"| `{name}` | {_values(name, switch.default, switch.allowed)} | {switch.text} |" for name, switch in sorted(SWITCHES[side].items())
    ]
    return "\n".join(["| switch | values, the default first | what it does |", "|---|---|---|", *rows])


def _values(name: str, default: Any, allowed: tuple[Any, ...] | None) -> str:
    """As YAML and JSON write them; a number, where any may be set."""
    others = BESIDES.get(name, ()) if allowed is None else tuple(value for value in allowed if value is not default and value != default)
    shown = [f"`{_written(value)}`" for value in (default, *others)]
    return ", ".join(shown) + ("" if allowed else ", or a number")


def _written(value: Any) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def events(side: str) -> str:
    """Names with their arguments; one in brackets may be left out."""
    return ", ".join(f"`{name}` {_arguments(getattr(ACTORS[side], name))}".rstrip() for name in sorted(ACTORS[side].EVENTS))


def _arguments(method: Any) -> str:
    named = [parameter for parameter in inspect.signature(method).parameters.values() if parameter.name != "self"]
    shown = [_argument(parameter) for parameter in named]
    return f"({', '.join(shown)})" if shown else ""


def _argument(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return "..."
    return parameter.name if parameter.default is inspect.Parameter.empty else f"[{parameter.name}]"


def keys(asked: str) -> str:
    """`zoom USER_KEYS`: the keys that a seed may have there."""
    side, name = asked.split()
    return _listed(getattr(SEEDS[side], name))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
