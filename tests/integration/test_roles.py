# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role works alone, with the same promises as the whole playbook."""

from __future__ import annotations

from typing import Any

import pytest
from playing import SCOPE, Player, account, kinds, person, seed, written

VARIABLES: dict[str, dict[str, Any]] = {
    "scope": {"scope_group": "new@example.com", "scope_group_members": ["ada.byron@example.com"], "scope_groups": []},
    "attribute_mapping": {"attribute_mapping_prune": True},
    "license_defaults": {"license_defaults_default": "licensed"},
    "group_mapping": {"group_mapping_groups": [{"name": "Staff", "users": ["ada.byron@example.com"]}]},
}


@pytest.mark.parametrize("role", VARIABLES)
def test_a_role_alone_announces_does_and_then_changes_nothing(player: Player, role: str) -> None:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.park")]
    box = player.start(seed(people, {"zoom-users": ["ada.byron", "cleo.park"]}, [account("ada.byron"), account("bob.stone")]))
    playbook = player.folder / "alone.yml"
    playbook.write_text(
        "- hosts: all\n  connection: local\n  gather_facts: false\n"
        "  vars: {ansible_python_interpreter: '{{ ansible_playbook_python }}'}\n"
        f"  roles: [workspace_zoom.provisioning.{role}]\n"
    )
    variables = {"scope_groups": [SCOPE], **VARIABLES[role]}
    check = player.play(box, variables, "--check", playbook=str(playbook))
    assert (check.status, box.ledger.writes()) == (0, []), check.output
    real = player.play(box, variables, playbook=str(playbook))
    assert real.status == 0, real.output
    assert written(box) == kinds(check) != {}
    box.ledger.clear()
    again = player.play(box, variables, playbook=str(playbook))
    assert (again.status, again.changed, box.ledger.writes()) == (0, 0, []), again.output


def test_a_role_alone_ends_failed_with_the_sentence_of_what_it_could_not_do(player: Player) -> None:
    people, groups = [person("ada.byron"), person("eve.moss")], {"zoom-users": ["ada.byron", "eve.moss"]}
    box = player.start(seed(people, groups, [], foreign_logins=["eve.moss@example.com"]))
    playbook = player.folder / "alone.yml"
    playbook.write_text(
        "- hosts: all\n  connection: local\n  gather_facts: false\n"
        "  vars: {ansible_python_interpreter: '{{ ansible_playbook_python }}'}\n"
        "  roles: [workspace_zoom.provisioning.attribute_mapping]\n"
    )
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook=str(playbook))
    assert played.status != 0
    assert played.failure.startswith("eve.moss@example.com: create refused")
    assert box.zoom.find("ada.byron@example.com").status == "active"
