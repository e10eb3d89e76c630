# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Who gets, keeps and loses an account. Pure: (people, tenant, matches, policy) -> Plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .._model._account import PROVISIONAL, Account
from .._model._attributes import Desired, listed_changes, paths_of
from .._model._license import License
from .._model._matching_rules import ANCHOR_PATH
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import PolicyError, domain, fold, shared
from ._actions import END_OF_ACCOUNT
from ._approval import Approval
from ._change import Change, Plan
from ._change_data import Attributes, Creation, LicenseChange
from ._freed_seats import licenses_of_new
from ._license_policy import BASIC, LicensePolicy
from ._licenses import LicenseTerms
from ._limits import Limit, apply_gain_limits, apply_limits, gain_limits
from ._matching import Matches
from ._owners import owners_of
from ._part import WHOLE, Part, keepers, leave_blocked_renames
from ._protection import Protection, active_unprotected, report_kept, report_unmatched, widen
from ._removals import Deprovision, plan_removals, with_unseen_bundle
from ._renames import order_renames, rename
from ._standing import Known, hold_back
from ._unread import unreliable


class Maps(Protocol):
    """What says how a person's account should look: a mapping of expressions, or one account's own options."""

    def desired(self, person: Person) -> Desired:
        """What the account of this person should look like."""


@dataclass(frozen=True)
class AccountPolicy:
    """What zoom_scim_users is asked. `licenses` None creates Basic accounts.

    `anchor`: whether accounts get their Google id, which is not so where the tenant's lists would not show it.
    `shown`: account key -> what a read of the single account shows of attributes that lists do not.
    `known`: what Zoom has refused before; what rests counts on no limit and takes no seat. `part`: what the run leaves.
    `taking`: of the licence phase, whose downgrades may be made before creations that need their seats; None where none is.
    `approval`: what may free a seat for a creation.
    """

    mapper: Maps
    deprovision: Deprovision
    limits: Mapping[str, Limit]
    protection: Protection = field(default_factory=Protection)
    licenses: LicensePolicy | None = None
    reactivate: bool = True
    allow_losses: bool = False
    allow_gains: bool = False
    anchor: bool = False
    shown: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    part: Part = WHOLE
    taking: LicenseTerms | None = None
    approval: Approval | None = None


def plan_accounts(people: People, tenant: Tenant, matches: Matches, policy: AccountPolicy) -> Plan:
    """Removals first, so that their addresses are free for renames, and both before creations."""
    plan = Plan(owners=owners_of(people, matches))
    policy = replace(policy, protection=widen(policy.protection, people.everyone, matches.all_of))
    report_unmatched(plan, policy.protection, people.known, tenant.accounts)
    desired = _desired(plan, people.everyone, policy)
    for person in people.everyone:
        if person.wanted and person.id not in desired and person.id in matches.account_of:
            plan.skip[matches.account_of[person.id].key] = "attributes"
    _report_unclear(plan, matches)
    newcomers = _keep_all(plan, people.everyone, matches, desired, tenant, policy)
    for person, other in matches.others:
        if person.wanted:
            plan.report("second_account", other.email, person=person.email)
    wanted = {change.account.key: change.email for change in plan.changes if change.action == "rename" and change.account}
    policy.part.take_out(plan)
    hold_back(plan, policy.known)
    _remove(plan, people, tenant, matches, policy)
    leave_blocked_renames(plan)
    order_renames(plan, tenant.accounts)
    possible, waiting = _possible(plan, newcomers, tenant, wanted)
    others = [newcomer for newcomer in possible if not policy.part.is_about(newcomer[0].id)]
    own = [newcomer for newcomer in possible if policy.part.is_about(newcomer[0].id)]
    creations = _admitted(plan, _not_refused(plan, own, policy), tenant, policy)
    left = [*waiting, *_not_refused(Plan(), others, policy)]
    # the seats of accounts that another run makes are owed to them
    new = [(person, wish.user_name) for person, wish in (*creations, *left)]
    own_ids = [person.id for person, _wish in creations]
    licenses = licenses_of_new(plan, people, tenant, matches, new, policy.licenses, policy.taking, own_ids, policy.approval)
    _create(plan, creations, licenses)
    plan.leave(_drafts(left, licenses))
    policy.part.end(plan, (wish.user_name for key, wish in desired.items() if policy.part.is_about(key)))
    return plan


def bundles_to_read(people: People, tenant: Tenant, matches: Matches, policy: AccountPolicy) -> list[Account]:
    """Accounts that end, within the limits, and may hold a bundle that lists do not show."""
    removals = Plan(skip={match.account.key: "identity" for match in matches.unclear})
    protection = widen(policy.protection, people.everyone, matches.all_of)
    _remove(removals, people, tenant, matches, replace(policy, protection=protection))
    return with_unseen_bundle(removals.changes)


