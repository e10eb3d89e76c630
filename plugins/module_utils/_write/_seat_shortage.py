# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Basic and unassigned users at their limit: said once for each kind, not once for each person."""

from __future__ import annotations

from .._model._license import License
from .._model._text import shortened
from .._plan._change import Change, Plan
from .._transport._seat_refusals import KINDS


class Shortage:
    """What could not be made as it was planned, by the kind of user there is no room for."""

    def __init__(self) -> None:
        self._stays: dict[str, list[Change]] = {}
        self._made: dict[str, list[Change]] = {}
        self._nowhere: list[Change] = []
        self._held: set[int] = set()

    def stays(self, kind: str, change: Change) -> None:
        self._stays.setdefault(kind, []).append(change)
        self._held.add(id(change))

    def created(self, change: Change, full: License) -> None:
        """As unassigned where there is no room for Basic users (`full`), or the other way round."""
        self._made.setdefault(full.pool or "", []).append(change)

    def not_made(self, change: Change) -> None:
        """Neither of the two kinds took it, or Zoom refused it for another reason."""
        for made in self._made.values():
            made[:] = [other for other in made if other is not change]

    def not_created(self, change: Change) -> None:
        self._nowhere.append(change)
        self._held.add(id(change))

    def holds(self, change: Change) -> bool:
        return id(change) in self._held

    def report(self, plan: Plan, said: frozenset[str]) -> list[str]:
        """Of whom it is said now; whoever is in `said` was spoken of by an earlier phase."""
        if self._nowhere:
            emails = _emails(self._nowhere)
            plan.report("no_room", "", count=len(emails), names=shortened(emails), emails=emails)
        reported = list[str]()
        for kind, word in KINDS.items():
            made, stays = _emails(self._made.get(kind, [])), [one for one in _emails(self._stays.get(kind, [])) if one not in said]
            if made or stays:
                emails = [*made, *stays]
                plan.report("kind_full", "", count=len(emails), kind=word, what=_what(kind, made, stays), emails=emails)
                reported += emails
        return reported


def _what(kind: str, made: list[str], stays: list[str]) -> str:
    other = KINDS["unassigned" if kind == "basic" else "basic"]
    parts = [
        f"{len(made)} {'person was' if len(made) == 1 else 'people were'} created as {other} ({shortened(made)})" if made else "",
        f"{len(stays)} {'account was' if len(stays) == 1 else 'accounts were'} left unchanged ({shortened(stays)})" if stays else "",
    ]
    return " and ".join(filter(None, parts))


def _emails(changes: list[Change]) -> list[str]:
    return sorted({change.email for change in changes}, key=str.lower)
