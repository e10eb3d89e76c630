# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_scope_info: everybody in the directory, who of them is in scope, and through what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import Account, account_from_record
from .._model._attributes import DEFAULT_ATTRIBUTES
from .._model._expression import compile_expression
from .._model._matching_rules import Matching, parse_matching
from .._model._nesting import Closure, PendingChange, close, group_key, is_group, parse_pending
from .._model._person import CORE_FIELDS, Person
from .._model._snapshot import ACCOUNTS, PEOPLE, Snapshot, load, save
from .._model._text import PolicyError, check_addresses, check_org_units, fold, within
from .._plan._losses import DEFAULTS, Deprovision, parse_deprovision, reason_of
from .._plan._matching import Matches, match
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._google_directory import MEMBERS_READ, ORG_UNITS_READ, USERS_READ, Directory
from ._aside import findings as aside_findings
from ._aside import note
from ._confirm import Confirmation, confirm_absences, confirm_losses, confirmation
from ._google_read import DirectoryData, EdgeAsk, beneath, complete, read_directory
from ._handover import with_policy
from ._left import groups_left
from ._listed import add_missed, check_listed
from ._module import Run
from ._result import Result
from ._second_read import ScopeNames, find_user

CONFIRM_LIMIT = 200


@dataclass(frozen=True)
class Chosen:
    """Groups, org units and users of the scope, of the exclusion, or only to be resolved. Groups folded, units as written."""

    groups: tuple[str, ...] = ()
    org_units: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.groups or self.org_units or self.users)


@dataclass
class ScopeAsk:
    """What google_scope_info is asked, checked."""

    scope: Chosen
    exclude: Chosen
    resolve: Chosen
    fields: frozenset[str]
    pending: dict[str, PendingChange] = field(default_factory=dict)
    matching: Matching = field(default_factory=Matching)
    deprovision: Deprovision = field(default_factory=Deprovision)
    confirm_members: bool = False
    confirm_limit: int = CONFIRM_LIMIT
    ignore_unreadable: frozenset[str] = frozenset()

    def named_groups(self) -> dict[str, str]:
        return {
            **dict.fromkeys(self.resolve.groups, "resolve_groups"),
            **dict.fromkeys(self.exclude.groups, "exclude.groups"),
            **dict.fromkeys(self.scope.groups, "groups"),
        }

    def listed(self) -> list[tuple[str, str]]:
        """People named by address, with the variable that names them."""
        users = [("scope_users", user) for user in self.scope.users]
        return users + [("scope_exclude_users", user) for user in self.exclude.users]


def parse_chosen(options: Mapping[str, Any], prefix: str = "") -> Chosen:
    return Chosen(
        tuple(fold(group) for group in check_addresses(options.get("groups") or [], f"{prefix}groups")),
        tuple(check_org_units(options.get("org_units") or [], f"{prefix}org_units")),
        tuple(fold(user) for user in check_addresses(options.get("users") or [], f"{prefix}users")),
    )


def parse_ask(params: Mapping[str, Any]) -> ScopeAsk:
    # the default mapping can always be evaluated
    texts = [*(params.get("expressions") or []), *DEFAULT_ATTRIBUTES.values()]
    expressions = [compile_expression(text, f"expressions[{number}]") for number, text in enumerate(texts, 1)]
    named = {"groups": params.get("resolve_groups"), "org_units": params.get("resolve_org_units")}
    told = {reason: "deactivate" if reason in params["confirm_reasons"] else "ignore" for reason in DEFAULTS}
    actions = told if params.get("deprovision") is None else params["deprovision"]
    ask = ScopeAsk(
        parse_chosen(params),
        parse_chosen(params.get("exclude") or {}, "exclude."),
        parse_chosen(named, "resolve_"),
        frozenset[str]().union(*(expression.fields for expression in expressions)),
        parse_pending(params.get("pending_changes"), "pending_changes"),
        parse_matching(params.get("matching"), "matching."),
        parse_deprovision(True, actions, "deprovision"),
        bool(params["confirm_members"]),
        check_count(params["confirm_limit"], "confirm_limit"),
        frozenset(fold(group) for group in check_addresses(params.get("ignore_unreadable") or [], "ignore_unreadable")),
    )
    if ask.scope.empty:
        raise PolicyError("The scope is empty: give groups, org_units or users; nothing was changed.")
    return ask


def check_count(value: object, where: str) -> int:
    """A whole number that is not below zero."""
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal()):
        raise PolicyError(f"{where} is {value!r}; write a whole number, such as 200, or 0.")
    return int(text)


