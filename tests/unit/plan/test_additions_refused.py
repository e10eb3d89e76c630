# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom Google did not take into a group: who is in scope by that alone, and what later phases make of them."""

from __future__ import annotations

from typing import Any

import account_plans
import plain_people
import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._directory import DirectoryData
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._nesting import close, parse_pending, without_refused
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import in_scope
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._mapped_groups import parse_groups
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope import Chosen, ScopeAsk, resolve
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._scope_checks import hold_refused
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._zoom_groups import GroupPolicy, plan_zoom_groups
from plain_people import account, person
from planning import actions, facts

SCOPE, RULE, TEAM = "staff@example.com", "rule@example.com", "team@example.com"


def row(name: str, kind: str = "USER") -> dict[str, str]:
    return {"id": f"id-{name}", "email": f"{name}@example.com", "type": kind}


def held(edges: dict[str, Any], *refused: str, group: str = SCOPE) -> tuple[dict[str, str | None], list[Any]]:
    pending = parse_pending([{"group": group, "added": list(refused), "refused": list(refused)}] if refused else [], "pending_changes")
    ask = ScopeAsk(Chosen((SCOPE,)), Chosen(), Chosen((RULE,)), frozenset(), pending)
    data = DirectoryData([person(name) for name in ("ada", "bob", "eve")], [], [], edges)
    people = resolve(ask, data, {name: close(name, edges) for name in ask.named_groups()})
    findings = hold_refused(ask, data, people)
    return {found.email.partition("@")[0]: found.held for found in people}, findings


def test_only_whoever_is_in_scope_by_a_refused_addition_alone_waits() -> None:
    edges = {SCOPE: [row("ada"), row("bob"), row("team", "GROUP")], TEAM: [row("bob"), row("eve")], RULE: []}
    waiting, findings = held(edges, "ada@example.com", "Bob@example.com")
    assert waiting == {"ada": "addition_refused", "bob": None, "eve": None}, "Bob is in the team too"
    assert findings[0].message.startswith("1 person is in scope, or in the group of a rule, only by additions that Google did not make (")
    waiting, _findings = held(edges, TEAM)
    assert waiting == {"ada": None, "bob": None, "eve": "addition_refused"}


def test_a_refused_addition_to_the_group_of_a_rule_gives_nothing() -> None:
    edges = {SCOPE: [row("ada"), row("bob")], RULE: [row("ada")], TEAM: []}
    assert held(edges, "ada@example.com", group=RULE)[0] == {"ada": "addition_refused", "bob": None, "eve": None}


@pytest.mark.parametrize("refused", [(), ("nobody@example.com",)])
def test_where_nobody_waits_nothing_is_said(refused: tuple[str, ...]) -> None:
    edges: dict[str, Any] = {SCOPE: [row("ada")], RULE: []}
    assert held(edges, *refused) == ({"ada": None, "bob": None, "eve": None}, [])


def test_what_was_not_refused_stays_in_each_group() -> None:
    pending = parse_pending([{"group": SCOPE, "added": ["ada@example.com"]}], "pending_changes")
    assert without_refused({SCOPE: [row("ada")], RULE: []}, pending) == {SCOPE: [row("ada")], RULE: []}


def test_whoever_waits_gets_no_account_and_keeps_the_one_they_have_as_it_is() -> None:
    waiting = account_plans.person("ada", held="addition_refused")
    assert actions(account_plans.plan([waiting], [])) == []
    found = account_plans.plan([waiting], [account_plans.account("ada", status="inactive", first_name="Adah")])
    assert actions(found) == []
    assert set(found.skip.values()) == {"addition_refused"}


def test_whoever_waits_keeps_the_licence_and_the_groups_they_have() -> None:
    for group_ids in ([], ["g1"]):
        waiting = plain_people.person("ada", held="addition_refused", groups=[RULE])
        people, tenant, matches = facts([waiting], [account("ada", group_ids=group_ids)], groups={"g1": "One"})
        assert list(in_scope(people, matches)) == []
        mapped = parse_groups([{"name": "One", "groups": [RULE] if not group_ids else [SCOPE], "exclusive": True}], "groups")
        assert plan_zoom_groups(people, tenant, matches, GroupPolicy(mapped, parse_limit("100%", "max_removals"))).changes == []
