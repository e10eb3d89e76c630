# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files through which others find a sandbox: its address, its service account's key, its environment."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

KEY, ADDRESS, ENVIRONMENT = "service-account.json", "sandbox.json", "sandbox.env"


def make_private(folder: Path) -> Path:
    """A directory without what an earlier sandbox left there; a new one is for its owner alone, as all files in it are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove(folder)
    return folder.resolve()


def write(path: Path, text: str) -> None:
    """For its owner alone, and whole from the moment it can be seen."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    write(path, json.dumps(content, indent=2) + "\n")


def export_lines(variables: Mapping[str, str]) -> str:
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())


def without_proxy(host: str) -> str:
    """For a shell behind a proxy, which does not lead to this machine. What is excepted already stays."""
    return f'export NO_PROXY="{host}${{NO_PROXY:+,$NO_PROXY}}"\nexport no_proxy="${{no_proxy:+$no_proxy,}}$NO_PROXY"\n'


def remove(folder: Path) -> None:
    """The keys and the address are of no use once the sandbox is gone."""
    for name in (ADDRESS, ENVIRONMENT, KEY):
        (folder / name).unlink(missing_ok=True)
