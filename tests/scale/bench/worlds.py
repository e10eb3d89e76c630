# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Companies of any size as seeds, and the policy that all scenarios run with."""

from __future__ import annotations

from typing import Any

TEAMS = 10
DOMAIN = "example.com"
SCOPE = f"zoom-users@{DOMAIN}"
ADMIN = f"admin@{DOMAIN}"
RULES = {"license_defaults_default": "basic", "license_defaults_rules": [{"groups": [f"team1@{DOMAIN}"], "license": "licensed"}]}
POLICY = {
    **RULES,
    "attribute_mapping_prune": True,
    "group_mapping_groups": [{"name": "Team 2", "groups": [f"team2@{DOMAIN}"]}],
    "scope_group": SCOPE,
}
# The scope's group is kept by hand, and not by the run itself: one read less.
SCOPE_BY_HAND = {**{name: value for name, value in POLICY.items() if name != "scope_group"}, "scope_groups": [SCOPE]}
ACCOUNTS_ONLY = {"scope_org_units": ["/Staff"], "attribute_mapping_prune": True}


def address(number: int) -> str:
    return f"p{number:06d}.worker@{DOMAIN}"


def person(number: int) -> dict[str, Any]:
    row = {"email": address(number), "given": f"P{number:06d}", "family": "Worker"}
    return {**row, "department": "Sales", "org_unit": "/Staff"}


def account(number: int, teams: int = TEAMS) -> dict[str, Any]:
    """As the policy leaves it."""
    first, team = f"P{number:06d}", number % teams
    name = {"first_name": first, "last_name": "Worker", "display_name": f"{first} Worker"}
    license, groups = "licensed" if team == 1 else "basic", ["Team 2"] if team == 2 else []
    return {"email": address(number), **name, "license": license, "department": "Sales", "groups": groups}


def company(people: int, *, known: bool, directory: int | None = None, teams: int = TEAMS, tenant: int = 1) -> dict[str, Any]:
    """`people` are in scope, in so many teams, of a directory that may be larger; `known`: their accounts are as they should be."""
    groups = {f"team{number}@{DOMAIN}": [address(each) for each in range(number, people, teams)] for number in range(teams)}
    admin = {"email": ADMIN, "given": "Admin", "family": "Istrator", "admin": True}
    owner = {"email": ADMIN, "first_name": "Admin", "last_name": "Istrator", "role": "owner", "license": "licensed"}
    return {
        "google": {
            "customer": f"C{tenant:08d}",
            "domains": [DOMAIN],
            "admin": ADMIN,
            "org_units": ["/Staff"],
            "users": [admin, *(person(number) for number in range(directory or people))],
            "groups": [
                {"email": SCOPE, "members": list(groups)},
                *({"email": name, "members": members} for name, members in groups.items()),
            ],
        },
        "zoom": {
            "plan": "business",
            "account_id": f"benchAccount{tenant:04d}",
            "managed_domains": [DOMAIN],
            "seats": {"licensed": people + 100, "basic": 2 * people + 100},
            "users": [owner, *(account(number, teams) for number in range(people) if known)],
            "groups": [{"name": "Team 2"}],
        },
    }


def many_groups(count: int) -> dict[str, Any]:
    """The policy with as many mapped Zoom groups as there are teams."""
    return {"group_mapping_groups": [{"name": f"Team {number}", "groups": [f"team{number}@{DOMAIN}"]} for number in range(count)]}
