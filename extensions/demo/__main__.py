# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: a company in the sandbox, provisioned by the real playbook; first in check mode, then for real, then again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
RECAP = re.compile(r"^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)", re.MULTILINE)
TYPES = {1: "basic", 2: "licensed", 3: "on-prem", 4: "unassigned"}


def main() -> int:
    with Sandbox.start() as box, tempfile.TemporaryDirectory() as state:
        say("A Google Workspace and a Zoom account now run on this machine, with some forty people in them.")
        runs = [
            ("1 of 3: what would be done (--check --diff)", ["--check", "--diff"]),
            ("2 of 3: doing it", ["--diff"]),
            ("3 of 3: once more, with nothing left to do", []),
        ]
        for title, options in runs:
            say(title)
            changed, failed = play(box, state, options)
            if failed:
                say("The demo failed: see the task above.")
                return 1
        table(box)
        if changed:
            say("The demo failed: the third run should have changed nothing.")
            return 1
        say("Done: failed=0, and the third run changed nothing. Your own tenant: see README.md, five steps.")
    return 0


def play(box: Sandbox, state: str, options: list[str]) -> tuple[int, int]:
    """Changed and failed tasks of one run of the playbook."""
    command = [
        *(str(Path(sys.executable).parent / "ansible-playbook"), str(ROOT / "playbooks" / "site.yml")),
        *("-i", "halden,", "-e", f"@{ROOT / 'extensions' / 'demo' / 'policy.yml'}", "-e", f"provisioning_state_dir={state}"),
        *options,
    ]
    settings = {
        "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
    }
    environment = {**os.environ, **settings, **box.environment()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    printed = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        printed.append(line)
    process.wait()
    rows = RECAP.findall("".join(printed))
    changed, failed = sum(int(row[1]) for row in rows), sum(int(row[2]) + int(row[3]) for row in rows)
    return changed, max(failed, int(process.returncode != 0))


def table(box: Sandbox) -> None:
    state = box.zoom.state()
    names = {group["id"]: group["name"] for group in state["groups"]}
    say("The Zoom account now:")
    print(f"{'address':34} {'name':26} {'status':9} {'licence':10} groups")
    for user in sorted(state["users"], key=lambda row: (row["status"], row["email"])):
        name = f"{user['first_name']} {user['last_name']}".strip()
        groups = ", ".join(sorted(names.get(key, key) for key in user.get("group_ids", [])))
        print(f"{user['email']:34} {name:26} {user['status']:9} {TYPES.get(user['license']['type'], '?'):10} {groups}".rstrip())


def say(text: str) -> None:
    print(f"\n== {text}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
