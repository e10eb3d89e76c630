# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One small company, the day after a run that left nothing to do: in the meantime every kind of change has become due."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from playing import SCOPE, account, person, seed
from sandbox import Sandbox
from stateful.test_named import POLICY

EXTRA, MANAGERS, OUT = "extra@example.com", "managers@example.com", "out@example.com"
NAMES = ["ada.byron", "bob.stone", "cleo.park", "dora.king", "fay.lund", "gus.ray", "hal.kim", "ina.wood", "jon.ash"]
STRANGER = "lea.out@partner.example"  # of a domain that Zoom does not manage, so that it can let her go
CREATED = "2026-01-15T08:00:00Z"
PAID = ("fay.lund", "ina.wood")
QUIET = {"rate_limits": False, "google_quota": None, "lock_ms": 0}
PAGES = {"page_size": 3, "google_page_size": 3}

YESTERDAY: dict[str, Any] = {
    **POLICY,
    "scope_org_units": ["/Staff"],
    "deprovision": {"unknown": "deactivate", "deleted": "delete", "out_of_scope": "deactivate"},
    "rules": [{"groups": [MANAGERS], "license": "licensed"}],
    "groups": [{"name": "Managers", "groups": [MANAGERS], "exclusive": True}, {"name": "Everybody", "groups": [SCOPE]}],
    "protected": {"users": ["admin@example.com"]},  # SCIM shows no roles
    "scope_group": EXTRA,
    "scope_group_members": [{"email": "jon.ash@example.com", "role": "MANAGER"}],
    "scope_group_exclusive": True,
    "scope_max_removals": 10,
    "group_settings": {"name": "Extra", "settings": {"whoCanJoin": "INVITED_CAN_JOIN"}},
}  # fmt: skip
TODAY: dict[str, Any] = {
    **YESTERDAY,
    "groups": [
        *YESTERDAY["groups"],
        {"name": "Crew", "previous_names": ["Team"], "groups": [MANAGERS]},
        {"name": "Old", "state": "absent"},
        {"name": "Fresh", "groups": [MANAGERS]},
    ],
    "scope_group_members": [
        {"email": "jon.ash@example.com", "role": "OWNER"},
        {"email": "cleo.park@example.com", "role": "MEMBER"},
        {"email": MANAGERS, "role": "MEMBER"},
    ],
    "group_settings": {"name": "More", "settings": {"whoCanJoin": "CAN_REQUEST_TO_JOIN"}},
}


def _company() -> dict[str, Any]:
    people = [{**person(name), "suspended": name == "gus.ray"} for name in NAMES]
    accounts = [
        account(
            name,
            id=f"z-{name}",
            created=CREATED,
            status="inactive" if name == "gus.ray" else "active",
            license="licensed" if name in PAID else "basic",
            groups=[] if name == "gus.ray" else ["Everybody", *(["Managers"] if name in PAID else [])],
        )
        for name in NAMES
    ]
    groups = {"zoom-users": ["admin", *NAMES], "managers": list(PAID), "out": [], "spare": []}
    given = seed(people, groups, accounts)
    given["google"]["org_units"] = ["/Staff"]
    given["google"]["groups"].append(
        {"email": EXTRA, "name": "Extra", "managers": ["jon.ash@example.com"], "settings": {"whoCanJoin": "INVITED_CAN_JOIN"}}
    )
    given["zoom"]["groups"] = [{"name": "Managers"}, {"name": "Everybody"}, {"name": "Team"}]
    given["zoom"]["seats"] = {"licensed": 6, "basic": 99}
    for row in given["zoom"]["users"]:
        if row["email"] == "admin@example.com":
            row.update(groups=["Everybody"], id="z-admin", created=CREATED)
    return given


COMPANY = _company()


def open_company(**switches: Any) -> Sandbox:
    return Sandbox.start(deepcopy(COMPANY), {**QUIET, **PAGES, **switches})


def overnight(box: Sandbox) -> None:
    """Who is renamed, leaves, is promoted, marries, comes, steps down, is back, is deleted; two strangers; and a group by hand."""
    google, zoom = box.google, box.zoom
    google.rename("ada.byron@example.com", "ada.hill@example.com")
    google.remove_member(SCOPE, "bob.stone@example.com")
    google.add_member(MANAGERS, "cleo.park@example.com")
    google.set_name("dora.king@example.com", "Dora", "Prince")
    google.add_user("eve.moss@example.com", given="Eve", family="Moss")
    google.add_member(SCOPE, "eve.moss@example.com")
    google.remove_member(MANAGERS, "fay.lund@example.com")
    google.suspend("gus.ray@example.com", False)
    google.delete("hal.kim@example.com")
    zoom.add_user("kay.odd@example.com", id="z-kay.odd", first_name="Kay", last_name="Odd", created=CREATED)
    zoom.add_user(STRANGER, id="z-lea.out", first_name="Lea", last_name="Out", created=CREATED)
    google.add_member(EXTRA, OUT)
    zoom.add_group("Old", ["jon.ash@example.com"])
