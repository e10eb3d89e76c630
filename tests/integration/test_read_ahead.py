# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google is read while Zoom is, and whatever becomes of either, the run ends as if one were read after the other."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from typing import Any

import pytest
import yaml
from playing import SCOPE, Played, Player, account, person, seed, written
from sandbox import Sandbox
from test_module_host import begin, running, within

NAMES = [f"p{number:03d}.worker" for number in range(240)]
GIVEN: dict[str, Any] = {"scope_groups": [SCOPE]}


def slow(player: Player, latency: int = 100) -> Sandbox:
    """A company whose both sides have many pages."""
    given = seed([person(name) for name in NAMES], {"zoom-users": NAMES}, [account(name) for name in NAMES])
    return player.start(given, latency_ms=latency, page_size=20, google_page_size=20)


def small(player: Player, **zoom: Any) -> Sandbox:
    people = [person("ada.byron"), person("bob.hope"), person("cleo.park")]
    return player.start(seed(people, {"zoom-users": ["ada.byron", "bob.hope"]}, [account("ada.byron"), account("bob.hope")], **zoom))


def times(box: Sandbox, side: str) -> list[float]:
    return [datetime.fromisoformat(entry["time"]).timestamp() for entry in box.ledger.reads() if entry["side"] == side]


def people_files(player: Player) -> list[str]:
    return [path.name for path in (player.folder / "state").rglob("people.jsonl")]


