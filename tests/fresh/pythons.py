# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Pythons of this machine, by version: on the PATH, or where pyenv keeps them."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

TOO_OLD = ("3.10", "3.9", "3.8")


@cache
def find(version: str) -> Path | None:
    """The file itself, as pyenv puts a script of its own in front."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    named = shutil.which(f"python{version}")
    candidates = [*sorted(kept.glob(f"{version}.*/bin/python{version}"), reverse=True), *([Path(named)] if named else [])]
    return next((path.resolve() for path in candidates if _is(path, version)), None)


def too_old() -> Path | None:
    return next((path for path in map(find, TOO_OLD) if path), None)


def _is(path: Path, version: str) -> bool:
    asked = [str(path), "-c", "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == version
