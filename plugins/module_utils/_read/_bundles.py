# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bundles by zoom_one_type, which Zoom's lists do not show: one GET for each account whose licence is about to change."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import SET_ASIDE, Account, account_from_rest, account_from_scim
from .._plan._change import Plan
from .._plan._losses import end_account
from .._plan._outcome import Finding
from .._transport._zoom import Zoom
from ._single_reads import hold, read_each


def read_bundles(zoom: Zoom, accounts: Iterable[Account]) -> list[Finding]:
    """Brings licence fields up to date where a licensed account may hold a bundle unseen. 0: it holds none.

    SCIM shows those bundles that have a key of its own (zoom-api.md 4.5). The findings are of those that could not be read.
    """
    known, unread = read_each(zoom, filter(_in_doubt, accounts), lambda account: _shown(zoom, account))
    for account, shown in known:
        account.type, account.plan_united_type = shown.type, shown.plan_united_type
        account.zoom_one_type = shown.zoom_one_type or 0
    return unread


def _shown(zoom: Zoom, account: Account) -> Account:
    if zoom.kind == "oauth":
        return account_from_rest(zoom.rest.user(account.id))
    return account_from_scim(zoom.scim.user(account.id))


def _in_doubt(account: Account) -> bool:
    return account.type == 2 and account.exists and account.zoom_one_type is None and account.plan_united_type is None


def refine_losses(zoom: Zoom, plan: Plan, *, whatever: bool = False) -> None:
    """Whoever loses a bundle: the plan, its diff and the journal name it, so that it can be given back.

    An account that can't be read is left as it is; `whatever`: its access ends all the same, as who asks for that names the person.
    """
    ending = [change for change in plan.changes if change.account and "ending" in change.payload]
    accounts = [change.account for change in ending if change.account]
    unread = read_bundles(zoom, accounts)
    if not whatever:
        plan.attention += unread
        hold(accounts, unread)
        plan.changes = [change for change in plan.changes if change.account is None or change.account.held != SET_ASIDE]
    for change in ending:
        if change.account:
            again = end_account(change.account, change.payload["ending"], change.reason, change.loss)
            change.after, change.payload = again.after, again.payload
