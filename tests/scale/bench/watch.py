# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one command and measures it with all the processes that it starts, also those that it leaves behind.

`python watch.py RESULT.json COMMAND ...`. A process whose parent ends becomes this one's child (it is their subreaper), so that its
processor time counts and its memory is seen. Peaks are what the kernel noted of each process (VmHWM), looked up again and again.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
EVERY = 0.1
SHARES = 10  # each so many looks, what all hold together is added up, which takes longer
LEFT_BEHIND = 60.0  # seconds for processes that outlive the command


def descendants(own: int) -> list[tuple[int, int]]:
    """Each with its parent, parents first."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError):
                continue  # it has ended meanwhile
            children.setdefault(parent, []).append(int(name))
    found, waiting = list[tuple[int, int]](), [own]
    while waiting:
        parent = waiting.pop()
        below = children.get(parent, [])
        found += [(pid, parent) for pid in below]
        waiting += below
    return found


def label(arguments: list[str], *, is_first: bool = False, parent: str = "") -> str:
    """What people call a process; what the host of modules forks is a module, though it is still called like the host."""
    words = [Path(word).name for word in arguments]
    if is_first:
        return "controller"
    if "_start.py" in words:
        name = words[words.index("_start.py") + 1]
        return f"module {name}" if name != "host" else "module" if parent in ("module host", "module") else "module host"
    if "ansible-playbook" in words:
        return "worker"
    return "other"


class Peaks:
    """The most memory of each kind of process, in bytes, and how many there were of it at a time."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._names: dict[int, str] = {}
        self.peaks: dict[str, int] = {}
        self.total = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        looks = 0
        while not self._ended.wait(EVERY):
            pids = descendants(os.getpid())
            for pid, parent in pids:
                self._look(pid, parent)
            if looks % SHARES == 0:
                self.total = max(self.total, sum(share(pid) for pid, _parent in pids))
            looks += 1

    def _look(self, pid: int, parent: int) -> None:
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            return  # it has ended meanwhile
        most = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0) * 1024
        name = label(arguments, is_first=pid == self._first, parent=self._names.get(parent, ""))
        self._names[pid] = name
        if most:
            self.peaks[name] = max(self.peaks.get(name, 0), most)


def share(pid: int) -> int:
    """What a process holds now; pages that it shares with others count by its share."""
    try:
        return int(Path(f"/proc/{pid}/smaps_rollup").read_text().split("\nPss:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        return 0


def main(result: str, *command: str) -> int:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    process = subprocess.Popen(command)
    # whoever ends this ends the command as a person would, by Ctrl-C
    signal.signal(signal.SIGTERM, lambda _number, _frame: process.send_signal(signal.SIGINT))
    peaks = Peaks(process.pid)
    status = process.wait()
    seconds = time.monotonic() - began
    _reap(time.monotonic() + LEFT_BEHIND)
    peaks.stop()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "status": status,
        "seconds": round(seconds, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "peaks": dict(sorted(peaks.peaks.items())),
        "peak": used.ru_maxrss * 1024,  # of all that were waited for, however short they lived
        "together": peaks.total,
    }
    Path(result).write_text(json.dumps(found))
    return 0


def _reap(deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            pid, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
