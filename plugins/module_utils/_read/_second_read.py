# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A second look at who seems to be gone: by single reads, or, where there are many, by lists whose pages end elsewhere.

A list that misses a row while it is read misses it again when it is read again in the same pages. So the second look is another kind
of call than the first. True and False are answers; None: this way can't decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias, TypeVar

from .._model._directory import Nobody
from .._model._nesting import PendingChange, Row, beneath, close, group_key, is_group, row_key, unread
from .._model._person import CORE_FIELDS, Person, person_from_google
from .._model._text import domain, fold, mailbox, within
from .._transport._breaker import Breaker, code_of
from .._transport._errors import ApiError, Forbidden, NotFound, ScopeMissing, UnexpectedAnswer
from .._transport._google_directory import OTHER_MEMBERS_PAGE, OTHER_USERS_PAGE, Directory
from .._transport._shapes import Aside
from ._directory import EdgeAsk, read_edges, read_members

T = TypeVar("T")
_NO_ANSWER = (Forbidden, UnexpectedAnswer)


@dataclass(frozen=True)
class ScopeNames:
    """What brings people into scope or keeps them out: folded groups and addresses, org unit paths; and what was read of the groups.

    `edges`: as the first lists showed them, with what this run changes, which is `pending`. `unreadable`: groups that can't be read.
    `domains`: of the users that the lists showed.
    """

    groups: Sequence[str]
    excluding: Sequence[str]
    org_units: Sequence[str]
    users: Sequence[str]
    pending: Mapping[str, PendingChange]
    edges: Mapping[str, list[Row]]
    customer: str = ""
    unreadable: Collection[str] = ()
    domains: Collection[str] = ()

    def chosen(self, person: Person) -> bool:
        """By address or org unit."""
        return bool(set(self.users) & set(person.addresses())) or any(within(person.org_unit, path) for path in self.org_units)


