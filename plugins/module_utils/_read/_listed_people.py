# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People listed by address whom no list shows: each is looked up."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._directory import DirectoryData, Nobody
from .._model._nesting import Row
from .._model._person import CORE_FIELDS, Person, person_from_google
from .._model._text import fold
from .._plan._listed_people import absent_members, listed_findings, member_findings, unlisted_people
from .._plan._outcome import Finding
from .._transport._errors import ApiError, Forbidden, NotFound, ScopeMissing, UnexpectedAnswer
from .._transport._google_directory import Directory
from .._transport._shapes import Aside
from ._second_read import find_user


def check_listed(directory: Directory, data: DirectoryData, listed: Iterable[tuple[str, str]], fields: frozenset[str]) -> list[Finding]:
    """`listed`: variable and folded address. Users whom the list has missed, though they are there, are added to `data`."""
    unknown = unlisted_people(data, listed)
    answers = directory.each(lambda item: find_user(directory, item[1], {*CORE_FIELDS, *fields}, fields), unknown)
    add_missed(data, [answer for answer in answers if isinstance(answer, Person)])
    return listed_findings(data, unknown, answers)


def check_members(directory: Directory, group: str, addresses: Iterable[str], rows: Iterable[Row]) -> list[Finding]:
    """`addresses`: folded, of whom is to be added to the group, whose `rows` were read."""
    asked = [address for address in addresses if "@" in address]
    answers = dict(zip(asked, directory.each(lambda address: _look_up(directory, address), asked), strict=True))
    if not absent_members(answers):
        return []
    binned = {fold(person.email) for person in directory.deleted_users(person_from_google, Aside())}
    return member_findings(group, answers, binned, rows)


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
