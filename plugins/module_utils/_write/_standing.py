# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Standing conditions of one phase: held back before the plan is carried out, brought up to date after it."""

from __future__ import annotations

from dataclasses import replace

from .._model._standing import standing_from
from .._model._tenant import Tenant
from .._model._text import fold
from .._plan._change import Change, Plan
from .._plan._outcome import Finding
from .._plan._refused_removals import note_refused
from .._plan._standing import Known, Refused, hold_back, still_refused
from .._plan._standing_rows import Begun, Ended, begin, pass_over_known, settle, with_since
from ._applied import Applied


class StandingConditions:
    """Holds back at once, in check mode too. Without `known` the plan is left as it is: who asks for it names the account."""

    def __init__(self, plan: Plan, tenant: Tenant, known: Known | None) -> None:
        self._plan, self._tenant, self._known, self._begun = plan, tenant, known, Begun()
        self._noted = list[tuple[Change, Finding]]()
        self._accounts = sum(account.status == "active" for account in tenant.accounts)
        if known:
            hold_back(plan, known)
            pass_over_known(plan, known, self._accounts)
            self._begun = begin(plan, (fold(account.email) for account in tenant.accounts if plan.skips(account)))
        self._noted = note_refused(plan, known.rows if known else standing_from(tenant.standing))

    def settle(self, applied: Applied) -> None:
        """What is refused in a phase that a breaker stopped is a sign of something else: of that, nothing is remembered."""
        if applied.hypothetical:
            planned = {id(change) for change in self._plan.changes}
            self._plan.attention += [found for change, found in self._noted if id(change) in planned]
        if self._known is None:
            return
        refused, attention = [] if applied.doubt else applied.lasting, (*self._plan.attention, *applied.attention)
        kept = [] if applied.doubt else applied.kept
        ended = Ended(applied.done, [*refused, *kept], self._plan.failed, attention)
        rows = {row.key: row for row in settle(self._known, self._begun, ended, self._accounts)}
        before = {row.key for row in self._known.rows}
        since = {id(one.said): rows[one.key].since for one in kept if one.key in before}
        applied.failed = [replace(found, since=since[id(found)]) if id(found) in since else found for found in applied.failed]
        self._tenant.standing = [row.record() for row in rows.values()]
        for one in refused:
            _let_go(one)
            if one.is_known:
                applied.failed = [found for found in applied.failed if found is not one.said]
                applied.attention.append(still_refused(rows[one.key], self._known, one.email))
        self._plan.attention = with_since(self._plan.attention, self._known)
        applied.attention = with_since(applied.attention, self._known)


def _let_go(one: Refused) -> None:
    """Later phases may take away what the policy takes away, and give nothing, as long as it rests: now as in the next run."""
    for account in filter(None, [one.change.account, *one.change.members]):
        account.held = None if account.held == one.change.action else account.held
