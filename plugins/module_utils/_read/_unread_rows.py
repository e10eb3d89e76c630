# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Rows of an unknown form, and totals that rows do not reach: carried in the snapshots, reported once, and never acted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from .._frame._module import Run
from .._model._account import Account, unread_account
from .._model._snapshot import Snapshot
from .._plan._change import Plan
from .._plan._unread import unread_findings
from .._transport._errors import ApiError, UnexpectedAnswer
from .._transport._shapes import Aside, OddRow
from .._transport._zoom import Zoom

_LOOKED_UP = 50  # rows whose address is asked for one by one; more are no accident


def described(rows: Iterable[OddRow]) -> list[dict[str, Any]]:
    """As snapshot headers carry them."""
    return [asdict(row) for row in rows]


def note(about: dict[str, Any], rows: Iterable[Mapping[str, Any]], doubts: Iterable[str]) -> None:
    """Header fields `set_aside` (kind, what, why, id and email of each row) and `doubtful` (clauses: why nothing is to be removed)."""
    if kept := list(rows):
        about["set_aside"] = [*about.get("set_aside", []), *kept]
    if told := list(dict.fromkeys(doubts)):
        about["doubtful"] = [*about.get("doubtful", []), *told]


def keep_unread(zoom: Zoom, snapshot: Snapshot[Account], aside: Aside) -> None:
    """A stand-in for each account that could not be read, at the address that the single account shows, where the list lacks it."""
    users = [row for row in aside.rows if row.kind == "user"]
    asked = [row for row in users if row.id and not row.email][:_LOOKED_UP]
    found = dict(zip((row.id for row in asked), zoom.each(lambda row: _address(zoom, row.id), asked), strict=True))
    rows = [replace(row, email=row.email or found.get(row.id, "")) for row in users]
    note(snapshot.about, described([*rows, *(row for row in aside.rows if row.kind != "user")]), once(aside.doubts))
    there = {account.id for account in snapshot.records if account.id}
    snapshot.records += [unread_account(row.id, row.email) for row in rows if (row.id or row.email) and row.id not in there]


def once(doubts: list[str]) -> list[str]:
    """Totals that are wrong are wrong in many lists at once: one line is enough."""
    others = len(doubts) - 1
    return [doubts[0] + (f" (likewise in {others} other lists)" if others else "")] if doubts else []


def _address(zoom: Zoom, key: str) -> str:
    """'' where the single account can't be read either."""
    try:
        return str(zoom.rest.user(key)["email"] if zoom.kind == "oauth" else zoom.scim.user(key)["userName"])
    except (ApiError, UnexpectedAnswer):
        return ""


def tell_aside(run: Run, plan: Plan, accounts: Snapshot[Account]) -> None:
    """Where this module has read Zoom itself; else zoom_user_info has reported it."""
    if not run.params.get("accounts_path"):
        plan.attention += unread_findings(accounts.about)
