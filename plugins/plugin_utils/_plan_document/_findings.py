# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings put together: what is said of many stands once, with whom it is about. Pure.

Of each kind of sentence one is kept, and of the others the names: a company's first run may have a finding for each of its people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._report._kinds import kind_of
from ...module_utils._report._phases import GOOGLE_PHASES
from ...module_utils._report._titles import always_removes, is_gain, words

Row = dict[str, Any]

_SENTENCES = 3  # of one reason; what else is said for it is only counted
_KINDS = 100  # of one reason that are told apart while they are gathered
_GAINS = frozenset({"limit_creation", "limit_update"})


@dataclass(frozen=True)
class Group:
    """`lead`: what stands before the names. `whole`: none of them is left out."""

    sentence: str
    lead: str
    names: list[str]
    whole: bool = False


@dataclass
class _Said:
    """One kind of sentence: the first of them, whom that one is about, and all names. `shared`: it is about more than that one."""

    sentence: str
    email: str
    number: int = 0
    names: dict[str, None] = field(default_factory=dict)
    shared: bool = False


@dataclass
class _Reason:
    """`said`: the first sentence of each kind -> the kind, as one sentence about several has a row for each of them."""

    kinds: dict[str, _Said] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    removes: bool = False

    def kind(self, kind: str, sentence: str, email: str) -> _Said:
        """Of two kinds whose first sentence is the same, there is only the first."""
        kind = self.said.get(sentence, kind)
        if kind not in self.kinds and len(self.kinds) >= _KINDS:
            kind = ""
        elif kind not in self.kinds:
            self.said[sentence] = kind
        found = self.kinds.setdefault(kind, _Said(sentence, email))
        found.shared |= sentence == found.sentence and email != found.email
        return found


class Findings:
    """`named`: whether names are kept, or only the number of rows and the sentences."""

    def __init__(self, rows: Iterable[Row] = (), *, named: bool = True) -> None:
        self.number, self._named = 0, named
        self._reasons: dict[str, _Reason] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Row, phase: str = "") -> None:
        email, message = str(row["email"] or ""), str(row["message"])
        reason = self._reasons.setdefault(row["reason"], _Reason())
        said = reason.kind(kind_of(message, email), message, email)
        self.number += 1
        said.number += 1
        if self._named:
            said.names.update(dict.fromkeys(name for name in (row.get("emails") or [email]) if name))
        reason.removes = reason.removes or (row["reason"] not in _GAINS and _removes(row, row.get("phase") or phase))

    def join(self, other: Findings) -> None:
        self.number += other.number
        for name, theirs in other._reasons.items():
            reason = self._reasons.setdefault(name, _Reason())
            reason.removes |= theirs.removes
            for kind, said in theirs.kinds.items():
                mine = reason.kind(kind, said.sentence, said.email)
                mine.shared |= said.shared
                mine.number += said.number
                mine.names.update(said.names)

    def sentences(self) -> Iterator[str]:
        return (said.sentence for reason in self._reasons.values() for said in reason.kinds.values())

    def groups(self) -> Iterator[Group]:
        """Reason by reason; within one, what is said of most people first."""
        for name, reason in self._reasons.items():
            others = reason.kinds.get("")  # of sentences that are not told apart any more
            ranked = sorted((said for kind, said in reason.kinds.items() if kind), key=lambda said: -said.number)
            shown = ranked if len(ranked) <= _SENTENCES + 1 and not others else ranked[:_SENTENCES]
            for said in shown:
                yield _group(said, whole=reason.removes)
            rest = [*ranked[len(shown) :], *([others] if others else [])]
            if rest:
                number, names = sum(said.number for said in rest), list(dict.fromkeys(name for said in rest for name in said.names))
                yield Group(f"{number:,} more for the same reason ({words(name)})", "", names, reason.removes)


def grouped(rows: Iterable[Row]) -> Iterator[Group]:
    return Findings(rows).groups()


def _group(said: _Said, *, whole: bool) -> Group:
    """A sentence that names whom it is about is that of the first one; of the others it is true in the same way."""
    names = [name for name in said.names if name not in said.sentence]
    if len(names) < len(said.names) and (said.shared or not said.email):
        return Group(said.sentence, "The others: " if len(names) > 1 else "And ", names, whole)
    if said.email and said.email in said.sentence:
        return Group(said.sentence, f"The same for {len(names):,} more: ", names, whole)
    return Group(said.sentence, f"{len(names):,} in all: " if len(names) > 1 else "About ", names, whole)


def _removes(row: Row, phase: str) -> bool:
    """Whether the change that was blocked would have taken something away."""
    reason, action, google = str(row["reason"]), str(row.get("action") or ""), phase in GOOGLE_PHASES
    if reason == "blocked_in_plan":
        return not is_gain(action, google=google)
    return reason.startswith("limit_") or always_removes(action, google=google)
