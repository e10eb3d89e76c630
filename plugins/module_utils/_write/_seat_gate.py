# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A seat is asked for only while there is one, and not again once Zoom refused one."""

from __future__ import annotations

import threading
from dataclasses import replace

from .._model._license import License, license_of
from .._model._tenant import Tenant
from .._plan._actions import ACTIONS
from .._plan._approval import Approval
from .._plan._change import Change, Plan
from .._plan._change_data import Creation, LicenseChange
from .._plan._license_policy import BASIC, LicensePolicy
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._plan._seats import UNASSIGNED, seats_of
from .._transport._errors import ApiError
from .._transport._seat_refusals import COOL_DOWN, KINDS, refused_seat
from ._attempt import Attempt
from ._seat_shortage import Shortage


class SeatGate:
    """Counts with the writes as they come true: a seat of a downgrade that failed is not there. One for each plan; threads share it.

    What is not made goes to the plan's attention; a creation steps down instead: to the fallback, then basic, then unassigned. A pool
    whose seat was refused is marked as full in the tenant's seats, for the phases to come. `said_full` of the tenant: addresses, of whom
    an earlier phase of the run has said that there is no room for them, and those of whom this one says it.
    `approval`: a creation steps down only to what was approved.
    """

    def __init__(self, plan: Plan, tenant: Tenant, policy: LicensePolicy | None, approval: Approval | None = None) -> None:
        self._plan, self._tenant, self._fallback = plan, tenant, policy.fallback if policy else BASIC
        self._approval = approval
        self._seats = seats_of(tenant, policy)
        self._closed: set[str] = set()
        self._refused: dict[int, str] = {}
        self._meant: dict[int, tuple[License, Finding | None]] = {}  # of creations that were stepped down, and what is said of each
        self._later: dict[int, Change] = {}
        self._stepped = set[int]()  # ids of the accounts of such creations
        self._reported: set[str] = set()
        self._all_closed = False
        self._not_approved: dict[int, License] = {}  # creations that nobody has approved with what is left, and the licence meant for each
        self._shortage = Shortage()
        self._lock = threading.Lock()

    def admits(self, attempt: Attempt) -> bool:
        """Whether to try it; a seat that is tried for counts as taken."""
        wanted = _wanted(attempt.change)
        pool = self._seats.pool(wanted)
        if wanted is None or pool is None:
            return True
        if self._has_it(attempt.change, wanted):
            return False
        with self._lock:
            if not self._shut(pool) and not self._shut(self._on_the_way(attempt.change)) and self._seats.take(wanted):
                return True
            if attempt.change.action == "create":
                return self._step_down(attempt, wanted)
            self._hold_back(attempt.planned, wanted, pool)
            return False

    def refused(self, attempt: Attempt, error: ApiError) -> bool:
        """Whether the change was stepped down and is to be tried once more."""
        change = attempt.change
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
                return self._step_down(attempt, wanted)
            if (named or pool) in KINDS:
                self._shortage.stays(named or pool, attempt.planned)
            self._refused[id(attempt.planned)] = named or pool
            return False

    def expects(self, error: ApiError) -> bool:
        return refused_seat(error) is not None

    def reports(self, attempt: Attempt) -> bool:
        """One refusal of a pool is a failure, those that were under way beside it are the same shortage.

        Were each a failure, whose account is skipped would hang on how many were under way. That Basic or unassigned users are at their
        limit is said in one sentence for all. What was said of a creation that was stepped down is void.
        """
        with self._lock:
            self._withdraw(attempt.planned)
        if self._shortage.holds(attempt.planned):
            return True
        if id(attempt.planned) in self._not_approved:
            wanted = self._not_approved[id(attempt.planned)]
            found = finding("not_as_approved", attempt.planned.email, wanted=wanted.label)
            self._plan.withheld.append(replace(found, action="create"))
            return True
        pool = self._refused.get(id(attempt.planned))
        if pool is None or pool not in self._reported:
            self._reported.update([pool] if pool else [])
            return attempt.error == ""
        self._report_refused(attempt.planned)
        return True

    def stops(self, attempt: Attempt) -> bool:
        """Nothing of an account can be set that is not there, or not active."""
        planned = attempt.planned
        return planned.action in ("create", "reactivate") and (self._shortage.holds(planned) or id(planned) in self._not_approved)

    def done(self, change: Change) -> None:
        """What the account held until now comes free."""
        if ACTIONS[change.action].frees_seat and change.account and change.account.status == "active":
            with self._lock:
                self._seats.free_one(license_of(change.account))

    @property
    def later(self) -> list[Change]:
        """What creations that were stepped down still need once the accounts are there: unassigned is not given at creation."""
        return list(self._later.values())

    def finish(self) -> None:
        """One sentence for each kind of user that is at its limit."""
        self._tenant.said_full += self._shortage.report(self._plan, frozenset(self._tenant.said_full))

    def _has_it(self, change: Change, wanted: License) -> bool:
        """Whether an account was made with what it was to get only once it was there, because there was no seat of the other one."""
        account = change.account
        return account is not None and id(account) in self._stepped and change.action != "create" and license_of(account) == wanted

    def _shut(self, pool: str | None) -> bool:
        paid = pool is not None and pool not in KINDS
        return pool in self._closed or (self._all_closed and paid)

    def _on_the_way(self, change: Change) -> str | None:
        """A bundle that is to become another licence is switched off first, which makes its holder Basic for a moment."""
        return self._seats.pool(change.data.first) if isinstance(change.data, LicenseChange) else None

    def _close(self, change: Change, pool: str, named: str, error: ApiError) -> None:
        self._closed.add(named)
        if change.action == "create":  # an account of this kind can't be made, whatever the seat that stands in the way
            self._closed.add(pool)
        if COOL_DOWN in error.message.lower():
            self._all_closed = True
        else:
            self._tenant.seats.setdefault(named, {})["full"] = 1

    def _hold_back(self, change: Change, wanted: License, pool: str) -> None:
        kinds = [kind for kind in (self._on_the_way(change), pool) if kind in KINDS]
        kind = next(filter(self._shut, kinds), pool)
        if kind in KINDS:
            self._shortage.stays(kind, change)
        else:
            self._report_refused(change, wanted)

    def _report_refused(self, change: Change, wanted: License | None = None) -> None:
        license = wanted or change.license
        self._plan.report("seat_refused", change.email, wanted=license.label if license else "a licence")

    def _step_down(self, attempt: Attempt, wanted: License) -> bool:
        """Whether there is a licence left to make the account with."""
        planned, change = attempt.planned, attempt.change
        meant = self._withdraw(planned) or wanted
        given = self._next(wanted)
        if given is not None and not self._approves(_made_with(change, given)):
            self._seats.free_one(given)
            self._not_approved[id(planned)] = meant
            return False
        if given is None:
            self._shortage.not_created(planned)
            return False
        lesser = _made_with(change, given)
        attempt.ask(after=lesser.after, data=lesser.data)
        kept = self._give_later(planned, meant) if given == BASIC else given
        said = finding("created_with", change.email, wanted=meant.label, given=kept.label) if meant.is_paid else None
        self._plan.attention += [said] if said else []
        self._meant[id(planned)] = meant, said
        self._stepped.add(id(planned.account))
        other = BASIC if given == UNASSIGNED else UNASSIGNED
        if not given.is_paid and (meant == other or not self._has(other)):
            self._shortage.created(planned, other)
        return True

    def _approves(self, change: Change) -> bool:
        return self._approval is None or self._approval.any_gain or self._approval.lists(change)

    def _next(self, wanted: License) -> License | None:
        """The next lesser licence of which there is a seat, which it takes."""
        fallback: tuple[License, ...] = (self._fallback,) if wanted.is_paid and self._fallback.settable_at_creation() else ()
        for given in dict.fromkeys((*fallback, BASIC, UNASSIGNED)):
            if given != wanted and not self._shut(self._seats.pool(given)) and self._seats.take(given):
                return given
        return None

    def _withdraw(self, planned: Change) -> License | None:
        """Takes back that an account was created with another licence, as it was not. The licence meant for one stepped down before."""
        meant, said = self._meant.pop(id(planned), (None, None))
        self._later.pop(id(planned), None)
        if said:
            self._plan.attention.remove(said)
        if meant:
            self._shortage.not_made(planned)
        return meant

    def _give_later(self, planned: Change, meant: License) -> License:
        """The licence that an account made as Basic will have in the end: a fallback that no creation takes follows it."""
        fallback, account = self._fallback, planned.account
        if account is None or not meant.is_paid or fallback.settable_at_creation() or not self._has(fallback):
            return BASIC
        why = f"no seat of {meant.label}, so {fallback.label}"
        later = Change("license", planned.email, why, account, fallback.give(account), LicenseChange(fallback))
        if not self._approves(later):
            return BASIC
        self._later[id(planned)] = later
        return fallback

    def _has(self, license: License) -> bool:
        pool = self._seats.pool(license)
        return not self._shut(pool) and self._seats.has(pool)


def _made_with(change: Change, given: License) -> Change:
    """A creation, with another licence."""
    after = {**change.after, **(given.give(change.account) if change.account else {})}
    return replace(change, after=after, data=replace(change.needs(Creation), license=given))


def _wanted(change: Change) -> License | None:
    """The licence for which a seat is needed. Whoever is reactivated comes back as Basic, or unassigned as before (zoom-api.md 8)."""
    if not ACTIONS[change.action].takes_seat:
        return None
    if change.action == "reactivate":
        unassigned = change.account is not None and change.account.type == UNASSIGNED.value
        return UNASSIGNED if unassigned else BASIC
    return change.license
