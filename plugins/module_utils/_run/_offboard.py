# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_offboard: named people lose access at once."""

from __future__ import annotations

from .._frame._connect_zoom import connect_zoom
from .._frame._handover import HOLD, hand_over
from .._frame._module import Run
from .._frame._policy import protection_of
from .._model._people import some
from .._model._tenant import Tenant
from .._model._text import PolicyError, check_addresses
from .._plan._actions import END_OF_ACCOUNT
from .._plan._change import Plan
from .._plan._judge import Judge
from .._plan._matching import match, unmatched
from .._plan._offboard import OffboardPolicy, bundles_to_read, plan_offboarding, still_in_scope
from .._plan._protection import Protection, unclear_entries, widen_by_last
from .._plan._removals import parse_offboarding
from .._read._accounts import open_tenant
from .._read._approval import read_approval
from .._read._bundles import read_bundles
from .._read._last_people import last_people
from .._read._people import open_people
from .._read._unread_rows import report_unread
from .._report._refusals import advise
from .._report._result import Result
from .._transport._zoom import Zoom
from .._write._finish import finish
from .._write._journal import open_journal
from .._write._scim_check import by_scim, scim_refusal

# with a deactivation Zoom hands over what it will: an heir is named, kinds of data are not
_HEIRS = frozenset({"deactivate", *END_OF_ACCOUNT})


def offboard(run: Run) -> Result:
    """Whoever would be back with the next run goes into the hold group, or the whole call is refused before anything is written."""
    users = check_addresses(run.params["users"], "users")
    if not users:
        raise PolicyError("users is empty; name at least one person to offboard.")
    action = parse_offboarding({name: run.params.get(name) for name in ("action", "transfer_to", "transfer")}, "action", _HEIRS)
    protection = protection_of(run.params)
    zoom = connect_zoom(run)
    approval = read_approval(run, zoom.tenant, "zoom_offboard")
    people = open_people(run, zoom.tenant) if run.params.get("people_path") else some([])
    tenant = open_tenant(run, zoom)
    policy = OffboardPolicy(tuple(users), action, protection if people.whole else _protect(run, protection, tenant))
    matches = match(people.everyone, tenant.accounts, people.matching) if people.whole else unmatched(tenant.accounts)
    back = still_in_scope(people, matches, policy)
    if back and not run.params.get("hold_group"):
        raise PolicyError(
            f"{', '.join(back)}: still in scope, so the next run would bring the account back; nothing was changed: set "
            "offboard_hold_group to a Google group among scope_exclude_groups, or take them out of scope first."
        )
    journal = open_journal(run, tenant.id, Judge(tenant).done)
    # whose bundle can't be read loses access all the same: who asks for that names the person
    read_bundles(zoom, bundles_to_read(people, matches, policy))
    plan = plan_offboarding(people, tenant, matches, policy)
    report_unread(run, plan, tenant)
    _leave_out_scim(zoom, plan)
    result, _applied = finish(run, zoom, plan, tenant, journal, approval=approval)
    result.facts["hold"] = back
    hand_over(run, "hold_path", HOLD, ({"email": email} for email in back))
    return result


def _protect(run: Run, protection: Protection, tenant: Tenant) -> Protection:
    """Where Google is not read."""
    last = last_people(run, tenant.id)
    if unclear := unclear_entries(protection, last, tenant.accounts):
        raise PolicyError(f"{unclear}, so it may be anybody named here; nothing was changed.")
    return widen_by_last(protection, last, tenant.accounts)


def _leave_out_scim(zoom: Zoom, plan: Plan) -> None:
    """Where Zoom takes no SCIM call, the rest is done all the same: here each step counts."""
    blocked = [change for change in plan.changes if by_scim(zoom, change)]
    refusal = scim_refusal(zoom) if blocked else None
    if refusal:
        plan.changes = [change for change in plan.changes if change not in blocked]
        for change in blocked:
            plan.report("offboard_no_scim", change.email, action=change.action, error=advise(refusal))
