# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an undo makes of invitations, case, emptiness, the owner's attributes and the memberships of accounts that the run made."""

from __future__ import annotations

from typing import Any

import pytest
from playing import SCOPE, Played, Player, account, person, seed
from test_switches import DOMAIN_SCOPES

POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE],
    "group_mapping_groups": [{"name": "Staff", "groups": [SCOPE]}],
}
INVITED = "eve.moss@elsewhere.example"


def first_run(player: Player, **switches: Any) -> Any:
    """Ada's department gets a capital letter, Imogen her first one, the owner another one; Noor gets an account, Eve an invitation."""
    people = [person("ada.byron", department="Sales"), person("imogen.clarke", department="Sales"), person("noor.haddad")]
    people.append({"email": INVITED, "given": "Eve", "family": "Moss"})
    rows = [account("ada.byron", department="sales"), account("imogen.clarke")]
    given = seed(people, {"zoom-users": ["admin", "ada.byron", "imogen.clarke", "noor.haddad", INVITED]}, rows)
    given["google"]["domains"].append("elsewhere.example")
    given["google"]["users"][0]["department"] = "IT"
    given["zoom"]["users"][0]["department"] = "Board"
    given["zoom"]["groups"] = [{"name": "Staff"}]
    box = player.start(given, foreign_domain_create="pending", **switches)
    box.zoom.set_scopes(sorted(box.zoom.scopes - DOMAIN_SCOPES))
    played = player.play(box, {**POLICY, "provisioning_run_id": "first"})
    assert played.status == 0, played.output
    assert departments(box) == ["Sales", "Sales", "IT"]
    assert box.zoom.find(INVITED).status == "pending"
    return box


def departments(box: Any) -> list[str]:
    return [box.zoom.find(f"{name}@example.com").department for name in ("ada.byron", "imogen.clarke", "admin")]


def undo(player: Player, box: Any, *options: str, **more: Any) -> Played:
    return player.play(box, {**POLICY, "undo_run": "first", **more}, *options, playbook="undo")


def about(played: Played) -> dict[str, str]:
    return {row["email"]: row["message"] for row in played.results("zoom_undo")[0]["attention"]}


@pytest.mark.parametrize("empties", ["ignored", "clears"])
def test_an_undo_says_of_each_what_it_did_and_what_is_left(player: Player, empties: str) -> None:
    box = first_run(player, empty_string_in_put=empties)
    check = undo(player, box, "--check")
    real = undo(player, box)
    assert (check.status, real.status) == (0, 0), real.output
    assert departments(box) == ["sales", "Sales" if empties == "ignored" else "", "Board"]
    assert "is an open invitation made by that run; withdraw it" in about(real)[INVITED]
    assert "if Zoom leaves it, empty it in Zoom by hand" in about(check)["imogen.clarke@example.com"]
    assert ("imogen.clarke@example.com" in about(real)) == (empties == "ignored")
    if empties == "ignored":
        assert about(real)["imogen.clarke@example.com"].endswith("does not empty it by API; empty it in Zoom by hand.")
    summary = real.results("zoom_undo")[0]["summary"]
    assert (summary["update"], summary["failed"]) == (2 if empties == "ignored" else 3, 0)


def test_who_was_created_leaves_the_groups_that_the_run_chose(player: Player) -> None:
    box = first_run(player)
    noor = box.zoom.find("noor.haddad@example.com")
    assert noor.group_ids
    played = undo(player, box, undo_creations=True, provisioning_allow_losses=True)
    assert played.status == 0, played.output
    noor = box.zoom.find("noor.haddad@example.com")
    assert (noor.status, noor.group_ids) == ("inactive", [])
    assert all(not row["group_ids"] for row in box.zoom.state()["users"])