def without_a_host() -> dict[str, str]:
    """A folder that is another one for each module."""
    return {"PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), "lib"])}


def is_begun(played: Played) -> list[bool]:
    return [task["result"]["begun"] for task in played.tasks if "begun" in task["result"]]


@pytest.mark.parametrize("mode", [[], ["--check"]])
def test_both_sides_are_read_in_about_the_time_of_the_longer_one(player: Player, mode: list[str]) -> None:
    box = slow(player)
    played = player.play(box, GIVEN, *mode)
    assert (played.status, played.changed, is_begun(played)) == (0, 0, [True]), played.output
    zoom, google = times(box, "zoom"), times(box, "google")
    assert len(zoom) > 12 < len(google)
    assert sum(google[0] < time < google[-1] for time in zoom) > 6, "between Google's pages"
    longer, shorter = sorted([zoom[-1] - zoom[0], google[-1] - google[0]], reverse=True)
    assert max(zoom[-1], google[-1]) - min(zoom[0], google[0]) < longer + shorter / 2


def test_where_nothing_can_be_begun_one_is_read_after_the_other_with_the_same_result(player: Player) -> None:
    box = small(player)
    here = player.play(box, GIVEN, "--check")
    reads = sorted(entry["path"] for entry in box.ledger.reads())
    box.ledger.clear()
    there = player.play(box, GIVEN, "--check", env=without_a_host())
    assert (is_begun(here), is_begun(there)) == ([True], [False])
    assert (there.status, there.changes(), there.attention()) == (here.status, here.changes(), here.attention())
    assert sorted(entry["path"] for entry in box.ledger.reads()) == reads
    assert max(times(box, "zoom")) < min(times(box, "google"))


def test_if_zoom_can_not_be_read_that_is_the_runs_end_and_nothing_is_left_of_what_was_begun(player: Player) -> None:
    box = slow(player, latency=300)
    box.faults.add(side="zoom", path="/v2/users.*", status=400, body={"code": 300, "message": "Odd."}, times=None)
    played = player.play(box, GIVEN, real=True)
    assert within(2, lambda: not running(player.folder)), running(player.folder)
    assert (played.status, is_begun(played), people_files(player)) == (2, [True], [])
    assert [task["action"].rpartition(".")[2] for task in played.tasks if task["status"] == "failed"] == ["zoom_user_info"]
    assert "Zoom refused GET /v2/users: Odd" in played.failure
    assert 0 < len(times(box, "google")) < 24, "it has not read to its end for nobody"
    box.faults.clear()
    box.ledger.clear()
    again = player.play(box, GIVEN)
    assert (again.status, again.changed) == (0, 0), again.output


def test_if_google_can_not_be_read_the_task_that_waits_for_it_says_so_as_ever(player: Player) -> None:
    box = small(player)
    box.faults.add(
        side="google", path="/admin/directory/v1/users.*", status=403, body={"error": {"code": 403, "message": "Odd."}}, times=None
    )
    here = player.play(box, GIVEN)
    there = player.play(box, GIVEN, env=without_a_host())
    assert (is_begun(here), is_begun(there)) == ([True], [False])
    assert here.failure == there.failure
    assert "Google" in here.failure
    assert [task["action"].rpartition(".")[2] for task in here.tasks if task["status"] == "failed"] == ["google_scope_info"]
    assert (here.status, people_files(player), written(box)) == (2, [], {})


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_while_both_sides_are_read_leaves_nothing_of_either(player: Player, sent: signal.Signals) -> None:
    box = slow(player, latency=300)
    run = begin(player, box, {})
    assert within(60, lambda: times(box, "zoom") and times(box, "google"))
    os.kill(run.pid, sent)
    output = run.communicate(timeout=60)[0].decode()
    assert run.returncode != 0
    if sent != signal.SIGKILL:
        assert "Interrupted while it was reading" in " ".join(output.split())
    # nothing tells the module that reads Zoom of a kill until it would write
    assert within(20 if sent == signal.SIGKILL else 2, lambda: not running(player.folder)), running(player.folder)
    assert people_files(player) == []
    assert len(times(box, "google")) < 24


def test_each_run_reads_the_accounts_that_it_has_written_itself_though_all_have_one_name(player: Player) -> None:
    """What an earlier run has left under the same provisioning_run_id is not taken for it."""
    box = small(player)
    given = {**GIVEN, "provisioning_run_id": "nightly", "attribute_mapping_prune": True}
    assert player.play(box, given).status == 0
    box.zoom.add_user("cleo.park@example.com")
    box.ledger.clear()
    second = player.play(box, given)
    assert (second.status, written(box)) == (0, {"status": 1}), second.output
    assert box.zoom.find("cleo.park@example.com").status == "inactive"


def test_an_approved_plan_of_another_zoom_account_is_refused_before_anything_is_read(player: Player) -> None:
    box = small(player)
    box.google.set_name("ada.byron@example.com", "Augusta", "Byron")
    assert player.play(box, GIVEN, "--check").status == 0
    plan = player.folder / "state" / "changes" / "plan.json"
    box.ledger.clear()
    refused = player.play(box, {**GIVEN, "provisioning_approved": str(plan)}, env={"ZOOM_ACCOUNT_ID": "another"})
    assert "of the Zoom account" in refused.failure
    assert (box.ledger.reads(), is_begun(refused)) == ([], [])
    made = player.play(box, {**GIVEN, "provisioning_approved": str(plan)})
    assert (made.status, made.changed) == (0, 1), made.output


def test_several_tenants_begin_each_their_own(player: Player) -> None:
    """In one host, with the credentials of each."""
    boxes = {name: small(player, account_id=name) for name in ("north", "south")}
    boxes["south"].google.remove_member(SCOPE, "bob.hope@example.com")
    hosts = player.folder / "hosts.yml"
    own = {name: {**box.connections(), "provisioning_state_dir": str(player.folder / name)} for name, box in boxes.items()}
    hosts.write_text(yaml.safe_dump({"all": {"hosts": own}}))
    given = {**GIVEN, "attribute_mapping_prune": True, "provisioning_state_dir": "{{ '" + str(player.folder) + "/' ~ inventory_hostname }}"}
    played = player.play(None, given, inventory=str(hosts), real=True)
    assert (played.status, is_begun(played)) == (0, [True, True]), played.output
    assert {name: dict(written(box)) for name, box in boxes.items()} == {"north": {}, "south": {"status": 1}}
