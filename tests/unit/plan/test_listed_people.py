# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People listed by address whom no list shows."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._directory import DirectoryData, Nobody
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._listed_people import (
    absent_members,
    listed_findings,
    member_findings,
    unlisted_people,
)
from plain_people import person

GROUP = "zoom@example.com"


def directory(*users: Any, **more: Any) -> DirectoryData:
    return DirectoryData(list(users), [person("gone", state="deleted")], [], {}, **more)


def test_only_those_are_looked_up_whom_the_list_of_users_does_not_show() -> None:
    data = directory(person("ada", aliases=["countess@example.com"]), unread=[person("odd")])
    listed = [("scope_users", f"{name}@example.com") for name in ("ada", "countess", "odd", "kim")]
    assert unlisted_people(data, listed) == [("scope_users", "kim@example.com")]


def test_whoever_is_there_is_no_finding_and_whoever_was_deleted_is_one() -> None:
    asked = [("scope_users", "kim@example.com"), ("scope_exclude_users", "gone@example.com")]
    found = listed_findings(directory(), asked, [person("kim"), Nobody.ABSENT])
    assert [(row.reason, row.email) for row in found] == [("listed_deleted", "gone@example.com")]
    assert "scope_exclude_users" in found[0].message


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Nobody.ABSENT, "who is nobody in this Google directory; nothing was changed: correct the address, or take it out."),
        (Nobody.FOREIGN, "people of another customer get no account"),
        (Nobody.UNREAD, "Google shows that user in an unknown form"),
        (Nobody.GROUP, "which is a group's address; nothing was changed: list it under scope_groups."),
    ],
)
def test_an_address_that_is_no_user_s_is_an_error_that_says_why(answer: Nobody, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        listed_findings(directory(), [("scope_users", "who@example.com")], [answer])
    assert str(refused.value).startswith("scope_users names who@example.com, ") and said in str(refused.value)


def test_a_member_to_be_added_who_was_deleted_is_named_and_one_of_another_domain_may_be_anybody() -> None:
    answers: dict[str, Person | Nobody] = {"gone@example.com": Nobody.ABSENT, "kim@partner.test": Nobody.ABSENT}
    answers |= {"list@example.com": Nobody.GROUP, "ada@example.com": person("ada")}
    assert absent_members(answers) == ["gone@example.com", "kim@partner.test"]
    found = member_findings(GROUP, answers, {"gone@example.com"}, [{"type": "USER", "email": "guest@partner.test"}, {"type": "GROUP"}])
    assert [(row.reason, row.email) for row in found] == [("listed_deleted", "gone@example.com")]


@pytest.mark.parametrize(
    ("typed", "more", "rows"),
    [
        ("ad@example.com", {}, []),
        ("ad@sub.example.net", {"kim@sub.example.net": Person("id-kim", "kim@sub.example.net")}, []),
        ("ad@old.example.net", {}, [{"type": "USER", "email": "may@old.example.net", "status": "ACTIVE"}]),
    ],
)
def test_a_member_to_be_added_who_is_nobody_at_a_domain_of_this_customer_is_an_error(typed: str, more: Any, rows: Any) -> None:
    """Its domains are those of the group, of the people found, and of members with a status of their own."""
    with pytest.raises(PolicyError) as refused:
        member_findings(GROUP, {typed: Nobody.ABSENT, **more}, set(), rows)
    assert f"The list of members of {GROUP} names {typed}, but no user and no group" in str(refused.value)
