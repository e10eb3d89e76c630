# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who gets and who loses a licence: frees first, then gives by rule order and account age. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .._model._account import Account
from .._model._license import License, is_unseen, license_of, may_hold_bundle
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import PolicyError, fold
from ._change import Change, Plan
from ._change_data import LicenseChange, license_change
from ._left_alone import report_left_alone
from ._license_offers import Case, Offer, report_open, report_shortfalls
from ._license_policy import BASIC, Choice, LicensePolicy
from ._limits import Limit, apply_limits
from ._matching import Matches
from ._part import WHOLE, Part
from ._protection import Protection, active_unprotected, report_kept, report_unmatched, widen
from ._seats import LICENSED, Demand, Seats, grant, seats_of
from ._unread import unreliable

RECLAIM = "reclaim"


@dataclass(frozen=True)
class LicenseTerms:
    """What a plan of licences has to keep to beside the rules. `idle`: account key -> day, of those whose licence is to be reclaimed.

    `named`: the accounts were named on purpose, so what can't be given has failed, and is no standing condition.
    `part`: what the run leaves.
    """

    rules: LicensePolicy
    limit: Limit
    protection: Protection = field(default_factory=Protection)
    idle: Mapping[str, str] = field(default_factory=dict)
    allow_losses: bool = False
    named: bool = False
    part: Part = WHOLE


@dataclass(frozen=True)
class _Deal:
    """`seats`: as this plan takes and frees them. `rest`: whether REST can be used; SCIM neither gives all bundles nor takes any."""

    terms: LicenseTerms
    seats: Seats
    rest: bool

    @property
    def rules(self) -> LicensePolicy:
        return self.terms.rules

    def pool(self, license: License | None) -> str | None:
        return self.seats.pool(license)


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


def in_scope(people: People, matches: Matches) -> Iterator[tuple[Person, Account]]:
    """Those whom a policy speaks of: active accounts of wanted people that no earlier phase has left as they are."""
    for person in people.everyone:
        account = matches.account_of.get(person.id)
        if person.wanted and account is not None and account.status == "active" and not (account.held or person.held):
            yield person, account


def _left_alone(people: People, matches: Matches, terms: LicenseTerms) -> Iterator[tuple[str, str]]:
    """Who would get or lose a licence, had no earlier phase left them as they are: why, and whose account."""
    only = terms.part.only
    for person in people.everyone:
        account = matches.account_of.get(person.id)
        if not person.wanted or account is None or account.status != "active" or not (only is None or only.owns(account)):
            continue
        held = account.held or person.held
        if held and missing(person, account, terms.rules):
            yield held, account.email


def bundles_to_read(
    people: People, matches: Matches, policy: LicensePolicy, idle: Iterable[str] = (), *, again: bool = False
) -> list[Account]:
    """Accounts whose bundle must be read before their licence is changed: lists do not show zoom_one_type.

    `again`: those too of which only an earlier run has seen it.
    """
    unread, idle, asks = [], frozenset(idle), is_unseen if again else may_hold_bundle
    for person, account in in_scope(people, matches):
        if account.exists and asks(account) and (account.key in idle or missing(person, account, policy)):
            unread.append(account)
    return unread


def plan_licenses(people: People, tenant: Tenant, matches: Matches, policy: LicenseTerms) -> Plan:
    """`plan.decided` counts, for each rule, the licences that it decided on."""
    plan, cases = Plan(), list[Case]()
    report_unmatched(plan, policy.protection, people.known, tenant.accounts)
    policy = replace(policy, protection=widen(policy.protection, people.everyone, matches.all_of))
    deal = _Deal(policy, seats_of(tenant, policy.rules), tenant.rest)
    report_left_alone(plan, _left_alone(people, matches, policy), "their licence stays as it is")
    for person, account in in_scope(people, matches):
        case = _case(plan, person, account, deal)
        if case:
            cases.append(case)
    offers = [offer for case in cases if (offer := _offer(plan, case, deal))]
    policy.part.take_out(plan)
    for offer in offers:
        offer.left = policy.part.leaves(offer.change)
    _limit(plan, people, tenant, offers, deal)
    _free(deal.seats, plan.changes)
    _give(plan, offers, deal)
    policy.part.end(plan)
    plan.unseen = _resting(plan, people, matches, policy)
    return plan


