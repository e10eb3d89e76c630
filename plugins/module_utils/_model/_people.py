# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""People as a plan is given them: the whole directory, or a short list. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ._matching_rules import Matching, parse_matching
from ._person import Person
from ._snapshot import Snapshot, made_of


@dataclass(frozen=True)
class People:
    """`whole`: the whole directory, so that an absence means something.

    `groups`, `org_units`, `fields`: what the snapshot holds for rules to name. `absent`: folded addresses that a second read confirmed to
    be nobody's; `unasked`: those that were too many to be looked up one by one. `confirm_limit`: how many may be. `matching`: how accounts
    were matched with people when it was made. `set_aside`: rows of an unknown form; `doubtful`: clauses, why nothing is to be removed.
    `named`: whom alone the run is about, as it was found when the snapshot was made.
    """

    everyone: list[Person]
    whole: bool = True
    groups: frozenset[str] = frozenset()
    org_units: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    confirm_limit: int = 0
    matching: Matching = field(default_factory=Matching)
    set_aside: list[dict[str, str]] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    named: Mapping[str, list[str]] | None = None

    @property
    def known(self) -> list[Person] | None:
        """Everybody, where that is the whole directory."""
        return self.everyone if self.whole else None

    def addresses(self) -> frozenset[str]:
        return frozenset(address for person in self.everyone for address in person.addresses())


def people_from(snapshot: Snapshot[Person]) -> People:
    """PolicyError where the header, which has no digest, holds what no run has written."""
    return made_of(snapshot, lambda: _people(snapshot.records, snapshot.about))


def _people(records: list[Person], about: Mapping[str, Any]) -> People:
    return People(
        records,
        groups=frozenset(about.get("groups") or ()),
        org_units=frozenset(about.get("org_units") or ()),
        fields=frozenset(about.get("fields") or ()),
        absent=frozenset(about.get("absent") or ()),
        unasked=frozenset(about.get("unasked") or ()),
        confirm_limit=int(about.get("confirm_limit") or 0),
        matching=parse_matching(about.get("matching")),
        set_aside=list(about.get("set_aside") or []),
        doubtful=list(about.get("doubtful") or []),
        named=about.get("named"),
    )


def some(people: Iterable[Person]) -> People:
    """A list, whose absences mean nothing."""
    return People(list(people), whole=False)


@dataclass(frozen=True)
class LastPeople:
    """Where the people of this run were not read: those of the last snapshot.

    `recent`: whether an address that is nobody's here can be taken to be nobody's.
    """

    everyone: list[Person]
    matching: Matching
    recent: bool

    def knows(self, address: str) -> bool:
        return any(address in person.addresses() for person in self.everyone)
