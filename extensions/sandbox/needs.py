# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which libraries this Python lacks, all in one sentence, before an import fails at the first of them. Needs none itself."""

from __future__ import annotations

import re
import shlex
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
SANDBOX = ROOT / "requirements" / "sandbox.txt"
COLLECTION = ROOT / "meta" / "ee-requirements.txt"


def missing(who: str, *lists: Path) -> str:
    """Empty if `who` has all that is on these lists."""
    wanted = dict.fromkeys(line.strip() for path in lists if path.exists() for line in path.read_text(encoding="utf-8").splitlines())
    absent = [line for line in wanted if line and line[0] not in "#-" and not _is_here(line)]
    if not absent:
        return ""
    *first, last = (re.split(r"[\[<>=]", line)[0] for line in absent)
    names = f"{', '.join(first)} and {last}" if first else last
    command = shlex.join([sys.executable, "-m", "pip", "install", *absent])
    return f"{who} needs {names}, which this Python does not have or only in an older version. Install what is missing: {command}"


def _is_here(line: str) -> bool:
    name = re.split(r"[\[<>=]", line)[0]
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    try:
        from packaging.requirements import Requirement
    except ModuleNotFoundError:  # it comes with ansible-core
        return True
    return Requirement(line).specifier.contains(found, prereleases=True)
