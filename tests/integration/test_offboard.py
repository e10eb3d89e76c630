# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Immediate access removal, through playbooks/offboard.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed, written

HOLD = "hold@example.com"
POLICY: dict[str, Any] = {"scope_groups": [SCOPE], "scope_exclude_groups": [HOLD], "attribute_mapping_prune": True}
NAMES = ["ada.byron", "bob.stone", "cleo.park"]
GROUPS = {"zoom-users": NAMES, "hold": []}


def company(player: Player, **more: Any) -> Any:
    rows = [account(name, license="licensed") for name in NAMES]
    return player.start(seed([person(name) for name in NAMES], {**GROUPS, **more.pop("groups", {})}, [*rows, *more.pop("accounts", [])]))


def test_a_named_person_in_scope_loses_login_and_account_and_stays_out(player: Player) -> None:
    box = company(player)
    variables = {**POLICY, "offboard_users": "Ada.Byron@example.com\n", "offboard_hold_group": HOLD}
    check = player.play(box, variables, "--check", "--diff", playbook="offboard")
    assert (check.status, written(box)) == (0, {}), check.output
    real = player.play(box, variables, "--diff", playbook="offboard")
    assert real.status == 0, real.output
    assert written(box) == {"revoke": 1, "status": 1, "google_add": 1}
    ada = box.zoom.find("ada.byron@example.com")
    assert (ada.status, ada.sso_revocations) == ("inactive", 1)
    box.ledger.clear()
    again = player.play(box, variables, playbook="offboard")
    assert (again.status, again.changed, written(box)) == (0, 0, {}), again.output
    site = player.play(box, POLICY)
    assert (site.status, box.zoom.find("ada.byron@example.com").status) == (0, "inactive"), site.output


def test_without_a_hold_group_whoever_is_in_scope_is_refused_and_nobody_is_touched(player: Player) -> None:
    box = company(player)
    box.google.remove_member(SCOPE, "bob.stone@example.com")
    users = ["ada.byron@example.com", "bob.stone@example.com"]
    played = player.play(box, {**POLICY, "offboard_users": users}, playbook="offboard")
    assert played.status != 0
    assert "ada.byron@example.com: still in scope" in played.failure
    assert "offboard_hold_group" in played.failure
    assert written(box) == {}


def test_a_hold_group_that_the_scope_does_not_exclude_is_refused(player: Player) -> None:
    box = company(player)
    variables = {**POLICY, "offboard_users": ["ada.byron@example.com"], "offboard_hold_group": SCOPE}
    played = player.play(box, variables, playbook="offboard")
    assert (played.status != 0, written(box)) == (True, {})
    assert f"{SCOPE} is not among scope_exclude_groups" in played.failure


def test_an_admin_is_refused_with_the_demotion_that_comes_first_and_the_others_are_done(player: Player) -> None:
    box = company(player, groups={"zoom-users": []}, accounts=[account("root.admin", role="admin")])
    box.google.add_member(SCOPE, "cleo.park@example.com")
    users = ["root.admin@example.com", "bob.stone@example.com", "nobody.here@example.com"]
    played = player.play(box, {**POLICY, "offboard_users": users}, playbook="offboard")
    assert "take the role away in Zoom first" in played.failure
    assert "nobody.here@example.com is no user in Google, deleted users included, and no Zoom account has the address" in played.failure
    assert box.zoom.find("bob.stone@example.com").status == "inactive"
    assert box.zoom.find("root.admin@example.com").status == "active"


def test_data_goes_to_an_heir_with_a_deletion_and_with_a_deactivation(player: Player) -> None:
    box = company(player, groups={"zoom-users": ["cleo.park"]})
    heir = {"offboard_transfer_to": "cleo.park@example.com"}
    bob = {**POLICY, **heir, "offboard_users": ["bob.stone@example.com"], "offboard_action": "delete", "offboard_transfer": ["meeting"]}
    played = player.play(box, bob, playbook="offboard")
    assert played.status == 0, played.output
    (sent,) = [entry for entry in box.ledger.writes() if entry["method"] == "DELETE" and not entry["path"].endswith("/token")]
    assert sent["query"] == {"action": ["delete"], "transfer_email": ["cleo.park@example.com"], "transfer_meeting": ["true"]}
    ada = {**POLICY, **heir, "offboard_users": ["ada.byron@example.com"]}
    assert player.play(box, ada, playbook="offboard").status == 0
    assert box.zoom.find("bob.stone@example.com") is None
    assert box.zoom.find("ada.byron@example.com").status == "inactive"


