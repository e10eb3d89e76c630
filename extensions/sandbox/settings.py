# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All switches of the sandbox in one table, and the dictionary that holds their values and checks each."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .frame.switch import Switch
from .google.switches import SWITCHES as GOOGLE
from .zoom.switches import SWITCHES as ZOOM

FRAME = {
    "latency_ms": Switch(0, None, "Milliseconds that every answer takes longer."),
}
TABLE: dict[str, Switch] = {**FRAME, **ZOOM, **GOOGLE}
# what some numbers may be besides
BESIDES: dict[str, tuple[Any, ...]] = {"google_search_lag": ("never",), "google_quota": (None,)}


class SwitchError(ValueError):
    """A switch that does not exist, or a value it does not take; the text names both."""


class Switches(dict[str, Any]):
    """Every switch with its value. Setting one is checked, so that a misspelt test does not pass unnoticed."""

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        super().__init__({name: switch.default for name, switch in TABLE.items()})
        self.update(given or {})

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, checked(name, value))

    def __delitem__(self, name: str) -> None:
        """Back to its default."""
        self[name] = TABLE[name].default

    def update(self, *given: Any, **more: Any) -> None:
        """All or, where one is wrong, none."""
        super().update({name: checked(name, value) for name, value in dict(*given, **more).items()})

    def reset(self) -> None:
        self.update({name: switch.default for name, switch in TABLE.items()})


def checked(name: str, value: Any) -> Any:
    """The value as the switch takes it."""
    if name not in TABLE:
        near = difflib.get_close_matches(str(name), TABLE, 1)
        raise SwitchError(f"switch {name}: there is none of that name" + (f"; did you mean {near[0]}?" if near else ""))
    switch = TABLE[name]
    if switch.allowed is None:
        if value not in BESIDES.get(name, ()) and not _is_like(value, switch.default):
            raise SwitchError(f"switch {name}: {value!r} is not of the kind of its default {switch.default!r}")
        return value
    if value is False and False not in switch.allowed and "off" in switch.allowed:
        return "off"  # what YAML makes of a bare off
    # True == 1, but whoever writes one of them did not mean the other
    if not any(value == allowed and isinstance(value, bool) == isinstance(allowed, bool) for allowed in switch.allowed):
        raise SwitchError(f"switch {name}: {value!r} is none of {', '.join(map(repr, switch.allowed))}")
    return value


def _is_like(value: Any, default: Any) -> bool:
    """Numbers count from 0; a switch without a default takes a number or nothing."""
    if default is None or _is_number(default):
        return (default is None and value is None) or (_is_number(value) and value >= 0)
    return isinstance(value, type(default))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def load(path: Path) -> dict[str, Any]:
    """A YAML file of switches; the names and values are checked where they are set."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SwitchError(f"{path}: no YAML: {error}") from None
    if not isinstance(given or {}, dict):
        raise SwitchError(f"{path}: a mapping of switches is needed")
    return dict(given or {})
