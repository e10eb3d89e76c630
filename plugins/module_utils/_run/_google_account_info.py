# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_account_info: whether a Google Workspace customer is ready for this collection."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from .._frame._connect_google import connect_reports
from .._frame._module import Run
from .._model._text import PolicyError
from .._read._connector_log import read_connector_log
from .._report._connector_checks import connector_checks, facts_of, not_checked
from .._report._result import Result
from .._transport._errors import TransportError

_LONGEST = 180  # days that Google keeps of this log


def google_account_info(run: Run) -> Result:
    """Each check with what to do if it fails; the module itself succeeds, so that what an optional scope shows is never in the way."""
    days, most = int(run.params["days"]), int(run.params["max_events"])
    if not 1 <= days <= _LONGEST or most < 1:
        raise PolicyError(f"days is {days} and max_events {most}; give 1 to {_LONGEST} days, and at least one event.")
    now = datetime.now(timezone.utc)
    facts: dict[str, Any] = {"connector": {}}
    try:
        log = read_connector_log(connect_reports(run), now - timedelta(days=days), most)
    except (TransportError, OSError) as error:
        checks = [not_checked(error)]
    else:
        checks, facts["connector"] = connector_checks(log, now), facts_of(log)
    return Result(facts={"checks": checks, "failed_checks": [row["message"] for row in checks if not row["passed"]], **facts})
