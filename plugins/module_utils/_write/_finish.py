# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The end of every module that writes: carry the plan out, bring the state forward, report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone

from .._frame._module import Run
from .._model._google_group import GoogleGroup
from .._model._snapshot import save
from .._model._tenant import Tenant
from .._model._text import fold
from .._plan._change import Plan
from .._plan._standing import Known
from .._report._change_rows import plan_digest
from .._report._result import Result, bulk_result
from .._transport._google_directory import Directory
from .._transport._zoom import Zoom
from ._addition_gate import AdditionGate
from ._applied import Applied
from ._apply import apply
from ._created_accounts import prover
from ._journal import Journal
from ._memory import keep_memory
from ._seat_gate import SeatGate
from ._snapshot_update import mark
from ._standing import StandingConditions


def finish(
    run: Run,
    zoom: Zoom,
    plan: Plan,
    tenant: Tenant,
    journal: Journal,
    gate: SeatGate | None = None,
    *,
    known: Known | None = None,
    completes: bool = False,
) -> tuple[Result, Applied]:
    """The result, and what came of the plan. `known`: what stands, of a phase that keeps to it.

    `completes`: it is of all accounts, which are up to date once it is carried out.
    """
    standing = StandingConditions(plan, tenant, known)
    mark(plan, tenant.accounts)
    digest = plan_digest(plan)
    prove = prover(zoom, journal, len(tenant.accounts))
    applied = apply(zoom, plan, tenant, journal, check_mode=run.check_mode, gate=gate, prove=prove)
    standing.settle(applied)
    tenant.doubtful += [applied.doubt] if applied.doubt else []
    if completes and not (applied.hypothetical or applied.doubt):
        tenant.completed = datetime.now(timezone.utc).isoformat(timespec="seconds")
    _carry_forward(run, tenant)
    keep_memory(run, tenant)
    return _result(run, plan, applied, digest), applied


def _carry_forward(run: Run, tenant: Tenant) -> None:
    """The accounts as this module leaves them, for the next one, if this run keeps them in a file."""
    if run.params.get("accounts_path"):
        save(run.params["accounts_path"], tenant.snapshot())


def finish_google(
    run: Run, directory: Directory, plan: Plan, groups: Iterable[GoogleGroup], journal: Journal
) -> tuple[Result, Applied, list[str]]:
    """The same, and whom Google did not take in, or was not asked to."""
    gate, state, digest = AdditionGate(plan), {fold(group.email): group for group in groups}, plan_digest(plan)
    applied = apply(directory, plan, state, journal, check_mode=run.check_mode, gate=gate)
    applied.refused += gate.kept
    refused = [email for emails in gate.refused_in.values() for email in emails]
    untried = [change.email for change in applied.untried if change.action == "google_add"]
    return _result(run, plan, applied, digest), applied, [*refused, *untried]


def _result(run: Run, plan: Plan, applied: Applied, digest: str) -> Result:
    plan.attention += applied.attention
    return bulk_result(plan, applied.done, applied.refused, applied.failed, run.params, digest, applied.stopped)