class Singles:
    """One call for each: users.get, members.hasMember, members.get.

    `breaker`: once so much is refused that it opens, nothing more is asked, and nothing confirmed. hasMember has one of its own, as the
    membership itself decides where it can't.
    """

    def __init__(self, directory: Directory, scope: ScopeNames) -> None:
        self._directory, self._scope = directory, scope
        self.breaker, self._nested = Breaker(), Breaker()
        self._fresh: dict[str, list[Row]] = {}
        self._no_groups = set[str]()
        self._reading = Lock()
        self._ask = EdgeAsk(unread(scope.pending), frozenset(scope.unreadable), OTHER_MEMBERS_PAGE)

    @property
    def doubts(self) -> list[str]:
        """A clause, why nothing is to be removed, where so much was refused that the rest was not asked for."""
        opened = self.breaker.opened
        return [f"{opened.failed} lookups in Google that were to confirm removals failed {opened.how}"] if opened else []

    def people(self, people: Sequence[Person]) -> list[Person | Nobody | None]:
        """Each as Google shows them now."""
        return self._directory.each(lambda person: self._find(person.id), people)

    def at(self, addresses: Sequence[str]) -> list[Person | Nobody]:
        return self._directory.each(self._find, addresses)

    def _find(self, key: str) -> Person | Nobody:
        """Of a domain that is nobody's here, Google never reports: that it refuses to is an answer."""
        if self.breaker.opened:
            return Nobody.UNREAD
        found = find_user(self._directory, key)
        ours = "@" not in key or domain(key) in self._scope.domains
        if found is Nobody.UNREAD or (found is Nobody.FOREIGN and ours):
            self.breaker.failed(found.name, f"{key} is {found.value}")
        else:
            self.breaker.took()
        return found

    def outside(self, people: Sequence[Person], groups: Sequence[str]) -> list[bool | None]:
        """Whether none of the groups holds them."""
        inside = self._directory.each(lambda person: self._in_any(person, groups), people)
        if any(answer is False for answer in inside) and self._everyone(groups):
            return [False for _person in people]
        return [None if answer is None else not answer for answer in inside]

    def _in_any(self, person: Person, groups: Sequence[str]) -> bool | None:
        visited = set(groups)
        return _any(self._holds(group, person, visited) for group in groups)

    def _holds(self, group: str, person: Person, visited: set[str]) -> bool | None:
        """By hasMember, which sees through nesting; where it can't decide, by the group's own rows and the groups beneath.

        It can't across the domains of a customer, and knows nothing of what this run is about to change.
        """
        if group in self._scope.unreadable or self.breaker.opened:
            return None
        answer = self._has_member(group, person.id)
        if answer is not None and group not in self._touched:
            return answer
        inside = _any(self._parts(group, person, visited))
        # they are in by what the lists do not show, unless it is what this run takes away
        return True if answer and not inside and not self._taken_out(group, person) else inside

    def _taken_out(self, group: str, person: Person) -> bool:
        """Whether a removal of this run is what would bring them in."""
        changes = [self._scope.pending[one] for one in beneath(self._scope.edges, group) if one in self._scope.pending]
        removed = {name for change in changes for name in change.removed}
        own = {mailbox(address) for address in person.addresses()} | {self._scope.customer}
        groups = sorted(name for name in removed - self._people_removed - self._no_groups if "@" in name)
        return bool(removed & own) or any(self._has_member(name, person.id) for name in groups)

    def _has_member(self, group: str, key: str) -> bool | None:
        if self._nested.opened:
            return None
        try:
            return _counted(self._nested, lambda: self._directory.has_member(group, key))
        except NotFound as error:
            if "groupKey" not in error.message:
                return False
            self._no_groups.add(group)
            return None
        except _NO_ANSWER as error:
            if isinstance(error, ScopeMissing):
                raise
            return None
        except ApiError as error:
            if error.status == 400:  # across domains (google-directory-api.md 6)
                return None
            raise

    def _parts(self, group: str, person: Person, visited: set[str]) -> Iterable[bool | None]:
        yield self._direct(group, person.id)
        for row in (*self._scope.edges.get(group, ()), *self._rows(group)):
            if is_group(row) and group_key(row) not in visited:
                visited.add(group_key(row))
                yield self._holds(group_key(row), person, visited)

    def _direct(self, group: str, key: str) -> bool | None:
        """By a read of the one membership; Google refuses that now and then for a valid pair (google-directory-api.md 6)."""
        change = self._scope.pending.get(group)
        if self.breaker.opened:
            return None
        try:
            row = _counted(self.breaker, lambda: self._directory.member(group, key))
        except NotFound as error:
            return False if "groupKey" not in error.message or (change and change.created) else None
        except _NO_ANSWER:
            return None
        except ApiError as error:
            if error.status != 400:
                raise
            return any(row.get("id") == key for row in self._rows(group))
        return not (change and change.takes(row))

    def _rows(self, group: str) -> list[Row]:
        """The group's list in other pages, each group once."""
        with self._reading:
            if group not in self._fresh:
                self._fresh[group] = read_members(self._directory, group, self._ask)
            return self._fresh[group]

    def _everyone(self, roots: Sequence[str]) -> bool:
        """Whether a row of the customer itself, which stands for everybody, was missed in one of the groups."""
        if not self._scope.customer:
            return False
        groups = beneath({**self._scope.edges, **self._fresh}, *roots)
        readable = [group for group in groups if group not in self._scope.unreadable]
        return any(self._directory.each(lambda group: self._direct(group, self._scope.customer) is True, readable))

    @cached_property
    def _people_removed(self) -> frozenset[str]:
        """Names that removals of this run are known to have found as people: nobody is in them."""
        rows = (row for change in self._scope.pending.values() for row in change.rows or () if change.takes(row))
        return frozenset(row_key(row) for row in rows if row.get("type") and not is_group(row))

    @cached_property
    def _touched(self) -> frozenset[str]:
        """Groups that this run changes, or that hold one of those."""
        changed = {group for group, change in self._scope.pending.items() if change.added or change.removed or change.created}
        return frozenset(group for group in self._scope.edges if changed & {*beneath(self._scope.edges, group)}) if changed else frozenset()


