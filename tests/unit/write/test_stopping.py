# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan that is refused as a whole: nothing behind it is sent, everything is accounted for, and whoever it was about is skipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._tenant import Tenant
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._result import bulk_result
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import ApiError, DailyLimit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._actions import Write
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._applied import Applied
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._apply import apply
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._attempt import Attempt, NotDone
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._group_calls import add_members
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._journal import Journal
from hypothesis import given, settings
from hypothesis import strategies as st

Outcome = Callable[[Attempt], dict[str, Any]]
CLIENT: Any = SimpleNamespace(each=lambda work, items: [work(item) for item in items])
KINDS = ["deactivate", "update", "downgrade"]  # in the order of their stages


def refuse(code: str) -> ApiError:
    return ApiError("Zoom", "PUT", "/scim2/Users/z", 400, code, "No.")


def changes(actions: list[str]) -> list[Change]:
    """Each of an account of its own."""
    after = {"department": "New"}
    return [Change(action, f"p{n}@x.com", "why", Account(f"z{n}", f"p{n}@x.com", "active"), after) for n, action in enumerate(actions)]


def applied(planned: list[Change], outcome: Outcome, journal: Journal | None = None, *, check: bool = False) -> tuple[Applied, list[str]]:
    """What came of it, and whom something was sent for, in its order."""
    sent: list[str] = []

    def perform(_client: Any, attempt: Attempt) -> dict[str, Any]:
        sent.append(attempt.change.email)
        return outcome(attempt)

    def effect(_state: Any, _attempt: Attempt) -> None:
        return None

    write = Write(perform, lambda _client, _attempt: None, effect)
    tenant = Tenant("t", [change.account for change in planned if change.account])
    writes = dict.fromkeys(ACTIONS, write)
    return apply(CLIENT, writes, Plan(list(planned)), tenant, journal or Journal(None, None), check_mode=check), sent


def scripted(codes: dict[str, str]) -> Outcome:
    def outcome(attempt: Attempt) -> dict[str, Any]:
        code = codes[attempt.change.email]
        if code == "not done":
            raise NotDone("Zoom answered success, but shows another name.")
        if code:
            raise refuse(code)
        return {}

    return outcome


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["", "", "1", "1", "2", "not done"])), max_size=90), st.data())
def test_whatever_is_refused_each_change_is_made_or_refused_or_said_not_to_be_tried(plan: list[tuple[str, str]], data: Any) -> None:
    planned = changes([kind for kind, _code in plan])
    if plan and data.draw(st.booleans()):
        plan = [(kind, "1") for kind, _code in plan]
    codes = {change.email: code for change, (_kind, code) in zip(planned, plan, strict=True)}
    found, sent = applied(planned, scripted(codes))
    done, refused, left = ([change.email for change in some] for some in (found.done, found.refused, found.untried))
    assert sorted([*done, *refused, *left]) == sorted(codes)
    assert sorted([*done, *refused]) == sorted(sent)
    assert sorted(sent) + sorted(left) == sorted(sent) + sorted(codes.keys() - set(sent)), "nothing is sent behind it"
    assert bool(found.stopped) == bool(found.doubt) >= bool(left)
    assert all(change.account and change.account.held for change in found.untried)
    if found.stopped:
        assert (sorted(found.stopped[0].emails), found.stopped[0].reason) == (sorted(left), "stopped")


@given(st.integers(0, 60), st.integers(1, 60))
def test_no_more_than_twenty_alike_are_sent_whatever_was_made_before(made: int, refused: int) -> None:
    planned = changes(["deactivate"] * made + ["update"] * refused)
    found, sent = applied(planned, scripted({change.email: "1" if change.action == "update" else "" for change in planned}))
    assert made <= len(sent) <= made + min(refused, 20)
    assert bool(found.stopped) == (refused >= 20) or made + refused >= 50


def test_a_removal_of_a_later_stage_is_not_made_behind_it() -> None:
    planned = changes(["update"] * 25 + ["downgrade"] * 3)
    found, sent = applied(planned, scripted({change.email: "1" if change.action == "update" else "" for change in planned}))
    assert (len(sent), found.done) == (20, [])
    assert [change.action for change in found.untried] == ["update"] * 5 + ["downgrade"] * 3


def test_an_optional_step_that_is_refused_stops_itself_alone() -> None:
    planned = changes(["revoke"] * 30 + ["deactivate"] * 30)
    found, sent = applied(planned, scripted({change.email: "1" if change.action == "revoke" else "" for change in planned}))
    assert (len(sent), len(found.done), found.doubt) == (50, 30, "")
    assert [row.reason for row in found.stopped] == ["stopped_step"]
    assert len(found.stopped[0].emails) == 10


def test_an_answer_of_success_that_changed_nothing_is_a_failure_like_others() -> None:
    planned = changes(["update"] * 25)
    found, sent = applied(planned, scripted({change.email: "not done" for change in planned}))
    assert (len(sent), len(found.stopped)) == (20, 1)


def test_of_an_update_a_part_of_which_is_refused_each_time_the_rest_is_not_tried() -> None:
    """The other part was made: it counts as a failure, and is reported as one."""

    def outcome(attempt: Attempt) -> dict[str, Any]:
        attempt.partly = refuse("300")
        return {}

    found, sent = applied(changes(["update"] * 25), outcome)
    assert (len(sent), len(found.done), len(found.failed)) == (20, 20, 20)
    assert "p0@x.com: the account was not updated, because" in found.stopped[0].message


