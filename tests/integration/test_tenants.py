# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host is one tenant: side by side, with nothing shared; and an inventory that can't be right is an error."""

from __future__ import annotations

import json

import pytest
from playing import SCOPE, Player, person, seed


def test_two_tenants_run_side_by_side_and_share_nothing(player: Player) -> None:
    boxes = {
        "t1": player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [])),
        "t2": player.start(seed([person("bob.stone")], {"zoom-users": ["bob.stone"]}, [], account_id="SecondAccount0000000000")),
    }
    hosts = {name: box.connections() for name, box in boxes.items()}
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    state = {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}
    played = player.play(None, {**state, "scope_groups": [SCOPE]}, inventory=str(inventory))
    assert played.status == 0, played.output
    assert boxes["t1"].zoom.find("ada.byron@example.com") and not boxes["t1"].zoom.find("bob.stone@example.com")
    assert boxes["t2"].zoom.find("bob.stone@example.com") and not boxes["t2"].zoom.find("ada.byron@example.com")
    snapshots = [(player.folder / "state" / name / "accounts.jsonl").read_text().splitlines()[0] for name in boxes]
    assert len({json.loads(header)["tenant"] for header in snapshots}) == 2


def test_with_two_hosts_each_needs_its_own_connections(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(box, {"scope_groups": [SCOPE]}, inventory="t1,t2,")
    assert "t1, t2" in played.failure
    assert box.ledger.entries == []


def test_two_hosts_with_one_account_id_end_the_run(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": {"t1": box.connections(), "t2": box.connections()}}}))
    played = player.play(None, {"scope_groups": [SCOPE]}, inventory=str(inventory))
    assert "one host is one Zoom account" in played.failure
    assert box.ledger.entries == []


@pytest.mark.parametrize("same", [True, False])
def test_tokens_tell_tenants_apart_as_account_ids_do(player: Player, same: bool) -> None:
    """An AWX credential leaves account_id empty beside a token."""
    boxes = [
        player.start(seed([], {"zoom-users": ["admin"]}, [], scim_token=f"token-of-a-tenant-{number * (not same)}-long-enough"))
        for number in (1, 2)
    ]
    hosts = {}
    for name, box in zip(("t1", "t2"), boxes, strict=True):
        hosts[name] = {**box.connections(), "zoom_connection": {"account_id": "", **box.scim_connection()}}
    inventory = player.folder / "hosts.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
    state = {"provisioning_state_dir": str(player.folder / "state") + "/{{ inventory_hostname }}"}
    played = player.play(None, {**state, "scope_groups": [SCOPE]}, "--check", inventory=str(inventory))
    if same:
        assert "one host is one Zoom account" in played.failure
        assert [box.ledger.entries for box in boxes] == [[], []]
    else:
        assert played.status == 0, played.output


def test_a_no_from_the_command_line_raises_no_fuse(player: Player) -> None:
    """`-e provisioning_allow_losses=no` is a text."""
    names = [f"p{number}.person" for number in range(8)]
    box = player.start(seed([person(name) for name in names], {"zoom-users": names}, []))
    policy = {
        "scope_group": SCOPE,
        "scope_group_members": [f"{names[0]}@example.com"],
        "scope_group_exclusive": True,
        "scope_max_removals": 3,
    }
    played = player.play(box, policy, "--check", "-e", "provisioning_allow_losses=no")
    (result, *_rest) = played.results("google_group_members")
    assert (len(result["withheld"]), result["removed"]) == (1, []), played.output


def test_an_empty_inventory_is_an_error(player: Player) -> None:
    played = player.play(None, {}, inventory="/dev/null")
    assert played.status != 0
    assert "no host to provision" in played.failure


def test_the_installed_playbook_runs_with_nothing_but_environment_variables_and_a_host_name(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="workspace_zoom.provisioning.site")
    assert played.status == 0, played.output
    assert box.zoom.find("ada.byron@example.com").status == "active"


def test_no_secret_reaches_the_output_at_any_verbosity(player: Player) -> None:
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []))
    played = player.play(None, {"scope_groups": [SCOPE], **box.connections()}, "-vvvv", "--diff")
    assert played.status == 0, played.output
    files = [path.read_text(errors="replace") for path in (player.folder / "state").rglob("*") if path.is_file()]
    for text in (played.output, *files):
        assert box.zoom.client_secret not in text
        assert "BEGIN PRIVATE KEY" not in text
        assert "ya29." not in text
