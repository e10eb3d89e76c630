# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bringing the accounts snapshot up to date with each change, in check mode as for real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from .._model._account import Account
from .._model._license import license_of, pool_of
from .._model._tenant import Accounts
from .._plan._change import Change
from ._account_calls import Told


def carrier(snapshot: Accounts) -> Callable[[Change, Told], None]:
    """A function that takes one change, and what Zoom told of it, into the snapshot."""

    def carry(change: Change, told: Told) -> None:
        if change.group:
            _carry_group(snapshot, change, told)
        elif change.account:
            _carry_account(snapshot, change, change.account, told)

    return carry


def _carry_account(snapshot: Accounts, change: Change, account: Account, told: Told) -> None:
    before = _seat(snapshot, account) if change.action != "create" else None
    if change.action == "create":
        snapshot.records.append(account)
    for name, value in {**change.after, **told}.items():
        setattr(account, name, value)
    if change.action in ("delete", "disassociate"):
        snapshot.records.remove(account)
    elif change.action == "reactivate":
        account.woken = datetime.now(timezone.utc).isoformat(timespec="seconds")
    elif account.status == "inactive":  # deactivation takes the licences (Zoom's Users OpenAPI)
        account.type, account.plan_united_type, account.zoom_one_type = (1 if account.type == 2 else account.type), None, None
    _count(snapshot, before, -1)
    _count(snapshot, _seat(snapshot, account), 1)


def _seat(snapshot: Accounts, account: Account) -> tuple[str | None, str] | None:
    """Its pool, and whether it is used by an account or waits for an invitation."""
    kept = {"active": "used", "pending": "pending"}.get(account.status)
    return (pool_of(license_of(account), snapshot.about.get("base_plan")), kept) if kept else None


def _count(snapshot: Accounts, seat: tuple[str | None, str] | None, number: int) -> None:
    pool, kept = seat or (None, "")
    seats = (snapshot.about.get("seats") or {}).get(pool)
    if seats and kept in seats:
        seats[kept] += number


def _carry_group(snapshot: Accounts, change: Change, told: Told) -> None:
    """The group's name, and who is in it. Who was left out of an addition is no member of the change any more."""
    target, groups = change.payload["target"], snapshot.about.setdefault("groups", {})
    if change.action == "create_group":
        target["id"] = told.get("group_id") or target["id"]
    key = target["id"]
    if change.action in ("create_group", "rename_group"):
        groups[key] = change.group
    elif change.action == "delete_group":
        groups.pop(key, None)
    change.payload["left_out"] = told.get("left_out") or []
    left_out = {member.key for member, _why in change.payload["left_out"]}
    change.members = [member for member in change.members if member.key not in left_out]
    for member in change.members:
        if change.action == "add" and key not in member.group_ids:
            member.group_ids.append(key)
        elif change.action in ("remove", "delete_group") and key in member.group_ids:
            member.group_ids.remove(key)
