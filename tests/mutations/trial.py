# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trial: a company in its first state, one wrong line, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sandbox import Sandbox
from stateful.memory import Memory
from stateful.oracle import Pairs, everybody, protected
from stateful.rules import RULES, Step
from stateful.site import Run, Site
from stateful.story import MEMORY, stopped_aside
from stateful.world import DOMAIN, QUIET, SCOPE

from .changes import mutate
from .company import Company, company
from .state import LICENSE, SURE, Difference, State, differences, doubles, moved, state_of

DAY = 86400
SHORT = {"seats", "shortfall", "seat_refused", "kind_full"}
MOST = 3  # people who may get another address, whatever the line
IN_ANY_RUN = (
    "no removal above a limit",
    "no update, creation or reactivation above a limit once a run was completed",
    "nobody protected loses access, address or licence",
    "what the run says that it wrote is what it wrote",
    "no write without a difference",
    "no address has two accounts",
    "the journal shows every difference between the first and the last state",
)


@dataclass
class Trial:
    """`faults`: what must not be.

    `events`: whether people come and go before it is right again; `moving`: Google ids of those who did.
    What the way back took beside the right policy: `allowed`, one run without limits; `undone`, what was left to take back.
    """

    line: str
    policy: dict[str, object]
    runs: int = 1
    events: bool = False
    allowed: bool = False
    undone: list[str] = field(default_factory=list)
    moving: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n  ".join([f"{self.line} ({self.runs} runs)", *self.faults])


def trials(number: int, lines: int) -> Iterator[Trial]:
    """So many lines of one company; none where its policy has nobody to provision."""
    found, random = company(number), Random(number)
    with opened(found) as site:
        if not settle(site):
            return
        first = state_of(site)
        for _number in range(lines):
            mutation = mutate(random, found.policy, found.around)
            trial = Trial(mutation.line, mutation.policy, random.choice([1, 1, 2]), number % 10 == 9)
            try_line(site, first, trial)
            yield trial
            if trial.faults:
                return
            site.box.clock.advance(DAY)
            first = state_of(site).like(first)


@contextmanager
def opened(found: Company) -> Iterator[Site]:
    box = Sandbox.start(found.seed, QUIET)
    with stopped_aside(box), TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Site(box, found.policy, Path(folder))


def settle(site: Site) -> bool:
    """Runs until nothing changes any more, whatever limits say; whether it came to that."""
    site.allowed = True
    runs = [site.run(check=False)]
    while runs[-1].writes and len(runs) < 6:
        runs.append(site.run(check=False))
    site.allowed = False
    last = site.run(check=False)
    return not last.stopped and not last.writes


def try_line(site: Site, first: State, trial: Trial) -> None:
    right, wrongs = site.policy, list[Run]()
    site.policy = trial.policy
    for _number in range(trial.runs):
        before = site.memory
        wrongs.append(site.run(check=False))
        trial.faults += _broken(site, wrongs[-1], before)
    last = state_of(site)
    trial.faults += doubles(first, last)
    if len(moved(first, last)) > MOST:
        trial.faults.append(f"more than {MOST} sign-in addresses have changed: {moved(first, last)}")
    site.policy = right
    if trial.events:
        trial.moving = _come_and_go(site)
    _go_back(site, first, wrongs, trial)


def _come_and_go(site: Site) -> set[str]:
    """A hire and a leaver."""
    google = site.box.google
    email = f"hired{site.runs}@{DOMAIN}"
    google.add_user(email, given="New", family=f"Comer{site.runs}")
    google.add_member(SCOPE, email)
    leaver = next(person for person in everybody(site.box, site.policy) if person.wanted)
    google.suspend(leaver.email)
    return {google.user(email).id, leaver.id}


def _broken(site: Site, run: Run, before: Memory) -> Iterator[str]:
    """What of the rules that hold in any run does not hold in this one."""
    if run.stopped:
        yield from (f"{run.stopped}, after {entry['path']}" for entry in run.writes)
        return
    step = Step(site, run, run, run, everybody(site.box, site.policy), site.completed, before, site.memory)
    for text in IN_ANY_RUN:
        yield from (f"{text}: {why}" for why in RULES[text](step))


def _go_back(site: Site, first: State, wrongs: list[Run], trial: Trial) -> None:
    """The right policy, then without limits, if one blocked something; then what no line of the right policy decides is taken back."""
    run = site.run(check=False)
    if _left(site, first, trial) and any(str(row["reason"]).startswith("limit_") for row in run.reported("withheld")):
        site.allowed = trial.allowed = True
        site.run(check=False)
    trial.undone = [one.text for one in _left(site, first, trial)]
    if trial.undone:
        wanted = {person.id for person in everybody(site.box, site.policy) if person.wanted}
        sure = [one.text for one in _left(site, first, trial) if one.what in SURE and one.about in wanted]
        trial.faults += [f"{text}, before the wrong run was taken back" for text in sure]
        site.allowed = True
        for one in reversed(wrongs):
            site.undo(one)
        run = site.run(check=False)
    site.allowed = False
    last, reported = state_of(site), {str(row["reason"]) for row in run.reported("attention", "failed_items")}
    trial.faults += [one.text for one in _left(site, first, trial) if not _for_good(site, one, reported)] + list(doubles(first, last))
    owners = list(last.owners.values())
    trial.faults += [f"{owner} has two accounts" for owner in trial.moving if owners.count(owner) > 1]


def _left(site: Site, first: State, trial: Trial) -> list[Difference]:
    """What is still not as it was."""
    found = [one for one in differences(first, state_of(site)) if one.about not in trial.moving]
    return [one for one in found if not (trial.moving and one.what in (*LICENSE, "group"))]


def _for_good(site: Site, one: Difference, reported: set[str]) -> bool:
    """An account that was deleted and that nobody is to have; what somebody protected got, whom an undo leaves alone.

    `reported`: reasons of the last run: where seats are short, who got one in between keeps it.
    """
    people = everybody(site.box, site.policy)
    if one.what == "there":
        return one.about not in {person.id for person in people if person.wanted}
    if one.what in LICENSE and reported & SHORT:
        return True
    return one.what not in SURE and one.account is not None and protected(one.account, people, site.policy, Pairs())
