# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""g2g-scim-sync in an environment of its own: it is written for another SCIM service, so two addresses are set before it runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .boxes import ROOT
from .plays import Measured
from .rows import last_words

HOME = ROOT / ".build" / "bench"
LOCKED = ROOT / "requirements" / "locked" / "comparison.txt"
RUN = Path(__file__).parent / "run_g2g.py"
OLDEST = 12
WANTED = "g2g-scim-sync is left out: it needs Python 3.12 or newer, and none is found; name one in BENCH_PYTHON"


def environment() -> Path | str:
    """Its Python; a sentence where there can be none."""
    python = HOME / "bin" / "python"
    if python.exists() and (HOME / "ready").exists() and (HOME / "ready").stat().st_mtime >= LOCKED.stat().st_mtime:
        return python
    newer = _newer()
    if newer is None:
        return WANTED
    uv = [sys.executable, str(ROOT / "tests" / "uv_as_pip.py")]
    subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", str(newer), str(HOME)], check=True)
    subprocess.run(
        [*uv, "pip", "install", "--quiet", "--require-hashes", "--no-build", "--python", str(python), "-r", str(LOCKED)], check=True
    )
    (HOME / "ready").touch()
    return python


def _newer() -> Path | None:
    named = [os.environ.get("BENCH_PYTHON")] + [shutil.which(f"python3.{minor}") for minor in range(OLDEST + 4, OLDEST - 1, -1)]
    others = sorted((Path.home() / ".pyenv" / "versions").glob("3.*/bin/python"), reverse=True)
    for path in [*(Path(name) for name in named if name), *others]:
        told = subprocess.run([path, "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True, check=False)
        if told.returncode == 0 and int(told.stdout) >= OLDEST:
            return path
    return None


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}


def config(key: str, domain: str, subject: str, org_unit: str, token: str) -> str:
    return "\n".join(
        [
            "[google]",
            f'service_account_file = "{key}"',
            f'domain = "{domain}"',
            f'subject_email = "{subject}"',
            f'organizational_units = ["{org_unit}"]',
            "[github]",
            'hostname = "localhost"',
            f'scim_token = "{token}"',
            'enterprise_account = "scim2"',
            "[sync]",
            "create_groups = false",
            "",
        ]
    )


def said(measured: Measured) -> list[str]:
    """How it ended, in its own figures."""
    figures = re.findall(r"Users: .*? failed", measured.output)
    refused = sorted(set(re.findall(r"Client error '(\d+ [^']*)'", measured.output)))
    notes = (
        [f"g2g-scim-sync says: {figures[-1]}"]
        if figures
        else [f"g2g-scim-sync ended with {measured.status}: {last_words(measured.output)[-300:]}"]
    )
    return notes + [f"refused by Zoom: {', '.join(refused)}"] * bool(refused)
