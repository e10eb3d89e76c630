# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Carrying out a plan. The only place that decides whether to write: check mode brings the state forward without a call.

A real run attempts what check mode announces, until so much is refused that a breaker opens, or somebody interrupts it: behind that
nothing more is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Protocol

from .._frame._progress import Progress, Watch
from .._model._account import Account
from .._plan._actions import ACTIONS, Subject
from .._plan._change import Change, Plan, people_in
from .._report._doing import DOING
from .._report._refusals import explain, named
from .._transport._errors import ApiError, OutcomeUnknown, ScopeMissing, TransportError
from ._actions import Writes
from ._applied import Applied, behind_failures
from ._attempt import Answered, Attempt, NotDone
from ._breaker import Breakers
from ._gate import Gate
from ._journal import Journal
from ._proof import once_or_proven


class Client(Protocol):
    """What one side is written by. `each` makes calls side by side."""

    @property
    def each(self) -> Callable[[Callable[[Any], Any], list[Any]], list[Any]]:
        """Make these calls side by side, and answer in their order."""


@dataclass
class _Work:
    """`broken`: subjects of which nothing more is tried; `untried`: those of them that were left untried, and for which action.

    `broken` says by which action; `behind`: what stood behind such a failure, and that action.
    `made`: provisional id of a group -> its own, once it is there.
    """

    client: Client
    writes: Writes
    state: Any
    journal: Journal
    gate: Gate | None
    breakers: Breakers
    applied: Applied
    progress: Progress
    broken: dict[Any, str] = field(default_factory=dict)
    behind: list[tuple[Change, str]] = field(default_factory=list)
    untried: dict[Any, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)


def apply(
    client: Client,
    writes: Writes,
    plan: Plan,
    state: Any,
    journal: Journal,
    *,
    check_mode: bool,
    gate: Gate | None = None,
    prove: Callable[[list[Attempt]], None] = lambda _attempts: None,
    watch: Watch | None = None,
) -> Applied:
    """Changes come in stages (deactivations before renames); within one, lines of them go side by side (`Write.lines`).

    `state`: what the plan was made on; it is brought forward, in check mode as for real. `prove`: a second look at what a stage has made.
    `watch`: who is told how far it is, and may ask it to begin nothing more.
    """
    watch = watch or Watch()
    breakers, applied = Breakers(_side(plan), gate, stop=watch.stop), Applied(hypothetical=check_mode)
    work = _Work(client, writes, state, journal, gate, breakers, applied, watch.progress)
    for stage in _stages(plan, gate):
        tried = [_begin(work, change) for change in stage if not _is_over(work, change)]
        if check_mode:
            for attempt in tried:
                attempt.answered = {}
        else:
            _announce(work, tried)
            client.each(lambda line: _send_all(work, line), _lines(work, tried))
            prove(tried)
        for attempt in tried:
            _settle(work, attempt)
    if gate:
        gate.finish()
    applied.attention += behind_failures(work.behind)
    applied.stop(breakers, journal, list(plan.changes) + list(gate.later if gate else []))
    return applied


def _announce(work: _Work, tried: list[Attempt]) -> None:
    """To whoever watches the run."""
    if tried:
        work.progress.begin(DOING[tried[0].planned.action][0], people_in(attempt.planned for attempt in tried))


def _side(plan: Plan) -> str:
    return "Google" if any(change.subject is Subject.GOOGLE_GROUP for change in plan.changes) else "Zoom"


def _stages(plan: Plan, gate: Gate | None) -> Iterator[Iterable[Change]]:
    """In their order, and in the end what the gate found out to be needed meanwhile."""
    for _stage, stage in groupby(plan.ordered(), key=lambda change: change.stage):
        yield stage
    if gate and gate.later:
        yield gate.later


def _is_over(work: _Work, change: Change) -> bool:
    """Whether nothing more of its subject is tried."""
    if _subject(change) in work.untried:
        _leave(work, change, change.members)
    elif _subject(change) in work.broken:
        work.behind.append((change, work.broken[_subject(change)]))
    return _subject(change) in work.broken


def _begin(work: _Work, change: Change) -> Attempt:
    """With what there is now: an earlier stage may have changed the account, or made the group."""
    asked = replace(change, was=change.before, group_id=work.made.get(change.group_id, change.group_id))
    return Attempt(change, asked, breaker=work.breakers.of(change))


def _subject(change: Change) -> Any:
    """What nothing more is tried of once something of it has failed."""
    if change.subject is Subject.GOOGLE_GROUP:
        return change.group, change.email
    return change.group if change.subject is Subject.ZOOM_GROUP else id(change.account)


def _lines(work: _Work, attempts: list[Attempt]) -> list[list[Attempt]]:
    """What is sent one behind the other: the changes of a subject, or every so many-th of them."""
    lines: dict[Any, list[Attempt]] = {}
    counts = Counter[Any]()
    for attempt in attempts:
        subject = _subject(attempt.planned)
        lines.setdefault((subject, counts[subject] % work.writes[attempt.planned.action].lines(work.client)), []).append(attempt)
        counts[subject] += 1
    return list(lines.values())


