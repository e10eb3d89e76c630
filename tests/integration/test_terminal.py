# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What whoever starts a playbook sees at its end, and that the commands which are printed there do what is said of them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from playing import SCOPE, Played, Player, account, person, seed
from sandbox import Sandbox

POLICY: dict[str, Any] = {"scope_groups": [SCOPE], "attribute_mapping_prune": True, "license_defaults_default": "basic"}
BOB = "bob.stone@example.com"


def company(player: Player, *new: str, **zoom: Any) -> Sandbox:
    """Bob has left the scope, Ada is as she should be, and the others are new."""
    people = [person("ada.byron"), person("bob.stone"), *(person(name) for name in new)]
    given = seed(people, {"zoom-users": ["ada.byron", *new]}, [account("ada.byron"), account("bob.stone")], **zoom)
    return player.start(given, rate_limits=False)


def report(output: str) -> str:
    """What is printed behind the recap."""
    return output.partition("PLAY RECAP")[2]


def printed_command(output: str) -> str:
    return report(output).strip().split("\n")[-1].strip()


def run(player: Player, box: Sandbox, command: str, *options: str) -> str:
    """As somebody does who copies the line."""
    words = [str(Path(sys.executable).parent / "ansible-playbook"), *shlex.split(command)[1:], *options]
    settings = {"ANSIBLE_HOME": str(player.folder / "ansible"), "ANSIBLE_NOCOLOR": "1"}
    environment = {**os.environ, **box.environment(), **settings}
    done = subprocess.run(words, env=environment, cwd=player.folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tasks(played: Played) -> set[str]:
    return {task["task"] for task in played.tasks if task["status"] != "skipped"}


def test_the_printed_commands_make_what_was_previewed_and_undo_it(player: Player) -> None:
    box = company(player, "cleo.park")
    planned = player.play(box, POLICY, "--check", "--diff", inventory="halden,")
    assert "Removals that would be made (1)" in report(planned.output)
    assert "would make 2 changes, 1 of them a removal; 1 needs attention. To apply exactly this plan:" in report(planned.output)
    made = run(player, box, printed_command(planned.output))
    assert (box.zoom.find(BOB).status, box.zoom.find("cleo.park@example.com").status) == ("inactive", "active")
    assert "made 2 changes, 1 of them a removal; 1 needs attention. To undo it:" in report(made)
    undone = run(player, box, printed_command(made))
    assert box.zoom.find(BOB).status == "active"
    assert "halden: run " in report(undone)


def test_a_terminal_gets_no_task_that_only_repeats_the_report_and_awx_gets_one_event_for_each(player: Player) -> None:
    box = company(player)
    here = player.play(box, POLICY, "--check")
    there = player.play(box, {**POLICY, "awx_job_id": 4711}, "--check")
    only_there = {"Report each removal", "Report what was done", "Report where the plan is"}
    assert (only_there & tasks(here), only_there - tasks(there)) == (set(), set())
    assert f"{BOB}  active -> inactive  out of scope" in " ".join(report(here.output).split(" ")) and "To apply exactly" in report(
        here.output
    )
    assert BOB not in report(there.output) and "ansible-playbook" not in report(there.output)
    assert "would make 1 change, a removal; 1 needs attention." in report(there.output)
    facts = [task["result"]["ansible_facts"] for played in (here, there) for task in played.tasks if task["task"] == "Gather the results"]
    assert facts[0]["provisioning_summary"] == facts[1]["provisioning_summary"]


def test_with_the_plan_on_too_both_are_made_of_one_gathering(player: Player) -> None:
    folder = player.folder / "plan"
    env = {"ANSIBLE_CALLBACKS_ENABLED": "record,workspace_zoom.provisioning.provisioning_plan", "PROVISIONING_PLAN_DIR": str(folder)}
    played = player.play(company(player, "cleo.park"), POLICY, "--check", env=env)
    (tenant,) = json.loads((folder / "plan.json").read_text())["tenants"]
    assert (tenant["summary"]["changes"], tenant["summary"]["losses"], len(tenant["changes"])) == (2, 1, 2)
    assert "would make 2 changes, 1 of them a removal; 1 needs attention." in report(played.output)
    assert report(played.output).count(f"- {BOB}") == 1


def test_it_can_be_switched_off(player: Player) -> None:
    quiet = player.play(company(player), POLICY, "--check", env={"PROVISIONING_REPORT": "false"})
    assert (quiet.status, "Removals" in report(quiet.output), "t1: run" in report(quiet.output)) == (0, False, False)


def test_preflight_reports_by_itself(player: Player) -> None:
    assert "found nothing to change" not in player.play(company(player), POLICY, playbook="preflight").output


def test_a_new_account_is_a_line_of_the_diff_and_a_removal_says_why(player: Player) -> None:
    box = company(player, "cleo.park")
    short, full = (player.play(box, {**POLICY, **more}, "--check", "--diff") for more in ({}, {"provisioning_diff": "full"}))
    assert f"+ cleo.park@example.com: create (in scope through {SCOPE}): Cleo Park, basic" in short.output
    assert "+++ after: cleo.park@example.com" not in short.output and "+++ after: cleo.park@example.com" in full.output
    line = f"--- before: {BOB}: deactivate (out of scope)"
    assert line in short.output and line in full.output
    assert short.output.index(line) < short.output.index("+ cleo.park@example.com")


def test_a_failure_is_short_once_and_the_report_has_the_rest(player: Player) -> None:
    new = [f"new{number:02}.hire" for number in range(15)]
    box = company(player, *new, foreign_logins=[f"{name}@example.com" for name in new])
    failed = player.play(box, {**POLICY, "attribute_mapping_prune": False})
    assert failed.status != 0
    assert failed.failure.count("the account was not created") == 1
    assert " And 14 more; " in failed.failure and failed.failure.endswith(" has all of them.")
    told = report(failed.output)
    assert "Failed (15)" in told and told.count("the account was not created") == 1 and "The same for 14 more: " in told
