# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody has who installs the file and has nothing else: an empty home, an empty folder, and the libraries that the demo needs."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from . import ROOT, run

COLLECTION = "workspace_zoom.provisioning"


@dataclass(frozen=True)
class Empty:
    home: Path
    work: Path
    bin: Path

    @property
    def environment(self) -> dict[str, str]:
        """No variable of the machine's, so that neither Ansible's nor Python's paths lead back to the repository."""
        return {"HOME": str(self.home), "PATH": f"{self.bin}:{os.defpath}", "LC_ALL": "C.UTF-8"}

    def run(self, *command: str | Path) -> str:
        return run(*command, cwd=self.work, environment=self.environment)

    @property
    def collection(self) -> Path:
        return self.home / ".ansible" / "collections" / "ansible_collections" / COLLECTION.replace(".", "/")


def empty(folder: Path) -> Empty:
    place = Empty(folder / "home", folder / "work", folder / "environment" / "bin")
    place.home.mkdir()
    place.work.mkdir()
    run(sys.executable, "-m", "venv", place.bin.parent)
    # with this machine's settings of pip, which the empty home does not have
    run(place.bin / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", *locked())
    return place


def locked() -> list[str]:
    return ["--only-binary", ":all:", "-r", str(ROOT / "requirements" / "locked" / "demo.txt")]


def install(place: Empty, tarball: Path) -> None:
    place.run("ansible-galaxy", "collection", "install", "--offline", tarball)
    place.run("ansible-galaxy", "collection", "verify", "--offline", COLLECTION)


def documented(place: Empty) -> int:
    """How many modules ansible-doc finds, from anywhere."""
    return len(place.run("ansible-doc", "--list", "--type", "module", COLLECTION).splitlines())


def demo(place: Empty) -> str:
    return place.run("ansible-playbook", f"{COLLECTION}.demo")
