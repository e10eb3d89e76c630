# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_offboard: named people lose access at once."""

from __future__ import annotations

from .._frame._handover import HOLD, hand_over
from .._frame._module import Run
from .._frame._policy import protection_of
from .._model._account import Account
from .._model._people import People
from .._model._snapshot import Snapshot
from .._model._text import PolicyError, check_addresses
from .._plan._change import Plan
from .._plan._losses import REMOVALS, parse_ending
from .._plan._offboard import plan_offboarding
from .._plan._protection import Protection, tell_unmatched
from .._read._accounts import close_accounts, open_accounts
from .._read._bundles import refine_losses
from .._read._last_people import last_people, protect, unclear
from .._read._people import open_people
from .._read._unread_rows import tell_aside
from .._report._refusals import advise
from .._report._result import Result, bulk_result
from .._transport._zoom import Zoom
from .._write._apply import apply
from .._write._journal import open_journal
from .._write._scim_check import by_scim, scim_refusal
from .._write._snapshot_update import carrier

# with a deactivation Zoom hands over what it will: an heir is named, kinds of data are not
_HEIRS = frozenset({"deactivate", *REMOVALS})


def offboard(run: Run) -> Result:
    """Whoever would be back with the next run is held, or the whole call is refused before anything is written."""
    users = check_addresses(run.params["users"], "users")
    if not users:
        raise PolicyError("users is empty; name at least one person to offboard.")
    ending = parse_ending({name: run.params.get(name) for name in ("action", "transfer_to", "transfer")}, "action", _HEIRS)
    protection = protection_of(run.params)
    zoom = run.zoom()
    people = open_people(run, zoom.tenant) if run.params.get("people_path") else People([], False, {})
    accounts = open_accounts(run, zoom)
    protection = protection if people.whole else _protect(run, zoom, protection, accounts)
    found = plan_offboarding(users, people.everyone, accounts.records, ending, protection, people.matching, whole=people.whole)
    tell_unmatched(found.plan, protection, people.everyone if people.whole else None, accounts.records)
    if found.back and not run.params.get("hold_group"):
        raise PolicyError(
            f"{', '.join(found.back)}: still in scope, so the next run would bring the account back; nothing was changed: set "
            "offboard_hold_group to a Google group among scope_exclude_groups, or take them out of scope first."
        )
    tell_aside(run, found.plan, accounts)
    journal = open_journal(run, accounts)
    refine_losses(zoom, found.plan, whatever=True)
    _leave_out_scim(zoom, found.plan)
    applied = apply(zoom, found.plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode)
    found.plan.attention += applied.attention
    close_accounts(run, accounts)
    result = bulk_result(found.plan, applied.done, applied.failed, run.params)
    result.facts["hold"] = found.back
    hand_over(run, "hold_path", HOLD, ({"email": email} for email in found.back))
    return result


def _protect(run: Run, zoom: Zoom, protection: Protection, accounts: Snapshot[Account]) -> Protection:
    """Where Google is not read."""
    last = last_people(run, zoom.tenant)
    if doubt := unclear(protection, last, accounts.records):
        raise PolicyError(f"{doubt}, so it may be anybody named here; nothing was changed.")
    return protect(protection, last, accounts.records)


def _leave_out_scim(zoom: Zoom, plan: Plan) -> None:
    """Where Zoom takes no SCIM call, the rest is done all the same: here each step counts."""
    blocked = [change for change in plan.changes if by_scim(zoom, change)]
    refusal = scim_refusal(zoom) if blocked else None
    if refusal:
        plan.changes = [change for change in plan.changes if change not in blocked]
        for change in blocked:
            plan.tell("offboard_no_scim", change.email, action=change.action, error=advise(refusal))
