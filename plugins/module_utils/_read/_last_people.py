# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whose the protected addresses are, where the people of this run were not read: by the last people snapshot, whatever run left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from .._frame._module import Run
from .._model._account import Account
from .._model._matching_rules import Matching, parse_matching
from .._model._person import Person, person_from_record
from .._model._snapshot import EVER, PEOPLE, Ask, load
from .._model._text import PolicyError, fold, shortened
from .._plan._matching import match
from .._plan._protection import Protection, widen

_A_NIGHT = 36 * 3600  # seconds; who is in no younger snapshot may have joined, or got the alias, since


@dataclass(frozen=True)
class LastPeople:
    """`recent`: whether an address that is nobody's here can be taken to be nobody's."""

    everyone: list[Person]
    matching: Matching
    recent: bool

    def address_of(self, address: str) -> bool:
        return any(address in person.addresses() for person in self.everyone)


def last_people(run: Run, zoom_tenant: str) -> LastPeople:
    """Nobody where there is no file, or one that is of no use: then nothing is known of Google."""
    path, nobody = run.params.get("known_people_path"), LastPeople([], Matching(), False)
    if not path:
        return nobody
    try:
        found = load(path, PEOPLE, person_from_record, Ask(hypothetical=True, max_age=EVER))
    except PolicyError:
        return nobody
    if found.about.get("zoom_tenant") not in (None, zoom_tenant):
        return nobody
    age = (datetime.now(timezone.utc) - datetime.fromisoformat(found.time)).total_seconds()
    return LastPeople(found.records, parse_matching(found.about.get("matching")), age <= _A_NIGHT)


def protect(protection: Protection, last: LastPeople, accounts: list[Account]) -> Protection:
    """With the accounts of those listed, under whatever address of theirs."""
    return widen(protection, last.everyone, match(last.everyone, accounts, last.matching).all_of) if protection.users else protection


def unclear(protection: Protection, last: LastPeople, accounts: list[Account]) -> str:
    """A clause on entries that may protect any account; '' where all are clear."""
    if last.recent:
        return ""
    held = {fold(account.email) for account in accounts}
    names = sorted(address for address in protection.users - held if not last.address_of(address))
    if not names:
        return ""
    return (
        f"attribute_mapping_protected names {shortened(names, counted=True)}, no Zoom account has that address, and Google was not read to "
        "find out whose it is (write the address of their Zoom account, or let site.yml --check read Google first)"
    )
