# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Members of a Google group as the last run left them: who is missing or too many since then was changed by hand."""

from __future__ import annotations

from pathlib import Path

from .._model._files import from_json
from .._model._text import fold


def read_baseline(path: str | None, group: str) -> frozenset[str] | None:
    """Folded addresses; None where nothing is known."""
    try:
        kept = from_json(Path(path).read_text(encoding="utf-8")) if path else None
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or fold(str(kept.get("group"))) != fold(group):
        return None
    members = kept.get("members")
    return frozenset(str(member) for member in members) if isinstance(members, list) else None
