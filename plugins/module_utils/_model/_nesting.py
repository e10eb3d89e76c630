# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who a group holds, through nested groups, from direct members only. Pure.

includeDerivedMembership under-reports and cycles exist in real tenants (google-directory-api.md 7): hence our own, with a visited set.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ._text import PolicyError, fold, is_customer, looks_like_address, mailbox, shared

Row = Mapping[str, Any]
EVERYONE = "CUSTOMER"
UNREADABLE = "UNREADABLE"  # type of the row that stands for one of an unknown form: who it is, nobody knows


class MemberRow(Mapping[str, Any]):
    """What a closure reads of a row. A large company has a million of them, and dictionaries would take three times the memory."""

    __slots__ = _ROW = ("email", "id", "type", "why")

    def __init__(self, row: Row) -> None:
        self.email, self.id, self.type, self.why = (shared(row.get(name)) for name in self._ROW)

    def __getitem__(self, name: str) -> Any:
        value = getattr(self, name) if name in self._ROW else None
        if not value:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._ROW if getattr(self, name))

    def __len__(self) -> int:
        return sum(1 for _name in self)


@dataclass
class PendingChange:
    """What a group's tasks did or would do: `rows` are its direct members before, None when they must be read.

    Members are named as their rows are: by address, or a CUSTOMER row by its id. `refused`: those of `added` whom Google did not take
    in. `stopped`: a clause, why this run is to remove nothing more; '' for no reason. `left`: the run leaves for another one to create it.
    """

    created: bool = False
    added: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    rows: list[Row] | None = None
    stopped: str = ""
    refused: set[str] = field(default_factory=set)
    left: bool = False

    def apply(self, rows: Iterable[Row]) -> list[Row]:
        """Rows as they will be; an added address carries no id and no type yet."""
        kept = [row for row in rows if not self.takes(row)]
        present = {row_key(row) for row in kept}
        return kept + [_added(name) for name in self.added if _named(name) not in present]

    def takes(self, row: Row) -> bool:
        """Whether it removes that row."""
        return row_key(row) in self.removed


def row_key(row: Row) -> str:
    """What a row is compared by: its address, or its id where it has none, as a CUSTOMER row."""
    return mailbox(row.get("email") or "") or str(row.get("id") or "")


def _named(name: str) -> str:
    return name if is_customer(name) else mailbox(name)


def _added(name: str) -> Row:
    return {"id": name, "type": EVERYONE} if is_customer(name) else {"email": name}


def parse_pending(items: object, where: str) -> dict[str, PendingChange]:
    """`{group, created, left, added, refused, removed, members, stopped}` by folded group; later ones add to earlier ones."""
    changes: dict[str, PendingChange] = {}
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, Mapping) or not looks_like_address(item.get("group")):
            raise PolicyError(f"{where} holds {item!r}; each item needs group, and may have created, added and removed.")
        change = changes.setdefault(fold(item["group"]), PendingChange())
        change.created = change.created or bool(item.get("created"))
        change.left = change.left or bool(item.get("left"))
        change.stopped = str(item.get("stopped") or "") or change.stopped
        change.added += _names(item.get("added"), f"{where}.added")
        change.removed |= {_named(name) for name in _names(item.get("removed"), f"{where}.removed")}
        change.refused |= {_named(name) for name in _names(item.get("refused"), f"{where}.refused")}
        if item.get("members") is not None:
            change.rows = list(item["members"])
        elif item.get("created"):
            change.rows = []
    return changes


def _names(items: object, where: str) -> list[str]:
    """As a module returned them: what Google gave it is taken as it is."""
    names = [row.get("email") if isinstance(row, Mapping) else row for row in items or []]  # type: ignore[attr-defined]
    for name in names:
        if not (is_customer(name) or looks_like_address(name)):
            raise PolicyError(f"{where} holds {name!r}, which is neither an address nor a customer's id.")
    return [str(name).strip() for name in names]


@dataclass(frozen=True)
class Closure:
    """`users`: folded address or id of a member -> the chain of groups. `everyone`: the chain to a CUSTOMER row, or ''.

    `unread`: the chain to a member that could not be read, and what was wrong with it, or ''.
    """

    users: Mapping[str, str]
    everyone: str
    unread: str = ""

    def via(self, user_id: str, addresses: Iterable[str]) -> str:
        """The chain that brings a user in by id, else by address; '' when none does."""
        return self.users.get(user_id) or next((self.users[address] for address in addresses if address in self.users), "")


def is_group(row: Row) -> bool:
    return row.get("type") == "GROUP"


def group_key(row: Row) -> str:
    """What a nested group is asked for by: its address, or its id where the row has none."""
    return fold(row.get("email") or "") or str(row["id"])


def close(group: str, edges: Mapping[str, Iterable[Row]]) -> Closure:
    """Everybody in `group`, breadth first, so that the shortest chain is reported, of equal ones the first by name.

    `edges`: direct rows by folded group.
    """
    users: dict[str, str] = {}
    everyone = unread = ""
    visited, queue = {fold(group)}, deque([(fold(group), group)])
    while queue:
        current, chain = queue.popleft()
        inside: dict[str, str] = {}
        for row in edges[current]:
            email = row.get("email") or ""
            if row.get("type") == EVERYONE:
                everyone = everyone or chain
            elif row.get("type") == UNREADABLE:
                unread = unread or f"{chain} ({row.get('why')})"
            elif is_group(row):
                inside.setdefault(group_key(row), email)
            else:
                for key in (row.get("id"), fold(email)):
                    if key:
                        users.setdefault(key, chain)
        for nested, email in sorted(inside.items()):  # Google does not say in which order it lists them
            if nested not in visited:
                visited.add(nested)
                queue.append((nested, f"{chain} > {email or nested}"))
    return Closure(users, everyone, unread)


def chains(edges: Mapping[str, Iterable[Row]], roots: Iterable[str]) -> dict[str, str]:
    """Each group that is nested in one of the roots, and is none of them -> the chain of groups that holds it, the shortest."""
    found, waiting = dict.fromkeys(sorted(roots), ""), deque(sorted(roots))
    while waiting:
        group = waiting.popleft()
        chain = f"{found[group]} > {group}" if found[group] else group
        for nested in sorted({group_key(row) for row in edges.get(group, ()) if is_group(row)} - found.keys()):
            found[nested] = chain
            waiting.append(nested)
    return {group: chain for group, chain in found.items() if chain}


def beneath(edges: Mapping[str, Iterable[Row]], *roots: str) -> list[str]:
    """The groups themselves and all that are nested in them."""
    found, waiting = dict.fromkeys(roots), list(roots)
    while waiting:
        for row in edges.get(waiting.pop(), ()):
            if is_group(row) and group_key(row) not in found:
                found[group_key(row)] = None
                waiting.append(group_key(row))
    return list(found)


def without_refused(edges: Mapping[str, Iterable[Row]], pending: Mapping[str, PendingChange]) -> dict[str, Iterable[Row]]:
    """The groups as they are in Google, where whoever was refused is no member."""
    refused = {group: change.refused for group, change in pending.items() if change.refused}
    return {group: [row for row in rows if row_key(row) not in refused.get(group, ())] for group, rows in edges.items()}


def unread(pending: Mapping[str, PendingChange]) -> dict[str, PendingChange]:
    """As if nobody had read the groups yet: what was read is what is to be confirmed."""
    return {group: replace(change, rows=None) for group, change in pending.items()}
