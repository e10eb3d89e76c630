# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module host as a process: modules as it forks them, what it keeps for them, and its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host import _child, _client
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host._protocol import (
    Call,
    Done,
    bind,
    connect,
    receive,
    send,
)

PACKAGE = "made.plugins"
# Where the collection is found: ansible-test, which runs this too, has no PYTHONPATH that leads there.
TREE = Path(_client.__file__).parents[6]
SERVE = f"""
import sys
sys.path[:0] = [sys.argv[1], {str(TREE)!r}]
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._module_host._server import main
main({PACKAGE!r}, sys.argv[3:])
"""
# What the host needs of module_utils, and modules that show what they are given.
FILES = {
    "module_utils/_frame/_module.py": "",
    "module_utils/_frame/_hold.py": "signs = []\nwatch = signs.append\n",
    "module_utils/_frame/_ahead.py": "events = []\nbegun_ahead = events.append\n",
    "module_utils/_transport/_shared_tokens.py": "keepers = []\nshare = keepers.append\n",
    "modules/shows.py": """
import json, os, random, sys
def main():
    files = sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}"))
    kinds = [os.readlink(f"/proc/self/fd/{file}").partition(":")[0] for file in files]
    print(json.dumps({
        "given": sys.stdin.read(), "cwd": os.getcwd(), "argv": len(sys.argv), "env": dict(os.environ), "kinds": kinds,
        "pid": os.getpid(), "random": random.random(), "session": os.getsid(0), "main": sys.modules["__main__"].__name__,
    }))
""",
    "modules/fails.py": "def main():\n    raise SystemExit('a sentence')\n",
    "modules/breaks.py": "def main():\n    print('half')\n    1 / 0\n",
    "modules/dies.py": "import os, signal\ndef main():\n    os.kill(os.getpid(), signal.SIGKILL)\n",
    "modules/notes.py": "import os, sys\ndef main():\n    print(os.getpid(), file=open(sys.stdin.read(), 'a'))\n",
    "modules/missing.py": "import no_such_library\n",
    "modules/gives.py": """
import json, sys
from ..module_utils._transport._shared_tokens import keepers
def main():
    asked = json.load(sys.stdin)
    if "token" in asked:
        keepers[-1].give(asked["key"], {"token": asked["token"]})
    print(json.dumps(keepers[-1].take(asked["key"])))
""",
    "modules/asks.py": """
import os, sys
from ..module_utils._frame._ahead import events
from ..module_utils._frame._hold import signs
def main():
    print(sys.stdin.read(), "begun", file=sys.stderr, flush=True)
    while events and not events[-1](0.02):
        if signs[-1]():
            print("nobody", flush=True)
            sys.exit(4)
    files = sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}"))
    print(os.getpid(), signs[-1](), *(os.readlink(f"/proc/self/fd/{file}").partition(":")[0] for file in files))
""",
    "modules/waits.py": """
import os, sys, time
from ..module_utils._frame._hold import signs
def main():
    print(os.getpid(), file=open(sys.stdin.read(), "w"))
    try:
        while not signs[-1]():
            time.sleep(0.01)
        time.sleep(5)
    except KeyboardInterrupt:
        sys.exit(3)
""",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A package of a few modules, and where its host listens."""
    for name, text in FILES.items():
        file = tmp_path.joinpath(*PACKAGE.split("."), name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "serve.py").write_text(SERVE)
    yield tmp_path / "host"


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Done | None]]:
    """As an action does, with this process in place of ansible-playbook, as nothing is forked between."""
    begun, popen = list[subprocess.Popen[bytes]](), subprocess.Popen

    def started(command: list[str], **given: Any) -> subprocess.Popen[bytes]:
        assert command[3] == "host"
        rest = [*command[3:5], str(os.getpid()), *command[6:]]
        begun.append(popen([sys.executable, "-P", command[2], str(place.parent), *rest], **given))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", started)

    def run(name: str, given: str = "", environment: Mapping[str, str] | None = None) -> Done | None:
        call = Call(name, str(place.parent), environment or os.environ)
        return _client.run(place, place.parent / "serve.py", call, given.encode())

    def ahead(name: str, given: str = "", environment: Mapping[str, str] | None = None) -> bool:
        call = Call(name, str(place.parent), environment or os.environ)
        return _client.begin(place, place.parent / "serve.py", call, given.encode())

    run.begun, run.ahead = begun, ahead  # type: ignore[attr-defined]
    yield run
    for host in begun:
        host.kill()
        host.wait()


def shown(done: Done | None) -> dict[str, Any]:
    assert done is not None
    assert (done.stderr, done.rc) == ("", 0)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_module_is_given_its_options_folder_and_environment_and_nothing_of_the_hosts(run: Any, place: Path) -> None:
    environment = {**os.environ, "ZOOM_CLIENT_SECRET": "of this task"}
    first, second = shown(run("shows", "options", environment)), shown(run("shows"))
    assert (first["given"], first["cwd"], first["argv"]) == ("options", str(place.parent), 1)
    assert first["env"] == environment
    assert "ZOOM_CLIENT_SECRET" not in second["env"] or second["env"] == dict(os.environ)
    assert first["kinds"][:3] == ["/memfd", "/memfd", "/memfd"]
    assert first["kinds"][3:] == ["socket", "socket"], "to who waits, and to the host"
    assert first["main"] == f"{PACKAGE}.modules.shows"
    assert first["session"] != os.getsid(0)
    assert len(run.begun) == 1


def test_each_module_is_a_process_of_its_own_that_draws_numbers_of_its_own(run: Any) -> None:
    found = [shown(run("shows")) for _time in range(3)]
    assert len({row["pid"] for row in found}) == len({row["random"] for row in found}) == 3


def test_a_module_that_fails_breaks_dies_or_misses_a_library_ends_as_one_that_was_started_anew(run: Any) -> None:
    assert run("fails") == Done("", "a sentence\n", 1)
    broken = run("breaks")
    assert (broken.stdout, broken.rc) == ("half\n", 1)
    assert broken.stderr.splitlines()[-1] == "ZeroDivisionError: division by zero"
    assert run("dies") == Done("", "", -signal.SIGKILL)
    assert "No module named 'no_such_library'" in run("missing").stderr
    assert shown(run("shows", "still there"))["given"] == "still there"


def test_a_token_that_a_module_gives_is_there_for_the_next_and_for_its_key_alone(run: Any) -> None:
    assert shown(run("gives", '{"key": "a"}')) == {}
    assert shown(run("gives", '{"key": "a", "token": "t"}')) == {"token": "t"}
    assert shown(run("gives", '{"key": "a"}')) == {"token": "t"}
    assert shown(run("gives", '{"key": "b"}')) == {}


def test_a_host_runs_nothing_with_an_environment_that_it_was_not_started_with(run: Any) -> None:
    assert run("shows", "", {**os.environ, "PYTHONPATH": "/elsewhere"}) is None
    assert run.begun == []


def test_a_name_that_is_no_module_is_not_begun(run: Any, place: Path) -> None:
    """Nor is a token handed to who asks by the line on which modules are begun."""
    assert shown(run("gives", '{"key": "a", "token": "t"}'))
    for message in ({"name": "../x", "cwd": "/", "environment": dict(os.environ)}, {"take": "a"}):
        with socket.socket(socket.AF_UNIX) as line:
            connect(line, place)
            assert receive(line)[0] == {"ready": True}
            send(line, message, (0, 1, 2))
            assert receive(line)[0] == {"refused": True}
    assert shown(run("shows", "still there"))["given"] == "still there"


def test_where_a_host_has_ended_or_never_began_nothing_is_begun(run: Any, place: Path) -> None:
    assert run("shows")
    run.begun[0].kill()
    run.begun[0].wait()
    assert run("shows") is None
    place.unlink()
    (place.parent / "serve.py").write_text("raise SystemExit(1)")
    assert run("shows") is None


def test_a_module_that_the_host_can_not_follow_is_begun_by_nobody_but_who_is_told_so(run: Any, place: Path) -> None:
    """Such as where too many files are open. Whoever is refused begins it by itself, and two would write."""
    serve = place.parent / "serve.py"
    fails = "import os\nreal = os.pidfd_open\ncalls = []\ndef once(pid):\n    calls.append(pid)\n    if len(calls) == 2:\n"
    serve.write_text(f"{fails}        raise OSError(24, 'too many')\n    return real(pid)\nos.pidfd_open = once\n{serve.read_text()}")
    note = place.parent / "note"
    assert run("notes", str(note)) is None
    assert shown(run("shows", "still there"))["given"] == "still there"
    children = Path(f"/proc/{run.begun[0].pid}/task/{run.begun[0].pid}/children")
    assert wait_for(lambda: children.read_text() == "")
    assert not note.exists()


def test_a_host_outlives_more_lines_than_it_can_hold(run: Any, place: Path) -> None:
    serve = place.parent / "serve.py"
    serve.write_text(f"import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))\n{serve.read_text()}")
    assert shown(run("shows"))
    lines = [socket.socket(socket.AF_UNIX) for _line in range(30)]
    for line in lines:
        connect(line, place)
    time.sleep(0.2)
    for line in lines:
        line.close()
    assert shown(run("shows", "still there"))["given"] == "still there"
    assert len(run.begun) == 1


def test_where_no_file_can_be_had_in_memory_nothing_is_begun(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the kernel is told to refuse those that could be executed."""

    def refused(_name: str) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "memfd_create", refused)
    assert run("shows") is None
    assert run.begun == []


