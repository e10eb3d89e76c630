# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook site.yml, killed by SIGKILL at drawn moments: the next one takes the lock over and brings the rest to its end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from busy_night import End, Night, applied, end, night, open_intents
from playing import ROOT, Player
from stateful.site import ACCOUNTS, LICENSES
from tiers import more

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]

KILLS = more(1, 20)
REQUESTS = 210  # about as many has one run alone
LIMITS = {"license_max_removals": "license_defaults_max_removals", "group_max_removals": "group_mapping_max_removals"}


def variables(policy: Mapping[str, Any], state: Path) -> dict[str, Any]:
    """The policy as roles take it."""
    found = {name: value for name, value in policy.items() if name.startswith("scope_")}
    found.update({f"attribute_mapping_{name}": policy[name] for name in ACCOUNTS})
    found.update({f"license_defaults_{name}": policy[name] for name in LICENSES})
    found.update({role_name: policy[name] for name, role_name in LIMITS.items()}, group_mapping_groups=policy["groups"])
    return {**found, "provisioning_state_dir": str(state)}


@contextmanager
def evening(player: Player) -> Iterator[tuple[Night, dict[str, Any], End]]:
    """With the variables of the night, and how an unbroken run ends."""
    with night() as found, found.site() as site:
        found.again()
        given = variables(site.policy, site.folder)
        with found.site() as other:
            assert other.run(check=False).stopped == ""
            finish = end(found.box)
        found.again()
        yield found, given, finish


def start(player: Player, found: Night, given: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """As the leader of a group of its own."""
    path = player.folder / "killed.json"
    path.write_text(json.dumps(given))
    environment = {**os.environ, **found.box.environment(), "ANSIBLE_HOME": str(player.folder / "ansible"), "ANSIBLE_NOCOLOR": "1"}
    command = [str(Path(sys.executable).parent / "ansible-playbook"), str(ROOT / "playbooks" / "site.yml"), "-i", "t1,", "-e", f"@{path}"]
    with (player.folder / "killed.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, cwd=player.folder, stdout=log, stderr=log, start_new_session=True)


def kill_at(
    player: Player, found: Night, given: Mapping[str, Any], number: int, kill: Callable[[int], None], *, writes: bool = False
) -> None:
    """At the so-many-th request, or write, before its answer leaves."""
    close, seen, killed, running = found.box.ledger.close, list[int](), list[int](), list[subprocess.Popen[bytes]]()

    def closing(*of_it: Any) -> None:
        close(*of_it)
        seen.append(len(found.box.ledger.writes()) if writes else len(seen) + 1)
        if seen[-1] >= number and not killed:
            killed.append(running[0].pid)
            kill(running[0].pid)

    found.box.ledger.close = closing  # type: ignore[method-assign]
    try:
        running.append(start(player, found, given))
        status = running[0].wait(240)
    finally:
        found.box.ledger.close = close  # type: ignore[method-assign]
    assert status == -signal.SIGKILL, ((player.folder / "killed.log").read_text()[-3000:], len(seen))


def of_group(pid: int) -> None:
    os.killpg(pid, signal.SIGKILL)


def alone(pid: int) -> None:
    """Its workers and the module that works are told nothing."""
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_playbook_killed_at_a_drawn_moment_is_finished_by_the_next_one(
    player: Player, seed: int, record_property: Callable[[str, object], None]
) -> None:
    quarter = more(seed * 2 + 1, seed) % 4  # of the run: in the second and in the last it writes
    number = random.Random(seed).randint(1 + quarter * REQUESTS // 4, (quarter + 1) * REQUESTS // 4)
    with evening(player) as (found, given, finish):
        kill_at(player, found, given, number, alone if seed % 2 else of_group)
        again = player.play(found.box, given)
        assert again.status == 0, again.output
        assert "ended without releasing the lock, so this run took it over" in " ".join(again.output.split())
        assert end(found.box) == finish
        twice = applied(found.box.ledger.writes())
        assert max(twice.values()) == 1, twice.most_common(3)
        assert open_intents(Path(given["provisioning_state_dir"]) / "journal") == []
        assert not list(Path(given["provisioning_state_dir"]).glob("run.lock*"))
    record_property("playbooks killed by SIGKILL and finished by the next one", 1)


def test_a_module_whose_playbook_was_killed_stops_before_its_next_write(player: Player) -> None:
    """It would write beside the next run; what is on its way comes to its end."""
    with evening(player) as (found, given, _finish):
        kill_at(player, found, given, 20, alone, writes=True)
        at_once = len(found.box.ledger.writes())
        time.sleep(3)
        writes = found.box.ledger.writes()
        assert 0 < at_once <= len(writes) <= at_once + 16, "as many as are sent side by side"
        memory = json.loads((Path(given["provisioning_state_dir"]) / "memory.jsonl").read_text().splitlines()[0])
        assert memory["run_id"] == "run1", "nothing was remembered by a run that was over"
