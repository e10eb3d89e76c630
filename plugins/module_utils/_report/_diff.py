# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The diff of many changes: an entry for each account or group, removals first, each with what is done and why. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Any

from .._model._files import as_bytes
from .._model._spelled import spelled
from .._plan._actions import Subject
from .._plan._change import Change
from ._change_rows import before_after
from ._google_diff import google_group_entry
from ._group_diff import group_entry
from ._titles import doing, why

Entry = dict[str, str]

SHORT, FULL = "short", "full"
_ROOM = 3_000_000  # bytes of removals: more of them nobody reads, and a result has to be carried
_JSON = json.JSONEncoder(ensure_ascii=False)
_REASON, _REASONS = 160, 3  # characters of why, and how many reasons, in the line above an entry
_NAMED = ("license", "department")  # of a new account, beside its name


def diffs(changes: Sequence[Change], limit: int, form: str = FULL, most_removals: int | None = None) -> list[Entry]:
    """Removals, then the others up to `limit`, each sorted by name; then a summary, if there are more."""
    subjects: dict[int | str, list[Change]] = {}
    for change in changes:
        of_account = change.subject is Subject.ACCOUNT
        subjects.setdefault(id(change.account) if of_account else f"{change.subject.value} {change.group}", []).append(change)
    taking, others = list[list[Change]](), list[list[Change]]()
    for same in subjects.values():
        (taking if any(change.removes for change in same) else others).append(same)
    removals = _within(
        nsmallest(len(taking) if most_removals is None else most_removals, (_entry(same, form) for same in taking), key=_name)
    )
    # no more than are shown: each entry of a company's first run would be kept for nothing
    entries = [*removals, *nsmallest(limit, (_entry(same, form) for same in others), key=_name)]
    if len(entries) < len(subjects):
        more = Counter(change.action for change in changes)
        text = ", ".join(f"{doing(action)} {number:,}" for action, number in sorted(more.items()))
        unseen = f"; {len(taking) - len(removals)} of those that are not shown lose something" if len(removals) < len(taking) else ""
        rest = {"before_header": "summary", "after_header": "summary", "before": ""}
        missing = len(subjects) - len(entries)
        return [*entries, {**rest, "after": f"{missing:,} of {len(subjects):,} are not shown here; in all: {text}{unseen}\n"}]
    return entries


def _within(entries: Iterable[Entry]) -> list[Entry]:
    room, kept = _ROOM, list[Entry]()
    for entry in entries:
        room -= len(as_bytes(_JSON.encode(entry)))
        if room < 0:
            break
        kept.append(entry)
    return kept


def _name(entry: Entry) -> str:
    return entry["before_header"]


def _entry(changes: list[Change], form: str) -> Entry:
    if form == SHORT and (made := next((change for change in changes if change.action == "create"), None)):
        return _new_account(made, changes)
    entry = _ENTRIES[changes[0].subject](changes)
    return {**entry, "before_header": f"{entry['before_header']}: {_note(changes)}"}


def _note(changes: Iterable[Change]) -> str:
    """What is done and why; what is done for one reason stands together."""
    actions: dict[str, dict[str, None]] = {}
    for change in changes:
        actions.setdefault(why(change.reason, change.excluded), {})[doing(change.action)] = None
    # the members of a group may have as many reasons as there are members
    shown = [", ".join(done) + (f" ({spelled(reason, _REASON)})" if reason else "") for reason, done in [*actions.items()][:_REASONS]]
    more = [f"and for {len(actions) - _REASONS} more reasons"] if len(actions) > _REASONS else []
    return ", ".join([*shown, *more])


def _new_account(made: Change, changes: list[Change]) -> Entry:
    """One line, which Ansible prints as it is."""
    after = dict[str, Any]()
    for change in changes:
        after.update(before_after(change)[1])
    name = " ".join(str(after[key]) for key in ("first_name", "last_name") if after.get(key))
    more = [spelled(text, _REASON) for text in (name, *(after.get(key) for key in _NAMED)) if text]
    line = f"+ {spelled(made.email)}: {_note(changes)}"
    return {"before_header": spelled(made.email), "prepared": f"{': '.join([line, ', '.join(more)]) if more else line}\n"}


def _account_entry(changes: list[Change]) -> Entry:
    first = changes[0]
    was, will = dict[str, Any](), dict[str, Any]()
    for change in changes:
        before, after = before_after(change)
        for name, value in before.items():
            was.setdefault(name, value)
        will.update(after)
    header = str(was.get("email") or first.email)
    return {"before_header": spelled(header), "after_header": spelled(first.email), "before": _table(was), "after": _table(will)}


_ENTRIES = {Subject.ACCOUNT: _account_entry, Subject.ZOOM_GROUP: group_entry, Subject.GOOGLE_GROUP: google_group_entry}


def _table(values: Mapping[str, Any]) -> str:
    return "".join(f"{name}: {spelled(value)}\n" for name, value in sorted(values.items()))
