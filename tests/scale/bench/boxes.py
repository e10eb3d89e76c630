# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sandboxes in a process of their own, asked and changed by their control paths."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

ROOT = Path(__file__).parents[3]
LATENCY = {"latency_ms": 100}  # 50 ms each way
START = 600.0
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Box:
    """One tenant."""

    folder: Path
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        told = json.loads((self.folder / "sandbox.json").read_text())
        self.url, self.google, self.zoom = told["url"], told["google_connection"], told["zoom_connection"]

    @property
    def connections(self) -> dict[str, dict[str, Any]]:
        return {"google_connection": self.google, "zoom_connection": self.zoom}

    def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.session.request(method, f"{self.url}/_sandbox{path}", json=body, timeout=120)
        answer.raise_for_status()
        return answer.json()

    def counts(self) -> dict[str, Any]:
        return dict(self.control("GET", "/ledger/counts"))

    def clear(self) -> None:
        self.control("DELETE", "/ledger")


@dataclass
class Boxes:
    """A sandbox process with one tenant or several. Use it as a context manager."""

    folder: Path
    seeds: Sequence[Mapping[str, Any]]
    switches: Mapping[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Boxes:
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.folder / "switches.yml"
        settings.write_text(json.dumps({**LATENCY, **self.switches}))
        state = self.folder / "state"
        command = [sys.executable, "-m", "sandbox", "--settings", str(settings), "--state-dir", str(state)]
        for number, seed in enumerate(self.seeds, 1):
            path = self.folder / f"t{number:02d}.json"
            path.write_text(json.dumps(seed))
            command += ["--seed", str(path)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "extensions")}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        folders = [state] if len(self.seeds) == 1 else [state / f"t{number:02d}" for number in range(1, len(self.seeds) + 1)]
        deadline = time.monotonic() + START
        while not all((folder / "sandbox.json").exists() for folder in folders):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.05)
        self.boxes = [Box(folder) for folder in folders]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(60)

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def peak(self) -> int:
        """Bytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
