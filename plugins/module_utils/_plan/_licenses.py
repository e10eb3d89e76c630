# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The licence policy: ordered rules, then a default; seats go by rule order and account age. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import Account
from .._model._license import License, license_of, parse_license
from .._model._person import Person
from .._model._selector import Selector, parse_selector
from .._model._text import PolicyError, fold
from ._change import Change, Plan
from ._fuses import Limit, apply_fuses
from ._matching import match
from ._protection import Protection, active_unprotected

BASIC = License("type", 1)


@dataclass(frozen=True)
class Rule:
    selector: Selector
    license: License


@dataclass(frozen=True)
class LicensePolicy:
    """`default` None leaves those that no rule names as they are. `reserve`: seats of `licensed` to keep free."""

    rules: tuple[Rule, ...] = ()
    default: License | None = None
    fallback: License = BASIC
    reserve: int = 0

    def wanted(self, person: Person) -> tuple[int, License | None]:
        """The rank of the rule that matches first, and its licence; PolicyError from an expression."""
        for rank, rule in enumerate(self.rules):
            if rule.selector.matches(person):
                return rank, rule.license
        return len(self.rules), self.default


def parse_policy(options: Mapping[str, Any], prefix: str) -> LicensePolicy:
    """Options `default`, `rules`, `fallback`, `reserve`; `prefix` stands before their names in errors."""
    rules = []
    for number, spec in enumerate(options.get("rules") or [], 1):
        where = f"{prefix}rules[{number}]"
        if not isinstance(spec, Mapping) or "license" not in spec:
            raise PolicyError(f"{where} needs a license beside groups, org_units, users or where.")
        rules.append(Rule(parse_selector(spec, where, ("license", "name")), parse_license(spec["license"], f"{where}.license")))
    default, fallback = options.get("default"), options.get("fallback")
    return LicensePolicy(
        tuple(rules),
        None if default in (None, "") else parse_license(default, f"{prefix}default"),
        BASIC if fallback in (None, "") else parse_license(fallback, f"{prefix}fallback"),
        _count(options.get("reserve") or 0, f"{prefix}reserve"),
    )


def _count(value: object, where: str) -> int:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise PolicyError(f"{where} is {value!r}; write a number of seats.")
    return int(str(value))


@dataclass
class Seats:
    """Seats by pool: `{licensed: {bought, used, pending}}`. A pool that Zoom does not tell of is taken as open."""

    pools: Mapping[str, Mapping[str, int]]
    reserve: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, license: License) -> bool:
        pool = license.pool
        told = self.pools.get(pool or "")
        if pool is None or told is None or told.get("bought") is None:
            return True
        keep = self.reserve if pool == "licensed" else 0
        free = told["bought"] - told["used"] - told.get("pending", 0) - self.taken.get(pool, 0) - keep
        if free <= 0:
            return False
        self.taken[pool] = self.taken.get(pool, 0) + 1
        return True

    def free_one(self, license: License | None) -> None:
        if license and license.pool:
            self.taken[license.pool] = self.taken.get(license.pool, 0) - 1


@dataclass(frozen=True)
class Demand:
    """`new` accounts stand behind existing ones of the same rule."""

    rank: int
    new: bool
    age: str
    email: str
    license: License

    @property
    def turn(self) -> tuple[int, bool, str, str]:
        return self.rank, self.new, self.age, fold(self.email)


def grant(demands: Iterable[Demand], seats: Seats) -> set[str]:
    """The folded addresses that get their seat."""
    return {fold(demand.email) for demand in sorted(demands, key=lambda demand: demand.turn) if seats.take(demand.license)}


def missing(person: Person, account: Account, policy: LicensePolicy) -> Demand | None:
    """What an existing account is owed; None when it has it, or when its policy can't be evaluated."""
    try:
        rank, wanted = policy.wanted(person)
    except PolicyError:
        return None
    if wanted is None or wanted.satisfied_by(account):
        return None
    return Demand(rank, False, account.created or "9", account.email, wanted)


def in_doubt(people: Iterable[Person], accounts: Iterable[Account], policy: LicensePolicy) -> list[Account]:
    """Accounts whose bundle must be read before their licence is changed: lists do not show zoom_one_type."""
    accounts = list(accounts)
    matches = match(people_list := list(people), accounts)
    doubtful = []
    for person in people_list:
        account = matches.account_of.get(person.id)
        if account and person.wanted and account.status == "active" and not account.held and account.type == 2:
            demand = missing(person, account, policy)
            if demand and account.zoom_one_type is None and account.plan_united_type is None and not account.id.startswith("new:"):
                doubtful.append(account)
    return doubtful


def plan_licenses(
    people: list[Person],
    accounts: list[Account],
    policy: LicensePolicy,
    seats: Seats,
    protection: Protection,
    limit: Limit,
    *,
    allow_losses: bool = False,
) -> Plan:
    """Frees first, then gives by rule order and account age; who is left out goes to attention."""
    plan, demands, owners = Plan(), list[Demand](), dict[str, Account]()
    matches = match(people, accounts)
    for person in people:
        account = matches.account_of.get(person.id)
        if not person.wanted or account is None or account.status != "active" or account.held:
            continue
        try:
            rank, wanted = policy.wanted(person)
        except PolicyError as error:
            plan.tell("where", person.email, error=error)
            account.held = "where"
            continue
        if wanted is None or wanted.satisfied_by(account):
            continue
        if wanted.pool is None:
            _lower(plan, account, wanted, protection)
        elif _stays_bundle(plan, account, wanted):
            continue
        else:
            demands.append(Demand(rank, False, account.created or "9", account.email, wanted))
            owners[fold(account.email)] = account
    apply_fuses(plan, {"license": limit}, active_unprotected(accounts, protection), allow_losses)
    for change in plan.changes:
        if change.loss and change.account:
            seats.free_one(license_of(change.account))
    _raise(plan, demands, owners, seats)
    return plan


def _stays_bundle(plan: Plan, account: Account, wanted: License) -> bool:
    held = license_of(account)
    if held is None or not held.is_bundle:
        return False
    plan.tell("bundle", account.email, held=held.label, wanted=wanted.label)
    return True


def _lower(plan: Plan, account: Account, wanted: License, protection: Protection) -> None:
    """Towards a licence without seats: a loss when a seat is given back."""
    if _stays_bundle(plan, account, wanted):
        return
    held = license_of(account)
    loses = held is not None and held.pool is not None
    if loses and protection.covers(account):
        plan.tell("protected_license", account.email, reason="protected", held=held.label if held else "", wanted=wanted.label)
        return
    plan.changes.append(
        Change(
            "downgrade" if loses else "license",
            account.email,
            f"policy says {wanted.label}",
            account,
            wanted.give(account),
            {"license": wanted},
            "license" if loses else None,
        )
    )


def _raise(plan: Plan, demands: list[Demand], owners: Mapping[str, Account], seats: Seats) -> None:
    granted = grant(demands, seats)
    for demand in sorted(demands, key=lambda item: item.turn):
        account, wanted = owners[fold(demand.email)], demand.license
        if fold(demand.email) in granted:
            reason = f"policy says {wanted.label}"
            plan.changes.append(Change("license", account.email, reason, account, wanted.give(account), {"license": wanted}))
        else:
            plan.tell("seats", account.email, wanted=wanted.label)
