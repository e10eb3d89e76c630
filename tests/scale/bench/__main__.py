# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m bench [SCENARIO ...] [--size N]`: measures, prints the table, and keeps it if all sizes are those of the promise."""

from __future__ import annotations

import argparse
import signal
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from . import comparisons, load, results, scenarios, table, tenants
from .plays import Bench
from .rows import Row

# Alone, one after the other: their seconds and processor time are measured.
SCENARIOS: dict[str, scenarios.Scenario] = {
    "load": load.scenario,
    "idle-1000": scenarios.idle_small,
    "idle-10000": scenarios.idle,
    "first-80": scenarios.first,
    "loop": comparisons.loop,
    "tenants": tenants.side_by_side,
    "slow-tenant": tenants.one_is_slow,
    "growth": scenarios.growth,
}
# The first two wait for half an hour; beside them, what is measured by requests and memory, or is only compared with one another.
WAITING: list[dict[str, scenarios.Scenario]] = [
    {"first-5": partial(scenarios.first, rate=5)},
    {"first-20": partial(scenarios.first, rate=20)},
    {"large": scenarios.large, "g2g-1000": partial(comparisons.google_to_scim, size=1000), "g2g-10000": comparisons.google_to_scim},
]
NAMES = [*SCENARIOS, *(name for lane in WAITING for name in lane)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("scenario", nargs="*", choices=[*NAMES, []], help="which; all without")
    parser.add_argument("--size", type=int, help="people, in place of the scenario's own number; then nothing is kept")
    options = parser.parse_args()
    asked = options.scenario or NAMES
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))  # what was started is ended, and older trees are removed
    given = {"size": options.size} if options.size else {}
    found: dict[str, list[Row]] = {}
    with TemporaryDirectory(prefix="bench-") as folder:
        for name in [each for each in SCENARIOS if each in asked]:
            print(f"{name} ...", flush=True)
            found[name] = results.attempt(name, partial(SCENARIOS[name], Bench(_made(Path(folder) / name)), **given))
            print(table.text(row.plain() for row in found[name]), flush=True)
        lanes = [
            {name: partial(work, Bench(_made(Path(folder) / name)), **given) for name, work in lane.items() if name in asked}
            for lane in WAITING
        ]
        found |= results.side_by_side([lane for lane in lanes if lane])
    print(table.text(row.plain() for rows in found.values() for row in rows))
    if not options.size:
        results.keep(found)
    return int(any(row.verdict == "FAIL" for rows in found.values() for row in rows))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
