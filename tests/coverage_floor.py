# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends with an error when unit tests leave out a line or a branch of the rooms that know and decide, and names each of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("plugins/module_utils/_model/", "plugins/module_utils/_plan/")


def main(report: str) -> int:
    measured = json.loads(Path(report).read_text(encoding="utf-8"))
    if not measured["meta"]["branch_coverage"]:
        print(f"{report} says nothing of branches; measure with --cov-branch.")
        return 1
    return max(check(room, measured["files"]) for room in ROOMS)


def check(room: str, files: Mapping[str, Any]) -> int:
    found = {name.rpartition("/")[2]: data for name, data in sorted(files.items()) if room in name}
    branches = sum(data["summary"]["num_branches"] for data in found.values())
    missing = [f"  {name}: {gap}" for name, data in found.items() for gap in gaps(data)]
    # what no unit test imports is not measured at all
    missing += [f"  {path.name}: no unit test uses it" for path in sorted((ROOT / room).glob("*.py")) if path.name not in found]
    if missing:
        print(f"coverage of {room}: not every branch", *missing, sep="\n")
        return 1
    print(f"coverage of {room}: every line and each of {branches} branches")
    return 0


def gaps(data: Mapping[str, Any]) -> list[str]:
    """A branch into a line that no test reaches is named by that line alone."""
    lines = data["missing_lines"]
    found = [f"no unit test reaches line {line}" for line in lines]
    for start, end in data["missing_branches"]:
        if start not in lines and end not in lines:
            found.append(f"no unit test goes from line {start} to {f'line {end}' if end > 0 else 'the end of its function'}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
