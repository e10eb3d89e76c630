# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of a run come from one process, which is its alone, ends with it, and asks for each token once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playing import ROOT, SCOPE, Player, account, person, seed, written
from sandbox import Sandbox

INFO = "workspace_zoom.provisioning.zoom_user_info"


@pytest.fixture
def box(player: Player) -> Sandbox:
    people = [person("ada.byron"), person("bob.hope")]
    return player.start(seed(people, {"zoom-users": ["ada.byron", "bob.hope"]}, [account("ada.byron")]))


def running(folder: Path) -> dict[str, str]:
    """Hosts and modules of runs in this folder: number and command of each."""
    found = dict[str, str]()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_text("utf-8", "replace").replace("\0", " ")
            home = (path.parent / "environ").read_text("utf-8", "replace")
        except OSError:
            continue
        if "_start.py" in command and str(folder) in home:
            found[path.parent.name] = command
    return found


def within(seconds: float, is_so: Callable[[], Any]) -> bool:
    until = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < until:
        time.sleep(0.02)
    return bool(found)


def begin(player: Player, box: Sandbox, given: dict[str, Any]) -> subprocess.Popen[bytes]:
    """ansible-playbook site.yml, in a session of its own."""
    path = player.folder / "given.json"
    path.write_text(json.dumps({"provisioning_state_dir": str(player.folder / "state"), "scope_groups": [SCOPE], **given}))
    environment = {**os.environ, **box.environment(), "ANSIBLE_HOME": str(player.folder / "ansible")}
    command = [str(Path(sys.executable).parent / "ansible-playbook"), str(ROOT / "playbooks" / "site.yml"), "-i", "t1,", "-e", f"@{path}"]
    return subprocess.Popen(
        command, env=environment, cwd=player.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def held(box: Sandbox, path: str, method: str = "GET") -> tuple[list[int], Any]:
    """A request of this path is held until it is released; the list gets an item once it is there."""
    seen, released, close = list[int](), threading.Event(), box.ledger.close

    def closing(entry: Any, *rest: Any) -> None:
        close(entry, *rest)
        if path in str(entry) and method in str(entry) and not released.is_set():
            seen.append(1)
            released.wait(20)

    box.ledger.close = closing  # type: ignore[method-assign]
    return seen, released


def test_a_whole_run_asks_for_one_token_of_each_kind(player: Player, box: Sandbox) -> None:
    """Google gives one for each set of scopes: what reads groups alone may not read people."""
    given = {
        "scope_group": SCOPE,
        "attribute_mapping_prune": True,
        "license_defaults_default": "licensed",
        "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE]}],
    }
    assert player.play(box, given).changed > 0
    box.ledger.clear()
    played = player.play(box, given)
    assert (played.status, played.changed, played.module_calls) == (0, 0, 10), played.output
    tokens = box.ledger.tokens()
    assert [entry["path"] for entry in tokens if entry["side"] == "zoom"] == ["/oauth/token"]
    assert len([entry for entry in tokens if entry["side"] == "google"]) == 2


def test_a_second_after_a_run_no_process_of_it_is_left(player: Player, box: Sandbox) -> None:
    """Nor do its output's readers, such as ansible-runner, wait for one."""
    running_now = begin(player, box, {})
    output, _none = running_now.communicate(timeout=120)
    assert running_now.returncode == 0, output
    assert within(1, lambda: not running(player.folder)), running(player.folder)
    assert [str(path) for path in (player.folder / "ansible").rglob("host*")] == []


def test_after_a_kill_of_ansible_playbook_alone_its_host_ends_and_the_module_that_works_writes_nothing_more(
    player: Player, box: Sandbox
) -> None:
    seen, released = held(box, "/v2/users")
    killed = begin(player, box, {})
    try:
        assert within(60, lambda: seen)
        assert any(" host " in command for command in running(player.folder).values())
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait(10)
        assert within(1, lambda: len(running(player.folder)) <= 2), "the host is gone, a module of each side waits for its answer"
    finally:
        released.set()
    assert within(10, lambda: not running(player.folder)), running(player.folder)
    assert not written(box)


def test_after_a_kill_of_the_host_alone_what_was_sent_is_in_the_journal_and_the_task_says_what_ended(player: Player, box: Sandbox) -> None:
    """As where memory is short."""
    seen, released = held(box, "/scim2/Users", "POST")
    run = begin(player, box, {})
    try:
        assert within(60, lambda: seen)
        (host,) = [pid for pid, command in running(player.folder).items() if " host " in command and is_parent(pid, player.folder)]
        os.kill(int(host), signal.SIGKILL)
    finally:
        released.set()
    output, _none = run.communicate(timeout=60)
    assert (run.returncode, b"Traceback" in output) == (2, False), output
    words = " ".join(output.decode().split())
    assert "The process that started this task has ended while this task was working, so it wrote nothing more" in words, output
    assert "ansible-playbook has ended" not in words, "it prints this"
    lines = [json.loads(line) for file in (player.folder / "state" / "journal").iterdir() for line in file.read_text().splitlines()]
    intents, outcomes = ({row["id"] for row in lines if row.get("event") == event} for event in ("intent", "outcome"))
    assert len(intents) >= 1
    assert intents == outcomes
    assert within(1, lambda: not running(player.folder)), running(player.folder)


def is_parent(pid: str, folder: Path) -> bool:
    return bool(Path(f"/proc/{pid}/task/{pid}/children").read_text())


def test_a_module_whose_task_was_ended_is_told_so_at_once(player: Player, box: Sandbox) -> None:
    """As by Ansible's `timeout`, or by Ctrl-C. The run goes on with the next task."""
    seen, released = held(box, "/v2/users")
    book = player.folder / "book.yml"
    tasks = [{INFO: {}, "timeout": 3, "ignore_errors": True}, {"ansible.builtin.debug": {"msg": "next"}}]
    play = {"hosts": "all", "connection": "local", "gather_facts": False, "tasks": tasks}
    book.write_text(yaml.safe_dump([{**play, "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}}]))
    try:
        played = player.play(box, {}, playbook=str(book))
    finally:
        released.set()
    assert seen
    assert [task["status"] for task in played.tasks][-1] == "ok", played.output
    assert within(1, lambda: not running(player.folder)), running(player.folder)


def test_several_hosts_side_by_side_have_one_process_and_each_its_own_environment(player: Player, box: Sandbox) -> None:
    secrets = {f"t{number}": "wrong" if number == 3 else box.connections()["zoom_connection"]["client_secret"] for number in range(1, 7)}
    hosts, book = player.folder / "hosts.yml", player.folder / "book.yml"
    hosts.write_text(yaml.safe_dump({"all": {"hosts": {name: {"given": secret} for name, secret in secrets.items()}}}))
    task = {INFO: {"emails": ["ada.byron@example.com"]}, "environment": {"ZOOM_CLIENT_SECRET": "{{ given }}"}, "ignore_errors": True}
    play = {"hosts": "all", "connection": "local", "gather_facts": False, "tasks": [task, task]}
    book.write_text(yaml.safe_dump([{**play, "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}}]))
    played = player.play(box, {}, "--forks", "6", playbook=str(book), inventory=str(hosts))
    assert played.status == 0, played.output
    failed = [task["result"]["msg"] for task in played.tasks if task["status"] == "failed"]
    assert len(played.tasks) == 12
    assert len(failed) == 2, "t3, twice"
    assert all("client_secret" in message for message in failed)


def test_where_no_host_can_be_each_module_is_a_process_of_its_own_with_the_same_result(player: Player, box: Sandbox) -> None:
    """Such as where PYTHONPATH means another folder for each of them."""
    here = player.play(box, {"scope_groups": [SCOPE]}, "--check")
    box.ledger.clear()
    paths = os.pathsep.join([os.environ.get("PYTHONPATH", ""), "lib"])
    there = player.play(box, {"scope_groups": [SCOPE]}, "--check", env={"PYTHONPATH": paths})
    assert (there.status, there.changes(), there.attention()) == (here.status, here.changes(), here.attention())
    assert here.status == 0
    assert len([entry for entry in box.ledger.tokens() if entry["side"] == "zoom"]) > 1
