# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Rows of an unknown form, and totals that rows do not reach: carried in the snapshots, reported once, and never acted on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from .._frame._module import Run
from .._model._account import unread_account
from .._model._tenant import Tenant, by_id
from .._plan._change import Plan
from .._plan._unread import MAYBE_ROOM, ROOM, unread_findings
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._shapes import Aside, OddRow
from .._transport._zoom import Zoom
from ._single_accounts import account_with

NO_ADDRESS = "no email"  # as the form of a row says it
LOOKED_UP = 50  # rows whose address is looked up one by one; more are no accident


def described(rows: Iterable[OddRow]) -> list[dict[str, Any]]:
    """As snapshot headers carry them."""
    return [asdict(row) for row in rows]


def keep_unread(zoom: Zoom, tenant: Tenant, aside: Aside) -> None:
    """A stand-in for each account that could not be read, at the address that the single account shows, where the list lacks it."""
    users = [row for row in aside.rows if row.kind == "user"]
    asked = [row for row in users if row.id and not row.email][:LOOKED_UP]
    found = dict(zip((row.id for row in asked), zoom.each(lambda row: _address(zoom, row.id), asked), strict=True))
    rows = [replace(row, email=row.email or found.get(row.id, "")) for row in users]
    rooms = _rooms(zoom, tenant, [row.id for row in asked if row.why == NO_ADDRESS and found.get(row.id)])
    named = described([*rows, *(row for row in aside.rows if row.kind != "user")])
    tenant.set_aside += [{**row, **({"room": rooms[row["id"]]} if row["id"] in rooms else {})} for row in named]
    tenant.doubtful, tenant.blank = tenant.doubtful + once(aside.doubts), aside.blank
    there = by_id(tenant.accounts)
    tenant.accounts += [unread_account(row.id, row.email) for row in rows if (row.id or row.email) and row.id not in there]


def _rooms(zoom: Zoom, tenant: Tenant, ids: list[str]) -> dict[str, str]:
    """Of users that REST lists without an address, though each has one: whether they are Zoom Rooms, as far as their number says it.

    No field marks a room. Nothing hangs on it but how it is reported.
    """
    if not zoom.has_rest or not ids or (tenant.rooms is not None and len(ids) > tenant.rooms):
        return {}
    return dict.fromkeys(ids, ROOM if tenant.rooms else MAYBE_ROOM)


def once(doubts: list[str]) -> list[str]:
    """Totals that are wrong are wrong in many lists at once: one line is enough."""
    others = len(doubts) - 1
    return [doubts[0] + (f" (likewise in {others} other lists)" if others else "")] if doubts else []


def _address(zoom: Zoom, key: str) -> str:
    """'' where the single account can't be read either."""
    try:
        return account_with(zoom, key).email
    except (ApiError, UnexpectedAnswer):
        return ""


def report_unread(run: Run, plan: Plan, tenant: Tenant) -> None:
    """Where this module has read Zoom itself; else zoom_user_info has reported it."""
    if not run.params.get("accounts_path"):
        plan.attention += unread_findings(tenant.set_aside, tenant.doubtful, tenant.forgot)
