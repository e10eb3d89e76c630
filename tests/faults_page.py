# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/faults.md from what `RECORD=1 make torture` left in .build/faults.jsonl; without it the page stays as it is."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE, RECORDS = ROOT / "docs" / "faults.md", ROOT / ".build" / "faults.jsonl"
COLUMNS = ("Google: tokens", "Google: reads", "Google: writes", "Zoom: tokens", "Zoom: reads", "Zoom: writes")
WORDS = ("same end", "refused", "reported", "done by the next run")
HEAD = """\
# What a fault of either side leads to

For whoever gives this collection a token that can deactivate a company. Every request that a run can send meets every kind of fault that
can befall it, once and for ever, in a run of all phases on a small company in which every kind of change is due; one without the fault
follows.
The two requests of `google_watch.yml`, which open and stop a notification channel, are tried by themselves.
`make torture` tries all combinations, some thousands; `make test` a part of them, in which each request and each kind occurs. These tables
are of {trials:,} combinations that were recorded, of {endpoints} endpoints and {kinds} kinds of fault.

In each of them this held:

- Nobody lost an account, a licence, an address or a group who would not have lost it without the fault, in that run or in the next.
- No account and no group was made twice, and no write that was carried out was carried out again.
- What was done was reported as done, and what was not as not. A write whose outcome could not be read was reported as one that *may have
  been done or not*.
- The next run, without the fault, came to the same end as if there had been none.

What a cell says, the most frequent first:

| word | meaning |
|---|---|
| same end | The run waited, read again or looked the write up, and came to the end that it comes to without the fault. |
| refused | The run did what could be done, or nothing, and failed with a sentence that says what was refused, why, and what to do. |
| reported | The run did not fail. What it could not see or do is in `provisioning_attention`. |
| done by the next run | A list was well formed and lacked rows, which hid something that was due. The next run did the rest. |

"""
TABLES = ((False, "The fault is met once"), (True, "The fault lasts"))


def cell(outcomes: Counter[str]) -> str:
    return ", ".join(word for word in sorted(outcomes, key=lambda word: (-outcomes[word], WORDS.index(word))))


def page(rows: Iterable[dict[str, str]]) -> str:
    rows = list(rows)
    found: dict[tuple[bool, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        found[bool(row["lasting"]), row["group"]][row["family"]][row["outcome"]] += 1
    figures = {"trials": len(rows), "endpoints": len({row["endpoint"] for row in rows}), "kinds": len({row["kind"] for row in rows})}
    lines = [HEAD.format(**figures)]
    groups = list(dict.fromkeys(row["group"] for row in sorted(rows, key=lambda row: row["kind"])))
    for lasting, title in TABLES:
        lines += [f"## {title}\n", f"| fault | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
        lines += [f"| {name} | {' | '.join(cell(found[lasting, name][column]) for column in COLUMNS)} |" for name in groups]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__" and RECORDS.exists():
    PAGE.write_text(page(json.loads(line) for line in RECORDS.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