def scope_info(run: Run) -> Result:
    """Read, resolve, confirm, and write the people snapshot."""
    ask = parse_ask(with_policy(run))
    accounts = _accounts(run)
    units = bool(ask.scope.org_units or ask.exclude.org_units or ask.resolve.org_units)
    directory = run.google([USERS_READ, MEMBERS_READ, *([ORG_UNITS_READ] if units else [])])
    data = read_directory(
        directory, ask.named_groups(), fields=ask.fields, with_org_units=units, pending=ask.pending, ignore=ask.ignore_unreadable
    )
    _check_org_units(ask, data.org_units)
    if accounts:
        left = groups_left(run.params.get("dest"), data, [*ask.exclude.groups, *ask.resolve.groups])
        complete(directory, data.edges, left, EdgeAsk(ask.pending, ask.ignore_unreadable))
    closures = {group: close(group, data.edges) for group in ask.named_groups()}
    doubts = _doubts(ask, closures, data)
    findings = check_unreadable(ask, data) + check_listed(directory, data, ask.listed(), ask.fields)
    people = resolve(ask, data, closures)
    if not any(person.wanted for person in people):
        raise PolicyError(
            "The scope holds no active person, which would end every account; nothing was changed: check scope_groups and co."
        )
    findings += _findings(ask, data, closures)
    absent: list[str] = []
    if accounts:
        scope = ScopeNames(
            ask.scope.groups,
            ask.exclude.groups,
            ask.scope.org_units,
            ask.scope.users,
            ask.pending,
            data.edges,
            data.customer,
            sorted(data.unreadable),
        )
        second = confirmation(directory, scope, ask.confirm_limit)
        people, absent = _confirm(directory, second, ask, data, accounts, people)
    snapshot = Snapshot(PEOPLE, data.customer or directory.customer, people, {}, run.params.get("run_id"), run.check_mode)
    snapshot.about = {
        "groups": sorted(ask.named_groups()),
        "org_units": data.org_units,
        "fields": sorted(ask.fields),
        "absent": absent,
        "confirm_limit": ask.confirm_limit,
        "matching": ask.matching.spec(),
        "zoom_tenant": accounts.tenant if accounts else None,
    }
    note(snapshot.about, data.odd, doubts)
    return _result(run, snapshot, [*findings, *aside_findings(snapshot.about)])


def _doubts(ask: ScopeAsk, closures: Mapping[str, Closure], data: DirectoryData) -> list[str]:
    """Why nothing is to be removed: somebody may be in a group that seems not to hold them, or be the person of any account.

    PolicyError where somebody may be excluded: they would be given an account, or lose one.
    """
    for group in ask.exclude.groups:
        if closures[group].unread:
            raise PolicyError(
                f"scope_exclude_groups names {group}, and Google lists a member of {closures[group].unread} in an unknown form, so who is "
                "excluded is not known. Nothing was changed. Look at the members of that group in the Admin console."
            )
    found = [closure.unread for group, closure in closures.items() if closure.unread]
    told = [f"Google lists a member of {chain} in an unknown form" for chain in dict.fromkeys(found)]
    return told + ["Google lists a user in an unknown form, without an address"] * any(not row.email for row in data.odd)


def _confirm(
    directory: Directory, second: Confirmation, ask: ScopeAsk, data: DirectoryData, accounts: Snapshot[Account], people: list[Person]
) -> tuple[list[Person], list[str]]:
    """The people, with those whom no list had shown, and the addresses that are confirmed to be nobody's."""
    blind = "memberships" in accounts.about.get("unavailable", [])
    matches = match(people, accounts.records, ask.matching)
    found = confirm_absences(second, list(_absent(people, matches, ask, blind)), frozenset(person.id for person in data.users))
    if found.missed:
        reads = [find_user(directory, person.id, {*CORE_FIELDS, *ask.fields}, ask.fields) for person in found.missed]
        add_missed(data, [read for read in reads if isinstance(read, Person)])
        people = resolve(ask, data, {group: close(group, data.edges) for group in ask.named_groups()})
        matches = match(people, accounts.records, ask.matching)
    confirm_losses(second, _doubtful(people, matches, ask, blind))
    return people, found.absent


def _absent(people: list[Person], matches: Matches, ask: ScopeAsk, blind: bool) -> Iterable[str]:
    """Addresses of accounts that would lose something for being nobody's; what is somebody deleted's may be a live user's by now."""
    for account in matches.strangers:
        grouped = ask.confirm_members and account.status == "active" and bool(account.group_ids or blind)
        if not account.is_admin and (grouped or ask.deprovision.takes("unknown", account)):
            yield account.email
    for person in people:
        if person.state == "deleted":
            held = matches.all_of.get(person.id, ())
            yield from (account.email for account in held if not account.is_admin and ask.deprovision.takes("deleted", account))


def resolve(ask: ScopeAsk, data: DirectoryData, closures: Mapping[str, Closure]) -> list[Person]:
    """The directory's own people, then the deleted ones: `data.users` are given their scope, exclusion and groups."""
    for person in data.users:
        via = {group: _via(person, closure) for group, closure in closures.items()}
        person.groups = sorted(group for group, chain in via.items() if chain)
        person.via = _chosen_by(person, ask.scope, via)
        person.in_scope = bool(person.via)
        # guests are no staff (Directory API: isGuestUser)
        person.excluded = _chosen_by(person, ask.exclude, via) or ("guest user" if person.guest else "")
    live = {person.id for person in data.users}
    return data.users + [person for person in data.deleted if person.id not in live] + data.unread


