# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Absences are confirmed: whoever would lose an account is asked for again, before anything is planned on a missing row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .._model._account import Account
from .._model._nesting import PendingChange, close
from .._model._person import CORE_FIELDS, Person, person_from_google, unread_person
from .._model._text import within
from .._plan._outcomes import Finding, finding
from .._transport._errors import ApiError, Forbidden, NotFound, UnexpectedAnswer
from .._transport._google_directory import Directory
from ._google_read import DirectoryData, read_edges

_PAGE = 200  # members in one page


@dataclass(frozen=True)
class ScopeNames:
    """What brings people into scope: folded groups and org unit paths, and what this run changes in those groups."""

    groups: Sequence[str]
    org_units: Sequence[str]
    pending: Mapping[str, PendingChange]


def confirm_losses(directory: Directory, doubtful: list[Person], scope: ScopeNames, data: DirectoryData, limit: int) -> list[Finding]:
    """Sets `confirmed` on each; above `limit` none is asked for, and all stay unconfirmed."""
    if len(doubtful) > limit:
        for person in doubtful:
            person.confirmed = False
        return [finding("confirm_limit", count=len(doubtful), limit=limit)]
    gone = [person for person in doubtful if person.state == "active"]
    again = directory.each(lambda person: _read_again(directory, person), doubtful)
    for person, read in zip(doubtful, again, strict=True):
        person.confirmed = _same(person, read)
    outside = [person for person in gone if person.confirmed and not person.excluded]
    if outside:
        _confirm_membership(directory, outside, scope, data)
    return []


def confirm_absences(directory: Directory, strangers: list[Account], limit: int) -> list[str]:
    """Addresses of those accounts that are no user of the directory, by a read of each."""
    asked = [account.email.lower() for account in strangers if not account.is_admin]
    if len(asked) > limit:
        return []
    found = directory.each(lambda address: _is_nobody(directory, address), asked)
    return [address for address, absent in zip(asked, found, strict=True) if absent]


def _is_nobody(directory: Directory, address: str) -> bool:
    """Of another customer's domain Google tells nothing (403): that confirms no absence."""
    try:
        return _get(directory, address) is None
    except (Forbidden, UnexpectedAnswer):
        return False


def _read_again(directory: Directory, person: Person) -> Person | None:
    """None when there is nobody; an answer of an unknown form confirms nothing, as its state is no other's."""
    try:
        row = _get(directory, person.id)
    except UnexpectedAnswer:
        return unread_person(person.id, person.email)
    return person_from_google(row) if row else None


def _get(directory: Directory, key: str) -> dict[str, object] | None:
    try:
        return directory.user(key, CORE_FIELDS)
    except NotFound:
        return None
    except ApiError as error:
        if error.status == 400 and "Type not supported" in error.message:  # a group's address
            return None
        raise


def _same(person: Person, read: Person | None) -> bool:
    """Whether the second read shows the state that the list showed."""
    if read is None:
        return person.state == "deleted"
    return read.state == person.state and read.org_unit == person.org_unit


def _confirm_membership(directory: Directory, outside: list[Person], scope: ScopeNames, data: DirectoryData) -> None:
    """By single hasMember reads or by a second closure, whichever asks less; pending changes are known to a closure only."""
    groups = [*scope.groups]
    pages = sum(-(-max(len(rows), 1) // _PAGE) for rows in data.edges.values())
    if groups and not scope.pending and len(outside) * len(groups) < pages:
        for person in outside:
            person.confirmed = not any(_has_member(directory, group, person) for group in groups)
        return
    edges = read_edges(directory, dict.fromkeys(groups, "groups"), scope.pending) if groups else {}
    closures = [close(group, edges) for group in groups]
    for person in outside:
        inside = any(closure.via(person.id, person.addresses()) or closure.everyone for closure in closures)
        inside = inside or any(within(person.org_unit, path) for path in scope.org_units)
        person.confirmed = not inside and not any(closure.unread for closure in closures)


def _has_member(directory: Directory, group: str, person: Person) -> bool:
    """A 400 means that Google can't tell across domains: then the absence is not confirmed."""
    try:
        return directory.has_member(group, person.id)
    except NotFound:
        return False
    except UnexpectedAnswer:
        return True
    except ApiError as error:
        if error.status == 400:
            return True
        raise
