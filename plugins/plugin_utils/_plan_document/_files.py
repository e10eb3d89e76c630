# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the document goes. Names of people are in its files: they are for their owner only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

NAMES = ("plan.json", "plan.md", "plan.junit.xml", "outcome", "digest")


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """By the name of each file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in texts.items():
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
