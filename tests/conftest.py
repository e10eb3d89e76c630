# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that tests record (`record_property`) are added up over all workers and printed in the end."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
# ansible-test, which runs the unit tests too, reads no pyproject.toml: what `pythonpath` names there, and the sandbox.
sys.path[:0] = [
    str(path) for path in (TESTS / "integration", TESTS, TESTS / "unit", TESTS.parent / "extensions") if str(path) not in sys.path
]

from tiers import TORTURE, more  # noqa: E402

# A loaded machine is no fault of the code: speed is measured by the benchmarks. At each commit few examples, always the same ones.
settings.register_profile("each commit", deadline=None, max_examples=30, derandomize=True, database=None)
# Thousands of mutants are each tried with few examples, always the same ones, so that a verdict is the same every time.
settings.register_profile("mutants", deadline=None, max_examples=10, derandomize=True, database=None)
# Others each time: TORTURE=1, or HYPOTHESIS_PROFILE=many
settings.register_profile("many", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", more("each commit", "many")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [] if TORTURE else [item for item in items if item.get_closest_marker("torture")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("torture")]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    figures: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                figures.update({name: value for name, value in report.user_properties if isinstance(value, int)})
    for name, value in figures.items():
        terminalreporter.write_line(f"{value:,} {name}")
