# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "awx"))  # AWX's API, of which launching.py plays more

from listening import Source


@pytest.fixture
def start() -> Iterator[Callable[..., Source]]:
    """An event source of the collection, as ansible-rulebook runs it."""
    running: list[Source] = []

    def begin(name: str, **args: Any) -> Source:
        running.append(Source(name, args))
        return running[-1]

    yield begin
    for source in running:
        source.stop()
