# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings put together: what is said of many stands once, with whom it is about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._report._kinds import kind_of
from ...module_utils._report._phases import GOOGLE_PHASES
from ...module_utils._report._titles import always_removes, words

Row = dict[str, Any]

_SENTENCES = 3  # of one reason; what else is said for it is only counted
_GAINS = frozenset({"limit_creation", "limit_update"})


@dataclass(frozen=True)
class Group:
    """`lead`: what stands before the names. `whole`: none of them is left out."""

    sentence: str
    lead: str
    names: list[str]
    whole: bool = False


def grouped(rows: Sequence[Row]) -> Iterator[Group]:
    """Reason by reason; within one, what is said of most people first."""
    reasons: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        reasons.setdefault(row["reason"], {}).setdefault(kind_of(str(row["message"]), row["email"]), []).append(row)
    for reason, said in reasons.items():
        ranked = sorted(said.values(), key=lambda group: -len(group))
        whole = reason not in _GAINS and any(_removes(row) for group in ranked for row in group)
        shown = ranked if len(ranked) <= _SENTENCES + 1 else ranked[:_SENTENCES]
        for group in shown:
            yield _group(group, whole=whole)
        rest = [row for group in ranked[len(shown) :] for row in group]
        if rest:
            names = _names(rest)
            yield Group(f"{len(rest):,} more for the same reason ({words(reason)})", "", names, whole)


def _group(rows: Sequence[Row], *, whole: bool) -> Group:
    """A sentence that names whom it is about is that of the first one; of the others it is true in the same way."""
    first = rows[0]
    sentence, names = str(first["message"]), _names(rows)
    if first["email"] and first["email"] in sentence:
        others = [name for name in names if name not in sentence]
        return Group(sentence, f"The same for {len(others):,} more: ", others, whole)
    names = [name for name in names if name not in sentence]
    return Group(sentence, f"{len(names):,} in all: " if len(names) > 1 else "About ", names, whole)


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in (row.get("emails") or [row["email"]]) if name))


def _removes(row: Row) -> bool:
    """Whether the change that was blocked would have taken something away."""
    reason = str(row["reason"])
    return reason.startswith("limit_") or always_removes(str(row.get("action") or ""), google=row.get("phase") in GOOGLE_PHASES)
