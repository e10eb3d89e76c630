# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `ansible-galaxy collection build` makes of this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from release import contents, tarball, tracked
from release.__main__ import twice


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    return twice(tmp_path_factory.mktemp("release"))


def test_it_holds_everything_but_the_workshop(builds: tuple[Path, bool]) -> None:
    assert contents.problems(tarball.read(builds[0]), tracked()) == []


def test_it_is_the_same_bytes_each_time(builds: tuple[Path, bool]) -> None:
    assert builds[1]


def test_it_is_small(builds: tuple[Path, bool]) -> None:
    """Galaxy takes 20 MB. A quarter is plenty for text, and more would be something that got in."""
    assert builds[0].stat().st_size < 5_000_000
