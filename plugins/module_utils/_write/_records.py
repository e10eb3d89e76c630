# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Files that a module keeps beside what it writes to Google: an interrupted run's journal, and the members that drift is found by."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .._model._files import write_private
from .._model._google_group import GoogleGroup
from .._plan._change import Change
from .._read._baseline import read_baseline
from ._applied import Applied
from ._journal import Journal


def keep_records(applied: Applied, journal: Journal, group: GoogleGroup, baseline: str | None = None, left: Iterable[Change] = ()) -> bool:
    """Whether they are behind, as check mode leaves them: then a real run has to come, also where nothing is to be changed in Google.

    `group`: as it is now. `baseline`: the file of its members. `left`: what the run leaves, of which the file says what it said before.
    """
    former = read_baseline(baseline, group.email)
    asleep = {change.email for change in left} if former is not None else set()
    members = (group.members.keys() - asleep) | ((former or frozenset()) & asleep)
    behind = bool(baseline) and (former is None or set(former) != members)
    if baseline and not applied.hypothetical:
        write_private(baseline, [json.dumps({"group": group.email, "members": sorted(members)})], "baseline_path")
    return applied.hypothetical and (behind or journal.settled > 0)
