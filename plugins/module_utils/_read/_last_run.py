# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The accounts as the last real run left them, kept beside the snapshot: what differs now was changed in Zoom by hand."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime

from .._model._account import Account, account_from_record
from .._model._drift import mark_drift, remember
from .._model._snapshot import ACCOUNTS, EVER, Ask, Snapshot, load
from .._model._tenant import Tenant
from .._model._text import PolicyError, moment
from .._plan._portal_default import Former


def last_path(path: str) -> str:
    return f"{path}.last"


def compare_with_last(path: str, tenant: Tenant, memory_path: str | None = None) -> None:
    """Marks what has drifted, before `path` is written anew: a real run's file is put aside, check mode's is not.

    `memory_path`: whose memory it is, if not that of `path`; then nothing is put aside.
    """
    former = _put_aside(path, tenant.id) if memory_path in (None, path) else None
    former = former or _former(memory_path or path, tenant.id, tenant.run_id)
    if former:
        named = all(row["id"] or row["email"] for row in tenant.set_aside if row["kind"] == "user")
        tenant.gone = mark_drift(tenant.accounts, former.records, whole=named)
        remember(tenant.accounts, former.records)


def _put_aside(path: str, tenant: str) -> Snapshot[Account] | None:
    """A real run's file, which is now the last run's."""
    former = _read(path, tenant)
    if former is None or former.hypothetical:
        return None
    os.replace(path, last_path(path))
    return former


def read_former(path: str | None, tenant: str, run_id: str | None) -> Former | None:
    """The accounts as the last real run left them; None where there is nothing of this tenant that can be read."""
    former = _former(path, tenant, run_id) if path else None
    time = moment(former.time) if former else None
    return Former(time, {account.id: account for account in former.records if account.id}) if former and time else None


def remember_woken(accounts: Iterable[Account], former: Former | None, now: datetime) -> None:
    """Keep when an account was reactivated: without a sign-in since, its licence is not yet idle."""
    for account in accounts:
        was = former.accounts.get(account.id) if former and account.id else None
        if was and not account.woken:
            woke = was.status == "inactive" and account.status == "active"
            account.woken = now.isoformat(timespec="seconds") if woke else was.woken


def _former(path: str, tenant: str, run_id: str | None) -> Snapshot[Account] | None:
    """`path` itself holds another run's end, or this run's own state, or check mode's: then what was put aside counts."""
    for candidate in (path, last_path(path)):
        found = _read(candidate, tenant)
        if found and not found.hypothetical and (candidate != path or (found.run_id != run_id and run_id)):
            return found
    return None


def _read(path: str, tenant: str) -> Snapshot[Account] | None:
    try:
        return load(path, ACCOUNTS, account_from_record, Ask(hypothetical=True, max_age=EVER, tenant=tenant))
    except PolicyError:
        return None
