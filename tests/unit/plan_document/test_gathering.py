# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What callbacks are told is gathered once, and no more of it than is printed or written. Memory is counted in bytes, not by a clock."""

from __future__ import annotations

import gc
import json
import tracemalloc
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import LISTS, save_rows
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document import _collect
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._gather import Depth, Gathering
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._terminal import About, render

DIGEST = "d" * 64
REPORT, PLAN = object(), object()  # who asks
FEW = 50  # rows of a result, whose file has all


def new(number: int) -> dict[str, Any]:
    email = f"person{number:06}.worker@example.com"
    after = {"email": email, "first_name": f"P{number}", "last_name": "Worker", "department": "Sales", "license": "basic"}
    return {
        "email": email,
        "action": "create",
        "reason": "in scope through zoom@example.com",
        "changed": True,
        "before": {},
        "after": after,
    }


def leaver(number: int) -> dict[str, Any]:
    sides = {"before": {"status": "active"}, "after": {"status": "inactive"}, "reason": "out_of_scope", "loss": True}
    return {**new(number), "action": "deactivate", **sides}


def pending(number: int) -> dict[str, Any]:
    email = f"person{number:06}.worker@example.com"
    return {"email": email, "reason": "pending", "message": f"{email} has not accepted Zoom's invitation; ask them to accept it."}


def refused(number: int) -> dict[str, Any]:
    email = f"person{number:06}.worker@example.com"
    return {"email": email, "reason": "refused", "message": f"{email} was refused with the number {number}; try again later."}


def result(path: Path, **given: list[dict[str, Any]]) -> Any:
    """As a module returns it: some rows, and the file with all of them."""
    lists: dict[str, list[dict[str, Any]]] = {name: given.get(name, []) for name in LISTS}
    save_rows(str(path), DIGEST, lists, "acc")
    numbers = {"failed": len(lists["failed_items"]), "withheld": len(lists["withheld"]), "attention": len(lists["attention"])}
    few = {name: rows[:FEW] for name, rows in lists.items()}
    return told({**few, "summary": numbers, "changes_total": len(lists["changes"]), "changes_path": str(path), "digest": DIGEST})


def told(found: dict[str, Any]) -> Any:
    task = SimpleNamespace(
        resolved_action="workspace_zoom.provisioning.zoom_scim_users", action="", check_mode=True, changed_when=[], get_vars=dict
    )
    return SimpleNamespace(_host=SimpleNamespace(get_name=lambda: "t1"), _task=task, _result=json.loads(json.dumps(found)))


def gathered(given: Any, **asked: Depth) -> Gathering:
    gathering = Gathering()
    whose = {"report": REPORT, "plan": PLAN}
    for name, depth in asked.items():
        gathering.ask(whose[name], depth)
    for name in asked:
        gathering.ok(whose[name], given)
    return gathering


def held(given: Any, depth: Depth) -> tuple[int, int]:
    """Bytes that are kept, and the most there were while it was gathered."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = gathered(given, report=depth)
        gc.collect()
        found = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept.tenants
    return found


SIZE = 6_000
COST = 60_000  # bytes of what there is of each run, such as texts that are met for the first time


@pytest.mark.parametrize(
    ("name", "row", "bytes_of_each"),
    [
        ("changes", new, 0),
        ("changes", leaver, 350),
        ("attention", pending, 250),
        ("withheld", pending, 250),
        ("failed_items", refused, 250),
    ],
)
def test_a_row_costs_no_more_than_what_is_printed_of_it(tmp_path: Path, name: str, row: Any, bytes_of_each: int) -> None:
    given = result(tmp_path / "changes.jsonl", **{name: [row(number) for number in range(SIZE)]})
    kept, peak = held(given, Depth.SHOWN)
    assert kept < COST + SIZE * bytes_of_each
    assert peak < 2 * COST + SIZE * bytes_of_each * 1.6, "the file is read line by line"
    counted, peak = held(given, Depth.COUNTS)
    assert (counted < COST, peak < 2 * COST) == (True, True)


def test_both_callbacks_are_told_and_each_row_is_read_and_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = list[str]()
    take = _collect.take
    monkeypatch.setattr(
        "ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._plan_document._gather.take",
        lambda tenant, module, each: (taken.append(module), take(tenant, module, each)),
    )
    given = result(tmp_path / "changes.jsonl", changes=[*map(new, range(300)), *map(leaver, range(300, 320))], attention=[pending(1)])
    both = gathered(given, report=Depth.SHOWN, plan=Depth.ROWS)
    assert taken == ["zoom_scim_users"]
    tenant = both.tenants["t1"]
    assert tenant.brief is not None
    stats = SimpleNamespace(failures={}, dark={})
    (document,) = both.document(stats, asked_to_check=True, time="2026-11-26T07:00:00+00:00")["tenants"]
    assert tenant.brief.summary() == document["summary"]
    assert (document["summary"]["changes"], document["account"]) == (320, "acc")


@pytest.mark.parametrize("depth", [Depth.SHOWN, Depth.COUNTS])
def test_what_closes_a_run_is_the_same_however_little_is_kept(tmp_path: Path, depth: Depth) -> None:
    members = {**leaver(1), "action": "remove", "email": "", "emails": ["a@x.com", "b@x.com"], "ids": ["1", "2"], "group": "Sales"}
    given = result(
        tmp_path / "c.jsonl",
        changes=[*map(new, range(70)), members],
        withheld=[pending(8)],
        failed_items=[refused(9)],
        attention=[pending(7)],
    )
    kept = gathered(given, report=depth)
    (last,) = render(list(kept.tenants.values()), {"t1": About("r1")}, preview=True, closing_only=True)
    line = "t1: run r1 would make 72 changes, 2 of them removals; 1 blocked, 1 failed, 1 needs attention."
    assert last.text.strip() == line


def test_a_file_of_another_run_and_one_that_is_torn_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    given = result(path, changes=[*map(new, range(200))])
    for torn in (path.read_text().replace(DIGEST, "e" * 64), path.read_text()[:-40], "", "[]\n"):
        path.write_text(torn)
        brief = gathered(given, report=Depth.SHOWN).tenants["t1"].brief
        assert brief is not None
        assert (brief.made.total(), brief.summary()["changes"], brief.summary()["left_out"]) == (FEW, 200, 200 - FEW)
