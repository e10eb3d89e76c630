# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files and folders are private from their first moment, and what others could have written is not read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model import _files
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._files import (
    as_bytes,
    check_private,
    make_private_folder,
    open_to_append,
    replace_private,
    write_private,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError

MASKS = (0, 0o022, 0o077)


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a group of one; see test_own_group."""
    monkeypatch.setattr(_files, "is_own_group", lambda _path, _group: False)


@pytest.fixture(params=MASKS)
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    former = os.umask(request.param)
    yield int(request.param)
    os.umask(former)


@pytest.fixture
def born(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Each file and folder with the mode that it had when it was made, and no change of a mode."""
    seen = list[tuple[str, int]]()
    make, open_file = os.mkdir, os.open

    def mkdir(path: Any, *args: Any, **options: Any) -> None:
        make(path, *args, **options)
        seen.append((str(path), stat.S_IMODE(os.lstat(path).st_mode)))

    def opened(path: Any, flags: int, *args: Any, **options: Any) -> int:
        is_new = bool(flags & os.O_CREAT) and not os.path.lexists(path)
        handle = open_file(path, flags, *args, **options)
        if is_new:
            seen.append((str(path), stat.S_IMODE(os.fstat(handle).st_mode)))
        return handle

    def changed(*_args: Any, **_options: Any) -> None:
        raise AssertionError("a mode was changed afterwards")

    monkeypatch.setattr(os, "mkdir", mkdir)
    monkeypatch.setattr(os, "open", opened)
    for name in ("chmod", "fchmod", "lchmod"):
        monkeypatch.setattr(os, name, changed, raising=False)
    return seen


def append(path: Path) -> None:
    make_private_folder(path.parent)
    os.close(open_to_append(path))


WRITES: dict[str, Callable[[Path], None]] = {
    "snapshot": lambda path: write_private(str(path), ["{}"], "The snapshot"),
    "document": lambda path: replace_private(path, ["text"]),
    "journal": append,
}


@pytest.mark.parametrize("kind", WRITES)
def test_files_and_all_new_folders_above_them_are_private_when_they_are_made(
    tmp_path: Path, mask: int, born: list[tuple[str, int]], kind: str
) -> None:
    """Folders above the last one were left to the umask."""
    path = tmp_path / "one" / "two" / "three" / "file"
    WRITES[kind](path)
    assert {mode for _path, mode in born} == {0o700, 0o600}
    assert [mode for _path, mode in born] == [0o700, 0o700, 0o700, 0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_others_may_read_is_replaced_by_one_that_they_may_not(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    path.chmod(0o644)
    with path.open() as held:
        replace_private(path, ["new"])
        assert (held.read(), path.read_text()) == ("old", "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_the_place_of_a_file_is_replaced_and_one_in_the_place_of_a_journal_refused(tmp_path: Path) -> None:
    other, link = tmp_path / "other", tmp_path / "link"
    other.write_text("theirs")
    link.symlink_to(other)
    with pytest.raises(OSError, match="symbolic link"):
        open_to_append(link)
    replace_private(link, ["ours"])
    assert (other.read_text(), link.read_text(), link.is_symlink()) == ("theirs", "ours", False)


def test_half_a_character_is_kept_as_json_spells_it(tmp_path: Path) -> None:
    """It can come from a variable; a file can't hold it, and the run died while it wrote."""
    path = tmp_path / "file"
    write_private(str(path), ['"a\ud800b"'], "The snapshot")
    assert path.read_bytes() == as_bytes('"a\ud800b"\n') == b'"a\\ud800b"\n'


# ---- what others could have written


def own(path: Path) -> Path:
    path.write_text("{}")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o700, 0o755])
def test_what_only_its_owner_can_write_is_fine(tmp_path: Path, mode: int) -> None:
    path = own(tmp_path / "memory.jsonl")
    path.chmod(mode)
    check_private(str(path), "memory_path")
    check_private(str(tmp_path), "journal_dir", folder=True)


def test_what_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    check_private(str(tmp_path / "state" / "memory.jsonl"), "memory_path")
    check_private(str(tmp_path / "memory.jsonl"), "memory_path")
    check_private(str(tmp_path / "journal"), "journal_dir", folder=True)


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o770, 0o775, 0o777, 0o2770])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    path = own(folder / "memory.jsonl")
    folder.chmod(mode)
    with pytest.raises(PolicyError, match=r"memory_path can't be trusted: others can write to the folder .*chmod go-w .*state, or set "):
        check_private(str(path), "memory_path")
    with pytest.raises(PolicyError, match=r"journal_dir can't be trusted: others can write to the folder"):
        check_private(str(folder), "journal_dir", folder=True)


def test_a_folder_whose_files_are_safe_may_hold_a_file_of_ours_and_no_journal(tmp_path: Path) -> None:
    """/tmp, for one: of a journal's folder, every file is read."""
    folder = tmp_path / "shared"
    folder.mkdir()
    path = own(folder / "memory.jsonl")
    folder.chmod(0o1777)
    check_private(str(path), "memory_path")
    with pytest.raises(PolicyError, match="others can write to the folder"):
        check_private(str(folder), "journal_dir", folder=True)
    path.chmod(0o666)
    with pytest.raises(PolicyError, match=r"others can write to .*memory.jsonl \(mode 0666\)"):
        check_private(str(path), "memory_path")


