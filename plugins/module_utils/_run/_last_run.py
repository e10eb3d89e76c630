# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The accounts as the last real run left them, kept beside the snapshot: what differs now was changed in Zoom by hand."""

from __future__ import annotations

import os

from .._model._account import Account, account_from_record
from .._model._drift import mark_drift
from .._model._snapshot import ACCOUNTS, Ask, Snapshot, load
from .._model._text import PolicyError, moment
from .._plan._portal_default import Former

_EVER = float("inf")


def last_path(path: str) -> str:
    return f"{path}.last"


def compare_with_last(path: str, snapshot: Snapshot[Account]) -> None:
    """Before `path` is written anew: a real run's file is put aside, check mode's is not, and what has drifted is marked.

    A missing, foreign or damaged file of the last run tells nothing, and harms nothing.
    """
    former = _read(path, snapshot.tenant)
    if former and not former.hypothetical:
        os.replace(path, last_path(path))
    else:
        former = _read(last_path(path), snapshot.tenant)
    if former:
        snapshot.about["gone"] = mark_drift(snapshot.records, former.records)
        snapshot.about["last_run"] = former.time


def read_former(accounts_path: str | None, tenant: str) -> Former | None:
    """What zoom_user_info has put aside; None where there is nothing of this tenant that can be read."""
    former = _read(last_path(accounts_path), tenant) if accounts_path else None
    time = moment(former.time) if former else None
    if former is None or time is None or former.hypothetical:
        return None
    return Former(time, {account.id: account for account in former.records if account.id})


def _read(path: str, tenant: str) -> Snapshot[Account] | None:
    try:
        return load(path, ACCOUNTS, account_from_record, Ask(hypothetical=True, max_age=_EVER, tenant=tenant))
    except PolicyError:
        return None
