# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People listed by address, in the scope and its exclusions: an address that is nobody's is an error, as a group's that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._person import CORE_FIELDS, Person
from .._model._text import PolicyError, fold
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._google_directory import Directory
from ._google_read import DirectoryData
from ._second_read import Nobody, find_user

_WRONG = {
    Nobody.ABSENT: "who is nobody in this Google directory; nothing was changed: correct the address, or take it out",
    Nobody.FOREIGN: "who is nobody in this Google directory; nothing was changed: people of another customer get no account; take it out",
    Nobody.UNREAD: "but Google shows that user in an unknown form; nothing was changed: look at the user in the Admin console",
    Nobody.GROUP: "which is a group's address; nothing was changed: list it under {groups}",
}
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


def add_missed(data: DirectoryData, missed: Iterable[Person]) -> None:
    """A single read beats a list that has not shown them."""
    known = {person.id for person in data.users}
    data.users += [person for person in missed if person.id not in known]
