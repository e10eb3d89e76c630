# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phase that is asked to stop: nothing more is begun, all is accounted for, and the sentence says how far it came."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._frame._progress import Progress, Watch
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._doing import DOING, interrupted
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._result import Result, merge
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import OutcomeUnknown
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._actions import Write
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._applied import Applied, result_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._apply import apply
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._journal import Journal

CLIENT: Any = SimpleNamespace(each=lambda work, items: [work(item) for item in items])


def changes(actions: list[str]) -> list[Change]:
    return [
        Change(action, f"p{n}@x.com", "why", Account(f"z{n}", f"p{n}@x.com", "active"), {"department": "New"})
        for n, action in enumerate(actions)
    ]


def stopped_after(
    number: int, planned: list[Change], folder: Path, *, lost: bool = False, check: bool = False
) -> tuple[Applied, list[str], list[dict[str, Any]]]:
    """What came of it, whom something was sent for, and the journal. `lost`: of the last one, no answer came."""
    sent: list[str] = []

    def perform(_client: Any, attempt: Attempt) -> dict[str, Any]:
        sent.append(attempt.change.email)
        if lost and len(sent) == number:
            raise OutcomeUnknown("Zoom gave no answer.")
        return {}

    def proof(_client: Any, _attempt: Attempt) -> None:
        raise OutcomeUnknown("Zoom gave no answer.")

    journal = Journal(str(folder), "r1")
    tenant = Tenant("t", [change.account for change in planned if change.account])
    watch = Watch(lambda: len(sent) >= number, Progress(None))
    writes = dict.fromkeys(ACTIONS, Write(perform, proof, lambda _state, _attempt: None))
    found = apply(CLIENT, writes, Plan(list(planned)), tenant, journal, check_mode=check, watch=watch)
    path = folder / "r1.jsonl"
    return found, sent, [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("number", [0, 1, 7, 9])
def test_nothing_more_is_begun_and_each_change_is_made_or_left(tmp_path: Path, number: int) -> None:
    planned = changes(["deactivate"] * 4 + ["update"] * 6)
    found, sent, journal = stopped_after(number, planned, tmp_path)
    assert len(sent) == len(found.done) == number
    assert [change.email for change in (*found.done, *found.untried)] == [change.email for change in planned]
    assert all(change.account and change.account.held for change in found.untried), "no later phase touches them"
    assert (found.failed, found.refused, found.stopped, found.doubt) == ([], [], [], "")
    first, rest = min(number, 4), max(number - 4, 0)
    assert found.interrupted == (
        f"Interrupted: {first} of 4 accounts were deactivated and {rest} of 6 accounts were updated, nothing is half-done. "
        "Run again to go on."
    )
    events = [entry["event"] for entry in journal]
    assert (events.count("intent"), events.count("outcome"), events[-1]) == (number, number, "stopped")
    assert (journal[-1]["error"], journal[-1]["emails"]) == (found.interrupted, [change.email for change in found.untried])


def test_a_wish_that_comes_when_all_is_done_interrupts_nothing(tmp_path: Path) -> None:
    found, sent, journal = stopped_after(5, changes(["update"] * 5), tmp_path)
    assert (len(sent), found.interrupted, found.untried) == (5, "", [])
    assert "stopped" not in {entry["event"] for entry in journal}


def test_check_mode_has_nothing_to_stop(tmp_path: Path) -> None:
    found, sent, _journal = stopped_after(0, changes(["update"] * 5), tmp_path, check=True)
    assert (sent, len(found.done), found.interrupted) == ([], 5, "")


def test_where_an_answer_was_lost_it_does_not_say_that_nothing_is_half_done(tmp_path: Path) -> None:
    found, _sent, _journal = stopped_after(3, changes(["update"] * 5), tmp_path, lost=True)
    assert found.interrupted == "Interrupted: 2 of 5 accounts were updated. Run again to go on."
    assert "may have been done or not" in found.failed[0].message


def test_the_result_is_interrupted_with_what_was_made(tmp_path: Path) -> None:
    planned = changes(["update"] * 5)
    found, _sent, _journal = stopped_after(2, planned, tmp_path)
    run: Any = SimpleNamespace(params={})
    result = result_of(run, Plan(list(planned)), found, "digest")
    assert result.interrupted == found.interrupted
    assert (result.changed, result.facts["summary"]["update"], result.problems) == (True, 2, [])
    assert merge([result, Result()]).interrupted == found.interrupted


def test_each_action_has_words_for_what_is_being_done_and_what_was_done() -> None:
    assert DOING.keys() == ACTIONS.keys()


def test_numbers_are_written_for_people_and_members_count_one_by_one() -> None:
    members = [Account(f"z{n}", f"p{n}@x.com", "active") for n in range(30)]
    planned = [Change("add", "", "why", None, {}, group="All", members=members) for _batch in range(100)]
    assert interrupted(planned, planned[:50], unknown=False) == (
        "Interrupted: 1,500 of 3,000 members were added to Zoom groups, nothing is half-done. Run again to go on."
    )
