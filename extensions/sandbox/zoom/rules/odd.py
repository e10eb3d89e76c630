# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of lists in forms that nobody documents, for the switch `odd_rows`."""

from __future__ import annotations

from typing import Any

from ..store.entities import OWNER
from ..store.store import Store

Row = dict[str, Any]
ADDRESSES, NAMES = ("email", "userName"), ("first_name", "displayName")


def _odd_user(store: Store) -> str:
    """Id of the account whose row is odd: the oldest that is not the owner's, so that it stays the same; '' where none is."""
    if store.context.switches["odd_rows"] not in ("no_email", "empty_email", "no_id", "wrong_type"):
        return ""
    return next((user.id for user in store.users.values() if user.role_id != OWNER), "")


def user_row(store: Store, user_id: str, row: Row) -> Row:
    """The row of a list, REST's or SCIM's."""
    if user_id != _odd_user(store):
        return row
    kind = store.context.switches["odd_rows"]
    if kind == "wrong_type":
        return {**row, **{name: [row[name]] for name in NAMES if name in row}}
    if kind == "empty_email":
        return {**row, **{name: "" for name in ADDRESSES if name in row}}
    gone = ("id",) if kind == "no_id" else ADDRESSES
    return {name: value for name, value in row.items() if name not in gone}


def first_row(store: Store, kind: str, rows: list[Row]) -> list[Row]:
    """The rows of a page that begins a list."""
    if store.context.switches["odd_rows"] != kind or not rows:
        return rows
    return [{name: value for name, value in rows[0].items() if name != "id"}, *rows[1:]]
