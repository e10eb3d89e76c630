# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The ending of every module that writes: carry the plan out, bring the state forward, report."""

from __future__ import annotations

from collections.abc import Iterable

from .._frame._module import Run
from .._model._google_group import GoogleGroup
from .._model._tenant import Tenant
from .._model._text import fold
from .._plan._change import Plan
from .._read._accounts import close_tenant
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


def finish(run: Run, zoom: Zoom, plan: Plan, tenant: Tenant, journal: Journal, gate: SeatGate | None = None) -> tuple[Result, Applied]:
    """The result, and what came of the plan."""
    mark(plan, tenant.accounts)
    prove = prover(zoom, journal, len(tenant.accounts))
    applied = apply(zoom, plan, tenant, journal, check_mode=run.check_mode, gate=gate, prove=prove)
    close_tenant(run, tenant)
    keep_memory(run, tenant)
    return _result(run, plan, applied), applied


def finish_google(
    run: Run, directory: Directory, plan: Plan, groups: Iterable[GoogleGroup], journal: Journal
) -> tuple[Result, Applied, list[str]]:
    """The same, and whom Google did not take in."""
    gate, state = AdditionGate(plan), {fold(group.email): group for group in groups}
    applied = apply(directory, plan, state, journal, check_mode=run.check_mode, gate=gate)
    return _result(run, plan, applied), applied, [email for refused in gate.refused_in.values() for email in refused]


def _result(run: Run, plan: Plan, applied: Applied) -> Result:
    plan.attention += applied.attention
    return bulk_result(plan, applied.done, applied.refused, applied.failed, run.params)
