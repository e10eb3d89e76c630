# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts whose licence is not as the policy says, what is offered to each, and what is reported of those who get no seat. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._model._account import Account
from .._model._license import License
from .._model._tenant import Tenant
from .._model._text import shortened
from ._change import Change, Plan
from ._license_policy import Choice, LicensePolicy
from ._seats import LICENSED, Demand, Seats


@dataclass
class Case:
    """One account whose licence is not as its policy says. `held` is None where Zoom did not report it."""

    account: Account
    choice: Choice
    wanted: License
    held: License | None

    @property
    def reason(self) -> str:
        return f"{self.choice.rule}: {self.wanted.label}"

    @property
    def demand(self) -> Demand:
        return Demand(self.choice.rank, False, self.account.created or "9", self.account.email, self.wanted, self.held)


@dataclass
class Offer:
    """A change that needs a seat. `blocked`: a limit keeps it back. `left`: the run leaves it."""

    case: Case
    change: Change
    blocked: bool = False
    left: bool = False

    @property
    def made(self) -> bool:
        return not (self.blocked or self.left)

    @property
    def demand(self) -> Demand:
        """A seat is kept for whoever does not move in this run, so that another run does the same; what they hold does not come free."""
        return self.case.demand if self.made else replace(self.case.demand, held=None)


def report_shortfalls(plan: Plan, left: list[Case], seats: Seats) -> None:
    """One sentence for each pool, in numbers."""
    pools: dict[str, list[Case]] = {}
    for case in left:
        pools.setdefault(seats.pool(case.wanted) or "", []).append(case)
    for pool, cases in sorted(pools.items()):
        known = seats.pools[pool]
        names = shortened([case.account.email for case in cases])
        kept = f", {seats.reserve} of them in reserve" if seats.reserve and pool == seats.pool(LICENSED) else ""
        why = "Zoom refused one" if known.get("full") else f"{known.get('bought')} were bought{kept}"
        plan.report("shortfall", "", wanted=cases[0].wanted.label, count=len(cases), why=why, names=names)


def report_open(plan: Plan, given: list[Case], seats: Seats) -> None:
    """Where Zoom does not report what was bought."""
    pools = {seats.pool(case.wanted) or "": case.wanted for case in given if seats.free(seats.pool(case.wanted)) is None}
    for pool, wanted in sorted(pools.items()):
        used = seats.pools.get(pool, {}).get("used")
        in_use = "nor how many are in use" if used is None else f"{used} are in use"
        plan.report("seats_unknown", "", wanted=wanted.label, usage=in_use)


def report_blind_spots(plan: Plan, policy: LicensePolicy, tenant: Tenant) -> None:
    """What this run can't see."""
    if not tenant.rest:
        plan.report("scim_licenses", "")
    elif policy.reclaim and tenant.accounts and not any(account.last_login for account in tenant.accounts):
        plan.report("no_sign_ins", "")
