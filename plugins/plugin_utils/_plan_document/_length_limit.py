# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections of a text that must not grow beyond a limit: short ones whole, long ones cut alike, with what was cut said. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_FIRST = 0.6  # share of the room that what must be read may take, if the rest needs its own


@dataclass(frozen=True)
class Section:
    """`first`: must be read, so it is given room before the others."""

    name: str
    head: str
    rows: list[str]
    tail: str = ""
    first: bool = False

    @property
    def whole(self) -> str:
        return self.head + "".join(self.rows) + self.tail


def size(text: str) -> int:
    """Characters as the web counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(sections: Sequence[Section], room: int) -> tuple[list[str], Counter[str]]:
    """The text of each section, and by name how many rows were cut."""
    first, others = [section for section in sections if section.first], [section for section in sections if not section.first]
    need = sum(size(section.whole) for section in others)
    shares = _share(first, max(int(room * _FIRST), room - need))
    shares += _share(others, room - sum(min(share, size(section.whole)) for section, share in zip(first, shares, strict=True)))
    granted = {id(section): share for section, share in zip([*first, *others], shares, strict=True)}
    parts, cut = list[str](), Counter[str]()
    for section in sections:
        text, left = _cut(section, granted[id(section)])
        parts.append(text)
        cut[section.name] += left
    return parts, cut


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
