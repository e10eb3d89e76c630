# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What a run's journal says: each write with its outcome. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
    for line in text.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if not isinstance(row, dict) or "id" not in row:
            continue
        if row.get("event") == "intent":
            known = {name: row[name] for name in _KEPT if row.get(name)}
            entries[row["id"]] = Entry(row["id"], str(row.get("action")), **{"email": "", **known})
        elif row["id"] in entries:
            entry = entries[row["id"]]
            entry.ok = bool(row.get("ok"))
            entry.account_id = row.get("account_id") or entry.account_id
            entry.group_id = row.get("group_id") or entry.group_id
            entry.after = {**entry.after, **(row.get("after") or {})}
    return list(entries.values())
