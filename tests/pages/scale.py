# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/scale.md: what the benchmark kept last, in tables."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

SCALE = Path(__file__).parents[1] / "scale"
RESULTS = SCALE / "results"
NONE = "*Not measured yet: `make bench`.*"


def _table() -> Any:
    """Its file alone: the package beside it is for those who measure."""
    spec = importlib.util.spec_from_file_location("bench_table", SCALE / "bench" / "table.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLE = _table()
FORMS = {"table": TABLE.markdown, "promises": TABLE.promises, "notes": TABLE.notes}


def last() -> dict[str, Any]:
    kept = sorted(RESULTS.glob("*.json"))
    return dict(json.loads(kept[-1].read_text(encoding="utf-8"))) if kept else {}


def rows(names: list[str]) -> list[dict[str, Any]]:
    scenarios = last().get("scenarios", {})
    return [row for name in names if name in scenarios for row in scenarios[name]["rows"]]


def bench(asked: str) -> str:
    """`table idle-1000 first-80`: the rows of these scenarios; or their promises, or their notes."""
    form, *names = asked.split()
    found = rows(names)
    return FORMS[form](found) if found else NONE


def measured(asked: str) -> str:
    """`tenants 1 together`: one figure of the second row of a scenario, memory in MB."""
    name, number, key = asked.split()
    found = rows([name])
    if len(found) <= int(number):
        return "(not measured yet)"
    value = found[int(number)][key]
    return f"{value / 1e6:,.0f} MB" if key == "together" else f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"


def machine(_asked: str) -> str:
    """Of what machine and commits the figures are."""
    kept = last()
    if not kept:
        return "no run yet"
    of = kept["machine"]
    commits = sorted({part["commit"] for part in kept["scenarios"].values()})
    where = f"{of['cores']} cores of {of['cpu']}, {of['memory_gb']} GB, Linux {of['kernel']}"
    return f"{where}, Python {of['python']}, ansible-core {of['ansible_core']}; {kept['date']}, commit {', '.join(commits)}"
