# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading the directory: users, the bin, org units and the direct members of every group that matters, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._model._nesting import UNREADABLE, PendingChange, Row, group_key, is_group
from .._model._person import CORE_FIELDS, Person, person_from_google, unread_person
from .._model._text import PolicyError, fold, shared
from .._transport._errors import ApiError, NotFound, UnexpectedAnswer
from .._transport._google_directory import Directory
from .._transport._shapes import Aside, OddRow

_LOOKED_UP = 50  # rows whose address is asked for one by one; more are no accident


@dataclass
class DirectoryData:
    """`users`: all but the deleted, whose scope is worked out later. `edges`: direct member rows by folded group address.

    `customer`: the customer's own id, as its users' rows tell it; '' where there is none. `unread`: stand-ins for people whose row has
    an unknown form; `odd`: all such rows.
    """

    users: list[Person]
    deleted: list[Person]
    org_units: list[str]
    edges: dict[str, list[Row]]
    customer: str = ""
    unread: list[Person] = field(default_factory=list)
    odd: list[OddRow] = field(default_factory=list)


def read_directory(
    directory: Directory,
    groups: Mapping[str, str],
    *,
    fields: Iterable[str],
    with_org_units: bool,
    pending: Mapping[str, PendingChange],
) -> DirectoryData:
    """`groups`: folded address -> where it is named. PolicyError when one does not exist; any other refusal ends the run."""
    keep, customers, aside = frozenset(fields), set[str](), Aside()
    wanted = {*CORE_FIELDS, *keep}

    def live(row: Mapping[str, Any]) -> Person:
        customers.add(row.get("customerId") or "")
        return person_from_google(row, keep)

    reads: list[Any] = [
        lambda: directory.users(wanted, live, aside, custom_schemas="customSchemas" in wanted),
        lambda: directory.deleted_users(person_from_google, aside),
        lambda: directory.org_units() if with_org_units else [],
        lambda: read_edges(directory, groups, pending),
    ]
    users, deleted, org_units, edges = directory.each(lambda read: read(), reads)
    _settle_pending(directory, edges, users, pending)
    known = {person.id for person in (*users, *deleted)}
    odd = [row for row in aside.rows if row.id not in known]
    return DirectoryData(users, deleted, org_units, edges, max(customers, default=""), *_unread(directory, odd))


def _unread(directory: Directory, odd: list[OddRow]) -> tuple[list[Person], list[OddRow]]:
    """A stand-in for each row with an address; the single user shows it, and the aliases, where the list's row does not."""
    asked = [row for row in odd if row.id or row.email][:_LOOKED_UP]
    shown = directory.each(lambda row: _addresses(directory, row.id or row.email), asked)
    found = dict(zip(asked, shown, strict=True))
    people, rows = dict[str, Person](), list[OddRow]()
    for row in odd:
        addresses = list(filter(None, [row.email, *found.get(row, [])]))
        rows.append(replace(row, email=addresses[0] if addresses else ""))
        if addresses:
            key = row.id or f"row of {fold(addresses[0])}"
            people[key] = unread_person(key, addresses[0], addresses[1:])
    return list(people.values()), rows


def _addresses(directory: Directory, key: str) -> list[str]:
    """[] where the single user can't be read either."""
    try:
        user = directory.user(key, ("id", "primaryEmail", "aliases"))
    except (ApiError, UnexpectedAnswer):
        return []
    return [user["primaryEmail"], *(user.get("aliases") or [])]


def read_edges(directory: Directory, groups: Mapping[str, str], pending: Mapping[str, PendingChange]) -> dict[str, list[Row]]:
    """Direct members of the named groups and all groups beneath, level by level, each group once."""
    edges: dict[str, list[Row]] = {}
    level = list(dict.fromkeys(groups))
    while level:
        found = directory.each(lambda group: _members(directory, group, groups.get(group), pending.get(group)), level)
        edges.update(zip(level, found, strict=True))
        beneath = [group_key(row) for rows in found for row in rows if is_group(row)]
        level = [group for group in dict.fromkeys(beneath) if group not in edges]
    return edges


def _members(directory: Directory, group: str, named_at: str | None, change: PendingChange | None) -> list[Row]:
    if change and change.rows is not None:
        rows: Iterable[Row] = change.rows
    else:
        try:
            rows = [_slim(row) for row in read_members(directory, group)]
        except NotFound:
            if not (change and change.created):
                where = f"{named_at} names the group {group}" if named_at else f"The nested group {group}"
                what = ", which does not exist in this Google customer" if named_at else " can't be read"
                raise PolicyError(f"{where}{what}; nothing was changed: check the address.") from None
            rows = []
        except ApiError as error:
            where = named_at or "A nested group"
            raise PolicyError(f"{where}: the group {group} can't be read, so nothing was changed: {error}") from None
    return change.apply(rows) if change else list(rows)


def read_members(directory: Directory, group: str, aside: Aside | None = None) -> list[Row]:
    """Direct members; in the place of each row of an unknown form, which `aside` takes, one of type UNREADABLE, with `why`."""
    aside = aside or Aside()
    rows: list[Row] = list(directory.members(group, aside))
    return rows + [{"type": UNREADABLE, "why": odd.why} for odd in aside.rows]


def _slim(row: Row) -> Row:
    """What a closure reads: a person may be in many groups, and each has a row."""
    return {name: shared(row[name]) for name in ("id", "email", "type", "why") if row.get(name)}


def _settle_pending(
    directory: Directory, edges: dict[str, list[Row]], users: Iterable[Person], pending: Mapping[str, PendingChange]
) -> None:
    """Rows that a pending change added carry an address only: a user of the directory, a group, or somebody outside."""
    if not edges.keys() & pending.keys():
        return
    known = {address: user.id for user in users for address in user.addresses()}
    for group in [group for group in edges if group in pending]:
        edges[group] = [row if row.get("type") else _typed(directory, edges, row, known, pending) for row in edges[group]]


def _typed(
    directory: Directory, edges: dict[str, list[Row]], row: Row, known: Mapping[str, str], pending: Mapping[str, PendingChange]
) -> Row:
    address = fold(row["email"])
    if address in known:
        return {"email": row["email"], "id": known[address], "type": "USER"}
    if address not in edges:
        try:
            edges.update(read_edges(directory, {address: ""}, pending))
        except PolicyError:
            return {"email": row["email"], "type": "USER"}
    return {"email": row["email"], "type": "GROUP"}
