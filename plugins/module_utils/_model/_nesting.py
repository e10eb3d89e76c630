# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who a group holds, through nested groups, from direct members only. Pure.

includeDerivedMembership under-reports and cycles exist in real tenants (google-directory-api.md 7): hence our own, with a visited set.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ._text import PolicyError, check_addresses, fold, is_address

Row = Mapping[str, Any]
EVERYONE = "CUSTOMER"
UNREADABLE = "UNREADABLE"  # type of the row that stands for one of an unknown form: who it is, nobody knows


@dataclass
class PendingChange:
    """What a group's tasks did or would do: `rows` are its direct members before, None when they must be read."""

    created: bool = False
    added: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    rows: list[Row] | None = None

    def apply(self, rows: Iterable[Row]) -> list[Row]:
        """Rows as they will be; an added address carries no id and no type yet."""
        kept = [row for row in rows if fold(row.get("email") or "") not in self.removed]
        present = {fold(row.get("email") or "") for row in kept}
        return kept + [{"email": email} for email in self.added if fold(email) not in present]


def parse_pending(items: object, where: str) -> dict[str, PendingChange]:
    """`{group, created, added, removed, members}` by folded group; later ones add to earlier ones."""
    changes: dict[str, PendingChange] = {}
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, Mapping) or not is_address(item.get("group")):
            raise PolicyError(f"{where} holds {item!r}; each item needs group, and may have created, added and removed.")
        change = changes.setdefault(fold(item["group"]), PendingChange())
        added = [row["email"] if isinstance(row, Mapping) else row for row in item.get("added") or []]
        removed = [row["email"] if isinstance(row, Mapping) else row for row in item.get("removed") or []]
        change.created = change.created or bool(item.get("created"))
        change.added += check_addresses(added, f"{where}.added")
        change.removed |= {fold(address) for address in check_addresses(removed, f"{where}.removed")}
        if item.get("members") is not None:
            change.rows = list(item["members"])
        elif item.get("created"):
            change.rows = []
    return changes


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
    """Everybody in `group`, breadth first, so that the shortest chain is told. `edges`: direct rows by folded group."""
    users: dict[str, str] = {}
    everyone = unread = ""
    visited, queue = {fold(group)}, deque([(fold(group), group)])
    while queue:
        current, chain = queue.popleft()
        for row in edges[current]:
            email = row.get("email") or ""
            if row.get("type") == EVERYONE:
                everyone = everyone or chain
            elif row.get("type") == UNREADABLE:
                unread = unread or f"{chain} ({row.get('why')})"
            elif is_group(row):
                nested = group_key(row)
                if nested not in visited:
                    visited.add(nested)
                    queue.append((nested, f"{chain} > {email or nested}"))
            else:
                for key in (row.get("id"), fold(email)):
                    if key:
                        users.setdefault(key, chain)
    return Closure(users, everyone, unread)
