# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scenario comes to: one row of the table, with its bars."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from . import budget
from .plays import Measured

MB = 1e6


@dataclass
class Row:
    """`bars`: each promise in words, with whether it was kept; a row without one is shown for comparison."""

    scenario: str
    requests: int = 0
    reads: int = 0
    writes: int = 0
    tokens: int = 0
    refused: int = 0  # answers with 429
    least: str = ""
    seconds: float = 0.0
    ratio: float | None = None  # seconds by calls/rate
    cpu: float = 0.0
    sandbox_cpu: float = 0.0
    peaks: dict[str, int] = field(default_factory=dict)
    together: int = 0
    bars: list[tuple[str, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def promise(self, text: str, kept: bool) -> None:
        self.bars.append((text, bool(kept)))

    @property
    def verdict(self) -> str:
        return "" if not self.bars else "pass" if all(kept for _text, kept in self.bars) else "FAIL"

    @property
    def peak(self) -> int:
        return max(self.peaks.values(), default=0)

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


def row(scenario: str, measured: Measured, **more: Any) -> Row:
    of = measured.requests
    reads, writes = budget.count(of, kind="read"), budget.count(of, kind="write")
    return Row(
        scenario,
        requests=reads + writes,
        reads=reads,
        writes=writes,
        tokens=budget.count(of, kind="token"),
        refused=budget.count(of, status=429),
        seconds=measured.seconds,
        cpu=measured.cpu,
        sandbox_cpu=measured.sandbox_cpu,
        peaks=with_unseen(measured),
        together=measured.together,
        **more,
    )


def with_unseen(measured: Measured) -> dict[str, int]:
    """A process that lived too short a time to be looked at may have been the largest: the kernel knows."""
    seen = max(measured.peaks.values(), default=0)
    return measured.peaks if measured.peak <= seen * 1.02 else {**measured.peaks, "seen only at its end": measured.peak}


def ended_well(found: Row, measured: Measured) -> None:
    if measured.status != 0:
        found.promise(f"the run ends well (it ended with {measured.status})", False)
        found.notes.append(last_words(measured.output))


def last_words(output: str) -> str:
    """The end of what was printed, without the folders of this machine."""
    return re.sub(r"(?<![\w:])/(?:[\w.+-]+/)+", "…/", output[-1500:])


def limited_reads(found: Row, measured: Measured, least: int, confirmations: int = 0) -> None:
    most = least + budget.BESIDES + confirmations
    found.least = f"{least} reads"
    besides = f" + {confirmations} confirmations" if confirmations else ""
    found.promise(f"reads at most {least} + {budget.BESIDES}{besides}", found.reads <= most)
    if found.reads > most:
        by = [f"{each['count']} {each['operation']}" for each in measured.requests if each["kind"] == "read"]
        found.notes.append(f"reads: {', '.join(by)}")


def limited_memory(found: Row) -> None:
    found.promise("400 MB each process", found.peak <= 400 * MB)


def paced(found: Row, measured: Measured, rates: Mapping[str, float]) -> None:
    """Within 1.06 times what the published rates allow, and 10 s; 429 is at most one answer in 200."""
    least = budget.least_seconds(measured.requests, rates)
    found.least = f"{least:.1f} s"
    found.ratio = round(found.seconds / least, 3) if least else None
    found.promise(f"at most 1.06 x {least:.1f} s + 10 s", found.seconds <= 1.06 * least + 10)
    found.promise("429 at most 0.5%", found.refused <= 0.005 * found.requests)