def test_a_late_answer_is_not_taken_for_that_to_the_next_question() -> None:
    """It would send the token of one side to the other."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        tokens = _child.Tokens(theirs)
        theirs.settimeout(0.05)
        assert tokens.take("zoom") == {}
        with suppress(OSError):
            send(ours, {"token": "of Zoom"})
        assert tokens.take("google") == {}
        tokens.give("google", {"token": "of Google"})


def begin(run: Any, place: Path) -> tuple[int, int]:
    """A process that waits for a module, as Ansible's worker does, and the module."""
    note = place.parent / "pid"
    assert run("shows")
    waiting = os.fork()
    if waiting == 0:
        run("waits", str(note))
        os._exit(0)
    while not (note.exists() and note.read_text().strip()):
        time.sleep(0.01)
    return waiting, int(note.read_text())


def children(run: Any) -> list[str]:
    pid = run.begun[0].pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_what_is_begun_ahead_is_found_by_the_same_call_alone_and_once(run: Any) -> None:
    assert run.ahead("asks", "a")
    assert not run.ahead("asks", "a"), "nobody would find the second"
    (pid,) = children(run)
    other = run("asks", "b")
    assert other.stdout.split()[0] != pid
    changed = run("asks", "a", {**os.environ, "ZOOM_CLIENT_SECRET": "of this task"})
    assert changed.stdout.split()[0] != pid
    found = run("asks", "a")
    assert (found.stdout.split()[0], found.stderr, found.rc) == (pid, "a begun\n", 0)
    again = run("asks", "a")
    assert again.stdout.split()[0] != pid
    assert wait_for(lambda: children(run) == [])


