# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""google_group_members: who is in one Google group."""

from __future__ import annotations

from typing import Any

from .._frame._connect_google import connect_google
from .._frame._handover import HOLD, extend_pending, pending_of, take_over
from .._frame._module import Run
from .._model._google_group import GoogleGroup
from .._model._nesting import PendingChange, parse_pending
from .._model._text import PolicyError, fold, is_address, no_address
from .._plan._google_groups import as_if_made, hold_part, pending_members, plan_google_members
from .._plan._judge import GoogleJudge
from .._plan._members import as_listed, drift_of, parse_members, plan_members, report_limit
from .._read._approval import read_approval
from .._read._baseline import read_baseline
from .._read._customer import customer_written
from .._read._google_group import as_they_are_listed, members_of, read_direct_members
from .._read._listed_people import check_members
from .._read._part import open_google_part
from .._report._google_diff import google_members_diff
from .._report._result import Result
from .._transport._google_directory import GROUPS_READ, MEMBERS_WRITE, USERS_READ
from .._write._finish_google import finish_google
from .._write._journal import open_journal
from .._write._records import keep_records


def google_group_members(run: Run) -> Result:
    """Members as the list says; failures of single members do not stop the others. What was or would be done is a pending change."""
    name, state = run.params["group"], run.params["state"]
    if not is_address(name):
        raise no_address(name, "group")
    wanted = parse_members(_listed(run), "members", customers=True)
    change = parse_pending(pending_of(run), "pending_changes").get(fold(name), PendingChange())
    created = change.created
    verify = bool(run.params["verify_members"]) and state == "present"
    approval, part = read_approval(run, "", "google_group_members", group=name, members=True), open_google_part(run)
    directory = connect_google(run, [MEMBERS_WRITE, *((USERS_READ, GROUPS_READ) if verify else ())])
    rows, attention = read_direct_members(directory, name, created)
    group = GoogleGroup(name, members=members_of(rows), member_unread=bool(attention))
    if rows:
        wanted = as_they_are_listed(directory, name, as_listed(wanted, group.members), group.members, unread=bool(attention))
    if verify:
        deleted = check_members(directory, name, [email for email in wanted if email not in group.members], rows)
        attention += deleted
        wanted = {email: role for email, role in wanted.items() if email not in {found.email for found in deleted}}
    # each removal is held to the approved plan, where there is one
    limit = None if approval else run.params.get("max_removals")
    path, before = run.params.get("baseline_path"), dict(group.members)
    lifted, most = bool(run.params["allow_losses"]), limit if part.is_whole else None
    members = plan_members(before, wanted, state=state, exclusive=bool(run.params["exclusive"]), max_removals=most, lifted=lifted)
    drift = drift_of(read_baseline(path, name), members)
    reasons = {row["email"]: row["reason"] for row in drift}
    plan = plan_google_members(group, members, reasons, state=state, new_group=created, part=part, no_group=change.left)
    plan.attention += attention
    report_limit(plan, name, hold_part(plan, members, limit, lifted=lifted), limit, run.params["max_removals_name"])
    journal = open_journal(run, customer_written(run, directory), GoogleJudge([group], members=True).done)
    result, applied, refused = finish_google(run, directory, plan, [group], journal, approval)
    pending = pending_members(name, rows, before, as_if_made(group.members, plan.left), refused, created=created)
    pending.update({"stopped": applied.doubt} if applied.doubt else {})
    result.diff = google_members_diff(name, before, group.members)
    result.facts.update(group=name, drift=drift, pending_changes=[pending], refused=len(refused))
    result.facts.update(added=sorted(group.members.keys() - before.keys()), removed=sorted(before.keys() - group.members.keys()))
    result.facts["unrecorded"] = keep_records(applied, journal, group, path, plan.left)
    extend_pending(run, "google_group_members", name, [pending])
    return result


def _listed(run: Run) -> list[Any]:
    members, path = run.params.get("members"), run.params.get("members_path")
    if (members is None) == (path is None):
        raise PolicyError("Give either members or members_path; nothing was changed.")
    return [*take_over(run, "members_path", HOLD)] if members is None else list(members)
