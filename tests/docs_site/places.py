# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each file of the repository stands on the site."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
CONTENTS = "docs/index.md"
REFERENCE = "reference"  # antsibull-docs makes it
_KINDS = {"modules": "module", "callback": "callback", "lookup": "lookup"}
# Files that a page may offer; what else is linked is shown by the forge.
_OFFERED = (".yml", ".yaml", ".json", ".service", ".timer", ".cfg")


def place(path: str) -> str | None:
    """Its place from the site's top, in the suffix of its source; None where the forge alone has it."""
    one = PurePosixPath(path)
    match one.parts:
        case ("README.md",):
            return "index.md"  # the front page of the site says what that of the repository says
        case ("plugins", "modules"):
            return f"{REFERENCE}/index.rst"
        case ("plugins", kind, _name) if kind in _KINDS and one.suffix == ".py":
            return f"{REFERENCE}/{one.stem}_{_KINDS[kind]}.rst"
        case ("roles", role):
            return f"{REFERENCE}/{role}_role.rst"
        case ("roles", role, "README.md"):
            return f"roles/{role}.md"
        case ("docs", *inside) if inside and (one.suffix in (".md", ".svg") or one.suffix in _OFFERED):
            return "/".join(inside)
        case (_name,) if one.suffix in (".md", ".rst"):
            return f"project/{one.name.lower()}"  # docs/ has a security.md too
        case ("examples", *inside) if inside and one.suffix in _OFFERED:
            return path
    return None


def pages(root: Path = ROOT) -> list[str]:
    """What people wrote, and the generated pages of docs/: paths in the repository."""
    found = [*root.glob("docs/*.md"), *root.glob("roles/*/README.md")]
    found += [root / name for name in ("CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md", "CHANGELOG.rst")]
    return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())
