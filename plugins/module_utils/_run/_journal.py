# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The journal: an intent flushed before each write and an outcome after it. JSON Lines, mode 0600."""

from __future__ import annotations

import json
import os
import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._model._text import PolicyError
from .._plan._change import Change


class Journal:
    """Appends to `journal_dir`/`run_id`.jsonl; with no directory it does nothing."""

    def __init__(self, directory: str | None, run_id: str | None) -> None:
        self._lock = threading.Lock()
        self._run_id = run_id or datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        self._path = Path(directory) / f"{Path(self._run_id).name}.jsonl" if directory else None
        if self._path:
            try:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise PolicyError(f"journal_dir {directory} can't be used: {error.strerror}.") from None

    def intent(self, change: Change) -> str:
        """The id under which its outcome is written."""
        key = uuid.uuid4().hex
        self._write({"event": "intent", "id": key, **_told(change)})
        return key

    def outcome(self, key: str, change: Change, error: str | None) -> None:
        self._write({"event": "outcome", "id": key, "email": change.email, "ok": error is None, "error": error})

    def settle(self, state_of: Callable[[str], Mapping[str, Any] | None]) -> int:
        """Close what an interrupted run left open, by what was just read; the number of intents closed."""
        if self._path is None:
            return 0
        opened: dict[str, str] = {}
        for path in sorted(self._path.parent.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:  # the line that was being written when the machine stopped
                    continue
                if entry["event"] == "intent":
                    opened[entry["id"]] = entry["email"]
                else:
                    opened.pop(entry["id"], None)
        for key, email in opened.items():
            self._write({"event": "settled", "id": key, "email": email, "state": state_of(email)})
        return len(opened)

    def _write(self, entry: Mapping[str, Any]) -> None:
        if self._path is None:
            return
        line = json.dumps(
            {"time": datetime.now(timezone.utc).isoformat(), "run_id": self._run_id, **entry}, ensure_ascii=False, default=str
        )
        with self._lock:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode() + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)


def _told(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"email": change.email, "action": change.action, "reason": change.reason}
    told.update(before=change.payload.get("before") or change.before, after=change.after)
    if change.group:
        told.update(group=change.group, emails=[member.email for member in change.members])
    return told
