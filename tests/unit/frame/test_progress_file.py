# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module writes about where it is, and how the callback finds it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame import _progress
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._module import Run
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._progress import PROGRESS, Progress
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._stop import READING, STOP, Interrupted, Stop
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run._policy_validate import validate
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._run._run_lock import run_lock
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._progress import _paths
from ansible_collections.workspace_zoom.provisioning.plugins.plugin_utils._progress._paths import (
    FOLDER,
    State,
    forget_progress,
    progress_file,
    read_progress,
)


@pytest.fixture
def progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Progress:
    """That of a module of the host t1, without waiting between two lines."""
    monkeypatch.setattr(_progress, "_EVERY", 0.0)
    return Progress(progress_file({FOLDER: str(tmp_path)}, "t1", "zoom_scim_users")[PROGRESS])


def test_both_sides_call_the_files_by_the_same_names() -> None:
    assert (_paths.FILE, _paths.STOP) == (PROGRESS, STOP)


def test_what_a_module_writes_is_what_is_read(tmp_path: Path, progress: Progress) -> None:
    assert read_progress(tmp_path, "t1") is None
    progress.begin("creating accounts", 10_000)
    assert read_progress(tmp_path, "t1") == State("creating accounts", 0, 10_000)
    progress.step(4120)
    assert read_progress(tmp_path, "t1") == State("creating accounts", 4120, 10_000)
    progress.begin("setting licences", 3)
    assert read_progress(tmp_path, "t1") == State("setting licences", 0, 3), "nothing of a longer line is left"
    assert read_progress(tmp_path, "t2") is None
    (path,) = tmp_path.iterdir()
    assert (path.stat().st_mode & 0o777, "t1" in path.name) == (0o600, False)
    forget_progress(tmp_path, "t1")
    assert read_progress(tmp_path, "t1") is None


def test_of_two_modules_of_a_host_the_one_that_wrote_last_is_read(tmp_path: Path) -> None:
    for age, module in ((100, "google_scope_info"), (50, "zoom_user_info")):
        path = progress_file({FOLDER: str(tmp_path)}, "t1", module)[PROGRESS]
        Progress(path).begin(module)
        os.utime(path, (time.time() - age, time.time() - age))
    assert read_progress(tmp_path, "t1") == State("zoom_user_info")


def test_it_is_written_five_times_a_second_and_the_last_step_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []
    write = os.pwrite
    monkeypatch.setattr(_progress.os, "pwrite", lambda *given: writes.append(1) or write(*given))
    progress = Progress(str(tmp_path / "p"))
    began = time.monotonic()
    progress.begin("creating accounts", 10_000)
    for _step in range(10_000):
        progress.step()
    took = time.monotonic() - began
    assert 2 <= len(writes) <= 3 + took * 5
    assert took < 1, "10,000 steps in a phase of minutes"
    assert '"done": 10000' in (tmp_path / "p").read_text()


def test_without_a_path_or_with_one_that_is_of_no_use_nothing_happens(tmp_path: Path) -> None:
    for path in (None, "", str(tmp_path / "gone" / "p")):
        progress = Progress(path)
        progress.begin("creating accounts", 2)
        progress.step()
        progress.page("/v2/users", {}, {"users": [{}]})
    assert progress_file({}, "t1", "zoom_user_info") == {}
    assert list(tmp_path.iterdir()) == []


def test_pages_count_rows_and_totals_of_both_sides(tmp_path: Path, progress: Progress) -> None:
    for status in ("active", "inactive"):
        progress.page("/v2/users", {"status": status}, {"total_records": 450, "users": [{}] * 300})
    assert read_progress(tmp_path, "t1") == State("reading Zoom", 600, 900)
    progress.page("/scim2/Users", {}, {"totalResults": 7, "Resources": [{}] * 7})
    assert read_progress(tmp_path, "t1") == State("reading Zoom", 607, 907)
    progress.page("/admin/directory/v1/users", {}, {"users": [{}] * 500})
    assert read_progress(tmp_path, "t1") == State("reading Google", 500)
    progress.page("/v2/users/abc", {}, {"id": "abc"})
    assert read_progress(tmp_path, "t1") == State("looking up single records in Zoom", 1)
    progress.page("/v2/accounts/me/settings", {}, {"security": {}})
    progress.page("/token", {}, {"users": []})
    assert read_progress(tmp_path, "t1") == State("looking up single records in Zoom", 1), "no row of a list"


def test_a_list_that_is_read_again_has_no_total_any_more(tmp_path: Path, progress: Progress) -> None:
    for _sweep in range(2):
        progress.page("/v2/users", {"status": "active"}, {"total_records": 300, "users": [{}] * 300})
    assert read_progress(tmp_path, "t1") == State("reading Zoom", 600)


def test_reads_between_writes_are_part_of_what_is_begun(tmp_path: Path, progress: Progress) -> None:
    progress.begin("creating accounts", 3)
    progress.page("/scim2/Users", {}, {"totalResults": 1, "Resources": [{}]})
    assert read_progress(tmp_path, "t1") == State("creating accounts", 0, 3)
    progress.step()
    progress.step(2, made=False)
    assert read_progress(tmp_path, "t1") == State("creating accounts", 1, 3), "what is left is no progress"
    progress.page("/scim2/Users", {}, {"totalResults": 1, "Resources": [{}]})
    assert read_progress(tmp_path, "t1") == State("reading Zoom", 1, 1)


@pytest.mark.parametrize(
    "text", ["", "{", '{"phase": "x"}', '{"phase": "x", "done": "many", "of": null}', "[]", '{"phase": "", "done": 1, "of": 1}']
)
def test_a_file_that_is_being_written_or_is_something_else_says_nothing(tmp_path: Path, text: str) -> None:
    Path(progress_file({FOLDER: str(tmp_path)}, "t1", "zoom_user_info")[PROGRESS]).write_text(text)
    assert read_progress(tmp_path, "t1") is None


def test_a_run_that_is_asked_to_stop_begins_no_read_but_finishes_what_is_under_way(tmp_path: Path) -> None:
    file = tmp_path / "stop"
    run = Run({}, False, lambda _secret: None, stop=Stop(str(file)))
    run.before_read()
    file.touch()
    with pytest.raises(Interrupted) as raised:
        run.before_read()
    assert str(raised.value) == READING
    with pytest.raises(Interrupted, match="waiting for another run"):
        run.while_waiting()
    run.before_intent()
    run.before_read()  # such as one that proves a write whose answer was lost
    file.unlink()
    assert run.stop.asked(), "the folder of an ansible-playbook that ended is gone"
    assert not Stop(None).asked()
    assert not Stop("").asked()


def test_a_tenant_whose_turn_comes_after_ctrl_c_takes_no_lock_while_that_of_another_is_released(
    tmp_path: Path,
) -> None:
    """Of fifty tenants and ten forks, forty have not begun."""
    file, lock = tmp_path / "stop", tmp_path / "run.lock"

    def asked(state: str) -> Run:
        given = {"path": str(lock), "timeout": "1m", "run_id": "r1", "state": state}
        return Run(given, False, lambda _secret: None, stop=Stop(str(file)))

    assert run_lock(asked("present")).changed
    file.touch()
    assert run_lock(asked("absent")).changed
    with pytest.raises(Interrupted, match="Interrupted before this task: it changed nothing"):
        run_lock(asked("present"))
    with pytest.raises(Interrupted, match="before this task"):
        validate(asked("present"))
    assert not lock.exists()
