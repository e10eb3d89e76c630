# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Standing conditions: what an earlier run has met already is no news, and what Zoom refuses for good is not sent each time. Pure.

Only what would give something is held back. A removal that Zoom refuses leaves somebody with access that the policy takes away: it is tried
in each run, and each run fails for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from .._model._standing import Key, Standing
from .._model._text import fold, moment, name_key, shortened
from ._actions import ACTIONS, STAGES, Subject
from ._change import Change, Plan, names_of, shown_action
from ._outcome import Finding
from ._outcomes import finding

OF_EVERYBODY = frozenset({"subscriptions"})
"""Codes of refusals that every account meets which asks for the same."""
_A_DAY = 86400  # no run lasts longer


@dataclass(frozen=True)
class Known:
    """What stands as a phase begins. `retry_after`: seconds for which a refused change rests. `whole`: the phase is about everybody."""

    rows: tuple[Standing, ...] = ()
    phase: str = ""
    now: datetime = datetime(1970, 1, 1, tzinfo=timezone.utc)
    retry_after: int = 0
    run_id: str = ""
    whole: bool = False

    def rests(self, row: Standing) -> bool:
        """Whether it is not to be tried now. What this run has tried rests for its later phases too, whatever `retry_after` is."""
        tried = moment(row.tried)
        since = (self.now - tried).total_seconds() if tried else -1
        return 0 <= since < (max(_A_DAY, self.retry_after) if row.run and row.run == self.run_id else self.retry_after)

    def again(self, row: Standing) -> str:
        tried = moment(row.tried) or self.now
        return f"{tried.astimezone(timezone.utc) + timedelta(seconds=self.retry_after):%Y-%m-%d %H:%M} UTC"

    @property
    def time(self) -> str:
        return self.now.isoformat(timespec="seconds")


@dataclass(frozen=True)
class Refused:
    """A change that Zoom refused for a lasting reason, and the sentence that says so."""

    change: Change
    about: str
    code: str
    said: Finding
    asked: str

    @property
    def key(self) -> Key:
        return key_of(self.change, self.about)

    @property
    def email(self) -> str:
        """Whom it is reported for."""
        joined = (member.email for member in self.change.members if fold(member.email) == self.about)
        return next(joined, self.said.email)

    @property
    def is_known(self) -> bool:
        return is_known(self.change, self.about, self.code)


@dataclass
class _Rows:
    """`own`: that of a change; `alike`: that of every change that asks for the same, by action and what is asked for.

    `resting`: those that later changes wait for, by whether they are about a group, and what they are about. `waiting`: action of such a
    row -> who waits with another one, and since when the row stands.
    """

    own: dict[Key, Standing] = field(default_factory=dict)
    alike: dict[tuple[str, str], Standing] = field(default_factory=dict)
    resting: dict[tuple[bool, str], list[Standing]] = field(default_factory=dict)
    waiting: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def of(self, change: Change, about: str) -> Standing | None:
        return self.own.get(key_of(change, about)) or self.alike.get((change.action, asked(change)) if self.alike else ("", ""))

    def waits(self, change: Change, about: str, who: Iterable[str], *, of_group: bool) -> bool:
        for row in self.resting.get((of_group, about), ()):
            if STAGES[row.action] < STAGES[change.action]:
                self.waiting.setdefault(row.action, []).extend((one, row.since) for one in who)
                return True
        return False


def is_gain(change: Change) -> bool:
    """Whether nobody keeps, for want of it, what the policy takes away; a rename gives an address, though it counts on a limit."""
    of_zoom = change.subject is not Subject.GOOGLE_GROUP and not ACTIONS[change.action].optional
    return of_zoom and (change.action == "rename" or not change.removes)


def is_removal(change: Change) -> bool:
    """Whether somebody in Zoom keeps, for want of it, what the policy takes away."""
    return change.subject is not Subject.GOOGLE_GROUP and not ACTIONS[change.action].optional and not is_gain(change)


def abouts(change: Change) -> list[str]:
    """Whom or what a row of it is about: accounts by the address that they have before it, groups by their name."""
    if change.action in ("add", "remove"):
        return [fold(member.email) for member in change.members]
    if change.subject is Subject.ZOOM_GROUP:
        return [name_key(change.group)]
    before = change.was.get("email") if change.was else None
    return [fold(str(before or (change.account.email if change.account else change.email)))]


