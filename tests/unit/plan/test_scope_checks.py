# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps a scope from being relied on, and who would lose something by it."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._directory import DirectoryData
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import PendingChange, close
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person, unread_person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import PolicyError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._outcome import Finding
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._removals import Deprovision, parse_deprovision
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope import Chosen, ScopeAsk
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope_checks import (
    addresses_to_confirm,
    check_unreadable,
    outsiders,
    to_confirm,
    why_no_removals,
)
from plain_people import account, person
from planning import facts


def asked(scope: tuple[str, ...] = (), exclude: tuple[str, ...] = (), rules: tuple[str, ...] = (), **more: Any) -> ScopeAsk:
    return ScopeAsk(Chosen(scope), Chosen(exclude), Chosen(rules), frozenset(), **more)


def group(email: str) -> dict[str, str]:
    return {"id": f"g-{email}", "email": email, "type": "GROUP"}


ODD = {"type": "UNREADABLE", "why": "no id"}


def doubts(ask: ScopeAsk, edges: dict[str, Any], odd: Any = ()) -> list[str]:
    closures = {name: close(name, edges) for name in ask.named_groups()}
    return why_no_removals(ask, closures, DirectoryData([], [], [], edges, odd=list(odd)))


def test_a_member_of_unknown_form_may_be_anybody_so_that_nobody_is_removed() -> None:
    edges = {"staff@x.com": [group("team@x.com")], "team@x.com": [ODD], "rule@x.com": [group("team@x.com")], "other@x.com": []}
    assert doubts(asked(("staff@x.com", "other@x.com")), edges) == [
        "Google lists a member of staff@x.com > team@x.com (no id) in an unknown form"
    ]
    assert len(doubts(asked(("team@x.com",), rules=("team@x.com",)), edges)) == 1, "one group, one line"
    assert len(doubts(asked(("team@x.com",), rules=("rule@x.com",)), edges)) == 2
    assert doubts(asked(("other@x.com",)), edges) == []


def test_a_member_of_unknown_form_in_an_exclusion_ends_the_run() -> None:
    edges = {"out@x.com": [ODD], "fine@x.com": []}
    with pytest.raises(PolicyError, match=r"^scope_exclude_groups names out@x.com, and Google lists a member of out@x.com \(no id\)"):
        doubts(asked(exclude=("fine@x.com", "out@x.com")), edges)
    assert doubts(asked(exclude=("fine@x.com",)), edges) == []


def test_a_user_without_a_legible_address_may_be_whose_account_it_is() -> None:
    alone = "Google lists a user in an unknown form, without an address"
    assert doubts(asked(), {}, [{"email": ""}, {"email": ""}]) == [alone]
    assert doubts(asked(), {}, [{"email": "ada@x.com"}]) == []


def test_after_changes_of_a_group_were_stopped_nobody_is_removed() -> None:
    stopped = "20 changes in Google failed earlier in this run"
    pending = {"staff@x.com": PendingChange(added=["ada@x.com"], stopped=stopped), "other@x.com": PendingChange()}
    assert doubts(asked(("staff@x.com",), pending=pending), {"staff@x.com": []}) == [stopped]


def unreadable(ask: ScopeAsk, edges: dict[str, Any], *groups: str) -> list[Finding]:
    return check_unreadable(ask, DirectoryData([], [], [], edges, unreadable=groups))


def test_the_scope_goes_on_without_a_group_that_can_not_be_read_and_says_where_it_is_nested() -> None:
    edges = {"staff@x.com": [{"email": "ada@x.com"}, group("Team@x.com")], "team@x.com": [group("secret@x.com")], "a@x.com": []}
    found = unreadable(asked(("staff@x.com",), exclude=("a@x.com",), rules=("a@x.com",)), edges, "secret@x.com")
    assert [(row.reason, row.email) for row in found] == [("unreadable_group", "secret@x.com")]
    assert "team@x.com" in found[0].message
    assert unreadable(asked(("staff@x.com",)), edges) == []


@pytest.mark.parametrize(("side", "name"), [("exclude", "exclude.groups"), ("rules", "resolve_groups")])
def test_an_exclusion_or_a_rule_does_not_go_on_without_one(side: str, name: str) -> None:
    edges = {"staff@x.com": [group("secret@x.com")], "a@x.com": [group("staff@x.com")], "b@x.com": []}
    with pytest.raises(PolicyError, match=f"^The group secret@x.com can't be read and is nested in a@x.com \\({name}\\)"):
        unreadable(asked(("staff@x.com",), **{side: ("b@x.com", "a@x.com")}), edges, "secret@x.com")


def outside(ask: ScopeAsk, users: list[Person], edges: dict[str, Any], unread: Any = ()) -> list[tuple[str, str]]:
    data = DirectoryData(users, [], [], edges, unread=list(unread))
    found = outsiders(ask, data, {name: close(name, edges) for name in ask.named_groups()})
    return [(row.reason, row.email) for row in found]


