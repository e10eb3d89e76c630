# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading the directory: users, the bin, org units and the direct members of every group that matters, each once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._model._directory import DirectoryData
from .._model._nesting import UNREADABLE, MemberRow, PendingChange, Row, beneath, group_key, is_group, row_key, unread
from .._model._person import CORE_FIELDS, Person, person_from_google, unread_person
from .._model._text import PolicyError, domain, fold
from .._transport._errors import ApiError, Forbidden, NotFound, ScopeMissing, UnexpectedAnswer
from .._transport._google_directory import MEMBERS_PAGE, OTHER_MEMBERS_PAGE, Directory
from .._transport._shapes import Aside, OddRow
from ._unread_rows import LOOKED_UP, described


class DeniedGroup(PolicyError):
    """A group that a policy names, and that Google denies: mostly another company's, which the addresses of the users show."""

    def __init__(self, group: str, named_at: str, error: ApiError) -> None:
        super().__init__(
            f"{named_at} names the group {group}, which Google does not let this customer read, so nothing was changed: {error} Check the "
            f"address, and that subject (GOOGLE_WORKSPACE_SUBJECT) {error.subject} may read groups."
        )
        self.group = group
        self.foreign = (
            f"{named_at} names the group {group}, but no user of this Google customer has an address at {domain(group)}; nothing was "
            f"changed: check the address [{str(error).rstrip('.')}]."
        )

    def among(self, users: Iterable[Person]) -> PolicyError:
        """The error, where these are all users of the customer."""
        domains = {domain(address) for user in users for address in user.addresses()}
        return self if domain(self.group) in domains else PolicyError(self.foreign)


def read_directory(
    directory: Directory,
    groups: Mapping[str, str],
    *,
    fields: Iterable[str],
    with_org_units: bool,
    pending: Mapping[str, PendingChange],
    ignore: Collection[str] = (),
    twice: Collection[str] = (),
) -> DirectoryData:
    """`groups`: folded address -> where it is named; `twice`: those that are completed at once, while the users are still read.

    PolicyError when a group does not exist; any other refusal ends the run.
    """
    keep, customers, aside, ask = frozenset(fields), set[str](), Aside(), EdgeAsk(pending, frozenset(ignore))
    wanted = {*CORE_FIELDS, *keep}

    def live(row: Mapping[str, Any]) -> Person:
        customers.add(row.get("customerId") or "")
        return person_from_google(row, keep)

    reads: list[Any] = [
        lambda: directory.users(wanted, live, aside, custom_schemas="customSchemas" in wanted),
        lambda: directory.deleted_users(person_from_google, aside),
        lambda: directory.org_units() if with_org_units else [],
        lambda: _edges(directory, groups, ask, twice),
    ]
    users, deleted, org_units, edges = directory.each(lambda read: read(), reads)
    if isinstance(edges, DeniedGroup):
        raise edges.among(users)
    _settle_pending(directory, edges, users, ask)
    known = {person.id for person in (*users, *deleted)}
    odd = [row for row in aside.rows if row.id not in known]
    return DirectoryData(users, deleted, org_units, edges, max(customers, default=""), *_unread(directory, odd), ask.unreadable)


def _edges(directory: Directory, groups: Mapping[str, str], ask: EdgeAsk, twice: Collection[str]) -> dict[str, list[Row]] | DeniedGroup:
    try:
        edges = read_edges(directory, groups, ask)
    except DeniedGroup as denied:  # until the users are read
        return denied
    complete(directory, edges, twice, EdgeAsk(ask.pending, ask.ignore))
    return edges


def _unread(directory: Directory, odd: list[OddRow]) -> tuple[list[Person], list[dict[str, Any]]]:
    """A stand-in for each row with an address; the single user shows it, and the aliases, where the list's row does not."""
    asked = [row for row in odd if row.id or row.email][:LOOKED_UP]
    shown = directory.each(lambda row: _addresses(directory, row.id or row.email), asked)
    found = dict(zip(asked, shown, strict=True))
    people, rows = dict[str, Person](), list[OddRow]()
    for row in odd:
        addresses = list(filter(None, [row.email, *found.get(row, [])]))
        rows.append(replace(row, email=addresses[0] if addresses else ""))
        if addresses:
            key = row.id or f"row of {fold(addresses[0])}"
            people[key] = unread_person(key, addresses[0], addresses[1:])
    return list(people.values()), described(rows)


def _addresses(directory: Directory, key: str) -> list[str]:
    """[] where the single user can't be read either."""
    try:
        person = person_from_google(directory.user(key, CORE_FIELDS))
    except (ApiError, UnexpectedAnswer):
        return []
    return [person.email, *person.aliases]


@dataclass(frozen=True)
class EdgeAsk:
    """How members are read. `ignore`: groups that are empty where they can't be read; those that were go to `unreadable`."""

    pending: Mapping[str, PendingChange] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    page: int = MEMBERS_PAGE
    unreadable: set[str] = field(default_factory=set)


