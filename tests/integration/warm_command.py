# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-playbook as a command that shell scripts find first, which hands its call over to a warm server (warm.py)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import warm

REAL = str(Path(sys.executable).parent / "ansible-playbook")
SCRIPT = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import warm_command
warm_command.main()
"""


def on_path(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What to add to the environment of a script, whose own it is otherwise; the command lies in a folder there."""
    command = folder / "bin" / "ansible-playbook"
    command.parent.mkdir()
    command.write_text(SCRIPT)
    command.chmod(0o700)
    whole = {**os.environ, **environment}
    return {
        "PATH": f"{command.parent}{os.pathsep}{whole['PATH']}",
        "WARM_SERVER": warm.servers()._playbooks(whole),
        "WARM_SETTINGS": json.dumps(warm.settings(whole)),
    }


def main() -> None:
    given = dict(os.environ)
    server, settings = given.pop("WARM_SERVER"), json.loads(given.pop("WARM_SETTINGS"))
    if others := dict(warm.settings(given).items() ^ settings.items()):
        sys.exit(f"a script changed what Ansible reads when it starts, {others}; say so where the warm server is started")
    sys.exit(warm.call(server, [REAL, *sys.argv[1:]], str(Path.cwd()), given, (sys.stdin, sys.stdout, sys.stderr)))
