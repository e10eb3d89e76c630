# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The licence of each new account: from seats that are free and owed to nobody of higher rank, else the fallback. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from .._model._account import Account
from .._model._license import License
from .._model._person import Person
from .._model._text import PolicyError, fold
from ._license_policy import BASIC, LicensePolicy
from ._licenses import missing
from ._seats import UNASSIGNED, Demand, Seats, grant


def choose_licenses(
    people: list[Person],
    account_of: Mapping[str, Account],
    new: list[tuple[Person, str]],
    policy: LicensePolicy | None,
    seats: Seats,
) -> dict[str, License]:
    """By person id. `account_of`: person id -> existing account; `new`: each with its address. No policy: none is chosen.

    A seat that a later phase will free is not counted: that phase gives it.
    """
    if policy is None or not new:
        return {}
    demands = list[Demand]()
    for person in people:
        account = account_of.get(person.id)
        if account and person.wanted and account.status == "active":
            demand = missing(person, account, policy)
            if demand and demand.license.is_paid:
                demands.append(demand)
    wanted: dict[str, License] = {}
    for person, address in new:
        try:
            rank, license = policy.wanted(person)
        except PolicyError:  # reported by zoom_license_default, which evaluates the rule again
            rank, license = 0, None
        wanted[person.id] = license or policy.fallback
        demands.append(Demand(rank, True, "9", address, wanted[person.id]))
    granted = grant(demands, seats)
    left = sorted((demand for demand in demands if demand.new and fold(demand.email) not in granted), key=lambda demand: demand.turn)
    instead = {fold(demand.email): _fallback(policy, seats) for demand in left}
    return {person.id: instead.get(fold(address), wanted[person.id]) for person, address in new}


def _fallback(policy: LicensePolicy, seats: Seats) -> License:
    """Where the fallback itself has no seat, basic, then unassigned: they are limited too."""
    return next((license for license in (policy.fallback, BASIC, UNASSIGNED) if seats.take(license)), BASIC)
