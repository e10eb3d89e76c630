# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A few of the combinations by real playbooks: site.yml under a fault, and once more without it. TORTURE=1 tries all of them."""

from __future__ import annotations

import re
import shutil
from typing import Any

import pytest
from fixtures import player
from playing import Player

from .company import TODAY, open_company, overnight
from .judge import UGLY, lost
from .plays import undisturbed, yesterday
from .state import different, state_of

__all__ = ["player"]
GROUPS = {"groups": "group_mapping_groups", "default": "license_defaults_default", "rules": "license_defaults_rules"}
MAPPED = ("prune", "deprovision", "protected")
VARIABLES: dict[str, Any] = {
    **{f"attribute_mapping_{name}": TODAY[name] for name in MAPPED},
    **{variable: TODAY[name] for name, variable in GROUPS.items()},
    **{name: value for name, value in TODAY.items() if name.startswith("scope_")},
    "scope_group_settings": TODAY["group_settings"]["settings"],
    "scope_group_name": TODAY["group_settings"]["name"],
}
BUSY = {"code": 429, "message": "Too many requests."}
USERS, MEMBERS = "/admin/directory/v1/users", "/admin/directory/v1/groups/extra@example.com/members"
DENIED = {"error": {"code": 403, "message": "Not Authorized.", "errors": [{"reason": "forbidden"}]}}
FAULTS: dict[str, tuple[dict[str, Any], bool]] = {
    "a creation is made and answered with 401": ({"method": "POST", "path": "/scim2/Users", "status": 401, "handled": True}, True),
    "Google's list of users is {}": ({"method": "GET", "path": USERS, "status": 200, "body": {}, "times": None}, False),
    "Zoom is busy for a moment": ({"path": "/v2/users", "status": 429, "body": BUSY, "headers": {"Retry-After": "1"}}, True),
    "a deletion is made and the line breaks": ({"method": "DELETE", "path": "/v2/users/.*", "drop": "after"}, True),
    "Zoom's groups are answered as HTML": ({"path": "/v2/groups", "status": 200, "body": "<html>", "times": None}, False),
    "Google refuses each new member": ({"method": "POST", "path": MEMBERS, "status": 403, "times": None, "body": DENIED}, False),
}


ALWAYS = 2
TRIED = [pytest.param(what, marks=[pytest.mark.torture] * (number >= ALWAYS)) for number, what in enumerate(FAULTS)]


@pytest.mark.parametrize("what", TRIED)
def test_a_playbook_under_a_fault_ends_well_or_says_why_and_the_next_one_does_the_rest(what: str, player: Player) -> None:
    given, succeeds = FAULTS[what]
    end, box = undisturbed("site")[0], open_company()
    player.boxes.append(box)
    overnight(box)
    shutil.copytree(yesterday("site"), player.folder / "state")
    before = state_of(box)
    fault = box.faults.add(**given)
    faulty = player.play(box, VARIABLES)
    after = state_of(box)
    assert fault.hits
    assert (faulty.status == 0) == succeeds, faulty.output
    assert not lost(before, after) - lost(end.before, end.after)
    if succeeds:
        assert different(after, end.after) == set(), faulty.output
    else:
        assert not UGLY.search(faulty.failure), faulty.failure
        assert re.search("Zoom|Google", faulty.failure)
    box.faults.clear()
    following = player.play(box, VARIABLES)
    assert following.status == 0, following.output
    assert different(state_of(box), end.after) == set(), following.output
