# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What planners are given in tests, what a plan says, and what it brings about, in memory as check mode does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import People
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._matching import Matches, match
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._snapshot_update import mark
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._zoom_actions import ZOOM_WRITES


def facts(
    people: Iterable[Person], accounts: Iterable[Account], rules: Matching | None = None, *, whole: bool = True, absent: Iterable[str] = (),
    **more: Any,
) -> tuple[People, Tenant, Matches]:  # fmt: skip
    """What every planner is given first. `more`: of the tenant."""
    everyone = People(list(people), whole=whole, absent=frozenset(absent))
    tenant = Tenant("t", list(accounts), **more)
    return everyone, tenant, match(everyone.everyone, tenant.accounts, rules)


def attempt_at(change: Change) -> Attempt:
    """As `apply` begins one."""
    return Attempt(change, replace(change, was=change.before))


def carry(change: Change, tenant: Tenant) -> None:
    """One change, made as it was planned."""
    attempt = attempt_at(change)
    attempt.answered = {}
    ZOOM_WRITES[change.action].effect(tenant, attempt)


def carry_out(plan: Plan, tenant: Tenant) -> None:
    mark(plan, tenant.accounts)
    for change in plan.ordered():
        carry(change, tenant)


def actions(plan: Plan) -> list[tuple[str, str]]:
    return [(change.action, change.email) for change in plan.ordered()]


def reported(plan: Plan) -> list[tuple[str, str]]:
    return [(row.reason, row.email) for row in (*plan.attention, *plan.failed)]
