# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C and SIGTERM in a real run of site.yml, in a terminal and in a pipe; what it shows until then."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from busy_night import applied, end, open_intents
from playing import SCOPE, Player, person, seed
from sandbox import Sandbox
from test_sigkill import evening

pytestmark = pytest.mark.usefixtures("fast")
SITE = "workspace_zoom.provisioning.site"  # by its name: the other tests play it by its path
PEOPLE = 150
PLAN = "workspace_zoom.provisioning.provisioning_plan"
HOW_FAR = re.compile(r"Interrupted: (?:\d+ of \d+ [A-Za-z ]+(?:, | and )?)+, nothing is half-done\. Run again to go on\.")


@dataclass
class Stopped:
    """`after`: writes that were sent after it had ended. `modules`: processes of its own that were left then."""

    status: int
    output: str
    after: int
    left: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join(self.output.split())


@contextmanager
def signalled(box: Sandbox, when: Callable[[], bool], send: Callable[[], None]) -> Iterator[None]:
    """Once, as soon as the ledger says so, before that answer leaves."""
    close, sent = box.ledger.close, list[int]()

    def closing(*of_it: Any) -> None:
        close(*of_it)
        if not sent and when():
            sent.append(1)
            send()

    box.ledger.close = closing  # type: ignore[method-assign]
    try:
        yield
    finally:
        box.ledger.close = close  # type: ignore[method-assign]
    assert sent, "the run was over before"


def play(
    player: Player,
    box: Sandbox,
    given: Mapping[str, Any],
    when: Callable[[], bool],
    send: Callable[[int], None],
    *options: str,
    terminal: bool = False,
    **env: str,
) -> Stopped:
    """A run as the leader of a group of its own, which is sent a signal."""
    path = player.folder / "interrupted.json"
    path.write_text(json.dumps(given))
    environment = {**os.environ, **box.environment(), "ANSIBLE_HOME": str(player.folder / "ansible"), "ANSIBLE_NOCOLOR": "1", **env}
    command = [str(Path(sys.executable).parent / "ansible-playbook"), SITE, "-i", "company,", "-e", f"@{path}", *options]
    master, slave = pty.openpty() if terminal else os.pipe()
    running: list[subprocess.Popen[bytes]] = []
    with signalled(box, when, lambda: send(running[0].pid)):
        stdin = slave if terminal else subprocess.DEVNULL
        running.append(
            subprocess.Popen(command, env=environment, cwd=player.folder, stdin=stdin, stdout=slave, stderr=slave, start_new_session=True)
        )
        os.close(slave)
        text = b"".join(_all_of(master))
        status = running[0].wait(120)
    writes = len(box.ledger.writes())
    time.sleep(0.5)
    return Stopped(status, text.decode(), len(box.ledger.writes()) - writes, _of_group(running[0].pid))


def _all_of(handle: int) -> Iterator[bytes]:
    """Until everybody has closed the other end, which a terminal tells by an error."""
    with os.fdopen(handle, "rb", buffering=0) as file:
        while True:
            try:
                some = file.read(65536)
            except OSError:
                return
            if not some:
                return
            yield some


