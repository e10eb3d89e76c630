# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who gets and who loses a licence: frees first, then gives by rule order and account age. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .._model._account import Account
from .._model._license import License, license_of
from .._model._matching_rules import Matching
from .._model._person import Person
from .._model._text import PolicyError, fold, shortened
from ._change import Change, Plan
from ._fuses import Limit, apply_fuses
from ._license_policy import BASIC, Choice, LicensePolicy
from ._matching import match
from ._protection import Protection, active_unprotected, tell_kept, tell_unmatched, widen
from ._seats import LICENSED, Demand, Seats, grant

RECLAIM = "reclaim"


@dataclass(frozen=True)
class Terms:
    """What a plan has to keep to beside the policy. `idle`: account key -> day, of those whose licence is to be reclaimed.

    `scim_only`: neither bundles without a SCIM key nor the end of any bundle can be written. `whole_people`: people are the directory.
    """

    seats: Seats
    protection: Protection
    limit: Limit
    idle: Mapping[str, str] = field(default_factory=dict)
    scim_only: bool = False
    allow_losses: bool = False
    matching: Matching | None = None
    whole_people: bool = False
    doubt: str = ""  # why nothing is to be removed in this run


@dataclass
class _Case:
    """One account whose licence is not as its policy says. `held` is None where Zoom did not tell."""

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
class _Offer:
    """A change that needs a seat. `withheld`: a fuse keeps it back."""

    case: _Case
    change: Change
    withheld: bool = False


def missing(person: Person, account: Account, policy: LicensePolicy) -> Demand | None:
    """What an existing account is owed; None when it has it, when it is a Zoom Room, or when its policy can't be evaluated."""
    if account.room:
        return None
    try:
        rank, wanted = policy.wanted(person)
    except PolicyError:
        return None
    if wanted is None or wanted.satisfied_by(account):
        return None
    return Demand(rank, False, account.created or "9", account.email, wanted)


def in_scope(people: Iterable[Person], accounts: Iterable[Account], matching: Matching | None = None) -> Iterator[tuple[Person, Account]]:
    """Those whom a policy speaks of: active accounts of wanted people that no earlier phase held."""
    everyone = list(people)
    matches = match(everyone, accounts, matching)
    for person in everyone:
        account = matches.account_of.get(person.id)
        if person.wanted and account is not None and account.status == "active" and not account.held:
            yield person, account


def in_doubt(
    people: Iterable[Person],
    accounts: Iterable[Account],
    policy: LicensePolicy,
    idle: Iterable[str] = (),
    matching: Matching | None = None,
) -> list[Account]:
    """Accounts whose bundle must be read before their licence is changed: lists do not show zoom_one_type."""
    doubtful, idle = [], frozenset(idle)
    for person, account in in_scope(people, accounts, matching):
        unseen = account.type == 2 and account.zoom_one_type is None and account.plan_united_type is None
        if unseen and not account.id.startswith("new:") and (account.key in idle or missing(person, account, policy)):
            doubtful.append(account)
    return doubtful


def plan_licenses(people: list[Person], accounts: list[Account], policy: LicensePolicy, terms: Terms) -> Plan:
    """`plan.decided` counts, for each rule, the licences that it decided on."""
    plan, cases = Plan(), list[_Case]()
    terms = replace(terms, protection=widen(terms.protection, people, match(people, accounts, terms.matching).all_of))
    tell_unmatched(plan, terms.protection, people if terms.whole_people else None, accounts)
    for person, account in in_scope(people, accounts, terms.matching):
        case = _case(plan, person, account, policy, terms)
        if case:
            cases.append(case)
    offers = [offer for case in cases if (offer := _offer(plan, case, policy, terms))]
    _fuse(plan, accounts, offers, terms)
    for change in plan.changes:
        if change.action == "downgrade":
            terms.seats.free_one(license_of(change.account) if change.account else None)
    _give(plan, offers, policy.fallback, terms.seats)
    return plan


