# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends with an error when a floor of the house is tested less than it promises."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOORS = {"plugins/module_utils/_model/": 95.0, "plugins/module_utils/_plan/": 95.0}


def main(report: str) -> int:
    files = json.loads(Path(report).read_text())["files"]
    status = 0
    for floor, least in FLOORS.items():
        found = {name.rpartition("/")[2]: data for name, data in files.items() if floor in name}
        lines = sum(data["summary"]["num_statements"] for data in found.values())
        covered = sum(data["summary"]["covered_lines"] for data in found.values())
        share = 100 * covered / lines if lines else 0.0
        print(f"coverage of {floor}: {share:.1f}% (at least {least:.0f}%)")
        if share < least:
            status = 1
            for name in sorted(name for name, data in found.items() if data["missing_lines"]):
                print(f"  {name}: no test reaches lines {', '.join(map(str, found[name]['missing_lines']))}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
