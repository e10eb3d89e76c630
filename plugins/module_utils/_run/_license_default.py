# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_license_default: the licence policy over all accounts in scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._frame._policy import allows_losses, licenses_named, limit_of, protection_of
from .._model._account import account_as_licensed
from .._model._standing import LICENSES_PHASE
from .._plan._change import Plan
from .._plan._drift import name_drift
from .._plan._judge import Judge
from .._plan._license_offers import report_blind_spots
from .._plan._license_policy import parse_policy
from .._plan._licenses import LicenseTerms, bundles_to_read, plan_licenses
from .._plan._matching import match
from .._plan._names_known import check_names, report_nobody
from .._plan._portal_default import by_hand, report_portal
from .._plan._seats import seats_of
from .._read._accounts import open_tenant
from .._read._approval import read_approval
from .._read._bundles import plan_with_bundles, skip_unread
from .._read._memory import read_former
from .._read._part import open_part
from .._read._people import open_people
from .._read._single_accounts import report_unread_accounts
from .._read._standing import open_known
from .._read._unread_rows import report_unread
from .._report._result import Result
from .._report._seats import seat_numbers, seats_diff
from .._write._finish import finish
from .._write._journal import open_journal
from .._write._scim_check import check_scim
from .._write._seat_gate import SeatGate


def license_default(run: Run) -> Result:
    """Frees seats, gives seats, and says who is left out and what to set by hand."""
    policy, now = parse_policy(run.params, ""), datetime.now(timezone.utc)
    limit, protection = limit_of(run.params, "max_removals"), protection_of(run.params)
    zoom = connect_zoom(run)
    approval = read_approval(run, zoom.tenant, "zoom_license_default")
    people = open_people(run, zoom.tenant)
    check_names(people, licenses_named(policy))
    tenant = open_tenant(run, zoom)
    journal = open_journal(run, tenant.id, Judge(tenant).done)
    matches = match(people.everyone, tenant.accounts, people.matching)
    part = open_part(run, people, tenant, matches)
    idle, limit = policy.idle(tenant.accounts, now), replace(limit, spent=tenant.licenses_taken)
    unread = skip_unread(zoom, tenant, bundles_to_read(people, matches, policy, idle))
    terms = LicenseTerms(policy, limit, protection, idle, allows_losses(run.params), part=part)
    plan, not_seen = plan_with_bundles(zoom, tenant, lambda: plan_licenses(people, tenant, matches, terms))
    report_unread_accounts(plan, [*unread, *not_seen])
    tenant.seats = seats_of(tenant, policy).pools
    report_unread(run, plan, tenant)
    report_nobody(plan, people, licenses_named(policy, "license_defaults_"))
    report_blind_spots(plan, policy, tenant)
    former = run.params.get("memory_path"), tenant.id, run.params.get("run_id"), account_as_licensed
    report_portal(plan, people, matches, policy, read_former(*former))  # kept no longer than it is needed
    name_drift(plan)
    check_scim(zoom, plan)
    before = seats_of(tenant, policy)
    known = open_known(run, tenant, LICENSES_PHASE, people, part)
    gate = SeatGate(plan, tenant, policy, approval)
    result, _applied = finish(run, zoom, plan, tenant, journal, gate, known=known, approval=approval, part=part)
    numbers = seat_numbers(before.pools, tenant.seats, before)
    result.diff += seats_diff(numbers)
    result.facts.update(seats=numbers, decisions=_decisions(plan), by_hand=by_hand(policy))
    return result


def _decisions(plan: Plan) -> dict[str, dict[str, int]]:
    return {rule: dict(sorted(counts.items())) for rule, counts in sorted(plan.decided.items())}
