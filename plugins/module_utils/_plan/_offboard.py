# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Named people lose access at once: the login of each ends, and the account with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from .._model._account import SET_ASIDE, UNREADABLE, ZOOM_EXTENSION, Account
from .._model._people import People
from .._model._person import Person
from .._model._tenant import Tenant
from .._model._text import fold
from ._actions import END_OF_ACCOUNT
from ._change import Change, Plan
from ._change_data import Attributes, Ending
from ._matching import Matches, ranked
from ._protection import Protection, report_unmatched, widen
from ._removals import end_account

REASON = "offboarded"


@dataclass(frozen=True)
class OffboardPolicy:
    """`addresses`: of the people who are to lose access."""

    addresses: tuple[str, ...]
    ending: Ending
    protection: Protection


@dataclass
class Offboarding:
    """`back`: addresses in Google of those whom the next run would bring back, as they are still in scope."""

    plan: Plan = field(default_factory=Plan)
    back: list[str] = field(default_factory=list)


def plan_offboarding(people: People, tenant: Tenant, matches: Matches, policy: OffboardPolicy) -> Offboarding:
    """Whoever has a former address in Zoom is found through Google."""
    found = Offboarding()
    report_unmatched(found.plan, policy.protection, people.known, tenant.accounts)
    protection = widen(policy.protection, people.everyone, matches.all_of)
    by_address = _by_address(people)
    loose = {fold(account.email): account for account in matches.strangers}
    done = set[str]()
    for address in dict.fromkeys(fold(item) for item in policy.addresses):
        person = by_address.get(address)
        held = list(matches.all_of.get(person.id, ())) if person else []
        held += [loose[address]] if address in loose and not held else []
        unclear = _report_unclear(found.plan, matches, address, person)
        if person and person.wanted and person.email not in found.back:
            found.back.append(person.email)
        if not held and not unclear:
            found.plan.report(_nobody(person, people), address)
        for account in held:
            if account.key not in done:
                done.add(account.key)
                _offboard(found.plan, account, policy.ending, protection)
    return found


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


def _report_unclear(plan: Plan, matches: Matches, address: str, person: Person | None) -> bool:
    """An account that may be somebody else's is not ended on the strength of its address. Whether there is one."""
    found = [match for match in matches.unclear if match.person is person or fold(match.account.email) == address]
    for match in found:
        plan.report("offboard_doubt", address, account=match.account.email, person=match.person.email, reason="identity")
    return bool(found)


def _offboard(plan: Plan, account: Account, ending: Ending, protection: Protection) -> None:
    if account.status == UNREADABLE:
        plan.report("offboard_unread", account.email, reason=SET_ASIDE)
    elif protection.covers(account):
        plan.report("offboard_protected", account.email, reason="protected")
    else:
        plan.changes += _cut(account, ending)


def _cut(account: Account, ending: Ending) -> list[Change]:
    """Who is inactive holds no login any more; an invitation is withdrawn."""
    if account.status == "pending":
        return [end_account(account, Ending("disassociate"), REASON, None)]
    if account.status == "inactive":
        return [end_account(account, ending, REASON, None)] if ending.action in END_OF_ACCOUNT else []
    changes = [Change("revoke", account.email, REASON, account)]
    if ending.transfer_to and ending.action not in END_OF_ACCOUNT:
        # with a deactivation only SCIM names an heir (zoom-api.md 4.5)
        values = {f"{ZOOM_EXTENSION}:transferee": ending.transfer_to}
        changes.append(Change("hand_over", account.email, f"data goes to {ending.transfer_to}", account, data=Attributes(values)))
    return [*changes, end_account(account, ending, REASON, None)]
