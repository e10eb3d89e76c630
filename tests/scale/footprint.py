# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much memory a company takes: every phase in a process of its own, against a sandbox. `make footprint PEOPLE=100000` prints it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from playing import SCOPE, account, person, seed
from sandbox import Sandbox

MIB = 2**20
TEAMS = 10
RULES = {"default": "basic", "rules": [{"groups": ["team1@example.com"], "license": "licensed"}]}
# The peak is the process's own: what getrusage tells would be its parent's, which holds the sandbox.
RUN = """
import pathlib, re, runpy, sys
_, name, arguments = sys.argv
sys.argv = [name, arguments]
try:
    runpy.run_module(name, run_name="__main__")
finally:
    print(re.search("VmHWM: *([0-9]+)", pathlib.Path("/proc/self/status").read_text().replace("\\t", " ")).group(1), file=sys.stderr)
"""


def world(size: int, *, new: bool = False) -> dict[str, Any]:
    """A company of ten teams; `new`: Zoom knows nobody of it yet."""
    names = [f"p{number:06d}.worker" for number in range(size)]
    teams = {f"team{number}": names[number::TEAMS] for number in range(TEAMS)}
    accounts = [] if new else [_account(name, number) for number, name in enumerate(names)]
    people = [{**person(name), "department": "Sales"} for name in names]
    given = seed(people, {"zoom-users": list(teams), **teams}, accounts, seats={"licensed": size + 1, "basic": 2 * size})
    given["zoom"]["groups"] = [{"name": "Team 2"}]
    return given


def _account(name: str, number: int) -> dict[str, Any]:
    license, groups = "licensed" if number % TEAMS == 1 else "basic", ["Team 2"] if number % TEAMS == 2 else []
    return {**account(name, license=license, department="Sales"), "groups": groups}


def peaks(size: int, *, new: bool = False) -> dict[str, int]:
    """Module -> the most memory it held, in bytes. Check mode, so that a first contact is planned and not carried out."""
    box = Sandbox.start(world(size, new=new), {"rate_limits": False, "google_quota": None})
    try:
        with TemporaryDirectory() as folder:
            return {module: _peak(box, Path(folder), module, options) for module, options in _phases(Path(folder))}
    finally:
        box.stop()


def _phases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    own = {"run_id": "r1", "accounts_path": str(folder / "accounts.jsonl")}
    people = {**own, "people_path": str(folder / "people.jsonl")}
    yield "zoom_user_info", {"dest": own["accounts_path"], "run_id": "r1"}
    resolve = ["team1@example.com", "team2@example.com"]
    yield "google_scope_info", {**own, "groups": [SCOPE], "resolve_groups": resolve, "dest": people["people_path"]}
    yield "zoom_scim_users", {**people, "prune": True, "licenses": RULES}
    yield "zoom_license_default", {**people, **RULES}
    yield "zoom_groups", {**people, "groups": [{"name": "Team 2", "groups": ["team2@example.com"]}]}


def _peak(box: Sandbox, folder: Path, module: str, options: Mapping[str, Any]) -> int:
    connection = box.connections()[f"{module.partition('_')[0]}_connection"]
    arguments = folder / "arguments.json"
    given = {**connection, **options, "_ansible_check_mode": True, "_ansible_diff": True}
    arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": given}))
    name = f"ansible_collections.workspace_zoom.provisioning.plugins.modules.{module}"
    done = subprocess.run([sys.executable, "-c", RUN, name, str(arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    return int(done.stderr.split()[-1]) * 1024


if __name__ == "__main__":
    SIZE = int(sys.argv[1])
    for told, new in (("nothing to do", False), ("first contact", True)):
        for name, most in peaks(SIZE, new=new).items():
            print(f"{SIZE:,} people, {told}: {name} took {most / MIB:.0f} MiB", flush=True)
