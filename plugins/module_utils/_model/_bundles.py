# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Bundles by zoom_one_type, which only a read of the single account shows, as an earlier run saw them. Pure.

They are believed for a day, while the list's row is as it was: a rule that gives everybody a bundle must not cost a read of everybody in
each run. Nothing is taken from anybody on their strength: `is_unseen`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ._account import Account
from ._license import may_hold_bundle
from ._text import moment, shared

LONGEST = 24 * 3600  # seconds that one is believed
SPREAD = 6 * 3600  # those read at one time are not all read again at one time

# What may change with it: somebody sets a licence by hand, a group of Zoom's gives one, a SAML mapping does at a sign-in.
_ROW = ("type", "plan_united_type", "status", "role_id", "last_login")


def recall_bundles(now: Iterable[Account], last: Iterable[Account], time: datetime) -> None:
    """Fills in what the last run knew and lists do not show. `time`: of this run."""
    former = {account.id: account for account in last if account.id and account.bundle_seen and account.zoom_one_type is not None}
    for account in now:
        was = former.get(account.id)
        if was and may_hold_bundle(account) and _row(account) == _row(was) and _is_young(was, time):
            account.zoom_one_type, account.bundle_seen, account.recalled = was.zoom_one_type, was.bundle_seen, True


def see_bundle(account: Account, held: int | None, time: datetime) -> None:
    """`held`: as it was read or set, 0 for none; None where nobody knows."""
    account.zoom_one_type, account.recalled = held, False
    account.bundle_seen = "" if held is None else shared(time.isoformat(timespec="seconds"))


def _row(account: Account) -> tuple[Any, ...]:
    return (*(getattr(account, name) for name in _ROW), sorted(account.group_ids))


def _is_young(account: Account, time: datetime) -> bool:
    seen = moment(account.bundle_seen)
    share = int(hashlib.sha256(account.id.encode()).hexdigest()[:8], 16) % SPREAD
    return seen is not None and 0 <= (time - seen).total_seconds() < LONGEST - share
