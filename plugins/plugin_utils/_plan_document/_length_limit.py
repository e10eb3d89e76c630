# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of a text that must not grow beyond a limit: by rank, short ones whole, long ones cut alike, with what was cut said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LATER = 0.3  # share of the room that is kept for later ranks, once a rank does not fit as a whole


@dataclass(frozen=True)
class Section:
    """`rank`: the lowest gets its room first, wherever it stands in the text."""

    name: str
    head: str
    rows: list[str]
    tail: str = ""
    rank: int = 0

    @property
    def whole(self) -> str:
        return self.head + "".join(self.rows) + self.tail


def size(text: str) -> int:
    """Characters as the web counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(sections: Sequence[Section], room: int) -> tuple[list[str], list[int]]:
    """The text of each section, and how many of its rows were cut.

    A rank that fits is whole, whatever it leaves to later ones. One that does not leaves them a part of the room.
    """
    granted, left = dict[int, int](), max(room, 0)
    for rank in sorted({section.rank for section in sections}):
        group = [section for section in sections if section.rank == rank]
        later = sum(size(section.whole) for section in sections if section.rank > rank)
        fits = sum(size(section.whole) for section in group) <= left
        shares = _share(group, left if fits else left - min(later, int(left * _LATER)))
        granted.update({id(section): share for section, share in zip(group, shares, strict=True)})
        left -= sum(shares)
    texts = [_cut(section, granted[id(section)]) for section in sections]
    return [text for text, _missing in texts], [missing for _text, missing in texts]


def _share(sections: Sequence[Section], room: int) -> list[int]:
    """Room for each: the short ones get what they need, the long ones the rest in equal parts."""
    needs = sorted((size(section.whole), place) for place, section in enumerate(sections))
    shares, left = [0] * len(sections), max(room, 0)
    for number, (need, place) in enumerate(needs):
        shares[place] = min(need, left // (len(needs) - number))
        left -= shares[place]
    return shares


def _cut(section: Section, room: int) -> tuple[str, int]:
    if size(section.whole) <= room:
        return section.whole, 0
    note = f"\n{len(section.rows)} more are left out here.\n"
    left = room - size(section.head) - size(section.tail) - size(note)
    kept = list[str]()
    for row in section.rows:
        left -= size(row)
        if left < 0:
            break
        kept.append(row)
    if not kept:
        return "", len(section.rows) or 1
    missing = len(section.rows) - len(kept)
    return section.head + "".join(kept) + f"\n{missing} more are left out here.\n" + section.tail, missing
