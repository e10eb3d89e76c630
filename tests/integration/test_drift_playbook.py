# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nightly check: the plan of site.yml, without a write whatever it is called with, and a status by policy."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from playing import ROOT, SCOPE, Player, account, person, reported_changes, seed

RULES = {
    "scope_group": SCOPE,
    "scope_group_members": ["ada.byron@example.com"],
    "attribute_mapping_prune": True,
    "license_defaults_default": "basic",
}


def world(*accounts: dict[str, Any]) -> dict[str, Any]:
    return seed([person("ada.byron"), person("bob.stone")], {"zoom-users": ["ada.byron"]}, list(accounts))


def imported(playbook: str) -> list[str]:
    plays = yaml.safe_load((ROOT / "playbooks" / f"{playbook}.yml").read_text())
    tasks = [inner for task in plays[1]["tasks"] for inner in task.get("block", [task])]
    return [task["ansible.builtin.import_tasks"] for task in tasks if "ansible.builtin.import_tasks" in task]


def test_drift_has_the_phases_of_the_site() -> None:
    assert imported("drift")[0] == imported("site")[0] == "tasks/phases.yml"


def test_drift_plans_what_the_site_would_do_and_writes_nothing_whatever_it_is_called_with(player: Player) -> None:
    box = player.start(world(account("ada.byron", department="Old"), account("bob.stone", license="licensed")))
    check = player.play(box, RULES, "--check")
    box.ledger.clear()
    drift = player.play(box, {**RULES, "ansible_check_mode": False, "provisioning_allow_losses": True}, playbook="drift")
    assert box.ledger.writes() == []
    assert reported_changes(drift) == reported_changes(check) != {}
    assert drift.status == 2
    assert "t1 is not as its policy says" in drift.failure


# what the world holds, then which of the values of drift_fails_on end failed and which do not
STATES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], dict[str, bool]]] = {
    "nothing to do": ([account("ada.byron")], {}, {"any": False}),
    "a gain": ([], {}, {"any": True, "losses": False}),
    "a loss": ([account("ada.byron"), account("bob.stone")], {}, {"losses": True, "problems": False}),
    "a problem": (
        [account("ada.byron"), account("bob.stone")],
        {"attribute_mapping_max_deactivations": 0},
        {"problems": True, "never": False},
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_the_status_follows_the_policy(player: Player, state: str) -> None:
    accounts, more, expected = STATES[state]
    box = player.start(world(*accounts))
    for kind, fails in expected.items():
        drift = player.play(box, {**RULES, **more, "drift_fails_on": kind}, playbook="drift")
        assert (drift.status == 2) == fails, (kind, drift.output)
    assert box.ledger.writes() == []


def test_a_tenant_that_can_not_be_read_fails_always(player: Player) -> None:
    box = player.start(world())
    drift = player.play(
        box, {**RULES, "drift_fails_on": "never"}, playbook="drift", env={"ZOOM_CLIENT_SECRET": "a-wrong-secret-of-some-length"}
    )
    assert drift.status == 2
    assert "client_secret" in drift.failure


def test_an_unknown_policy_is_named_before_anything_is_read(player: Player) -> None:
    box = player.start(world())
    drift = player.play(box, {**RULES, "drift_fails_on": "sometimes"}, playbook="drift")
    assert "drift_fails_on is sometimes" in drift.failure
    assert box.ledger.entries == []


def test_a_real_run_under_way_keeps_its_snapshots(player: Player) -> None:
    box = player.start(world())
    player.play(box, RULES, playbook="drift")
    found = sorted(str(path.relative_to(player.folder)) for path in (player.folder / "state").rglob("*.jsonl"))
    assert [path for path in found if not path.startswith("state/drift/")] == []
    assert "state/drift/changes/accounts.jsonl" in found


@pytest.mark.parametrize("playbook", ["drift", "preflight"])
def test_paths_in_the_inventory_stay_those_of_the_site(player: Player, playbook: str) -> None:
    """Variables of a play would beat them: memory and journal are the host's own, the files of a comparison never are."""
    box = player.start(world(account("ada.byron")))
    own = {name: str(player.folder / name) for name in ("memory_path", "accounts_path", "people_path", "changes_dir", "journal_dir")}
    inventory = player.folder / "company.yml"
    inventory.write_text(yaml.safe_dump({"all": {"hosts": {"t1": {f"provisioning_{name}": path for name, path in own.items()}}}}))
    played = player.play(box, RULES, playbook=playbook, inventory=str(inventory))
    assert played.status == 0, played.output
    named = [task["result"] for task in played.tasks if task["task"].endswith("Name this run and its files")]
    run = named[0]["ansible_facts"]["provisioning_run"]
    assert {name: run[name] for name in ("memory_path", "journal_dir")} == {name: own[name] for name in ("memory_path", "journal_dir")}
    for name in ("accounts_path", "people_path", "changes_dir"):
        assert run[name].startswith(str(player.folder / "state" / playbook)), name
