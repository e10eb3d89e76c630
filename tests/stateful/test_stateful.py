# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random worlds, each with a random life: always the same ones, more with TORTURE=1; EVENTS and SEED in the environment drive others.

Every shard has a seed of its own, so that a failure comes back until it is mended.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.internal.conjecture import providers
from sortedcontainers import SortedSet
from tiers import more

from .story import LENGTH, Broken, Story, by_seed_alone, drawn, live, stories

SHARD = 50
SHARDS = -(-int(os.environ.get("EVENTS", more("50", "2000"))) // SHARD)
FIRST_SEED = int(os.environ.get("SEED", "0"))

pytestmark = [pytest.mark.usefixtures("fast"), pytest.mark.stretched]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_happens_nobody_loses_what_is_theirs(shard: int, record_property: Callable[[str, object], None]) -> None:
    driven, met, number = list[int](), Counter[str](), 0
    while sum(driven) < SHARD:
        number += 1
        assert number <= 2 * SHARD // LENGTH, "stories are too short"
        _drive((FIRST_SEED + shard) * 1000 + number, driven, met)
    record_property("events driven through random worlds", sum(driven))
    for case, times in met.items():
        record_property(f"times in them: {case}, with an account that the last run knew", times)


def test_a_seed_is_the_same_story_whatever_constants_the_code_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [repr(drawn(stories(), number)) for number in range(5)]
    constants = providers.Constants(integers=SortedSet(range(12)))
    monkeypatch.setattr(providers, "_get_local_constants", lambda: constants)
    monkeypatch.setattr(providers, "CONSTANTS_CACHE", {})
    assert [repr(drawn(stories(), number)) for number in range(5)] == before


def _drive(number: int, driven: list[int], met: Counter[str]) -> None:
    """One story that is all new: of further examples hypothesis makes most by repeating parts of earlier ones."""
    failed: list[Story] = []

    @seed(number)
    @settings(
        max_examples=2,  # the first is always the empty story
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(stories())
    def drive(story: Story) -> None:
        if not story.events and not failed:
            return
        try:
            driven.append(live(story, met))
        except Broken:
            failed.append(story)
            raise

    with by_seed_alone():
        drive()
