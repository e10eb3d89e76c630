# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make changelog VERSION=1.1.0: the version everywhere, and the changelog out of the fragments.

May be run again until the version has its tag. The first release has nothing before it: its notes are one fragment, called like the
version. What the others say changed between states that were never released, so they go without being noted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from ansible.utils.version import SemanticVersion

from . import ROOT, Failed, run
from .tarball import copy_of_the_repository
from .versions import fragments, released, set_version

MADE = ("changelogs/changelog.yaml", "CHANGELOG.md")


def main(version: str) -> int:
    versions = released()
    if why := refused(version, versions, run("git", "tag", "--list", version).strip()):
        print(f"make changelog: {why}")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        # antsibull-changelog copies all that lies beside galaxy.yml, so it gets a tree that holds nothing else
        tree = copy_of_the_repository(Path(folder) / "ansible_collections" / "workspace_zoom" / "provisioning")
        noted = note(tree, version, first=versions in ([], [version]))
        for name in MADE:
            shutil.copy(tree / name, ROOT / name)
    set_version(version)
    left_out = [path for path in fragments() if path.name not in noted]
    for path in fragments():
        path.unlink()
    print(f"make changelog: CHANGELOG.md has {version}, " + (f"made of {count(noted)}." if noted else "with the notes that it had."))
    if left_out:
        print(f"Left out: {count(left_out)} about what was never released. They are in git's history.")
    print("Read it, then commit all of it as one commit.")
    return 0


def count(fragments: Collection[object]) -> str:
    return f"{len(fragments)} fragment" + "s" * (len(fragments) != 1)


def refused(version: str, versions: list[str], tag: str) -> str:
    try:
        wanted = SemanticVersion(version or "none")
    except ValueError:
        return f"give a version, such as make changelog VERSION=1.0.0; {version!r} is none"
    if tag:
        return f"{version} has a tag, so it may be installed already; take a newer one"
    if versions and wanted < SemanticVersion(versions[0]):
        return f"the changelog has {versions[0]} already; take a newer one"
    return ""


def note(tree: Path, version: str, first: bool) -> set[str]:
    """The names of the fragments that the changelog was made of."""
    if first:
        for path in fragments(tree):
            if path.stem != version:
                path.unlink()
        if fragments(tree):
            (tree / MADE[0]).unlink(missing_ok=True)  # written anew, with the notes as they are now
    noted = {path.name for path in fragments(tree)}
    set_version(version, tree)
    again = ["--update-existing", "--refresh-plugins"] if version in released(tree) else []
    run("antsibull-changelog", "release", "--version", version, "--reload-plugins", *again, cwd=tree)
    run("antsibull-changelog", "lint-changelog-yaml", MADE[0], cwd=tree)
    return noted


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
    except Failed as failure:
        sys.exit(f"make changelog: {failure}")
