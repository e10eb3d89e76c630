# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook as a command that scripts and ansible-runner find first, which hands its call over to a warm server (warm.py).

Which server that is depends on the environment in which the command is called, so it asks the process of pytest, which starts servers.
"""

from __future__ import annotations

import json
import os
import socketserver
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from socket import AF_UNIX, socket

import warm

REAL = str(Path(sys.executable).parent / "ansible-playbook")
BROKER = "WARM_BROKER"
# Of what Ansible reads when it starts: where it keeps files of its own, which for a warm one is the server's affair
PLACES = {"HOME", "ANSIBLE_HOME", "ANSIBLE_CACHE_PLUGIN_CONNECTION"}
SCRIPT = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import warm_command
warm_command.main()
"""


class Asked(socketserver.StreamRequestHandler):
    """The environment of a call is answered with the server for it."""

    def handle(self) -> None:
        given = json.loads(self.rfile.readline())
        with _one_at_a_time:
            self.wfile.write(warm.servers().playbooks(given, but=PLACES).encode())


_one_at_a_time = threading.Lock()
_broker: dict[int, str] = {}


def _place() -> str:
    """Of the broker of this process, which ends with it."""
    if os.getpid() not in _broker:
        place = str(warm.servers().folder / "broker")
        threading.Thread(target=socketserver.ThreadingUnixStreamServer(place, Asked).serve_forever, daemon=True).start()
        _broker[os.getpid()] = place
    return _broker[os.getpid()]


def on_path(folder: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """What to add to the environment of whoever calls the command; it lies in a folder there."""
    command = folder / "bin" / "ansible-playbook"
    command.parent.mkdir(parents=True)
    command.write_text(SCRIPT)
    command.chmod(0o700)
    return {"PATH": f"{command.parent}{os.pathsep}{(environment or os.environ)['PATH']}", BROKER: _place()}


def main() -> None:
    given = dict(os.environ)
    place = given.pop(BROKER)
    if "-vvvv" in sys.argv or (Path.cwd() / "ansible.cfg").exists():
        os.execve(REAL, [REAL, *sys.argv[1:]], given)
    with socket(AF_UNIX) as connection:
        connection.connect(place)
        connection.sendall(json.dumps(given).encode() + b"\n")
        with connection.makefile() as answer:
            server = answer.read()
    sys.exit(warm.call(server, [REAL, *sys.argv[1:]], str(Path.cwd()), given, (sys.stdin, sys.stdout, sys.stderr)))
