# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m fresh [WORD ...]`: every way of set-up, or those with one of the words in their names; a line for each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fresh import mirror, pythons
from fresh.ways import WAYS, Way

CLOSED = [
    "unshare",
    *(["--user", "--map-root-user"] if os.geteuid() else []),
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
]


def main() -> int:
    words = sys.argv[1:]
    chosen = [number for number, way in enumerate(WAYS) if not words or any(word in way.name for word in words)]
    mirror.HOME.mkdir(parents=True, exist_ok=True)
    mirror.make()
    closed = subprocess.run([*CLOSED, "true"], capture_output=True, check=False).returncode == 0
    if not closed:
        print("The ways share this machine's network and settings: there is no unshare here, or it is not allowed.")
    failed = [number for number in chosen if not tried(number, closed)]
    print(f"make fresh: {len(chosen) - len(failed)} of {len(chosen)} ways are as they should be", flush=True)
    return 1 if failed else 0


def tried(number: int, closed: bool) -> bool:
    way, start = WAYS[number], time.monotonic()
    if sentence := left_out(way, closed):
        print(f"NOT TRIED  {way.name}: {sentence}", flush=True)
        return True
    log = mirror.HOME / f"{number:02}.log"
    # as deep as a home is, so that sockets have the room that they have there
    with tempfile.TemporaryDirectory(prefix="fresh-", ignore_cleanup_errors=True) as folder, log.open("w") as kept:
        command = [*(CLOSED if closed else []), sys.executable, "-m", "fresh.inside", str(number), folder]
        environment = {**os.environ, "FRESH_IS_CLOSED": "1" if closed else ""}
        done = subprocess.run(command, env=environment, stdout=kept, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
        wrong = Path(folder) / "wrong"
        reason = wrong.read_text() if wrong.exists() else "it ended early"
    took = f"{time.monotonic() - start:4.0f} s"
    if done.returncode == 0:
        print(f"ok     {took}  {way.name}", flush=True)
        return True
    print(f"WRONG  {took}  {way.name}: {reason} (see {log.relative_to(mirror.ROOT)})", flush=True)
    return False


def left_out(way: Way, closed: bool) -> str:
    """Why a way can't be tried here, if so."""
    for version in way.pythons.values():
        if not (pythons.too_old() if version == "too old" else pythons.find(version)):
            return f"no Python of the version {version} is here"
    if way.needs_a_network_of_its_own and not closed:
        return "it needs a network of its own"
    return "" if shutil.which("make") else "make is missing"


if __name__ == "__main__":
    sys.exit(main())
