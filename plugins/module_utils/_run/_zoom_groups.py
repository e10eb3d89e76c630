# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_groups: ALL mapped Zoom groups and their members, with fuse and journal."""

from __future__ import annotations

from .._frame._module import Run
from .._frame._policy import groups_named, limit_of
from .._model._account import ADMIN, OWNER
from .._model._tenant import Accounts
from .._model._text import PolicyError
from .._plan._change import Change, Plan
from .._plan._drift import tell_drift
from .._plan._mapped_groups import parse_groups
from .._plan._names_known import check_names, tell_nobody
from .._plan._outcome import Finding
from .._plan._protection import parse_protection
from .._plan._unread import doubt_of, unread_groups
from .._plan._zoom_groups import Memberships, affected, plan_zoom_groups
from .._read._accounts import close_accounts, open_accounts
from .._read._people import open_people
from .._read._unread_rows import tell_aside
from .._read._zoom_groups import at_once, read_memberships
from .._report._result import Result, bulk_result
from .._transport._zoom import Zoom
from .._write._apply import apply
from .._write._journal import Journal, open_journal
from .._write._snapshot_update import carrier


def zoom_groups(run: Run) -> Result:
    """All mapped groups exist and hold whom their selectors choose."""
    mapped = parse_groups(run.params["groups"], "groups", exclusive=bool(run.params["exclusive"]))
    limit, protection = limit_of(run.params, "max_removals"), parse_protection({"roles": [OWNER, ADMIN]}, "")
    zoom = run.zoom()
    people = open_people(run, zoom.tenant)
    check_names(people, groups_named(mapped))
    accounts = open_accounts(run, zoom)
    existing = accounts.about.get("groups")
    if existing is None:
        raise PolicyError("Zoom's groups could not be read with this credential; give its user the right Group, View and Edit.")
    journal = open_journal(run, accounts)
    partly: set[str] = set()
    if "memberships" in accounts.about.get("unavailable", []):
        partly = read_memberships(zoom, affected(people.everyone, accounts.records, existing, mapped, people.matching), existing)
    plan = plan_zoom_groups(
        people.everyone,
        accounts.records,
        existing,
        mapped,
        limit,
        protection=protection,
        allow_losses=bool(run.params["allow_losses"]),
        matching=people.matching,
        known=Memberships(
            people.whole,
            partly,
            at_once(zoom),
            unread=unread_groups(accounts.about),
            doubt=doubt_of(accounts.about, people.about),
            absent=people.absent,
            confirm_limit=people.confirm_limit,
        ),
    )
    tell_aside(run, plan, accounts)
    tell_nobody(plan, people.everyone if people.whole else None, groups_named(mapped, "group_mapping_"))
    tell_drift(plan)
    done, failed = write_groups(zoom, plan, accounts, journal, check_mode=run.check_mode)
    close_accounts(run, accounts)
    return bulk_result(plan, done, failed, run.params)


def write_groups(zoom: Zoom, plan: Plan, accounts: Accounts, journal: Journal, *, check_mode: bool) -> tuple[list[Change], list[Finding]]:
    """What was done and what was refused; who was left out of an addition is told as failed."""
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=check_mode)
    plan.attention += applied.attention
    for change in applied.done:
        for member, why in change.payload.get("left_out") or []:
            if why:
                plan.failed.append(Finding(member.email, "add", why))
            else:
                plan.tell("not_joined", member.email, group=change.group)
    return [change for change in applied.done if change.action != "add" or change.members], applied.failed
