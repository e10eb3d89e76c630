# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bundles by zoom_one_type, which Zoom's lists do not show: one GET for each account that is about to lose something or to be given it."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import Account
from .._model._license import may_hold_bundle
from .._model._tenant import Tenant
from .._plan._outcome import Finding
from .._transport._zoom import Zoom
from ._single_accounts import account_with, read_each, skip_accounts


def read_bundles(zoom: Zoom, accounts: Iterable[Account]) -> list[Finding]:
    """Brings licence fields up to date where a licensed account may hold a bundle unseen. 0: it holds none.

    SCIM shows those bundles that have a key of its own (zoom-api.md 4.5). The findings are of those that could not be read.
    """
    asked = [account for account in accounts if account.exists and may_hold_bundle(account)]
    known, unread = read_each(zoom, asked, lambda account: account_with(zoom, account.id))
    for account, shown in known:
        account.type, account.plan_united_type = shown.type, shown.plan_united_type
        account.zoom_one_type = shown.zoom_one_type or 0
    return unread


def skip_unread(zoom: Zoom, tenant: Tenant, asked: Iterable[Account]) -> list[Finding]:
    """The same; those that can't be read are left as they are, with a finding each."""
    unread = read_bundles(zoom, asked)
    skip_accounts(tenant, unread)
    return unread
