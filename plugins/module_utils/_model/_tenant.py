# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A Zoom account as a whole, as it was read and as a run brings it forward. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ._account import Account
from ._snapshot import ACCOUNTS, Snapshot, made_of

Pools: TypeAlias = "dict[str, dict[str, int]]"

# Header fields of the accounts snapshot, beside those of every snapshot; what is empty is left out.
_HEADER = (
    "groups",
    "seats",
    "base_plan",
    "plans_unknown",
    "unavailable",
    "set_aside",
    "doubtful",
    "gone",
    "said_full",
    "completed",
    "standing",
    "as_was",
    "users_page",
    "licenses_taken",
)


@dataclass
class Tenant:
    """`accounts` of all three states, and stand-ins for rows that could not be read. `groups`: id -> name, None where they can't be read.

    `seats`: pool -> `{bought, used, pending}`, as far as each is known; `base_plan`: the zoom_one_type that `licensed` gives, or None;
    `plans_unknown`: plans that may be any licence. `unavailable`: of pending, memberships, seats, roles and groups, what this credential
    does not show. `set_aside`: rows of an unknown form; `doubtful`: clauses, why nothing is to be removed. `gone`: folded addresses of
    accounts that somebody has removed since the last run, None where there is none to compare with. `said_full`: addresses of whom it was
    said that there is no room for them. `completed`: when the last real run brought all accounts up to date, as ISO text, "" where none is
    known. `standing`: what is known to stand since an earlier run (`_standing.py`). `forgot`: a clause on a memory that could not be used.
    `as_was`: account id -> fields that memory is to go on saying as it does, as what puts them right was left for another run.
    `rest`: whether REST can be used, which alone shows roles, sign-ins and bundles. `domains`: managed ones, None where not known.
    `blank`: lists that had neither rows nor a total. `users_page`: how many users a page of Zoom's was found to hold, None while that is
    not known. `licenses_taken`: by this run, as far as they count on the limit. `rooms`: how many Zoom Rooms there are, None while that is
    not known.
    """

    id: str
    accounts: list[Account] = field(default_factory=list)
    groups: dict[str, str] | None = None
    seats: Pools = field(default_factory=dict)
    base_plan: int | None = None
    plans_unknown: list[dict[str, Any]] = field(default_factory=list)
    unavailable: list[str] = field(default_factory=list)
    set_aside: list[dict[str, str]] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    gone: list[str] | None = None
    said_full: list[str] = field(default_factory=list)
    completed: str = ""
    standing: list[dict[str, str]] = field(default_factory=list)
    as_was: dict[str, dict[str, Any]] = field(default_factory=dict)
    users_page: int | None = None
    forgot: str = ""
    rest: bool = True
    domains: frozenset[str] | None = None
    blank: list[str] = field(default_factory=list)
    licenses_taken: int = 0
    rooms: int | None = None
    run_id: str | None = None
    hypothetical: bool = False

    def snapshot(self) -> Snapshot[Account]:
        header = {name: getattr(self, name) for name in _HEADER}
        # an empty list of the gone says that somebody has looked
        kept = {name for name, value in header.items() if value not in (None, [], "", 0) and (name != "as_was" or value)} | {"base_plan"}
        kept |= {"gone"} if self.gone == [] else set()
        about = {name: value for name, value in header.items() if name in kept}
        return Snapshot(ACCOUNTS, self.id, self.accounts, about, self.run_id, self.hypothetical)

    @property
    def unread_groups(self) -> frozenset[str]:
        """Names of the groups whose row could not be read, '' where not even the name could be."""
        return frozenset(row["email"] for row in self.set_aside if row["kind"] == "group")


def tenant_from(snapshot: Snapshot[Account]) -> Tenant:
    about = {name: snapshot.about[name] for name in _HEADER if snapshot.about.get(name) is not None}
    run: dict[str, Any] = {"run_id": snapshot.run_id, "hypothetical": snapshot.hypothetical}
    return made_of(snapshot, lambda: _named(Tenant(snapshot.tenant, snapshot.records, **about, **run)))


def _named(tenant: Tenant) -> Tenant:
    """KeyError where a row that was set aside lacks what it is known by."""
    for row in tenant.set_aside:
        row["kind"], row["email"]
    return tenant


def by_id(accounts: Iterable[Account]) -> dict[str, Account]:
    """Those that Zoom knows by an id."""
    return {account.id: account for account in accounts if account.id}
