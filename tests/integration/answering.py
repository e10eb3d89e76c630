# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answering: a tenant whose accounts file goes from module to module and from run to run, and who is in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _account_calls, _created_accounts, _proof
from calling import call
from playing import seed
from sandbox import Sandbox

Start = Callable[..., Sandbox]

ADA: dict[str, Any] = {"primaryEmail": "ada.byron@example.com", "name": {"givenName": "Ada", "familyName": "Byron"}}
BOB: dict[str, Any] = {"primaryEmail": "bob.oneill@example.com", "name": {"givenName": "Bob", "familyName": "Oneill"}}


def token_of(box: Sandbox) -> dict[str, Any]:
    """A connection that knows SCIM alone."""
    return {"access_token": box.zoom.scim_token, "api_url": box.url, "scim_rate": 100}


def only(rows: Sequence[Any]) -> Any:
    (row,) = rows
    return row


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts sandboxes of a few accounts; reads do not trail writes, so that nobody waits for them."""
    for module in (_account_calls, _created_accounts):
        monkeypatch.setattr(module, "RE_READS", (0.01,))
    monkeypatch.setattr(_proof, "WAITS", (0.01,))
    with ExitStack() as stack:

        def begin(accounts: Sequence[Any] = (), switches: Any = None, **zoom: Any) -> Sandbox:
            given = seed([], {}, list(accounts))
            given["zoom"].update(zoom)
            return stack.enter_context(Sandbox.start(given, switches or {}))

        yield begin


def provision(box: Sandbox, *people: dict[str, Any], **options: Any) -> dict[str, Any]:
    return call("zoom_scim_users", box, people=list(people), scim_rate=100, **options)


def messages(result: dict[str, Any], name: str = "attention") -> str:
    return " ".join(row["message"] for row in result.get(name) or [])


class Tenant:
    """One accounts file and one memory of one sandbox."""

    def __init__(self, box: Sandbox, folder: Path, connection: dict[str, Any] | None = None) -> None:
        self.box, self.path, self.connection, self.run_id = box, folder / "accounts.jsonl", connection, "run"
        self.memory = folder / "memory.jsonl"

    def read(self, run_id: str, *, check: bool = False) -> None:
        """A run begins."""
        self.run_id = run_id
        result = self._call("zoom_user_info", check, {"dest": str(self.path), "run_id": run_id})
        assert not result["failed"], result

    def call(self, module: str, *, check: bool = False, **options: Any) -> dict[str, Any]:
        return self._call(module, check, {"accounts_path": str(self.path), "run_id": self.run_id, **options})

    def _call(self, module: str, check: bool, options: dict[str, Any]) -> dict[str, Any]:
        if self.connection:
            options = {key: value for key, value in options.items() if key != "scim_rate"}
        return call(module, self.box, check=check, connection=self.connection, memory_path=str(self.memory), **options)

    def _lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]

    def record(self, name: str) -> Any:
        """What the file says of an account, None where it holds none."""
        return next((row for row in self._lines()[1:] if row["email"] == f"{name}@example.com"), None)

    @property
    def seats(self) -> dict[str, dict[str, int]]:
        return dict(self._lines()[0]["seats"])
