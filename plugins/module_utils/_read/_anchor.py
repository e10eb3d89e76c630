# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether the tenant's lists show the identity anchor, before anything is built on it."""

from __future__ import annotations

from dataclasses import dataclass

from .._model._account import ENTERPRISE
from .._model._matching_rules import ANCHOR, Matching
from .._model._people import People
from .._model._tenant import Tenant
from .._model._text import PolicyError
from .._plan._anchors import foreign_findings, take_census
from .._plan._matching import Matches
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._transport._zoom import Zoom
from ._single_accounts import read_each

_PROBES = 3


@dataclass(frozen=True)
class AnchorState:
    """`write`: whether accounts get their Google id. `findings`: why not, and whose field holds something else."""

    write: bool
    findings: list[Finding]


def open_anchor(zoom: Zoom, people: People, tenant: Tenant, matches: Matches, rules: Matching) -> AnchorState:
    """Written only where it is asked for, nobody else sets the field, and the tenant's lists show it."""
    if not rules.identity:
        return AnchorState(False, [])
    census = take_census(people.everyone, tenant.accounts, rules)
    unseen = None if census.set_by_others else unseen_anchor(zoom, tenant, matches)
    return AnchorState(unseen is None and not census.set_by_others, [*([unseen] if unseen else []), *foreign_findings(census)])


def unseen_anchor(zoom: Zoom, tenant: Tenant, matches: Matches) -> Finding | None:
    """None if anchors may be written. Else what to report: an account carries its id, and the list did not show it.

    That employeeNumber and employee_unique_id are one is assumed: a few of the accounts without an anchor are asked by SCIM.
    """
    if not zoom.has_rest:
        raise PolicyError("identity needs REST, whose lists alone show employeeNumber; give account_id, client_id and client_secret.")
    bare = [(key, account) for key, account in matches.account_of.items() if not account.employee_unique_id and account.status == "active"]
    expected = {account.key: key for key, account in [pair for pair in bare if pair[1].exists][:_PROBES]}
    asked = [account for account in tenant.accounts if account.key in expected]
    found, _unread = read_each(zoom, asked, lambda account: (zoom.scim.user(account.id).get(ENTERPRISE) or {}).get(ANCHOR))
    unlisted = (account for account, shown in found if shown == expected[account.key])
    return next((finding("identity_not_shown", account.email) for account in unlisted), None)
