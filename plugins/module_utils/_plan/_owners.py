# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whose each account is to be remembered as. Pure."""

from __future__ import annotations

from .._model._people import People
from .._model._person import DELETED, UNREADABLE
from ._matching import Matches


def owners_of(people: People, matches: Matches) -> dict[str, str]:
    """By key of account.

    Nobody's whose row can't be read. Nor somebody's deleted of whom nothing but the address says so, while no second read has confirmed
    that they are gone: a list that loses rows shows them, and not the newcomer who has their address now.
    """
    by_id, found = {person.id: person for person in people.everyone}, dict[str, str]()
    for person_id, account in matches.account_of.items():
        person = by_id[person_id]
        known = person.confirmed or person_id in (account.remembered, account.employee_unique_id)
        if person.state != UNREADABLE and (person.state != DELETED or known):
            found[account.key] = person_id
    return found
