# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group: one Google group."""

from __future__ import annotations

from .._frame._connect_google import connect_google
from .._frame._handover import extend_pending
from .._frame._module import Run
from .._model._group_settings import parse_settings
from .._model._text import PolicyError, is_address, no_address
from .._model._typed import check_text
from .._plan._google_groups import SHOWN, plan_google_group
from .._plan._judge import GoogleJudge
from .._read._approval import read_approval
from .._read._customer import customer_written
from .._read._google_group import read_google_group
from .._read._part import open_google_part
from .._report._google_diff import google_group_diff
from .._report._result import Result
from .._transport._errors import TransportError
from .._transport._google_directory import GROUP_SETTINGS_SCOPE, GROUPS_WRITE
from .._write._finish_google import finish_google
from .._write._journal import open_journal
from .._write._records import keep_records


def google_group(run: Run) -> Result:
    """It exists with its name and description, or does not exist; what was or would be done is handed on as a pending change."""
    email, absent = run.params["email"], run.params["state"] == "absent"
    if not is_address(email):
        raise no_address(email, "email")
    if run.params.get("name") is not None:
        check_text(run.params["name"], "name")
    settings = parse_settings(run.params.get("settings"), "settings")
    approval = read_approval(run, "", "google_group", group=email)
    directory = connect_google(run, [GROUPS_WRITE, *([GROUP_SETTINGS_SCOPE] if settings else [])])
    group = read_google_group(directory, email, settings=bool(settings))
    before = group.copy()
    fields = {name: run.params[name] for name in ("name", "description") if run.params.get(name) is not None}
    plan = plan_google_group(group, fields, settings, absent=absent, part=open_google_part(run))
    journal = open_journal(run, customer_written(run, directory), GoogleJudge([before], members=False).done)
    result, applied, _refused = finish_google(run, directory, plan, [group], journal, approval)
    if applied.first and not applied.done:
        raise applied.first if isinstance(applied.first, TransportError) else PolicyError(applied.failed[0].message)
    left = any(change.action == "google_create" for change in plan.left)
    created = left or (bool(group.fields) and not before.fields)
    pending = [{"group": email, "created": True, "added": [], "removed": [], **({"left": True} if left else {})}] if created else []
    extend_pending(run, "google_group", email, pending)
    result.diff = google_group_diff(before, group, settings)
    shown = {name: group.fields[name] for name in (*SHOWN, "id") if name in group.fields}
    kept = {name: group.settings[name] for name in settings if name in group.settings}
    result.facts.update(group=shown, settings=kept, pending_changes=pending, unrecorded=keep_records(applied, journal, group))
    return result