def _resting(plan: Plan, people: People, matches: Matches, terms: LicenseTerms) -> list[Account]:
    """Where a change rests on a bundle as an earlier run saw it: all that may be changed then, as one change makes way for others."""
    own = {change.account.key: change.account for change in plan.changes if change.account and change.account.recalled}
    others = bundles_to_read(people, matches, terms.rules, terms.idle, again=True) if own else []
    return list({**own, **{account.key: account for account in others if account.recalled}}.values())


def _free(seats: Seats, changes: Iterable[Change]) -> None:
    """What downgrades give back."""
    for change in changes:
        if change.action == "downgrade":
            seats.free_one(license_of(change.account) if change.account else None)


def _limit(plan: Plan, people: People, tenant: Tenant, offers: list[Offer], deal: _Deal) -> None:
    """Removals of this kind are those to a licence without seats, and moves from a bundle for which there is a seat."""
    seats = deal.seats.copy()
    _free(seats, plan.changes)
    granted = grant([offer.demand for offer in offers], seats)
    moves = [offer.change for offer in offers if offer.made and offer.change.removal and fold(offer.change.email) in granted]
    plan.changes += moves
    base = active_unprotected(tenant.accounts, deal.terms.protection)
    apply_limits(plan, {"license": deal.terms.limit}, base, deal.terms.allow_losses, unreliable(tenant, people))
    if plan.withheld:
        for offer in offers:
            offer.blocked = offer.change.removal is not None and not offer.left
    moving = {id(change) for change in moves}
    plan.changes = [change for change in plan.changes if id(change) not in moving]


def _case(plan: Plan, person: Person, account: Account, deal: _Deal) -> Case | None:
    """What is to change for one account; None when nothing is."""
    try:
        choice = deal.rules.choose(person)
    except PolicyError as error:
        plan.report("where", person.email, error=error)
        plan.skip[account.key] = "where"
        return None
    held, idle = _held(account, deal.seats), account.key in deal.terms.idle and not deal.terms.protection.covers(account)
    if idle and deal.rules.reclaim:
        choice = _reclaimed(plan, account, choice, deal) or choice
    plan.decided.setdefault(choice.rule, Counter())[choice.license.label if choice.license else "as it is"] += 1
    wanted = choice.license
    if wanted is not None and deal.pool(wanted) == deal.pool(LICENSED):
        wanted = LICENSED  # the base plan by its own number
    if wanted is None or wanted == held or (wanted == LICENSED and held is not None and held.is_bundle):
        return None
    return Case(account, choice, wanted, held)


def _held(account: Account, seats: Seats) -> License | None:
    """On a Workplace base plan that plan is what `licensed` means, no bundle beside it."""
    held = license_of(account)
    return LICENSED if held and held.is_bundle and seats.pool(held) == seats.pool(LICENSED) else held


def _reclaimed(plan: Plan, account: Account, choice: Choice, deal: _Deal) -> Choice | None:
    """The rule before all others: who has not signed in for so long holds no seat, and is given none."""
    held, policy = _held(account, deal.seats), deal.rules
    keeps = policy.fallback if not policy.fallback.is_paid else BASIC
    if not policy.reclaim or held is None:
        return None
    if not held.is_paid:
        wants_seat = choice.license is not None and choice.license.is_paid
        return Choice(-1, None, RECLAIM) if policy.reclaim.take and wants_seat else None
    if not policy.reclaim.take or not _may_take(held, deal):
        if choice.license is None or choice.license.is_paid:
            plan.report("idle", account.email, since=deal.terms.idle[account.key], held=held.label)
        return None
    return Choice(-1, keeps, f"{RECLAIM} (no sign-in since {deal.terms.idle[account.key]})")


def _may_take(held: License, deal: _Deal) -> bool:
    """A bundle is taken back only by the policy that gives it."""
    return not held.is_bundle or (deal.rules.names(held) and deal.rest)


