# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of each combination, kept for the page of the docs where RECORD is set."""

from __future__ import annotations

import json
import os
from pathlib import Path

from answers import TOKENS

from .combinations import FOREVER, Trial
from .judge import same_end

FILE = Path(__file__).parents[3] / ".build" / "faults.jsonl"
SAME, FAILED, REPORTED, LATER = "same end", "refused", "reported", "done by the next run"


def family(endpoint: str) -> str:
    """The column of an endpoint in the table."""
    method, _blank, path = endpoint.partition(" ")
    side = "Google" if path.startswith(("/admin", "/groups", "/token")) else "Zoom"
    what = "tokens" if endpoint in TOKENS else "reads" if method == "GET" else "writes"
    return f"{side}: {what}"


def outcome(trial: Trial) -> str:
    """What a run came to that broke no rule."""
    if same_end(trial) and not trial.faulty.failed:
        return SAME
    if trial.faulty.failed:
        return FAILED
    return REPORTED if trial.faulty.attention - trial.end.attention else LATER


def keep(trial: Trial) -> None:
    if not os.environ.get("RECORD"):
        return
    one = trial.combination
    row = {
        "group": one.kind.group,
        "family": family(one.endpoint),
        "lasting": one.often == FOREVER,
        "endpoint": one.endpoint,
        "kind": one.kind.name,
        "outcome": outcome(trial),
    }
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
