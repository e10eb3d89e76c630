# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What stops a phase that the API refuses as a whole, and the one sentence about all that was not tried.

`made is what was announced` speaks of attempts: what stands behind an open breaker was announced and is not attempted, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from .._model._text import shortened
from .._plan._actions import ACTIONS
from .._plan._change import Change
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._plan._standing import abouts, is_known
from .._report._lasting import lasting_code
from .._report._refusals import explain
from .._transport._breaker import Breaker, Opened, code_of
from .._transport._errors import ApiError, DailyLimit
from ._attempt import Attempt
from ._gate import Gate


@dataclass
class Breakers:
    """Over all stages of one plan. An optional step has a breaker of its own: what refuses it must not stop what it stands before."""

    side: str
    gate: Gate | None = None
    stop: Callable[[], bool] = lambda: False
    interrupted: bool = False  # something was left because of `stop`
    all: Breaker = field(init=False)
    steps: dict[str, Breaker] = field(default_factory=dict)
    _untried: dict[str, list[str]] = field(default_factory=dict)  # action that stands alone, '' for all others -> whom it was about
    _behind: dict[str, list[str]] = field(default_factory=dict)  # the same -> whom what needs such an action was about
    _spent: dict[str, tuple[str, str]] = field(default_factory=dict)  # action that met a daily limit -> until when, what was said

    def __post_init__(self) -> None:
        self.all = Breaker(self.stop)

    def of(self, change: Change) -> Breaker:
        return self.steps.setdefault(change.action, Breaker(self.stop)) if ACTIONS[change.action].optional else self.all

    def count(self, attempt: Attempt) -> None:
        """What came of it, unless it has counted its parts, or the refusal is no sign of something else.

        That is so where the gate has an answer to it, such as that no seat is left, and where an earlier run has met it.
        """
        partly, error = attempt.partly, attempt.partly or (attempt.refusal if attempt.error else None)
        answered = isinstance(error, ApiError) and self.gate is not None and self.gate.expects(error)
        if attempt.counted or answered or _is_known(attempt.planned, error):
            return
        if error:
            said = explain(attempt.planned, partly, attempt.left) if partly else str(error)
            attempt.breaker.failed(code_of(error), attempt.error or said)
        elif attempt.answered is not None:
            attempt.breaker.took()

    def spends(self, attempt: Attempt) -> bool:
        """Whether it met a daily limit, so that nothing more of its action is to be tried."""
        limit = attempt.refusal if attempt.error else attempt.spent
        if not isinstance(limit, DailyLimit):
            return False
        self._spent.setdefault(attempt.planned.action, (limit.when, attempt.error or explain(attempt.planned, limit)))
        return True

    def is_over(self, change: Change) -> bool:
        """Whether nothing more of its action is to be tried, though others go on."""
        return change.action in self._spent

    def alone(self, change: Change) -> str:
        """Its action, if what is left of that is reported in a sentence of its own; else ''."""
        return change.action if ACTIONS[change.action].optional or self.is_over(change) else ""

    def leave(self, action: str, emails: Iterable[str], *, behind: bool = False) -> None:
        """It was not tried. `action`: what it is left for, as `alone` has it; `behind`: it is another one, which needs that."""
        (self._behind if behind else self._untried).setdefault(action, []).extend(emails)
        self.interrupted = self.interrupted or not (action in self._spent or (self.steps[action] if action else self.all).opened)

    def left(self) -> list[str]:
        """Whom nothing more was tried for."""
        return list(dict.fromkeys(email for left in (self._untried, self._behind) for emails in left.values() for email in emails))

    @property
    def doubt(self) -> str:
        """A clause, why nothing is to be removed in what is left of the run; '' where it did not open."""
        opened = self.all.opened
        return f"{opened.failed} changes in {self.side} failed {opened.how} earlier in this run" if opened else ""

    def findings(self) -> list[Finding]:
        """One for all, and one for each optional step."""
        found = [self._finding("stopped", "", self.all.opened)] if self.all.opened else []
        found += [self._over(action, *spent) for action, spent in self._spent.items()]
        return found + [self._finding("stopped_step", step, one.opened) for step, one in self.steps.items() if one.opened]

    def _over(self, action: str, when: str, said: str) -> Finding:
        left = self._untried.get(action, [])
        names = list(dict.fromkeys(left))
        count, shown, step = len(left), shortened(names, counted=True), ACTIONS[action].title
        emails = list(dict.fromkeys([*names, *self._behind.get(action, [])]))
        return finding("spent", "", emails=emails, count=count, names=shown, side=self.side, step=step, when=when, error=said)

    def _finding(self, code: str, step: str, opened: Opened) -> Finding:
        left = self._untried.get(step, [])
        names = list(dict.fromkeys(left))
        title = ACTIONS[step].title if step else ""
        values: dict[str, Any] = {
            "count": opened.failed,
            "how": opened.how,
            "side": self.side,
            "left": len(left),
            "names": shortened(names, counted=True) or "none",
            "step": title,
        }
        return finding(code, "", emails=names, error=opened.first, **values)


def _is_known(change: Change, error: Exception | None) -> bool:
    code = lasting_code(change, error) if change.known else ""
    return any(is_known(change, about, code) for about in abouts(change))