def _offer(plan: Plan, case: Case, deal: _Deal) -> Offer | None:
    """A change that needs a seat, to be limited and granted; one that needs none goes into the plan at once."""
    account, held, wanted = case.account, case.held, case.wanted
    # from the fallback to what was meant is no removal
    loses = held is not None and held.is_lost_for(wanted) and not (held == deal.rules.fallback and wanted.is_paid)
    if held is not None and held.is_bundle and not wanted.is_paid and not _may_take(held, deal):
        plan.report("bundle", account.email, held=held.label, wanted=wanted.label)
        return None
    if account.room or (loses and deal.terms.protection.covers(account)):
        kept, why = held.label if held else "what it has", deal.terms.protection.why(account)
        report_kept(plan, account, "protected_license", f"given {wanted.label}", held=kept, wanted=wanted.label, why=why)
        return None
    if not deal.rest and not wanted.in_scim():
        code = "license_not_in_scim" if deal.terms.named else "scim_bundle"
        plan.report(code, account.email, wanted=wanted.label)
        return None
    action = "downgrade" if loses and not wanted.is_paid else "license"
    change = Change(
        action, account.email, case.reason, account, wanted.give(account), license_change(held, wanted), "license" if loses else None
    )
    if wanted.is_paid:
        return Offer(case, change)
    plan.changes.append(change)
    return None


def _give(plan: Plan, offers: list[Offer], deal: _Deal) -> None:
    """Those that get a seat, in the order of their turn; the rest get the fallback, and are reported.

    Who would get one that a change frees which the run leaves waits for it, and gets nothing else meanwhile.
    """
    seats = deal.seats
    ordered = sorted(offers, key=lambda offer: offer.case.demand.turn)
    waiting = _would_get_seats(ordered, plan.left, seats)
    granted = grant([offer.demand for offer in ordered], seats)
    given = [offer for offer in ordered if fold(offer.change.email) in granted and offer.made]
    for offer in given:
        offer.change.wave = granted[fold(offer.change.email)]
        plan.changes.append(offer.change)
    waiting -= {fold(offer.change.email) for offer in ordered if offer.blocked or (offer.made and fold(offer.change.email) in granted)}
    plan.leave([offer.change for offer in ordered if fold(offer.change.email) in waiting])
    held_back = {fold(finding.email) for finding in plan.withheld}
    short = [offer.case for offer in ordered if fold(offer.change.email) not in {*granted, *held_back, *waiting}]
    for case in short:
        _fall_back(plan, case, deal, max(granted.values(), default=0) + 1)
    only = deal.terms.part.only
    short = [case for case in short if only is None or only.owns(case.account)]
    report_shortfalls(plan, [case for case in short if not seats.has(seats.pool(case.wanted))], seats)
    report_open(plan, [offer.case for offer in given], seats)


def _would_get_seats(offers: list[Offer], left: Iterable[Change], seats: Seats) -> set[str]:
    """Folded addresses of those who would get a seat if what the run leaves were made too."""
    seats = seats.copy()
    _free(seats, left)
    return set(grant([replace(offer, left=False).demand for offer in offers], seats))


def _fall_back(plan: Plan, case: Case, deal: _Deal, wave: int) -> None:
    """Whoever is left out keeps a paid licence, if it holds one; else it gets the fallback, from what seats are left."""
    account, held, fallback = case.account, case.held, deal.rules.fallback
    keeps = held is None or held.is_paid or held == fallback
    given = not keeps and deal.seats.take(fallback)
    if given:
        reason = f"{case.choice.rule}: no seat of {case.wanted.label}, so {fallback.label}"
        change = Change("license", account.email, reason, account, fallback.give(account), LicenseChange(fallback), wave=wave)
        if deal.terms.part.leaves(change):  # it is theirs all the same
            plan.leave([change])
        else:
            plan.changes.append(change)
    has = fallback if given else held
    plan.report("seats", account.email, wanted=case.wanted.label, rule=case.choice.rule, held=has.label if has else "what it has")
