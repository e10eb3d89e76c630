# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check that unit tests reach every branch of _model and _plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coverage_floor import ROOMS, ROOT, main


def report(folder: Path, branches: bool = True, **gaps: list[Any]) -> str:
    whole = {"summary": {"num_branches": 8}, "missing_lines": [], "missing_branches": []}
    files = {f"collection/{room}{path.name}": whole for room in ROOMS for path in (ROOT / room).glob("*.py")}
    files[f"collection/{ROOMS[1]}_judge.py"] = {**whole, **gaps}
    path = folder / "coverage.json"
    path.write_text(json.dumps({"meta": {"branch_coverage": branches}, "files": files}))
    return str(path)


def test_rooms_of_which_every_branch_is_reached_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(report(tmp_path)) == 0
    assert "_plan/: every line and each of " in capsys.readouterr().out


def test_each_line_and_each_branch_that_is_missing_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(report(tmp_path, missing_lines=[7], missing_branches=[[6, 7], [9, 12], [12, -3]])) == 1
    assert capsys.readouterr().out.partition("_plan/: ")[2].splitlines() == [
        "not every branch",
        "  _judge.py: no unit test reaches line 7",
        "  _judge.py: no unit test goes from line 9 to line 12",
        "  _judge.py: no unit test goes from line 12 to the end of its function",
    ]


def test_a_report_without_branches_or_without_a_file_proves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(report(tmp_path, branches=False)) == 1
    assert "--cov-branch" in capsys.readouterr().out
    (tmp_path / "none.json").write_text(json.dumps({"meta": {"branch_coverage": True}, "files": {}}))
    assert main(str(tmp_path / "none.json")) == 1
    assert "_judge.py: no unit test uses it" in capsys.readouterr().out
