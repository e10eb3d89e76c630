# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock of a state folder: who holds it, what is stale, and that of many who want it one has it."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _lock, _process
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._hold import Hold, Orphaned
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._lock import (
    STALE_AFTER,
    Lock,
    new_lock,
    read_lock,
    release,
    take,
    wait_and_take,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "run.lock"


@contextmanager
def process() -> Iterator[int]:
    """Another one, which is gone in the end."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        yield child.pid
    finally:
        child.communicate(b"\n")


def gone() -> int:
    with process() as pid:
        return pid


def lock(run: str = "r1", pid: int | None = None, host: str = "t1") -> Lock:
    return new_lock(run, host, os.getpid() if pid is None else pid)


def of_another_machine(run: str = "far") -> Lock:
    return replace(lock(run), host="far", boot="another")


def older(path: Path, seconds: float) -> None:
    touched = path.stat().st_mtime - seconds
    os.utime(path, (touched, touched))


def test_a_lock_is_private_says_who_holds_it_and_leaves_nothing_behind(path: Path) -> None:
    mine = lock()
    assert take(path, mine) is None
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert read_lock(path) == mine
    assert mine.holder.startswith(f"run r1, of {_process.user()} on {mine.host}, process {os.getpid()}, since 20")
    assert [one.name for one in path.parent.iterdir()] == ["run.lock"]
    assert release(path, mine)
    assert list(path.parent.iterdir()) == []
    assert not release(path, mine)


def test_a_run_that_works_is_not_disturbed(path: Path) -> None:
    with process() as pid:
        first = lock(pid=pid)
        assert take(path, first) is None
        older(path, 10 * STALE_AFTER)  # its process is there: it may be busy with whatever
        assert take(path, lock("r2")) == first
        with pytest.raises(PolicyError, match=rf"t1: another run is working on it \(run r1, of .*, process {pid}, since .*remove {path}\."):
            wait_and_take(path, lock("r2"), 0)
        assert not release(path, lock("r2"))
        assert read_lock(path) == first


def test_a_lock_whose_process_is_gone_or_is_another_one_by_now_is_taken_over(path: Path) -> None:
    assert take(path, lock(pid=gone())) is None
    with process() as pid:
        assert take(path, replace(lock("r2", pid), started="1")) is None
    with process() as pid:
        assert take(path, replace(lock("r3", pid), started="1")) is None
        mine = lock("r4")
        assert take(path, mine) is None
    assert read_lock(path) == mine
    assert [one.name for one in path.parent.iterdir()] == ["run.lock"]


def test_a_lock_of_another_machine_is_stale_once_it_was_not_renewed_for_a_quarter_of_an_hour(path: Path) -> None:
    far = of_another_machine()
    assert take(path, far) is None
    older(path, STALE_AFTER - 30)
    assert take(path, lock()) == far
    _lock.touch(path)
    older(path, STALE_AFTER - 30)
    assert take(path, lock()) == far
    older(path, 31)
    assert take(path, lock()) is None


def test_the_age_of_a_lock_is_told_by_the_clock_of_the_file_server_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = of_another_machine()
    assert take(path, far) is None
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert take(path, lock()) == far


def test_an_earlier_play_of_the_same_process_is_over_but_one_for_another_host_is_not(path: Path) -> None:
    first = lock()
    assert take(path, first) is None
    assert take(path, lock("r2", host="t2")) == first
    assert take(path, lock("r2")) is None


def test_a_lock_that_can_not_be_read_is_somebodys_until_it_is_old(path: Path) -> None:
    path.parent.mkdir()
    whole = json.dumps(asdict(lock()))
    odd = (whole.replace(f'"pid": {os.getpid()}', f'"pid": {number}') for number in ("1e400", "10" * 9, "-1", "[" * 99999 + "]" * 99999))
    for text in ("", "{", "[]", '{"id": "../../x"}', '{"id": 1, "pid": "x"}', *odd):
        path.write_text(text)
        held = take(path, lock())
        assert held and held.holder == "it can't be read by whom"
        older(path, STALE_AFTER + 1)
        assert take(path, lock()) is None
        path.unlink()


def test_what_killed_runs_left_is_removed_once_it_is_old(path: Path) -> None:
    path.parent.mkdir()
    old, new = path.with_name(".run.lock.old"), path.with_name(".run.lock.new")
    old.touch()
    new.touch()
    older(old, STALE_AFTER + 1)
    assert take(path, lock()) is None
    assert (old.exists(), new.exists()) == (False, True)


def test_a_machine_that_gets_another_name_is_still_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(path, lock())
    hold = Hold(str(path), "r1")
    monkeypatch.setattr(_process.socket, "gethostname", lambda: "laptop.of.another.network")
    hold.check()
    assert take(path, lock("r2", host="t2")) is not None


def test_a_lock_says_since_when_it_is_held_not_since_when_it_was_wanted(path: Path) -> None:
    mine = replace(lock(), since="2026-11-27T08:00:00+00:00")
    wait_and_take(path, mine, 0)
    found = read_lock(path)
    assert found and found.since > mine.since


def test_a_run_waits_for_another_one_as_long_as_it_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with process() as pid:
        first = lock(pid=pid)
        assert take(path, first) is None
        slept = list[float]()

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                release(path, first)

        monkeypatch.setattr(_lock.time, "sleep", sleep)
        assert wait_and_take(path, lock("r2"), 60)
        assert len(slept) == 3


def test_who_stopped_while_taking_over_is_taken_over_too(path: Path) -> None:
    """The stale lock has an end, which was linked and not carried out; its process is gone as well."""
    stale, stopped, mine = lock(pid=gone()), lock("r2", gone()), lock("r3")
    assert take(path, stale) is None
    end = path.with_name(f"run.lock.{stale.id}.ended")
    with _lock._private(path, stopped) as private:
        os.link(private, end)
    assert take(path, mine) is None
    assert read_lock(path) == mine
    assert [one.name for one in path.parent.iterdir()] == ["run.lock"]


def test_who_takes_over_at_this_moment_is_the_one_that_works(path: Path) -> None:
    stale, faster = lock(pid=gone()), of_another_machine()
    assert take(path, stale) is None
    with _lock._private(path, faster) as private:
        os.link(private, path.with_name(f"run.lock.{stale.id}.ended"))
    assert take(path, lock()) == faster


def test_who_stopped_while_releasing_is_taken_over(path: Path) -> None:
    with process() as pid:
        first = lock(pid=pid)
        assert take(path, first) is None
        with mock.patch.object(_lock, "_unlink", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            release(path, first)
        assert read_lock(path) == first
    mine = lock("r2")
    assert take(path, mine) is None
    assert read_lock(path) == mine


def test_who_was_slow_to_take_over_does_not_end_the_lock_that_came_after(path: Path) -> None:
    stale, faster, slow = lock(pid=gone()), lock("r2"), lock("r3")
    assert take(path, stale) is None
    real = _lock._take_over

    def late(*given: Any) -> None:
        with mock.patch.object(_lock, "_take_over", real):
            assert take(path, faster) is None
        real(*given)

    with mock.patch.object(_lock, "_take_over", late), mock.patch.object(Lock, "is_same_work", lambda *_both: False):
        assert take(path, slow) == faster
    assert read_lock(path) == faster
    assert [one.name for one in path.parent.iterdir()] == ["run.lock"]


def _contend(path: str, run: str, rounds: int) -> None:
    """In a process of its own: holds the lock again and again, alone, and dies with it in the end."""
    place, marker = Path(path), Path(path).with_name("alone")
    mine = new_lock(run, "t1", os.getpid())
    for _round in range(rounds):
        while take(place, mine):
            pass
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
        marker.unlink()
        release(place, mine)
        mine = new_lock(run, "t1", os.getpid())
    while take(place, mine):
        pass
    os._exit(0)


def test_of_many_who_want_it_one_has_it_at_a_time(path: Path) -> None:
    """Each of them dies with the lock held, so that the others take it over."""
    path.parent.mkdir()
    context = get_context("fork")
    workers = [context.Process(target=_contend, args=(str(path), f"r{number}", 25)) for number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 6
    assert [one.name for one in path.parent.iterdir() if not one.name.endswith(".ended")] == ["run.lock"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_without_links_a_lock_is_taken_by_one_too(path: Path, number: int) -> None:
    with process() as pid, mock.patch.object(os, "link", side_effect=OSError(number, "no links")):
        first = lock(pid=pid)
        assert take(path, first) is None
        assert take(path, lock("r2")) == first
        assert release(path, first)
        assert take(path, lock("r2")) is None


def test_a_link_whose_answer_was_lost_counts(path: Path) -> None:
    """As over NFS, where the request is sent again."""
    link = os.link

    def twice(source: Any, target: Any) -> None:
        link(source, target)
        link(source, target)

    mine = lock()
    with mock.patch.object(os, "link", twice):
        assert take(path, mine) is None
    assert read_lock(path) == mine


@pytest.mark.parametrize("call", ["mkstemp", "link"])
def test_a_folder_that_can_not_be_used_is_named(path: Path, call: str) -> None:
    where = _lock.tempfile if call == "mkstemp" else os
    with mock.patch.object(where, call, side_effect=OSError(errno.EROFS, "Read-only file system")), pytest.raises(PolicyError) as refused:
        take(path, lock())
    assert str(refused.value) == (
        f"The lock {path} can't be used: Read-only file system; check provisioning_state_dir and who may write to it."
    )


def test_a_lock_that_nobody_may_read_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(PolicyError, match=r"The lock .*run\.lock can't be used: Is a directory"):
        read_lock(path)


def test_a_link_in_the_place_of_a_lock_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("nothing")
    with pytest.raises(PolicyError, match=r"The lock .*run\.lock can't be used: It is a link to nothing; check provisioning_state_dir"):
        take(path, lock())


# Processes


def test_a_killed_process_that_nobody_has_fetched_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    start = _process.started(child.pid)
    assert _process.is_same(child.pid, start)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not _process.is_same(child.pid, start)
    child.communicate()


def test_a_process_that_can_not_be_looked_at_may_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_process, "_read", lambda _path: "")
    assert _process.started(os.getpid()) == "unknown"
    assert _process.is_same(os.getpid(), "12345")
    monkeypatch.setattr(os, "kill", mock.Mock(side_effect=PermissionError))
    assert _process.is_same(os.getpid(), "12345")


def test_without_proc_processes_are_told_apart_by_ps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_process, "_PROC", tmp_path)
    assert _process.machine()["boot"] == _process.machine()["namespace"] == ""
    start, asked = "Fri Nov 27 08:00:00 2026", mock.Mock(return_value=mock.Mock(stdout="Fri Nov 27 08:00:00 2026\n"))
    monkeypatch.setattr(subprocess, "run", asked)
    assert _process.started(os.getpid()) == start
    # in the time zone and language of whoever asks, a cron job's answer would be another than a shell's
    assert asked.call_args.kwargs["env"].items() >= {"TZ": "UTC0", "LC_ALL": "C"}.items()
    monkeypatch.setattr(subprocess, "run", mock.Mock(side_effect=FileNotFoundError))
    assert _process.started(os.getpid()) == "unknown"


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_process.getpass, "getuser", mock.Mock(side_effect=KeyError))
    assert _process.user() == f"uid {os.getuid()}"


# What a module may still write


def test_a_module_writes_while_its_run_holds_the_lock(path: Path) -> None:
    take(path, lock())
    hold = Hold(str(path), "r1")
    hold.check()
    with hold.kept():
        hold.check()


def test_a_module_whose_run_ended_writes_nothing_more(path: Path) -> None:
    with process() as pid:
        take(path, lock(pid=pid))
        hold = Hold(str(path), "r1")
        hold.check()
    with pytest.raises(Orphaned, match=r"is not held by this run \(r1\) any more \(run r1, of .*\), so nothing more was written"):
        hold.check()


def test_a_module_whose_lock_was_taken_over_or_removed_writes_nothing_more(path: Path) -> None:
    take(path, lock())
    hold = Hold(str(path), "r1")
    take(path, lock("r2"))
    with pytest.raises(Orphaned, match="any more \\(run r2"):
        hold.check()
    path.unlink()
    with pytest.raises(Orphaned, match=r"The lock .* of this run is gone, so nothing more was written"), hold.kept():
        pass


def test_a_module_whose_parent_ended_writes_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    hold = Hold(None, None)
    with hold.kept():
        hold.check()
    monkeypatch.setattr(os, "getppid", lambda: 1)
    with pytest.raises(Orphaned, match="The process that started this task has ended while this task was working"):
        hold.check()


def test_a_module_renews_the_lock_while_it_works(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._hold.TOUCH_EVERY", 0.01)
    take(path, lock())
    with Hold(str(path), "r1").kept():
        for _round in range(2):
            older(path, 1000)
            before, until = path.stat().st_mtime, time.monotonic() + 10
            while path.stat().st_mtime < before + 900 and time.monotonic() < until:
                time.sleep(0.01)
            assert path.stat().st_mtime > before + 900


def test_a_lock_that_can_not_be_read_for_a_moment_is_renewed_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_module = "ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._hold"
    touched, real, failing = list[Path](), Hold.check, iter([False, True, True])
    monkeypatch.setattr(f"{hold_module}.TOUCH_EVERY", 0.01)
    monkeypatch.setattr(f"{hold_module}.touch", touched.append)

    def check(hold: Hold) -> None:
        if next(failing, False):
            raise PolicyError("Stale file handle")
        real(hold)

    monkeypatch.setattr(Hold, "check", check)
    take(path, lock())
    with Hold(str(path), "r1").kept():
        until = time.monotonic() + 10
        while len(touched) < 4 and time.monotonic() < until:
            time.sleep(0.01)
    assert len(touched) >= 4


def test_a_module_does_not_renew_the_lock_of_another_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched = list[Path]()
    hold_module = "ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._hold"
    monkeypatch.setattr(f"{hold_module}.TOUCH_EVERY", 0.01)
    monkeypatch.setattr(f"{hold_module}.touch", touched.append)
    take(path, lock())
    with Hold(str(path), "r1").kept():
        take(path, lock("r2"))
        time.sleep(0.05)
        before = len(touched)
        time.sleep(0.05)
        assert len(touched) == before
