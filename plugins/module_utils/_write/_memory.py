# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Leaving the memory for the next run: the accounts as this one leaves them, and whose each is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from .._frame._module import Run
from .._model._account import LICENSE_FIELDS, Account
from .._model._drift import as_remembered
from .._model._snapshot import MEMORY, Snapshot, header_of, save
from .._model._tenant import Tenant
from .._plan._change import Change
from .._plan._named import Named
from .._plan._unread import FORGOTTEN
from .._read._memory import previous_path, read_former

_OF_THIS_RUN = ("held", "drifted", "person_id", "made", "recalled")


def keep_memory(run: Run, tenant: Tenant, only: Named | None = None) -> None:
    """After each phase, as the next one may not come; what check mode only planned is not remembered.

    `only`: whom alone the run is about; of others, memory goes on saying what it says. Where it is lost, it stays lost until a run is about
    everybody: it is known by nothing else that it was there.
    """
    path = run.params.get("memory_path")
    if not path or tenant.hypothetical:
        return
    others = _of_others(run, tenant, only) if only else []
    if others is None:
        return
    former = header_of(path, MEMORY)
    if former is not None and former.get("run_id") != tenant.run_id:
        os.replace(path, previous_path(path))
    accounts = [account for account in tenant.accounts if account.exists and (only is None or only.owns(account))]
    about = {"completed": tenant.completed, "standing": tenant.standing}
    save(path, Snapshot(MEMORY, tenant.id, [*accounts, *others], about, tenant.run_id), lambda account: _as_left(account, tenant))


def _of_others(run: Run, tenant: Tenant, only: Named) -> list[Account] | None:
    """As the last run left them; None where that is lost."""
    former = read_former(run.params["memory_path"], tenant.id, run.params.get("run_id"))
    if former is None:
        return None if tenant.completed or FORGOTTEN in tenant.doubtful else []
    named = {account.id for account in tenant.accounts if only.owns(account)} | only.accounts
    return [account for key, account in former.accounts.items() if key not in named]


def keep_drift(run: Run, tenant: Tenant, left: Iterable[Change]) -> None:
    """What somebody changed by hand, and another run is to put right, is drift until then: memory goes on saying how it was."""
    drifted = [(change, account) for change in left for account in (change.account, *change.members) if account and account.drifted]
    former = read_former(run.params.get("memory_path"), tenant.id, run.params.get("run_id")) if drifted else None
    for change, account in drifted if former else ():
        was, kept = former.accounts.get(account.id) if former else None, tenant.as_was.get(account.id, {})
        now = replace(account, group_ids=kept.get("group_ids", account.group_ids))
        tenant.as_was[account.id] = {**kept, **(as_remembered(now, was, change.after, change.group_id) if was else {})}


def _as_left(account: Account, tenant: Tenant) -> dict[str, Any]:
    was = tenant.as_was.get(account.id, {})
    record = {**account.record(), **was, **({"bundle_seen": ""} if any(name in was for name in LICENSE_FIELDS) else {})}
    owner = account.person_id or account.remembered
    return {**{name: value for name, value in record.items() if name not in _OF_THIS_RUN}, **({"remembered": owner} if owner else {})}
