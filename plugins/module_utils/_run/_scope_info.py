# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_scope_info: everybody in the directory, who of them is in scope, and through what."""

from __future__ import annotations

from typing import Any

from .._frame._ahead import is_ahead, wait_for_task
from .._frame._connect_google import connect_google
from .._frame._handover import with_policy
from .._frame._module import Run
from .._frame._scope_ask import parse_ask
from .._model._account import account_to_match
from .._model._directory import DirectoryData
from .._model._nesting import Closure, chains, close
from .._model._person import CORE_FIELDS, Person
from .._model._snapshot import ACCOUNTS, PEOPLE, Snapshot, load, save
from .._model._tenant import Tenant, tenant_from
from .._model._text import PolicyError
from .._plan._matching import match
from .._plan._outcome import Finding
from .._plan._scope import ScopeAsk, resolve
from .._plan._scope_checks import addresses_to_confirm, check_unreadable, hold_refused, outsiders, to_confirm, why_no_removals
from .._plan._unread import unread_findings
from .._read._confirmation import Absences, confirm_absences, confirm_removals, confirmation
from .._read._listed_people import add_missed, check_listed
from .._read._part import named_about
from .._read._scope import names_of, read_scope
from .._read._second_read import find_user
from .._report._result import Result
from .._transport._google_directory import MEMBERS_READ, ORG_UNITS_READ, USERS_READ, Directory


def scope_info(run: Run) -> Result:
    """Read, resolve, confirm, and write the people snapshot."""
    ask = parse_ask(with_policy(run))
    tenant = None if is_ahead() else _tenant(run)
    directory = connect_google(run, [USERS_READ, MEMBERS_READ, *([ORG_UNITS_READ] if ask.names_org_units else [])])
    data, unsure = read_scope(run, directory, ask)
    closures = _closures(ask, data)
    unsure += why_no_removals(ask, closures, data)
    findings = check_unreadable(ask, data) + check_listed(directory, data, ask.listed(), ask.fields)
    people = resolve(ask, data, closures)
    data.users = people[: len(data.users)]  # with their scope, in place of those without: they are kept once
    if not any(person.wanted for person in people):
        raise PolicyError(
            "The scope contains no active person, so every account would be deactivated; nothing was changed: check scope_groups, "
            "scope_org_units and scope_users."
        )
    findings += outsiders(ask, data, closures)
    found = Absences([], [], [])
    if tenant := tenant or _tenant(run):
        people, found, unconfirmed = _confirm(directory, ask, data, tenant, people)
        unsure += [doubt for doubt in unconfirmed if doubt not in unsure]
    findings += hold_refused(ask, data, people)
    snapshot = Snapshot(PEOPLE, data.customer or directory.customer, people, {}, run.params.get("run_id"), run.check_mode)
    snapshot.about = {
        "groups": sorted(ask.named_groups()),
        "nested": {group: chain for group, chain in chains(data.edges, ask.named_groups()).items() if group not in data.unreadable},
        "org_units": data.org_units,
        "fields": sorted(ask.fields),
        "absent": found.absent,
        "confirm_limit": ask.confirm_limit,
        "matching": ask.matching.spec(),
        "zoom_tenant": tenant.id if tenant else None,
        **({"unasked": found.unasked} if found.unasked else {}),
        **({"set_aside": data.odd} if data.odd else {}),
        **({"doubtful": unsure} if unsure else {}),
        **named_about(run, people, tenant, ask.matching),
    }
    return _result(run, snapshot, [*findings, *unread_findings(data.odd, unsure)])


def _tenant(run: Run) -> Tenant | None:
    wait_for_task(run.before_read)  # where this was begun ahead, Zoom may still be read
    path = run.params.get("accounts_path")
    return tenant_from(load(path, ACCOUNTS, account_to_match, run.ask())) if path else None


def _closures(ask: ScopeAsk, data: DirectoryData) -> dict[str, Closure]:
    return {group: close(group, data.edges) for group in ask.named_groups()}


def _confirm(
    directory: Directory, ask: ScopeAsk, data: DirectoryData, tenant: Tenant, people: list[Person]
) -> tuple[list[Person], Absences, list[str]]:
    """The people, with those whom no list had shown; what is known of the addresses that seem to be nobody's; why nothing is confirmed."""
    second = confirmation(directory, names_of(ask, data), ask.confirm_limit)
    blind = "memberships" in tenant.unavailable
    matches = match(people, tenant.accounts, ask.matching)
    found = confirm_absences(second, list(addresses_to_confirm(people, matches, ask, blind)), frozenset(person.id for person in data.users))
    if found.missed:
        reads = [find_user(directory, person.id, {*CORE_FIELDS, *ask.fields}, ask.fields) for person in found.missed]
        add_missed(data, [read for read in reads if isinstance(read, Person)])
        people = resolve(ask, data, _closures(ask, data))
        matches = match(people, tenant.accounts, ask.matching)
    confirm_removals(second, to_confirm(people, matches, ask, blind))
    return people, found, second.singles.doubts


def _result(run: Run, snapshot: Snapshot[Person], findings: list[Finding]) -> Result:
    people = snapshot.records
    summary = {"people": len(people), **{name: sum(getattr(person, name) for person in people) for name in ("in_scope", "wanted")}}
    facts: dict[str, Any] = {"summary": summary, "customer": snapshot.tenant, "attention": [finding.row() for finding in findings]}
    if run.params.get("dest"):
        run.check_hold()
        save(run.params["dest"], snapshot)
        facts["dest"] = run.params["dest"]
    else:
        facts["people"] = [person.record() for person in people]
    return Result(facts=facts)
