# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What stands between a plan and its writes: a seat is asked for only while there is one, and not again once Zoom refused one."""

from __future__ import annotations

import threading

from .._model._license import License, license_of
from .._plan._change import Change, Plan
from .._plan._license_policy import BASIC
from .._plan._seats import Seats
from .._transport._errors import ApiError

# zoom-api.md 9: REST's codes, SCIM's texts, and the cool-down of re-assignments, which has no code.
_CODES = frozenset({"2033", "2034", "2038", "2039", "3412", "1102"})
_TEXTS = ("cannot add paid users", "cannot create more users")
_COOL_DOWN = "limit of license assignments"
_GIVES_BACK = frozenset({"downgrade", "license", "deactivate", "delete", "disassociate"})


class SeatGate:
    """Counts with the writes as they come true: a seat of a downgrade that failed is not there. One for each plan; threads share it.

    What is held back goes to the plan's attention; a creation steps down to `fallback` instead. A pool whose seat was refused is
    marked as full in the snapshot's seats, for the phases to come.
    """

    def __init__(self, plan: Plan, seats: Seats, fallback: License = BASIC) -> None:
        self._plan, self._fallback = plan, fallback
        self._carried = seats.pools
        self._seats = Seats({pool: dict(row) for pool, row in seats.pools.items()}, seats.reserve, seats.base_plan)
        self._closed: set[str] = set()
        self._refused: dict[int, str] = {}
        self._told: set[str] = set()
        self._all_closed = False
        self._lock = threading.Lock()

    def admits(self, change: Change) -> bool:
        """Whether to try it; a seat that is tried for counts as taken."""
        wanted = _wanted(change)
        pool = self._seats.pool(wanted)
        if wanted is None or pool is None:
            return True
        with self._lock:
            if not self._shut(pool) and self._seats.take(wanted):
                return True
            if change.action == "create":
                self._step_down(change, wanted)
                return True
            self._plan.tell("seat_refused", change.email, wanted=wanted.label)
            return False

    def refused(self, change: Change, error: ApiError) -> bool:
        """Told of each refusal; whether the change was stepped down and is to be tried once more."""
        wanted = _wanted(change)
        pool = self._seats.pool(wanted)
        if wanted is None or pool is None:
            return False
        with self._lock:
            self._seats.free_one(wanted)
            if not is_seat_refusal(error):
                return False
            self._closed.add(pool)
            if _COOL_DOWN in error.message.lower():
                self._all_closed = True
            else:
                self._carried.setdefault(pool, {})["full"] = 1
            if change.action != "create":
                self._refused[id(change)] = pool
                return False
            self._step_down(change, wanted)
            return True

    def tells(self, change: Change) -> bool:
        """Asked in the order of the plan: one refusal of a pool is a failure, those that were under way beside it are the same shortage.

        Were each a failure, who is held would hang on how many were under way.
        """
        pool = self._refused.get(id(change))
        if pool is None or pool not in self._told:
            self._told.update([pool] if pool else [])
            return False
        self._plan.tell("seat_refused", change.email, wanted=change.payload["license"].label)
        return True

    def done(self, change: Change) -> None:
        """Before the account is brought up to date: what it held until now comes free."""
        if change.action in _GIVES_BACK and change.account and change.account.status == "active":
            with self._lock:
                self._seats.free_one(license_of(change.account))

    def _shut(self, pool: str) -> bool:
        return self._all_closed or pool in self._closed

    def _step_down(self, change: Change, wanted: License) -> None:
        pool = self._seats.pool(self._fallback)
        can = pool is None or (not self._shut(pool) and self._seats.take(self._fallback))
        given = self._fallback if can and self._fallback.settable_at_creation() else BASIC
        if change.account:
            change.after.update(given.give(change.account))
        change.payload["license"] = given
        self._plan.tell("created_with", change.email, wanted=wanted.label, given=given.label)


def is_seat_refusal(error: ApiError) -> bool:
    message = error.message.lower()
    return error.code in _CODES or _COOL_DOWN in message or any(text in message for text in _TEXTS)


def _wanted(change: Change) -> License | None:
    return change.payload.get("license") if change.action in ("create", "license") else None
