# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The journal: an intent flushed before each write and an outcome after it. JSON Lines, mode 0600, one file a run.

intent: id, action, email, account_id, reason, before, after; of a group: group, group_id, members (id and email each).
outcome: id, ok, error; account_id or group_id of what was created; after, where it came out otherwise; the last one counts.
settled: the same of a write whose outcome nobody saw, by what was read at the next start.
stopped: here so much had failed that no more was sent, or the run was interrupted; error, and the emails
of whom nothing was tried any more. It is no write: no id.
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._frame._module import Run
from .._model._attributes import LISTED
from .._model._files import as_bytes, make_private_folder, open_to_append
from .._model._journal import Entry, read_entries
from .._model._matching_rules import ANCHOR_PATH
from .._model._text import PolicyError
from .._plan._actions import ACTIONS, Subject
from .._plan._change import Change

_OLD = 40 * 86400  # seconds; what no run has settled since then, none will


class Journal:
    """Appends to `journal_dir`/`run_id`.jsonl; with no directory it does nothing."""

    def __init__(
        self, directory: str | None, run_id: str | None, tenant: str = "", *, writes: bool = True, check: Callable[[], None] = lambda: None
    ) -> None:
        self._tenant, self._writes, self._check = tenant, writes, check
        self._lock = threading.Lock()
        self.settled = 0  # intents of interrupted runs that are closed or, in check mode, would be
        self._run_id = run_id or datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        self.path = Path(directory) / f"{Path(self._run_id).name}.jsonl" if directory else None
        if self.path:
            try:
                make_private_folder(self.path.parent)
            except OSError as error:
                raise PolicyError(f"journal_dir {directory} can't be used: {error.strerror}.") from None

    def intent(self, change: Change) -> str:
        """The id under which its outcome is written. No intent of what may not be sent any more."""
        self._check()
        key = uuid.uuid4().hex
        self._write({"event": "intent", "id": key, "tenant": self._tenant, **_described(change)})
        return key

    def outcome(
        self, key: str, change: Change, error: str | None, answered: Mapping[str, Any] | None, after: Mapping[str, Any] | None = None
    ) -> None:
        """`answered`: what the API answered, which has the id of what was created. `after`: what came out otherwise than was asked for."""
        name, field = _MADE[change.subject]
        key_made = (answered or {}).get(field) if ACTIONS[change.action].makes else None
        self._write(
            {
                "event": "outcome",
                "id": key,
                "email": change.email,
                "ok": error is None,
                "error": error,
                **({name: key_made} if key_made else {}),
                **({"after": after} if after else {}),
            }
        )

    def stopped(self, error: str, untried: Sequence[str]) -> None:
        """Nothing more of the phase was sent."""
        self._write({"event": "stopped", "tenant": self._tenant, "error": error, "emails": list(untried)})

    def settle(self, judge: Callable[[Entry], bool | None]) -> int:
        """Close what interrupted runs left open, each in its own file; the number of intents closed."""
        closed = 0
        for path in self._recent():
            for entry in read_entries(path.read_text(encoding="utf-8")):
                made = judge(entry) if entry.ok is None else None
                if made is not None:
                    self._write({"event": "settled", "id": entry.id, "email": entry.email, "ok": made}, path)
                    closed += 1
        return closed

    def _recent(self) -> Iterator[Path]:
        for path in sorted(self.path.parent.glob("*.jsonl")) if self.path else ():
            # this run's own was opened by an earlier phase, whose reads are older than its writes
            if path != self.path and path.stat().st_mtime > time.time() - _OLD:
                yield path

    def _write(self, entry: Mapping[str, Any], path: Path | None = None) -> None:
        path = path or self.path
        if path is None or not self._writes:
            return
        named = {"time": datetime.now(timezone.utc).isoformat(), "run_id": self._run_id, **entry}
        line = json.dumps(named, ensure_ascii=False, default=str)
        with self._lock:
            handle = open_to_append(path)
            try:
                torn = os.lseek(handle, 0, os.SEEK_END) > 0 and os.pread(handle, 1, os.lseek(handle, 0, os.SEEK_END) - 1) != b"\n"
                # a line that was being written when the machine stopped must not swallow this one
                os.write(handle, (b"\n" if torn else b"") + as_bytes(line) + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)


# the journal's name for what was made, and the answer's
_MADE = {Subject.ACCOUNT: ("account_id", "id"), Subject.ZOOM_GROUP: ("group_id", "group_id"), Subject.GOOGLE_GROUP: ("group_id", "id")}


def open_journal(run: Run, tenant: str, judge: Callable[[Entry], bool | None]) -> Journal:
    """An interrupted run's open intents are closed by what was just read. `judge`: whether a write was made, None for "not mine to say".

    Check mode writes no line, and only counts those that a real run would close.
    """
    journal = Journal(run.params.get("journal_dir"), run.params.get("run_id"), tenant, writes=not run.check_mode, check=run.before_intent)
    journal.settled = journal.settle(judge)
    return journal


def _is_anchor(path: str, change: Change) -> bool:
    """It stands among the fields, as lists show it; an employee number of the mapping's own does not."""
    return path == ANCHOR_PATH and "employee_unique_id" in change.after


def _described(change: Change) -> dict[str, Any]:
    account = change.account.id if change.account and change.account.exists else ""
    entry: dict[str, Any] = {"email": change.email, "action": change.action, "account_id": account, "reason": change.reason}
    entry.update(before=change.before, after=change.after)
    unlisted = {path: value for path, value in change.values.items() if path not in LISTED and not _is_anchor(path, change)}
    if unlisted:
        entry["values"] = unlisted
    if change.subject is not Subject.ACCOUNT:
        members = [{"id": member.id, "email": member.email} for member in change.members]
        entry.update(group=change.group, group_id=change.group_id, members=members)
    return entry
