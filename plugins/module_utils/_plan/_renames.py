# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Renames, and their order: an address must be free before another account takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import Account
from .._model._text import fold
from ._actions import END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import NewAddress


def rename(account: Account, email: str, reason: str) -> Change:
    """Whoever is renamed loses the address that they sign in with: a removal, whatever comes in its place."""
    return Change("rename", email, reason, account, {"email": email}, NewAddress(email), removal="rename")


def order_renames(plan: Plan, accounts: Iterable[Account]) -> None:
    """Waves of renames. A ring can't be solved by renames alone, and what nobody gives up can't be taken: both are reported."""
    renames = {fold(change.account.email): change for change in plan.changes if change.action == "rename" and change.account}
    removed = {change.account.key for change in plan.changes if change.account and change.action in END_OF_ACCOUNT}
    taken = {fold(account.email) for account in accounts if account.key not in removed}
    ordered, wave = list[Change](), 0
    while renames:
        ready = [key for key, change in renames.items() if (target := fold(change.needs(NewAddress).email)) == key or target not in taken]
        if not ready:
            break
        wave += 1
        for key in sorted(ready):
            renames[key].wave = wave
            taken.add(fold(renames[key].needs(NewAddress).email))
            ordered.append(renames.pop(key))
        taken -= set(ready) - {fold(change.needs(NewAddress).email) for change in ordered}
    for change in renames.values():
        ring = fold(change.needs(NewAddress).email) in renames
        plan.report("rename_ring" if ring else "rename_taken", change.email, account=change.account.email if change.account else "")
        if ring and change.account:
            plan.skip[change.account.key] = "rename_ring"
    plan.keep_addresses(renames.values())
    plan.changes = [change for change in plan.changes if change.action != "rename"] + ordered
