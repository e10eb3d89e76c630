# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The end of every module that writes to Zoom: carry the plan out, bring the state forward, report."""

from __future__ import annotations

from datetime import datetime, timezone

from .._frame._module import Run
from .._model._snapshot import save
from .._model._tenant import Tenant
from .._plan._approval import Approval, hold_to
from .._plan._change import Plan
from .._plan._part import WHOLE, Part
from .._plan._standing import Known
from .._report._change_rows import plan_digest
from .._report._result import Result
from .._transport._zoom import Zoom
from ._applied import Applied, result_of
from ._apply import apply
from ._created_accounts import prover
from ._journal import Journal
from ._memory import keep_drift, keep_memory
from ._seat_gate import SeatGate
from ._snapshot_update import mark
from ._standing import StandingConditions
from ._zoom_actions import ZOOM_WRITES


def finish(
    run: Run,
    zoom: Zoom,
    plan: Plan,
    tenant: Tenant,
    journal: Journal,
    gate: SeatGate | None = None,
    *,
    known: Known | None = None,
    approval: Approval | None = None,
    part: Part = WHOLE,
    completes: bool = False,
) -> tuple[Result, Applied]:
    """The result, and what came of the plan. `known`: what stands, of a phase that keeps to it. `approval`: what it may make.

    `part`: what the run leaves. `completes`: it is of all accounts, which are up to date once it is carried out.
    """
    standing = StandingConditions(plan, tenant, known)
    hold_to(plan, approval)
    mark(plan, tenant.accounts)
    digest = plan_digest(plan)
    prove = prover(zoom, journal, len(tenant.accounts))
    applied = apply(zoom, ZOOM_WRITES, plan, tenant, journal, check_mode=run.check_mode, gate=gate, prove=prove, watch=run.watch)
    run.check_hold()
    standing.settle(applied)
    tenant.doubtful += [applied.doubt] if applied.doubt else []
    if completes and not (applied.hypothetical or applied.doubt or applied.interrupted):
        tenant.completed = datetime.now(timezone.utc).isoformat(timespec="seconds")
    keep_drift(run, tenant, plan.left)
    _carry_forward(run, tenant)
    keep_memory(run, tenant, part.only)
    return result_of(run, plan, applied, digest, tenant.id), applied


def _carry_forward(run: Run, tenant: Tenant) -> None:
    """The accounts as this module leaves them, for the next one, if this run keeps them in a file."""
    if run.params.get("accounts_path"):
        save(run.params["accounts_path"], tenant.snapshot())
