# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes as the ledger has them, in the words of the modules' `changes`, so that both can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from playing import ACTIONS

from .site import Phase, Run

KINDS = {"deactivate": "status", "reactivate": "status", "downgrade": "license", "disassociate": "delete"}
PATHS = {**ACTIONS, ("DELETE", "/v2/users/*"): "delete", ("PATCH", "/admin/directory/v1/groups/*/members/*"): "google_change"}

FORMER_ADDRESS = re.compile(r"\baddress was (\S+@[^\s,)]+)")  # also where the reason is drift


@dataclass(frozen=True)
class Write:
    """`subjects`: all ids and addresses, folded, by which the one it is about may be called; `members`: of a group's change."""

    kind: str
    subjects: frozenset[str]
    members: frozenset[str]
    status: int
    text: str
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return 200 <= self.status < 300


def kind_of(method: str, path: str) -> str:
    parts = path.strip("/").split("/")
    for (known, pattern), kind in PATHS.items():
        wanted = pattern.strip("/").split("/")
        if known == method and len(wanted) == len(parts) and all(one in ("*", two) for one, two in zip(wanted, parts, strict=True)):
            return kind
    return f"{method} {path}"


def attempted(run: Run, announced: Iterable[Mapping[str, Any]] = ()) -> list[Write]:
    """`announced`: changes of the check run, as a rename behind a refusal of the same account is announced and never sent.

    Members that join a group in one request are one write each: a refused account changes the batch, not the others.

    One write in two halves is a creation that is refused for want of a seat and made without the licence, a bundle that is
    switched off before another licence is given (and given back where that one is refused), and a display name, which goes alone before
    the names that it follows, or which SCIM did not change and REST sets.
    """
    names = _names(run, announced)
    return [write for phase in run.phases for write in _of_phase(phase, names)]


def _of_phase(phase: Phase, names: Mapping[str, frozenset[str]]) -> list[Write]:
    found = list[Write]()
    for entry in phase.writes:
        write = _write(entry, names)
        if write.kind == "add":
            ids = [member["id"] for member in entry["body"]["members"]]
            found += [replace(write, members=names.get(key, frozenset({key}))) for key in ids]
        else:
            former = next((one for one in reversed(found) if (one.kind, one.subjects) == (write.kind, write.subjects)), None)
            if former and _is_given_back(former, write):
                continue
            if former and _are_halves(former, write):
                found.remove(former)
            found.append(write)
    return found


def _are_halves(first: Write, second: Write) -> bool:
    if first.kind == "update":
        return {"display_name"} in (set(first.body), set(second.body)) or set(first.body) == {"schemas", "displayName"}
    if first.kind == "create":
        return not first.done and first.body != second.body
    return first.kind == "license" and first.done and first.body in ({"zoom_one_type": 0}, {"plan_united_type": "none"})


def _is_given_back(first: Write, second: Write) -> bool:
    """A bundle, as the licence that was to follow it is refused."""
    return (first.kind, second.kind, first.done) == ("license", "license", False) and "type" not in second.body


def _write(entry: Mapping[str, Any], names: Mapping[str, frozenset[str]]) -> Write:
    kind, parts, body = kind_of(entry["method"], entry["path"]), [unquote(part) for part in entry["path"].split("/")], entry["body"] or {}
    kind = "update" if kind == "license" and set(body) == {"display_name"} else kind
    text = f"{kind} {entry['path']} {body} -> {entry['status']}"
    if kind.startswith("google_"):
        about = parts[-1] if kind in ("google_remove", "google_change", "google_update") else body.get("email") or body.get("id", "")
        return Write(kind, frozenset({about.lower()}), frozenset(), entry["status"], text)
    if kind == "create":
        return Write(kind, frozenset({body["userName"].lower()}), frozenset(), entry["status"], text, body)
    if kind == "create_group":
        return Write(kind, frozenset({body["name"].lower()}), frozenset(), entry["status"], text)
    if kind == "remove":
        return Write(kind, names.get(parts[3], frozenset({parts[3]})), names.get(parts[-1], frozenset({parts[-1]})), entry["status"], text)
    return Write(kind, names.get(parts[3], frozenset({parts[3]})), frozenset(), entry["status"], text, body)


def _names(run: Run, announced: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """Id -> every name that account or group has, had or was to have in this run."""
    found: dict[str, set[str]] = {}
    for zoom in (run.first, *(phase.after for phase in run.phases)):
        for account in zoom.accounts.values():
            found.setdefault(account.id, {account.id}).add(account.email.lower())
        for key, name in zoom.groups.items():
            found.setdefault(key, {key}).add(name.lower())
    for entry in run.writes:
        if kind_of(entry["method"], entry["path"]) == "rename":
            key = unquote(entry["path"].split("/")[3])
            found.setdefault(key, {key}).add(str(entry["body"].get("email")).lower())
    for row in announced:
        if row["action"] == "rename":
            former = FORMER_ADDRESS.search(row["reason"])
            for names in found.values():
                if former and former[1].lower() in names:
                    names.add(row["email"].lower())
    return {key: frozenset(names) for key, names in found.items()}


def unmatched(rows: Iterable[Mapping[str, Any]], writes: Iterable[Write]) -> tuple[list[Mapping[str, Any]], list[Write]]:
    """Changes that were announced and not attempted, and writes that nobody announced."""
    left, missing = list(writes), list[Mapping[str, Any]]()
    for row in (single for several in rows for single in _singles(several)):
        found = next((write for write in left if _fits(row, write)), None)
        if found:
            left.remove(found)
        else:
            missing.append(row)
    return missing, left


def _singles(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return [{**row, "emails": [email]} for email in row["emails"]] if row["action"] == "add" else [row]


def _fits(row: Mapping[str, Any], write: Write) -> bool:
    kind = KINDS.get(row["action"], row["action"])
    about = str(row.get("group") or row["email"]).lower()
    if kind != write.kind or about not in write.subjects:
        return False
    return all(email.lower() in write.members for email in row.get("emails") or [])
