# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a benchmark as text for a terminal and as Markdown. Takes them as the JSON file holds them, and imports nothing that measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

HEADS = ("scenario", "reads + writes", "at least", "seconds", "ratio", "CPU s", "sandbox's CPU s", "largest processes, MB", "429", "result")
MOST_PEAKS = 3
Row = Mapping[str, Any]


def cells(row: Row) -> list[str]:
    peaks = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in largest(row["peaks"]))
    counted = f"{row['reads']:,} + {row['writes']:,}" if row["requests"] else ""
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    seconds = f"{row['seconds']:,.1f}" if row["seconds"] else ""
    cpu, sandbox = (f"{row[name]:,.2f}" if row[name] else "" for name in ("cpu", "sandbox_cpu"))
    refused = str(row["refused"]) if row["requests"] else ""
    return [row["scenario"], counted, row["least"], seconds, ratio, cpu, sandbox, peaks, refused, row["verdict"]]


def largest(peaks: Mapping[str, int], count: int = MOST_PEAKS) -> list[tuple[str, int]]:
    return sorted(peaks.items(), key=lambda item: -item[1])[:count]


def text(rows: Iterable[Row]) -> str:
    found = list(rows)
    lines = [list(HEADS), *map(cells, found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    for row in found:
        shown += [f"  {'kept  ' if kept else 'MISSED'} {row['scenario']}: {promised}" for promised, kept in row["bars"]]
        shown += [f"         {row['scenario']}: {note}" for note in row["notes"]]
    return "\n".join(shown)


def markdown(rows: Iterable[Row]) -> str:
    """Columns that no row has anything for are left out."""
    body = [cells(row) for row in rows]
    columns = [number for number in range(len(HEADS)) if any(line[number] for line in body)]
    lines = [[line[number] for number in columns] for line in (list(HEADS), *body)]
    ruled = [lines[0], ["---"] * len(columns), *lines[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in ruled)


def promises(rows: Iterable[Row]) -> str:
    told = [f"- {row['scenario']}: {promised}: {'kept' if kept else '**missed**'}" for row in rows for promised, kept in row["bars"]]
    return "\n".join(told)


def notes(rows: Iterable[Row]) -> str:
    return "\n".join(f"- {row['scenario']}: {note}" for row in rows for note in row["notes"])
