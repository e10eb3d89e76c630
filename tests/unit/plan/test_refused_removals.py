# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan does not promise in silence what Zoom has refused before, or is known to refuse; and names whom it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest
from account_plans import account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._standing import ACCOUNTS_PHASE, Standing
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._left_alone import cause_of, report_left_alone
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._refused_removals import OF_A_ROLE, note_refused
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._standing import abouts, key_of

CUSTOM = "Vh9tjdRGT4eGgHbdi7KcIg"  # id of a role of the company's own


def ending(role: str | None, **more: Any) -> Change:
    held = account("ada", role_id=role, **more)
    return Change("deactivate", held.email, "out_of_scope", held, removal="deactivation")


def refused(change: Change, code: str, message: str = "") -> Standing:
    about, action, group, _code = key_of(change, abouts(change)[0])
    since = "2026-11-20T02:00:00+00:00"
    return Standing(about, code, since, ACCOUNTS_PHASE, action, group, since, message=message, removes="yes")


def noted(change: Change, *rows: Standing) -> tuple[str, list[str]]:
    """The reason behind what it was, and the codes of what is reported."""
    found = note_refused(Plan([change]), rows)
    return change.reason.removeprefix("out_of_scope"), [said.code for _change, said in found]


def test_of_a_member_whom_nothing_stands_against_nothing_is_said() -> None:
    assert noted(ending("2")) == ("", [])


def test_a_role_that_is_known_to_be_refused_is_named_before_the_first_try() -> None:
    assert noted(ending(CUSTOM)) == ("; Zoom is known to refuse it while the role is not Member", ["role_stands_against"])


def test_a_role_that_was_refused_is_named_with_since_when_while_it_is_there() -> None:
    known = "; Zoom has refused it since 2026-11-20: the role is not Member"
    assert noted(ending(CUSTOM), refused(ending(CUSTOM), OF_A_ROLE)) == (known, ["role_refused_before"])
    assert noted(ending("2"), refused(ending("2"), OF_A_ROLE)) == ("", []), "the role was taken away since"


def test_where_roles_are_not_shown_both_possibilities_are_named() -> None:
    reason, codes = noted(ending(None), refused(ending(None), OF_A_ROLE))
    assert reason.endswith(": the account has a role other than Member or is a Zoom Room")
    assert codes == ["role_refused_before"]


@pytest.mark.parametrize(
    ("message", "because"),
    [("the account was not deactivated, because it is locked; unlock it [Zoom refused it.]", ": it is locked"), ("no clause", "")],
)
def test_any_other_refusal_is_repeated_with_its_cause(message: str, because: str) -> None:
    found = noted(ending("2"), refused(ending("2"), "locked", message))
    assert found == (f"; Zoom has refused it since 2026-11-20{because}", ["removal_refused_before"])


# whom a phase leaves alone


def test_whom_a_phase_leaves_alone_is_named_by_cause_but_for_those_of_whom_all_is_said() -> None:
    plan = Plan()
    skipped = [("limit_rename", "ada@example.com"), ("identity", "bob@example.com"), ("limit_rename", "eve@example.com")]
    report_left_alone(plan, skipped, "their licence stays as it is")
    (found,) = plan.attention
    assert (found.reason, found.emails) == ("skipped", ("ada@example.com", "eve@example.com"))
    assert "their rename was blocked by its limit" in found.message


def test_each_cause_is_one_that_people_know() -> None:
    assert cause_of("update") == "an earlier change of the same account (update) failed or was refused"
    assert cause_of("some_new_reason") == "an earlier step of this run skipped them (some new reason)"