def test_check_mode_announces_everything() -> None:
    planned = changes(["update"] * 25)
    found, sent = applied(planned, scripted({change.email: "1" for change in planned}), check=True)
    assert (sent, len(found.done), found.stopped) == ([], 25, [])


def test_the_result_lists_all_refusals_and_fails_with_the_one_sentence() -> None:
    planned = changes(["update"] * 25)
    found, _sent = applied(planned, scripted({change.email: "1" for change in planned}))
    result = bulk_result(Plan(planned), found.done, found.refused, found.failed, {}, "", found.stopped)
    assert result.problems == [found.stopped[0].message]
    assert result.sentence().startswith(
        "20 changes in Zoom failed in a row with the same error, so 5 more of this phase were not tried (p20@x.com"
    )
    assert [row["reason"] for row in result.facts["failed_items"]] == ["stopped", *["update"] * 20]


def test_the_last_of_a_plan_may_open_it_and_then_nothing_is_left_to_try(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path), "r1", "t")
    found, _sent = applied(changes(["update"] * 20), scripted({f"p{n}@x.com": "1" for n in range(20)}), journal)
    assert "so 0 more of this phase were not tried (none) and this run removes nothing more" in found.stopped[0].message
    lines = [json.loads(line) for line in (tmp_path / "r1.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["intent", "outcome"] * 20 + ["stopped"]
    assert (lines[-1]["tenant"], lines[-1]["emails"]) == ("t", [])


# Daily limits


def spent(attempt: Attempt) -> DailyLimit:
    return DailyLimit(
        "Zoom", "POST", attempt.change.email, 429, "429", "You have reached the maximum daily rate limit.", "", "2099-01-01 00:00 UTC"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=60), st.sets(st.sampled_from(KINDS)))
def test_a_daily_limit_ends_its_action_alone_in_one_sentence_with_the_time(actions: list[str], ended: set[str]) -> None:
    def outcome(attempt: Attempt) -> dict[str, Any]:
        if attempt.planned.action in ended:
            raise spent(attempt)
        return {}

    planned = changes(actions)
    found, sent = applied(planned, outcome)
    met = ended & set(actions)
    assert len(sent) == len([action for action in actions if action not in ended]) + len(met)
    assert [finding.code for finding in found.stopped] == ["spent"] * len(met)
    assert all("run again after 2099-01-01 00:00 UTC" in finding.message for finding in found.stopped)
    left = {change.email for change in planned if change.action in ended}
    assert {email for finding in found.stopped for email in finding.emails} == left
    assert (found.failed, found.doubt, found.interrupted) == ([], "", "")
    assert {change.email for change in found.done} == {change.email for change in planned} - left
    assert all(change.account and bool(change.account.held) == (change.email in left) for change in planned)


def grouped(action: str, group: str, *names: str) -> Change:
    members = [Account(name, f"{name}@x.com", "active") for name in names]
    return Change(action, "", "why", group=group, members=members)


def limited(action: str) -> Outcome:
    def outcome(attempt: Attempt) -> dict[str, Any]:
        if attempt.planned.action == action:
            raise spent(attempt)
        return {}

    return outcome


def test_whom_a_daily_limit_keeps_out_of_a_group_keeps_nobody_else_in_it() -> None:
    planned = [grouped("add", "Sales", "ada", "bob"), grouped("remove", "Sales", "eve")]
    found, sent = applied(planned, limited("add"))
    assert len(sent) == 2
    assert [change.action for change in found.done] == ["remove"]
    assert found.stopped[0].message.startswith("2 changes of the step Add to Zoom groups were not made (ada@x.com, bob@x.com)")
    assert [member.held for change in planned for member in change.members] == ["add", "add", None]


def test_who_would_join_a_group_that_a_daily_limit_keeps_from_being_made_is_no_group_that_was_not_made() -> None:
    found, sent = applied([grouped("create_group", "Sales"), grouped("add", "Sales", "ada")], limited("create_group"))
    assert (len(sent), found.done) == (1, [])
    assert found.stopped[0].message.startswith("1 change of the step Create Zoom groups was not made (Sales)")
    assert list(found.stopped[0].emails) == ["Sales", "ada@x.com"], "they are skipped all the same"


def test_a_daily_limit_that_is_met_among_the_members_of_a_group_ends_that_step_alone() -> None:
    def outcome(attempt: Attempt) -> dict[str, Any]:
        if attempt.planned.action == "add":
            return add_members(takes_first, attempt)
        return {}

    def join(_group: str, ids: list[str]) -> list[str]:
        if len(ids) > 1:
            raise refuse("300")
        if ids != ["u0"]:
            raise DailyLimit("Zoom", "POST", "/v2/groups/g/members", 429, "429", "You have reached the maximum daily rate limit.")
        return ids

    takes_first: Any = SimpleNamespace(
        has_rest=True, scopes=lambda: frozenset({"group:write:admin"}), rest=SimpleNamespace(add_members=join)
    )
    planned = [grouped("add", "Sales", *(f"u{n}" for n in range(30))), grouped("add", "Board", "ada"), grouped("remove", "Sales", "eve")]
    found, sent = applied(planned, outcome)
    assert (len(sent), [finding.code for finding in found.stopped], found.doubt) == (2, ["spent"], "")
    assert found.stopped[0].message.startswith("30 changes of the step Add to Zoom groups were not made (u1@x.com")
    assert "run again tomorrow" in found.stopped[0].message
    assert {change.action for change in found.done} == {"add", "remove"}
    assert [member.held for member in planned[0].members] == [None] + ["add"] * 29
