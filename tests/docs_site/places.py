# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each file of the repository stands on the site."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTENTS = "docs/index.md"
REFERENCE = "reference"  # antsibull-docs makes it
# What people follow a link to, and its place from the site's top, in the suffix of its source.
_PLACES = [
    (r"README\.md", "index.md"),  # the front page of the site says what that of the repository says
    (r"docs/(.+\.(?:md|svg|json|ya?ml))", r"\1"),
    (r"(examples/.+\.(?:ya?ml|service|timer|cfg))", r"\1"),
    (r"roles/(\w+)/README\.md", r"roles/\1.md"),
    (r"roles/(\w+)", rf"{REFERENCE}/\1_role.rst"),
    (r"plugins/modules", f"{REFERENCE}/index.rst"),
    (r"plugins/modules/(\w+)\.py", rf"{REFERENCE}/\1_module.rst"),
    (r"plugins/(callback|lookup)/(\w+)\.py", rf"{REFERENCE}/\2_\1.rst"),
    (r"([A-Z_]+)\.(md|rst)", r"project/\1.\2"),  # docs/ has a security.md too
]


def place(path: str) -> str | None:
    """Where the site has a file or folder of the repository; None where the forge alone has it."""
    found = next(((one, there) for pattern, there in _PLACES if (one := re.fullmatch(pattern, path))), None)
    if found is None:
        return None
    there = found[0].expand(found[1])
    return there.lower() if there.startswith("project/") else there


def pages(root: Path = ROOT) -> list[str]:
    """What people wrote, and the generated pages of docs/: paths in the repository."""
    found = [*root.glob("docs/*.md"), *root.glob("roles/*/README.md")]
    found += [root / name for name in ("CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md", "CHANGELOG.rst")]
    return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())
