# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People listed by address, in the scope, its exclusions and its group: who is nobody is an error, as a group that does not exist is."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._directory import DirectoryData
from .._model._nesting import Row
from .._model._person import CORE_FIELDS, Person, person_from_google
from .._model._text import PolicyError, domain, fold, shortened
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._errors import ApiError, Forbidden, NotFound, ScopeMissing, UnexpectedAnswer
from .._transport._google_directory import Directory
from .._transport._shapes import Aside
from ._second_read import Nobody, find_user

_WRONG = {
    Nobody.ABSENT: "who is nobody in this Google directory; nothing was changed: correct the address, or take it out",
    Nobody.FOREIGN: "who is nobody in this Google directory; nothing was changed: people of another customer get no account; take it out",
    Nobody.UNREAD: "but Google shows that user in an unknown form; nothing was changed: look at the user in the Admin console",
    Nobody.GROUP: "which is a group's address; nothing was changed: list it under {groups}",
}
_OWN_STATUS = frozenset({"ACTIVE", "SUSPENDED", "ARCHIVED"})  # external members come without one (google-directory-api.md 6)
_GROUPS = {"scope_users": "scope_groups", "scope_exclude_users": "scope_exclude_groups"}


def check_listed(directory: Directory, data: DirectoryData, listed: Iterable[tuple[str, str]], fields: frozenset[str]) -> list[Finding]:
    """`listed`: variable and folded address. Users whom the list has missed, though they are there, are added to `data`."""
    known = {address for person in (*data.users, *data.unread) for address in person.addresses()}
    binned = {fold(person.email) for person in data.deleted}
    unknown = [(where, address) for where, address in listed if address not in known]
    reads = directory.each(lambda item: find_user(directory, item[1], {*CORE_FIELDS, *fields}, fields), unknown)
    findings = []
    for (where, address), read in zip(unknown, reads, strict=True):
        if isinstance(read, Person):
            add_missed(data, [read])
        elif read is Nobody.ABSENT and address in binned:
            findings.append(finding("listed_deleted", address, where=where))
        else:
            raise PolicyError(f"{where} names {address}, {_WRONG[read].format(groups=_GROUPS[where])}.")
    return findings


def check_members(directory: Directory, group: str, addresses: Iterable[str], rows: Iterable[Row]) -> list[Finding]:
    """`addresses`: folded, of whom is to be added to the group, whose `rows` were read. A sentence for each who was deleted.

    PolicyError for who is nobody at a domain of the customer. Google does not report on other domains: an address there may be a member.
    """
    asked = [address for address in addresses if "@" in address]
    found = dict(zip(asked, directory.each(lambda address: _look_up(directory, address), asked), strict=True))
    nobody = [address for address, who in found.items() if who is Nobody.ABSENT]
    if not nobody:
        return []
    binned = {fold(person.email) for person in directory.deleted_users(person_from_google, Aside())}
    people = (address for who in found.values() if isinstance(who, Person) for address in who.addresses())
    members = (row.get("email") or "" for row in rows if row.get("type") == "USER" and row.get("status") in _OWN_STATUS)
    domains = {domain(address) for address in (group, *binned, *people, *members)}
    unknown = [address for address in nobody if address not in binned and domain(address) in domains]
    if unknown:
        raise PolicyError(
            f"The list of members of {group} names {shortened(unknown, counted=True)}, but no user and no group of this Google directory "
            "has such an address; nothing was changed: correct scope_group_members (members of the module)."
        )
    return [finding("listed_deleted", address, where="scope_group_members") for address in nobody if address in binned]


def _look_up(directory: Directory, address: str) -> Person | Nobody:
    """ABSENT where both a user and a group are not there; an answer that does not decide is no absence."""
    try:
        found = find_user(directory, address)
        if found is Nobody.ABSENT:
            directory.group(address)
            return Nobody.GROUP
    except NotFound:
        return Nobody.ABSENT
    except UnexpectedAnswer:
        return Nobody.UNREAD
    except ApiError as error:
        if error.status == 400 or (isinstance(error, Forbidden) and not isinstance(error, ScopeMissing)):
            return Nobody.UNREAD
        raise
    return found


def add_missed(data: DirectoryData, missed: Iterable[Person]) -> None:
    """A single read beats a list that has not shown them."""
    known = {person.id for person in data.users}
    data.users += [person for person in missed if person.id not in known]
