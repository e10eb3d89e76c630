# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_scim_users and zoom_scim_user: many accounts from people, or one from its options, over one planner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._frame._module import Run
from .._frame._policy import deprovision_of, licenses_named, limit_of, mapper_of, matching_of, protection_of
from .._model._account import Account
from .._model._attributes import Desired, Mapper, canonical
from .._model._license import parse_license
from .._model._matching_rules import Matching
from .._model._person import Person
from .._model._snapshot import ACCOUNTS, Snapshot
from .._model._text import check_addresses, fold, is_address, no_address
from .._plan._accounts import AccountPolicy, plan_accounts
from .._plan._anchors import Census, take_census, tell_foreign
from .._plan._change import Plan
from .._plan._drift import tell_drift
from .._plan._fuses import parse_limit
from .._plan._license_policy import BASIC, LicensePolicy, parse_policy
from .._plan._licenses import Terms, plan_licenses
from .._plan._losses import Deprovision, Ending, end_account
from .._plan._names_known import check_names
from .._plan._outcome import Finding
from .._plan._seats import Seats
from .._plan._unread import doubt_of
from .._read._accounts import close_accounts, find_one, open_accounts, read_domains
from .._read._anchor import unseen_anchor
from .._read._bundles import refine_losses
from .._read._people import open_people
from .._read._seats import open_seats
from .._read._single_attributes import Shown, read_numbers, read_unlisted
from .._read._unread_rows import tell_aside
from .._report._result import Result, bulk_result, merge
from .._transport._zoom import Zoom
from .._write._apply import apply
from .._write._journal import Journal, open_journal
from .._write._scim_check import check_scim
from .._write._seat_gate import SeatGate
from .._write._snapshot_update import carrier
from ._license_default import read_doubtful

_SHOWN_AT_ONCE = {"diff_limit": 1000, "changes_limit": 1000}


def scim_users(run: Run) -> Result:
    """ALL accounts: created, renamed, updated, reactivated, and with `prune` ended."""
    mapper = mapper_of(run.params)
    licenses = parse_policy(run.params["licenses"], "licenses.") if run.params.get("licenses") else None
    matching = matching_of(run.params, mapper)
    policy = AccountPolicy(
        mapper=mapper,
        deprovision=deprovision_of(run.params),
        matching=matching,
        limits={"deactivation": limit_of(run.params, "max_deactivations"), "leaver": limit_of(run.params, "max_leavers")},
        protection=protection_of(run.params),
        licenses=licenses,
        reactivate=bool(run.params["reactivate"]),
        allow_losses=bool(run.params["allow_losses"]),
    )
    zoom = run.zoom()
    people = open_people(run, zoom.tenant)
    check_names(people, licenses_named(licenses, "licenses.") if licenses else {}, mapper.expressions.values())
    accounts = open_accounts(run, zoom)
    journal = open_journal(run, accounts)
    matching = replace(matching, partial=not people.whole)
    census = take_census(people.everyone, accounts.records, matching) if matching.identity else Census()
    unseen = None if census.set_by_others else unseen_anchor(zoom, people.everyone, accounts.records, matching)
    policy = replace(
        policy,
        matching=matching,
        anchor=matching.identity and unseen is None and not census.set_by_others,
        scim_only=zoom.kind != "oauth",
        domains=_domains(zoom, people.everyone, accounts.records, matching),
    )
    shown, unread = _shown(run, zoom, people.everyone, accounts.records, mapper, matching)
    policy = replace(policy, shown=shown)
    seats = open_seats(accounts, licenses)
    plan = plan_accounts(
        people.everyone,
        accounts.records,
        policy,
        seats,
        whole=people.whole,
        absent=people.absent,
        confirm_limit=people.confirm_limit,
        doubt=doubt_of(accounts.about, people.about),
    )
    tell_aside(run, plan, accounts)
    plan.attention += [*([unseen] if unseen else []), *unread]
    tell_foreign(plan, census)
    refine_losses(zoom, plan)
    tell_drift(plan, accounts.about.get("gone") or ())
    check_scim(zoom, plan)
    gate = SeatGate(
        plan, open_seats(accounts, licenses), licenses.fallback if licenses else BASIC, accounts.about.setdefault("said_full", [])
    )
    result = carry_out(run, zoom, plan, accounts, journal, gate)
    close_accounts(run, accounts)
    return result


