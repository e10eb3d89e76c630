# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories: a world and what happens in it. After each event the playbook runs in check mode, for real, and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TypeVar
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import HypothesisProvider
from sandbox import Sandbox

from . import events_google, events_zoom
from .events import EVENTS, Event, Hands, happen
from .memory import beyond_addresses
from .oracle import everybody
from .rules import Step, broken
from .site import Run, Site
from .world import QUIET, World, worlds
from .writes import attempted

T = TypeVar("T")
VOCABULARY = (events_google, events_zoom)
LENGTH = 10  # events of a story
NEVER = 2**16 - 1
MEMORY = Path("/dev/shm")  # where syncing a snapshot to the disk costs nothing
EVENT = st.builds(Event, st.sampled_from(list(EVENTS)), st.integers(0, 11), st.integers(0, 11), st.booleans())


@dataclass(frozen=True)
class Story:
    world: World
    events: tuple[Event, ...]

    def __repr__(self) -> str:
        return "\n".join([repr(self.world), *(f"{number}. {event}" for number, event in enumerate(self.events, 1))])


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Nearly always of full length, so that a number of stories is a number of events; a failing one shrinks all the same."""
    world, events = draw(worlds()), list[Event]()
    while len(events) < LENGTH and draw(st.integers(0, NEVER)):
        events.append(draw(EVENT))
    return Story(world, tuple(events))


@contextmanager
def by_seed_alone() -> Iterator[None]:
    """Hypothesis draws constants of the code under test, too: at each change of it, a seed were another story."""
    with mock.patch.object(HypothesisProvider, "_maybe_draw_constant", lambda *_arguments, **_options: None):
        yield


def drawn(strategy: st.SearchStrategy[T], number: int) -> T:
    """One that is all new, where no failing one is to be shrunk."""
    found = list[T]()

    @seed(number)
    @settings(max_examples=2, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(one: T) -> None:
        found.append(one)

    with by_seed_alone():
        draw()
    return found[-1]


class Broken(AssertionError):
    """Its text is the story as a person would tell it, with what broke in the end."""

    def __init__(self, rules: Collection[str], text: str) -> None:
        super().__init__(text)
        self.rules = rules


def live(story: Story, met: Counter[str] | None = None) -> int:
    """The number of events driven. Broken if a rule is. `met`: gets how often what addresses alone can't settle was met."""
    box = Sandbox.start(story.world.seed, {**QUIET, **story.world.switches})
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        site, hands = Site(box, story.world.policy, Path(folder)), Hands(box)
        lines = ["", *story.world.lines(), "Then:"]
        for number, event in enumerate((None, *story.events)):
            lines.append(f"{number}. {happen(hands, event) if event else 'The first run.'}")
            step = _step(site)
            lines += _shown(step)
            if met is not None:
                met.update(beyond_addresses(step.remembered, step.check.first, step.people))
            found = list(broken(step))
            if found:
                lines += ["Broken:", *(f"  {text}" for text in found)]
                raise Broken([text.partition(":")[0] for text in found], "\n".join(lines))
    return len(story.events)


@contextmanager
def stopped_aside(box: Sandbox) -> Iterator[None]:
    """Its server takes a moment to end; the next story need not wait for it."""
    try:
        yield
    finally:
        Thread(target=box.stop).start()


def _step(site: Site) -> Step:
    completed, remembered = site.completed, site.memory
    check, real = site.run(check=True), site.run(check=False)
    people, left = everybody(site.box, site.policy), site.memory
    return Step(site, check, real, site.run(check=False), people, completed, remembered, left)


def _shown(step: Step) -> list[str]:
    """What the runs announced, did and said."""
    lines = [f"   announced: {_short(row)}" for row in step.check.changes()]
    for name, run in (("real run", step.real), ("second run", step.again)):
        lines += [f"   {name}: {text}" for text in dict.fromkeys(write.text for write in attempted(run))] + _said(name, run)
    return lines


def _said(name: str, run: Run) -> list[str]:
    said = [f"   {name} said: {row['message']}" for row in run.reported("attention", "failed_items", "withheld")]
    return [*dict.fromkeys(said), *([f"   {name} ended: {run.stopped}"] if run.stopped else [])]


def _short(row: dict[str, object]) -> str:
    about = row.get("group") or row["email"]
    return " ".join(str(part) for part in (row["action"], about, row.get("emails") or "", f"({row.get('reason', '')})"))
