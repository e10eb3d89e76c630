# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_user_info: what a Zoom account holds."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .._frame._connect_zoom import connect_zoom
from .._frame._module import Run
from .._model._snapshot import save
from .._model._text import PolicyError, check_addresses, fold
from .._plan._unread import unread_findings
from .._read._accounts import read_tenant
from .._read._approval import read_approval
from .._read._memory import recall
from .._report._result import Result
from .._transport._zoom_rest import STATUSES


def user_info(run: Run) -> Result:
    """Accounts by address or status; with neither, all of them, which alone may be written to `dest`."""
    zoom = connect_zoom(run)
    read_approval(run, zoom.tenant, "zoom_user_info")
    emails = {fold(email) for email in check_addresses(run.params.get("emails") or [], "emails")}
    statuses = run.params.get("status") or list(STATUSES)
    whole = not emails and set(statuses) == set(STATUSES)
    dest = run.params.get("dest")
    if dest and not whole:
        raise PolicyError("dest takes all accounts; leave out emails and status.")
    tenant = read_tenant(run, zoom, statuses, whole=whole)
    accounts = [account for account in tenant.accounts if not emails or fold(account.email) in emails]
    summary = dict(sorted(Counter(account.status for account in accounts).items()))
    facts: dict[str, Any] = {"summary": summary, "unavailable": tenant.unavailable}
    if dest:
        recall(tenant, run.params.get("memory_path"), [*(run.params.get("known_accounts_paths") or []), dest])
    facts["attention"] = [found.row() for found in unread_findings(tenant.set_aside, tenant.doubtful, tenant.forgot)]
    if dest:
        run.check_hold()
        save(dest, tenant.snapshot())
        facts["dest"] = dest
    else:
        facts["users"] = [account.record() for account in accounts]
    return Result(facts=facts)
