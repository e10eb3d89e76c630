# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which machine this is, and whether a process of it is still the one that it was."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
from pathlib import Path

_PROC = Path("/proc")
_PLAIN = {**os.environ, "LC_ALL": "C", "TZ": "UTC0"}  # ps tells a start in the language and time of whoever asks
_ENDED = ("Z", "X")  # killed, and not yet fetched by its parent


def user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return f"uid {os.getuid()}"


def machine() -> dict[str, str]:
    """One since its last start, and in it one space of process numbers: containers of a machine have their own. '' where it is not told."""
    return {"host": socket.gethostname(), "boot": _read(_PROC / "sys/kernel/random/boot_id"), "namespace": _namespace()}


def started(pid: int) -> str:
    """When it was started, in whatever form the system tells it, so that a number given anew is not taken for it. '' if it is gone."""
    if not _is_there(pid):
        return ""
    if not (_PROC / "self/stat").exists():
        return _by_ps(pid) or "unknown"
    # the command, in brackets, may hold anything; the third field is the state, the 22nd the start
    fields = _read(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    if not fields:
        return "unknown" if _is_there(pid) else ""
    return "" if fields[0] in _ENDED else fields[19]


def is_same(pid: int, start: str) -> bool:
    """Whether the process that was started then still runs; one that can't be looked at may."""
    now = started(pid)
    return now != "" and ("unknown" in (now, start) or now == start)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def _namespace() -> str:
    try:
        return os.readlink(_PROC / "self/ns/pid")
    except OSError:
        return ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _by_ps(pid: int) -> str:
    try:
        # pylint: disable-next=ansible-bad-function  # locks know no module whose run_command could be called
        done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False, env=_PLAIN)
    except OSError:
        return ""
    return done.stdout.strip()
