# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who gets, keeps and loses an account. Pure: (people, accounts, policy) -> Plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .._model._account import PROVISIONAL, Account
from .._model._attributes import Desired, listed_changes, paths_of
from .._model._license import License
from .._model._person import Person
from .._model._text import PolicyError, fold
from ._change import Change, Plan
from ._fuses import Limit, apply_fuses
from ._license_creation import choose_licenses
from ._license_policy import BASIC, LicensePolicy
from ._losses import Deprovision, plan_losses
from ._matching import match
from ._protection import Protection, active_unprotected
from ._seats import Seats


class Maps(Protocol):
    """What says how a person's account should look: a mapping of expressions, or one account's own options."""

    def desired(self, person: Person) -> Desired: ...


@dataclass(frozen=True)
class AccountPolicy:
    """What zoom_scim_users is told. `licenses` None creates Basic accounts."""

    mapper: Maps
    deprovision: Deprovision
    limits: Mapping[str, Limit]
    protection: Protection = field(default_factory=Protection)
    licenses: LicensePolicy | None = None
    reactivate: bool = True
    allow_losses: bool = False
    # account key -> what a read of the single account shows of attributes that lists do not
    shown: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def plan_accounts(
    people: list[Person],
    accounts: list[Account],
    policy: AccountPolicy,
    seats: Seats,
    *,
    whole: bool = True,
    absent: frozenset[str] = frozenset(),
) -> Plan:
    """`whole`: people is the whole directory, so that an account of nobody is unknown. `absent`: addresses confirmed to be nobody's."""
    plan = Plan()
    desired = _desired(plan, people, policy.mapper)
    matches = match(people, accounts, {key: wish.user_name for key, wish in desired.items()})
    for person in people:
        account = matches.account_of.get(person.id)
        if account:
            account.person_id = person.id
            if person.wanted and person.id not in desired:
                account.held = "attributes"
    creations = []
    for person in people:
        wish, account = desired.get(person.id), matches.account_of.get(person.id)
        if wish and account:
            _keep(plan, account, wish, policy)
        elif wish and not person.held:
            creations.append((person, wish))
    new = [(person, wish.user_name) for person, wish in creations]
    _create(plan, creations, choose_licenses(people, matches.account_of, new, policy.licenses, seats))
    for person, other in matches.others:
        plan.tell("second_account", other.email, person=person.email)
    plan_losses(plan, people, matches, policy.deprovision, policy.protection, whole=whole, absent=absent)
    _order_renames(plan)
    apply_fuses(plan, policy.limits, active_unprotected(accounts, policy.protection), policy.allow_losses)
    return plan


def _desired(plan: Plan, people: list[Person], mapper: Maps) -> dict[str, Desired]:
    """What each wanted person's account should say; who can't be mapped, or wants another's address, fails alone."""
    desired: dict[str, Desired] = {}
    for person in people:
        if person.wanted:
            try:
                desired[person.id] = mapper.desired(person)
            except PolicyError as error:
                plan.tell("attributes", person.email, error=error)
    counted = Counter(fold(wish.user_name) for wish in desired.values())
    emails = {person.id: person.email for person in people}
    for key in [key for key, wish in desired.items() if counted[fold(wish.user_name)] > 1]:
        address = desired.pop(key).user_name
        plan.tell("duplicate", emails[key], address=address)
    return desired


def _keep(plan: Plan, account: Account, wish: Desired, policy: AccountPolicy) -> None:
    """Bring an existing account up to date."""
    email = wish.user_name
    if account.held:
        return
    if account.status == "pending":
        plan.tell("pending", account.email)
        return
    if account.status == "inactive":
        if not policy.reactivate:
            plan.tell("inactive", account.email)
            return
        after = {"status": "active", **BASIC.give(account)} if account.type == 2 else {"status": "active"}
        plan.changes.append(Change("reactivate", email, "in scope", account, after))
    if fold(account.email) != fold(email):
        if policy.protection.covers(account):
            plan.tell("protected_rename", account.email, address=email, reason="protected")
        else:
            reason = f"address was {account.email}"
            plan.changes.append(Change("rename", email, reason, account, {"email": email}, {"email": email}))
    changes = listed_changes(wish, account)
    values = {**paths_of(changes), **_unlisted(wish, policy.shown.get(account.key, {}))}
    if values:
        reason = "changed: " + ", ".join(sorted(values))
        plan.changes.append(Change("update", email, reason, account, dict(changes), {"values": values}))


def _unlisted(wish: Desired, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes that the single account shows, and shows otherwise."""
    return {path: value for path, value in wish.unlisted().items() if path in shown and str(shown[path] or "") != str(value)}


def _create(plan: Plan, creations: list[tuple[Person, Desired]], licenses: Mapping[str, License]) -> None:
    for person, wish in creations:
        license = licenses.get(person.id, BASIC)
        listed = wish.listed()
        display = listed.get("display_name") or f"{listed.get('first_name', '')} {listed.get('last_name', '')}".strip()
        account = Account(PROVISIONAL + fold(wish.user_name), wish.user_name, "active", role_id="2", type=1, person_id=person.id)
        at_once = license if license.settable_at_creation() else BASIC
        after = {"email": wish.user_name, "status": "active", **listed, "display_name": display, **at_once.give(account)}
        reason = f"in scope through {person.via}" if person.via else "in scope"
        plan.changes.append(Change("create", wish.user_name, reason, account, after, {"values": dict(wish.values), "license": at_once}))
        if at_once is not license:
            why = f"policy says {license.label}"
            plan.changes.append(Change("license", wish.user_name, why, account, license.give(account), {"license": license}))


def _order_renames(plan: Plan) -> None:
    """An address must be free before another account takes it; a ring of addresses can't be solved by renames alone."""
    renames = {fold(change.account.email): change for change in plan.changes if change.action == "rename" and change.account}
    ordered, wave = list[Change](), 0
    while renames:
        free = [
            key for key, change in renames.items() if fold(change.payload["email"]) not in renames or fold(change.payload["email"]) == key
        ]
        if not free:
            for change in renames.values():
                plan.tell("rename_ring", change.email)
            break
        wave += 1
        for key in sorted(free):
            renames[key].payload["wave"] = wave
            ordered.append(renames.pop(key))
    plan.changes = [change for change in plan.changes if change.action != "rename"] + ordered