def test_members_of_the_scope_who_are_nobody_of_this_directory_are_told_once_each() -> None:
    edges = {
        "staff@x.com": [
            {"id": "id-ada", "email": "ada@example.com"},
            {"id": "9", "email": "guest@y.com"},
            {"id": "8"},
            group("team@x.com"),
        ],
        "team@x.com": [{"id": "9", "email": "guest@y.com"}, {"email": "alias@example.com"}, {"email": "odd@example.com"}],
        "rule@x.com": [{"email": "other@y.com"}],
    }
    users = [person("ada", aliases=["alias@example.com"])]
    found = outside(asked(("staff@x.com", "team@x.com"), rules=("rule@x.com",)), users, edges, [unread_person("7", "odd@example.com")])
    assert found == [("external", "guest@y.com")]


def test_a_known_user_whose_row_carries_an_address_of_its_own_is_nobody_from_outside() -> None:
    edges = {"staff@x.com": [{"id": "id-ada", "email": "ada@example.com.test-google-a.com"}, {"id": "7", "email": "odd@old.com"}]}
    assert outside(asked(("staff@x.com",)), [person("ada")], edges, [unread_person("7", "odd@example.com")]) == []


def test_who_is_to_be_added_in_this_run_is_no_member_yet() -> None:
    edges = {"staff@x.com": [group("Team@x.com")], "team@x.com": [{"email": "new@y.com"}, {"email": "old@y.com"}]}
    pending = {"team@x.com": PendingChange(added=["NEW@y.com"])}
    assert outside(asked(("staff@x.com",), pending=pending), [], edges) == [("external_to_add", "new@y.com"), ("external", "old@y.com")]


ENDS = Deprovision(True)


def absent(accounts: list[Account], people: list[Person] | None = None, blind: bool = False, **more: Any) -> list[str]:
    ask = asked(**{"deprovision": parse_deprovision(True, {"unknown": "deactivate"}, ""), **more})
    everyone, _tenant, matches = facts(people or [], accounts)
    return list(addresses_to_confirm(everyone.everyone, matches, ask, blind))


def test_accounts_of_nobody_are_looked_up_where_they_would_end() -> None:
    accounts = [account("x"), account("boss", role_id="1"), account("off", status="inactive")]
    assert absent(accounts) == ["x@example.com"]
    assert absent(accounts, deprovision=ENDS) == [], "unknown accounts are only reported"


def test_accounts_of_nobody_are_looked_up_where_they_would_leave_a_group() -> None:
    accounts = [account("in", group_ids=["g1"]), account("not"), account("off", status="inactive", group_ids=["g1"])]
    accounts += [account("boss", role_id="0", group_ids=["g1"])]
    keeps = {"deprovision": ENDS, "confirm_members": True}
    assert absent(accounts, **keeps) == ["in@example.com"]
    assert absent(accounts, blind=True, **keeps) == ["in@example.com", "not@example.com"], "memberships can't be read"


def test_an_account_of_somebody_deleted_may_be_a_live_users_by_now() -> None:
    gone = [
        person("ada", state="deleted"),
        person("boss", state="deleted"),
        person("eve", state="suspended"),
        person("old", state="deleted"),
    ]
    accounts = [account("ada"), account("boss", role_id="1"), account("eve"), account("old", status="inactive")]
    assert absent(accounts, gone, deprovision=ENDS) == ["ada@example.com"]
    assert absent(accounts, gone, deprovision=Deprovision(None)) == []


def would_lose(people: list[Person], accounts: list[Account], blind: bool = False, **more: Any) -> list[str]:
    everyone, _tenant, matches = facts(people, accounts)
    return [one.id for one in to_confirm(everyone.everyone, matches, asked(**{"deprovision": ENDS, **more}), blind)]


def test_people_are_looked_up_whose_account_would_end() -> None:
    people = [person("stays"), person("left", in_scope=False), person("boss", in_scope=False), person("off", state="suspended")]
    people += [person("none", in_scope=False), person("out", excluded="listed")]
    accounts = [account("stays"), account("left"), account("boss", role_id="1"), account("off", status="inactive"), account("out")]
    assert would_lose(people, accounts) == ["id-left"]
    assert would_lose(people, accounts, deprovision=Deprovision(None)) == []


def test_people_are_looked_up_who_would_leave_a_group_but_never_those_who_are_excluded_or_wanted() -> None:
    people = [person("left", in_scope=False), person("out", excluded="listed"), person("stays"), person("off", in_scope=False)]
    people += [person("none", in_scope=False)]
    accounts = [account(name, group_ids=["g1"]) for name in ("left", "out", "stays")]
    accounts += [account("off", status="inactive", group_ids=["g1"]), account("none")]
    reports = {"deprovision": Deprovision(None), "confirm_members": True}
    assert would_lose(people, accounts, **reports) == ["id-left"]
    assert would_lose(people, accounts, blind=True, **reports) == ["id-left", "id-none"]
    assert would_lose(people, accounts, deprovision=Deprovision(None)) == []
