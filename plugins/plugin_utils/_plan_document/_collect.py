# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathering: what the modules of a run returned, tenant by tenant. The only I/O is reading the files of all changes that they name."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...module_utils._model._files import from_json
from ...module_utils._report._change_rows import FORMAT, LISTS, each_person
from ...module_utils._report._phases import phase_of
from ._brief import Brief

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

    `whole`: whether `phases` keeps all rows, for a document. `brief`: what a terminal shows of them, None where nothing is printed.
    """

    name: str
    account: str = ""
    error: str | None = None
    phases: list[Phase] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    run: Row = field(default_factory=dict)
    plan: Row = field(default_factory=dict)
    people: Row = field(default_factory=dict)
    whole: bool = True
    brief: Brief | None = None


class _Taken:
    """Rows of one result, kept as its tenant keeps them."""

    def __init__(self, tenant: Tenant, phase: str) -> None:
        self.phase, self.numbers, self.account = phase, Counter[str](), ""
        self.lists: dict[str, list[Row]] | None = {name: [] for name in LISTS} if tenant.whole else None
        self.brief = Brief(tenant.brief.named) if tenant.brief else None

    def add(self, name: str, row: Row) -> None:
        self.numbers[name] += 1
        if self.lists is not None:
            self.lists[name].append(row)
        if self.brief is not None:
            self.brief.add(name, row, self.phase)


def take(tenant: Tenant, module: str, result: Mapping[str, Any]) -> None:
    """One result of a module of this collection; one without change and finding adds nothing."""
    if not any(isinstance(result.get(name), list) for name in LISTS):
        return
    totals = {"changes": result.get("changes_total"), **_totals(result.get("summary") or {})}
    taken = _of_file(tenant, module, result, totals) or _of_result(tenant, module, result)
    left_out = {name: max(int(total or 0) - taken.numbers[name], 0) for name, total in totals.items()}
    if taken.lists is not None:
        lists = taken.lists
        empty = not any(len(lists[name]) + left_out.get(name, 0) for name in LISTS if name != "attention")
        digest = str(result.get("digest") or _digest(lists))
        tenant.account = taken.account or tenant.account
        tenant.phases.append(Phase(taken.phase, digest, {**lists, "changes": list(each_person(lists["changes"]))}, left_out, empty))
    if tenant.brief is not None and taken.brief is not None:
        taken.brief.left_out.update({name.removesuffix("_items"): number for name, number in left_out.items() if number})
        taken.brief.results = 1
        tenant.brief.join(taken.brief)


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
    reported = [" ".join(said.split()) for said in _reported(tenant)]
    if action.rpartition(".")[2] == "fail" and any(sentence.startswith(message) for message in reported):
        return
    tenant.error = tenant.error or sentence


def _reported(tenant: Tenant) -> Iterator[str]:
    for phase in tenant.phases:
        yield from (row["message"] for name in ("failed_items", "withheld") for row in phase.lists[name])
    if tenant.brief:
        yield from (said for name in ("failed", "withheld") for said in tenant.brief.findings[name].sentences())


def _totals(summary: Mapping[str, Any]) -> dict[str, Any]:
    names = {"failed_items": "failed", "withheld": "withheld", "attention": "attention"}
    return {name: summary.get(key) for name, key in names.items()}


def _of_result(tenant: Tenant, module: str, result: Mapping[str, Any]) -> _Taken:
    taken = _Taken(tenant, phase_of(module))
    for name in LISTS:
        for row in result.get(name) or []:
            taken.add(name, dict(row))
    return taken


def _of_file(tenant: Tenant, module: str, result: Mapping[str, Any], totals: Mapping[str, Any]) -> _Taken | None:
    """All rows, if the file is here and is the one that this result speaks of; it also says which Zoom account they are of."""
    path = result.get("changes_path")
    is_all_here = all(total is not None and len(result.get(name) or []) >= int(total) for name, total in totals.items())
    if not path or (is_all_here and not tenant.whole):
        return None
    taken = _Taken(tenant, phase_of(module))
    try:
        with Path(str(path)).open(encoding="utf-8", newline="\n") as lines:  # which may be as many as a company has people
            header = from_json(next(lines, ""))
            if not isinstance(header, dict) or (header.get("format"), header.get("digest")) != (FORMAT, result.get("digest")):
                return None
            for line in lines:
                row = from_json(line) if line != "\n" else None
                if row is not None:
                    taken.add(_list_of(row), row)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # whatever else it holds
        return None
    taken.account = header.get("account") or ""
    return taken if header.get("count") == taken.numbers.total() else None


def _list_of(row: Any) -> str:
    if not isinstance(row, dict) or row.get("list") not in LISTS:
        raise ValueError("no row of a file of changes")
    return str(row.pop("list"))


def _digest(lists: Mapping[str, list[Row]]) -> str:
    text = json.dumps({name: rows for name, rows in lists.items() if name != "attention"}, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
