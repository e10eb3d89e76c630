# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bundles by zoom_one_type, which Zoom's lists do not show: one GET for each account that is about to lose something or to be given it.

What an earlier run saw is no reason to take anything away: before that it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timezone

from .._model._account import Account
from .._model._bundles import see_bundle
from .._model._license import is_unseen
from .._model._tenant import Tenant
from .._plan._change import Plan
from .._plan._outcome import Finding
from .._transport._zoom import Zoom
from ._single_accounts import account_with, read_each, skip_accounts


def read_bundles(zoom: Zoom, accounts: Iterable[Account]) -> list[Finding]:
    """Brings licence fields up to date where a licensed account may hold a bundle unseen. 0: it holds none.

    SCIM shows those bundles that have a key of its own (zoom-api.md 4.5). The findings are of those that could not be read.
    """
    asked, now = [account for account in accounts if account.exists and is_unseen(account)], datetime.now(timezone.utc)
    known, unread = read_each(zoom, asked, lambda account: account_with(zoom, account.id))
    for account, shown in known:
        account.type, account.plan_united_type = shown.type, shown.plan_united_type
        see_bundle(account, shown.zoom_one_type or 0, now)
    return unread


def skip_unread(zoom: Zoom, tenant: Tenant, asked: Iterable[Account]) -> list[Finding]:
    """The same; those that can't be read are left as they are, with a finding each."""
    unread = read_bundles(zoom, asked)
    skip_accounts(tenant, unread)
    return unread


def plan_with_bundles(zoom: Zoom, tenant: Tenant, make: Callable[[], Plan]) -> tuple[Plan, list[Finding]]:
    """A plan, made anew until it rests on no bundle that this run has not seen. Whoever was read once is not asked for again."""
    plan, unread = make(), list[Finding]()
    while asked := [account for account in plan.unseen if account.held is None]:
        unread += skip_unread(zoom, tenant, asked)
        plan = make()
    return plan, unread
