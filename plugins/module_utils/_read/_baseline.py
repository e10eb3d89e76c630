# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Members of a Google group as the last run left them: who is missing or too many since then was changed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from .._model._files import write_private
from .._model._text import fold, mailbox
from .._plan._members import MembersPlan


def read_baseline(path: str | None, group: str) -> frozenset[str] | None:
    """Folded addresses; None where nothing is known."""
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8")) if path else None
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict) or fold(str(told.get("group"))) != fold(group):
        return None
    return frozenset(str(member) for member in told.get("members") or [])


def write_baseline(path: str, group: str, members: Iterable[str]) -> None:
    write_private(path, [json.dumps({"group": group, "members": sorted(members)})], "baseline_path")


def drift_of(baseline: frozenset[str] | None, plan: MembersPlan) -> list[dict[str, str]]:
    """The part of the plan that puts right what was done by hand in Google."""
    if baseline is None:
        return []
    known = {mailbox(member) for member in baseline}
    back = [(email, "add", "was taken out of") for email in plan.add if mailbox(email) in known]
    out = [(email, "remove", "was put into") for email in plan.remove if mailbox(email) not in known]
    return [
        {"email": email, "action": action, "reason": f"drift: {email} {words} the group in Google since the last run"}
        for email, action, words in sorted([*back, *out])
    ]
