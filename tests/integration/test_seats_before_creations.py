# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seat that comes free in a run is counted before accounts are created: one POST with the licence, and no licence set afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

LICENSED = [{"groups": ["sales@example.com"], "license": "licensed"}]
Result = dict[str, Any]


@contextmanager
def one_seat(people: list[Any], sales: list[str], accounts: list[Any], **more: Any) -> Iterator[Sandbox]:
    """`admin` holds one of the seats beside."""
    in_scope = [row["email"].partition("@")[0] for row in people]
    zoom = {"seats": {"licensed": len([row for row in accounts if row.get("license") == "licensed"]) + 1}, **more}
    switches = {"rate_limits": False, **zoom.pop("switches", {})}
    with Sandbox.start(seed(people, {"zoom-users": in_scope, "sales": sales}, accounts, **zoom), switches) as box:
        yield box


def run(box: Sandbox, folder: Path, *, check: bool = False, number: int = 1, limit: str | None = "10%", **more: Any) -> list[Result]:
    """Accounts, then licences, as site.yml calls them. `more`: of both."""
    own = {"accounts_path": str(folder / "accounts"), "run_id": f"{number}{check}", "check": check}
    call("zoom_user_info", box, check=check, dest=own["accounts_path"], run_id=own["run_id"])
    call("google_scope_info", box, groups=[SCOPE], resolve_groups=["sales@example.com"], dest=str(folder / "people"), **own)
    policy = {"default": "basic", "rules": LICENSED, **more.pop("policy", {})}
    both = {**own, "people_path": str(folder / "people"), **more}
    taking = {"max_license_removals": limit} if limit else {}
    box.ledger.clear()
    accounts = call("zoom_scim_users", box, prune=True, licenses=policy, **taking, **both)
    return [accounts, call("zoom_license_default", box, **policy, **({"max_removals": limit} if limit else {}), **both)]


def told(results: list[Result]) -> list[list[tuple[str, str]]]:
    return [[(row["action"], row["email"].partition("@")[0]) for row in result["changes"]] for result in results]


def writes(box: Sandbox) -> list[str]:
    return [f"{entry['method']} {entry['status']}" for entry in box.ledger.writes()]


def held(box: Sandbox) -> dict[str, int]:
    return {user.email.partition("@")[0]: user.license.type for user in box.zoom.users.values() if user.email != "admin@example.com"}


LEAVES = [person("new.x"), person("gone.x", suspended=True)]
HOLDER = [account("gone.x", license="licensed")]


def test_the_seat_of_a_leaver_goes_to_the_newcomer_with_their_creation(tmp_path: Path) -> None:
    with one_seat(LEAVES, ["new.x"], HOLDER) as box:
        announced = run(box, tmp_path, check=True)
        assert told(announced) == [[("deactivate", "gone.x"), ("create", "new.x")], []]
        assert box.ledger.writes() == []
        assert told(run(box, tmp_path)) == told(announced)
        assert [one.split()[0] for one in writes(box)] == ["PATCH", "POST"]
        assert (held(box)["new.x"], told(run(box, tmp_path, number=2)), writes(box)) == (2, [[], []], [])


STAYS = [person("new.x"), person("moved.x")]
MOVED = [account("moved.x", license="licensed")]


def test_the_seat_of_whom_no_rule_grants_it_any_more_goes_to_the_newcomer_with_their_creation(tmp_path: Path) -> None:
    with one_seat(STAYS, ["new.x"], MOVED) as box:
        announced = run(box, tmp_path, check=True)
        assert told(announced) == [[("downgrade", "moved.x"), ("create", "new.x")], []]
        assert announced[0]["changes"][0]["reason"] == "default: basic, for a new account"
        assert told(run(box, tmp_path)) == told(announced)
        assert [one.split()[0] for one in writes(box)] == ["PATCH", "POST"]
        assert (held(box), told(run(box, tmp_path, number=2)), writes(box)) == ({"moved.x": 1, "new.x": 2}, [[], []], [])


