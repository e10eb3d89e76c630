# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Private files: 0600 in folders of 0700 from their first moment whatever the umask, written whole or not at all.

A file that others can write to, or could put another one in the place of, decides nothing about anybody's account.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from ._private_group import is_own_group
from ._text import PolicyError

_FILE, _FOLDER, _FOLDER_OF = "file", "folder", "folder of a file"
_OPEN, _FOREIGN = "others can write to", "somebody else owns"
_SHOWN, _SEEN = 5, 10_000
_APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def write_private(path: str, lines: Iterable[str], what: str) -> None:
    """Mode 0600, written beside and moved over the old one; PolicyError names `what` and the path."""
    with _named(path, what):
        replace_private(Path(path), (line + "\n" for line in lines))


def write_headed(path: str, header: Mapping[str, Any], lines: Iterable[str], what: str) -> None:
    """The same with `header` as the first line, and in it the `digest` of the others, which is known once they are written."""
    digest, room = hashlib.sha256(), "0" * 64
    first = json.dumps({"digest": room, **header}, ensure_ascii=False)
    with _named(path, what), _replacing(Path(path)) as file:
        file.write(first + "\n")
        for line in lines:
            digest.update(as_bytes(line) + b"\n")
            file.write(line + "\n")
        file.seek(first.index(room))
        file.write(digest.hexdigest())


def replace_private(target: Path, texts: Iterable[str]) -> None:
    """The same of any text; a link in its place is replaced and not followed."""
    with _replacing(target) as file:
        file.writelines(texts)


@contextmanager
def _named(path: str, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PolicyError(f"{what} {path} can't be written: {error.strerror}.") from None


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    """A file beside `target`, which takes its place once it is whole."""
    make_private_folder(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def as_bytes(text: str) -> bytes:
    """As it is in a file. Half of a character, which no file can hold, is spelled as JSON spells it, and so read again as it was."""
    return text.encode("utf-8", "backslashreplace")


def from_json(text: str) -> Any:
    """ValueError for whatever is no JSON, also where it is nested so deeply that nobody can read it."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def json_lines(text: str) -> list[str]:
    """JSON leaves U+2028 and U+0085 in texts as they are, and `splitlines` would tear a line there."""
    return [line for line in text.split("\n") if line]


def make_private_folder(folder: Path) -> None:
    """With every folder above it that is missing: `mkdir(parents=True)` leaves those to the umask."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        folder.mkdir()  # raises what is wrong with it


def open_to_append(path: Path) -> int:
    """A descriptor; the file is made with mode 0600, and a link in its place is refused."""
    return os.open(path, _APPEND, 0o600)


def check_private(path: str, option: str, *, folder: bool = False) -> None:
    """PolicyError where somebody else could have written what is at `path`, or could do so now; what is not there yet is fine.

    `folder`: it is one itself. A folder such as /tmp, where nobody can touch the files of others, may hold a file.
    """
    target = Path(path)
    checked = [(target, _FOLDER)] if folder else [(target.parent, _FOLDER_OF), (target, _FILE)]
    for each, kind in checked:
        if fault := _fault(each, kind):
            why, cure = _at_large(checked[0][0], each) or fault
            raise PolicyError(
                f"{option} can't be trusted: {why}, so somebody else could decide about accounts. Nothing was read; {cure}, or set "
                "provisioning_state_dir to a folder of your own."
            )


def _fault(path: Path, kind: str) -> tuple[str, str] | None:
    """What is wrong, and its cure."""
    try:
        found = path.lstat()
    except OSError:  # reading or writing it says what is wrong
        return None
    user, what = os.geteuid(), str(path) if kind == _FILE else f"the folder {path}"
    if stat.S_ISLNK(found.st_mode):
        return f"{what} is a link to {_target(path)}", "name the place itself"
    if found.st_uid not in (user, 0):
        return f"{what} belongs to uid {found.st_uid} and Ansible runs as uid {user}", "give it to the user who runs Ansible"
    if _is_open(path, found, kind):
        return f"others can write to {what} (mode {stat.S_IMODE(found.st_mode):04o})", f"run chmod go-w {path}"
    if kind == _FILE and not stat.S_ISREG(found.st_mode):
        return f"{what} is no ordinary file", "remove it"
    return None


def _is_open(path: Path, found: os.stat_result, kind: str) -> bool:
    if found.st_mode & stat.S_ISVTX and kind == _FOLDER_OF:
        return False
    group = found.st_mode & stat.S_IWGRP and not is_own_group(path, found.st_gid)
    return bool(group or found.st_mode & stat.S_IWOTH)


def _at_large(folder: Path, first: Path) -> tuple[str, str] | None:
    """Where more than `first` is at fault, all of it, so that nobody mends one file a run."""
    if folder.is_symlink() or folder.stat().st_mode & stat.S_ISVTX:  # everybody's
        return None
    found = {path: _hands(path) for path in (folder, *islice(_below(folder), _SEEN))}
    if not found.get(first):
        return None
    if not _keeps_modes(folder):
        return f"the file system of the folder {folder} does not keep who may write to a file", "choose a folder on another file system"
    if sum(map(bool, found.values())) < 2:
        return None
    whys, cures = [], []
    for hands, cure in ((_OPEN, f"chmod -R go-w {folder}"), (_FOREIGN, f"chown -R {os.geteuid()} {folder}")):
        if paths := [str(path) for path, what in found.items() if what == hands]:
            more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
            whys.append(f"{hands} {', '.join(paths[:_SHOWN])}{more}")
            cures.append(cure)
    return " and ".join(whys), f"run {' and '.join(cures)}"


def _below(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        yield from (Path(base, name) for name in sorted([*folders, *files]))


def _hands(path: Path) -> str:
    """In whose hands it is besides ours; a link below is found where it is used."""
    try:
        found = path.lstat()
    except OSError:  # gone meanwhile
        return ""
    if stat.S_ISLNK(found.st_mode):
        return ""
    if found.st_uid not in (os.geteuid(), 0):
        return _FOREIGN
    return _OPEN if _is_open(path, found, _FOLDER) else ""


def _keeps_modes(folder: Path) -> bool:
    """SMB, the shared folders of virtual machines and some exports of NFS show one mode or one owner for all files."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as made:
            found = Path(made.name).lstat()
    except OSError:  # a folder that nobody can write to is another fault
        return True
    return stat.S_IMODE(found.st_mode) == 0o600 and found.st_uid in (os.geteuid(), 0)


def _target(path: Path) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return "elsewhere"
