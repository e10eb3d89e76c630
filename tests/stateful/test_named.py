# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smallest stories that break a rule: of what is unfinished, they break it; of the rest, they hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playing import SCOPE, account, person, seed

from .events import Event
from .story import Broken, Story, live
from .unfinished import UNFINISHED
from .world import MANAGERS, OUT, World

POLICY: dict[str, Any] = {
    "scope_groups": [SCOPE], "scope_org_units": [], "scope_users": [],
    "scope_exclude_groups": [OUT], "scope_exclude_org_units": [], "scope_exclude_users": [],
    "identity": None,
    "prune": True, "deprovision": {}, "protected": {}, "reactivate": True, "max_deactivations": "10%", "max_leavers": "10%",
    "default": "basic", "rules": [], "fallback": "basic", "reserve": 0, "license_max_removals": "10%",
    "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": True}], "group_max_removals": "10%",
}  # fmt: skip


def story(
    people: list[dict[str, Any]], accounts: list[dict[str, Any]], *events: Event, groups: Mapping[str, list[str]], **more: Any
) -> Story:
    members = {"zoom-users": ["admin"], "team": [], "managers": [], "out": [], **groups}
    given = seed(people, members, accounts)
    given["zoom"]["groups"] = [{"name": "Managers"}]
    given["google"].update(domains=["example.com", "partner.example"], org_units=["/Staff/Lab", "/Temps", "/Gone"])
    return Story(World(given, {**POLICY, **more.pop("policy", {})}, more), events)


ADA = {**person("ada.byron"), "created": "400 days ago"}
OLD = {"created": "2026-01-15T08:00:00Z"}
STORIES = {
    "an exclusive Zoom group keeps a member who is excluded": (
        "nobody excluded is touched",
        story([ADA], [account("ada.byron", groups=["Managers"])], groups={"zoom-users": ["admin", "ada.byron"], "out": ["ada.byron"]}),
    ),
    "a deactivation takes a licence": (
        "the journal tells every difference",
        story([ADA], [account("ada.byron", license="licensed")], groups={}),
    ),
    "a newcomer gets the address of somebody deleted yesterday": (
        "no account older than the Google user",
        story([ADA], [account("ada.byron", **OLD)], Event("address_reused", 0, 0, True), groups={"zoom-users": ["admin", "ada.byron"]}),
    ),
    "Zoom invites who is outside its domains": (
        "who was invited in place",
        story(
            [{**ADA, "email": "ada@partner.example"}],
            [],
            groups={"zoom-users": ["admin", "ada@partner.example"]},
            foreign_domain_create="pending",
        ),
    ),
    "an admin in scope is inactive": (
        "no state of owner or admin",
        story([ADA], [account("ada.byron", status="inactive", role="admin")], groups={"zoom-users": ["admin", "ada.byron"]}),
    ),
    "a leaver with two accounts is deleted": (
        "a second run changes nothing: delete",
        story(
            [{**ADA, "aliases": ["old.ada@example.com"]}],
            [account("ada.byron"), account("old.ada")],
            groups={},
            policy={"deprovision": {"out_of_scope": "delete"}},
        ),
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_rule_that_is_unfinished_is_broken_and_one_that_is_not_holds(name: str) -> None:
    text, told = STORIES[name]
    if text not in UNFINISHED:
        live(told)
        return
    with pytest.raises(Broken) as broken:
        live(told)
    assert f"\n  {text}" in str(broken.value)
