# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading the directory: users, the bin, org units and the direct members of every group that matters, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._model._nesting import PendingChange, Row, group_key, is_group
from .._model._person import CORE_FIELDS
from .._model._text import PolicyError, fold
from .._transport._errors import ApiError, NotFound
from .._transport._google_directory import Directory


@dataclass
class DirectoryData:
    """`edges`: direct member rows by folded group address."""

    users: list[dict[str, Any]]
    deleted: list[dict[str, Any]]
    org_units: list[str]
    edges: dict[str, list[Row]]


def read_directory(
    directory: Directory,
    groups: Mapping[str, str],
    *,
    fields: Iterable[str],
    with_org_units: bool,
    pending: Mapping[str, PendingChange],
) -> DirectoryData:
    """`groups`: folded address -> where it is named. PolicyError when one does not exist; any other refusal ends the run."""
    wanted = {*CORE_FIELDS, *fields}
    reads: list[Any] = [
        lambda: directory.users(wanted, custom_schemas="customSchemas" in wanted),
        directory.deleted_users,
        lambda: directory.org_units() if with_org_units else [],
        lambda: read_edges(directory, groups, pending),
    ]
    users, deleted, org_units, edges = directory.each(lambda read: read(), reads)
    _settle_pending(directory, edges, users, pending)
    return DirectoryData(users, deleted, org_units, edges)


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
            rows = directory.members(group)
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


def _settle_pending(
    directory: Directory, edges: dict[str, list[Row]], users: Iterable[Mapping[str, Any]], pending: Mapping[str, PendingChange]
) -> None:
    """Rows that a pending change added carry an address only: a user of the directory, a group, or somebody outside."""
    known: dict[str, str] = {}
    for user in users:
        for address in (user["primaryEmail"], *(user.get("aliases") or [])):
            known[fold(address)] = user["id"]
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
