# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_groups: ALL mapped Zoom groups and their members, with limit and journal."""

from __future__ import annotations

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._frame._policy import allows_losses, groups_named, limit_of
from .._model._account import ADMIN, OWNER
from .._model._standing import GROUPS_PHASE
from .._model._text import PolicyError
from .._plan._drift import name_drift
from .._plan._judge import Judge
from .._plan._mapped_groups import parse_groups
from .._plan._matching import match
from .._plan._names_known import check_names, report_nobody
from .._plan._protection import parse_protection
from .._plan._zoom_groups import GroupPolicy, affected, plan_zoom_groups
from .._read._accounts import open_tenant
from .._read._approval import read_approval
from .._read._part import open_part
from .._read._people import open_people
from .._read._standing import open_known
from .._read._unread_rows import report_unread
from .._read._zoom_groups import at_once, read_memberships
from .._report._result import Result
from .._write._finish import finish
from .._write._journal import open_journal


def zoom_groups(run: Run) -> Result:
    """All mapped groups exist and hold whom their selectors choose."""
    mapped = parse_groups(run.params["groups"], "groups", exclusive=bool(run.params["exclusive"]))
    limit, protection = limit_of(run.params, "max_removals"), parse_protection({"roles": [OWNER, ADMIN]}, "")
    zoom = connect_zoom(run)
    approval = read_approval(run, zoom.tenant, "zoom_groups")
    people = open_people(run, zoom.tenant)
    check_names(people, groups_named(mapped))
    tenant = open_tenant(run, zoom)
    if tenant.groups is None:
        raise PolicyError("Zoom's groups could not be read with this credential; give its user the right Group, View and Edit.")
    journal = open_journal(run, tenant.id, Judge(tenant).done)
    matches, partly = match(people.everyone, tenant.accounts, people.matching), set[str]()
    if "memberships" in tenant.unavailable:
        partly = read_memberships(zoom, affected(people, tenant, matches, mapped), tenant.groups)
    part = open_part(run, people, tenant, matches)
    policy = GroupPolicy(mapped, limit, protection, allows_losses(run.params), partly, at_once(zoom), part)
    plan = plan_zoom_groups(people, tenant, matches, policy)
    report_unread(run, plan, tenant)
    report_nobody(plan, people, groups_named(mapped, "group_mapping_"))
    name_drift(plan)
    known = open_known(run, tenant, GROUPS_PHASE, people, part)
    return finish(run, zoom, plan, tenant, journal, known=known, approval=approval, part=part)[0]