def test_what_is_begun_ahead_holds_nothing_of_the_hosts_and_is_held_by_its_task(run: Any) -> None:
    assert run.ahead("asks", "a")
    assert run.ahead("asks", "b")
    found = run("asks", "b")
    _pid, is_gone, *kinds = found.stdout.split()
    assert is_gone == "False"
    assert kinds == ["/memfd", "/memfd", "/memfd", "socket", "socket", "anon_inode"]


def test_what_ended_before_its_task_was_there_is_told_all_the_same(run: Any) -> None:
    """Whatever became of it."""
    for name in ("fails", "breaks", "dies"):
        assert run.ahead(name)
    assert wait_for(lambda: children(run) == [])
    assert run("fails") == Done("", "a sentence\n", 1)
    assert (run("breaks").stdout, run("dies")) == ("half\n", Done("", "", -signal.SIGKILL))


def test_what_nobody_asks_for_ends_with_its_host(run: Any) -> None:
    assert run.ahead("asks", "a")
    (pid,) = children(run)
    run.begun[0].kill()
    run.begun[0].wait()
    assert wait_for(lambda: not is_there(int(pid)))
    assert not run.ahead("asks", "a"), "there is no host any more"


def test_a_task_that_is_ended_while_it_waits_for_what_was_begun_ahead_ends_it(run: Any, place: Path) -> None:
    note = place.parent / "pid"
    assert run.ahead("waits", str(note))
    assert wait_for(lambda: note.exists() and bool(note.read_text().strip()))
    waiting = os.fork()
    if waiting == 0:
        run("waits", str(note))
        os._exit(0)
    time.sleep(0.1)
    assert is_there(int(note.read_text())), "it has not gone with the task that began it"
    os.kill(waiting, signal.SIGKILL)
    os.waitpid(waiting, 0)
    assert wait_for(lambda: not is_there(int(note.read_text())))
    assert shown(run("shows", "still there"))["given"] == "still there"


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 4
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def test_a_module_that_nobody_waits_for_any_more_is_told_as_by_ctrl_c(run: Any, place: Path) -> None:
    waiting, module = begin(run, place)
    os.kill(waiting, signal.SIGKILL)
    os.waitpid(waiting, 0)
    assert wait_for(lambda: not is_there(module))
    assert shown(run("shows", "still there"))["given"] == "still there"


def test_ctrl_c_in_a_terminal_reaches_neither_host_nor_module(run: Any, place: Path) -> None:
    """What is told the module, and when, is for the worker that waits for it."""
    assert run("shows")
    os.kill(run.begun[0].pid, signal.SIGINT)
    assert shown(run("shows", "still there"))["given"] == "still there"
    assert os.getsid(run.begun[0].pid) == run.begun[0].pid


def test_a_host_holds_none_of_the_runs_files(run: Any) -> None:
    assert run("shows")
    files = {os.readlink(path) for path in Path(f"/proc/{run.begun[0].pid}/fd").iterdir()}
    assert {file.partition(":")[0] for file in files} <= {"/dev/null", "socket", "anon_inode"}


def test_a_host_ends_with_the_process_that_it_is_for(place: Path) -> None:
    main = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with socket.socket(socket.AF_UNIX) as listener:
        bind(listener, place)
        listener.listen(1)
        command = [sys.executable, "-P", str(place.parent / "serve.py"), str(place.parent), "host", str(listener.fileno())]
        host = subprocess.Popen([*command, str(main.pid), str(place)], pass_fds=[listener.fileno()])
    with socket.socket(socket.AF_UNIX) as line:
        connect(line, place)
        assert receive(line)[0] == {"ready": True}
    main.kill()
    main.wait()
    assert host.wait(4) == 0
    assert not place.exists()
