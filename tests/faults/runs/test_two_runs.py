# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two runs of one tenant on two machines, which share no file: each finds the world changed under it, and neither does harm."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from busy_night import End, Night, applied, complete, end, night
from interleaving import Schedule, drawn, pauses, play
from tiers import TORTURE, more

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]

PARTS = more(1, 4)
INTERLEAVINGS = more(12, 200)
REQUESTS = 70  # about as many has one run alone


@pytest.fixture(scope="module")
def evening() -> Iterator[tuple[Night, End, Counter[str]]]:
    """The evening of a small company, how one run alone ends, and what it removes."""
    with night(0.2) as found, found.site() as site:
        found.again()
        run = complete(site)
        yield found, end(found.box), removals(run.writes)


def removals(writes: list[Mapping[str, Any]]) -> Counter[str]:
    """What takes something away from somebody: deletions, and what makes an account inactive, basic or another address's."""
    return Counter({text: 1 for text in applied(writes) if not text.startswith("POST")})


def schedules(part: int) -> Iterator[tuple[str, Schedule]]:
    half = INTERLEAVINGS // 2
    for number in range(part, half, PARTS):
        at = 1 + number * REQUESTS // half
        yield f"run {number % 2 + 1} pauses before its request {at + 1}", pauses(number % 2, at)
    for number in range(part, half, PARTS):
        yield f"turns drawn by seed {number}", drawn(random.Random(number).random)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_runs_that_share_no_file_create_nothing_twice_and_remove_nothing_more(
    evening: tuple[Night, End, Counter[str]], part: int, record_property: Callable[[str, object], None]
) -> None:
    found, finish, expected = evening
    tried = 0
    for name, schedule in schedules(part):
        found.again()
        with found.site("one") as one, found.site("two") as two:
            failed = play([one, two], schedule)
            writes = found.box.ledger.writes()
            # Zoom takes members of a group twice, and has them once
            made = Counter({text: times for text, times in applied(writes).items() if text.startswith("POST") and "/members " not in text})
            assert not made or max(made.values()) == 1, (name, made.most_common(3))
            assert set(removals(writes)) <= set(expected), name
            assert end(found.box) == finish, (name, failed)
            said = [message for row in failed if row for message in json.loads(row)]
            assert [message for message in said if "changed while the lists were read" not in message] == [], name
            # in part, as it takes as long as all before it
            for site in (one, two) if TORTURE else (one, two)[tried % 2 :][:1] if tried % 3 == 0 or said else ():
                assert complete(site).writes == [], name
            assert end(found.box) == finish, name
        tried += 1
    record_property("interleavings of two runs without a shared file", tried)
