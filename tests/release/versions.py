# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the version stands, and what has to agree with it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import yaml
from ansible.utils.version import SemanticVersion

from . import ROOT, Failed, run, tracked

PATTERN = "extensions/patterns/zoom_provisioning/execution_environments/execution-environment.yml"
# Each place, and the line around the version.
PLACES = {
    "galaxy.yml": "version: {}",
    "plugins/module_utils/_report/_sealed_plan.py": 'VERSION = "{}"',
    "plugins/module_utils/_transport/_body.py": 'VERSION = "{}"',
    "execution-environment.yml": "        version: {}",
    PATTERN: "        version: {}",
    "extensions/aap_configuration/controller_projects.yml": "    scm_branch: {}",
}
ADDED = re.compile(r"""^\s*version_added: *["']?([^"'\s]+)""", re.MULTILINE)
DOCUMENTED = ("plugins/", "roles/", "extensions/eda/plugins/")


def version_of(root: Path = ROOT) -> str:
    return str(yaml.safe_load((root / "galaxy.yml").read_text(encoding="utf-8"))["version"])


def set_version(version: str, root: Path = ROOT) -> None:
    former = version_of(root)
    for name, line in PLACES.items():
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace(line.format(former), line.format(version), 1), encoding="utf-8")


def released(root: Path = ROOT) -> list[str]:
    """The versions of the changelog, the newest first."""
    path = root / "changelogs" / "changelog.yaml"
    known = yaml.safe_load(path.read_text(encoding="utf-8"))["releases"] if path.exists() else {}
    return sorted(known, key=SemanticVersion, reverse=True)


def fragments(root: Path = ROOT) -> list[Path]:
    return sorted((root / "changelogs" / "fragments").glob("*.y*ml"))


def problems(root: Path = ROOT) -> list[str]:
    """One line for each thing that does not agree with the version of galaxy.yml."""
    version, versions = version_of(root), released(root)
    left = [path.name for path in fragments(root)]
    again = f"make changelog VERSION={version}"
    return [
        *(
            []
            if versions[:1] == [version]
            else [f"galaxy.yml has {version}, and the changelog's newest release is {' '.join(versions[:1]) or 'none'}: run {again}"]
        ),
        *([f"changelogs/fragments holds what no release has, such as {left[0]}: run {again}"] if left else []),
        *(f"{name} has another version than galaxy.yml, {version}: run {again}" for name in elsewhere(version, root)),
        *(
            f"version_added {added} is in no release of the changelog: {some(names)}"
            for added, names in added_in_no_release(versions, root).items()
        ),
    ]


def elsewhere(version: str, root: Path = ROOT) -> list[str]:
    return [name for name, line in PLACES.items() if f"\n{line.format(version)}" not in (root / name).read_text(encoding="utf-8")]


def added_in_no_release(versions: list[str], root: Path = ROOT) -> dict[str, list[str]]:
    """Version -> the files that say something was added in it."""
    found: dict[str, list[str]] = {}
    for name in tracked(root):
        if name.startswith(DOCUMENTED) and name.endswith((".py", ".yml")):
            for added in set(ADDED.findall((root / name).read_text(encoding="utf-8"))) - set(versions):
                found.setdefault(added, []).append(name)
    return found


def some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more files say so"


def problems_of_the_changelog() -> list[str]:
    """The page is what antsibull-changelog makes of changelogs/changelog.yaml. If there is none yet, that is a problem of the version."""
    if not released():
        return []
    try:
        run("antsibull-changelog", "lint-changelog-yaml", ROOT / "changelogs" / "changelog.yaml")
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "CHANGELOG.md"
            run("antsibull-changelog", "generate", "--output", page, "--output-format", "md")
            same = page.read_bytes() == (ROOT / "CHANGELOG.md").read_bytes()
    except Failed as failure:
        return [str(failure)]
    return [] if same else ["CHANGELOG.md is not what antsibull-changelog generate makes of changelogs/changelog.yaml"]


def problems_of_the_commit() -> list[str]:
    """What is published is a commit, which nobody has published before."""
    version = version_of()
    changed = run("git", "status", "--porcelain").splitlines()
    tagged = run("git", "tag", "--list", version, "--format=%(objectname)%(*objectname)").strip()
    elsewhere_tagged = tagged and run("git", "rev-parse", "HEAD").strip() not in tagged
    return [
        *([f"not everything is committed, such as {changed[0][3:]}: a release is a commit"] if changed else []),
        *([f"{version} has been released by another commit: run make changelog with a newer VERSION"] if elsewhere_tagged else []),
    ]
