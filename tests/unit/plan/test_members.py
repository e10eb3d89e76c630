# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of members, as a Google group shows them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._members import as_listed, parse_members, plan_members


def test_a_gmail_member_is_asked_for_in_the_form_that_the_group_shows() -> None:
    assert as_listed({"a.da@googlemail.com": "", "bob@example.com": "OWNER"}, {"ada@gmail.com": "MEMBER", "C0123": "MEMBER"}) == {
        "ada@gmail.com": "",
        "bob@example.com": "OWNER",
    }


def test_members_are_added_changed_and_with_exclusive_removed() -> None:
    current = {"a@example.com": "MEMBER", "b@example.com": "OWNER", "c@example.com": "MEMBER"}
    wanted = parse_members(["A@example.com", {"email": "b@example.com", "role": "MANAGER"}, "d@example.com"], "members")
    plan = plan_members(current, wanted, exclusive=True)
    assert (plan.add, plan.change, plan.remove) == ({"d@example.com": "MEMBER"}, {"b@example.com": "MANAGER"}, ["c@example.com"])
    assert plan_members(current, wanted, state="absent").remove == ["a@example.com", "b@example.com"]
    held_back = plan_members(current, wanted, exclusive=True, max_removals=0)
    assert (held_back.withheld, held_back.remove) == (1, [])


@pytest.mark.parametrize(
    "members", [["ada"], [{"email": "a@example.com", "role": "KING"}], ["a@example.com", {"email": "a@example.com", "role": "OWNER"}]]
)
def test_a_wrong_member_is_named(members: Any) -> None:
    with pytest.raises(PolicyError, match="members"):
        parse_members(members, "members")
