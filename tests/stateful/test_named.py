# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest stories that once broke a rule, by what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playing import SCOPE, account, person, seed

from .events import Event
from .story import Story, live
from .world import BUNDLE, MANAGERS, OUT, World

POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE], "scope_org_units": [], "scope_users": [],
    "scope_exclude_groups": [OUT], "scope_exclude_org_units": [], "scope_exclude_users": [],
    "identity": None,
    "prune": True, "deprovision": {}, "protected": {}, "reactivate": True,
    "max_deactivations": "10%", "max_leavers": "10%", "max_renames": "10%", "max_updates": "25%", "max_creations": "25%",
    "default": "basic", "rules": [], "fallback": "basic", "reserve": 0, "license_max_removals": "10%",
    "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": True}], "group_max_removals": "10%",
}  # fmt: skip


def story(
    people: list[dict[str, Any]], accounts: list[dict[str, Any]], *events: Event, groups: Mapping[str, list[str]], **more: Any
) -> Story:
    members = {"zoom-users": ["admin"], "team": [], "managers": [], "out": [], **groups}
    given = seed(people, members, accounts)
    given["zoom"]["groups"] = [{"name": "Managers"}]
    given["zoom"]["seats"] = more.pop("seats", given["zoom"].get("seats"))
    given["google"].update(domains=["example.com", "partner.example"], org_units=["/Staff/Lab", "/Temps", "/Gone"])
    return Story(World(given, {**POLICY, **more.pop("policy", {})}, more), events)


