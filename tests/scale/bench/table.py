# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .rows import Row

HEADS = ("scenario", "requests", "at least", "seconds", "ratio", "CPU s", "sandbox's", "largest processes, MB", "429", "result")


def cells(row: Mapping[str, Any]) -> list[str]:
    peaks = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in largest(row["peaks"]))
    counted = f"{row['reads']:,} + {row['writes']:,}" if row["requests"] else ""
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    seconds = f"{row['seconds']:,.1f}" if row["seconds"] else ""
    cpu, sandbox = (f"{row[name]:,.2f}" if row[name] else "" for name in ("cpu", "sandbox_cpu"))
    return [row["scenario"], counted, row["least"], seconds, ratio, cpu, sandbox, peaks, str(row["refused"]), row["verdict"]]


def largest(peaks: Mapping[str, int], count: int = 4) -> list[tuple[str, int]]:
    return sorted(peaks.items(), key=lambda item: -item[1])[:count]


def text(rows: Iterable[Row]) -> str:
    found = [row.plain() for row in rows]
    lines = [list(HEADS), *map(cells, found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    for row in found:
        shown += [f"  {'kept  ' if kept else 'MISSED'} {row['scenario']}: {bar}" for bar, kept in row["bars"]]
        shown += [f"         {row['scenario']}: {note}" for note in row["notes"]]
    return "\n".join(shown)


def markdown(rows: Iterable[Mapping[str, Any]]) -> str:
    lines = [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
    return "\n".join([*lines, *(f"| {' | '.join(cells(row))} |" for row in rows)])
