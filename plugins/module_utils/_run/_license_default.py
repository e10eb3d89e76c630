# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""zoom_license_default: the licence policy over all accounts in scope."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._account import Account
from .._model._person import Person
from .._plan._drift import tell_drift
from .._plan._licenses import LicensePolicy, Seats, in_doubt, parse_policy, plan_licenses
from .._transport._zoom import Zoom
from ._apply import apply
from ._bundles import read_bundles
from ._carry import carrier
from ._journal import open_journal
from ._module import Run
from ._people import open_people
from ._policy import licenses_named, limit_of, protection_of
from ._result import Result, bulk_result
from ._zoom_read import close_accounts, open_accounts

# No API says or sets it (zoom-api.md 7); a SAML mapping applies it again at each sign-in.
_BY_HAND = (
    "Zoom's default licence type has no API; set it in the portal to what new accounts get here: Account Settings, Default License Type, "
    "and Single Sign-On, SAML Response Mapping."
)


def license_default(run: Run) -> Result:
    """Frees seats, gives seats, and says who is left out and what to set by hand."""
    policy = parse_policy(run.params, "")
    limit, protection = limit_of(run.params, "max_removals"), protection_of(run.params)
    zoom = run.zoom()
    people = open_people(run, zoom.tenant)
    people.check(licenses_named(policy))
    accounts = open_accounts(run, zoom)
    journal = open_journal(run, accounts)
    read_doubtful(zoom, people.everyone, accounts.records, policy)
    seats = Seats(accounts.about.get("seats") or {}, policy.reserve)
    losses = bool(run.params["allow_losses"])
    plan = plan_licenses(people.everyone, accounts.records, policy, seats, protection, limit, allow_losses=losses)
    tell_drift(plan)
    applied = apply(zoom, plan.ordered(), carrier(accounts), journal, check_mode=run.check_mode)
    close_accounts(run, accounts)
    result = bulk_result(plan, applied.done, applied.failed, run.params)
    result.facts["by_hand"] = _BY_HAND
    return result


def read_doubtful(zoom: Zoom, people: Iterable[Person], accounts: list[Account], policy: LicensePolicy) -> None:
    """Accounts whose bundle must be known before their licence is changed."""
    read_bundles(zoom, in_doubt(people, accounts, policy))
