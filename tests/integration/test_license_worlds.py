# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any policy, seats and accounts against a Zoom that counts strictly: nothing is refused, check mode is right, one run is enough."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from calling import call
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playing import SCOPE, account, person, seed, written
from sandbox import Sandbox
from tiers import more

NAMES = [f"p{number}.x" for number in range(7)]
TEAMS = ["a", "b"]
LICENSES: list[Any] = ["basic", "unassigned", "licensed", {"zoom_one_type": 16}, {"zoom_one_type": 32}]
POOLS = {"licensed": "licensed", 16: "zoom_one_type:16", 32: "zoom_one_type:32"}
TRAITS = st.fixed_dictionaries({"suspended": st.booleans(), "teams": st.sets(st.sampled_from(TEAMS))})
HELD = st.fixed_dictionaries(
    {"license": st.sampled_from(LICENSES), "status": st.sampled_from(["active", "active", "active", "inactive"]),
     "created": st.sampled_from(["2019-01-01T00:00:00Z", "2021-01-01T00:00:00Z"])}
)  # fmt: skip
RULE = st.builds(
    lambda team, license: {"groups": [f"{team}@example.com"], "license": license}, st.sampled_from(TEAMS), st.sampled_from(LICENSES)
)
POLICY = st.fixed_dictionaries(
    {"default": st.sampled_from(LICENSES), "rules": st.lists(RULE, max_size=2), "fallback": st.sampled_from(["basic", "unassigned"]),
     "reserve": st.integers(0, 1)}
)  # fmt: skip
WORLDS = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), TRAITS, min_size=1),
    st.dictionaries(st.sampled_from(NAMES), HELD),
    st.fixed_dictionaries({pool: st.integers(0, 3) for pool in POOLS}),
)


def build(people: Any, accounts: Any, spare: Any) -> dict[str, Any]:
    users = [person("always.in"), *(person(name, suspended=traits["suspended"]) for name, traits in people.items())]
    groups = {"zoom-users": ["always.in", *people], **{team: [name for name in people if team in people[name]["teams"]] for team in TEAMS}}
    found = seed(users, groups, [account(name, **held) for name, held in accounts.items()])
    taken = Counter(str(held["license"]) for held in accounts.values() if held["status"] == "active")
    found["zoom"]["seats"] = {
        "licensed": taken["licensed"] + spare["licensed"] + 1,
        "zoom_one_type": {number: taken[str({"zoom_one_type": number})] + spare[number] for number in (16, 32)},
    }
    return found


def phases(box: Sandbox, folder: Path, policy: dict[str, Any], check: bool) -> Counter[str]:
    files = {"accounts_path": str(folder / "accounts"), "run_id": str(check)}
    call("zoom_user_info", box, check=check, dest=files["accounts_path"], run_id=str(check))
    resolved = [f"{team}@example.com" for team in TEAMS]
    scope = call("google_scope_info", box, check=check, groups=[SCOPE], resolve_groups=resolved, dest=str(folder / "people"), **files)
    assert not scope["failed"], scope
    both = {**files, "people_path": str(folder / "people"), "check": check, "allow_losses": True}
    accounts = call("zoom_scim_users", box, prune=True, licenses=policy, max_license_removals="100%", **both)
    results = [accounts, call("zoom_license_default", box, **policy, max_removals="100%", **both)]
    assert not any(result["failed"] for result in results), results
    if not check:
        usage = call("zoom_account_info", box)["seats"]
        seats = results[1]["seats"]
        assert {pool: row["used"] for pool, row in usage.items()} == {pool: row["used_after"] for pool, row in seats.items()}
    by_module = [(number, row) for number, result in enumerate(results) for row in result["changes"]]
    return Counter(f"{number} {row['action']} {row['email']} {row['reason']}" for number, row in by_module)


# a world takes a second: it is told as it was found, not shrunk
@pytest.mark.stretched
@settings(
    max_examples=more(8, 80), deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(WORLDS, POLICY)
def test_seats_are_never_refused_and_one_run_is_enough(world: Any, policy: dict[str, Any]) -> None:
    with Sandbox.start(build(*world), {"rate_limits": False}) as box, TemporaryDirectory() as folder:
        announced = phases(box, Path(folder), policy, True)
        assert box.ledger.writes() == []
        done = phases(box, Path(folder), policy, False)
        assert announced == done
        box.ledger.clear()
        assert phases(box, Path(folder), policy, False) == Counter()
        assert written(box) == Counter()
