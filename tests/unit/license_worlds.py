# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random worlds of licences: people, what they hold, rules and seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._account import Account
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._license import License, license_of
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._person import Person
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._change import Change, Plan
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._license_policy import parse_policy
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._licenses import LicenseTerms, plan_licenses
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._plan._limits import parse_limit
from hypothesis import strategies as st
from planning import facts

LICENSES: list[Any] = ["basic", "unassigned", "licensed", {"zoom_one_type": 16}, {"plan_united_type": "1"}]
POOLS = ["licensed", "zoom_one_type:16", "plan_united_type:1"]
HELD = {
    "basic": {"type": 1},
    "unassigned": {"type": 4},
    "licensed": {"type": 2, "zoom_one_type": 0},
    "zoom_one": {"type": 2, "zoom_one_type": 16},
    "united": {"type": 2, "zoom_one_type": 0, "plan_united_type": "1"},
}
TEAMS = ["a", "b", "c"]
MEMBER = st.fixed_dictionaries(
    {"held": st.sampled_from(list(HELD)), "teams": st.sets(st.sampled_from(TEAMS)), "age": st.integers(2018, 2021), "admin": st.booleans()}
)
POLICY = st.fixed_dictionaries(
    {
        "default": st.sampled_from([None, *LICENSES]),
        "fallback": st.sampled_from(LICENSES),
        "reserve": st.integers(0, 2),
        "rules": st.lists(
            st.builds(
                lambda team, license: {"groups": [f"{team}@example.com"], "license": license},
                st.sampled_from(TEAMS),
                st.sampled_from(LICENSES),
            ),
            max_size=3,
        ),
    }
)
SPARE = st.fixed_dictionaries({pool: st.integers(-1, 3) | st.none() for pool in POOLS})
LIMIT = st.sampled_from(["100%", "10%", "0"])
WORLD = st.tuples(st.lists(MEMBER, max_size=7), POLICY, SPARE, LIMIT)


def people_and_accounts(members: list[dict[str, Any]]) -> tuple[list[Person], list[Account]]:
    people, accounts = [], []
    for number, member in enumerate(members):
        email = f"p{number}@example.com"
        teams = sorted(f"{team}@example.com" for team in member["teams"])
        people.append(Person(f"id{number}", email, in_scope=True, groups=teams))
        role = "1" if member["admin"] and number % 3 == 0 else "2"
        accounts.append(Account(f"z{number}", email, "active", role_id=role, created=str(member["age"]), **HELD[member["held"]]))
    return people, accounts


def used(accounts: list[Account]) -> Counter[str]:
    return Counter(pool for account in accounts if (pool := pool_held(license_of(account))))


def pool_held(license: License | None) -> str | None:
    """Of what was bought: nobody says how many Basic users there may be."""
    return license.pool if license and license.is_paid else None


def pools_of(accounts: list[Account], spare: Mapping[str, int | None]) -> dict[str, dict[str, int]]:
    taken = used(accounts)
    return {pool: {"bought": taken[pool] + free, "used": taken[pool], "pending": 0} for pool, free in spare.items() if free is not None}


def planned(members: list[dict[str, Any]], policy: Any, spare: Any, limit: str) -> tuple[Plan, list[Account], dict[str, Any]]:
    people, accounts = people_and_accounts(members)
    pools = pools_of(accounts, spare)
    return planned_of(people, accounts, pools, policy, limit), accounts, pools


def planned_of(people: list[Person], accounts: list[Account], pools: Any, policy: Any, limit: str = "10%", **more: Any) -> Plan:
    terms = LicenseTerms(parse_policy(policy, ""), parse_limit(limit, "max_removals"), **more)
    return plan_licenses(*facts(people, accounts, seats=pools), terms)


def replay(changes: list[Change], pools: Mapping[str, Any], taken: Counter[str]) -> list[Change]:
    """Make the changes as stages and waves come, each taking all its seats before it gives one back; those that exceed are returned."""
    over = []
    for stage in sorted({change.stage for change in changes}):
        now = [change for change in changes if change.stage == stage]
        for change in now:
            if pool := pool_held(license_after(change)):
                taken[pool] += 1
                if pool in pools and taken[pool] > pools[pool]["bought"]:
                    over.append(change)
        for change in now:
            if change.account and (pool := pool_held(license_of(change.account))):
                taken[pool] -= 1
    return over


def license_after(change: Change) -> License | None:
    assert change.account
    return license_of(replace(change.account, **change.after))


def outcome(accounts: list[Account], changes: list[Change]) -> list[Account]:
    after = {id(change.account): change.after for change in changes}
    return [replace(account, **after.get(id(account), {})) for account in accounts]