def _via(person: Person, closure: Closure) -> str:
    return closure.via(person.id, person.addresses()) or (closure.everyone if not person.guest else "")


def _chosen_by(person: Person, chosen: Chosen, via: Mapping[str, str]) -> str:
    for group in chosen.groups:
        if via[group]:
            return via[group]
    for path in chosen.org_units:
        if within(person.org_unit, path):
            return f"org unit {path}"
    return "listed" if set(chosen.users) & set(person.addresses()) else ""


def _check_org_units(ask: ScopeAsk, known: list[str]) -> None:
    paths = {path.lower() for path in known}
    for where, chosen in (("org_units", ask.scope), ("exclude.org_units", ask.exclude), ("resolve_org_units", ask.resolve)):
        for path in chosen.org_units:
            if path.lower() not in paths:
                raise PolicyError(f"{where} names the org unit {path}, which does not exist in this Google customer; nothing was changed.")


def _accounts(run: Run) -> Snapshot[Account] | None:
    path = run.params.get("accounts_path")
    return load(path, ACCOUNTS, account_from_record, run.ask()) if path else None


def check_unreadable(ask: ScopeAsk, data: DirectoryData) -> list[Finding]:
    """The scope goes on without a group that can't be read, as nobody loses anything by it; exclusions and rules do not."""
    findings = []
    for group in sorted(data.unreadable):
        for name, root in [("exclude.groups", root) for root in ask.exclude.groups] + [
            ("resolve_groups", root) for root in ask.resolve.groups
        ]:
            if group in beneath(data.edges, root):
                raise PolicyError(
                    f"The group {group} can't be read and is nested in {root} ({name}), so nothing was changed: whom it excludes or what "
                    f"a rule gives them is not known. Take it out of {root}; scope_ignore_unreadable is for groups of the scope alone."
                )
        holder = next(name for name, rows in data.edges.items() if group in {group_key(row) for row in rows if is_group(row)})
        findings.append(finding("unreadable_group", group, group=holder))
    return findings


def _doubtful(people: list[Person], matches: Matches, ask: ScopeAsk, blind: bool) -> list[Person]:
    """Those whose account would lose something: access, a licence, or with exclusive Zoom groups a membership."""
    doubtful = []
    for person in people:
        held, reason = matches.all_of.get(person.id, ()), reason_of(person)
        member = ask.confirm_members and reason not in (None, "excluded")
        losing = [account for account in held if ask.deprovision.takes(reason, account) and not account.is_admin]
        if losing or (member and any(account.status == "active" and (account.group_ids or blind) for account in held)):
            doubtful.append(person)
    return doubtful


def _findings(ask: ScopeAsk, data: DirectoryData, closures: Mapping[str, Closure]) -> list[Finding]:
    """Members of the scope that are nobody of this directory."""
    known = {address for person in (*data.users, *data.unread) for address in person.addresses()}
    ids = {person.id for person in (*data.users, *data.unread)}
    found: dict[str, Finding] = {}
    for group in ask.scope.groups:
        users = closures[group].users
        outside = {key for key in users if "@" in key and key not in known}
        inside = {chain for key, chain in users.items() if key in ids}
        for address in sorted(outside):
            if not _has_known_id(address, group, data, ids) and (inside or users):
                found[address] = finding(_external(ask, users[address], address), address, group=users[address])
    return list(found.values())


def _external(ask: ScopeAsk, chain: str, address: str) -> str:
    """Who is to be added in this run is no member yet."""
    change = ask.pending.get(fold(chain.rpartition(" > ")[2]))
    return "external_to_add" if change and address in map(fold, change.added) else "external"


def _has_known_id(address: str, group: str, data: DirectoryData, ids: set[str]) -> bool:
    """A member row may carry an address that users.list does not tell, such as a non-editable alias."""
    return any(fold(row.get("email") or "") == address and row.get("id") in ids for rows in data.edges.values() for row in rows)


def _result(run: Run, snapshot: Snapshot[Person], findings: list[Finding]) -> Result:
    people = snapshot.records
    summary = {
        "people": len(people),
        "in_scope": sum(person.in_scope for person in people),
        "wanted": sum(person.wanted for person in people),
    }
    facts: dict[str, Any] = {"summary": summary, "customer": snapshot.tenant, "attention": [finding.row() for finding in findings]}
    if run.params.get("dest"):
        save(run.params["dest"], snapshot)
        facts["dest"] = run.params["dest"]
    else:
        facts["people"] = [person.record() for person in people]
    return Result(facts=facts)