def _domains(zoom: Zoom, people: list[Person], accounts: list[Account], matching: Matching) -> frozenset[str] | None:
    """Read only when an address is to be taken that no account has; None where they are not known."""
    held, names = {fold(account.email) for account in accounts}, matching.user_names(people)
    if zoom.kind != "oauth" or all(fold(names.get(person.id, person.email)) in held for person in people if person.wanted):
        return None
    domains = read_domains(zoom)
    return None if domains is None else frozenset(domains)


def _shown(
    run: Run, zoom: Zoom, people: list[Person], accounts: list[Account], mapper: Mapper, matching: Matching
) -> tuple[Shown, list[Finding]]:
    """Attributes that lists do not show, where every run is to compare them; an employee number where the list shows it."""
    if run.params["verify_unlisted"] != "always":
        return read_numbers(zoom, people, accounts, mapper, matching), []
    unlisted = [path for path in mapper.expressions if path not in ("userName", "emails") and Desired("", {path: ""}).unlisted()]
    return read_unlisted(zoom, accounts, unlisted)


def carry_out(run: Run, zoom: Zoom, plan: Plan, accounts: Snapshot[Account], journal: Journal, gate: SeatGate | None = None) -> Result:
    """Apply, bring the snapshot up to date, and tell."""
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode, gate=gate, size=len(accounts.records))
    plan.attention += applied.attention
    return bulk_result(plan, applied.done, applied.failed, {**_SHOWN_AT_ONCE, **_given(run)})


def _given(run: Run) -> dict[str, Any]:
    return {name: run.params[name] for name in (*_SHOWN_AT_ONCE, "changes_path") if run.params.get(name) is not None}


@dataclass(frozen=True)
class _OneAccount:
    """What zoom_scim_user's options say, in the place of a mapping."""

    wish: Desired

    def desired(self, _person: Person) -> Desired:
        return self.wish


def scim_user(run: Run) -> Result:
    """ONE account, by its address or a former one."""
    wish, license = _wish(run.params)
    state = run.params["state"]
    former = check_addresses(run.params["previous_user_names"] or [], "previous_user_names")
    policy = AccountPolicy(
        mapper=_OneAccount(wish),
        deprovision=Deprovision(True),
        limits={},
        licenses=license,
    )
    zoom = run.zoom()
    found = [account for account in (find_one(zoom, address) for address in (wish.user_name, *former)) if account]
    accounts = Snapshot(ACCOUNTS, zoom.tenant, list({account.key: account for account in found}.values()))
    person = Person(fold(wish.user_name), wish.user_name, former, in_scope=state == "present")
    shown, unread = read_unlisted(zoom, accounts.records, wish.unlisted() if state == "present" else ())
    policy = replace(policy, shown=shown)
    plan = _absent(accounts.records, policy) if state == "absent" else None
    plan = plan or plan_accounts([person], accounts.records, policy, Seats({}), whole=False)
    plan.attention += unread
    check_scim(zoom, plan)
    results = [carry_out(run, zoom, plan, accounts, Journal(None, None))]
    if state == "present" and license:
        unread = read_doubtful(zoom, [person], accounts.records, license)
        limit = parse_limit(1, "license")
        second = plan_licenses([person], accounts.records, license, Terms(Seats({}), policy.protection, limit))
        second.attention += unread
        results.append(carry_out(run, zoom, second, accounts, Journal(None, None)))
    result = merge(results)
    result.facts["user"] = accounts.records[0].record() if accounts.records else {}
    return result


def _absent(accounts: list[Account], policy: AccountPolicy) -> Plan:
    """Told to: the account ends for good, its data with it; owner and admins are refused."""
    plan = Plan()
    for account in accounts:
        if policy.protection.covers(account):
            plan.tell("protected_account", account.email, reason="protected")
        elif account.id:
            plan.changes.append(end_account(account, Ending("delete"), "state is absent", None))
        else:
            plan.tell("pending_account", account.email, reason="pending")
    return plan


def _wish(params: Mapping[str, Any]) -> tuple[Desired, LicensePolicy | None]:
    user_name = params["user_name"]
    if not is_address(user_name):
        raise no_address(user_name, "user_name")
    named = {"given_name": "name.givenName", "family_name": "name.familyName", "display_name": "displayName", "department": "department"}
    values = {path: params[name] for name, path in named.items() if params.get(name)}
    values.update(params["attributes"] or {})
    wish = Desired(user_name, {canonical(path, "attributes"): value for path, value in values.items()})
    license = params.get("license")
    return wish, LicensePolicy(default=parse_license(license, "license")) if license else None