def _remove(plan: Plan, people: People, tenant: Tenant, matches: Matches, policy: AccountPolicy) -> None:
    """Removals, renames among them, as far as limits and second reads let them."""
    plan_removals(plan, people, matches, policy.deprovision, policy.protection, policy.part)
    base = active_unprotected(tenant.accounts, policy.protection)
    apply_limits(plan, policy.limits, base, policy.allow_losses, unreliable(tenant, people))


def _admitted(plan: Plan, creations: list[tuple[Person, Desired]], tenant: Tenant, policy: AccountPolicy) -> list[tuple[Person, Desired]]:
    """Those who get an account within the limits on gains, whose seats nobody else has taken by then."""
    limits = gain_limits(policy.limits, tenant.completed)
    drafts, base = _drafts(creations if limits else [], {}), active_unprotected(tenant.accounts, policy.protection)
    if "creation" not in apply_gain_limits(plan, limits, base, drafts, allow_gains=policy.allow_gains):
        return creations
    order_renames(plan, tenant.accounts)  # who is not reactivated keeps the address that another one was to get
    return []


def _not_refused(plan: Plan, newcomers: list[tuple[Person, Desired]], policy: AccountPolicy) -> list[tuple[Person, Desired]]:
    """Those whose account Zoom has not refused, or not lately."""
    drafts = Plan(_drafts(newcomers if policy.known.rows else [], {}))
    asked = {fold(change.email) for change in drafts.changes}
    hold_back(drafts, policy.known)
    plan.waiting += drafts.waiting
    plan.attention += drafts.attention
    resting = asked - {fold(change.email) for change in drafts.changes}
    return [(person, wish) for person, wish in newcomers if fold(wish.user_name) not in resting]


def _keep_all(
    plan: Plan, people: list[Person], matches: Matches, desired: Mapping[str, Desired], tenant: Tenant, policy: AccountPolicy
) -> list[tuple[Person, Desired]]:
    """Brings existing accounts up to date; those who have none and may get one."""
    unclear = {match.person.id for match in matches.unclear}
    newcomers = []
    for person in people:
        wish, account = desired.get(person.id), matches.account_of.get(person.id)
        if wish and account and person.held:
            plan.skip[account.key] = person.held
        elif wish and account:
            _keep(plan, account, wish, tenant, policy, remembered=account.key in matches.remembered)
        elif wish and not person.held and person.id not in unclear:
            newcomers.append((person, wish))
    return newcomers


def _report_unclear(plan: Plan, matches: Matches) -> None:
    """What only an administrator can settle is left as it is, by later phases too."""
    for match in matches.unclear:
        plan.skip[match.account.key] = "identity"
        if match.person.wanted or match.account.status == "active":
            plan.report(match.code, match.person.email, account=match.account.email)


def _desired(plan: Plan, people: list[Person], policy: AccountPolicy) -> dict[str, Desired]:
    """What each wanted person's account should say; who can't be mapped, or wants another's address, fails alone."""
    desired: dict[str, Desired] = {}
    for person in people:
        if person.wanted:
            try:
                wish = policy.mapper.desired(person)
            except PolicyError as error:
                plan.report("attributes", person.email, error=error)
                continue
            desired[person.id] = Desired(wish.user_name, {**wish.values, ANCHOR_PATH: person.id}) if policy.anchor else wish
    counted = Counter(fold(wish.user_name) for wish in desired.values())
    emails = {person.id: person.email for person in people}
    for key in [key for key, wish in desired.items() if counted[fold(wish.user_name)] > 1]:
        plan.report("duplicate", emails[key], address=desired.pop(key).user_name)
    return desired


def _keep(plan: Plan, account: Account, wish: Desired, tenant: Tenant, policy: AccountPolicy, *, remembered: bool) -> None:
    """Bring an existing account up to date. `remembered`: it is theirs because the last run left it so."""
    if plan.skips(account):
        return
    if account.status == "pending":
        plan.report("pending", account.email)
        return
    if account.status == "inactive" and not _may_wake(plan, account, policy):
        return
    email = _address(plan, account, wish.user_name, tenant, policy, remembered=remembered)
    if account.status == "inactive":
        after = {"status": "active", **BASIC.give(account)} if account.type == 2 else {"status": "active"}
        plan.changes.append(Change("reactivate", email, "in scope", account, after))
    changes = _settable(plan, account, listed_changes(wish, account), tenant)
    values = {**paths_of(changes), **_unlisted(wish, policy.shown.get(account.key, {}))}
    after = dict[str, Any](changes)
    if policy.anchor and not account.employee_unique_id:
        values[ANCHOR_PATH] = after["employee_unique_id"] = wish.values[ANCHOR_PATH]
    if values:
        reason = "changed: " + ", ".join(sorted(path.rpartition(":")[2] for path in values))
        plan.changes.append(Change("update", email, reason, account, after, Attributes(values)))


