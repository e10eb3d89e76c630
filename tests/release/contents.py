# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the file that is published: everything but the workshop, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

# What only a clone needs. All else is for users, or for those who run the tests of what they have installed.
WORKSHOP = (
    ".ci",  # how this repository's CI calls make test
    ".editorconfig",
    ".github",  # forms for issues and pull requests
    ".gitignore",
    ".pre-commit-config.yaml",
    "galaxy.yml",  # ansible-galaxy puts MANIFEST.json in its place
)
OF_THE_BUILD = {"MANIFEST.json", "FILES.json"}
# What never belongs in a repository or a release, whatever build_ignore says.
NEVER = re.compile(
    r"(^|/)(\.env|\.netrc|id_[a-z0-9]+|.*\.(pem|key|p12|pfx|retry|log|swp|orig|rej|pyc))$|(^|/)(__pycache__|\.venv|\.build|\.cache)/"
)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def of_the_workshop(name: str) -> bool:
    return name in WORKSHOP or name.startswith(tuple(f"{place}/" for place in WORKSHOP))


def problems(members: Mapping[str, bytes | None], repository: Iterable[str]) -> list[str]:
    """One line for each file that should be there and is not, or the other way round."""
    held = {name for name, content in members.items() if content is not None} - OF_THE_BUILD
    wanted = {name for name in repository if not of_the_workshop(name)}
    return [
        *(f"{name} is missing: a pattern of build_ignore in galaxy.yml takes it" for name in sorted(wanted - held)),
        *(
            f"{name} is in the file, and only a clone needs it: add it to build_ignore in galaxy.yml"
            for name in sorted(filter(of_the_workshop, held))
        ),
        *(f"{name} is in the file, and not in the repository" for name in sorted(held - wanted) if not of_the_workshop(name)),
        *(f"{name} is in the file: nothing of that kind may be" for name in sorted(held) if NEVER.search(name)),
        *(f"{name} has a link to {target}, which is not in the file" for name, target in dead_links(members)),
    ]


def dead_links(members: Mapping[str, bytes | None]) -> list[tuple[str, str]]:
    """Links of pages to files that whoever has installed the collection does not have."""
    pages = {name: (content or b"").decode() for name, content in members.items() if name.endswith(".md") and not name.startswith("tests/")}
    leading = [(name, target) for name, text in sorted(pages.items()) for target in LINK.findall(text)]
    return [(name, target) for name, target in leading if beside(name, target) not in members]


def beside(page: str, target: str) -> str:
    """The file that a relative link of a page leads to."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / target).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
