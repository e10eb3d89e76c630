# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""A list of Zoom's, read page by page: when it is whole, when it is read again, and when two readings are the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ._errors import UnexpectedAnswer
from ._shapes import Aside, OddRow, Shape, settle, usable

T = TypeVar("T")
_GAP = 3  # rows, or one in a hundred, by which a total may be wrong twice


@dataclass
class Sweep(Generic[T]):
    """What all pages of a list held, by its key, and every total that a page gave. `untold`: a page gave none."""

    found: dict[str, T] = field(default_factory=dict)
    odd: list[OddRow] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    untold: bool = False

    @property
    def count(self) -> int:
        return len(self.found) + len(self.odd)

    @property
    def most(self) -> int:
        return max(self.totals, default=0)

    @property
    def is_whole(self) -> bool:
        return len(self.totals) == 1 and self.count >= self.most and not self.untold

    def tell(self, total: Any) -> None:
        """What a page promised; None where it promised nothing."""
        self.untold = self.untold or total is None
        self.totals.update([] if total is None else [int(total)])

    def take(self, rows: Iterable[Any], form: Shape, what: str, keyed: Callable[[dict[str, Any]], tuple[str, T]]) -> None:
        """The rows of one page; one that a former page held too counts once."""
        odd = list[OddRow]()
        self.found.update(map(keyed, usable(rows, form, f"Zoom's {what}", odd)))
        self.odd += [row for row in odd if row not in self.odd or not (row.id or row.email)]


def settled(read: Callable[[], Sweep[T]], path: str, what: str, aside: Aside | None) -> list[T]:
    """A list whose total stayed the same from page to page and was kept; read again once when it moved meanwhile.

    Two sweeps that agree row for row are the truth, whatever the total: `aside` gets a note, as no removal should rest on them. Where
    Zoom gives no total at all, one with rows is no answer of another kind; one without may be (`Aside.blank`).
    """
    former = None
    for _sweep in range(2):
        sweep = read()
        plain = not sweep.totals and sweep.count > 0
        agreed = former is not None and (aside is not None or plain) and _agree(former, sweep)
        if sweep.is_whole or agreed:
            if aside is not None and not sweep.is_whole:
                aside.doubts += [f"Zoom promises {sweep.most} {what} and lists {sweep.count}"] if sweep.totals else []
                aside.blank += [what] if not sweep.totals and sweep.count == 0 else []
            settle("Zoom", path, sweep.odd, aside, len(sweep.found))
            return list(sweep.found.values())
        former = sweep
    totals = " and ".join(str(total) for total in sorted(sweep.totals)) or "no number of"
    raise UnexpectedAnswer(f"Zoom promised {totals} {what} and listed {sweep.count}, also in a second read; run again later.")


def _agree(one: Sweep[T], other: Sweep[T]) -> bool:
    """Whether two sweeps hold the same rows, and nearly as many as every page promised: a torn list is not the truth."""
    near = len(other.totals) <= 1 and not (other.untold and other.totals) and other.most - other.count <= max(_GAP, other.most // 100)
    return near and one.found == other.found and one.odd == other.odd
