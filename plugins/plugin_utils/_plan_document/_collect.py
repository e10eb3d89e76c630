# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathering: what the modules of a run returned, tenant by tenant. The only I/O is reading the files of all changes that they name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...module_utils._model._files import from_json, json_lines
from ...module_utils._report._change_rows import FORMAT, LISTS, each_person
from ...module_utils._report._phases import phase_of

Row = dict[str, Any]


@dataclass
class Phase:
    """One module's result. `left_out`: how many rows neither the result nor a file holds, by list."""

    name: str
    digest: str
    lists: dict[str, list[Row]]
    left_out: dict[str, int]
    empty: bool


@dataclass
class Tenant:
    """One host. `account`: the Zoom account that it is, "" while no module has said it. `error`: the sentence of what ended its run.
    `notes`: what needs attention, but is no module's. `run`: its name and its files. `plan`: path, document and seal of what was written
    to be approved. `people`: how many there are in Google, and how many of them are to have an account.
    """

    name: str
    account: str = ""
    error: str | None = None
    phases: list[Phase] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    run: Row = field(default_factory=dict)
    plan: Row = field(default_factory=dict)
    people: Row = field(default_factory=dict)


def take(tenant: Tenant, module: str, result: Mapping[str, Any]) -> None:
    """One result of a module of this collection; one without change and finding adds nothing."""
    if not any(isinstance(result.get(name), list) for name in LISTS):
        return
    whole = _file(tenant, result)
    lists = whole or {name: [dict(row) for row in result.get(name) or []] for name in LISTS}
    totals = {"changes": result.get("changes_total"), **_totals(result.get("summary") or {})}
    left_out = {name: max(int(total or 0) - len(lists[name]), 0) for name, total in totals.items()}
    empty = not any(len(lists[name]) + left_out.get(name, 0) for name in LISTS if name != "attention")
    digest = str(result.get("digest") or _digest(lists))
    tenant.phases.append(Phase(phase_of(module), digest, {**lists, "changes": list(each_person(lists["changes"]))}, left_out, empty))


def note_new_state(tenant: Tenant, run: Mapping[str, Any]) -> None:
    """`run`: where the run keeps what it leaves for later ones (provisioning_run), before it has written anything."""
    memory, journal = (Path(str(run.get(name) or "")).expanduser() for name in ("memory_path", "journal_dir"))
    if tenant.notes or memory.is_file() or (journal.is_dir() and any(journal.iterdir())):
        return
    message = (
        f"{tenant.name} has no state of an earlier run on this CI runner, so this run can't undo or settle what an earlier one did, does "
        "not see what was changed by hand, and remembers nobody; keep the state between runs, as docs/plans-in-pull-requests.md shows."
    )
    tenant.notes.append({"phase": "run", "email": "", "reason": "no_state", "message": message})


def die(tenant: Tenant, message: str, action: str) -> None:
    """A task failed. The last task of a playbook, which only repeats what phases reported, adds nothing."""
    sentence = " ".join(str(message).split()) or "A task failed without a message."
    reported = [
        " ".join(row["message"].split()) for phase in tenant.phases for name in ("failed_items", "withheld") for row in phase.lists[name]
    ]
    if action.rpartition(".")[2] == "fail" and any(sentence.startswith(message) for message in reported):
        return
    tenant.error = tenant.error or sentence


def _totals(summary: Mapping[str, Any]) -> dict[str, Any]:
    names = {"failed_items": "failed", "withheld": "withheld", "attention": "attention"}
    return {name: summary.get(key) for name, key in names.items()}


def _file(tenant: Tenant, result: Mapping[str, Any]) -> dict[str, list[Row]] | None:
    """All rows, if the file is here and is the one that this result speaks of; it also says which Zoom account they are of."""
    path = result.get("changes_path")
    if not path:
        return None
    try:
        first, *lines = json_lines(Path(str(path)).read_text(encoding="utf-8"))
        header, rows = from_json(first), [from_json(line) for line in lines]
    except (OSError, ValueError):
        return None
    if not isinstance(header, dict) or not all(isinstance(row, dict) and row.get("list") in LISTS for row in rows):
        return None
    if (header.get("format"), header.get("digest"), header.get("count")) != (FORMAT, result.get("digest"), len(rows)):
        return None
    tenant.account = header.get("account") or tenant.account
    lists: dict[str, list[Row]] = {name: [] for name in LISTS}
    for row in rows:
        lists[row.pop("list")].append(row)
    return lists


def _digest(lists: Mapping[str, list[Row]]) -> str:
    text = json.dumps({name: rows for name, rows in lists.items() if name != "attention"}, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
