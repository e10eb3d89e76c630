# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What stands as a phase begins."""

from __future__ import annotations

from datetime import datetime, timezone

from .._frame._module import Run
from .._model._people import People
from .._model._standing import standing_from
from .._model._tenant import Tenant
from .._model._typed import read_duration
from .._plan._actions import ACTIONS
from .._plan._part import Part
from .._plan._standing import Known

_LONGEST = 3650 * 86400  # seconds: what is never to be tried again has a date all the same


def open_known(run: Run, tenant: Tenant, phase: str, people: People, part: Part) -> Known:
    """Where the phase is about everybody, what it does not meet any more is over."""
    retry_after = min(read_duration(run.params["retry_refused_after"], "retry_refused_after"), _LONGEST)
    # another version may know more actions
    rows = tuple(row for row in standing_from(tenant.standing) if not row.action or row.action in ACTIONS)
    return Known(rows, phase, datetime.now(timezone.utc), retry_after, str(tenant.run_id or ""), people.whole and part.only is None)
