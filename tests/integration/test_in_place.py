# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules are run from where they are installed; wherever anything is different, as Ansible runs any module, with the same result."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from playing import SCOPE, Played, Player, account, person, seed
from sandbox import Sandbox

INFO = "workspace_zoom.provisioning.zoom_user_info"
OTHERS = ["another Python", "a task of its own", "another host", "another user", "files that are kept"]


@pytest.fixture
def box(player: Player) -> Sandbox:
    people = [person("ada.byron"), person("bob.hope")]
    return player.start(seed(people, {"zoom-users": ["ada.byron", "bob.hope"]}, [account("ada.byron")]))


def play(player: Player, box: Sandbox, task: dict[str, Any], **variables: Any) -> Played:
    book = player.folder / "book.yml"
    play = {"hosts": "all", "connection": "local", "gather_facts": False, "tasks": [task]}
    book.write_text(yaml.safe_dump([{**play, "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}}]))
    env = {"ANSIBLE_KEEP_REMOTE_FILES": "1"} if variables.pop("keep", False) else {}
    return player.play(box, variables, "-vvv", "--diff", playbook=str(book), env=env)


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def elsewhere(kind: str, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a task, and the variables beside it, say more."""
    if kind == "another Python":
        return {}, {"ansible_python_interpreter": script(folder / "python", f'exec "{sys.executable}" "$@"')}
    if kind == "a task of its own":
        # as HOME may be another folder than the user's own, where Ansible looks for the result
        return {"async": 60, "poll": 1, "vars": {"ansible_async_dir": str(folder / "async")}}, {}
    if kind == "another host":
        return {"delegate_to": "t2", "vars": {"ansible_connection": "local"}}, {}
    if kind == "another user":
        sudo = script(folder / "sudo", 'while [ "$1" != /bin/sh ]; do shift; done; exec "$@"')
        return {"become": True, "vars": {"ansible_become_exe": sudo}}, {}
    return {}, {"keep": True}


def told(played: Played) -> Any:
    """The result without what says how the module was started."""
    (result,) = played.results("zoom_user_info")
    started = {"invocation", "started", "finished", "results_file", "stderr", "stderr_lines", "stdout", "stdout_lines"}
    return {name: value for name, value in result.items() if name not in started and not name.startswith(("_", "ansible_"))}


def test_all_modules_of_a_run_are_run_in_place_and_their_options_are_in_no_file(player: Player, box: Sandbox) -> None:
    played = player.play(box, {"scope_groups": [SCOPE]}, "-vvv")
    assert (played.status, played.changed) == (0, 1), played.output
    of_modules = played.module_calls - len(played.results("plan_document"))  # its action does all of its work by itself
    assert played.output.count("is run in place") == of_modules > 3
    assert "AnsiballZ" not in played.output
    assert not list((player.folder / "ansible").rglob("AnsiballZ*"))


@pytest.mark.parametrize("kind", OTHERS)
def test_what_ansible_is_to_run_otherwise_it_runs_with_the_same_result(player: Player, box: Sandbox, kind: str) -> None:
    here = play(player, box, {INFO: {}})
    assert "is run in place" in here.output
    more, variables = elsewhere(kind, player.folder)
    there = play(player, box, {INFO: {}, **more}, **variables)
    assert there.status == here.status == 0, there.output
    assert "is run in place" not in there.output
    assert told(there) == told(here)
    assert "ada.byron@example.com" in json.dumps(told(here))


def test_a_tasks_environment_and_a_failure_are_the_modules_own(player: Player, box: Sandbox) -> None:
    played = play(player, box, {INFO: {}, "environment": {"ZOOM_CLIENT_SECRET": "{{ given }}"}}, given="not the secret")
    assert played.status == 2
    assert "run in place" in played.output
    assert "Zoom" in played.failure
    assert "not the secret" not in json.dumps(played.tasks)


def test_a_library_beside_the_playbook_does_not_stand_in_for_a_real_one(player: Player, box: Sandbox) -> None:
    for name in ("requests", "json", "ansible_collections"):
        (player.folder / f"{name}.py").write_text("raise SystemExit('taken from beside the playbook')\n")
    played = play(player, box, {INFO: {}})
    assert played.status == 0, played.output


def test_module_defaults_of_an_action_group_reach_a_module(player: Player, box: Sandbox) -> None:
    task = {INFO: {}, "module_defaults": {"group/workspace_zoom.provisioning.zoom": {"client_secret": "not the secret"}}}
    assert play(player, box, task).status == 2
