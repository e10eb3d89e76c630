# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that every list skips, whatever the size of its pages: only a read of another kind shows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

TEAM, SECOND = "team@example.com", "second@example.com"


@pytest.fixture(autouse=True)
def quick(fast: None) -> None:
    pass


def start(names: list[str], groups: dict[str, list[str]]) -> Sandbox:
    accounts = [account(name, license="licensed") for name in names]
    return Sandbox.start(seed([person(name) for name in names], groups, accounts), {"rate_limits": False, "google_quota": None})


def skip(box: Sandbox, group: str, *addresses: str) -> None:
    """No list of the group's members shows these."""
    shown = next(row for row in box.google.state()["groups"] if row["email"] == group).get("members", [])
    rows = [row for row in shown if row["email"] not in addresses]
    assert len(rows) == len(shown) - len(addresses)
    box.faults.add(
        method="GET", path=f"/admin/directory/v1/groups/{group}/members", status=200, times=None,
        body={"kind": "admin#directory#members", "members": rows},
    )  # fmt: skip


def run(box: Sandbox, folder: Path, **asked: Any) -> list[str]:
    """Who is inactive in the end."""
    accounts, people = str(folder / "accounts"), str(folder / "people")
    call("zoom_user_info", box, dest=accounts)
    read = call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, **asked)
    assert not read["failed"], read
    call("zoom_scim_users", box, accounts_path=accounts, people_path=people, prune=True, max_deactivations="100%", allow_losses=True)
    return sorted(row["email"] for row in box.zoom.state()["users"] if row["status"] == "inactive")


@pytest.fixture
def nested() -> Iterator[Sandbox]:
    """Bob and Cleo are in the scope by the team alone, whose row no list of the scope group shows; Dan has left."""
    names = ["ada.byron", "bob.stone", "cleo.ray", "dan.lee", "new.one"]
    with start(names, {"zoom-users": ["ada.byron", "team"], "team": ["bob.stone", "cleo.ray"]}) as box:
        skip(box, SCOPE, TEAM)
        yield box


@pytest.mark.parametrize("changes", ["added", "nothing"])
def test_a_nested_group_that_no_list_shows_costs_nobody_the_account_in_a_run_that_changes_the_group(
    nested: Sandbox, tmp_path: Path, changes: str
) -> None:
    pending = [{"group": SCOPE, "created": False, "added": ["new.one@example.com"] if changes == "added" else [], "removed": []}]
    expected = ["dan.lee@example.com"] + (["new.one@example.com"] if changes == "nothing" else [])
    assert run(nested, tmp_path, pending_changes=pending) == expected


def test_whom_the_run_takes_out_with_a_nested_group_leaves_though_google_still_says_they_are_in(nested: Sandbox, tmp_path: Path) -> None:
    pending = [{"group": SCOPE, "created": False, "added": ["new.one@example.com"], "removed": [TEAM]}]
    assert run(nested, tmp_path, pending_changes=pending) == [f"{name}@example.com" for name in ("bob.stone", "cleo.ray", "dan.lee")]


@pytest.mark.parametrize("known", [True, False], ids=["rows known", "rows unknown"])
def test_people_whom_the_run_takes_out_are_not_asked_for_as_if_they_were_groups(tmp_path: Path, known: bool) -> None:
    """Each of those who leave with the team would be asked for in each of them."""
    team, alone = [f"t{number}.m" for number in range(4)], [f"s{number}.m" for number in range(5)]
    with start(["ada.byron", *team, *alone], {"zoom-users": ["ada.byron", "team", *alone], "team": team}) as box:
        rows = next(row for row in box.google.state()["groups"] if row["email"] == SCOPE)["members"]
        change = {"group": SCOPE, "added": [], "removed": [TEAM, *(f"{name}@example.com" for name in alone)]}
        gone = run(box, tmp_path, pending_changes=[{**change, "members": rows} if known else change])
        asked = [entry["path"].split("/")[-3] for entry in box.ledger.entries if "/hasMember/" in entry["path"]]
    assert gone == sorted(f"{name}@example.com" for name in (*team, *alone))
    assert TEAM in asked
    assert not known or {*asked} == {SCOPE, TEAM}


