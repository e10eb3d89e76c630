# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""make release: can this commit be published? If so, the file."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from . import OUTPUT, ROOT, Failed, contents, installed, run, tarball, tracked, versions


def main() -> int:
    say(f"1 of 4: comparing versions, changelog and documentation with {versions.version_of()} of galaxy.yml")
    found = [*versions.problems(), *versions.problems_of_the_changelog(), *versions.problems_of_the_commit()]
    with tempfile.TemporaryDirectory() as folder:
        say("2 of 4: building the file, twice")
        path, same = twice(Path(folder))
        found += [] if same else [f"{path.name} differs from one build to the next"]
        say("3 of 4: looking at what is in it")
        found += contents.problems(tarball.read(path), tracked())
        say("4 of 4: installing it into an empty environment and running the demo there (a minute)")
        found += try_it(Path(folder) / "installed", path)
        if found:
            print("make release: this commit can't be published.", *(f"- {line}" for line in found), sep="\n")
            return 1
        kept = keep(path)
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    version = versions.version_of()
    print(f"make release: {version} can be published from commit {run('git', 'rev-parse', 'HEAD').strip()}")
    print(f"  {kept.relative_to(ROOT)}, {kept.stat().st_size:,} bytes, sha256 {digest}")
    print(f"  next: git tag -s {version}, push it, and ansible-galaxy collection publish {kept.relative_to(ROOT)}")
    return 0


def twice(folder: Path) -> tuple[Path, bool]:
    """The second time from a copy whose folders list their files in another order."""
    for name in ("one", "two"):
        (folder / name).mkdir()
    one, two = tarball.built(folder / "one"), tarball.built(folder / "two", backwards=True)
    return one, one.read_bytes() == two.read_bytes()


def try_it(folder: Path, path: Path) -> list[str]:
    folder.mkdir()
    place = installed.empty(folder)
    try:
        installed.install(place, path)
        print(f"  ansible-doc lists {installed.documented(place)} modules")
        print("  the demo: " + [line for line in installed.demo(place).splitlines() if line.startswith("== ")][-1].removeprefix("== "))
    except Failed as failure:
        return [str(failure)]
    return []


def keep(path: Path) -> Path:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(path, OUTPUT / path.name))


def say(text: str) -> None:
    print(f"== {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(f"make release: {failure}")
