# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run's own files may not be: each was a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account, account_from_record
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._bounded_search import OutOfBounds, search
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._files import from_json, json_lines
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import read_entries
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._record_types import fitting
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._snapshot import ACCOUNTS, Ask, Snapshot, load, save
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import tenant_from
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError

DEEP = "[" * 100_000


class Record(dict[str, Any]):
    def record(self) -> dict[str, Any]:
        return self


def test_deep_nesting_is_no_json() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        from_json(DEEP)


@pytest.mark.parametrize(
    "bad", [{"first_name": 1}, {"group_ids": "g1"}, {"group_ids": [1]}, {"type": "2"}, {"room": None}, {"email": None}]
)
def test_a_record_of_another_type_is_a_snapshot_that_was_altered(tmp_path: Path, bad: dict[str, Any]) -> None:
    path = str(tmp_path / "accounts.jsonl")
    good = {"id": "z1", "email": "ada@example.com", "status": "active"}
    save(path, Snapshot(ACCOUNTS, "t1", [Record({**good, **bad})]))
    with pytest.raises(PolicyError, match="is incomplete or was altered"):
        load(path, ACCOUNTS, account_from_record, Ask())
    with pytest.raises(TypeError, match="is of another type"):
        fitting(Account(**{**good, **bad}))


@pytest.mark.parametrize(
    "bad", [{"groups": ["g1"]}, {"seats": {"licensed": {"bought": "many"}}}, {"set_aside": [{"email": "x"}]}, {"gone": 1}]
)
def test_a_header_of_another_type_is_one_that_was_altered(bad: dict[str, Any]) -> None:
    with pytest.raises(PolicyError, match=r"^The header of the accounts snapshot was altered; run the read phase again\.$"):
        tenant_from(Snapshot(ACCOUNTS, "t1", [], bad))


GOOD = {"event": "intent", "id": "k1", "action": "update", "email": "ada@example.com", "account_id": "z1"}


@pytest.mark.parametrize(
    "bad",
    [
        {"id": ["k1"]},
        {"email": {"a": 1}},
        {"before": [1]},
        {"members": [{"id": "z1"}]},
        {"members": ["ada@example.com"]},
        {"account_id": 7},
    ],
)
def test_a_line_of_a_journal_of_another_form_is_passed_over_like_a_torn_one(bad: dict[str, Any]) -> None:
    rows = [{**GOOD, **bad}, {**GOOD, "id": "k2", "members": [{"id": "z1", "email": "ada@example.com"}]}]
    assert [entry.id for entry in read_entries("\n".join([DEEP, *map(json.dumps, rows), "[]", "{}", "{"]))] == ["k2"]


def test_an_outcome_of_another_form_says_no_more_than_whether_it_was_made() -> None:
    outcome = {"event": "outcome", "id": "k1", "ok": True, "account_id": ["z2"], "after": "x"}
    stray = {"event": "outcome", "id": "unknown", "ok": True}
    (entry,) = read_entries("\n".join(map(json.dumps, [GOOD, outcome, stray])))
    assert (entry.ok, entry.account_id, entry.after) == (True, "z1", {})
    made = {**outcome, "account_id": "z3", "after": {"first_name": "A"}}
    (entry,) = read_entries("\n".join(map(json.dumps, [GOOD, made])))
    assert (entry.account_id, entry.after) == ("z3", {"first_name": "A"})


def test_what_a_search_can_not_work_on_is_one_clause() -> None:
    deep: dict[str, Any] = {"type": "identity", "children": []}
    for _level in range(5_000):
        deep = {"type": "not_expression", "children": [deep]}
    with pytest.raises(OutOfBounds, match="nested too deeply"):
        search(deep, {})
    unknown = {"type": "field", "children": [], "value": ["no", "name"]}
    with pytest.raises(OutOfBounds, match=r"can't work on these values \(TypeError\)"):
        search(unknown, {})


# what str.splitlines takes for the end of a line
ENDS = ["\x0b", "\x0c", "\r", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", ENDS)
def test_a_name_that_holds_the_end_of_a_line_is_one_line_of_the_journal(end: str) -> None:
    """JSON leaves most of them as they are: the write of whoever has such a name was lost, without a word."""
    named = {**GOOD, "before": {"last_name": f"By{end}ron"}}
    lines = [json.dumps(row, ensure_ascii=False) for row in (named, {"event": "outcome", "id": "k1", "ok": True}, {**GOOD, "id": "k2"})]
    first, second = read_entries("\n".join([*lines, ""]))
    assert (first.before, first.ok, second.id) == ({"last_name": f"By{end}ron"}, True, "k2")


def test_lines_of_json_end_with_the_line_feed_alone() -> None:
    assert json_lines("") == json_lines("\n\n") == []
    assert json_lines(f"a{''.join(ENDS)}b\n\nc\n") == [f"a{''.join(ENDS)}b", "c"]


@pytest.mark.parametrize("end", ENDS)
def test_a_name_that_holds_the_end_of_a_line_is_one_line_of_a_snapshot(tmp_path: Path, end: str) -> None:
    path = str(tmp_path / "accounts.jsonl")
    save(path, Snapshot(ACCOUNTS, "t1", [Record({"id": "z1", "email": "ada@example.com", "status": "active", "last_name": end})]))
    assert [account.last_name for account in load(path, ACCOUNTS, account_from_record, Ask()).records] == [end]
