# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run's journal says: each write with its outcome. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from ._files import from_json, json_lines
from ._record_types import fitting


@dataclass
class Entry:
    """One write. `ok` is None while nobody knows; `account_id` and `group_id` also of what the write itself created.

    `values`: attributes set that no list shows, by SCIM path, so that their former value is not known.
    """

    id: str
    action: str
    email: str
    account_id: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    group_id: str = ""
    members: list[dict[str, str]] = field(default_factory=list)
    values: Mapping[str, Any] = field(default_factory=dict)
    tenant: str = ""
    ok: bool | None = None


_KEPT = ("email", "account_id", "before", "after", "group", "group_id", "members", "values", "tenant")


def read_entries(text: str) -> list[Entry]:
    """In the order of the intents. A torn line, which a stopped machine leaves, is passed over."""
    entries: dict[str, Entry] = {}
    for line in json_lines(text):
        try:
            row = from_json(line)
        except ValueError:
            continue
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            continue
        if row.get("event") == "intent":
            known = {name: row[name] for name in _KEPT if row.get(name)}
            with suppress(TypeError, KeyError):  # of a form that no run has written
                entries[row["id"]] = _named(fitting(Entry(row["id"], str(row.get("action")), **{"email": "", **known})))
        elif row["id"] in entries:
            entry = entries[row["id"]]
            made = {name: row[name] for name in ("account_id", "group_id") if isinstance(row.get(name), str) and row[name]}
            came_out = row["after"] if isinstance(row.get("after"), dict) else {}
            entries[entry.id] = replace(entry, **made, ok=bool(row.get("ok")), after={**entry.after, **came_out})
    return list(entries.values())


def _named(entry: Entry) -> Entry:
    """KeyError where a member lacks what it is known by."""
    for member in entry.members:
        member["id"], member["email"]
    return entry
