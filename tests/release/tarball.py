# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file that is published: built of nothing but the repository's files, and the same bytes each time."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import Any

from . import ROOT, run, tracked

MANIFEST, FILES = "MANIFEST.json", "FILES.json"


def copy_of_the_repository(target: Path, backwards: bool = False) -> Path:
    """Files get the time of the copy, and the order in which a folder lists them may depend on the order in which they came."""
    for name in sorted(tracked(), reverse=backwards):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    return target


def built(folder: Path, backwards: bool = False) -> Path:
    tree = copy_of_the_repository(folder / "tree", backwards)
    run("ansible-galaxy", "collection", "build", tree, "--output-path", folder)
    (path,) = folder.glob("*.tar.gz")
    settle(path, time_of_the_commit())
    return path


def time_of_the_commit() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH") or run("git", "log", "-1", "--format=%ct"))


def settle(path: Path, time: int) -> None:
    """Without what differs from one build to the next: the order that a folder lists its files in, times, and gzip's name and time."""
    members = read(path)
    files = json.loads(members[FILES])
    files["files"].sort(key=lambda entry: str(entry["name"]))
    members[FILES] = as_json(files)
    manifest = json.loads(members[MANIFEST])
    manifest["file_manifest_file"]["chksum_sha256"] = hashlib.sha256(members[FILES]).hexdigest()
    members[MANIFEST] = as_json(manifest)
    write(path, members, executables(path), [MANIFEST, FILES, *(entry["name"] for entry in files["files"] if entry["name"] != ".")], time)


def read(path: Path) -> dict[str, bytes | None]:
    """Name -> content; a folder has none."""
    with tarfile.open(path) as tar:
        return {member.name: held.read() if (held := tar.extractfile(member)) else None for member in tar.getmembers()}


def executables(path: Path) -> set[str]:
    with tarfile.open(path) as tar:
        return {member.name for member in tar.getmembers() if member.isfile() and member.mode & 0o100}


def write(path: Path, members: dict[str, bytes | None], executable: set[str], order: list[str], time: int) -> None:
    assert sorted(order) == sorted(members), "every member, each once"
    with (
        path.open("wb") as out,
        gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=time) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name in order:
            content, member = members[name], tarfile.TarInfo(name)
            member.mtime = time
            member.type = tarfile.DIRTYPE if content is None else tarfile.REGTYPE
            member.mode = 0o755 if content is None or name in executable else 0o644
            member.size = len(content or b"")
            tar.addfile(member, io.BytesIO(content or b""))


def as_json(data: Any) -> bytes:
    """As ansible-galaxy writes it."""
    return json.dumps(data, indent=True).encode()
