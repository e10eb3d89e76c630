# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group: one Google group."""

from __future__ import annotations

from .._frame._handover import extend_pending
from .._frame._module import Run
from .._model._text import is_address, no_address
from .._model._typed import check_text
from .._plan._google_groups import SHOWN, plan_google_group
from .._plan._judge import GoogleJudge
from .._read._google_group import read_google_group
from .._report._google_diff import google_group_diff
from .._report._result import Result
from .._transport._google_directory import GROUPS_READ, GROUPS_WRITE
from .._write._finish import finish_google
from .._write._journal import open_journal


def google_group(run: Run) -> Result:
    """It exists with its name and description, or does not exist; what was or would be done is handed on as a pending change."""
    email, absent = run.params["email"], run.params["state"] == "absent"
    if not is_address(email):
        raise no_address(email, "email")
    if run.params.get("name") is not None:
        check_text(run.params["name"], "name")
    directory = run.google([GROUPS_READ if run.check_mode else GROUPS_WRITE])
    group = read_google_group(directory, email)
    before = dict(group.fields)
    asked = {name: run.params[name] for name in ("name", "description") if run.params.get(name) is not None}
    plan = plan_google_group(group, asked, absent=absent)
    journal = open_journal(run, directory.customer, GoogleJudge(group, members=False).done)
    result, applied, _refused = finish_google(run, directory, plan, group, journal)
    if applied.first:
        raise applied.first
    created = bool(group.fields) and not before
    pending = [{"group": email, "created": True, "added": [], "removed": []}] if created else []
    extend_pending(run, "google_group", email, pending)
    shown = {name: group.fields[name] for name in (*SHOWN, "id") if name in group.fields}
    kept = {name: result.facts[name] for name in ("changes", "digest")}
    return Result(result.changed, google_group_diff(email, before, group.fields), {"group": shown, "pending_changes": pending, **kept})
