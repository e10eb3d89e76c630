# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the scope can't know for sure: unreadable groups and rows, members who are nobody here, and who would lose something. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._model._directory import DirectoryData
from .._model._nesting import Closure, beneath, close, group_key, is_group, without_refused
from .._model._person import Person
from .._model._text import PolicyError, fold, shortened
from ._matching import Matches
from ._outcome import Finding
from ._outcomes import finding
from ._removals import reason_of
from ._scope import ScopeAsk, resolve


def why_no_removals(ask: ScopeAsk, closures: Mapping[str, Closure], data: DirectoryData) -> list[str]:
    """Why nothing is to be removed: somebody may be in a group that seems not to hold them, or be the person of any account, or so much
    of this run's changes to the groups was refused that it was stopped.

    PolicyError where somebody may be excluded: they would be given an account, or lose one.
    """
    for group in ask.exclude.groups:
        if closures[group].unread:
            raise PolicyError(
                f"scope_exclude_groups names {group}, and Google lists a member of {closures[group].unread} in an unknown form, so who is "
                "excluded is not known. Nothing was changed. Look at the members of that group in the Admin console."
            )
    found = [closure.unread for group, closure in closures.items() if closure.unread]
    clauses = [f"Google lists a member of {chain} in an unknown form" for chain in dict.fromkeys(found)]
    clauses += ["Google lists a user in an unknown form, without an address"] * any(not row["email"] for row in data.odd)
    return clauses + [change.stopped for change in ask.pending.values() if change.stopped]


def check_unreadable(ask: ScopeAsk, data: DirectoryData) -> list[Finding]:
    """The scope goes on without a group that can't be read, as nobody loses anything by it; exclusions and rules do not."""
    findings, where = [], ask.named_groups()
    for group in sorted(data.unreadable):
        for root in [*ask.exclude.groups, *ask.resolve.groups]:
            if group in beneath(data.edges, root):
                raise PolicyError(
                    f"The group {group} can't be read and is nested in {root} ({where[root]}), so it is not known whom it excludes or to "
                    f"whom a rule gives what. Nothing was changed. Take it out of {root}; scope_ignore_unreadable is only for groups of "
                    "the scope."
                )
        holder = next(name for name, rows in data.edges.items() if group in {group_key(row) for row in rows if is_group(row)})
        findings.append(finding("unreadable_group", group, group=holder))
    return findings


def outsiders(ask: ScopeAsk, data: DirectoryData, closures: Mapping[str, Closure]) -> list[Finding]:
    """Members of the scope that are nobody of this directory."""
    known = {address for person in (*data.users, *data.unread) for address in person.addresses()}
    ids = {person.id for person in (*data.users, *data.unread)}
    found: dict[str, Finding] = {}
    for group in ask.scope.groups:
        users = closures[group].users
        outside = {key for key in users if "@" in key and key not in known}
        for address in sorted(outside):
            if not _has_known_id(address, data, ids):
                found[address] = finding(_external(ask, users[address], address), address, group=users[address])
    return list(found.values())


def _external(ask: ScopeAsk, chain: str, address: str) -> str:
    """Who is to be added in this run is no member yet."""
    change = ask.pending.get(fold(chain.rpartition(" > ")[2]))
    return "external_to_add" if change and address in map(fold, change.added) else "external"


def _has_known_id(address: str, data: DirectoryData, ids: set[str]) -> bool:
    """A member row may carry an address that users.list does not show, such as a non-editable alias."""
    return any(fold(row.get("email") or "") == address and row.get("id") in ids for rows in data.edges.values() for row in rows)


def hold_refused(ask: ScopeAsk, data: DirectoryData, people: list[Person]) -> list[Finding]:
    """Later phases leave alone whoever is in the scope, or in the group of a rule, only by an addition that Google refused.

    They lose nothing by it, as the list says that they belong there, and gain nothing.
    """
    refused = [name for change in ask.pending.values() for name in sorted(change.refused)]
    if not refused:
        return []
    edges = without_refused(data.edges, ask.pending)
    there = {person.id: person for person in resolve(ask, data, {group: close(group, edges) for group in ask.named_groups()})}
    held = [person for person in people if (person.wanted, person.groups) != (there[person.id].wanted, there[person.id].groups)]
    for person in held:
        person.held = "addition_refused"
    names = shortened(sorted(person.email for person in held), counted=True)
    return [finding("addition_waits", "", count=len(held), names=names, refused=shortened(refused, counted=True))] if held else []


def addresses_to_confirm(people: list[Person], matches: Matches, ask: ScopeAsk, blind: bool) -> Iterable[str]:
    """Addresses of accounts that would lose something for being nobody's; what is somebody deleted's may be a live user's by now."""
    for account in matches.strangers:
        grouped = ask.confirm_members and account.status == "active" and bool(account.group_ids or blind)
        if not account.is_admin and (grouped or ask.deprovision.takes("unknown", account)):
            yield account.email
    for person in people:
        if person.state == "deleted":
            held = matches.all_of.get(person.id, ())
            yield from (account.email for account in held if not account.is_admin and ask.deprovision.takes("deleted", account))


def to_confirm(people: list[Person], matches: Matches, ask: ScopeAsk, blind: bool) -> list[Person]:
    """Those whose account would lose something: access, a licence, or with exclusive Zoom groups a membership."""
    found = []
    for person in people:
        held, reason = matches.all_of.get(person.id, ()), reason_of(person)
        member = ask.confirm_members and reason not in (None, "excluded")
        losing = [account for account in held if ask.deprovision.takes(reason, account) and not account.is_admin]
        if losing or (member and any(account.status == "active" and (account.group_ids or blind) for account in held)):
            found.append(person)
    return found
