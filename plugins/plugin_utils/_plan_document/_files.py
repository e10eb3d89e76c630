# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the document goes. Names of people are in its files: they are for their owner only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path

from ...module_utils._model._files import replace_private

NAMES = ("plan.json", "plan.md", "plan.junit.xml", "outcome", "digest")


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """By the name of each file. One that is there already, or a link in its place, is replaced: it may be readable by others."""
    for name, text in texts.items():
        replace_private(folder / name, [text])
