# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run makes of rows that could not be read: a sentence for each, and no removal where they leave something open. Pure.

A row that was set aside: kind, what, why, id and email. A doubt: a clause that says why nothing is to be removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._model._people import People
from .._model._tenant import Tenant
from ._outcome import Finding
from ._outcomes import finding

ROOM, MAYBE_ROOM = "room", "maybe"
"""Of a user's row that was set aside: that it is a Zoom Room, or may be one."""
FORGOTTEN = "the memory of the last run could not be used"
_ROOMS = {ROOM: "listed_room", MAYBE_ROOM: "listed_maybe_room"}
_CODES = {"group": "set_aside_group", "member": "set_aside_member"}


def unread_findings(rows: Iterable[Mapping[str, str]], doubts: Iterable[str], forgot: str = "") -> list[Finding]:
    """One sentence for each row that was set aside, one for each other doubt, and one for a memory that could not be used."""
    found = [finding("forgotten", "", why=forgot)] if forgot else []
    for row in rows:
        named = ", ".join(filter(None, (row["email"], f"id {row['id']}" if row["id"] else "")))
        named = f"it is {named}" if named else "neither id nor address can be read"
        code = _CODES.get(row["kind"], "set_aside_person" if row["what"].startswith("Google") else "set_aside")
        values = {"what": row["what"], "why": row["why"], "named": named}
        found.append(finding(_ROOMS.get(row.get("room", ""), code), row["email"] or row["id"], reason="set_aside", **values))
    return found + [finding("doubtful", "", cause=doubt) for doubt in doubts if doubt != FORGOTTEN]


def unreliable(*sides: Tenant | People) -> str:
    """Why nothing is to be removed in this run, '' where all that was read can be relied on."""
    return next((doubt for side in sides for doubt in side.doubtful), "")
