# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The order of renames: an address must be free before another account takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import Account
from .._model._text import fold
from ._actions import END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import NewAddress


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
        former = change.account.email if change.account else ""
        plan.report("rename_ring" if ring else "rename_taken", change.email, account=former)
        if ring and change.account:
            plan.skip[change.account.key] = "rename_ring"
        for other in plan.changes:  # they are reported by the address that the account keeps
            if other.account is change.account and other is not change:
                other.email = former
    plan.changes = [change for change in plan.changes if change.action != "rename"] + ordered
