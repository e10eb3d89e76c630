# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode is true, in any world: what it announces over all phases is what the next real run writes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from calling import call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import SCOPE, account, person, seed, written
from sandbox import Sandbox
from tiers import more

NAMES = [f"p{number}.x" for number in range(8)]
PERSON = st.fixed_dictionaries(
    {"suspended": st.booleans(), "in_scope": st.booleans(), "manager": st.booleans(), "excluded": st.booleans(), "renamed": st.booleans()}
)
HELD = st.fixed_dictionaries(
    {"status": st.sampled_from(["active", "active", "inactive", "pending"]), "license": st.sampled_from(["basic", "licensed"]),
     "role": st.sampled_from(["member", "member", "member", "admin"]), "first_name": st.sampled_from(["P", "Q"])}
)  # fmt: skip
WORLDS = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), PERSON, min_size=1),
    st.dictionaries(st.sampled_from(NAMES), HELD),
    st.integers(min_value=0, max_value=10),
)
POLICY: dict[str, Any] = {
    "default": "basic",
    "rules": [{"groups": ["managers@example.com"], "license": "licensed"}],
}
GROUPS = [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}]


def build(people: Any, accounts: Any, seats: int) -> dict[str, Any]:
    users, groups = [person("always.in")], {"zoom-users": ["always.in"], "managers": [], "out": []}
    for name, traits in people.items():
        row = person(name, suspended=traits["suspended"])
        if traits["renamed"]:
            row = {**row, "email": f"new.{name}@example.com", "aliases": [row["email"]]}
        users.append(row)
        for group, member in (("zoom-users", "in_scope"), ("managers", "manager"), ("out", "excluded")):
            if traits[member]:
                groups[group].append(row["email"])
    rows = [account(name, **{key: value for key, value in held.items() if held["status"] != "pending" or key == "status"})
            for name, held in accounts.items()]  # fmt: skip
    found = seed(users, groups, rows)
    paid = sum(held["status"] == "active" and held["license"] == "licensed" for held in accounts.values())
    found["zoom"]["seats"] = {"licensed": paid + 1 + seats, "basic": 9999}
    return found


def phases(box: Sandbox, folder: Path, check: bool) -> Counter[str]:
    """One run's phases, as site.yml puts them; every write that they report."""
    files = {"accounts_path": str(folder / "accounts"), "run_id": str(check)}
    call("zoom_user_info", box, check=check, dest=files["accounts_path"], run_id=str(check))
    scope = call("google_scope_info", box, check=check, groups=[SCOPE], exclude={"groups": ["out@example.com"]},
                 resolve_groups=["managers@example.com"], dest=str(folder / "people"), **files)  # fmt: skip
    assert not scope["failed"], scope
    both = {**files, "people_path": str(folder / "people"), "check": check}
    results = [
        call("zoom_scim_users", box, prune=True, allow_losses=True, licenses=POLICY, **both),
        call("zoom_license_default", box, allow_losses=True, **POLICY, **both),
        call("zoom_groups", box, allow_losses=True, groups=GROUPS, **both),
    ]
    assert not any(result["failed"] for result in results), results
    rows = [row for result in results for row in result["changes"]]
    return Counter(f"{row['action']} {row.get('group') or row['email']} {sorted(row.get('emails') or [])}" for row in rows)


@pytest.mark.stretched
@settings(max_examples=more(10, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(WORLDS)
def test_what_check_mode_announces_is_written_and_then_there_is_nothing_left(world: Any) -> None:
    with Sandbox.start(build(*world), {"rate_limits": False}) as box, TemporaryDirectory() as folder:
        announced = phases(box, Path(folder), True)
        assert box.ledger.writes() == []
        done = phases(box, Path(folder), False)
        assert announced == done
        assert sum(written(box).values()) == sum(done.values())
        box.ledger.clear()
        assert phases(box, Path(folder), False) == Counter()
        assert box.ledger.writes() == []
