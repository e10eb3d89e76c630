# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run makes of rows that could not be read: a sentence for each, and no removal where they leave something open. Pure.

Snapshot headers carry them: `set_aside` (kind, what, why, id and email of each row) and `doubtful` (clauses: why nothing is to be removed).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._outcome import Finding
from ._outcomes import finding

_CODES = {"group": "set_aside_group", "member": "set_aside_member"}


def unread_findings(about: Mapping[str, Any]) -> list[Finding]:
    """One sentence for each row, and one for each doubt."""
    found = []
    for row in about.get("set_aside") or []:
        named = ", ".join(filter(None, (row["email"], f"id {row['id']}" if row["id"] else ""))) or "neither id nor address can be read"
        code = _CODES.get(row["kind"], "set_aside_person" if row["what"].startswith("Google") else "set_aside")
        found.append(finding(code, row["email"] or row["id"], reason="set_aside", what=row["what"], why=row["why"], named=named))
    return found + [finding("doubtful", "", doubt=doubt) for doubt in about.get("doubtful") or []]


def unread_groups(about: Mapping[str, Any]) -> frozenset[str]:
    """Names of the groups that could not be read, '' where not even the name could be."""
    return frozenset(row["email"] for row in about.get("set_aside") or [] if row["kind"] == "group")


def doubt_of(*headers: Mapping[str, Any]) -> str:
    """Why nothing is to be removed in this run, '' where all that was read can be relied on."""
    return next((str(doubt) for about in headers for doubt in about.get("doubtful") or []), "")
