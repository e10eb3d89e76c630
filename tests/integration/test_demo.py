# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo by its playbook, from where collections are installed, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOBODY = "http://127.0.0.1:9"  # a proxy that is not there
ELSEWHERE = {
    **dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"), NOBODY),
    "NO_PROXY": "intranet.example.com",
    # a tenant of the user's own
    "ZOOM_ACCESS_TOKEN": "a-token-of-a-tenant-of-their-own",
    "GCP_SERVICE_ACCOUNT_CONTENTS": "{}",
    "GOOGLE_WORKSPACE_SUBJECT": "somebody@example.net",
}


@pytest.mark.torture
def test_the_playbook_shows_the_demo_whatever_the_user_has_set(tmp_path: Path) -> None:
    own = tmp_path / "ansible.cfg"
    own.write_text("[defaults]\nany_errors_fatal = true\n[privilege_escalation]\nbecome = true\n")
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "workspace_zoom.provisioning.demo"]
    environment = {**os.environ, **ELSEWHERE, "HOME": str(tmp_path), "ANSIBLE_CONFIG": str(own)}
    environment.pop("no_proxy", None)
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    titles = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    assert [title.partition(":")[0] for title in titles] == [
        "== A Google Workspace and a Zoom account now run on this machine, with some forty people in them. Three runs of site.yml follow.",
        *("== 1 of 3", "== 2 of 3", "== 3 of 3"),
        *("== The Zoom account now", "== Done"),
    ]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["localhost", ":", "ok=1", "changed=0", "unreachable=0", "failed=0"] in [row[:6] for row in rows]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".ansible", "ansible.cfg"]