def is_known(change: Change, about: str, code: str) -> bool:
    """Whether memory knows that it is refused, and that this is why."""
    return bool(code) and about in change.known and change.known[about].code == code


def asked(change: Change, paths: Iterable[str] | None = None) -> str:
    """What is asked for, shortened: another name, address or licence is another change, which is tried at once. `paths`: of its values."""
    values = {path: value for path, value in change.values.items() if paths is None or path in paths}
    license = change.license.label if change.action == "license" and change.license else ""
    email = change.email if change.action in ("create", "rename") else ""
    text = json.dumps([email, sorted(values.items()), license, change.group], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def hold_back(plan: Plan, known: Known) -> None:
    """Takes out of the plan what Zoom has refused and what rests, and what would come after it; the one is reported, the other waits."""
    rows = _rows(plan, known)
    if not rows.own:
        return
    kept = [change for change in plan.changes if not is_gain(change) or _goes_on(plan, change, rows, known)]
    left = {id(change) for change in kept}
    plan.keep_addresses([change for change in plan.changes if id(change) not in left])
    plan.changes = kept
    for action, waiting in sorted(rows.waiting.items()):
        emails = list(dict.fromkeys(who for who, _since in waiting))
        values = {"count": len(waiting), "names": shortened(emails, counted=True), "action": shown_action(action)}
        said = finding("waits_with", "", reason="waits", emails=emails, **values)
        plan.attention.append(replace(said, since=min(since for _who, since in waiting)))


def _rows(plan: Plan, known: Known) -> _Rows:
    rows = _Rows({row.key: row for row in known.rows if row.action and not row.removes})
    if not rows.own:
        return rows
    rows.alike = {(row.action, row.asked): row for row in rows.own.values() if row.code in OF_EVERYBODY}
    again = {row.key for change, about in each_gain(plan.changes) if (row := rows.of(change, about)) and row.asked == asked(change)}
    again |= {row.key for row in plan.waiting}
    for row in rows.own.values():
        # in its own phase, a change that is not planned any more stands in nobody's way
        if known.rests(row) and (row.phase != known.phase or row.key in again):
            rows.resting.setdefault((_is_of_group(row.action), row.about), []).append(row)
    return rows


def each_gain(changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    return ((change, about) for change in changes if is_gain(change) for about in abouts(change))


def _goes_on(plan: Plan, change: Change, rows: _Rows, known: Known) -> bool:
    """Whether anything is left of it."""
    if change.subject is Subject.ZOOM_GROUP and rows.waits(change, name_key(change.group), names_of(change), of_group=True):
        return False
    if change.action != "add":
        return _is_tried(plan, change, abouts(change)[0], change.email or change.group, rows, known)
    change.members = [one for one in change.members if _is_tried(plan, change, fold(one.email), one.email, rows, known)]
    return bool(change.members)


def _is_tried(plan: Plan, change: Change, about: str, email: str, rows: _Rows, known: Known) -> bool:
    row = rows.of(change, about)
    if row and known.rests(row) and row.asked == asked(change):
        plan.waiting.append(row)
        plan.attention.append(still_refused(row, known, email))
        return False
    if rows.waits(change, about, [email], of_group=_is_of_group(change.action)):
        return False
    if row:
        change.known = {**change.known, about: row}
    return True


def still_refused(row: Standing, known: Known, email: str) -> Finding:
    """The sentence of the refusal, with since when, and when it is tried again."""
    found = finding("refused_before", email, reason=row.code, said=row.message, since=row.since[:10], again=known.again(row))
    return replace(found, action=shown_action(row.action), group=row.group, since=row.since)


def without_name(message: str, email: str) -> str:
    """What a sentence says of whom it is about."""
    return message.removesuffix(".").removeprefix(email).lstrip(": ")


def key_of(change: Change, about: str) -> Key:
    return (about, change.action, change.group, "")


def _is_of_group(action: str) -> bool:
    """Whether its rows are about a group; those of members are about accounts."""
    return action in ACTIONS and ACTIONS[action].subject is Subject.ZOOM_GROUP and not ACTIONS[action].of_members
