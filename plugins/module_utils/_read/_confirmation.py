# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Absences are confirmed: whoever would lose an account is looked up again, before anything is planned on a missing row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._model._directory import Nobody
from .._model._person import UNSURE_LIMIT, Person
from .._model._text import fold
from .._transport._google_directory import Directory
from ._second_read import Lists, ScopeNames, SecondRead, Singles


@dataclass(frozen=True)
class Confirmation:
    """Both ways to look a second time. Above `limit` people it is by lists, each read once, else one by one."""

    singles: Singles
    lists: Lists
    scope: ScopeNames
    limit: int

    @property
    def doubts(self) -> list[str]:
        """A clause, why nothing is to be removed, where so much was refused that the rest was not asked for."""
        opened = self.singles.breaker.opened
        return [f"{opened.failed} lookups in Google that were to confirm removals failed {opened.how}"] if opened else []

    def by(self, count: int) -> SecondRead:
        return self.singles if count <= self.limit else self.lists


def confirmation(directory: Directory, scope: ScopeNames, limit: int) -> Confirmation:
    return Confirmation(Singles(directory, scope), Lists(directory, scope), scope, limit)


def confirm_removals(confirmation: Confirmation, asked: Sequence[Person]) -> None:
    """Sets `confirmed` on each, and `unsure` on those whom no read could decide."""
    second = confirmation.by(len(asked))
    gone, leaving = list[Person](), list[Person]()
    for person, read in zip(asked, second.people(asked), strict=True):
        agrees = _same(person, read)
        if agrees and person.state == "active" and not person.excluded:
            agrees = not (isinstance(read, Person) and confirmation.scope.chosen(read))
            gone += [person] if agrees else []
        _set(person, agrees, "" if second is confirmation.singles else UNSURE_LIMIT)
        leaving += [person] if agrees and person.state != "deleted" and not person.excluded else []
    # whoever is excluded is left as they are
    for person, outside in zip(leaving, second.outside(leaving, confirmation.scope.excluding), strict=True):
        if not outside:
            _set(person, outside, "")
    gone = [person for person in gone if person.confirmed]
    # where a group can't be read, a list of the others shows nothing of it
    blind = next(iter(confirmation.scope.unreadable), "")
    for person, outside in zip(gone, second.outside(gone, confirmation.scope.groups), strict=True):
        _set(person, outside, blind or ("" if second is confirmation.singles else UNSURE_LIMIT))


def _set(person: Person, agrees: bool | None, why: str) -> None:
    person.confirmed, person.unsure = bool(agrees), why if agrees is None else ""


def _same(person: Person, read: Person | Nobody | None) -> bool | None:
    """Whether the second read shows the state that the list showed."""
    if isinstance(read, Person):
        return read.state == person.state and read.org_unit == person.org_unit
    return person.state == "deleted" if read is Nobody.ABSENT else None


@dataclass
class Absences:
    """`absent`: folded addresses that are no user's. `unsure`: those whom lists could not decide. `missed`: users that no list showed."""

    absent: list[str]
    missed: list[Person]


def confirm_absences(confirmation: Confirmation, addresses: Sequence[str], known: frozenset[str]) -> Absences:
    """`known`: ids of the users that the first list showed."""
    asked = list(dict.fromkeys(fold(address) for address in addresses))
    found = confirmation.by(len(asked)).at(asked)
    # a group's address is no user's; of a domain that Google does not report on, nothing is known
    absent = [address for address, answer in zip(asked, found, strict=True) if answer in (Nobody.ABSENT, Nobody.GROUP)]
    missed = {answer.id: answer for answer in found if isinstance(answer, Person) and answer.id not in known}
    return Absences(absent, list(missed.values()))