def test_of_many_who_seem_gone_those_whom_both_lists_miss_are_looked_up_one_by_one(tmp_path: Path) -> None:
    """The first list misses ten, the second one two of them: more than the limit at first, and no more than it in the end."""
    names = [f"p{number}.x" for number in range(12)]
    with start(names, {"zoom-users": names}) as box:
        rows = box.google.state()["groups"][0]["members"]
        for size, shown in ((200, rows[10:]), (149, [*rows[2:]])):
            box.faults.add(
                method="GET", path=rf"/admin/directory/v1/groups/{SCOPE}/members\?.*maxResults={size}.*", status=200, times=None,
                body={"kind": "admin#directory#members", "members": shown},
            )  # fmt: skip
        assert run(box, tmp_path, confirm_limit=4) == []


def test_whom_no_list_of_a_rule_s_group_or_an_exclusion_shows_any_more_is_looked_up(tmp_path: Path) -> None:
    """Bob would lose the licence, and Eve, who is in scope and excluded, would be taken for everybody else."""
    names = ["ada.byron", "bob.stone", "cleo.ray", "eve.moss"]
    groups = {"zoom-users": names, "team": ["ada.byron", "bob.stone", "cleo.ray"], "out": ["ada.byron", "eve.moss"]}
    accounts, people = str(tmp_path / "accounts"), str(tmp_path / "people")
    with start(names, groups) as box:

        def read(dest: str = people, **more: Any) -> dict[str, Any]:
            call("zoom_user_info", box, dest=accounts)
            asked = {"groups": [SCOPE], "exclude": {"groups": ["out@example.com"]}, "resolve_groups": [TEAM], **more}
            result = call("google_scope_info", box, accounts_path=accounts, dest=dest, **asked)
            assert not result["failed"], result
            records = [json.loads(line) for line in Path(dest).read_text(encoding="utf-8").splitlines()][1:]
            return {row["email"].partition("@")[0]: (bool(row.get("excluded")), TEAM in row.get("groups", [])) for row in records}

        before = read()
        assert before["bob.stone"] == (False, True)
        assert before["eve.moss"] == (True, False)
        box.google.remove_member(TEAM, "cleo.ray@example.com")
        skip(box, TEAM, "bob.stone@example.com")
        skip(box, "out@example.com", "eve.moss@example.com")
        # a preview has a file of its own, and is to find what the run finds
        assert read(str(tmp_path / "check"), known_people_path=people) == {**before, "cleo.ray": (False, False)}
        assert read() == {**before, "cleo.ray": (False, False)}


def test_where_nobody_who_seems_to_have_left_an_exclusion_can_be_looked_up_the_run_says_so(tmp_path: Path) -> None:
    names = [f"p{number:02}.x" for number in range(40)]
    accounts, people = str(tmp_path / "accounts"), str(tmp_path / "people")
    asked = {"groups": [SCOPE], "exclude": {"groups": ["out@example.com"]}, "accounts_path": accounts, "dest": people}
    with start(["ada.byron", *names], {"zoom-users": ["ada.byron", *names], "out": names}) as box:
        call("zoom_user_info", box, dest=accounts)
        assert call("google_scope_info", box, **asked)["attention"] == []
        skip(box, "out@example.com", *(f"{name}@example.com" for name in names))
        refused = {"error": {"code": 403, "message": "Not Authorized to access this resource/api", "errors": [{"reason": "forbidden"}]}}
        box.faults.add(method="GET", path=".*/(members|hasMember)/.+", status=403, times=None, body=refused)
        (found,) = call("google_scope_info", box, **asked)["attention"]
        assert found["reason"] == "doubtful"
        assert (
            "lookups in Google that were to confirm removals failed in a row with the same error, so this run removes nothing"
            in found["message"]
        )
