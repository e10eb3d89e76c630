# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whose the protected addresses are, where the people of this run were not read: by the last people snapshot, whatever run left it."""

from __future__ import annotations

from datetime import datetime, timezone

from .._frame._module import Run
from .._model._matching_rules import Matching, parse_matching
from .._model._people import LastPeople
from .._model._person import person_from_record
from .._model._snapshot import EVER, PEOPLE, Ask, load
from .._model._text import PolicyError

_A_NIGHT = 36 * 3600  # seconds; who is in no younger snapshot may have joined, or got the alias, since


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
