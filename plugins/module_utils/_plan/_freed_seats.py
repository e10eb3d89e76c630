# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Seats that come free in a run before accounts are created, so that nobody is created as Basic and licensed a moment later. Pure.

What a plan removes itself frees seats. Where these are not enough, the downgrades that the licence phase would make anyway are made before
the creations: the fewest that will do, and none where that phase would not make them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from .._model._license import License, license_of
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import fold
from ._actions import ACTIONS
from ._approval import Approval
from ._change import Change, Plan
from ._license_creation import Wishes, wishes_of
from ._license_policy import LicensePolicy
from ._licenses import LicenseTerms, bundles_to_read, plan_licenses
from ._matching import Matches
from ._seats import Seats, seats_of

Given: TypeAlias = Mapping[str, License]


def licenses_of_new(
    plan: Plan,
    people: People,
    tenant: Tenant,
    matches: Matches,
    new: list[tuple[Person, str]],
    policy: LicensePolicy | None,
    terms: LicenseTerms | None,
    own: Collection[str],
    approval: Approval | None = None,
) -> Given:
    """By person id; downgrades that are made for it go into the plan. `new`: each with its address. No `policy`: none is chosen.

    `terms`: of the licence phase; None where nothing is taken for a creation. `own`: ids of those whom this run creates. `approval`: what
    may be removed; what it does not list frees no seat.
    """
    if policy is None or not new:
        return {}
    woken = {change.account.key for change in plan.changes if change.action == "reactivate" and change.account}
    wishes, seats = wishes_of(people.everyone, matches.account_of, new, policy, woken), seats_of(tenant, policy)
    _free(seats, _approved(plan.changes, approval))
    given = wishes.given(seats.copy())
    if terms is None or all(given[key] == wishes.wanted[key] for key in own):
        return given
    theirs = {key: account for key, account in matches.account_of.items() if not plan.skips(account)}
    matches = replace(matches, account_of=theirs)
    possible = _approved(_as_planned(_downgrades(people, tenant, matches, terms), plan), approval)
    chosen = _fewest(possible, wishes, seats, own)
    # what an earlier run saw is enough to choose by, but not to take anything away
    recalled = [change.account for change in chosen if change.account and change.account.recalled]
    plan.unseen = [*bundles_to_read(people, matches, policy, terms.idle), *recalled]
    plan.changes += chosen
    return wishes.given(_with(seats, chosen))


def _approved(changes: Iterable[Change], approval: Approval | None) -> list[Change]:
    return [change for change in changes if approval is None or approval.lists(change)]


def _free(seats: Seats, changes: Iterable[Change]) -> None:
    """What these give back: a removal that a limit blocks, or that another run makes, is none of them."""
    for change in changes:
        if ACTIONS[change.action].frees_seat and change.account and change.account.status == "active":
            seats.free_one(license_of(change.account))


def _with(seats: Seats, freed: Iterable[Change]) -> Seats:
    more = seats.copy()
    _free(more, freed)
    return more


def _downgrades(people: People, tenant: Tenant, matches: Matches, terms: LicenseTerms) -> list[Change]:
    """Those of the licence phase, as it would plan them now; where its limit is exceeded or something is unclear, none.

    What somebody has changed by hand is left to that phase, which reports by it that portal and policy disagree.
    """
    planned = plan_licenses(people, tenant, matches, replace(terms, allow_losses=False)).changes
    found = [change for change in planned if change.action == "downgrade" and change.account and "license" not in change.account.drifted]
    return sorted(found, key=lambda change: fold(change.email))


def _fewest(downgrades: list[Change], wishes: Wishes, seats: Seats, own: Collection[str]) -> list[Change]:
    """Of each kind of seat as few as give this run's new accounts what all of them would give."""

    def outcome(freed: Iterable[Change]) -> Given:
        given = wishes.given(_with(seats, freed))
        return {key: given[key] for key in own}

    chosen, best = downgrades, outcome(downgrades)
    for pool in sorted({_pool(seats, change) for change in downgrades}):
        same = [change for change in downgrades if _pool(seats, change) == pool]
        others = [change for change in chosen if _pool(seats, change) != pool]
        chosen = [*others, *same[: _least(len(same), lambda number: outcome([*others, *same[:number]]) == best)]]  # noqa: B023
    return chosen


def _least(most: int, enough: Callable[[int], bool]) -> int:
    return bisect_left(range(most), True, key=enough)


def _pool(seats: Seats, change: Change) -> str:
    return seats.pool(license_of(change.account) if change.account else None) or ""


def _as_planned(downgrades: list[Change], plan: Plan) -> list[Change]:
    """Under the address that the account will have by then."""
    renamed = {id(change.account): change.email for change in plan.changes if change.action == "rename"}
    return [
        replace(change, email=renamed.get(id(change.account), change.email), reason=f"{change.reason}, for a new account")
        for change in downgrades
    ]
