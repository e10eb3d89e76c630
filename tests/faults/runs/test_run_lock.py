# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs of one tenant, as real playbooks: one works, the other says who does; check mode goes on beside it."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._lock import Lock, new_lock, read_lock, release, take
from playing import SCOPE, Player, account, person, seed, written
from sandbox import Sandbox

POLICY: dict[str, Any] = {"scope_groups": [SCOPE], "attribute_mapping_prune": True}
OFFBOARD = {**POLICY, "offboard_users": "bea.lane@example.com"}


@pytest.fixture
def box(player: Player) -> Sandbox:
    return player.start(seed([person("ada.byron"), person("bea.lane")], {"zoom-users": ["ada.byron"]}, [account("bea.lane")]))


def lock_of(player: Player) -> Path:
    return player.folder / "state" / "run.lock"


def held(player: Player) -> Lock:
    """By this process, as by another run of the tenant."""
    lock = new_lock("other-run", "t1", os.getpid())
    assert take(lock_of(player), lock) is None
    return lock


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


AT_ONCE = {**OFFBOARD, "provisioning_lock_timeout": 0}
# the last one is given the identifier of the run that works, as where a pipeline gives a constant one
SECOND = [("site", POLICY), ("offboard", AT_ONCE), ("undo", {"undo_run": "r1"}), ("site", {**POLICY, "provisioning_run_id": "other-run"})]


@pytest.mark.parametrize(("playbook", "variables"), SECOND)
def test_the_second_run_of_a_tenant_says_who_works_and_touches_nothing(
    player: Player, box: Sandbox, playbook: str, variables: dict[str, Any]
) -> None:
    lock = held(player)
    before = files(player.folder / "state")
    played = player.play(box, variables, playbook=playbook)
    assert played.status != 0
    assert played.failure == (
        f"t1: another run is working on it ({lock.holder}), so this one did nothing. Wait for it, or set provisioning_lock_timeout to how "
        f"long to wait, such as 30m. If that run is surely gone, remove {lock_of(player)}."
    )
    assert (box.ledger.reads(), box.ledger.writes()) == ([], [])
    assert files(player.folder / "state") == before


def test_an_emergency_waits_for_the_run_that_works_and_then_offboards(player: Player, box: Sandbox) -> None:
    """It failed at once, and whoever was at the keyboard had to find out when to try again."""
    lock = held(player)
    timer = threading.Timer(7, release, (lock_of(player), lock))
    timer.start()
    played = player.play(box, OFFBOARD, playbook="offboard")
    timer.join()
    assert played.status == 0, played.output
    assert written(box) == Counter(revoke=1, status=1)


@pytest.mark.parametrize(
    ("given", "timeout"), [({}, "2m"), ({"provisioning_lock_timeout": ""}, "2m"), ({"provisioning_lock_timeout": 0}, "0")]
)
def test_offboard_waits_two_minutes_unless_it_is_told_otherwise(player: Player, box: Sandbox, given: dict[str, Any], timeout: str) -> None:
    played = player.play(box, {**OFFBOARD, **given}, playbook="offboard")
    assert [result["invocation"]["module_args"]["timeout"] for result in played.results("run_lock")][:1] == [timeout]


def test_check_mode_goes_on_beside_a_run_and_leaves_its_files_alone(player: Player, box: Sandbox) -> None:
    lock = held(player)
    for name in ("accounts.jsonl", "people.jsonl", "people.jsonl.policy", "people.jsonl.pending", "changes/accounts.jsonl"):
        path = player.folder / "state" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("of the run that works\n")
    before = files(player.folder / "state")
    paths = {name: str(player.folder / "state" / f"{name}.jsonl") for name in ("accounts", "people")}
    given = {f"provisioning_{name}_path": path for name, path in paths.items()}
    for variables, playbook in (({**POLICY, **given}, "site"), (OFFBOARD, "offboard")):
        played = player.play(box, variables, "--check", playbook=playbook)
        assert played.status == 0, played.output
    now = files(player.folder / "state")
    own = f"{player.folder}/state/check/"
    plan = {f"{player.folder}/state/changes/{name}" for name in ("plan.json", "plan.md")}  # that no real run writes
    assert {path: found for path, found in now.items() if path not in plan and not path.startswith(own)} == before
    assert read_lock(lock_of(player)) == lock


def test_a_run_releases_its_lock_whether_it_ends_well_or_not(player: Player, box: Sandbox) -> None:
    for variables, status in ((POLICY, 0), ({"scope_groups": "wrong"}, 2)):
        played = player.play(box, variables)
        assert played.status == status, played.output
        assert played.results("run_lock")[0]["holder"]["run_host"] == "t1"
        assert not lock_of(player).exists()
        assert list((player.folder / "state").glob("*run.lock*")) == []
    assert player.play(box, OFFBOARD, playbook="offboard").status == 0
    assert not lock_of(player).exists()


def test_a_lock_of_a_run_that_was_killed_is_taken_over_and_said(player: Player, box: Sandbox) -> None:
    lock = held(player)
    gone = json.loads(lock_of(player).read_text()) | {"started": "1"}
    lock_of(player).write_text(json.dumps(gone))
    played = player.play(box, POLICY)
    assert played.status == 0, played.output
    assert f"The run other-run, of {lock.user} on {lock.host}, ended without releasing the lock" in " ".join(played.output.split())
    assert written(box) == Counter(create=1, status=1)
    assert not lock_of(player).exists()


def test_a_run_whose_lock_is_taken_from_it_writes_nothing_more(player: Player, box: Sandbox) -> None:
    """As by another machine, while this one slept: no write, no snapshot and no memory."""
    box.google.rename("ada.byron@example.com", "ada.king@example.com")
    hook = player.folder / "hook.yml"
    hook.write_text(HOOK)
    played = player.play(box, {**POLICY, "thief": json.dumps({"id": "a1"})}, playbook=str(hook))
    assert played.status != 0
    assert "so nothing more was written" in played.failure
    assert written(box) == Counter()
    assert not (player.folder / "state" / "memory.jsonl").exists()
    assert lock_of(player).exists(), "it is not this run's to release"


HOOK = """
- name: Provision
  hosts: all
  connection: local
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{ ansible_playbook_python }}"
    _run_locks: true
  tasks:
    - name: Go through all phases, in which the lock is lost
      block:
        - name: Begin
          ansible.builtin.import_role:
            name: workspace_zoom.provisioning.run
        - name: Read
          ansible.builtin.import_role:
            name: workspace_zoom.provisioning.scope
            tasks_from: read_google
        - name: Lose the lock
          ansible.builtin.copy:
            dest: "{{ provisioning_run.lock_path }}"
            content: "{{ thief }}"
            mode: "0600"
        - name: Accounts
          ansible.builtin.import_role:
            name: workspace_zoom.provisioning.attribute_mapping
            tasks_from: write
      always:
        - name: Release the lock
          ansible.builtin.import_role:
            name: workspace_zoom.provisioning.run
            tasks_from: unlock
"""
