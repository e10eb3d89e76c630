# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""An approved plan as modules hold their plans to it: its entries against the rows that a plan would show. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._model._text import fold
from .._plan._actions import ACTIONS
from .._plan._approval import Listed
from .._plan._change import Change, shown_action
from .._plan._limits import is_limit
from ._change_rows import change_row, each_person
from ._phases import GOOGLE_PHASES

_OF_GOOGLE = {action.shown_as: name for name, action in ACTIONS.items() if action.shown_as}
_Who = tuple[str, str, str]  # action as it is shown, group, email
_Effect = tuple[str, str, str, bool, str]  # action as it is shown, group, email, whether it was shown as a removal, before and after


@dataclass(frozen=True)
class Approved:
    """`effects`: each with the ids of the accounts that it was planned for, "" for one that was not there yet.

    `blocked`: what a limit blocked when it was planned, and which.
    """

    effects: Mapping[_Effect, frozenset[str]]
    listed: Mapping[_Effect, Listed]
    any_gain: bool = False
    blocked: Mapping[_Who, str] = field(default_factory=dict)

    def lists(self, change: Change) -> bool:
        return all(self._has(row) for row in each_person([change_row(change, True)]))

    def _has(self, row: Mapping[str, Any]) -> bool:
        """The same account: of the same id, or made by the run itself."""
        return row.get("id", "") in self.effects.get(_effect(row), frozenset())

    def blocked_by(self, change: Change) -> str:
        return self.blocked.get((shown_action(change.action), fold(change.group), fold(change.email or change.group)), "")

    def missing(self, changes: Iterable[Change]) -> list[Listed]:
        there = {_effect(row) for row in each_person(change_row(change, True) for change in changes)}
        return [listed for effect, listed in self.listed.items() if effect not in there]


def approved_from(
    rows: Iterable[Mapping[str, Any]],
    also: Iterable[Mapping[str, Any]] = (),
    *,
    any_gain: bool = False,
    withheld: Iterable[Mapping[str, Any]] = (),
) -> Approved:
    """Of a document's changes, those of one module. A change that the planning run could not have made is none.

    `also`: those of another module that this one may make instead; it misses none of them. `withheld`: what the document has as blocked.
    """
    effects, listed = dict[_Effect, frozenset[str]](), dict[_Effect, Listed]()
    own = [row for row in rows if row.get("changed", True)]
    for row in (*own, *(row for row in also if row.get("changed", True))):
        effects[_effect(row)] = effects.get(_effect(row), frozenset()) | {str(row.get("id") or "")}
    for row in own:
        listed[_effect(row)] = Listed(_action(row), str(row["email"]), str(row.get("group") or ""))
    blocked = {
        (str(row.get("action") or ""), fold(str(row.get("group") or "")), fold(str(row["email"]))): str(row["reason"])
        for row in withheld
        if is_limit(str(row["reason"]))
    }
    return Approved(effects, listed, any_gain, blocked)


def _effect(row: Mapping[str, Any]) -> _Effect:
    what = json.dumps([row["before"], row["after"], row.get("group_id")], sort_keys=True, default=str)
    return str(row["action"]), fold(str(row.get("group") or "")), fold(str(row["email"])), bool(row.get("loss")), what


def _action(row: Mapping[str, Any]) -> str:
    """As the table of actions has it."""
    phase, shown = str(row["kind"]).partition(".")[0], str(row["action"])
    return _OF_GOOGLE.get(shown, shown) if phase in GOOGLE_PHASES else shown