def _send_all(work: _Work, line: list[Attempt]) -> None:
    for attempt in line:
        attempt.untried = attempt.breaker.is_open or work.breakers.is_over(attempt.planned)
        if not attempt.untried:
            _send(work, attempt)
            if not work.breakers.spends(attempt):
                work.breakers.count(attempt)
        work.progress.step(people_in([attempt.planned]), made=not attempt.untried)


def _send(work: _Work, attempt: Attempt, *, stepped: bool = False) -> None:
    """Sets what the API answered and what went wrong; neither where the gate stopped it. `stepped`: the gate chose what to try next."""
    if work.gate and not stepped and not work.gate.admits(attempt):
        return
    attempt.journal, asked = work.journal.intent(attempt.change), dict(attempt.change.after)
    write = work.writes[attempt.change.action]
    try:
        attempt.answered = once_or_proven(lambda: write.perform(work.client, attempt), lambda: write.proof(work.client, attempt))
    except OutcomeUnknown as lost:  # the intent stays open: the next start settles it by a read
        attempt.refusal, attempt.error = lost, f"{named(attempt.change)} may have been done or not: {lost} Run again."
        return
    except ApiError as refusal:
        attempt.refusal = refusal
        attempt.answered = _already_gone(work, attempt, refusal)
        attempt.error = "" if attempt.answered is not None else explain(attempt.change, refusal)
        if attempt.error and work.gate and work.gate.refused(attempt, refusal):
            work.journal.outcome(attempt.journal, attempt.planned, attempt.error, None)
            attempt.error = ""
            _send(work, attempt, stepped=True)
            return
    except (TransportError, NotDone) as problem:
        attempt.refusal, attempt.error = problem, f"{named(attempt.change)} failed: {problem}"
    left = {name: (attempt.change.was or {}).get(name) for name in asked if name not in attempt.change.after}
    work.journal.outcome(attempt.journal, attempt.change, attempt.error or attempt.others or None, attempt.answered, left)


def _already_gone(work: _Work, attempt: Attempt, refusal: ApiError) -> Answered | None:
    """A removal that is refused because there is nothing to remove is done, whatever status and words say so; None if it is not so."""
    write = work.writes[attempt.change.action]
    if not write.gone_is_done or refusal.status not in (400, 404) or isinstance(refusal, ScopeMissing):
        return None
    try:
        return write.proof(work.client, attempt)
    except TransportError:
        return None


def _settle(work: _Work, attempt: Attempt) -> None:
    if attempt.untried:
        _leave(work, attempt.planned, attempt.planned.members)
        _stop(work, attempt.planned)
        return
    if attempt.answered is None:
        _not_made(work, attempt)
        return
    if attempt.not_tried:
        _leave(work, attempt.planned, attempt.not_tried)
        _hold(attempt.planned, attempt.not_tried)
    if work.gate:
        work.gate.done(attempt.change)
    work.writes[attempt.change.action].effect(work.state, attempt)
    if attempt.change.group_id != attempt.planned.group_id:
        work.made[attempt.planned.group_id] = attempt.change.group_id
    work.applied.add(attempt)
    if _is_half_done(attempt):
        _stop(work, attempt.change)


def _not_made(work: _Work, attempt: Attempt) -> None:
    """A refusal, or a gate that held the change back: what it stands in the way of is not tried."""
    if work.gate and work.gate.reports(attempt):
        if work.gate.stops(attempt):
            _stop(work, attempt.change)
    elif attempt.error:
        if work.breakers.spends(attempt):
            _leave(work, attempt.planned, attempt.planned.members)
        else:
            work.applied.refuse(attempt)
        _stop(work, attempt.change)


def _is_half_done(attempt: Attempt) -> bool:
    """A part was refused, or what was made is an open invitation, to which Zoom takes everything and does nothing."""
    change = attempt.change
    invited = change.action == "create" and change.account is not None and change.account.status == "pending"
    return invited or attempt.partly is not None


def _stop(work: _Work, change: Change) -> None:
    """Nothing more of the same account or group is even tried, in this phase or a later one."""
    if ACTIONS[change.action].optional:
        return
    _hold(change, filter(None, [change.account, *change.members]))
    if not _spares_others(work, change):
        work.broken.setdefault(_subject(change), change.action)


def _spares_others(work: _Work, change: Change) -> bool:
    """Whom a daily limit keeps from joining a group is no reason to leave others in it."""
    return ACTIONS[change.action].of_members and work.breakers.is_over(change)


def _hold(change: Change, accounts: Iterable[Account]) -> None:
    for account in accounts:
        account.held = change.action


def _leave(work: _Work, change: Change, members: Iterable[Account]) -> None:
    """It was not tried, of a group's members for these."""
    action = work.untried.get(_subject(change)) or work.breakers.alone(change)
    about = [member.email for member in members] or [change.email or change.group]
    work.breakers.leave(action, about, behind=action not in ("", change.action))
    work.applied.untried.append(change)
    if not ACTIONS[change.action].optional and not _spares_others(work, change):
        work.untried[_subject(change)] = action
