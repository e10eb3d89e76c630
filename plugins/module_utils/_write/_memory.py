# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Leaving the memory for the next run: the accounts as this one leaves them, and whose each is."""

from __future__ import annotations

import os
from typing import Any

from .._frame._module import Run
from .._model._account import Account
from .._model._snapshot import MEMORY, Snapshot, header_of, save
from .._model._tenant import Tenant
from .._read._memory import previous_path

_OF_THIS_RUN = ("held", "drifted", "person_id", "made")


def keep_memory(run: Run, tenant: Tenant) -> None:
    """After each phase, as the next one may not come; what check mode only planned is not remembered."""
    path = run.params.get("memory_path")
    if not path or tenant.hypothetical:
        return
    former = header_of(path, MEMORY)
    if former is not None and former.get("run_id") != tenant.run_id:
        os.replace(path, previous_path(path))
    accounts = [account for account in tenant.accounts if account.exists]
    about = {"completed": tenant.completed, "standing": tenant.standing}
    save(path, Snapshot(MEMORY, tenant.id, accounts, about, tenant.run_id), _as_left)


def _as_left(account: Account) -> dict[str, Any]:
    record = account.record()
    owner = account.person_id or account.remembered
    return {**{name: value for name, value in record.items() if name not in _OF_THIS_RUN}, **({"remembered": owner} if owner else {})}
