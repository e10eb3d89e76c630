# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ShellCheck over each script in a workflow of GitHub or a pipeline of GitLab: python scripts.py SHELLCHECK FILE..."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

# Both runners stop at the first command that fails. What the runner has in its environment, and no script assigns.
GIVEN = "SC2154"


def scripts(whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each with where it stands. GitLab's lines of one job are one script."""
    for name, job in whole.get("jobs", {}).items():
        for number, step in enumerate(job["steps"]):
            if "run" in step:
                yield f"{name}, step {number + 1}", step["run"]
    for name, job in whole.items():
        if isinstance(job, dict):
            for part in ("before_script", "script", "after_script"):
                if part in job:
                    yield f"{name}, {part}", "\n".join(_lines(job[part]))


def _lines(script: Any) -> Iterator[str]:
    """A list in a list comes of !reference."""
    for line in [script] if isinstance(script, str) else script:
        if isinstance(line, str):
            yield line
        else:
            yield from _lines(line)


def main() -> int:
    program, *paths = sys.argv[1:]
    failed = checked = 0
    for path in paths:
        for where, script in scripts(yaml.safe_load(Path(path).read_text())):
            command = [program, "--shell=bash", f"--exclude={GIVEN}", "--format=gcc", "-"]
            done = subprocess.run(command, input=f"set -eo pipefail\n{script}", capture_output=True, text=True, check=False)
            checked += 1
            if done.returncode:
                failed += 1
                print(f"{path}, {where}:\n{done.stdout}{done.stderr}")
    print(f"shellcheck: {checked} scripts, {failed} with findings")
    return 1 if failed or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
