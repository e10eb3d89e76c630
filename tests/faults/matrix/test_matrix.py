# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every endpoint that the clients use, under every kind of fault, once and for ever: a whole run, and the next one without the fault.

A part of the combinations is tried, in which each endpoint and each kind of fault occurs; TORTURE=1 in the environment tries all.
RECORD=1 keeps what came of them for tests/faults_page.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from tiers import TORTURE, more

from .combinations import KNOWN, Combination, combinations, met, some, tried
from .judge import broken
from .kinds import KINDS
from .record import keep, outcome

CHOSEN = 52
pytestmark = pytest.mark.stretched
Record = Callable[[str, object], None]


def chunks() -> int:
    """How many there are, without playing anything: each worker of pytest asks."""
    return more(15, 160)


def part(number: int) -> list[Combination]:
    chosen = combinations() if TORTURE else list(some(CHOSEN))
    return chosen[number :: chunks()]


def test_a_run_of_each_kind_meets_every_endpoint() -> None:
    assert {name for name in KNOWN if name not in met()} == set()


def test_every_endpoint_and_every_kind_of_fault_is_tried() -> None:
    for chosen in (combinations(), list(some(CHOSEN))):
        assert {one.endpoint for one in chosen} == KNOWN
        assert {one.kind.name for one in chosen} == {kind.name for kind in KINDS}
        assert len({str(one) for one in chosen}) == len(chosen)


@pytest.mark.parametrize("number", range(chunks()))
def test_no_fault_costs_anybody_anything_or_goes_unsaid(number: int, record_property: Record) -> None:
    failures, held = [], Counter[str]()
    for one in part(number):
        trial = tried(one)
        found = broken(trial)
        failures += [f"{one}: {text}" for text in found]
        if not found:
            keep(trial)
            held[outcome(trial)] += 1
    record_property("combinations of endpoint and fault held", held.total())
    for what, times in held.items():
        record_property(f"of them with the outcome: {what}", times)
    assert failures == []
