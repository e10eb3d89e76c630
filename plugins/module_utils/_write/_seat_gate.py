# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What stands between a plan and its writes: a seat is asked for only while there is one, and not again once Zoom refused one."""

from __future__ import annotations

import threading

from .._model._license import License, license_of
from .._plan._change import Change, Plan
from .._plan._license_policy import BASIC
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._plan._seats import UNASSIGNED, Seats
from .._transport._errors import ApiError
from .._transport._seat_refusals import COOL_DOWN, KINDS, refused_seat
from ._seat_shortage import Shortage

_GIVES_BACK = frozenset({"downgrade", "license", "deactivate", "delete", "disassociate"})
# What can't go on without its seat: later changes of the same account are not tried.
_FOUNDATIONS = frozenset({"create", "reactivate"})


class SeatGate:
    """Counts with the writes as they come true: a seat of a downgrade that failed is not there. One for each plan; threads share it.

    What is held back goes to the plan's attention; a creation steps down instead: to `fallback`, then basic, then unassigned. A pool
    whose seat was refused is marked as full in the snapshot's seats, for the phases to come. `said`: addresses, of whom an earlier phase
    of the run has said that there is no room for them, and those of whom this one says it.
    """

    def __init__(self, plan: Plan, seats: Seats, fallback: License = BASIC, said: list[str] | None = None) -> None:
        self._plan, self._fallback = plan, fallback
        self._carried = seats.pools
        self._seats = Seats({pool: dict(row) for pool, row in seats.pools.items()}, seats.reserve, seats.base_plan)
        self._closed: set[str] = set()
        self._refused: dict[int, str] = {}
        self._meant: dict[int, tuple[License, Finding | None]] = {}  # of creations that were stepped down, and what is said of each
        self._later: dict[int, Change] = {}
        self._told: set[str] = set()
        self._all_closed = False
        self._shortage, self._said = Shortage(), [] if said is None else said
        self._lock = threading.Lock()

    def admits(self, change: Change) -> bool:
        """Whether to try it; a seat that is tried for counts as taken."""
        wanted = _wanted(change)
        pool = self._seats.pool(wanted)
        if wanted is None or pool is None:
            return True
        with self._lock:
            if not self._shut(pool) and not self._shut(self._on_the_way(change)) and self._seats.take(wanted):
                return True
            if change.action == "create":
                return self._step_down(change, wanted)
            self._hold_back(change, wanted, pool)
            return False

    def refused(self, change: Change, error: ApiError) -> bool:
        """Told of each refusal; whether the change was stepped down and is to be tried once more."""
        wanted = _wanted(change)
        pool = self._seats.pool(wanted)
        if wanted is None or pool is None:
            return False
        with self._lock:
            self._seats.free_one(wanted)
            named = refused_seat(error)
            if named is None:
                return False
            self._close(change, pool, named or pool, error)
            if change.action == "create":
                return self._step_down(change, wanted)
            if (named or pool) in KINDS:
                self._shortage.stays(named or pool, change)
            self._refused[id(change)] = named or pool
            return False

    def tells(self, change: Change) -> bool:
        """Asked in the order of the plan: one refusal of a pool is a failure, those that were under way beside it are the same shortage.

        Were each a failure, who is held would hang on how many were under way. That Basic or unassigned users are at their limit is
        said in one sentence for all. What was said of a creation that was stepped down is void.
        """
        with self._lock:
            self._unsay(change)
        if self._shortage.holds(change):
            return True
        pool = self._refused.get(id(change))
        if pool is None or pool not in self._told:
            self._told.update([pool] if pool else [])
            return False
        self._plan.tell("seat_refused", change.email, wanted=change.payload["license"].label)
        return True

    def stops(self, change: Change) -> bool:
        """Whether what comes after in the same account makes no sense, as this was not made."""
        return change.action in _FOUNDATIONS and self._shortage.holds(change)

    def done(self, change: Change) -> None:
        """Before the account is brought up to date: what it held until now comes free."""
        if change.action in _GIVES_BACK and change.account and change.account.status == "active":
            with self._lock:
                self._seats.free_one(license_of(change.account))

    @property
    def later(self) -> list[Change]:
        """What creations that were stepped down still need once the accounts are there: unassigned is not given at creation."""
        return list(self._later.values())

    def finish(self) -> None:
        """Once all is tried: one sentence for each kind of user that is at its limit."""
        self._said += self._shortage.tell(self._plan, frozenset(self._said))

    def _shut(self, pool: str | None) -> bool:
        paid = pool is not None and pool not in KINDS
        return pool in self._closed or (self._all_closed and paid)

    def _on_the_way(self, change: Change) -> str | None:
        """A bundle that is to become another licence is switched off first, which makes its holder Basic for a moment."""
        return self._seats.pool(change.payload.get("first"))

    def _close(self, change: Change, pool: str, named: str, error: ApiError) -> None:
        self._closed.add(named)
        if change.action == "create":  # an account of this kind can't be made, whatever the seat that stands in the way
            self._closed.add(pool)
        if COOL_DOWN in error.message.lower():
            self._all_closed = True
        else:
            self._carried.setdefault(named, {})["full"] = 1

    def _hold_back(self, change: Change, wanted: License, pool: str) -> None:
        kinds = [kind for kind in (self._on_the_way(change), pool) if kind in KINDS]
        kind = next(filter(self._shut, kinds), pool)
        if kind in KINDS:
            self._shortage.stays(kind, change)
        else:
            self._plan.tell("seat_refused", change.email, wanted=wanted.label)

    def _step_down(self, change: Change, wanted: License) -> bool:
        """Whether there is a licence left to make the account with."""
        meant = self._unsay(change) or wanted
        fallback = (self._fallback,) if wanted.is_paid and self._fallback.settable_at_creation() else ()
        for given in dict.fromkeys((*fallback, BASIC, UNASSIGNED)):
            pool = self._seats.pool(given)
            if given != wanted and not self._shut(pool) and self._seats.take(given):
                break
        else:
            self._shortage.not_created(change)
            return False
        if change.account:
            change.after.update(given.give(change.account))
        change.payload["license"] = given
        kept = self._give_later(change, meant) if given == BASIC else given
        said = finding("created_with", change.email, wanted=meant.label, given=kept.label) if meant.is_paid else None
        self._plan.attention += [said] if said else []
        self._meant[id(change)] = meant, said
        other = BASIC if given == UNASSIGNED else UNASSIGNED
        if not given.is_paid and (meant == other or not self._has(other)):
            self._shortage.created(change, other)
        return True

    def _unsay(self, change: Change) -> License | None:
        """Takes back that an account was created with another licence, as it was not. The licence meant for one stepped down before."""
        meant, said = self._meant.pop(id(change), (None, None))
        self._later.pop(id(change), None)
        if said:
            self._plan.attention.remove(said)
        if meant:
            self._shortage.not_made(change)
        return meant

    def _give_later(self, change: Change, meant: License) -> License:
        """The licence that an account made as Basic will have in the end: a fallback that no creation takes follows it."""
        fallback, account = self._fallback, change.account
        if account is None or not meant.is_paid or fallback.settable_at_creation() or not self._has(fallback):
            return BASIC
        why = f"no seat of {meant.label}, so {fallback.label}"
        self._later[id(change)] = Change("license", change.email, why, account, fallback.give(account), {"license": fallback})
        return fallback

    def _has(self, license: License) -> bool:
        pool = self._seats.pool(license)
        return not self._shut(pool) and self._seats.has(pool)


def _wanted(change: Change) -> License | None:
    """The licence for which a seat is needed. Whoever is reactivated comes back as Basic, or unassigned as before (zoom-api.md 8)."""
    if change.action == "reactivate":
        return UNASSIGNED if change.account and change.account.type == UNASSIGNED.value else BASIC
    return change.payload.get("license") if change.action in ("create", "license", "downgrade") else None