def _of_group(leader: int) -> list[str]:
    """Commands of the session that are still there."""
    done = subprocess.run(["ps", "-o", "args=", "-g", str(leader)], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def to_group(pid: int) -> None:
    """As a terminal sends its Ctrl-C."""
    os.killpg(pid, signal.SIGINT)


def screen(output: str) -> list[str]:
    """The lines of a terminal as they are in the end, and each state that a renewed one had."""
    return [re.sub(r" *\x08*$", "", state) for line in output.split("\r\n") for state in line.split("\r")]


def test_a_ctrl_c_ends_a_run_cleanly_and_the_next_one_goes_on(player: Player, record_property: Callable[[str, object], None]) -> None:
    with evening(player) as (found, given, finish):
        box, state = found.box, Path(given["provisioning_state_dir"])
        box.switches["latency_ms"] = 150
        env = {"TERM": "xterm", "ANSIBLE_CALLBACKS_ENABLED": PLAN, "PROVISIONING_PLAN_DIR": str(player.folder / "plan")}
        stopped = play(player, box, given, lambda: len(box.ledger.writes()) >= 25, to_group, terminal=True, **env)
        box.switches["latency_ms"] = 0
        assert (stopped.status, stopped.after, stopped.left) == (2, 0, []), stopped.output
        first = box.ledger.writes()
        assert 25 <= len(first) <= 25 + 25, "what was under way"
        assert open_intents(state / "journal") == []
        assert list(state.glob("run.lock*")) == []
        assert "Press Ctrl-C again to stop at once." in stopped.words
        assert f"company: {HOW_FAR.search(stopped.words).group()}" in stopped.words  # type: ignore[union-attr]
        assert "Traceback" not in stopped.output
        (tenant,) = json.loads((player.folder / "plan" / "plan.json").read_text())["tenants"]
        assert (tenant["error"].startswith("Interrupted: "), len(tenant["changes"]) >= 15) == (True, True), tenant
        lines = screen(stopped.output)
        shown = [line for line in lines if re.match(r"company: [a-z ]+accounts, \d+ of \d+", line)]
        assert shown, lines
        assert all(len(line) < 80 for line in shown)
        torn = [line for line in lines if re.search(r"\S(TASK \[|PLAY |ok: \[|fatal: )", line) or re.search(r"company: .*(TASK|ok:)", line)]
        assert torn == [], "what others print begins at the start of a line"
        again = player.play(box, given)
        assert again.status == 0, again.output
        assert end(box) == finish
        twice = applied(box.ledger.writes())
        assert max(twice.values()) == 1, twice.most_common(3)
    record_property("runs interrupted and finished by the next one", 1)


@pytest.fixture
def company(player: Player) -> tuple[Sandbox, dict[str, Any]]:
    people = [person(f"p{number}.x") for number in range(PEOPLE)]
    box = player.start(seed(people, {"zoom-users": [one["email"] for one in people]}, []))
    return box, {"scope_groups": [SCOPE], "provisioning_state_dir": str(player.folder / "state")}


def test_sigterm_while_reading_changes_nothing(player: Player, company: tuple[Sandbox, dict[str, Any]]) -> None:
    """As a CI sends it, to ansible-playbook alone."""
    box, given = company
    box.switches["latency_ms"] = 700
    stopped = play(
        player,
        box,
        given,
        lambda: any(row["side"] == "google" and "/members" in row["path"] for row in box.ledger.reads()),
        lambda pid: os.kill(pid, signal.SIGTERM),
    )
    assert (stopped.status, stopped.after, stopped.left, box.ledger.writes()) == (2, 0, [], []), stopped.output
    assert "company: Interrupted while it was reading: this task changed nothing. Run again to go on." in stopped.words
    assert not list((player.folder / "state").glob("run.lock*"))


def test_a_second_signal_ends_it_at_once_as_ansible_does_and_a_pipe_gets_plain_lines(
    player: Player, company: tuple[Sandbox, dict[str, Any]]
) -> None:
    box, given = company
    box.switches["latency_ms"] = 600

    def twice(pid: int) -> None:
        to_group(pid)
        threading.Timer(0.3, to_group, [pid]).start()

    stopped = play(player, box, given, lambda: len(box.ledger.writes()) >= 10, twice, PROVISIONING_PROGRESS_INTERVAL="1")
    assert stopped.status == 99, stopped.output
    assert "User interrupted execution" in stopped.output
    assert re.search(rf"^company: creating accounts, \d+ of {PEOPLE}", stopped.output, re.MULTILINE), stopped.output
    assert "\r" not in stopped.output
    assert len(box.ledger.writes()) + stopped.after < PEOPLE, "the rest was left"


def test_where_it_is_switched_off_nothing_is_shown_and_a_signal_does_what_it_does_elsewhere(
    player: Player, company: tuple[Sandbox, dict[str, Any]]
) -> None:
    box, given = company
    box.switches["latency_ms"] = 300
    stopped = play(
        player,
        box,
        given,
        lambda: len(box.ledger.writes()) >= 10,
        to_group,
        PROVISIONING_PROGRESS="false",
        PROVISIONING_REPORT="false",
        PROVISIONING_PROGRESS_INTERVAL="1",
    )
    assert stopped.status == 99, stopped.output
    assert "company: " not in stopped.output
    assert "Press Ctrl-C again" not in stopped.output
