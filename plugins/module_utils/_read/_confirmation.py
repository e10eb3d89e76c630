# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Absences are confirmed: whoever would lose an account is looked up again, before anything is planned on a missing row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .._model._directory import Nobody
from .._model._person import UNSURE_LIMIT, Person
from .._model._text import fold
from .._transport._google_directory import Directory
from ._second_read import Lists, ScopeNames, SecondRead, Singles

T = TypeVar("T")
A = TypeVar("A")
_OPEN = (None, Nobody.UNREAD)  # answers that settle nothing
_MISSED = (True, Nobody.ABSENT)  # of lists: what rests on a row that is not there, which lists may skip whatever the size of their pages


@dataclass(frozen=True)
class Answers(Generic[A]):
    """One for each who was asked for. `unasked`: places of those left open, of whom nobody was asked one by one: they were too many."""

    found: list[A]
    unasked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Confirmation:
    """Both ways to look a second time: up to `limit` people one by one.

    Of more, all lists are read again, once; whom these leave open is looked up one by one, unless even they are more than `limit`. So is
    whom they miss as the first ones did, where both together are no more.
    """

    singles: Singles
    lists: Lists
    scope: ScopeNames
    limit: int

    def ask(self, asked: Sequence[T], question: Callable[[SecondRead, Sequence[T]], Sequence[A]], *, many: bool) -> Answers[A]:
        if not many:
            return Answers(list(question(self.singles, asked)))
        found = list(question(self.lists, asked))
        left = [place for place, answer in enumerate(found) if answer in _OPEN]
        missed = [place for place, answer in enumerate(found) if answer in _MISSED]
        if len(left) + len(missed) <= self.limit:
            left = sorted(left + missed)
        if len(left) > self.limit:
            return Answers(found, frozenset(left))
        for place, answer in zip(left, question(self.singles, [asked[place] for place in left]) if left else (), strict=True):
            found[place] = answer
        return Answers(found)


def confirmation(directory: Directory, scope: ScopeNames, limit: int) -> Confirmation:
    return Confirmation(Singles(directory, scope), Lists(directory, scope), scope, limit)


def confirm_removals(confirmation: Confirmation, asked: Sequence[Person]) -> None:
    """Sets `confirmed` on each, and `unsure` on those whom no read could decide."""
    many = len(asked) > confirmation.limit
    gone, leaving = list[Person](), list[Person]()
    states = confirmation.ask(asked, lambda second, people: second.people(people), many=many)
    for place, (person, read) in enumerate(zip(asked, states.found, strict=True)):
        agrees = _same(person, read)
        if agrees and person.state == "active" and not person.excluded:
            agrees = not (isinstance(read, Person) and confirmation.scope.chosen(read))
            gone += [person] if agrees else []
        _set(person, agrees, UNSURE_LIMIT if place in states.unasked else "")
        leaving += [person] if agrees and person.state != "deleted" and not person.excluded else []
    # whoever is excluded is left as they are
    _confirm_outside(confirmation, leaving, confirmation.scope.excluding, "", many=many)
    # where a group can't be read, a list of the others shows nothing of it
    blind = next(iter(confirmation.scope.unreadable), "")
    _confirm_outside(confirmation, [person for person in gone if person.confirmed], confirmation.scope.groups, blind, many=many)


def _confirm_outside(confirmation: Confirmation, people: Sequence[Person], groups: Sequence[str], blind: str, *, many: bool) -> None:
    """`blind`: the group whose members nobody can see."""
    answers = confirmation.ask(people, lambda second, asked: second.outside(asked, groups), many=many)
    for place, (person, outside) in enumerate(zip(people, answers.found, strict=True)):
        _set(person, outside, blind or (UNSURE_LIMIT if place in answers.unasked else ""))


def _set(person: Person, agrees: bool | None, why: str) -> None:
    person.confirmed, person.unsure = bool(agrees), why if agrees is None else ""


def _same(person: Person, read: Person | Nobody | None) -> bool | None:
    """Whether the second read shows the state that the list showed."""
    if isinstance(read, Person):
        return read.state == person.state and read.org_unit == person.org_unit
    return person.state == "deleted" if read is Nobody.ABSENT else None


@dataclass
class Absences:
    """`absent`: folded addresses that are no user's. `unasked`: those that lists left open and that were too many to be asked for.

    `missed`: users that no list showed.
    """

    absent: list[str]
    unasked: list[str]
    missed: list[Person]


def confirm_absences(confirmation: Confirmation, addresses: Sequence[str], known: frozenset[str]) -> Absences:
    """`known`: ids of the users that the first list showed."""
    asked = list(dict.fromkeys(fold(address) for address in addresses))
    answers = confirmation.ask(asked, lambda second, some: second.at(some), many=len(asked) > confirmation.limit)
    # a group's address is no user's; of a domain that Google does not report on, nothing is known
    absent = [address for address, answer in zip(asked, answers.found, strict=True) if answer in (Nobody.ABSENT, Nobody.GROUP)]
    missed = {answer.id: answer for answer in answers.found if isinstance(answer, Person) and answer.id not in known}
    return Absences(absent, [asked[place] for place in sorted(answers.unasked)], list(missed.values()))
