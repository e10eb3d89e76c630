# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: a company in the sandbox, provisioned by the real playbook; first in check mode, then for real, then again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox import needs

if TYPE_CHECKING:
    from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "extensions" / "demo" / "policy.yml"
COLOURS = re.compile(r"\x1b\[[\d;]*m")
RECAP = re.compile(r"^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)", re.MULTILINE)
TYPES = {1: "basic", 2: "licensed", 3: "on-prem", 4: "unassigned"}
# Of whoever calls the demo: tenants of their own, and how their own Ansible is set.
OTHERS = ("ANSIBLE_", "GCP_", "GOOGLE_", "ZOOM_")
KEPT = {"ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_FORCE_COLOR", "ANSIBLE_NOCOLOR"}
HERE = "127.0.0.1,localhost"


def main() -> int:
    if sentence := needs.missing("The demo", needs.COLLECTION, needs.SANDBOX):
        print(sentence, file=sys.stderr)
        return 2
    from sandbox import Sandbox

    try:
        with Sandbox.start() as box, tempfile.TemporaryDirectory(prefix="demo-", ignore_cleanup_errors=True) as folder:
            return show(box, Path(folder))
    except KeyboardInterrupt:
        say("The demo was interrupted. Its sandbox is gone, and nothing is left of it.")
        return 130
    except BrokenPipeError:  # nobody listens any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def show(box: Sandbox, folder: Path) -> int:
    say("A Google Workspace and a Zoom account now run on this machine, with some forty people in them. Three runs of site.yml follow.")
    runs = [
        ("1 of 3: what would be done, with the difference of each account (--check --diff)", ["--check", "--diff"]),
        ("2 of 3: for real, the same changes", []),
        ("3 of 3: once more, with nothing left to do", []),
    ]
    for title, options in runs:
        say(title)
        changed, failed = play(box, folder, options)
        if failed:
            say("The demo failed: see the task above.")
            return 1
    table(box)
    if changed:
        say("The demo failed: the third run should have changed nothing.")
        return 1
    say(
        "Done: failed=0, and the third run changed nothing. The sandbox and its files are gone with this demo."
        " For your own tenant, see README.md, five steps."
    )
    return 0


def play(box: Sandbox, folder: Path, options: list[str]) -> tuple[int, int]:
    """Changed and failed tasks of one run of the playbook."""
    command = [
        # as a module of this Python: the command ansible-playbook may lie anywhere
        *(sys.executable, "-P", "-m", "ansible.cli.playbook", str(ROOT / "playbooks" / "site.yml")),
        *("-i", "halden,", "-e", f"@{POLICY}", "-e", json.dumps({"provisioning_state_dir": str(folder / "state")})),
        *options,
    ]
    process = subprocess.Popen(command, env=surroundings(box, folder), cwd=folder, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    printed: list[str] = []
    try:
        relay(process, printed)
    except KeyboardInterrupt:  # the run has it too, and ends what is under way
        relay(process, printed)
        raise
    rows = RECAP.findall("".join(printed))
    changed, failed = sum(int(row[1]) for row in rows), sum(int(row[2]) + int(row[3]) for row in rows)
    return changed, max(failed, int(process.returncode != 0))


def relay(process: subprocess.Popen[str], printed: list[str]) -> None:
    for line in process.stdout or ():
        print(line, end="", flush=True)
        printed.append(COLOURS.sub("", line))
    process.wait()


def surroundings(box: Sandbox, folder: Path) -> dict[str, str]:
    """The environment of a run. It is the same whatever the user's own Ansible, tenants, proxies and home are."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(OTHERS)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    settings = folder / "ansible.cfg"
    settings.touch()
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        kept.setdefault("ANSIBLE_FORCE_COLOR", "true")
    if ROOT.parents[1].name == "ansible_collections":  # where it is installed
        others = kept.get("ANSIBLE_COLLECTIONS_PATH")
        kept["ANSIBLE_COLLECTIONS_PATH"] = os.pathsep.join([str(ROOT.parents[2]), *([others] if others else [])])
    excepted = filter(None, (HERE, os.environ.get("no_proxy"), os.environ.get("NO_PROXY")))
    return {
        **kept,
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_HOME": str(folder / "ansible"),
        # only what is changed or failed
        "ANSIBLE_DISPLAY_OK_HOSTS": "false",
        "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        # the sandbox is on this machine, and no proxy leads to it
        **dict.fromkeys(("no_proxy", "NO_PROXY"), ",".join(excepted)),
        **box.environment(),
    }


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
