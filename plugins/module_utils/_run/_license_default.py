# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_license_default: the licence policy over all accounts in scope."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

from .._frame._module import Run
from .._frame._policy import licenses_named, limit_of, protection_of
from .._model._account import Account
from .._model._matching_rules import Matching
from .._model._person import Person
from .._model._tenant import Accounts
from .._plan._change import Plan
from .._plan._drift import tell_drift
from .._plan._license_policy import LicensePolicy, parse_policy
from .._plan._licenses import Terms, in_doubt, plan_licenses
from .._plan._names_known import check_names, tell_nobody
from .._plan._outcome import Finding
from .._plan._portal_default import remember_woken, tell_portal
from .._plan._unread import doubt_of
from .._read._accounts import close_accounts, open_accounts
from .._read._bundles import read_bundles
from .._read._last_run import read_former
from .._read._people import open_people
from .._read._seats import open_seats, seats_diff, seats_told
from .._read._single_reads import hold
from .._read._unread_rows import tell_aside
from .._report._result import Result, bulk_result
from .._transport._zoom import Zoom
from .._write._apply import apply
from .._write._journal import open_journal
from .._write._scim_check import check_scim
from .._write._seat_gate import SeatGate
from .._write._snapshot_update import carrier

# No API says or sets it (zoom-api.md 7); a SAML mapping applies it again at each sign-in.
_BY_HAND = (
    "Zoom's default licence type has no API; in the portal, align Advanced, Single Sign-On, SAML Response Mapping with the rules, as each "
    "sign-in applies it again, and set Account Settings, Default License Type, where your portal has it, to {default}."
)


def license_default(run: Run) -> Result:
    """Frees seats, gives seats, and says who is left out and what to set by hand."""
    policy = parse_policy(run.params, "")
    limit, protection = limit_of(run.params, "max_removals"), protection_of(run.params)
    zoom = run.zoom()
    people = open_people(run, zoom.tenant)
    check_names(people, licenses_named(policy))
    accounts = open_accounts(run, zoom)
    journal = open_journal(run, accounts)
    former = read_former(run.params.get("memory_path") or run.params.get("accounts_path"), zoom.tenant, run.params.get("run_id"))
    remember_woken(accounts.records, former)
    idle = policy.reclaim.idle(accounts.records, datetime.now(timezone.utc)) if policy.reclaim else {}
    unread = read_doubtful(zoom, people.everyone, accounts.records, policy, idle, people.matching)
    seats = open_seats(accounts, policy)
    before = copy.deepcopy(seats.pools)
    terms = Terms(
        seats,
        protection,
        limit,
        idle,
        scim_only=zoom.kind != "oauth",
        allow_losses=bool(run.params["allow_losses"]),
        matching=people.matching,
        whole_people=people.whole,
        doubt=doubt_of(accounts.about, people.about),
    )
    plan = plan_licenses(people.everyone, accounts.records, policy, terms)
    plan.attention += unread
    tell_aside(run, plan, accounts)
    tell_nobody(plan, people.everyone if people.whole else None, licenses_named(policy, "license_defaults_"))
    _tell_limits(plan, policy, zoom, accounts)
    tell_portal(plan, people.everyone, accounts.records, policy, former, people.matching)
    tell_drift(plan)
    check_scim(zoom, plan)
    gate = SeatGate(plan, open_seats(accounts, policy), policy.fallback, accounts.about.setdefault("said_full", []))
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode, gate=gate)
    plan.attention += applied.attention
    close_accounts(run, accounts)
    result = bulk_result(plan, applied.done, applied.failed, run.params)
    told = seats_told(before, seats.pools, seats)
    result.diff += seats_diff(told)
    result.facts.update(seats=told, decisions=_decisions(plan), by_hand=_by_hand(policy))
    return result


def read_doubtful(
    zoom: Zoom,
    people: Iterable[Person],
    accounts: list[Account],
    policy: LicensePolicy,
    idle: Iterable[str] = (),
    matching: Matching | None = None,
) -> list[Finding]:
    """Accounts whose bundle must be known before their licence is changed; those that can't be read are held, with a finding each."""
    unread = read_bundles(zoom, in_doubt(people, accounts, policy, idle, matching))
    hold(accounts, unread)
    return unread


def _tell_limits(plan: Plan, policy: LicensePolicy, zoom: Zoom, accounts: Accounts) -> None:
    """What this run can't see."""
    if zoom.kind != "oauth":
        plan.tell("scim_licenses", "")
    elif policy.reclaim and accounts.records and not any(account.last_login for account in accounts.records):
        plan.tell("no_sign_ins", "")


def _decisions(plan: Plan) -> dict[str, dict[str, int]]:
    return {rule: dict(sorted(counts.items())) for rule, counts in sorted(plan.decided.items())}


def _by_hand(policy: LicensePolicy) -> str:
    default: Any = policy.default.label if policy.default else "what new accounts get by the rules"
    return _BY_HAND.format(default=default)
