# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role works alone, with the same promises as the whole playbook."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playing import SCOPE, Player, account, kinds, person, seed, written

VARIABLES: dict[str, dict[str, Any]] = {
    "scope": {"scope_group": "new@example.com", "scope_group_members": ["ada.byron@example.com"], "scope_groups": []},
    "attribute_mapping": {"attribute_mapping_prune": True},
    "license_defaults": {"license_defaults_default": "licensed"},
    "group_mapping": {"group_mapping_groups": [{"name": "Staff", "users": ["ada.byron@example.com"]}]},
}


def own(player: Player, **play: Any) -> str:
    """A playbook of one play."""
    path = player.folder / "own.yml"
    python = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    path.write_text(json.dumps([{"hosts": "all", "connection": "local", "gather_facts": False, "vars": python, **play}]))
    return str(path)


@pytest.mark.parametrize("role", VARIABLES)
def test_a_role_alone_announces_does_and_then_changes_nothing(player: Player, role: str) -> None:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.park")]
    box = player.start(seed(people, {"zoom-users": ["ada.byron", "cleo.park"]}, [account("ada.byron"), account("bob.stone")]))
    playbook = own(player, roles=[f"workspace_zoom.provisioning.{role}"])
    variables = {"scope_groups": [SCOPE], **VARIABLES[role]}
    check = player.play(box, variables, "--check", playbook=playbook)
    assert (check.status, box.ledger.writes()) == (0, []), check.output
    real = player.play(box, variables, playbook=playbook)
    assert real.status == 0, real.output
    assert written(box) == kinds(check) != {}
    box.ledger.clear()
    again = player.play(box, variables, playbook=playbook)
    assert (again.status, again.changed, box.ledger.writes()) == (0, 0, []), again.output


def test_a_role_alone_ends_failed_with_the_sentence_of_what_it_could_not_do(player: Player) -> None:
    people, groups = [person("ada.byron"), person("eve.moss")], {"zoom-users": ["ada.byron", "eve.moss"]}
    box = player.start(seed(people, groups, [], foreign_logins=["eve.moss@example.com"]))
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook=own(player, roles=["workspace_zoom.provisioning.attribute_mapping"]))
    assert played.status != 0
    assert played.failure.startswith("eve.moss@example.com: the account was not created")
    assert box.zoom.find("ada.byron@example.com").status == "active"


@pytest.mark.parametrize(
    ("roles", "held"),
    [(["attribute_mapping"], (2, 1)), (["attribute_mapping", "license_defaults"], (1, 2)), ([], (1, 2))],
    ids=["alone", "before the licence phase", "site.yml"],
)
def test_a_licence_is_taken_for_a_new_account_only_where_the_licence_phase_follows(
    player: Player, roles: list[str], held: tuple[int, int]
) -> None:
    people = [person("ada.byron"), person("new.x")]
    accounts, seats = [account("ada.byron", license="licensed")], {"licensed": 2, "basic": 99}  # admin holds the other one
    box = player.start(seed(people, {"zoom-users": ["ada.byron", "new.x"]}, accounts, seats=seats))
    rules = [{"users": ["new.x@example.com"], "license": "licensed"}]
    variables = {"scope_groups": [SCOPE], "license_defaults_default": "basic", "license_defaults_rules": rules}
    playbook = {"playbook": own(player, roles=[f"workspace_zoom.provisioning.{role}" for role in roles])} if roles else {}
    played = player.play(box, variables, **playbook)
    assert played.status == 0, played.output
    assert tuple(box.zoom.find(f"{name}@example.com").license.type for name in ("ada.byron", "new.x")) == held
    assert len(box.ledger.writes()) == (1 if held == (2, 1) else 2), "no licence is set afterwards"


def test_a_playbook_of_ones_own_may_name_every_entry_point_of_the_scope(player: Player) -> None:
    """Some of them are the role run's by now."""
    box = player.start(seed([person("ada.byron"), person("bob.stone")], {"zoom-users": ["ada.byron"]}, []))
    steps = ["validate", "name_run", "read_accounts", "read", "read_google", "write"]
    role = "workspace_zoom.provisioning.scope"
    tasks = [{"name": step, "ansible.builtin.include_role": {"name": role, "tasks_from": step}} for step in steps]
    report = {"name": "Report", "ansible.builtin.debug": {"msg": "{{ provisioning_run.id }} {{ scope_people.summary.wanted }}"}}
    variables = {"scope_group": SCOPE, "scope_group_members": ["bob.stone@example.com"], "provisioning_run_id": "mine"}
    played = player.play(box, variables, playbook=own(player, tasks=[*tasks, report]))
    assert played.status == 0, played.output
    assert [task["result"]["msg"] for task in played.tasks if task["task"] == "Report"] == ["mine 2"]
    assert written(box) == {"google_add": 1}


def test_variables_given_to_a_role_alone_reach_the_roles_that_it_begins_with(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    given = {"role": "workspace_zoom.provisioning.attribute_mapping", "vars": {"scope_groups": [SCOPE]}}
    played = player.play(box, {}, playbook=own(player, roles=[given]))
    assert played.status == 0, played.output
    assert written(box) == {"create": 1}
