# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The judge can fail: each rule, on a result that was tampered with."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from .combinations import FOREVER, Combination, Trial
from .judge import RULES, broken
from .kinds import ELSEWHERE, KINDS
from .plays import Night, undisturbed
from .state import Fact

COMBINATION = Combination("GET /v2/users", KINDS[0], FOREVER, "site")
JON, ADA, FAY = "z-jon.ash", "z-ada.byron", "z-fay.lund"
Tamper = Callable[[Trial], Any]


def good() -> Trial:
    """A run that met a fault and came to its end all the same, with copies of all that can be tampered with."""
    first, again = undisturbed("site")
    night, following = (Night(dict(one.before), dict(one.after), deepcopy(one.results), list(one.entries)) for one in (first, again))
    return Trial(COMBINATION, 1, night, following, first)


def test_a_run_that_came_to_its_end_breaks_no_rule() -> None:
    assert broken(good()) == []


def _set(state: dict[Fact, Any], kind: str, subject: str, aspect: str, value: Any) -> None:
    state[Fact(kind, subject, aspect)] = value


def _row(trial: Trial, action: str) -> dict[str, Any]:
    rows = [row for _module, result in trial.faulty.results for row in result.get("changes") or []]
    return next(row for row in rows if row["action"] == action)


def _deactivated(trial: Trial) -> None:
    _set(trial.faulty.after, "account", JON, "status", "inactive")


def _left_behind(trial: Trial) -> None:
    _set(trial.next.after, "account", JON, "license", None)


def _out_of_the_group(trial: Trial) -> None:
    state = trial.faulty.after
    del state[next(fact for fact in state if fact.kind == "membership" and fact.subject == JON)]


def _out_of_the_google_group(trial: Trial) -> None:
    state = trial.faulty.after
    del state[next(fact for fact in state if fact.kind == "google member" and fact.subject == "zoom-users@example.com")]


def _doubled(trial: Trial) -> None:
    for name in ("email", "status"):
        value = trial.next.after[Fact("account", JON, name)]
        _set(trial.next.after, "account", "z-other", name, value)


def _sent_twice(trial: Trial) -> None:
    trial.faulty.entries.append(next(entry for entry in trial.faulty.entries if entry["method"] == "POST" and entry["kind"] == "write"))


def _sent_again(trial: Trial) -> None:
    lost = next(entry for entry in trial.faulty.entries if entry["method"] == "DELETE" and entry["kind"] == "write")
    trial.next.entries.append({**lost, "status": 401, "fault": "status 401 in place of 204"})


def _unsaid(trial: Trial) -> None:
    _row(trial, "rename")["changed"] = False


def _only_failed(trial: Trial) -> None:
    row = _row(trial, "rename")
    row["changed"] = False
    failed = {"email": row["email"], "reason": "refused", "message": f"{row['email']}: rename refused by Zoom; run again."}
    trial.faulty.results[-1][1].setdefault("failed_items", []).append(failed)


def _said_and_not_done(trial: Trial) -> None:
    for name in ("email",):
        _set(trial.faulty.after, "account", ADA, name, trial.faulty.before[Fact("account", ADA, name)])


def _silent(trial: Trial) -> None:
    _set(trial.faulty.after, "account", FAY, "license", trial.faulty.before[Fact("account", FAY, "license")])
    _row(trial, "downgrade")["changed"] = False


def _fails(trial: Trial, text: str) -> None:
    trial.faulty.results[-1][1].update(failed=True, partial=True, msg=text)


def _stops(trial: Trial, text: str) -> Trial:
    _fails(trial, text)
    return replace(trial, faulty=replace(trial.faulty, stopped=f"zoom_groups: {text}"))


def _does_not_converge(trial: Trial) -> None:
    _set(trial.next.after, "account", ADA, "first_name", "Adah")


def _next_fails(trial: Trial) -> None:
    trial.next.results[-1][1]["failed_items"] = [{"email": "", "message": "Zoom refused GET /v2/users; run again."}]


def _followed(trial: Trial) -> None:
    trial.faulty.entries.append({**trial.faulty.entries[0], "path": ELSEWHERE})


TAMPERED: dict[str, tuple[str, Tamper]] = {
    "somebody is deactivated": ("nobody_wrongly_ended", _deactivated),
    "the next run takes a licence": ("nobody_wrongly_ended", _left_behind),
    "somebody leaves a Zoom group": ("nobody_wrongly_ended", _out_of_the_group),
    "somebody leaves a Google group": ("nobody_wrongly_ended", _out_of_the_google_group),
    "an account is there twice": ("nothing_twice", _doubled),
    "a write is made twice": ("nothing_twice", _sent_twice),
    "a write of unknown outcome is made again by the next run": ("nothing_twice", _sent_again),
    "a change is not reported": ("what_was_done_is_reported", _unsaid),
    "a change is reported as failed": ("what_was_done_is_reported", _only_failed),
    "a change is reported that was not made": ("what_is_reported_was_done", _said_and_not_done),
    "another end without a word": ("nothing_is_silent", _silent),
    "a traceback": ("refusals_are_clean", lambda trial: _fails(trial, "Traceback (most recent call last).")),
    "the name of a class": ("refusals_are_clean", lambda trial: _fails(trial, "KeyError('id') while Zoom was read; run again.")),
    "half a sentence": ("refusals_are_clean", lambda trial: _fails(trial, "Zoom refused GET /v2/users; run again")),
    "nothing": ("refusals_are_clean", lambda trial: _fails(trial, "")),
    "no endpoint": ("refusals_are_clean", lambda trial: _stops(trial, "Zoom said no; run again.")),
    "no next step": ("refusals_are_clean", lambda trial: _stops(trial, "Zoom refused GET /v2/users.")),
    "the next run ends elsewhere": ("the_next_run_converges", _does_not_converge),
    "the next run fails": ("the_next_run_converges", _next_fails),
    "a redirect is followed": ("nobody_is_followed", _followed),
    "nobody met the fault": ("the_fault_is_met", lambda trial: replace(trial, hits=0)),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_result_that_was_tampered_with_breaks_its_rule(what: str) -> None:
    rule, tamper = TAMPERED[what]
    trial = good()
    trial = tamper(trial) or trial
    assert rule in {text.partition(":")[0] for text in broken(trial)}


def test_each_rule_is_broken_by_one_of_them() -> None:
    assert {rule for rule, _tamper in TAMPERED.values()} == {rule.__name__ for rule in RULES}


def test_the_end_of_a_write_that_nobody_could_read_need_not_be_known() -> None:
    trial = good()
    row = _row(trial, "rename")
    row["changed"] = False
    text = f"{row['email']}: rename may have been done or not: Zoom gave no answer to PUT /v2/users/1/email. Run again."
    trial.faulty.results[-1][1].setdefault("failed_items", []).append({"email": row["email"], "message": text})
    assert broken(trial) == []