def test_only_as_many_licences_are_taken_early_as_creations_need(tmp_path: Path) -> None:
    more = [f"m{number}.x" for number in range(3)]
    people = [*STAYS, *(person(name) for name in more)]
    with one_seat(people, ["new.x"], [*MOVED, *(account(name, license="licensed") for name in more)]) as box:
        announced = run(box, tmp_path, check=True, limit="4")
        assert told(announced) == [
            [("downgrade", "m0.x"), ("create", "new.x")],
            [("downgrade", "m1.x"), ("downgrade", "m2.x"), ("downgrade", "moved.x")],
        ]
        assert told(run(box, tmp_path, limit="4")) == told(announced)


@pytest.mark.parametrize("how", ["no option", "limit", "leave_removals", "protected", "only"])
def test_no_licence_is_taken_early_where_it_would_not_be_taken_at_all(tmp_path: Path, how: str) -> None:
    options: dict[str, dict[str, Any]] = {
        "no option": {"limit": None},
        "limit": {"limit": "0"},
        "leave_removals": {"leave_removals": True},
        "protected": {"protected": {"users": ["moved.x@example.com"]}},
        "only": {"only": ["new.x@example.com"]},
    }
    with one_seat(STAYS, ["new.x"], MOVED) as box:
        announced = run(box, tmp_path, check=True, **options[how])
        assert told(announced)[0] == [("create", "new.x")]
        results = run(box, tmp_path, **options[how])
        assert told(results) == told(announced)
        assert held(box) == ({"moved.x": 1, "new.x": 2} if how == "no option" else {"moved.x": 2, "new.x": 1})
        assert bool(results[1]["withheld"]) == (how == "limit"), "the licence phase says what its limit blocks"


def test_licences_taken_early_count_on_the_limit_of_the_licence_phase(tmp_path: Path) -> None:
    """In between somebody takes two more out of the rules: 3 in all, and the limit is 2."""
    more = ["m0.x", "m1.x"]
    people = [*STAYS, *(person(name) for name in more)]
    with one_seat(people, ["new.x", *more], [*MOVED, *(account(name, license="licensed") for name in more)]) as box:
        own = {"accounts_path": str(tmp_path / "accounts"), "run_id": "1"}
        call("zoom_user_info", box, dest=own["accounts_path"], run_id="1")
        people_path = str(tmp_path / "people")
        call("google_scope_info", box, groups=[SCOPE], resolve_groups=["sales@example.com"], dest=people_path, **own)
        policy = {"default": "basic", "rules": LICENSED}
        both = {**own, "people_path": people_path}
        accounts = call("zoom_scim_users", box, licenses=policy, max_license_removals="2", **both)
        assert told([accounts]) == [[("downgrade", "moved.x"), ("create", "new.x")]]
        nobody = [{"users": ["new.x@example.com"], "license": "licensed"}]
        copied = {**both, "run_id": "2", "check": True, "accounts_path": str(copy(tmp_path / "accounts", tmp_path / "others"))}
        other = call("zoom_license_default", box, default="basic", rules=nobody, max_removals="2", **copied)
        assert told([other]) == [[("downgrade", "m0.x"), ("downgrade", "m1.x")]], "another run has a limit of its own"
        licenses = call("zoom_license_default", box, default="basic", rules=nobody, max_removals="2", **both)
        assert (told([licenses]), licenses["failed"], held(box)["m0.x"]) == ([[]], True, 2)
        assert "3 licences would be taken away" in licenses["msg"]


@pytest.mark.parametrize(("people", "accounts"), [(LEAVES, HOLDER), (STAYS, MOVED)])
def test_a_refused_removal_leaves_the_newcomer_with_the_fallback_and_the_run_says_so(
    people: list[Any], accounts: list[Any], tmp_path: Path
) -> None:
    name = accounts[0]["email"]
    with one_seat(people, ["new.x"], accounts) as box:
        no = {"code": 300, "message": "Not now."}
        box.faults.add(method="PATCH", path="/(v2/users|scim2/Users)/[^/]+", status=400, times=99, body=no)
        results = run(box, tmp_path)
        assert held(box) == {name.partition("@")[0]: 2, "new.x": 1}
        assert results[0]["failed"] and results[0]["partial"]
        assert [row["email"] for row in results[0]["failed_items"]] == [name]
        (said,) = [row["message"] for row in results[0]["attention"] if row["email"] == "new.x@example.com"]
        assert said.startswith("new.x@example.com was created with basic instead of licensed")
