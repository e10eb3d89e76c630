# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What is known to stand, from one run to the next: what a phase makes of it, and what of it is news. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .._model._standing import ACCOUNTS_PHASE, GROUPS_PHASE, LICENSES_PHASE, Key, Standing
from .._model._text import fold, name_key
from ._actions import Subject
from ._change import Change, Plan
from ._outcome import Finding
from ._outcomes import OUTCOMES, finding
from ._standing import Known, Refused, abouts, is_gain, is_removal, key_of, without_name

ALIKE = 20  # findings of one code, above which they are one fault, and no condition of each person
_ENOUGH, _SHARE = 50, 5  # or more than a fifth of so many accounts
_REMEMBERED = 1000  # conditions of one code


@dataclass(frozen=True)
class Begun:
    """What a plan had in mind before it was carried out. `spared`: whom it or an earlier phase leaves as they are."""

    planned: frozenset[Key] = frozenset()
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ended:
    """What came of it: `done` as made, `refused` for good, and removals that were; `failed` of the plan, and what needs `attention`."""

    done: Iterable[Change] = ()
    refused: Iterable[Refused] = ()
    failed: Iterable[Finding] = ()
    attention: Iterable[Finding] = ()


def pass_over_known(plan: Plan, known: Known, accounts: int) -> None:
    """A failure that the last run had too is no news, unless so many have it in common that it is one fault. `accounts`: how many."""
    rows, numbers = _conditions_in(known), Counter(found.code for found in plan.failed)
    failed, plan.failed = plan.failed, []
    for found in failed:
        row = _row_of(found, rows, known)
        if row and not _is_one_fault(numbers[found.code], accounts):
            whole = finding("known_since", found.email, said=without_name(found.message, found.email), since=row.since[:10])
            plan.attention.append(replace(found, message=whole.message, since=row.since))
        else:
            plan.failed.append(found)


def with_since(findings: Iterable[Finding], known: Known) -> list[Finding]:
    """What needs attention, with the time of the run that met it first."""
    rows = _conditions_in(known)
    named = ((found, None if found.since else _row_of(found, rows, known)) for found in findings)
    return [replace(found, since=row.since) if row else found for found, row in named]


def _conditions_in(known: Known) -> dict[Key, Standing]:
    return {row.key: row for row in known.rows if not row.action}


def _row_of(found: Finding, rows: Mapping[Key, Standing], known: Known) -> Standing | None:
    return rows.get(_condition(found, known).key) if can_stand(found) else None


def can_stand(found: Finding) -> bool:
    return found.code in OUTCOMES and bool(OUTCOMES[found.code].ends)


def _is_one_fault(number: int, accounts: int) -> bool:
    return number > ALIKE or (accounts >= _ENOUGH and number * _SHARE > accounts)


def _condition(found: Finding, known: Known) -> Standing:
    return Standing(fold(found.email), found.code, known.time, known.phase, group=found.group)


def begin(plan: Plan, spared: Iterable[str]) -> Begun:
    planned = {key_of(change, about) for change, about in _each((*plan.changes, *plan.left))} | {row.key for row in plan.waiting}
    blocked = {name for found in plan.withheld for name in (fold(found.email), name_key(found.email))}
    return Begun(frozenset(planned), frozenset(spared) | blocked)


def _each(changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    return ((change, about) for change in changes if is_gain(change) or is_removal(change) for about in abouts(change))


def settle(known: Known, begun: Begun, ended: Ended, accounts: int) -> list[Standing]:
    """What the next phase and the next run are to know. A row ends with its change, made or not planned any more."""
    made, moved = set[Key](), dict[str, str]()
    for change, about in _each(ended.done):
        made.add(key_of(change, about))
        if change.action == "rename":
            moved[about] = fold(change.email)
    new = {one.key: _row(one, known) for one in ended.refused}
    new |= {row.key: row for row in _conditions(known, ended, accounts)}
    rows = dict[Key, Standing]()
    for row in known.rows:
        kept = replace(row, about=moved.get(row.about, row.about))
        over = {row.key, kept.key} & made or not _still_counts(row, known, begun)
        if not over or kept.key in new:
            rows[kept.key] = kept
    for key, row in new.items():
        former = rows.get(key)
        rows[key] = replace(row, since=former.since) if former and former.code == row.code else row
    return list(rows.values())


def _still_counts(row: Standing, known: Known, begun: Begun) -> bool:
    return not known.whole or row.phase != known.phase or row.about in begun.spared or (bool(row.action) and row.key in begun.planned)


def _row(one: Refused, known: Known) -> Standing:
    about, action, group, _code = one.key
    message = without_name(one.said.message.removeprefix("Zoom group "), one.said.email)
    removes = is_removal(one.change)
    row = Standing(about, one.code, known.time, known.phase if removes else _phase_of(one.change), action, group, known.time)
    return replace(row, run=known.run_id, asked=one.asked, message=message, removes="yes" if removes else "")


def _conditions(known: Known, ended: Ended, accounts: int) -> Iterator[Standing]:
    """Findings that stand: none of what is one fault, and no more than a header may hold."""
    standing = [found for found in (*ended.failed, *ended.attention) if can_stand(found)]
    failed, numbers = Counter(found.code for found in ended.failed), Counter(found.code for found in standing)
    for found in standing:
        if numbers[found.code] <= _REMEMBERED and not _is_one_fault(failed[found.code], accounts):
            yield _condition(found, known)


def _phase_of(change: Change) -> str:
    if change.subject is Subject.ZOOM_GROUP:
        return GROUPS_PHASE
    return LICENSES_PHASE if change.action == "license" else ACCOUNTS_PHASE
