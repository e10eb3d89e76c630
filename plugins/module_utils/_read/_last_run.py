# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The accounts as the last real run left them, kept beside the snapshot: what differs now was changed in Zoom by hand."""

from __future__ import annotations

import os

from .._model._account import Account, account_from_record
from .._model._drift import mark_drift, remember
from .._model._snapshot import ACCOUNTS, EVER, Ask, Snapshot, load
from .._model._text import PolicyError, moment
from .._plan._portal_default import Former


def last_path(path: str) -> str:
    return f"{path}.last"


def compare_with_last(path: str, snapshot: Snapshot[Account], memory_path: str | None = None) -> None:
    """Marks what has drifted, before `path` is written anew: a real run's file is put aside, check mode's is not.

    `memory_path`: whose memory it is, if not that of `path`; then nothing is put aside.
    """
    former = _put_aside(path, snapshot.tenant) if memory_path in (None, path) else None
    former = former or _former(memory_path or path, snapshot.tenant, snapshot.run_id)
    if former:
        named = all(row["id"] or row["email"] for row in snapshot.about.get("set_aside", []) if row["kind"] == "user")
        snapshot.about["gone"] = mark_drift(snapshot.records, former.records, whole=named)
        remember(snapshot.records, former.records)


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
