# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Companies whose policies are mutated: the demo's, and random worlds, in half of which more people work than a limit's floor lets go."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from playing import account, person
from stateful.story import drawn
from stateful.test_named import POLICY
from stateful.world import DOMAIN, GONE, LAB, MANAGERS, OUT, SCOPE, TEAM, TEMPS, worlds

from .changes import Surroundings

DEMO = Path(__file__).parents[2] / "extensions" / "demo" / "policy.yml"
COMPANY = Path(__file__).parents[2] / "extensions" / "sandbox" / "seed" / "company.yml"
PREFIXES = ("attribute_mapping_", "license_defaults_", "group_mapping_")
ATTRIBUTES = {
    "userName": "primaryEmail",
    "name.givenName": "name.givenName || name.familyName",
    "name.familyName": "name.familyName || name.givenName",
    "department": "organizations[?primary].department || organizations[].department | [0]",
}
MORE: dict[str, Any] = {
    "attributes": ATTRIBUTES, "remember": True, "confirm_limit": 200,
    "scope_group": "", "scope_group_members": [], "scope_group_exclusive": False, "scope_max_removals": 10,
}  # fmt: skip
OTHERS = [f"{name}.other" for name in ("kai", "lea", "mia", "noa", "ole", "pia", "rui", "sia", "tom")]


@dataclass(frozen=True)
class Company:
    seed: Mapping[str, Any]
    policy: dict[str, Any]
    around: Surroundings


def company(number: int) -> Company:
    """Every fifth is the demo's."""
    return _demo() if number % 5 == 0 else _random_company(number)


def _demo() -> Company:
    variables = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    policy = {**MORE, **POLICY, "scope_groups": [], "scope_exclude_groups": [], "default": None, "groups": []}
    for name, value in variables.items():
        prefix = next((prefix for prefix in PREFIXES if name.startswith(prefix)), "")
        policy[name.removeprefix(prefix)] = value
    given = yaml.safe_load(COMPANY.read_text(encoding="utf-8"))
    google = given["google"]
    addresses = [user["email"] for user in google["users"]]
    return Company(given, policy, Surroundings([group["email"] for group in google["groups"]], google["org_units"], addresses))


def _random_company(number: int) -> Company:
    world, random = drawn(worlds(), number), Random(number)
    given, policy = deepcopy(world.seed), deepcopy({**MORE, **world.policy})
    # which limits it has does not count for a right policy, and must be such that a wrong one meets them
    policy.update({name: random.choice(["10%", "10%", "1", "3"]) for name in policy if "max_" in name and name != "scope_max_removals"})
    policy.update(max_updates="25%", max_creations="25%")
    others = OTHERS if random.random() < 0.5 else []
    given["google"]["users"] += [{**person(name), "created": "400 days ago"} for name in others]
    given["zoom"]["users"] += [account(name, created="2026-01-15T08:00:00Z") for name in others]
    for group in given["google"]["groups"]:
        group["members"] += [f"{name}@{DOMAIN}" for name in others if group["email"] in (SCOPE, TEAM)]
    seats = given["zoom"]["seats"]
    seats.update({kind: seats[kind] + len(others) for kind in ("basic", "unassigned") if kind in seats})
    addresses = [user["email"] for user in given["google"]["users"]]
    return Company(given, policy, Surroundings([SCOPE, TEAM, MANAGERS, OUT], ["/", LAB, TEMPS, GONE, "/Staff"], addresses))