def test_a_link_in_the_place_of_a_folder_or_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    own(tmp_path / "real" / "memory.jsonl")
    (tmp_path / "state").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "link").symlink_to("memory.jsonl")
    for given in ("state/memory.jsonl", "state/new.jsonl", "real/link"):
        with pytest.raises(PolicyError, match=r"memory_path can't be trusted: .* is a link to .*; name the place itself"):
            check_private(str(tmp_path / given), "memory_path")
    for given in ("state", "state/"):
        with pytest.raises(PolicyError, match="is a link to"):
            check_private(f"{tmp_path}/{given}", "journal_dir", folder=True)


def test_what_belongs_to_somebody_else_is_refused_unless_it_is_roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own(tmp_path / "memory.jsonl")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    if me == 0:
        check_private(str(path), "memory_path")
        os.chown(tmp_path, 12345, -1)
    monkeypatch.setattr(_files, "_keeps_modes", lambda _folder: True)
    with pytest.raises(PolicyError, match=r"the folder .* belongs to uid \d+ and Ansible runs as uid 54321"):
        check_private(str(path), "memory_path")


def test_what_is_no_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "memory.jsonl", 0o600)
    with pytest.raises(PolicyError, match=r"memory\.jsonl is no ordinary file"):
        check_private(str(tmp_path / "memory.jsonl"), "memory_path")
    (tmp_path / "link").symlink_to("elsewhere")

    def gone(_path: Any) -> str:
        raise OSError

    monkeypatch.setattr(_files.os, "readlink", gone)
    with pytest.raises(PolicyError, match="is a link to elsewhere"):
        check_private(str(tmp_path / "link"), "memory_path")


# ---- all that the former version left, with umask 002


def state_of_umask_002(tmp_path: Path, files: int = 3) -> Path:
    folder = tmp_path / "state"
    (folder / "journal").mkdir(parents=True)
    for number in range(files):
        own(folder / "journal" / f"r{number}.jsonl").chmod(0o664)
    own(folder / "memory.jsonl")
    (folder / "journal").chmod(0o775)
    folder.chmod(0o775)
    return folder


def test_all_that_others_can_write_to_is_named_at_once_with_one_cure(tmp_path: Path) -> None:
    """It was one file a run."""
    folder = state_of_umask_002(tmp_path)
    with pytest.raises(PolicyError) as refused:
        check_private(str(folder / "memory.jsonl"), "memory_path")
    paths = ", ".join(f"{folder}{path}" for path in ("", "/journal", "/journal/r0.jsonl", "/journal/r1.jsonl", "/journal/r2.jsonl"))
    assert str(refused.value) == (
        f"memory_path can't be trusted: others can write to {paths}, so somebody else could decide about accounts. Nothing was read; run "
        f"chmod -R go-w {folder}, or set provisioning_state_dir to a folder of your own."
    )
    for path in (folder, *folder.rglob("*")):  # the cure
        path.chmod(path.stat().st_mode & ~0o022)
    check_private(str(folder / "memory.jsonl"), "memory_path")
    check_private(str(folder / "journal"), "journal_dir", folder=True)


def test_of_many_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    folder = state_of_umask_002(tmp_path, 20)
    with pytest.raises(PolicyError, match=r"r10\.jsonl and 17 more, so .*; run chmod -R go-w \S+state, or set "):
        check_private(str(folder / "memory.jsonl"), "memory_path")


def test_what_somebody_else_owns_is_named_with_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = state_of_umask_002(tmp_path)
    (folder / "link").symlink_to("elsewhere")
    real = _files._hands
    monkeypatch.setattr(_files, "_hands", lambda path: "somebody else owns" if path.name == "r1.jsonl" else real(path))
    cure = rf"and somebody else owns \S+r1\.jsonl, so .*; run chmod -R go-w {folder} and chown -R {os.geteuid()} {folder}, or set "
    with pytest.raises(PolicyError, match=cure):
        check_private(str(folder / "memory.jsonl"), "memory_path")


def test_whose_a_file_is_counts_and_one_that_is_gone_meanwhile_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own(tmp_path / "file")
    assert (_files._hands(path), _files._hands(tmp_path / "gone")) == ("", "")
    os.chown(path, 12345, -1) if os.geteuid() == 0 else monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert _files._hands(path) == "somebody else owns"


def test_a_file_system_that_keeps_no_modes_is_named_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """chmod succeeds there, and changes nothing."""
    folder = state_of_umask_002(tmp_path)
    real = _files.tempfile.NamedTemporaryFile

    def open_to_all(**options: Any) -> Any:
        made = real(**options)
        Path(made.name).chmod(0o777)
        return made

    monkeypatch.setattr(_files.tempfile, "NamedTemporaryFile", open_to_all)
    with pytest.raises(
        PolicyError, match=r"the file system of the folder .*state does not keep who may write to a file, .* on another file"
    ):
        check_private(str(folder / "memory.jsonl"), "memory_path")

    def refused(**_options: Any) -> Any:
        raise PermissionError

    monkeypatch.setattr(_files.tempfile, "NamedTemporaryFile", refused)
    with pytest.raises(PolicyError, match="chmod -R go-w"):
        check_private(str(folder / "memory.jsonl"), "memory_path")
