# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m docs_site FOLDER: the site in FOLDER/html. Any warning, and any link within the site that leads nowhere, is an error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from .built import problems
from .places import REFERENCE, ROOT
from .staging import stage


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    source, html, bin_of = folder / "source", folder / "html", Path(sys.executable).parent
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    shutil.rmtree(source, ignore_errors=True)
    stage(source, galaxy["repository"].rstrip("/"))
    (source / REFERENCE).mkdir()
    _say("reading the documentation of modules, roles and plugins")
    collection = f"{galaxy['namespace']}.{galaxy['name']}"
    reference: list[str | Path] = [
        "collection",
        "--use-current",
        "--squash-hierarchy",
        "--fail-on-error",
        "--dest-dir",
        source / REFERENCE,
        collection,
    ]
    if _run(bin_of / "antsibull-docs", *reference):
        return 1
    _say("building the site")
    shutil.rmtree(html, ignore_errors=True)
    strict = ["--fail-on-warning", "--keep-going", "--nitpicky", "--quiet", "--jobs", "auto"]
    if _run(bin_of / "sphinx-build", *strict, "-c", ROOT / "docs", "-d", folder / "doctrees", "-b", "html", source, html):
        return 1
    if found := problems(html):
        print("\n".join(found), file=sys.stderr)
        return 1
    _say(f"{sum(1 for _page in html.rglob('*.html'))} pages, no warning, no broken link: {os.path.relpath(html / 'index.html')}")
    return 0


def _say(words: str) -> None:
    print(f"site: {words}", flush=True)


def _run(*command: str | Path) -> int:
    return subprocess.run([str(word) for word in command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
