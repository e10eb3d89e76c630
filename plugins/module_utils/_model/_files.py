# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Private files: 0600 in folders of 0700 from their first moment whatever the umask, written whole or not at all.

A file that others can write to, or could put another one in the place of, decides nothing about anybody's account.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ._text import PolicyError

_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_FILE, _FOLDER, _FOLDER_OF = "file", "folder", "folder of a file"
_APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


def write_private(path: str, lines: Iterable[str], what: str) -> None:
    """Mode 0600, written beside and moved over the old one; PolicyError names `what` and the path."""
    try:
        replace_private(Path(path), (line + "\n" for line in lines))
    except OSError as error:
        raise PolicyError(f"{what} {path} can't be written: {error.strerror}.") from None


def replace_private(target: Path, texts: Iterable[str]) -> None:
    """The same of any text; a link in its place is replaced and not followed."""
    make_private_folder(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(texts)
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
    if folder:
        _check(target, option, _FOLDER)
        return
    _check(target.parent, option, _FOLDER_OF)
    _check(target, option, _FILE)


def _check(path: Path, option: str, kind: str) -> None:
    try:
        found = path.lstat()
    except OSError:  # reading or writing it says what is wrong
        return
    mode, user = stat.S_IMODE(found.st_mode), os.geteuid()
    shared = bool(found.st_mode & stat.S_ISVTX) and kind == _FOLDER_OF
    what = str(path) if kind == _FILE else f"the folder {path}"
    if stat.S_ISLNK(found.st_mode):
        why, cure = f"{what} is a link to {_target(path)}", "name the place itself"
    elif found.st_uid not in (user, 0):
        why, cure = f"{what} belongs to uid {found.st_uid} and Ansible runs as uid {user}", "give it to the user who runs Ansible"
    elif mode & _OTHERS and not shared:
        why, cure = f"others can write to {what} (mode {mode:04o})", f"run chmod go-w {path}"
    elif kind == _FILE and not stat.S_ISREG(found.st_mode):
        why, cure = f"{what} is no ordinary file", "remove it"
    else:
        return
    raise PolicyError(
        f"{option} can't be trusted: {why}, so somebody else could decide about accounts. Nothing was read; {cure}, or set "
        "provisioning_state_dir to a folder of your own."
    )


def _target(path: Path) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return "elsewhere"
