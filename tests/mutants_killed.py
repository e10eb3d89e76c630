# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many mutants the tests have seen, and whether that is enough."""

from __future__ import annotations

import json
import sys
from pathlib import Path

LEAST = 90  # percent


def main(path: str) -> int:
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    seen = told["killed"] + told.get("timeout", 0)
    tried = seen + told["survived"] + told.get("no_tests", 0) + told.get("suspicious", 0)
    share = 100 * seen / tried if tried else 0.0
    print(f"{seen} of {tried} mutants were seen by a test: {share:.1f}% (at least {LEAST}%)")
    return share < LEAST


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
