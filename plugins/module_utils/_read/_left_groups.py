# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which groups somebody seems to have left since the people were read last: only their lists are worth a second read.

Whom that read misses as well is looked up by itself: lists of a server that skips rows whatever the size of its pages agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._model._directory import DirectoryData
from .._model._nesting import close
from .._model._person import Person
from .._model._snapshot import EVER, PEOPLE, Ask, load
from .._model._text import PolicyError, shared
from ._second_read import Singles

_Held = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class FormerGroups:
    """`groups`: those asked about. `held`: id of a person -> groups at the last read; None where there is nothing to compare with."""

    groups: Sequence[str]
    held: list[_Held] | None

    def left(self, data: DirectoryData) -> list[str]:
        """Those that somebody has left since."""
        left, known = self.leavers(data), {group for _key, held in self.held or () for group in held}
        # a group that nobody was in may not have been read then
        return [group for group in self.groups if group in left or group not in known]

    def leavers(self, data: DirectoryData) -> dict[str, list[Person]]:
        """Each that somebody of the directory has left since -> who."""
        live = {person.id: person for person in data.users}
        closures = {group: close(group, data.edges) for group in self.groups}
        found: dict[str, list[Person]] = {}
        for key, held in self.held or ():
            for group in held if key in live else ():
                if group in closures and not closures[group].everyone and not closures[group].via(key, live[key].addresses()):
                    found.setdefault(group, []).append(live[key])
        return found


def former_groups(path: str | None, groups: Sequence[str]) -> FormerGroups:
    """As the snapshot at `path` has them."""
    return FormerGroups(groups, _former(path) if path and groups else None)


def bring_back(data: DirectoryData, leavers: Mapping[str, list[Person]], second: Singles, limit: int) -> list[str]:
    """Whoever is in a group after all, or of whom nobody can say that they are not, is in it; of more than `limit` lists are believed.

    Returns clauses, why nothing is to be removed.
    """
    if sum(map(len, leavers.values())) > limit:
        return []
    for group, people in leavers.items():
        for person, outside in zip(people, second.outside(people, [group]), strict=True):
            if not outside:
                data.edges[group] = [*data.edges[group], {"id": person.id, "email": person.email, "type": "USER"}]
    return second.doubts


def _former(path: str) -> list[_Held] | None:
    try:
        return load(path, PEOPLE, _held, Ask(hypothetical=True, max_age=EVER)).records
    except PolicyError:
        return None


def _held(record: Mapping[str, Any]) -> _Held:
    return shared(str(record["id"])), tuple(shared(group) for group in record.get("groups") or ())