ADA = {**person("ada.byron"), "created": "400 days ago"}
BOB = {**ADA, "email": "bob.stone@example.com", "given": "Bob", "family": "Stone"}
OLD = {"created": "2026-01-15T08:00:00Z"}
STORIES = {
    "an exclusive Zoom group keeps a member who is excluded": story(
        [ADA], [account("ada.byron", groups=["Managers"])], groups={"zoom-users": ["admin", "ada.byron"], "out": ["ada.byron"]}
    ),
    "an exclusive Zoom group keeps the second account of somebody who is excluded": story(
        [{**ADA, "aliases": ["old.ada@example.com"]}],
        [account("ada.byron"), account("old.ada", groups=["Managers"])],
        groups={"zoom-users": ["admin", "ada.byron"], "out": ["ada.byron"]},
    ),
    "a deactivation takes a licence": story([ADA], [account("ada.byron", license="licensed")], groups={}),
    "a newcomer gets the address of somebody deleted yesterday": story(
        [ADA], [account("ada.byron", **OLD)], Event("address_reused", 0, 0, True), groups={"zoom-users": ["admin", "ada.byron"]}
    ),
    "Zoom invites who is outside its domains": story(
        [{**ADA, "email": "ada@partner.example"}],
        [],
        groups={"zoom-users": ["admin", "ada@partner.example"]},
        foreign_domain_create="pending",
    ),
    "Zoom refuses a bundle to a new account, and does not report how many it has": story(
        [ADA],
        [],
        groups={"zoom-users": ["admin", "ada.byron"], "managers": ["ada.byron"]},
        policy={"rules": [{"groups": [MANAGERS], "license": {"zoom_one_type": BUNDLE}}]},
        seats={"licensed": 5, "zoom_one_type": {BUNDLE: 0}},
        plans_usage="forbidden",
    ),
    "Zoom invites whom it said that it had created, and who was to get a licence and a group": story(
        [ADA],
        [],
        groups={"zoom-users": ["admin", "ada.byron"], "managers": ["ada.byron"]},
        policy={"default": "unassigned"},
        create_answer="pending",
    ),
    "Zoom answers a creation with a blank id": story(
        [ADA],
        [],
        groups={"zoom-users": ["admin", "ada.byron"], "managers": ["ada.byron"]},
        policy={"default": "unassigned"},
        create_answer="no_id",
    ),
    "Zoom says that it made an account, and did not": story(
        [ADA], [], groups={"zoom-users": ["admin", "ada.byron"], "managers": ["ada.byron"]}, create_answer="missing"
    ),
    "there is no room for another Basic user, as which who is to be unassigned would have been made": story(
        [ADA],
        [account("stranger.one", **OLD)],
        groups={"zoom-users": ["admin", "ada.byron"]},
        policy={"default": "unassigned"},
        seats={"licensed": 5, "basic": 1, "unassigned": 5},
    ),
    "a new account comes out with another licence": story(
        [ADA], [], groups={"zoom-users": ["admin", "ada.byron"]}, policy={"default": "licensed"}, create_answer="other_type"
    ),
    "the licence policy lowers a Zoom Room": story(
        [ADA], [account("ada.byron", room=True, license="licensed")], groups={"zoom-users": ["admin", "ada.byron"]}
    ),
    "a bundle is switched off before an account loses its licence": story(
        [ADA],
        [account("ada.byron", license={"zoom_one_type": BUNDLE})],
        groups={"zoom-users": ["admin", "ada.byron"]},
        policy={
            "default": "unassigned",
            "rules": [{"groups": [MANAGERS], "license": {"zoom_one_type": BUNDLE}}],
            "license_max_removals": "100%",
        },
        seats={"licensed": 5, "zoom_one_type": {BUNDLE: 1}},
    ),
    "an admin in scope is inactive": story(
        [ADA], [account("ada.byron", status="inactive", role="admin")], groups={"zoom-users": ["admin", "ada.byron"]}
    ),
    "a leaver with two accounts is deleted": story(
        [{**ADA, "aliases": ["old.ada@example.com"]}],
        [account("ada.byron"), account("old.ada")],
        groups={},
        policy={"deprovision": {"out_of_scope": "delete"}},
    ),
    "an anchored account is renamed though the alias is gone, and a newcomer gets the former address": story(
        [ADA],
        [account("ada.byron")],
        Event("renamed", 0, 0, False),
        Event("alias_reused", 0, 0, True),
        groups={"zoom-users": ["admin", "ada.byron"]},
        policy={"identity": "employeeNumber"},
    ),
    "a rename whose alias is removed keeps the account by the last run alone": story(
        [ADA], [account("ada.byron")], Event("renamed", 0, 0, True), groups={"zoom-users": ["admin", "ada.byron"]}
    ),
    "an alias that is given to somebody else takes nobody's account along": story(
        [ADA, BOB],
        [account("ada.byron"), account("bob.stone")],
        Event("passed_on", 4, 1, False),
        groups={"zoom-users": ["admin", "ada.byron", "bob.stone"]},
    ),
    "a newcomer on an old address gets an account of their own by the last run alone": story(
        [ADA], [account("ada.byron")], Event("passed_on", 0, 0, True), groups={"zoom-users": ["admin", "ada.byron"]}
    ),
    "HR's number takes the place of the anchor in one of somebody's two accounts": story(
        [ADA],
        [account("ada.byron"), account("stranger.one", status="inactive")],
        Event("alias_added", 0, 0, True),
        Event("zoom_numbered", 0, 0, True),
        groups={"zoom-users": ["admin", "ada.byron"], "managers": ["ada.byron"]},
        policy={"identity": "employeeNumber"},
    ),
    "a number of HR's own is in the account of somebody in scope": story(
        [ADA],
        [account("ada.byron", employee_number="E-1", employee_unique_id="E-1")],
        groups={"zoom-users": ["admin", "ada.byron"]},
        policy={"identity": "employeeNumber"},
    ),
    "Google shows who is deleted, and loses the newcomer at their address between two pages": story(
        [{**ADA, "email": f"{name}@example.com", "given": name, "family": "Stone"} for name in ("ada", "bob", "cleo", "jo")],
        [account("jo", **OLD)],
        Event("address_reused", 3, 0, True),
        groups={"zoom-users": ["admin", "jo"]},
        policy={"confirm_limit": 0, "deprovision": {"deleted": "report"}},
        google_page_defect="shifted",
        google_page_size=4,
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_that_once_broke_a_rule_holds_all_of_them(name: str) -> None:
    live(STORIES[name])
