# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The licence of each new account: from seats that are free and owed to nobody of higher rank, else the fallback. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from .._model._account import Account
from .._model._license import License
from .._model._person import Person
from .._model._text import PolicyError, fold
from ._license_policy import BASIC, LicensePolicy
from ._licenses import missing
from ._seats import UNASSIGNED, Demand, Seats, grant


@dataclass(frozen=True)
class Wishes:
    """What new accounts are to hold, and what others are owed beside them. `wanted`, `addresses`: by person id."""

    policy: LicensePolicy
    owed: tuple[Demand, ...] = ()
    wanted: Mapping[str, License] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)

    def given(self, seats: Seats) -> dict[str, License]:
        """By person id, from these seats, which it takes."""
        new = {key: Demand(self.ranks[key], True, "9", address, self.wanted[key]) for key, address in self.addresses.items()}
        granted = grant([*self.owed, *new.values()], seats)
        left = sorted((demand for demand in new.values() if fold(demand.email) not in granted), key=lambda demand: demand.turn)
        instead = {fold(demand.email): _fallback(self.policy, seats) for demand in left}
        return {key: instead.get(fold(address), self.wanted[key]) for key, address in self.addresses.items()}


def wishes_of(
    people: list[Person],
    account_of: Mapping[str, Account],
    new: list[tuple[Person, str]],
    policy: LicensePolicy,
    woken: Collection[str] = (),
) -> Wishes:
    """`account_of`: person id -> existing account; `new`: each with its address. `woken`: keys of accounts that are reactivated before.

    What such an account is owed, a later phase gives: it comes back without a licence, and the seat is kept for it.
    """
    owed, wanted, ranks = list[Demand](), dict[str, License](), dict[str, int]()
    for person in people:
        account = account_of.get(person.id)
        if account and person.wanted and (account.status == "active" or account.key in woken):
            held = replace(account, **BASIC.give(account)) if account.key in woken else account
            demand = missing(person, held, policy)
            if demand and demand.license.is_paid:
                owed.append(demand)
    for person, _address in new:
        try:
            ranks[person.id], license = policy.wanted(person)
        except PolicyError:  # reported by zoom_license_default, which evaluates the rule again
            ranks[person.id], license = 0, None
        wanted[person.id] = license or policy.fallback
    return Wishes(policy, tuple(owed), wanted, {person.id: address for person, address in new}, ranks)


def _fallback(policy: LicensePolicy, seats: Seats) -> License:
    """Where the fallback itself has no seat, basic, then unassigned: they are limited too."""
    return next((license for license in (policy.fallback, BASIC, UNASSIGNED) if seats.take(license)), BASIC)
