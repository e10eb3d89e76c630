# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which licence a new account is created with."""

from __future__ import annotations

from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_creation import wishes_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._seats import Seats
from plain_people import account, person


def chosen(
    new: list[Person], bought: int, others: dict[str, Account] | None = None, more: Any = (), woken: Any = (), **policy: Any
) -> dict[str, str]:
    accounts = {f"id-{name}": held for name, held in (others or {}).items()}
    seats = Seats({"licensed": {"bought": bought}})
    people = [*new, *more]
    wishes = wishes_of(people, accounts, [(one, one.email) for one in new], parse_policy({"default": "licensed", **policy}, ""), woken)
    found = wishes.given(seats)
    return {key.removeprefix("id-"): license.label for key, license in found.items()}


def test_a_seat_owed_to_somebody_who_is_reactivated_is_not_given_away_whatever_the_account_shows() -> None:
    rules = [{"users": ["back@example.com"], "license": "licensed"}]
    for type_ in (1, 2):
        back = {"back": account("back", status="inactive", type=type_)}
        assert chosen([person("new")], 1, back, [person("back")], ["z-back"], rules=rules) == {"new": "basic"}
        assert chosen([person("new")], 1, back, [person("back")], rules=rules) == {"new": "licensed"}


def test_who_finds_no_seat_gets_the_fallback_and_then_basic() -> None:
    new = [person("ada"), person("bob"), person("eve")]
    assert chosen(new, 2) == {"ada": "licensed", "bob": "licensed", "eve": "basic"}
    assert chosen(new, 0, fallback="unassigned") == {"ada": "unassigned", "bob": "unassigned", "eve": "unassigned"}


def test_a_seat_owed_to_somebody_who_is_there_is_not_given_away() -> None:
    assert chosen([person("new")], 1, {"bob": account("bob")}, [person("bob")]) == {"new": "basic"}


def test_nothing_is_owed_to_who_has_it_left_the_scope_is_inactive_or_is_to_hold_a_free_licence() -> None:
    there = {
        "has": account("has", type=2),
        "left": account("left"),
        "off": account("off", status="inactive"),
        "basic": account("basic", type=4),
    }
    people = [person("has"), person("left", in_scope=False), person("off"), person("basic"), person("none")]
    rules = [{"users": ["basic@example.com"], "license": "basic"}]
    assert chosen([person("new")], 1, there, people, rules=rules) == {"new": "licensed"}


def test_whose_rule_can_not_be_evaluated_is_created_with_the_fallback() -> None:
    rules = [{"where": "length(suspended) > `1`", "license": "licensed"}]
    assert chosen([person("ada")], 9, rules=rules) == {"ada": "basic"}
    assert chosen([person("ada")], 9, rules=rules, fallback="unassigned") == {"ada": "unassigned"}


def test_whom_no_rule_names_is_created_with_the_fallback() -> None:
    assert chosen([person("ada")], 9, default=None, fallback="licensed") == {"ada": "licensed"}
