# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a run's modules say how far they are, and where they are asked to stop.

The callback names both in its own environment, which workers and modules inherit. Where there is no callback, there is neither.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...module_utils._frame._progress import PROGRESS as FILE
from ...module_utils._frame._stop import STOP

__all__ = ["FILE", "FOLDER", "STOP", "State", "forget_progress", "progress_file", "read_progress"]
FOLDER = "WORKSPACE_ZOOM_PROGRESS_DIR"
_SHORT = 1000  # characters of a file that is what it should be


@dataclass(frozen=True)
class State:
    """`of` is None where nobody has said how many there are."""

    phase: str
    done: int = 0
    of: int | None = None


def progress_file(environment: Mapping[str, str], host: str, module: str) -> dict[str, str]:
    """What is added to a module's environment; nothing where nobody watches."""
    folder = environment.get(FOLDER)
    return {FILE: str(Path(folder, f"{_prefix(host)}{module}"))} if folder else {}


def forget_progress(folder: Path, host: str) -> None:
    """Of its former task."""
    for path in folder.glob(f"{_prefix(host)}*"):
        path.unlink(missing_ok=True)


def read_progress(folder: Path, host: str) -> State | None:
    """Of whichever module of that host wrote last; None if none has."""
    found: list[tuple[float, Path]] = []
    for path in folder.glob(f"{_prefix(host)}*"):
        try:
            found.append((path.stat().st_mtime, path))
        except OSError:
            continue
    return _state(max(found)[1]) if found else None


def _prefix(host: str) -> str:
    return f"progress-{hashlib.sha256(host.encode()).hexdigest()[:16]}-"


def _state(path: Path) -> State | None:
    try:
        with path.open(encoding="utf-8") as file:
            found = json.loads(file.read(_SHORT))
        phase, done, of = str(found["phase"]), int(found["done"]), found["of"]
        return State(phase, done, None if of is None else int(of)) if phase else None
    except (OSError, ValueError, TypeError, KeyError):  # it is being written
        return None