class Lists:
    """Every list once more, in other pages: for so many people that single calls would take all night."""

    def __init__(self, directory: Directory, scope: ScopeNames) -> None:
        self._directory, self._scope, self._aside = directory, scope, Aside()

    def people(self, people: Sequence[Person]) -> list[Person | Nobody | None]:
        """Each as the lists show them; None: in neither the users' list nor, as deleted, in that of the bin."""
        return [self._users.get(person.id) or self._bin.get(person.id) for person in people]

    def at(self, addresses: Sequence[str]) -> list[Person | Nobody]:
        """An address that no list shows is nobody's, unless a row that can't be read may be its owner's."""
        users = self._by_address
        absent = Nobody.UNREAD if self._aside.rows else Nobody.ABSENT
        return [users.get(fold(address), absent) for address in addresses]

    def outside(self, people: Sequence[Person], groups: Sequence[str]) -> list[bool | None]:
        closures = [close(group, self._edges) for group in groups]
        blind = any(group in self._scope.unreadable for group in beneath(self._edges, *groups))
        blind = blind or any(item.unread for item in closures)
        inside = [any(item.via(person.id, person.addresses()) or item.everyone for item in closures) for person in people]
        return [False if answer else None if blind else True for answer in inside]

    @cached_property
    def _users(self) -> dict[str, Person]:
        users = self._directory.users(CORE_FIELDS, person_from_google, self._aside, page=OTHER_USERS_PAGE)
        return {person.id: person for person in users}

    @cached_property
    def _bin(self) -> dict[str, Person]:
        users = self._directory.deleted_users(person_from_google, self._aside, page=OTHER_USERS_PAGE)
        return {person.id: person for person in users}

    @cached_property
    def _by_address(self) -> dict[str, Person]:
        return {address: person for person in self._users.values() for address in person.addresses()}

    @cached_property
    def _edges(self) -> dict[str, list[Row]]:
        """The groups that the first lists led to are asked too, and stay nested where those said so."""
        ask = EdgeAsk(unread(self._scope.pending), frozenset(self._scope.unreadable), OTHER_MEMBERS_PAGE)
        roots = (*self._scope.groups, *self._scope.excluding)
        named = {group: "groups" if group in roots else "" for group in beneath(self._scope.edges, *roots)}
        edges = read_edges(self._directory, named, ask)
        return {group: [*rows, *filter(is_group, self._scope.edges.get(group, ()))] for group, rows in edges.items()}


SecondRead: TypeAlias = "Singles | Lists"


def find_user(directory: Directory, key: str, fields: Iterable[str] = CORE_FIELDS, keep: Collection[str] = ()) -> Person | Nobody:
    """By address or id. Of another customer's domain Google reports nothing (403): that confirms no absence."""
    try:
        row: dict[str, Any] = directory.user(key, fields, custom_schemas="customSchemas" in fields)
    except NotFound:
        return Nobody.ABSENT
    except UnexpectedAnswer:
        return Nobody.UNREAD
    except Forbidden as error:
        if isinstance(error, ScopeMissing):
            raise
        return Nobody.FOREIGN
    except ApiError as error:
        if error.status == 400 and "Type not supported" in error.message:
            return Nobody.GROUP
        raise
    return person_from_google(row, keep)


def _counted(breaker: Breaker, read: Callable[[], T]) -> T:
    """Other refusals are answers: there is no such member, or this kind of call can't say."""
    try:
        found = read()
    except _NO_ANSWER as error:
        breaker.failed(code_of(error), str(error))
        raise
    except ApiError:
        breaker.took()
        raise
    breaker.took()
    return found


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True as soon as one is; None where one that could not decide might be."""
    undecided = False
    for answer in answers:
        if answer:
            return True
        undecided = undecided or answer is None
    return None if undecided else False
