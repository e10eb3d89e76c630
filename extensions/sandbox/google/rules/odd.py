# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of lists in forms that nobody documents, for the switch `google_odd_rows`."""

from __future__ import annotations

from typing import Any

from ..store.entities import Group, User
from ..store.store import Store

Row = dict[str, Any]
_LOST = {"no_email": "primaryEmail", "no_id": "id"}


def odd_user(store: Store, user: User, row: Row) -> Row:
    """The row of users.list: that of the first user of the seed who is no admin is odd, so that it stays the same."""
    kind = store.context.switches["google_odd_rows"]
    if kind not in ("no_email", "no_id", "wrong_type"):
        return row
    if user.id != next((other.id for other in store.users.values() if not other.admin), ""):
        return row
    if kind == "wrong_type":
        return {**row, "suspended": str(user.suspended).lower()}
    return {name: value for name, value in row.items() if name != _LOST[kind]}


def odd_members(store: Store, group: Group, rows: list[Row]) -> list[Row]:
    """The rows of a page of members.list: that of the group's first member is odd, so that it stays the same whoever joins."""
    if store.context.switches["google_odd_rows"] != "member_without_keys":
        return rows
    lost = next(iter(group.members), "")
    return [{name: value for name, value in row.items() if name not in ("id", "email")} if row["id"] == lost else row for row in rows]
