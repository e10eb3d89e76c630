# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Tokens that modules of one run share, where something keeps them between modules: one request a run instead of one a module."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any, Protocol

_PART = 0.5  # of a token's life that has to be left: a module may take long


class Shared(Protocol):
    def take(self, key: str) -> Mapping[str, Any]:
        """Empty if there is none."""

    def give(self, key: str, token: Mapping[str, Any]) -> None:
        """Keep it for the modules that come after."""


class _Nobody:
    """Each module for itself."""

    def take(self, key: str) -> Mapping[str, Any]:
        return {}

    def give(self, key: str, token: Mapping[str, Any]) -> None:
        pass


_shared: list[Shared] = [_Nobody()]


def share(keeper: Shared) -> None:
    """From now on, in this process."""
    _shared[:] = [keeper]


def key_of(side: str, *given: Any) -> str:
    """All that a token depends on, which the key does not show."""
    return f"{side} {hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()}"


def take(key: str, refused: str = "") -> dict[str, Any] | None:
    """What was given for it, if it lives long enough, and is another than the one `refused`."""
    found = dict(_shared[0].take(key))
    if not found or found.get("token") == refused or time.time() > found.get("until", 0):
        return None
    return found


def give(key: str, token: str, lifetime: float, **more: Any) -> None:
    """`lifetime` in seconds from now."""
    if lifetime > 0:
        _shared[0].give(key, {**more, "token": token, "until": time.time() + lifetime * (1 - _PART), "expires": time.time() + lifetime})
