# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_undo: takes a journal and puts accounts back."""

from __future__ import annotations

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._frame._policy import ON_ACCOUNTS, allows_gains, allows_losses, limit_of, protection_of
from .._plan._judge import Judge, is_google
from .._plan._protection import report_unmatched, unclear_entries, widen_by_last
from .._plan._undo import UndoPolicy, plan_undo, report_emptying
from .._read._accounts import open_tenant
from .._read._approval import read_approval
from .._read._bundles import skip_unread
from .._read._journal import check_tenant, read_journal
from .._read._last_people import last_people
from .._read._unread_rows import report_unread
from .._report._result import Result
from .._write._finish import finish
from .._write._journal import open_journal
from .._write._scim_check import check_scim


def undo(run: Run) -> Result:
    """What the journal says was done in Zoom is taken back, unless somebody has changed it since."""
    limits = {
        **{ON_ACCOUNTS[name]: limit_of(run.params, name) for name in ON_ACCOUNTS if name != "max_leavers"},
        "license": limit_of(run.params, "max_license_removals"),
        "group": limit_of(run.params, "max_group_removals"),
    }
    protection = protection_of(run.params)
    entries = [entry for entry in read_journal(run.params["journal"]) if not is_google(entry)]
    zoom = connect_zoom(run)
    approval = read_approval(run, zoom.tenant, "zoom_undo")
    check_tenant(entries, zoom.tenant, run.params["journal"])
    tenant = open_tenant(run, zoom)
    last, judge = last_people(run, tenant.id), Judge(tenant)
    done = [entry for entry in entries if (judge.done(entry) if entry.ok is None else entry.ok)]
    bundled = {entry.account_id for entry in done if entry.before.get("zoom_one_type") or entry.after.get("zoom_one_type")}
    skip_unread(zoom, tenant, [account for account in tenant.accounts if account.id in bundled])
    policy = UndoPolicy(
        done,
        limits,
        widen_by_last(protection, last, tenant.accounts),
        bool(run.params["creations"]),
        allows_losses(run.params),
        allows_gains(run.params),
        unclear_entries(protection, last, tenant.accounts),
    )
    plan = plan_undo(tenant, policy)
    report_unmatched(plan, policy.protection, last.everyone if last.recent else None, tenant.accounts)
    report_unread(run, plan, tenant)
    if run.check_mode:
        report_emptying(plan)
    check_scim(zoom, plan)
    return finish(run, zoom, plan, tenant, open_journal(run, tenant.id, judge.done), approval=approval)[0]
