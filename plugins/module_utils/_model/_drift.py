# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What somebody changed in Zoom by hand since the last run: accounts as that run left them, beside what is read now. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._account import ATTRIBUTES, LICENSE_FIELDS, UNREADABLE, Account
from ._text import as_shown, fold

_TEXTS = ("email", *(one.field for one in ATTRIBUTES))
_LICENSE = tuple(name for name in LICENSE_FIELDS if name != "zoom_one_type")  # which no list shows


def group_mark(group_id: str) -> str:
    """How `drifted` names a membership."""
    return f"group {group_id}"


def mark_drift(now: Iterable[Account], last: Iterable[Account], *, whole: bool = True) -> list[str]:
    """Fills `drifted` of each account with the fields changed since; returns the folded addresses of accounts that are gone.

    `whole`: False where a row was read that shows neither id nor address, and so may be anybody's: then none is gone.
    zoom_one_type is left out, as lists do not show it, and so is what comes by itself, such as an accepted invitation.
    """
    now = list(now)
    present = {account.id: account for account in now if account.id}
    unread = {fold(account.email) for account in now if account.status == UNREADABLE}
    gone = []
    for former in last:
        account = present.get(former.id)
        if account is None:
            gone += [fold(former.email)] if former.exists and whole and fold(former.email) not in unread else []
            continue
        if UNREADABLE in (account.status, former.status):
            continue
        drifted = [name for name in _TEXTS if _text(account, name) != _text(former, name)]
        if account.status != former.status:
            drifted.append("status")
        if [getattr(account, name) for name in _LICENSE] != [getattr(former, name) for name in _LICENSE]:
            drifted.append("license")
        drifted += [group_mark(key) for key in sorted(set(account.group_ids) ^ set(former.group_ids))]
        account.drifted = drifted or ()
    return gone


def remember(now: Iterable[Account], last: Iterable[Account]) -> None:
    """What Zoom's lists do not show and an earlier run has found out: whose it is, and what a changed role makes void."""
    former = {account.id: account for account in last if account.id and (account.room or account.fixed or account.remembered)}
    for account in now:
        was = former.get(account.id)
        account.remembered = was.remembered if was else ""
        if was and was.role_id == account.role_id:
            account.room = was.room
            # a field that somebody has set by hand meanwhile is theirs
            account.fixed = tuple(name for name in was.fixed if _text(account, name) == _text(was, name))


def as_remembered(account: Account, was: Account, fields: Iterable[str], group_id: str = "") -> dict[str, Any]:
    """The fields as memory has them, of an account whose drift is not put right yet; of its groups, for the one named."""
    kept = {name: getattr(was, name) for name in fields if hasattr(was, name)}
    if group_id:
        others = [key for key in account.group_ids if key != group_id]
        kept["group_ids"] = [*others, *([group_id] if group_id in was.group_ids else [])]
    return kept


def _text(account: Account, name: str) -> str:
    value = as_shown(getattr(account, name))
    return fold(value) if name == "email" else value
