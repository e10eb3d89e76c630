# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_scim_users: ALL accounts from people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._frame._policy import account_policy, licenses_named, mapper_of, matching_of
from .._model._standing import ACCOUNTS_PHASE
from .._model._tenant import Tenant
from .._plan._accounts import bundles_to_read, plan_accounts
from .._plan._drift import name_drift
from .._plan._judge import Judge
from .._plan._licenses import LicenseTerms
from .._plan._matching import match
from .._plan._names_known import check_names
from .._plan._part import Part
from .._plan._seats import seats_of
from .._read._accounts import domains_needed, open_tenant
from .._read._anchor import open_anchor
from .._read._approval import read_approval
from .._read._bundles import plan_with_bundles, skip_unread
from .._read._part import open_part
from .._read._people import open_people
from .._read._single_accounts import report_unread_accounts
from .._read._single_attributes import read_shown
from .._read._standing import open_known
from .._read._unread_rows import report_unread
from .._report._result import Result
from .._write._finish import finish
from .._write._journal import open_journal
from .._write._scim_check import check_scim
from .._write._seat_gate import SeatGate


def scim_users(run: Run) -> Result:
    """Created, renamed, updated, reactivated, and with `prune` ended."""
    mapper, policy = mapper_of(run.params), account_policy(run.params)
    matching = matching_of(run.params, mapper)
    zoom = connect_zoom(run)
    approval = read_approval(run, zoom.tenant, "zoom_scim_users")
    people = open_people(run, zoom.tenant)
    check_names(people, licenses_named(policy.licenses, "licenses.") if policy.licenses else {}, mapper.expressions.values())
    tenant = open_tenant(run, zoom)
    journal = open_journal(run, tenant.id, Judge(tenant).done)
    matching = replace(matching, partial=not people.whole)
    matches = match(people.everyone, tenant.accounts, matching)
    anchor = open_anchor(zoom, people, tenant, matches, matching)
    tenant.domains = domains_needed(zoom, people, tenant, matching)
    shown, unread = read_shown(zoom, people, tenant, matches, mapper, always=run.params["verify_unlisted"] == "always")
    part = open_part(run, people, tenant, matches)
    known, whole = open_known(run, tenant, ACCOUNTS_PHASE, people, part), people.whole and part.only is None
    taking = _taking(policy.taking, tenant, part)
    policy = replace(policy, anchor=anchor.write, shown=shown, known=known, part=part, taking=taking, approval=approval)
    unread += skip_unread(zoom, tenant, bundles_to_read(people, tenant, matches, policy))
    plan, not_seen = plan_with_bundles(zoom, tenant, lambda: plan_accounts(people, tenant, matches, policy))
    unread += not_seen
    report_unread(run, plan, tenant)
    plan.attention += anchor.findings
    report_unread_accounts(plan, unread)
    name_drift(plan, tenant.gone or ())
    check_scim(zoom, plan)
    tenant.seats = seats_of(tenant, policy.licenses).pools
    gate = SeatGate(plan, tenant, policy.licenses, approval)
    return finish(run, zoom, plan, tenant, journal, gate, known=known, approval=approval, part=part, completes=whole)[0]


def _taking(terms: LicenseTerms | None, tenant: Tenant, part: Part) -> LicenseTerms | None:
    """As zoom_license_default has them."""
    return replace(terms, idle=terms.rules.idle(tenant.accounts, datetime.now(timezone.utc)), part=part) if terms else None
