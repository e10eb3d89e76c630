# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What the two snapshots show of how a first run will go, counted: each number with what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .._model._matching_rules import Matching
from .._model._people import People
from .._model._tenant import Tenant
from .._model._text import domain, shortened
from .._plan._anchors import take_census

_SHOWN = 3


@dataclass(frozen=True)
class Count:
    """One number, by the name programs know it by, and its sentence."""

    name: str
    number: int
    message: str


def count(tenant: Tenant | None, people: People | None, managed: Iterable[str]) -> list[Count]:
    """Nothing is counted of a side whose snapshot is not given. `managed`: the Zoom account's domains, none where not known."""
    found = list[Count]()
    if tenant:
        found += [_pending(tenant), _set_aside("Zoom", tenant.set_aside)]
    if people:
        found += [_outside(people, managed), _across(people), _set_aside("Google", people.set_aside)]
    if tenant and people:
        found.append(_unique_ids(tenant, people))
    return found


def _pending(tenant: Tenant) -> Count:
    emails = [account.email for account in tenant.accounts if account.status == "pending"]
    text = (
        f"{_people(emails, 'has', 'have')} not accepted Zoom's invitation; nothing can be set for them until they do: ask them, or send it "
        "again in Zoom (User Management, Pending)."
    )
    return Count("pending_invitations", len(emails), text)


def _set_aside(side: str, rows: list[dict[str, str]]) -> Count:
    number = sum("room" not in row for row in rows)
    rows_are = "1 row" if number == 1 else f"{number} rows"
    text = (
        f"{rows_are} that {side} listed could not be understood, so what {side} holds there is not touched; see what the read phase "
        "reports about it."
    )
    return Count("rows_set_aside", number, text)


def _outside(people: People, managed: Iterable[str]) -> Count:
    """Addresses that Zoom would refuse or invite."""
    own = {name.lower() for name in managed}
    emails = [person.email for person in people.everyone if own and person.wanted and domain(person.email) not in own]
    text = (
        f"{_people(emails, 'is', 'are')} in scope with addresses in {_domains(emails)}, which is not among this Zoom account's "
        "domains, so Zoom would refuse or invite them; add the domain in Zoom, or exclude these people."
    )
    return Count("people_outside_zoom_domains", len(emails), text)


def _across(people: People) -> Count:
    """Google does not say whether a group holds somebody of another domain of the customer (zoom-api.md 11a)."""
    own = {domain(group) for group in people.groups}
    emails = [person.email for person in people.everyone if own and person.wanted and domain(person.email) not in own]
    text = (
        f"{_people(emails, 'is', 'are')} in scope with addresses in {_domains(emails)}, another domain than that of the groups that "
        "are read; Google can't confirm their memberships one by one, so the groups are read again when somebody leaves, which takes "
        "more reads."
    )
    return Count("people_in_second_domains", len(emails), text)


def _unique_ids(tenant: Tenant, people: People) -> Count:
    emails = [account.email for account in take_census(people.everyone, tenant.accounts, Matching()).foreign]
    carry = f"1 account ({_names(emails)}) carries" if len(emails) == 1 else f"{len(emails)} accounts ({_names(emails)}) carry"
    cure = ": remove attribute_mapping_identity, or map Google's id to it in Zoom" if people.matching.identity else ""
    text = (
        f"{carry} an Employee Unique ID that is no Google id of this directory, perhaps set by a SAML mapping; such accounts are matched "
        f"by their address{cure}."
    )
    return Count("unique_ids_not_ours", len(emails), text)


def _people(emails: list[str], one: str, more: str) -> str:
    return f"1 person ({_names(emails)}) {one}" if len(emails) == 1 else f"{len(emails)} people ({_names(emails)}) {more}"


def _names(emails: Iterable[str]) -> str:
    return shortened(sorted(emails), _SHOWN)


def _domains(emails: Iterable[str]) -> str:
    return ", ".join(name for name, _count in sorted(Counter(map(domain, emails)).items()))
