# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of a playbook, of this tree or an older one, measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .boxes import ROOT, Box, Boxes

BIN = Path(sys.executable).parent
WATCH = Path(__file__).parent / "watch.py"
HOME_OF = Path("ansible_collections") / "workspace_zoom" / "provisioning"


@dataclass(frozen=True)
class Tree:
    """A checkout of this repository, and where Ansible finds it as a collection."""

    root: Path
    collections: Path


HERE = Tree(ROOT, ROOT / ".build" / "collections")


@contextmanager
def older(commit: str) -> Iterator[Tree]:
    """The tree of a commit, in a folder that is removed again."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "tree"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(root), commit], check=True)
        try:
            link = Path(folder) / "collections" / HOME_OF
            link.parent.mkdir(parents=True)
            link.symlink_to(root)
            yield Tree(root, Path(folder) / "collections")
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(root)], check=True)


@dataclass
class Measured:
    """One run with what its sandbox counted meanwhile."""

    status: int
    seconds: float
    cpu: float
    peaks: dict[str, int]
    peak: int
    together: int
    output: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    busy: float = 0.0
    sandbox_cpu: float = 0.0
    spans: list[float] = field(default_factory=list)  # of each tenant: from its first request to its last answer


@dataclass
class Bench:
    """A folder for all that runs leave, and the runs."""

    folder: Path
    runs: int = 0

    def new(self, name: str) -> Path:
        self.runs += 1
        folder = self.folder / f"{self.runs:03d}-{name}"
        folder.mkdir()
        return folder

    def command(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Measured:
        """Any command, measured."""
        result, output = folder / "measured.json", folder / "output.txt"
        with output.open("w") as file:
            whole = [sys.executable, str(WATCH), str(result), *command]
            watch = subprocess.Popen(whole, env=dict(environment), cwd=folder, stdout=file, stderr=subprocess.STDOUT)
            try:
                if watch.wait():
                    raise RuntimeError(output.read_text(errors="replace")[-3000:])
            finally:
                watch.terminate()
                watch.wait(120)
        return Measured(**json.loads(result.read_text()), output=output.read_text(errors="replace"))

    def play(
        self, boxes: Boxes, state: Path, variables: Mapping[str, Any], *options: str, tree: Tree = HERE, source: Path | None = None
    ) -> Measured:
        """One run on all tenants of a sandbox. `state`: what runs that follow each other share."""
        folder = self.new("play")
        given, inventory = folder / "variables.json", folder / "inventory.json"
        given.write_text(json.dumps({"provisioning_state_dir": f"{state}/{{{{ inventory_hostname }}}}", **variables}))
        hosts = {f"t{number:02d}": box.connections for number, box in enumerate(boxes.boxes, 1)}
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        playbook = source or tree.root / "playbooks" / "site.yml"
        command = [str(BIN / "ansible-playbook"), str(playbook), "-i", str(inventory), "-e", f"@{given}", *options]
        for box in boxes.boxes:
            box.clear()
        before = boxes.cpu()
        measured = self.command(command, _environment(tree, folder), folder)
        return with_counts(measured, boxes.boxes, boxes.cpu() - before)


def with_counts(measured: Measured, boxes: Sequence[Box], cpu: float) -> Measured:
    counts = [box.counts() for box in boxes]
    measured.requests = [row for found in counts for row in found["requests"]]
    measured.busy = max(found["busy"] for found in counts)
    measured.spans = [found["span"] for found in counts]
    measured.sandbox_cpu = round(cpu, 2)
    return measured


def _environment(tree: Tree, folder: Path) -> dict[str, str]:
    """Nothing of the caller's that could name another tenant or another tree."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")}
    kept["PATH"] = f"{BIN}:{kept.get('PATH', '')}"
    own = {"ANSIBLE_COLLECTIONS_PATH": str(tree.collections), "ANSIBLE_HOME": str(folder / "ansible"), "ANSIBLE_NOCOLOR": "1"}
    return {**kept, **own, "PYTHONPATH": str(tree.collections), "ANSIBLE_LOCALHOST_WARNING": "false"}
