# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_group_members: the members of ONE Zoom group as a list of addresses."""

from __future__ import annotations

from dataclasses import replace

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._model._tenant import Tenant
from .._model._text import PolicyError
from .._plan._mapped_groups import parse_name
from .._plan._members import parse_members
from .._plan._zoom_group_members import MembersPolicy, accounts_to_read, plan_zoom_members
from .._read._zoom_groups import at_once, find_groups, look_up, read_roster
from .._report._result import Result
from .._write._finish import finish
from .._write._journal import Journal


def zoom_group_members(run: Run) -> Result:
    """These are members, or are not, or are the only ones."""
    name, absent, exclusive = parse_name(run.params["group"], "group"), run.params["state"] == "absent", bool(run.params["exclusive"])
    wanted = tuple(parse_members(run.params["members"], "members"))
    zoom = connect_zoom(run)
    found = find_groups(zoom, [name])
    if not found:
        raise PolicyError(f"group {name!r} does not exist in Zoom; create it with zoom_group first.")
    group_id, name = next(iter(found.items()))
    roster = read_roster(zoom, group_id, name, wanted, exclusive=exclusive and not absent)
    policy = MembersPolicy(wanted, at_once(zoom), absent, exclusive, run.params.get("max_removals"))
    roster = replace(roster, accounts={**roster.accounts, **look_up(zoom, accounts_to_read(roster, policy))})
    plan = plan_zoom_members(roster, policy)
    return finish(run, zoom, plan, Tenant(zoom.tenant, groups=dict(found)), Journal(None, None))[0]
