# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scopes that the threat model says can be left out, left out: the run does what it still can, and says what it can't."""

from __future__ import annotations

import re
from pathlib import Path

from playing import Player, account, person, seed

PAGE = (Path(__file__).parents[2] / "docs" / "threat-model.md").read_text()


def section(side: str) -> str:
    return PAGE.split(f"### {side}: scopes that you can leave out")[1].split("\n#")[0]


def needed(side: str) -> list[str]:
    return re.findall(r"`([\w.:]+)`", section(side).split("Always needed")[1].split("\n\n")[0])


def optional(side: str) -> list[str]:
    return [scope for row in re.findall(r"^\| (`.*?) \|", section(side), re.MULTILINE) for scope in re.findall(r"`([\w.:]+)`", row)]


def test_the_page_names_every_scope_that_the_app_can_have(player: Player) -> None:
    box = player.start(seed([], {}, []))
    unused = {"user:update:status:admin", "group:read:group:admin"}  # this collection asks for neither
    granular = {scope for scope in box.zoom.scopes if scope.count(":") == 3 or scope == "scim2:admin"}
    assert {*needed("Zoom"), *optional("Zoom")} == granular - unused
    assert {*needed("Google"), *optional("Google")} <= {scope.rpartition("/")[2] for scope in box.google.scopes}


def test_accounts_are_kept_with_nothing_but_the_scopes_that_are_always_needed(player: Player) -> None:
    people = [person("ada.byron"), person("bob.stone"), person("cleo.ray", aliases=["cleo.park@example.com"])]
    accounts = [account("bob.stone", last_name="Former"), account("cleo.park"), account("dan.gone")]
    box = player.start(seed([*people, person("dan.gone")], {"zoom-users": ["ada.byron", "bob.stone", "cleo.ray"]}, accounts))
    box.zoom.set_scopes(needed("Zoom"))
    box.google.set_scopes([f"https://www.googleapis.com/auth/{scope}" for scope in needed("Google")])

    played = player.play(box, {"scope_groups": ["zoom-users@example.com"], "attribute_mapping_prune": True})

    made = {(row["action"], row["email"]) for row in played.changes() if row["changed"]}
    assert made >= {("create", "ada.byron@example.com"), ("update", "bob.stone@example.com"), ("deactivate", "dan.gone@example.com")}
    # the rename alone is refused, names the scope, and leaves the account as it is
    assert "user:update:email:admin" in played.output
    assert [row["email"] for row in box.zoom.state()["users"] if row["email"].startswith("cleo")] == ["cleo.park@example.com"]
    assert not any(row["email"] == "cleo.ray@example.com" for row in box.zoom.state()["users"])
