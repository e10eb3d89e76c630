# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a change is made, as people read it: nothing of what programs call it, and nothing that belongs to others changed."""

from __future__ import annotations

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._reasons import why, words


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("out_of_scope", "out of scope"),
        ("suspended", "suspended in Google"),
        ("default: basic", "the default licence is basic"),
        ("default: basic, for a new account", "the default licence is basic, and a new account needs the seat"),
        ("rule 2: licensed", "licence rule 2 gives licensed"),
        ("rule 1 (execs: all): zoom_one_type 16", "licence rule 1 (execs: all) gives zoom_one_type 16"),
        ("rule 2: no seat of licensed, so basic", "licence rule 2 gives licensed, but no seat is free, so basic"),
        ("reclaim (no sign-in since 2026-05-01): unassigned", "no sign-in since 2026-05-01"),
        ("policy says zoom_one_type 16", "the licence policy gives zoom_one_type 16"),
        ("address was old_name@example.com", "still has the former address"),
        ("address was old_name@example.com, remembered", "still has the former address, known from an earlier run"),
        ("was Old_Team", "still has the former name Old_Team"),
        ("undo", "undo"),
        ("undo: description, whoCanJoin", "undo"),
        ("undo, address was a@example.com", "undo"),
        ("undo of its creation", "created by the run that is undone"),
        ("in scope through team_one@example.com", "in scope through team_one@example.com"),
        ("changed: displayName, name.familyName", "changed: displayName, name.familyName"),
        (
            "drift: status changed in Zoom since the last run (out_of_scope)",
            "drift: status changed in Zoom since the last run; out of scope",
        ),
        (
            "drift: first_name, license changed in Zoom since the last run (changed: name.givenName)",
            "drift: first name, license changed in Zoom since the last run",
        ),
        (
            "drift: a_b@x.com, bob@x.com changed in Zoom since the last run (matches)",
            "drift: membership of a_b@x.com, bob@x.com changed in Zoom since the last run",
        ),
        (
            "drift: the account was removed: changed in Zoom since the last run (in scope)",
            "drift: the account was removed in Zoom since the last run",
        ),
        (
            "drift: bob@x.com was put into the group in Google since the last run",
            "drift: bob@x.com was put into the group in Google since the last run",
        ),
    ],
)
def test_a_reason_reads_as_a_sentence_of_people(reason: str, text: str) -> None:
    assert why(reason) == text


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("excluded", "excluded by the group contractors@x.com"),
        ("excluded; Zoom has refused it since 2026-11-01", "excluded by the group contractors@x.com; Zoom has refused it since 2026-11-01"),
        (
            "drift: status changed in Zoom since the last run (excluded)",
            "drift: status changed in Zoom since the last run; excluded by the group contractors@x.com",
        ),
        ("out_of_scope", "out of scope"),
    ],
)
def test_by_what_somebody_is_excluded_stands_in_the_reason(reason: str, text: str) -> None:
    assert why(reason, "contractors@x.com") == text
    assert why("excluded") == "excluded from the scope"


@pytest.mark.parametrize(
    "text",
    ["license_defaults_rules[2]", "license_defaults_rules", "ada_byron@example.com", "Team_One", "costCenter", "two words_here", "_x"],
)
def test_what_has_a_name_keeps_it(text: str) -> None:
    assert words(text) == text


def test_a_word_of_programs_is_spelled_with_blanks() -> None:
    assert (words("first_name"), words("limit_deactivation")) == ("first name", "limit deactivation")
