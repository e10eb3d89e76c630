# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Seats as results show them: before and after, and a line of the diff where a number moves. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._plan._seats import LICENSED, Seats


def seat_numbers(
    before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]], seats: Seats
) -> dict[str, dict[str, Any]]:
    """For the result: each pool whose use is known, before and after; `bought` None where Zoom does not report it."""
    rows: dict[str, dict[str, Any]] = {}
    for pool, row in sorted(after.items()):
        if "used" not in row:
            continue
        rows[pool] = {
            "bought": row.get("bought"),
            "used_before": before.get(pool, row).get("used", 0),
            "used_after": row.get("used", 0),
            "pending": row.get("pending", 0),
            "reserved": seats.reserve if pool == seats.pool(LICENSED) else 0,
        }
    return rows


def seats_diff(rows: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """One entry of the diff, where a number moves."""
    lines: dict[str, list[str]] = {"used_before": [], "used_after": []}
    for pool, row in rows.items():
        if row["used_before"] != row["used_after"]:
            for moment, text in lines.items():
                of = f" of {row['bought']}" if row["bought"] is not None else ""
                text.append(f"{pool}: {row[moment]}{of} seats used\n")
    if not lines["used_after"]:
        return []
    before, after = "".join(lines["used_before"]), "".join(lines["used_after"])
    return [{"before_header": "seats", "after_header": "seats", "before": before, "after": after}]
