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

MB = 10**6
MEMORY = "workspace_zoom.provisioning/memory/1"
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


def world(size: int, *, new: bool = False, outside: int = 0, changed: int = 0) -> dict[str, Any]:
    """A company of ten teams; `new`: Zoom knows nobody of it yet. `outside`: how many more are in no team, their accounts inactive.

    `changed`: how many accounts of the teams say another department.
    """
    names = [f"p{number:06d}.worker" for number in range(size)]
    teams = {f"team{number}": names[number::TEAMS] for number in range(TEAMS)}
    accounts = [] if new else [_account(name, number) for number, name in enumerate(names)]
    for one in accounts[:changed]:
        one["department"] = "Marketing"
    beside = [f"q{number:06d}.neighbour" for number in range(outside)]
    accounts += [account(name, department="Sales", status="inactive") for name in beside if not new]
    people = [{**person(name), "department": "Sales"} for name in (*names, *beside)]
    given = seed(people, {"zoom-users": list(teams), **teams}, accounts, seats={"licensed": size + 1, "basic": 2 * (size + outside)})
    given["zoom"]["groups"] = [{"name": "Team 2"}]
    return given


def _account(name: str, number: int) -> dict[str, Any]:
    license, groups = "licensed" if number % TEAMS == 1 else "basic", ["Team 2"] if number % TEAMS == 2 else []
    return {**account(name, license=license, department="Sales"), "groups": groups}


def peaks(size: int, *, new: bool = False, **more: int) -> dict[str, int]:
    """Module -> the most memory it held, in bytes. Check mode, so that a first contact is planned and not carried out.

    As in any run but the first there is a memory, of the accounts as they are.
    """
    box = Sandbox.start(world(size, new=new, **more), {"rate_limits": False, "google_quota": None})
    found = dict[str, int]()
    try:
        with TemporaryDirectory() as folder:
            for module, options in _phases(Path(folder)):
                found[module] = _peak(box, Path(folder), module, options)
                if module == "zoom_user_info":
                    _remember(Path(folder))
                    found[module] = _peak(box, Path(folder), module, options)
    finally:
        box.stop()
    return found


def _remember(folder: Path) -> None:
    """Of a memory, a snapshot of accounts differs by what it is called."""
    header, _end, records = (folder / "accounts.jsonl").read_text().partition("\n")
    (folder / "memory.jsonl").write_text(
        json.dumps({**json.loads(header), "run_id": "r0", "format": MEMORY, "hypothetical": False}) + "\n" + records
    )
    (folder / "memory.jsonl").chmod(0o600)


def _phases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    remembered = {"run_id": "r1", "memory_path": str(folder / "memory.jsonl")}
    own = {"run_id": "r1", "accounts_path": str(folder / "accounts.jsonl")}
    yield "zoom_user_info", {"dest": own["accounts_path"], **remembered}
    resolve = ["team1@example.com", "team2@example.com"]
    people = {**own, **remembered, "people_path": str(folder / "people.jsonl")}
    yield "google_scope_info", {**own, "groups": [SCOPE], "resolve_groups": resolve, "dest": people["people_path"]}
    people |= {"changes_path": str(folder / "changes.jsonl")}
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
    CASES: dict[str, dict[str, Any]] = {
        "nothing to do": {"size": SIZE},
        "first contact": {"size": SIZE, "new": True},
        "60% in scope, 100 changes": {"size": SIZE * 6 // 10, "outside": SIZE * 4 // 10, "changed": 100},
    }
    for told, given in CASES.items():
        for name, most in peaks(**given).items():
            print(f"{SIZE:,} people, {told}: {name} took {most / MB:.0f} MB", flush=True)
