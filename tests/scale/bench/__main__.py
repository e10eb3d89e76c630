# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m bench [SCENARIO ...] [--size N]`: measures, prints the table, and keeps it if all sizes are those of the promise."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from . import comparisons, load, results, scenarios, table, tenants
from .plays import Bench
from .rows import Row

SCENARIOS: dict[str, scenarios.Scenario] = {
    "load": load.scenario,
    "idle-1000": scenarios.idle_small,
    "idle-10000": scenarios.idle,
    "first-80": scenarios.first,
    "large": scenarios.large,
    "loop": comparisons.loop,
    "tenants": tenants.side_by_side,
    "slow-tenant": tenants.one_is_slow,
    "growth": scenarios.growth,
    "g2g-1000": partial(comparisons.google_to_scim, size=1000),
}
# They wait more than they compute, for half an hour: beside each other, and nothing that is measured by CPU seconds beside them.
WAITING: dict[str, scenarios.Scenario] = {
    "first-5": partial(scenarios.first, rate=5),
    "first-20": partial(scenarios.first, rate=20),
    "g2g-10000": comparisons.google_to_scim,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("scenario", nargs="*", choices=[*SCENARIOS, *WAITING, []], help="which; all without")
    parser.add_argument("--size", type=int, help="people, in place of the scenario's own number; then nothing is kept")
    options = parser.parse_args()
    asked = options.scenario or [*SCENARIOS, *WAITING]
    given = {"size": options.size} if options.size else {}
    found: dict[str, list[Row]] = {}
    with TemporaryDirectory(prefix="bench-") as folder:
        for name in [each for each in SCENARIOS if each in asked]:
            print(f"{name} ...", flush=True)
            found[name] = SCENARIOS[name](Bench(_made(Path(folder) / name)), **given)
            print(table.text(row.plain() for row in found[name]), flush=True)
        waiting = {name: partial(WAITING[name], Bench(_made(Path(folder) / name)), **given) for name in WAITING if name in asked}
        found |= results.side_by_side(waiting)
    print(table.text(row.plain() for rows in found.values() for row in rows))
    if not options.size:
        results.keep(found)
    return int(any(row.verdict == "FAIL" for rows in found.values() for row in rows))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
