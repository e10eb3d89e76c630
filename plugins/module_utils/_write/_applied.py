# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What came of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .._frame._module import Run
from .._model._text import fold, shortened
from .._plan._change import Change, Plan, shown_action
from .._plan._outcome import Finding
from .._plan._outcomes import finding
from .._plan._standing import Refused, abouts, asked, is_gain, is_removal
from .._report._doing import interrupted
from .._report._lasting import lasting_code, removal_code
from .._report._refusals import explain, is_room
from .._report._result import Result, bulk_result
from .._report._titles import doing
from .._transport._errors import OutcomeUnknown
from ._attempt import Attempt, LeftOut
from ._breaker import Breakers
from ._journal import Journal


@dataclass
class Applied:
    """`done`: as made, in the order of the plan; `refused`: as planned. What is in neither stood behind a failure of the same account.

    `stopped`: where a breaker opened, a sentence on all that was not tried; `doubt`: then why the run is to remove nothing more.
    `interrupted`: how far it came, where it was asked to stop; `unknown`: of a write nobody knows whether it was made.
    `untried`: what it was, as planned. `lasting`: of what failed, what will be refused again until somebody acts; `kept`: removals that
    Zoom refused, which the next plan is to say.
    """

    done: list[Change] = field(default_factory=list)
    refused: list[Change] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    attention: list[Finding] = field(default_factory=list)
    stopped: list[Finding] = field(default_factory=list)
    untried: list[Change] = field(default_factory=list)
    lasting: list[Refused] = field(default_factory=list)
    kept: list[Refused] = field(default_factory=list)
    doubt: str = ""
    interrupted: str = ""
    unknown: bool = False
    first: Exception | None = None  # what refused the first one
    hypothetical: bool = False  # whether check mode only planned it

    def add(self, attempt: Attempt) -> None:
        """A write that Zoom took and that changed nothing is only reported; of one that it took in part, the other part has failed."""
        change, planned = attempt.change, attempt.planned
        if attempt.partly:
            said = Finding(change.email, change.action, explain(planned, attempt.partly, attempt.left))
            self._fail(said, planned, abouts(change)[0], lasting_code(planned, attempt.partly), asked(planned, attempt.left))
        for one in attempt.left_out:
            self._leave_out(planned, one)
        emptied = attempt.planned.members and not change.members
        self.done += [] if attempt.idle or emptied else [change]
        self.attention += attempt.remarks

    def stop(self, breakers: Breakers, journal: Journal, planned: list[Change]) -> None:
        """Into the result and the journal, where one of them opened, or where somebody has interrupted the run."""
        self.stopped, self.doubt = breakers.findings(), breakers.doubt
        if breakers.interrupted:
            self.interrupted = interrupted(planned, self.done, unknown=self.unknown)
            journal.stopped(self.interrupted, breakers.left())
        for found in self.stopped:
            journal.stopped(found.message, found.emails)

    def refuse(self, attempt: Attempt) -> None:
        """Lists do not show Zoom Rooms: that Zoom refuses to offboard one is a standing condition, no failure."""
        change, error = attempt.planned, attempt.error
        self.refused.append(change)
        self.unknown = self.unknown or isinstance(attempt.refusal, OutcomeUnknown)
        self.first = self.first or attempt.refusal
        if change.account and is_room(change.account, error):
            change.account.room = True
            remark = finding("found_room", change.email, reason="protected", action=change.action, error=_quoted(error))
            self.attention.append(remark)
        else:
            said = _not_ended(change, error) or Finding(change.email or change.group, shown_action(change.action), error)
            self._fail(said, change, abouts(change)[0], lasting_code(change, attempt.refusal), asked(change))
            code = removal_code(change, attempt.refusal) if is_removal(change) else ""
            self.kept += [Refused(change, abouts(change)[0], code, said, asked(change))] if code else []

    def _leave_out(self, change: Change, one: LeftOut) -> None:
        """One member of a group."""
        member, single = one.member, replace(change, email=one.member.email, members=[one.member])
        said = finding("not_joined", member.email, group=change.group)
        if one.refusal:
            said = Finding(member.email, "add", explain(single, one.refusal))
        code = lasting_code(single, one.refusal) if one.refusal else "not_joined"
        self._fail(said, change, fold(member.email), code, asked(change))

    def _fail(self, said: Finding, change: Change, about: str, code: str, what: str) -> None:
        self.failed.append(said)
        if code and is_gain(change):
            self.lasting.append(Refused(change, about, code, said, what))


def _not_ended(change: Change, error: str) -> Finding | None:
    """Somebody keeps access that the policy takes away: each run fails for it, and says what stands against it."""
    if change.removal in (None, "rename") or "Zoom Room" not in error or change.account is None:
        return None
    code = "role_or_room" if change.account.role_id is None else "not_endable"
    return finding(code, change.email, reason=shown_action(change.action), error=_quoted(error))


def _quoted(error: str) -> str:
    """Zoom's own words, which stand behind the explanation."""
    return error.partition(" [")[2].rstrip("]")


def behind_failures(behind: Iterable[tuple[Change, str]]) -> list[Finding]:
    """Of what stood behind a failure of the same account or group, a sentence for each kind of it and of failure."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for change, failed in behind:
        who = [member.email for member in change.members] or [change.account.email if change.account else change.email or change.group]
        kinds.setdefault((shown_action(change.action), shown_action(failed)), []).extend(who)
    found = list[Finding]()
    for (what, failed), who in sorted(kinds.items()):
        values = {"count": len(who), "names": shortened(who, counted=True), "what": doing(what), "action": failed}
        found.append(finding("behind_failure", "", reason="not_tried", emails=who, **values))
    return found


def result_of(run: Run, plan: Plan, applied: Applied, digest: str, account: str = "") -> Result:
    plan.attention += applied.attention
    result = bulk_result(plan, applied.done, applied.refused, applied.failed, run.params, digest, applied.stopped, account)
    result.interrupted = applied.interrupted
    return result
