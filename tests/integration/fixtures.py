# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures that integration and scale share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playing import Player


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    """Starts sandboxes by seed and runs playbooks on them; stops them in the end."""
    found = Player(tmp_path)
    yield found
    found.stop()