def test_a_login_that_can_not_be_revoked_does_not_keep_the_account_alive(player: Player) -> None:
    box = company(player, groups={"zoom-users": ["cleo.park"]})
    box.zoom.set_scopes(sorted(box.zoom.scopes - {"user:delete:token:admin", "user:write:admin"}))
    played = player.play(box, {**POLICY, "offboard_users": ["bob.stone@example.com"]}, playbook="offboard")
    assert "bob.stone@example.com: the logins were not revoked" in played.failure
    assert "user:delete:token:admin" in played.failure
    assert box.zoom.find("bob.stone@example.com").status == "inactive"


def test_an_invitation_is_withdrawn_and_google_need_not_answer_if_asked_for(player: Player) -> None:
    box = company(player, accounts=[account("new.face", status="pending")])
    box.google.set_scopes([])
    variables = {**POLICY, "offboard_users": ["new.face@example.com", "ada.byron@example.com"], "offboard_ignore_scope": True}
    played = player.play(box, variables, playbook="offboard")
    assert played.status == 0, played.output
    assert box.zoom.find("new.face@example.com") is None
    assert box.zoom.find("ada.byron@example.com").status == "inactive"


def snapshots(box: Any, folder: Path) -> dict[str, str]:
    paths = {name: str(folder / name) for name in ("accounts_path", "people_path")}
    call("zoom_user_info", box, dest=paths["accounts_path"], run_id="r")
    call("google_scope_info", box, groups=[SCOPE], accounts_path=paths["accounts_path"], dest=paths["people_path"], run_id="r")
    return {**paths, "run_id": "r"}


@pytest.mark.parametrize("check", [True, False])
def test_a_mistyped_address_fails_and_the_others_are_done(player: Player, check: bool) -> None:
    """Whoever was meant keeps access: that is no success."""
    box = company(player, groups={"zoom-users": ["cleo.park"]})
    users = ["ada.byrn@example.com", "bob.stone@example.com"]
    done = call("zoom_offboard", box, check=check, users=users, **snapshots(box, player.folder))
    assert (done["failed"], done["partial"], [row["email"] for row in done["failed_items"]]) == (True, True, users[:1])
    assert done["failed_items"][0]["message"].endswith("correct the address in offboard_users and run again, or take it out.")
    assert [row["email"] for row in done["changes"]] == users[1:] * 2


@pytest.mark.parametrize("deleted", [False, True])
def test_whoever_google_knows_and_who_has_no_account_is_no_failure(player: Player, deleted: bool) -> None:
    box = company(player, groups={"zoom-users": ["cleo.park"]})
    box.google.add_user("dora.king@example.com", given="Dora", family="King")
    if deleted:
        box.google.delete("dora.king@example.com")
    done = call("zoom_offboard", box, users=["dora.king@example.com"], **snapshots(box, player.folder))
    assert (done["failed"], [row["reason"] for row in done["attention"]]) == (False, ["offboard_nobody"]), done


def test_where_google_was_not_read_an_address_of_no_account_fails_too(player: Player) -> None:
    box = company(player)
    done = call("zoom_offboard", box, users=["ada.byrn@example.com"])
    assert "ada.byrn@example.com is no Zoom account's address, and Google was not read to find out whose it is" in done["msg"]


@pytest.mark.parametrize(("action", "status"), [("deactivate", "inactive"), ("disassociate", "active"), ("delete", "active")])
def test_a_scim_token_alone_deactivates_and_does_nothing_else(player: Player, action: str, status: str) -> None:
    """As docs/running-in-awx.md has it: Zoom's SCIM neither deletes nor disassociates in a way that can be chosen."""
    box = company(player)
    done = call("zoom_offboard", box, users=["bob.stone@example.com"], action=action, connection=box.scim_connection())
    assert "a SCIM access_token can't use; give account_id, client_id and client_secret instead" in done["msg"]
    assert box.zoom.find("bob.stone@example.com").status == status
