# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results as JSON, with the machine that they are of; a part that was measured anew takes the place of what was measured before."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import Any

from . import table
from .boxes import ROOT
from .rows import Row, last_words

FOLDER = Path(__file__).parents[1] / "results"


Work = Callable[[], list[Row]]


def side_by_side(lanes: Sequence[Mapping[str, Work]]) -> dict[str, list[Row]]:
    """What is in one lane runs one after the other."""
    if not lanes:
        return {}
    print(f"{' | '.join(', '.join(lane) for lane in lanes)}, beside each other ...", flush=True)
    with ThreadPoolExecutor(len(lanes)) as pool:
        done = pool.map(_lane, lanes)
        return {name: rows for lane in done for name, rows in lane.items()}


def attempt(name: str, work: Work) -> list[Row]:
    """A scenario that comes to no end is a row too: an hour of others' figures is not lost with it."""
    try:
        return work()
    except Exception as error:
        return [Row(name, bars=[("it can be measured", False)], notes=[f"{type(error).__name__}: {last_words(str(error))}"])]


def _lane(works: Mapping[str, Work]) -> dict[str, list[Row]]:
    found = {}
    for name, work in works.items():
        found[name] = attempt(name, work)
        print(table.text(row.plain() for row in found[name]), flush=True)
    return found


def machine() -> dict[str, Any]:
    """What figures depend on; nothing by which a machine could be found."""
    cpu = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in cpu.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 1e9),
        "kernel": platform.release().partition("-")[0],
        "python": platform.python_version(),
        "ansible_core": metadata.version("ansible-core"),
    }


def commit() -> str:
    found = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def last() -> dict[str, Any]:
    """What was kept last; {} before the first."""
    kept = sorted(FOLDER.glob("*.json"))
    return dict(json.loads(kept[-1].read_text())) if kept else {}


def keep(found: Mapping[str, list[Row]]) -> Path:
    now = datetime.now(timezone.utc)
    stamp = {"commit": commit(), "date": now.date().isoformat()}
    scenarios = {**last().get("scenarios", {})}
    scenarios |= {name: {**stamp, "rows": [row.plain() for row in rows]} for name, rows in found.items()}
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{now:%Y-%m-%d-%H%M}-{stamp['commit']}.json"
    path.write_text(json.dumps({**stamp, "machine": machine(), "scenarios": scenarios}, indent=1) + "\n")
    for older in sorted(FOLDER.glob("*.json"))[:-1]:
        older.unlink()  # its figures are in the history of this folder
    return path
