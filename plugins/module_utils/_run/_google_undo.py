# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_undo: takes a journal and puts Google groups and their members back."""

from __future__ import annotations

from .._frame._connect_google import connect_google
from .._frame._module import Run
from .._frame._policy import allows_losses, limit_of
from .._model._google_group import GoogleGroup
from .._model._journal import Entry
from .._model._text import fold
from .._plan._change import Plan
from .._plan._judge import GoogleJudge, is_google
from .._plan._undo_google import GoogleUndoPolicy, plan_google_undo
from .._read._approval import read_approval
from .._read._customer import customer_asked, names_customer
from .._read._google_group import members_of, read_direct_members, read_google_group
from .._read._journal import check_tenant, read_journal
from .._report._result import Result, bulk_result
from .._transport._google_directory import GROUP_SETTINGS_SCOPE, GROUPS_WRITE, MEMBERS_WRITE, USERS_READ, Directory
from .._write._finish_google import finish_google
from .._write._journal import open_journal

_STOPPED = "so much was refused in Zoom that the undo was stopped there"


def google_undo(run: Run) -> Result:
    """What was done in Google is taken back, unless somebody has changed it since. Without such a write nothing is read."""
    entries = [entry for entry in read_journal(run.params["journal"]) if is_google(entry)]
    limit, approval = limit_of(run.params, "max_removals"), read_approval(run, "", "google_undo")
    if not entries:
        return bulk_result(Plan(), [], [], [], run.params)
    settings = any(entry.action == "google_settings" for entry in entries)
    more = [*([GROUP_SETTINGS_SCOPE] if settings else []), *([USERS_READ] if names_customer(entries) else [])]
    directory = connect_google(run, [GROUPS_WRITE, MEMBERS_WRITE, *more])
    customer = customer_asked(directory, entries)
    check_tenant(entries, customer, run.params["journal"])
    names = sorted({fold(entry.group) for entry in entries})
    groups = dict(zip(names, directory.each(lambda name: _read(directory, name, settings), names), strict=True))
    judges = [GoogleJudge(groups.values(), members=members) for members in (False, True)]

    def done(entry: Entry) -> bool | None:
        return next((change for judge in judges if (change := judge.done(entry)) is not None), None)

    made = [entry for entry in entries if (done(entry) if entry.ok is None else entry.ok)]
    plan = plan_google_undo(groups, GoogleUndoPolicy(made, limit, allows_losses(run.params), _STOPPED if run.params["stopped"] else ""))
    result, _applied, _refused = finish_google(run, directory, plan, groups.values(), open_journal(run, customer, done), approval)
    return result


def _read(directory: Directory, name: str, settings: bool) -> GoogleGroup:
    group = read_google_group(directory, name, settings=settings)
    if group.fields:
        rows, unread = read_direct_members(directory, name, False)
        group.members, group.member_unread = members_of(rows), bool(unread)
    return group
