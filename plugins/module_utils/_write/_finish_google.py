# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The end of every module that writes to Google: carry the plan out, report."""

from __future__ import annotations

from collections.abc import Iterable

from .._frame._module import Run
from .._model._google_group import GoogleGroup
from .._model._text import fold
from .._plan._approval import Approval, hold_to
from .._plan._change import Plan
from .._report._change_rows import plan_digest
from .._report._result import Result
from .._transport._google_directory import Directory
from ._addition_gate import AdditionGate
from ._applied import Applied, result_of
from ._apply import apply
from ._google_actions import GOOGLE_WRITES
from ._google_removals import removal_prover
from ._journal import Journal


def finish_google(
    run: Run,
    directory: Directory,
    plan: Plan,
    groups: Iterable[GoogleGroup],
    journal: Journal,
    approval: Approval | None = None,
) -> tuple[Result, Applied, list[str]]:
    """The result, what came of the plan, and whom Google did not take in, or was not asked to."""
    hold_to(plan, approval)
    gate, state, digest = AdditionGate(plan), {fold(group.email): group for group in groups}, plan_digest(plan)
    prove = removal_prover(directory, journal)
    applied = apply(directory, GOOGLE_WRITES, plan, state, journal, check_mode=run.check_mode, gate=gate, prove=prove, watch=run.watch)
    run.check_hold()
    applied.refused += gate.kept
    refused = [email for emails in gate.refused_in.values() for email in emails]
    untried = [change.email for change in applied.untried if change.action == "google_add"]
    return result_of(run, plan, applied, digest), applied, [*refused, *untried]