def _fuse(plan: Plan, accounts: list[Account], offers: list[_Offer], terms: Terms) -> None:
    """Losses of this kind are those to a licence without seats, and moves from a bundle for which there is a seat."""
    seats = replace(terms.seats, taken=dict(terms.seats.taken))
    for change in plan.changes:
        if change.action == "downgrade":
            seats.free_one(license_of(change.account) if change.account else None)
    granted = grant([offer.case.demand for offer in offers], seats)
    moves = [offer.change for offer in offers if offer.change.loss and fold(offer.change.email) in granted]
    plan.changes += moves
    apply_fuses(plan, {"license": terms.limit}, active_unprotected(accounts, terms.protection), terms.allow_losses, terms.doubt)
    if plan.withheld:
        for offer in offers:
            offer.withheld = offer.change.loss is not None
    moving = {id(change) for change in moves}
    plan.changes = [change for change in plan.changes if id(change) not in moving]


def _case(plan: Plan, person: Person, account: Account, policy: LicensePolicy, terms: Terms) -> _Case | None:
    """What is to change for one account; None when nothing is."""
    try:
        choice = policy.choose(person)
    except PolicyError as error:
        plan.tell("where", person.email, error=error)
        account.held = "where"
        return None
    held, idle = _held(account, terms.seats), account.key in terms.idle and not terms.protection.covers(account)
    if idle and policy.reclaim:
        choice = _reclaimed(plan, account, choice, policy, terms) or choice
    plan.decided.setdefault(choice.rule, Counter())[choice.license.label if choice.license else "as it is"] += 1
    wanted = choice.license
    if wanted is not None and terms.seats.pool(wanted) == terms.seats.pool(LICENSED):
        wanted = LICENSED  # the base plan by its own number
    if wanted is None or wanted == held or (wanted == LICENSED and held is not None and held.is_bundle):
        return None
    return _Case(account, choice, wanted, held)


def _held(account: Account, seats: Seats) -> License | None:
    """On a Workplace base plan that plan is what `licensed` means, no bundle beside it."""
    held = license_of(account)
    return LICENSED if held and held.is_bundle and seats.pool(held) == seats.pool(LICENSED) else held


def _reclaimed(plan: Plan, account: Account, choice: Choice, policy: LicensePolicy, terms: Terms) -> Choice | None:
    """The rule before all others: who has not signed in for so long holds no seat, and is given none."""
    held = _held(account, terms.seats)
    keeps = policy.fallback if not policy.fallback.is_paid else BASIC
    if not policy.reclaim or held is None:
        return None
    if not held.is_paid:
        wants_seat = choice.license is not None and choice.license.is_paid
        return Choice(-1, None, RECLAIM) if policy.reclaim.take and wants_seat else None
    if not policy.reclaim.take or not _may_take(held, policy, terms):
        if choice.license is None or choice.license.is_paid:
            plan.tell("idle", account.email, since=terms.idle[account.key], held=held.label)
        return None
    return Choice(-1, keeps, f"{RECLAIM} (no sign-in since {terms.idle[account.key]})")


def _may_take(held: License, policy: LicensePolicy, terms: Terms) -> bool:
    """A bundle is taken back only by the policy that gives it."""
    return not held.is_bundle or (policy.names(held) and not terms.scim_only)


