# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of actions, what each is and how each side does it: of the same actions, and agreeing with one another."""

from __future__ import annotations

from collections import Counter

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._actions import ACTIONS, END_OF_ACCOUNT, STAGES, Subject
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan, shown_action
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change_data import FormerName
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._change_rows import ChangeRows, change_row
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._result import bulk_result
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._report._titles import title_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._actions import Scim
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._google_actions import GOOGLE_WRITES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._zoom_actions import ZOOM_WRITES

WRITES = {**ZOOM_WRITES, **GOOGLE_WRITES}


def test_what_can_be_planned_can_be_written_and_nothing_else() -> None:
    assert list(WRITES) == list(ACTIONS) == list(STAGES)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_removes_is_counted_as_a_removal_everywhere(name: str) -> None:
    group = "" if ACTIONS[name].subject is Subject.ACCOUNT else "sales@x.com"
    data = FormerName("Sellers") if name == "rename_group" else None
    change = Change(name, "ada@x.com", "", data=data, group=group)
    removes = ACTIONS[name].removes
    assert change.removes == removes
    assert change_row(change, True).get("loss", False) == removes
    assert ChangeRows([change]).losses == removes
    assert bulk_result(Plan([change]), [change], [], [], {}).facts["losses"] == removes


@pytest.mark.parametrize("name", ACTIONS)
def test_any_action_that_counts_on_a_limit_is_a_removal(name: str) -> None:
    change = Change(name, "ada@x.com", "", removal="license")
    assert change.removes
    assert ChangeRows([change]).losses == 1


def test_a_title_and_a_name_in_results_say_which_action_of_a_subject_it_is() -> None:
    for subject in Subject:
        names = [name for name, action in ACTIONS.items() if action.subject is subject]
        assert max(Counter(ACTIONS[name].title for name in names).values()) == 1
        assert max(Counter(shown_action(name) for name in names).values()) == 1
        google = subject is Subject.GOOGLE_GROUP
        assert [title_of(shown_action(name), google=google) for name in names] == [ACTIONS[name].title for name in names]
    assert title_of("dance", google=False) is None


def test_what_ends_an_account_removes_it_and_frees_its_seat() -> None:
    for name in END_OF_ACCOUNT:
        assert ACTIONS[name].removes
        assert ACTIONS[name].frees_seat
        assert WRITES[name].gone_is_done


def test_only_accounts_have_seats_and_are_written_by_scim() -> None:
    for name, action in ACTIONS.items():
        if action.subject is not Subject.ACCOUNT:
            assert not (action.takes_seat or action.frees_seat), name
            assert WRITES[name].scim is Scim.NEVER, name