def read_edges(directory: Directory, groups: Mapping[str, str], ask: EdgeAsk) -> dict[str, list[Row]]:
    """Direct members of the named groups and all groups beneath, level by level, each group once. `groups`: where each is named."""
    edges: dict[str, list[Row]] = {}
    chains: dict[str, str] = {}
    level = list(dict.fromkeys(groups))
    while level:
        found = directory.each(lambda group: read_members(directory, group, ask, groups.get(group), chains.get(group, "")), level)
        edges.update(zip(level, found, strict=True))
        for group, rows in zip(level, found, strict=True):
            chain = f"{chains[group]} > {group}" if group in chains else group
            for row in rows:
                if is_group(row):
                    chains.setdefault(group_key(row), chain)
        beneath = [group_key(row) for rows in found for row in rows if is_group(row)]
        level = [group for group in dict.fromkeys(beneath) if group not in edges]
    return edges


def complete(directory: Directory, edges: dict[str, list[Row]], roots: Collection[str], ask: EdgeAsk) -> None:
    """Reads lists of several pages beneath `roots` once more, in other pages, and adds what the first ones have missed.

    For exclusions and rules: who is missing there would lose something of which nobody could be asked one by one.
    """
    other = replace(ask, pending=unread(ask.pending), page=OTHER_MEMBERS_PAGE)
    done = set[str]()
    while split := [group for group in beneath(edges, *roots) if group not in done and directory.is_split(group)]:
        done.update(split)
        for group, rows in zip(split, directory.each(lambda group: read_members(directory, group, other), split), strict=True):
            known = {row_key(row) for row in edges[group]}
            edges[group] += [row for row in rows if row.get("type") and row_key(row) not in known]
        missed = [group for group in beneath(edges, *roots) if group not in edges]
        edges.update(read_edges(directory, dict.fromkeys(missed, ""), ask))


def read_members(directory: Directory, group: str, ask: EdgeAsk, named_at: str | None = None, chain: str = "") -> list[Row]:
    """Direct members, as they will be after this run. `chain`: the groups above, from the one that is named down to its parent."""
    change = ask.pending.get(group)
    if change and change.rows is not None:
        return change.apply(change.rows)
    rows: list[Row] = []
    try:
        rows = [MemberRow(row) for row in direct_members(directory, group, page=ask.page)]
    except (NotFound, Forbidden) as error:
        if not named_at and group in ask.ignore and type(error) in (NotFound, Forbidden):
            ask.unreadable.add(group)
        elif isinstance(error, Forbidden) or not (change and change.created):
            raise _cant_be_read(group, named_at, chain, error) from None
    except ApiError as error:
        raise _cant_be_read(group, named_at, chain, error) from None
    return change.apply(rows) if change else rows


def _cant_be_read(group: str, named_at: str | None, chain: str, error: ApiError) -> PolicyError:
    """Names the group, what it is nested in, and the cure."""
    if named_at and isinstance(error, NotFound):
        return PolicyError(
            f"{named_at} names the group {group}, which does not exist in this Google customer; nothing was changed: check the address."
        )
    if named_at and isinstance(error, Forbidden) and not isinstance(error, ScopeMissing):
        return DeniedGroup(group, named_at, error)
    if named_at or not chain:
        who = named_at or "A nested group"
        return PolicyError(f"{who}: the group {group} can't be read, so nothing was changed: {error} Run again, and check the group.")
    parent = chain.rpartition(" > ")[2]
    cure = f"take it out of {parent}, or, if that is a group of the scope alone, add it to scope_ignore_unreadable"
    return PolicyError(
        f"The group {group}, nested in {chain}, can't be read, so nothing was changed: {error} If it is another company's, {cure}."
    )


def direct_members(directory: Directory, group: str, aside: Aside | None = None, *, page: int = MEMBERS_PAGE) -> list[Row]:
    """Direct members; in the place of each row of an unknown form, which `aside` takes, one of type UNREADABLE, with `why`."""
    aside = aside or Aside()
    rows: list[Row] = list(directory.members(group, aside, page=page))
    return rows + [{"type": UNREADABLE, "why": odd.why} for odd in aside.rows]


def _settle_pending(directory: Directory, edges: dict[str, list[Row]], users: Iterable[Person], ask: EdgeAsk) -> None:
    """Rows that a pending change added carry an address only: a user of the directory, a group, or somebody outside."""
    if not edges.keys() & ask.pending.keys():
        return
    known = {address: user.id for user in users for address in user.addresses()}
    for group in [group for group in edges if group in ask.pending]:
        edges[group] = [row if row.get("type") else _typed(directory, edges, row, known, ask) for row in edges[group]]


def _typed(directory: Directory, edges: dict[str, list[Row]], row: Row, known: Mapping[str, str], ask: EdgeAsk) -> Row:
    address = fold(row["email"])
    if address in known:
        return {"email": row["email"], "id": known[address], "type": "USER"}
    if address not in edges:
        try:
            edges.update(read_edges(directory, {address: ""}, ask))
        except PolicyError:
            return {"email": row["email"], "type": "USER"}
    return {"email": row["email"], "type": "GROUP"}
