# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A company that was provisioned and has changed since: what ansible-playbook prints in a terminal that previews the next run."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import Any

import yaml
from demo.__main__ import surroundings
from sandbox import Sandbox

from .cutting import COLUMNS, COMMAND

COMPANY = Path(__file__).with_name("company.yml")
HOST = "halden"
# In the place of what is another one in each run; both have the form of a real one.
RUN_ID = "20261130T070000-1205831648"
FOLDER = "/srv/zoom"
SEAL = "0123456789abcdef" * 4
_SEAL = re.compile(r"(?<=provisioning_approved_seal=)[0-9a-f]{64}")


def preview() -> str:
    """With colours. Its run id is given to it; the folder that it ran in and the seal of its plan are replaced."""
    company = yaml.safe_load(COMPANY.read_text(encoding="utf-8"))
    seed = {side: company[side] for side in ("google", "zoom")}
    with Sandbox.start(seed, {"rate_limits": False}) as box, tempfile.TemporaryDirectory(prefix="plan-") as name:
        folder = Path(name).resolve()
        _write_inventory(folder, company["policy"])
        _run(box, folder, [word for word in COMMAND if word not in ("--check", "--diff")])
        for side, event, given in company["since"]:
            _let_happen(getattr(box, side), event, given)
        _write_inventory(folder, {**company["policy"], "provisioning_run_id": RUN_ID})
        printed = _run(box, folder, COMMAND)
    return _SEAL.sub(SEAL, printed.replace(str(folder), FOLDER))


def _write_inventory(folder: Path, variables: dict[str, Any]) -> None:
    host = {**variables, "provisioning_state_dir": str(folder / "state")}
    (folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {HOST: host}}}), encoding="utf-8")


def _let_happen(side: Any, event: str, given: dict[str, Any]) -> None:
    """An event of a side; `change` is what an administrator edits of an account in Zoom's portal."""
    if event == "change":
        side.change(side.user(given["email"]), **{name: value for name, value in given.items() if name != "email"})
    else:
        getattr(side, event)(**given)


def _run(box: Sandbox, folder: Path, command: list[str]) -> str:
    """In a terminal of its own, as wide as the picture. The line that says how far a run is, gone at its end, is left out."""
    others = ("ANSIBLE_NOCOLOR", "NO_COLOR", "COLUMNS", "LINES", "CI")
    kept = {name: text for name, text in surroundings(box, folder).items() if name not in others and not name.startswith("PROVISIONING_")}
    environment = {**kept, "ANSIBLE_FORCE_COLOR": "true", "PROVISIONING_PROGRESS": "false", "TERM": "xterm-256color"}
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    words = [str(Path(sys.executable).with_name(command[0])), *command[1:]]
    process = subprocess.Popen(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=its, stderr=its)
    os.close(its)
    printed = b"".join(iter(lambda: _some(ours), b"")).decode().replace("\r\n", "\n")
    os.close(ours)
    if process.wait():
        raise RuntimeError(f"{' '.join(command)} failed:\n{printed}")
    return printed


def _some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # how Linux says that nobody writes any more
        return b""
