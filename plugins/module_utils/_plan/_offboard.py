# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Named people lose access at once: the login of each ends, and the account with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .._model._account import SET_ASIDE, UNREADABLE, ZOOM_EXTENSION, Account
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import fold
from ._actions import END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import Attributes, Offboarding
from ._matching import Matches, UnclearMatch, ranked
from ._protection import Protection, report_unmatched, widen
from ._removals import offboard_account, with_unseen_bundle

REASON = "offboarded"


@dataclass(frozen=True)
class OffboardPolicy:
    """`addresses`: of the people who are to lose access."""

    addresses: tuple[str, ...]
    action: Offboarding
    protection: Protection


@dataclass(frozen=True)
class _Named:
    """Who stands behind an address. `unclear`: accounts that may be theirs, or another's who has it."""

    address: str
    person: Person | None
    accounts: list[Account]
    unclear: list[UnclearMatch]


def plan_offboarding(people: People, tenant: Tenant, matches: Matches, policy: OffboardPolicy) -> Plan:
    """Whoever has a former address in Zoom is found through Google."""
    plan, done = Plan(), set[str]()
    report_unmatched(plan, policy.protection, people.known, tenant.accounts)
    protection = widen(policy.protection, people.everyone, matches.all_of)
    for named in _named(people, matches, policy):
        for match in named.unclear:
            plan.report("offboard_unclear", named.address, account=match.account.email, person=match.person.email, reason="identity")
        if not named.accounts and not named.unclear:
            plan.report(_nobody(named.person, people), named.address)
        for account in named.accounts:
            if account.key not in done:
                done.add(account.key)
                _offboard(plan, account, policy.action, protection)
    return plan


def still_in_scope(people: People, matches: Matches, policy: OffboardPolicy) -> list[str]:
    """Addresses in Google of those whom the next run would bring back."""
    wanted = (named.person.email for named in _named(people, matches, policy) if named.person and named.person.wanted)
    return list(dict.fromkeys(wanted))


def bundles_to_read(people: People, matches: Matches, policy: OffboardPolicy) -> list[Account]:
    """Of those who lose their account, as far as lists do not show what it holds."""
    protection = widen(policy.protection, people.everyone, matches.all_of)
    named_on_purpose = [
        account for named in _named(people, matches, policy) for account in named.accounts if not protection.covers(account)
    ]
    return with_unseen_bundle(
        change for account in named_on_purpose if account.status != UNREADABLE for change in _cut(account, policy.action)
    )


def _named(people: People, matches: Matches, policy: OffboardPolicy) -> Iterator[_Named]:
    """Each address once. An account that may be somebody else's is not ended on the strength of its address."""
    by_address = _by_address(people)
    loose = {fold(account.email): account for account in matches.strangers}
    for address in dict.fromkeys(fold(item) for item in policy.addresses):
        person = by_address.get(address)
        accounts = list(matches.all_of.get(person.id, ())) if person else []
        accounts += [loose[address]] if address in loose and not accounts else []
        unclear = [match for match in matches.unclear if match.person is person or fold(match.account.email) == address]
        yield _Named(address, person, accounts, unclear)


def _by_address(people: People) -> dict[str, Person]:
    """As matching has it: a live person beats a deleted one, and a person's own address beats another's alias."""
    found: dict[str, Person] = {}
    everyone = ranked(people.everyone)
    for person in everyone:
        found.setdefault(fold(person.email), person)
    for person in everyone:
        for address in person.addresses():
            found.setdefault(address, person)
    return found


def _nobody(person: Person | None, people: People) -> str:
    if person:
        return "offboard_nobody"
    return "offboard_unknown" if people.whole else "offboard_unread_google"


def _offboard(plan: Plan, account: Account, chosen: Offboarding, protection: Protection) -> None:
    if account.status == UNREADABLE:
        plan.report("offboard_unread", account.email, reason=SET_ASIDE)
    elif protection.covers(account):
        plan.report("offboard_protected", account.email, reason="protected")
    else:
        plan.changes += _cut(account, chosen)


def _cut(account: Account, chosen: Offboarding) -> list[Change]:
    """Who is inactive holds no login any more; an invitation is withdrawn."""
    if account.status == "pending":
        return [offboard_account(account, Offboarding("disassociate"), REASON, None)]
    if account.status == "inactive":
        return [offboard_account(account, chosen, REASON, None)] if chosen.action in END_OF_ACCOUNT else []
    changes = [Change("revoke", account.email, REASON, account)]
    if chosen.transfer_to and chosen.action not in END_OF_ACCOUNT:
        # with a deactivation only SCIM names an heir (zoom-api.md 4.5)
        values = {f"{ZOOM_EXTENSION}:transferee": chosen.transfer_to}
        changes.append(Change("hand_over", account.email, f"data goes to {chosen.transfer_to}", account, data=Attributes(values)))
    return [*changes, offboard_account(account, chosen, REASON, None)]
