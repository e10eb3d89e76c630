# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is protected, and who is named in vain."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._matching_rules import Matching
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._people import LastPeople
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._protection import (
    Protection,
    parse_protection,
    report_kept,
    report_unmatched,
    unclear_entries,
    widen,
    widen_by_last,
)
from plain_people import account, person


def test_a_protected_entry_that_matches_nobody_is_reported_where_everybody_is_known() -> None:
    protection = parse_protection({"users": ["ada@example.com", "ceo@example.com", "typo@example.com"]}, "protected")
    plan = Plan()
    report_unmatched(plan, protection, [person("ada")], [account("ceo")])
    assert [row.email for row in plan.attention] == ["typo@example.com"]
    report_unmatched(plan, protection, None, [])
    report_unmatched(plan, Protection(), [], [])
    assert len(plan.attention) == 1


def test_every_address_of_whoever_is_listed_protects() -> None:
    held = account("ada")
    boss = person("ada", aliases=["ceo@example.com"])
    assert not Protection(users=frozenset({"ceo@example.com"})).covers(held)
    assert widen(Protection(users=frozenset({"ceo@example.com"})), [boss], {boss.id: [held]}).covers(held)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (["ceo@example.com"], "protected must be a dictionary of users and roles, not list."),
        ({"roles": "admin"}, "protected.roles must be a list of roles, not str."),
        ({"roles": [True]}, "protected.roles holds True, which is no role; write owner, admin or a role's id."),
        ({"roles": [""]}, "protected.roles holds '', which is no role; write owner, admin or a role's id."),
    ],
)
def test_a_list_of_the_protected_that_can_not_be_read_says_why(spec: Any, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_protection(spec, "protected")
    assert str(refused.value) == said


def test_an_unknown_key_beside_the_protected_is_named() -> None:
    with pytest.raises(PolicyError, match="user"):
        parse_protection({"user": ["ceo@example.com"]}, "protected")


def test_a_zoom_room_is_reported_as_one() -> None:
    plan = Plan()
    report_kept(plan, account("room", room=True), "inactive_admin", "reactivated")
    report_kept(plan, account("ada", role_id="1"), "inactive_admin", "reactivated")
    assert [row.email for row in plan.attention] == ["room@example.com", "ada@example.com"]
    assert plan.attention[0].message != plan.attention[1].message


def test_where_google_was_not_read_the_last_people_say_whose_the_protected_addresses_are() -> None:
    last = LastPeople([person("ada", aliases=["ceo@example.com"])], Matching(), recent=False)
    listed = Protection(users=frozenset({"ceo@example.com"}))
    assert widen_by_last(listed, last, [account("ada")]).covers(account("ada"))
    assert widen_by_last(Protection(), last, [account("ada")]) == Protection()


def test_an_entry_that_may_protect_anybody_is_named_unless_the_last_people_are_recent() -> None:
    known = [person("ada", aliases=["ceo@example.com"])]
    listed = Protection(users=frozenset({"ceo@example.com", "bob@example.com", "who@example.com"}))
    said = unclear_entries(listed, LastPeople(known, Matching(), recent=False), [account("bob")])
    assert said.startswith("attribute_mapping_protected names who@example.com, no Zoom account has that address, and Google was not read")
    assert unclear_entries(listed, LastPeople(known, Matching(), recent=True), [account("bob")]) == ""
    clear = Protection(users=frozenset({"ceo@example.com", "bob@example.com"}))
    assert unclear_entries(clear, LastPeople(known, Matching(), recent=False), [account("bob")]) == ""
