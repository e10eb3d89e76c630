# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark's own parts: what it counts as the least, how it sees processes, and what it says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bench import budget, results, rows, table, watch, worlds
from bench.plays import Measured
from bench.rows import Row, limited_reads, paced, row, with_unseen


def counted(count: int, **more: Any) -> dict[str, Any]:
    usual = {"side": "zoom", "kind": "write", "method": "POST", "operation": "userScim2Create", "category": "LIGHT", "status": 201}
    return {**usual, **more, "count": count}


def measured(*requests: dict[str, Any], seconds: float = 1.0) -> Measured:
    return Measured(0, seconds, 0.5, {"controller": 60_000_000}, 60_000_000, 0, "", list(requests))


def test_the_least_reads_are_those_of_the_formula() -> None:
    # 10 groups in the scope's group, ten of 1,000 members, 10,001 people, 10,001 accounts
    assert budget.company_reads(10_000, 10_000) == 1 + 10 * 5 + 21 + 1 + 34
    assert budget.company_reads(1_000, 1_000) == 1 + 10 + 3 + 1 + 4
    assert budget.reads([0], 1, [0]) == 1 + 1 + 1 + 0


def test_a_company_is_as_large_as_it_is_said_to_be() -> None:
    seed = worlds.company(25, known=True, directory=40)
    groups = {group["email"]: group["members"] for group in seed["google"]["groups"]}
    assert len(groups.pop(worlds.SCOPE)) == worlds.TEAMS
    assert sorted(member for members in groups.values() for member in members) == [worlds.address(number) for number in range(25)]
    assert (len(seed["google"]["users"]), len(seed["zoom"]["users"])) == (41, 26)
    assert len(worlds.company(25, known=False)["zoom"]["users"]) == 1


def test_the_least_seconds_are_those_of_the_slowest_category_and_what_was_refused_is_no_call() -> None:
    requests = [counted(800), counted(90, status=429), counted(30, operation="groupMembersCreate", category="MEDIUM")]
    assert budget.least_seconds(requests, {**budget.RATES, "SCIM": 80}) == 10
    assert budget.least_seconds(requests, {**budget.RATES, "SCIM": 2000}) == 0.5
    assert budget.least_seconds([counted(5, kind="read")], budget.RATES) == 0


@pytest.mark.parametrize(("seconds", "refused", "verdict"), [(20.5, 4, "pass"), (20.7, 4, "FAIL"), (20.5, 5, "FAIL")])
def test_a_first_sync_is_held_to_the_rate_and_to_one_refusal_in_two_hundred(seconds: float, refused: int, verdict: str) -> None:
    run = measured(counted(800), counted(refused, status=429), seconds=seconds)
    found = row("first sync", run)
    paced(found, run, {"SCIM": 80})
    assert (found.verdict, found.ratio) == (verdict, round(seconds / 10, 3))


def test_reads_are_held_to_the_formula_and_six() -> None:
    for reads, verdict in ((16, "pass"), (17, "FAIL")):
        run = measured(counted(reads, kind="read", operation="users"))
        found = row("nothing to do", run)
        limited_reads(found, run, 10)
        assert found.verdict == verdict


def test_what_is_kept_of_an_output_names_no_folder_of_the_machine() -> None:
    said = rows.last_words('File "/home/me/wt/plugins/modules/zoom_groups.py", GET /v2/users, http://127.0.0.1:80/scim2/Users')
    assert said == 'File "…/zoom_groups.py", GET …/users, http://127.0.0.1:80/scim2/Users'


def test_a_process_that_nobody_looked_at_is_shown_if_it_was_the_largest() -> None:
    run = measured()
    assert with_unseen(run) == {"controller": 60_000_000}
    run.peak = 90_000_000
    assert with_unseen(run)["seen only at its end"] == 90_000_000


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["/venv/bin/python", "-P", "/x/_start.py", "zoom_groups"], "module zoom_groups"),
        (["/venv/bin/python", "/venv/bin/ansible-playbook", "site.yml"], "worker"),
        (["/bin/sh", "-c", "true"], "other"),
    ],
)
def test_a_process_has_a_name_that_people_know(arguments: list[str], name: str) -> None:
    assert watch.label(arguments) == name
    assert watch.label(arguments, is_first=True) == "controller"


def test_what_the_host_of_modules_forks_is_a_module() -> None:
    arguments = ["/venv/bin/python", "-P", "/x/_start.py", "host", "5", "1", "/tmp/x"]
    assert watch.label(arguments, parent="worker") == "module host"
    assert watch.label(arguments, parent="module host") == "module"


LEAVES_ONE_BEHIND = """
import subprocess, sys
work = "import time; held = bytearray(60_000_000); end = time.process_time() + 0.4\\nwhile time.process_time() < end: pass"
subprocess.Popen([sys.executable, "-c", work])
"""


def test_what_a_command_leaves_behind_counts_too(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    subprocess.run([sys.executable, watch.__file__, str(result), sys.executable, "-c", LEAVES_ONE_BEHIND], check=True)
    found = json.loads(result.read_text())
    assert found["status"] == 0
    assert found["cpu"] >= 0.4
    assert found["peak"] > 60_000_000
    assert found["peaks"]["other"] > 60_000_000


def test_a_benchmark_that_is_ended_ends_its_run_as_a_person_would(tmp_path: Path) -> None:
    told = tmp_path / "told"
    ended = f"pathlib.Path({str(told)!r}).touch()"
    work = f"import pathlib, time\ntry:\n print(1, flush=True); time.sleep(60)\nexcept KeyboardInterrupt:\n {ended}"
    command = [sys.executable, watch.__file__, str(tmp_path / "result.json"), sys.executable, "-c", work]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as watching:
        assert watching.stdout is not None
        watching.stdout.readline()
        watching.terminate()
        assert watching.wait(30) == 0
    assert told.exists()


def test_a_table_leaves_out_what_no_row_has() -> None:
    rows = [Row("one", requests=3, reads=3, bars=[("reads at most 4", True)]).plain(), Row("two", notes=["slow"]).plain()]
    assert table.markdown(rows).splitlines()[0] == "| scenario | reads + writes | 429 | result |"
    assert table.promises(rows) == "- one: reads at most 4: kept"
    assert table.notes(rows) == "- two: slow"
    assert "kept   one: reads at most 4" in table.text(rows)


def test_a_scenario_that_comes_to_no_end_is_a_row_and_the_others_of_its_lane_run(tmp_path: Path) -> None:
    def fails() -> list[Row]:
        raise RuntimeError("the sandbox did not start")

    found = results.side_by_side([{"one": fails, "two": lambda: [Row("two")]}, {"three": lambda: [Row("three")]}])
    assert {name: [row.verdict for row in rows] for name, rows in found.items()} == {"one": ["FAIL"], "two": [""], "three": [""]}
    assert found["one"][0].notes == ["RuntimeError: the sandbox did not start"]


def test_a_part_that_was_measured_anew_takes_the_place_of_what_was_measured_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path / "results")
    results.keep({"one": [Row("one", seconds=1.0)], "two": [Row("two")]})
    path = results.keep({"one": [Row("one", seconds=2.0)]})
    kept = json.loads(path.read_text())
    assert {name: part["rows"][0]["seconds"] for name, part in kept["scenarios"].items()} == {"one": 2.0, "two": 0.0}
    assert kept["machine"].keys() == {"cpu", "cores", "memory_gb", "kernel", "python", "ansible_core"}
    assert [each.name for each in path.parent.iterdir()] == [path.name]
