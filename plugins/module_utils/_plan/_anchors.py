# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which Employee Unique IDs are anchors of ours: Google ids of this directory or its bin. All else is somebody else's number. Pure.

A SAML mapping sets the field at each sign-in, often to the address or a number of HR's, and sign-ins are linked by it (zoom-api.md 11a).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._account import Account
from .._model._matching_rules import Matching
from .._model._person import Person
from .._model._text import fold, shortened
from ._outcome import Finding
from ._outcomes import finding

_GOOGLE_ID = re.compile(r"\d{21}")
_MANY = 3
_SHOWN = 3
PROBES = 3  # accounts that are read by SCIM to see whether lists show what it does


@dataclass(frozen=True)
class Anchors:
    """`people`: Google ids that are known. `partial`: there may be others."""

    people: frozenset[str]
    partial: bool = False

    def ours(self, account: Account) -> bool:
        """Whether the account carries somebody's Google id."""
        value = account.employee_unique_id
        return value in self.people or (self.partial and _GOOGLE_ID.fullmatch(value) is not None)


@dataclass(frozen=True)
class Census:
    """Accounts that carry a value which is not ours, and how many carry an anchor."""

    foreign: list[Account] = field(default_factory=list)
    anchored: int = 0

    @property
    def set_by_others(self) -> bool:
        """So many that it is a SAML mapping which sets the field: an anchor would be overwritten, or break the next sign-in."""
        return len(self.foreign) >= _MANY and len(self.foreign) > self.anchored


@dataclass(frozen=True)
class AnchorState:
    """`write`: whether accounts get their Google id. `findings`: why not, and whose field holds something else."""

    write: bool = False
    findings: list[Finding] = field(default_factory=list)


def anchors_of(people: Iterable[Person], rules: Matching) -> Anchors:
    return Anchors(frozenset(person.id for person in people), rules.partial)


def take_census(people: Iterable[Person], accounts: Iterable[Account], rules: Matching) -> Census:
    """The Google id of somebody who was deleted long ago is left out, where nobody has that address now."""
    everyone = list(people)
    anchors, foreign, anchored = anchors_of(everyone, rules), list[Account](), 0
    known = {address for person in everyone for address in person.addresses()}
    for account in accounts:
        if anchors.ours(account):
            anchored += 1
        elif account.employee_unique_id and (fold(account.email) in known or not _GOOGLE_ID.fullmatch(account.employee_unique_id)):
            foreign.append(account)
    return Census(sorted(foreign, key=lambda account: account.email.lower()), anchored)


def anchors_to_probe(census: Census, accounts: Iterable[Account], account_of: Mapping[str, Account]) -> list[Account]:
    """A few of the accounts without an anchor. `account_of`: by person id."""
    bare = [
        account.key for account in account_of.values() if not account.employee_unique_id and account.status == "active" and account.exists
    ]
    few = set(bare[:PROBES])
    return [] if census.set_by_others else [account for account in accounts if account.key in few]


def anchor_state(census: Census, account_of: Mapping[str, Account], shown: Iterable[tuple[Account, Any]]) -> AnchorState:
    """Written only where nobody else sets the field, and the tenant's lists show it. `shown`: what SCIM shows of the probes.

    An account that carries its person's id, while the list did not show one, says that lists do not show the field.
    """
    owner = {account.key: person_id for person_id, account in account_of.items()}
    unseen = [finding("identity_not_shown", account.email) for account, value in shown if value == owner[account.key]][:1]
    return AnchorState(not unseen and not census.set_by_others, [*unseen, *foreign_findings(census)])


def foreign_findings(census: Census) -> list[Finding]:
    """One sentence for all of them."""
    if not census.foreign:
        return []
    emails = [account.email for account in census.foreign]
    done = "no account gets its Google id" if census.set_by_others else "they get no Google id"
    return [finding("unique_id_not_ours", "", count=len(emails), names=shortened(emails, _SHOWN), done=done, emails=emails)]