def _offer(plan: Plan, case: _Case, policy: LicensePolicy, terms: Terms) -> _Offer | None:
    """A change that needs a seat, to be fused and granted; one that needs none goes into the plan at once."""
    account, held, wanted = case.account, case.held, case.wanted
    gives_up = held is not None and held.is_paid and (held.is_bundle or not wanted.is_paid)
    # from the fallback to what was meant is no loss
    loses = gives_up and not (held == policy.fallback and wanted.is_paid)
    if held is not None and held.is_bundle and not wanted.is_paid and not _may_take(held, policy, terms):
        plan.tell("bundle", account.email, held=held.label, wanted=wanted.label)
        return None
    if account.room or (loses and terms.protection.covers(account)):
        tell_kept(
            plan, account, "protected_license", f"given {wanted.label}", held=held.label if held else "what it has", wanted=wanted.label
        )
        return None
    if terms.scim_only and not wanted.in_scim():
        plan.tell("scim_bundle", account.email, wanted=wanted.label)
        return None
    payload: dict[str, object] = {"license": wanted}
    if held is not None and held.is_bundle and not wanted.is_paid:
        # a bundle is switched off by its own field, and only one field goes into a call
        payload = {"license": held.off()} if wanted == BASIC else {"license": wanted, "first": held.off()}
    action = "downgrade" if loses and not wanted.is_paid else "license"
    change = Change(action, account.email, case.reason, account, wanted.give(account), payload, "license" if loses else None)
    if wanted.is_paid:
        return _Offer(case, change)
    plan.changes.append(change)
    return None


def _give(plan: Plan, offers: list[_Offer], fallback: License, seats: Seats) -> None:
    """Those that get a seat, in the order of their turn; the rest get the fallback, and are told.

    A seat is kept for whom a fuse withholds it from, so that the next run withholds the same.
    """
    ordered = sorted(offers, key=lambda offer: offer.case.demand.turn)
    demands = [replace(offer.case.demand, held=None) if offer.withheld else offer.case.demand for offer in ordered]
    granted = grant(demands, seats)
    given = [offer for offer in ordered if fold(offer.change.email) in granted and not offer.withheld]
    for offer in given:
        offer.change.payload["wave"] = granted[fold(offer.change.email)]
        plan.changes.append(offer.change)
    held_back = {fold(finding.email) for finding in plan.withheld}
    left = [offer.case for offer in ordered if fold(offer.change.email) not in {*granted, *held_back}]
    for case in left:
        _fall_back(plan, case, fallback, seats, max(granted.values(), default=0) + 1)
    _tell_shortfalls(plan, [case for case in left if not seats.has(seats.pool(case.wanted))], seats)
    _tell_open(plan, [offer.case for offer in given], seats)


def _fall_back(plan: Plan, case: _Case, fallback: License, seats: Seats, wave: int) -> None:
    """Whoever is left out keeps a paid licence, if it holds one; else it gets the fallback, from what seats are left."""
    account, held = case.account, case.held
    keeps = held is None or held.is_paid or held == fallback
    given = not keeps and seats.take(fallback)
    if given:
        reason = f"{case.choice.rule}: no seat of {case.wanted.label}, so {fallback.label}"
        plan.changes.append(Change("license", account.email, reason, account, fallback.give(account), {"license": fallback, "wave": wave}))
    has = fallback if given else held
    plan.tell("seats", account.email, wanted=case.wanted.label, rule=case.choice.rule, held=has.label if has else "what it has")


def _tell_shortfalls(plan: Plan, left: list[_Case], seats: Seats) -> None:
    """One sentence for each pool, in numbers."""
    pools: dict[str, list[_Case]] = {}
    for case in left:
        pools.setdefault(seats.pool(case.wanted) or "", []).append(case)
    for pool, cases in sorted(pools.items()):
        told = seats.pools[pool]
        names = shortened([case.account.email for case in cases])
        kept = f", {seats.reserve} of them in reserve" if seats.reserve and pool == seats.pool(LICENSED) else ""
        why = "Zoom refused one" if told.get("full") else f"{told.get('bought')} were bought{kept}"
        plan.tell("shortfall", "", wanted=cases[0].wanted.label, count=len(cases), why=why, names=names)


def _tell_open(plan: Plan, given: list[_Case], seats: Seats) -> None:
    """Where Zoom tells what is used, but not what was bought, or nothing at all."""
    pools = {seats.pool(case.wanted) or "": case.wanted for case in given if seats.free(seats.pool(case.wanted)) is None}
    for pool, wanted in sorted(pools.items()):
        used = seats.pools.get(pool, {}).get("used")
        told = "nothing" if used is None else f"that {used} are used, but not how many were bought"
        plan.tell("seats_unknown", "", wanted=wanted.label, told=told)
