# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of changes, of which a result shows some and a file holds all, are not kept beside the changes themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report import _change_rows
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import ChangeRows
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._result import bulk_result


def update(number: int) -> Change:
    account = Account(f"z{number}", f"p{number}@example.com", "active", department="Old")
    return Change("update", account.email, "differs", account, {"department": "New"})


def test_rows_are_those_that_were_made_then_those_that_were_refused_each_time() -> None:
    rows = ChangeRows([update(1), update(2)], [update(3)])
    told = [(row["email"], row["changed"]) for row in rows]
    assert told == [("p1@example.com", True), ("p2@example.com", True), ("p3@example.com", False)]
    assert [(row["email"], row["changed"]) for row in rows] == told
    assert len(rows) == 3


def test_a_result_makes_no_more_rows_than_it_shows_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, made = [update(number) for number in range(50)], list[str]()
    path = tmp_path / "changes.jsonl"
    whole = _change_rows.change_row

    def noted(change: Change, changed: bool) -> dict[str, object]:
        made.append(change.email)
        return whole(change, changed)

    monkeypatch.setattr(_change_rows, "change_row", noted)
    found = bulk_result(Plan(), done, [], [], {"changes_limit": 5, "changes_path": str(path)}, digest="d").facts
    assert [row["email"] for row in found["changes"]] == [change.email for change in done[:5]]
    assert (found["changes_total"], found["losses"]) == (50, 0)
    header, *lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert header["count"] == len(lines) == 50
    assert len(made) <= 5 + 1 + 50 + 50
