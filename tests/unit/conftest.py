# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-test reads no pyproject.toml: what `pythonpath` names there, and the sandbox, are found all the same."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(path) for path in (TESTS / "unit", TESTS, TESTS / "integration", TESTS.parent / "extensions")]
