# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Seats by pool, and who gets them: the first in rule order and account age that has a seat, afresh after each one. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from .._model._license import License, license_of, pool_of
from .._model._tenant import Tenant
from .._model._text import fold
from ._license_policy import LicensePolicy

LICENSED = License("type", 2)
UNASSIGNED = License("type", 4)


@dataclass
class Seats:
    """`pools`: `{licensed: {bought, used, pending}}`; a pool without `bought` is open: a licence is given until Zoom refuses.

    `full` in a pool: Zoom refused a seat of it in an earlier phase, so there are only those that come free from now on.
    `base_plan`: the zoom_one_type that `licensed` gives on a Workplace base plan. `taken`: by this plan, less what it gives back.
    """

    pools: dict[str, dict[str, int]]
    reserve: int = 0
    base_plan: int | None = None
    taken: dict[str, int] = field(default_factory=dict)

    def copy(self) -> Seats:
        """For a plan that must not take from these."""
        return Seats({pool: dict(row) for pool, row in self.pools.items()}, self.reserve, self.base_plan, dict(self.taken))

    def pool(self, license: License | None) -> str | None:
        return pool_of(license, self.base_plan)

    def free(self, pool: str | None) -> int | None:
        """Seats that may be given now, none of the reserve; None where they are not counted."""
        known = self.pools.get(pool or "")
        if pool is None or known is None:
            return None
        keep = self.reserve if pool == self.pool(LICENSED) else 0
        if known.get("full"):
            return -self.taken.get(pool, 0) - keep
        if known.get("bought") is None:
            return None
        return known["bought"] - known.get("used", 0) - known.get("pending", 0) - self.taken.get(pool, 0) - keep

    def has(self, pool: str | None) -> bool:
        free = self.free(pool)
        return free is None or free > 0

    def take(self, license: License) -> bool:
        pool = self.pool(license)
        if not self.has(pool):
            return False
        if pool:
            self.taken[pool] = self.taken.get(pool, 0) + 1
        return True

    def free_one(self, license: License | None) -> None:
        pool = self.pool(license)
        if pool:
            self.taken[pool] = self.taken.get(pool, 0) - 1


@dataclass(frozen=True, slots=True)
class Demand:
    """`new` accounts stand behind existing ones of the same rule. `held`: what comes free once it is granted."""

    rank: int
    new: bool
    age: str
    email: str
    license: License
    held: License | None = None

    @property
    def turn(self) -> tuple[int, bool, str, str]:
        return self.rank, self.new, self.age, fold(self.email)


def grant(demands: Iterable[Demand], seats: Seats) -> dict[str, int]:
    """The folded addresses that get their seat, each with its wave: a seat that a move gives back is taken in a wave after it."""
    queues: dict[str | None, deque[Demand]] = defaultdict(deque)
    for demand in sorted(demands, key=lambda demand: demand.turn):
        queues[seats.pool(demand.license)].append(demand)
    given_back: dict[str | None, list[int]] = defaultdict(list)
    granted: dict[str, int] = {}
    while heads := [queue[0] for pool, queue in queues.items() if queue and seats.has(pool)]:
        demand = min(heads, key=lambda demand: demand.turn)
        pool, left = seats.pool(demand.license), seats.pool(demand.held)
        queues[pool].popleft()
        free = seats.free(pool)
        wave = heappop(given_back[pool]) if free is not None and free <= len(given_back[pool]) else 0
        seats.take(demand.license)
        seats.free_one(demand.held)
        if (seats.free(left) or 0) > len(given_back[left]):
            heappush(given_back[left], wave + 1)
        granted[fold(demand.email)] = wave
    return granted


def seats_of(tenant: Tenant, policy: LicensePolicy | None) -> Seats:
    """The tenant's seats, as a copy; a number given by hand replaces what Zoom reports as bought."""
    pools, base = {pool: dict(row) for pool, row in tenant.seats.items()}, tenant.base_plan
    for pool, bought in (policy.seats if policy else {}).items():
        own = pool_of(LICENSED, base) or pool if pool == "licensed" else pool
        pools[own] = {**(pools.get(own) or {}), "bought": bought}
        if "pending" not in pools[own]:
            pools[own].update(_counted(tenant, own))
    return Seats(pools, policy.reserve if policy else 0, base)


def _counted(tenant: Tenant, pool: str) -> dict[str, int]:
    """Where Zoom does not report its plan: by the accounts. A bundle that lists do not show counts as `licensed`."""
    found = Counter(account.status for account in tenant.accounts if pool_of(license_of(account), tenant.base_plan) == pool)
    return {"used": found["active"], "pending": found["pending"]}
