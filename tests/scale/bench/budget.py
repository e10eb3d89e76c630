# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that a run must ask for, and the bars of the benchmark. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

MEMBERS_PAGE, USERS_PAGE, ACCOUNTS_PAGE = 200, 500, 300
BESIDES = 6
GROUP_MEMBERS = 30  # people that one call puts into a Zoom group
# The published rates of Business, calls a second
RATES = {"LIGHT": 80.0, "MEDIUM": 60.0, "HEAVY": 40.0, "RESOURCE-INTENSIVE": 20 / 60}


def reads(groups: Iterable[int], users: int, accounts: Iterable[int]) -> int:
    """Members of each distinct group, users of the directory and those deleted, accounts of each status that somebody has."""
    google = sum(pages(size, MEMBERS_PAGE) for size in groups) + pages(users, USERS_PAGE) + pages(0, USERS_PAGE)
    return google + sum(ceil(size / ACCOUNTS_PAGE) for size in accounts)


def pages(rows: int, page: int) -> int:
    """An empty list is a page too."""
    return max(1, ceil(rows / page))


def company_reads(people: int, accounts: int, *, directory: int | None = None, teams: int = 10) -> int:
    """Of `worlds.company`: a group of teams, the teams, the directory with its administrator, the accounts with their owner."""
    sizes = [len(range(number, people, teams)) for number in range(teams)]
    return reads([teams, *sizes], (directory or people) + 1, [accounts + 1])


def least_seconds(requests: Iterable[Mapping[str, Any]], rates: Mapping[str, float]) -> float:
    """Calls by rate: a run can't be shorter than its slowest category takes at the published rate; they share no limit."""
    calls: dict[str, int] = {}
    for row in requests:
        if row["side"] == "zoom" and row["kind"] == "write" and row["status"] != 429:
            name = pace_of(row)
            calls[name] = calls.get(name, 0) + row["count"]
    return max((count / rates[name] for name, count in calls.items() if name in rates), default=0.0)


def pace_of(row: Mapping[str, Any]) -> str:
    """SCIM may have a limit of its own beside REST's categories."""
    return "SCIM" if "scim2" in str(row["operation"]).lower() else str(row["category"])


def count(requests: Iterable[Mapping[str, Any]], **wanted: Any) -> int:
    return sum(row["count"] for row in requests if all(row[name] == value for name, value in wanted.items()))
