# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a terminal shows of one tenant, row by row: each removal in a few words, findings by sentence, all else counted. Pure.

Of 100,000 creations nothing is kept but their number.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...module_utils._model._spelled import spelled
from ...module_utils._report._change_rows import each_person
from ...module_utils._report._titles import why, words
from ._findings import Findings
from ._headings import kind_order, kind_title, removal_title

Row = dict[str, Any]

FOUND = {"failed_items": "failed", "withheld": "withheld", "attention": "attention"}
WORD = 60  # characters of a name, an address or a value
_REASON = 160
_UNSAID = frozenset({"email", "first_name", "last_name", "display_name", "group_ids"})  # of an account that ends: it is named, and gone


class Removal(NamedTuple):
    """`change`: from what to what. `email` and `group` are what it is sorted by."""

    kind: str
    group: str
    email: str
    who: str
    change: str
    why: str


def _findings() -> dict[str, Findings]:
    return {name: Findings() for name in FOUND.values()}


@dataclass
class Brief:
    """`made`: (kind, whether it is a removal) -> number; `drift`: how many of them put right what was done by hand. `results`: of modules.

    `modes`: whether they ran in check mode. `left_out`: rows that neither a result nor a file holds.
    `named`: whether removals and names are kept at all, or only numbers.
    """

    named: bool = True
    results: int = 0
    modes: set[bool] = field(default_factory=set)
    made: Counter[tuple[str, bool]] = field(default_factory=Counter)
    drift: Counter[tuple[str, bool]] = field(default_factory=Counter)
    removals: list[Removal] = field(default_factory=list)
    findings: dict[str, Findings] = field(default_factory=_findings)
    left_out: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.findings = {name: Findings(named=self.named) for name in FOUND.values()}

    def add(self, name: str, row: Row, phase: str) -> None:
        if name in FOUND:
            self.findings[FOUND[name]].add(row, phase)
        elif row.get("changed", True):
            kind, loss = sys.intern(f"{phase}.{row['action']}"), bool(row.get("loss"))
            number = len(row.get("emails") or ()) or 1
            self.made[kind, loss] += number
            if row.get("drift"):
                self.drift[kind, loss] += number
            if loss and self.named:
                self.removals += [_removal(kind, each) for each in each_person([row])]

    def join(self, other: Brief) -> None:
        self.results += other.results
        self.made += other.made
        self.drift += other.drift
        self.removals += other.removals
        self.left_out += other.left_out
        for name, found in other.findings.items():
            self.findings[name].join(found)

    def summary(self) -> dict[str, int]:
        found = {name: self.findings[name].number + self.left_out[name] for name in self.findings}
        losses = sum(number for (_kind, loss), number in self.made.items() if loss)
        return {"changes": self.made.total() + self.left_out["changes"], "losses": losses, **found, "left_out": self.left_out.total()}

    def kinds(self) -> dict[tuple[str, bool], tuple[int, int]]:
        """(title, whether it is a removal) -> number, and how many of them are drift; as they are to be read."""
        found: dict[tuple[str, bool], tuple[int, int]] = {}
        for kind, loss in sorted(self.made, key=lambda key: kind_order(key[0], removes=key[1])):
            title = removal_title(kind) if loss else kind_title(kind)
            number, drift = found.get((title, loss), (0, 0))
            found[title, loss] = number + self.made[kind, loss], drift + self.drift[kind, loss]
        return found

    def sorted_removals(self) -> dict[str, list[Removal]]:
        """By title."""
        kinds = sorted({each.kind for each in self.removals}, key=lambda kind: kind_order(kind, removes=True))
        places = {kind: place for place, kind in enumerate(kinds)}
        found: dict[str, list[Removal]] = {}
        for each in sorted(self.removals, key=lambda each: (places[each.kind], each.group, each.email)):
            found.setdefault(removal_title(each.kind), []).append(each)
        return found


def short(value: object) -> str:
    return spelled(value, WORD)


def _removal(kind: str, row: Row) -> Removal:
    """What is alike of many is kept once. Who gets another address is shown by the one that is taken away."""
    email, group = row["email"], row.get("group") or ""
    former = (row.get("before") or {}).get("email") if (row.get("after") or {}).get("email") else ""
    who = short(former or email or group)
    who = f"{who} ({short(group)})" if group and email and group != email else who
    return Removal(kind, sys.intern(group), email, email if who == email else who, sys.intern(_from_to(row)), sys.intern(_why(row)))


def _from_to(row: Row) -> str:
    before, after = row.get("before") or {}, row.get("after") or {}
    ends = not before.keys() & after.keys()
    names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name) and not (ends and name in _UNSAID)]
    if names == ["email"]:
        return f"-> {short(after.get('email', 'none'))}"
    if len(names) == 1 and not ends:
        return _arrow(before, after, names[0])
    return ", ".join(f"{words(name)} {_arrow(before, after, name)}" for name in names)


def _arrow(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> str:
    return f"{short(before.get(name, 'none'))} -> {short(after.get(name, 'none'))}"


def _why(row: Row) -> str:
    reason = spelled(why(str(row.get("reason") or "no reason given"), str(row.get("excluded") or "")), _REASON)
    return f"{reason}; drift" if row.get("drift") and not reason.startswith("drift") else reason
