# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all ways have in common, made once with this machine's own settings: the wheels, the sources, the tarball."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from fresh import pythons

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".build" / "fresh"
MIRROR, SOURCES, PACKED = HOME / "mirror", HOME / "sources", HOME / "packed"
LOCKED = ROOT / "requirements" / "locked"
# For contributors with one Python only: that is a lot.
WANTED = {"3.11": ("demo", "uv", "test"), "3.12": ("demo",), "3.13": ("demo",)}


def make() -> None:
    for version, lists in WANTED.items():
        if found := pythons.find(version):
            for name in lists:
                _download(found, version, LOCKED / f"{name}.txt")
    _copy_sources()
    _pack()


def _download(python: Path, version: str, locked: Path) -> None:
    digest = hashlib.sha256(locked.read_bytes()).hexdigest()
    stamp = HOME / f"{version}-{locked.stem}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Downloading what {locked.name} names for Python {version}", flush=True)
    environment = HOME / f"python{version}"
    if not environment.exists():
        subprocess.run([python, "-m", "venv", environment], check=True)
    options = ["-qq", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", "--dest", MIRROR]
    subprocess.run([environment / "bin/python", "-m", "pip", "download", *options, "-r", locked], check=True)
    stamp.write_text(digest)


def _copy_sources() -> None:
    """As a clone has them, with what is not committed yet."""
    shutil.rmtree(SOURCES, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (SOURCES / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SOURCES / name)


def _pack() -> None:
    shutil.rmtree(PACKED, ignore_errors=True)
    galaxy = Path(sys.executable).with_name("ansible-galaxy")
    subprocess.run([galaxy, "collection", "build", "--output-path", PACKED, SOURCES], check=True, stdout=subprocess.DEVNULL)
