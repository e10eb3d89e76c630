# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys: making one takes longer than many a test. A sandbox is given one of a few, and the next one another."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from sandbox.google.rules import access

FEW = 4  # more than any test has sandboxes whose keys must differ
_made: list[Any] = []
_turn = count()


def _key(**how: Any) -> Any:
    if len(_made) < FEW:
        _made.append(rsa.generate_private_key(**how))
        return _made[-1]
    return _made[next(_turn) % FEW]


def reuse() -> None:
    access.rsa = SimpleNamespace(generate_private_key=_key)  # type: ignore[assignment]