def _may_wake(plan: Plan, account: Account, policy: AccountPolicy) -> bool:
    if not policy.reactivate:
        plan.report("inactive", account.email)
    elif account.is_admin or account.room:
        report_kept(plan, account, "inactive_admin", "reactivated")
    return policy.reactivate and not account.is_admin and not account.room


def _settable(plan: Plan, account: Account, changes: dict[str, str], tenant: Tenant) -> dict[str, str]:
    """Without a display name that Zoom's SCIM took in an earlier run and did not change."""
    if tenant.rest or "display_name" not in changes or "display_name" not in account.fixed:
        return changes
    plan.report("display_name_fixed", account.email, wanted=changes["display_name"], kept=account.display_name or "none")
    return {name: value for name, value in changes.items() if name != "display_name"}


def _address(plan: Plan, account: Account, email: str, tenant: Tenant, policy: AccountPolicy, *, remembered: bool) -> str:
    """The address that the account will have: the one wanted, unless it can't be renamed."""
    if fold(account.email) == fold(email):
        return email
    if policy.protection.covers(account):
        report_kept(plan, account, "protected_rename", f"renamed to {email}", address=email, why=policy.protection.why(account))
    elif _is_foreign(tenant, email):
        plan.report("foreign_rename", account.email, address=email, domain=domain(email), reason="foreign_domain")
    else:
        plan.changes.append(rename(account, email, f"address was {account.email}{', known from the last run' if remembered else ''}"))
        return email
    return account.email


def _unlisted(wish: Desired, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes that the single account shows, and shows otherwise."""
    return {path: value for path, value in wish.unlisted().items() if path in shown and str(shown[path] or "") != str(value)}


def _is_foreign(tenant: Tenant, email: str) -> bool:
    """Whether Zoom is known to refuse the address for its domain."""
    return tenant.domains is not None and domain(email) not in tenant.domains


def _possible(
    plan: Plan, newcomers: list[tuple[Person, Desired]], tenant: Tenant, wanted: Mapping[str, str]
) -> tuple[list[tuple[Person, Desired]], list[tuple[Person, Desired]]]:
    """Those whose address Zoom can take: in a managed domain, and free once this plan is carried out, or once what it leaves is made.

    `wanted`: account key -> the address that it was to get, whether or not that is left in the plan.
    """
    leaving = {change.account.key for change in plan.changes if change.account and change.action in ("rename", *END_OF_ACCOUNT)}
    held = {fold(account.email): account for account in tenant.accounts if account.key not in leaving}
    kept = {fold(account.email) for account in keepers(plan)}
    possible, waiting = [], []
    for person, wish in newcomers:
        email = wish.user_name
        if _is_foreign(tenant, email):
            plan.report("foreign_domain", email, domain=domain(email))
        elif fold(email) in kept:
            waiting.append((person, wish))
        elif fold(email) in held and held[fold(email)].key in wanted:
            plan.report("address_waits", email, wanted=wanted[held[fold(email)].key])
        elif fold(email) in held:
            plan.report("address_held", email, owner=held[fold(email)].employee_unique_id or "somebody else")
        else:
            possible.append((person, wish))
    return possible, waiting


def _drafts(creations: list[tuple[Person, Desired]], licenses: Mapping[str, License]) -> list[Change]:
    drafts = Plan()
    _create(drafts, creations, licenses)
    return drafts.changes


def _create(plan: Plan, creations: list[tuple[Person, Desired]], licenses: Mapping[str, License]) -> None:
    for person, wish in creations:
        license = licenses.get(person.id, BASIC)
        listed = wish.listed()
        display = listed.get("display_name") or f"{listed.get('first_name', '')} {listed.get('last_name', '')}".strip()
        account = Account(PROVISIONAL + fold(wish.user_name), wish.user_name, "active", role_id="2", type=1, person_id=person.id)
        at_once = license if license.settable_at_creation() else BASIC
        after = {"email": wish.user_name, "status": "active", **listed, "display_name": display, **at_once.give(account)}
        if wish.values.get(ANCHOR_PATH) == person.id:
            after["employee_unique_id"] = person.id
        reason = shared(f"in scope through {person.via}") if person.via else "in scope"
        plan.changes.append(Change("create", wish.user_name, reason, account, after, Creation(wish.values, at_once)))
        if at_once is not license:
            why = f"policy says {license.label}"
            plan.changes.append(Change("license", wish.user_name, why, account, license.give(account), LicenseChange(license)))
