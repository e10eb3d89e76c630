# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a seed, the description of a company: a file, a mapping, or the one that comes with the sandbox."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

COMPANY = Path(__file__).parent / "company.yml"
SIDES = ("google", "zoom")


class SeedError(ValueError):
    """A seed that cannot be read; what is inside `google` and `zoom` is checked there."""


def load(given: Mapping[str, Any] | Path | str | None = None) -> dict[str, dict[str, Any]]:
    """Both sides' parts; a side that is not mentioned is empty. The caller's mapping is not touched later on."""
    if given is None or isinstance(given, Path | str):
        return _checked(*_read(Path(given or COMPANY)))
    return _checked(copy.deepcopy(given), "seed")


def _read(path: Path) -> tuple[Any, str]:
    try:
        text = path.read_text(encoding="utf-8")
        return _parsed(text), str(path)
    except OSError as error:
        raise SeedError(f"{path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SeedError(f"{path}: no YAML: {error}") from None


def _parsed(text: str) -> Any:
    """A company of 100,000 is written as JSON, for which Python needs a second, and not as many minutes as for YAML."""
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            pass  # braces are YAML's too
    return yaml.safe_load(text)


def _checked(seed: Any, where: str) -> dict[str, dict[str, Any]]:
    if not isinstance(seed, Mapping):
        raise SeedError(f"{where}: a mapping with the keys google and zoom is needed")
    if unknown := [str(key) for key in seed if key not in SIDES]:
        raise SeedError(f"{where}: unknown key {', '.join(unknown)}; a seed has google and zoom")
    for side in SIDES:
        if not isinstance(seed.get(side) or {}, Mapping):
            raise SeedError(f"{where}: {side} must be a mapping")
    return {side: dict(seed.get(side) or {}) for side in SIDES}
