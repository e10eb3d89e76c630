# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_group: ONE Zoom group."""

from __future__ import annotations

from typing import Any

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._model._account import PROVISIONAL
from .._model._selector import Selector
from .._model._tenant import Tenant
from .._model._text import PolicyError
from .._plan._change import Plan
from .._plan._mapped_groups import MappedGroup, group_named, parse_former, parse_name
from .._plan._zoom_groups import plan_group
from .._read._zoom_groups import find_groups
from .._report._group_diff import group_entry
from .._report._result import Result
from .._write._finish import finish
from .._write._journal import Journal


def zoom_group(run: Run) -> Result:
    """The group exists under its name, or does not exist."""
    name = parse_name(run.params["name"], "name")
    former = parse_former(run.params["previous_names"], name, "previous_names")
    absent = run.params["state"] == "absent"
    group = MappedGroup(name, None) if absent else MappedGroup(name, Selector(), False, former)
    zoom = connect_zoom(run)
    tenant, plan = Tenant(zoom.tenant, groups=find_groups(zoom, [name, *group.previous_names])), Plan()
    plan_group(plan, tenant.groups or {}, group, [])
    result, applied = finish(run, zoom, plan, tenant, Journal(None, None))
    if applied.failed:
        raise PolicyError(applied.failed[0].message)
    kept = {name: result.facts[name] for name in ("changes", "digest", "attention")}
    diff = [group_entry(applied.done)] if applied.done else []
    return Result(changed=bool(applied.done), diff=diff, facts={"group": _facts(tenant, group), **kept})


def _facts(tenant: Tenant, group: MappedGroup) -> dict[str, Any]:
    """An id that check mode made up is nobody's."""
    key = None if group.absent else group_named(tenant.groups or {}, group.name)
    if key is None or tenant.groups is None:
        return {}
    return {"name": tenant.groups[key], **({} if key.startswith(PROVISIONAL) else {"id": key})}
