# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the matrix has found, by name: each of these once broke a rule."""

from __future__ import annotations

import pytest

from .combinations import FOREVER, ONCE, ONCE_LATER, Combination, Trial, tried
from .judge import broken
from .kinds import KINDS


def holds(endpoint: str, kind: str, often: str, play: str = "site") -> Trial:
    trial = tried(Combination(endpoint, next(one for one in KINDS if one.name == kind), often, play))
    assert broken(trial) == []
    return trial


LAGGING = "connection lost after the write, and reads that lag"


def test_a_creation_whose_answer_is_lost_is_not_called_refused_because_reads_trail_it() -> None:
    assert "eve.moss@example.com" in {row.get("email") for row in holds("POST /scim2/Users", LAGGING, ONCE).faulty.changes}


def test_members_who_joined_are_not_called_left_out_because_reads_trail_the_write() -> None:
    assert not holds("POST /v2/groups/*/members", LAGGING, ONCE_LATER).faulty.reported


def test_a_member_who_was_removed_is_not_called_refused_because_reads_trail_the_write() -> None:
    assert not holds("DELETE /v2/groups/*/members/*", LAGGING, ONCE, "alone").faulty.reported


@pytest.mark.parametrize("kind", ["500", "[]", "nested deeply", "connection lost before"])
def test_a_rename_that_can_not_be_read_back_is_of_unknown_outcome_and_not_refused(kind: str) -> None:
    (row,) = [row for row in holds("GET /v2/users/*", kind, FOREVER).faulty.reported if row["email"] == "ada.hill@example.com"]
    assert "may have been done or not" in row["message"]


@pytest.mark.parametrize("often", [ONCE, FOREVER])
def test_an_empty_list_of_groups_makes_no_group_anew_that_accounts_are_in(often: str) -> None:
    holds("GET /v2/groups", "no rows", often)


@pytest.mark.parametrize("often", [ONCE, FOREVER])
def test_a_daily_limit_of_google_is_no_missing_right(often: str) -> None:
    trial = holds("GET /admin/directory/v1/groups/*/members", "daily limit", often)
    assert "quota is used up" in trial.faulty.stopped


@pytest.mark.parametrize("kind", ["403", "404", "429 for an hour", "401"])
def test_a_write_that_google_refuses_says_what_to_do_about_it(kind: str) -> None:
    holds("PATCH /admin/directory/v1/groups/*/members/*", kind, FOREVER)


def test_a_deletion_of_a_google_group_that_may_have_been_done_says_what_to_do_about_it() -> None:
    assert "Run again." in holds("DELETE /admin/directory/v1/groups/*", "502", FOREVER, "alone").faulty.stopped


@pytest.mark.parametrize("endpoint", ["GET /v2/users", "GET /admin/directory/v1/users", "GET /v2/groups"])
def test_a_list_whose_rows_are_all_of_an_unknown_form_is_no_list_without_them(endpoint: str) -> None:
    """Accounts that could not be read were taken for none, and a person who was to be renamed got a second one."""
    trial = holds(endpoint, "other types in rows", FOREVER)
    assert "in an unknown form" in trial.faulty.stopped
    assert trial.faulty.before == trial.faulty.after


@pytest.mark.parametrize("often", [ONCE, FOREVER])
def test_a_token_that_google_refuses_in_unknown_words_says_what_to_check(often: str) -> None:
    assert "Check the service account's key" in holds("POST /token", "401", often).faulty.stopped
