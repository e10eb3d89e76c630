# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row that nobody can read is set aside: reported, never touched, and nobody gains or loses by its silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed, written
from sandbox import Sandbox

NAMES = ["ada.byron", "bob.stone", "cleo.park", "dan.lee", "eve.moss"]
OUT = "out@example.com"
Results = dict[str, dict[str, Any]]


def company(**switches: Any) -> Sandbox:
    """Ada's account is the oldest, so that the sandbox makes her row the odd one; Bob has left the scope, Eve is new."""
    groups = {"zoom-users": ["ada.byron", "cleo.park", "dan.lee", "eve.moss"], "out": ["dan.lee"], "managers": ["ada.byron"]}
    accounts = [account(name, license="licensed") for name in NAMES[:4]]
    given = seed([person(name) for name in NAMES], groups, accounts)
    given["zoom"]["groups"] = [{"name": "Managers"}, {"name": "Sales"}]
    return Sandbox.start(given, switches)


def site(box: Sandbox, folder: Path, *, connection: Any = None, **options: Any) -> Results:
    """One run of all phases; what ends a run is the last of its results."""
    accounts, people = str(folder / "accounts"), str(folder / "people")
    zoom = connection or {**box.connections()["zoom_connection"], "scim_rate": 1000, "rate_plan": "business"}
    both = {"accounts_path": accounts, "people_path": people, "run_id": "r1", "allow_losses": True, "connection": zoom}
    done = {"zoom_user_info": call("zoom_user_info", box, connection=zoom, dest=accounts, run_id="r1")}
    scope = {"groups": [SCOPE], "exclude": {"groups": [OUT]}, "resolve_groups": ["managers@example.com"], "confirm_members": True}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("google_scope_info", {**scope, "dest": people, "accounts_path": accounts, "run_id": "r1"}),
        ("zoom_scim_users", {**both, "prune": True, "journal_dir": str(folder / "journal"), **options}),
        ("zoom_license_default", {**both, "default": "basic", "journal_dir": str(folder / "journal")}),
        ("zoom_groups", {**both, "groups": [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}]}),
    ]
    for module, given in steps:
        if list(done.values())[-1]["failed"] and not list(done.values())[-1].get("partial"):
            break
        done[module] = call(module, box, **given)
    return done


def reported(done: Results) -> list[str]:
    return [row["message"] for result in done.values() for row in result.get("attention") or []]


def state(box: Sandbox, address: str) -> dict[str, Any]:
    return next(user for user in box.zoom.state()["users"] if user["email"] == address)


@pytest.mark.parametrize("odd", ["no_email", "empty_email", "no_id", "wrong_type"])
@pytest.mark.parametrize("token", [False, True], ids=["oauth", "scim token"])
def test_an_account_that_can_not_be_read_is_reported_and_never_touched(odd: str, token: bool, tmp_path: Path) -> None:
    with company(odd_rows=odd) as box:
        box.google.suspend("ada.byron@example.com")
        before = state(box, "ada.byron@example.com")
        done = site(box, tmp_path, connection={**box.scim_connection(), "scim_rate": 1000} if token else None)
        (text,) = [text for text in reported(done) if "unknown form" in text]
        assert "ada.byron@example.com" in text
        assert "skipped" in text
        assert state(box, "ada.byron@example.com") == before
        assert state(box, "bob.stone@example.com")["status"] == "inactive", done["zoom_scim_users"]
        assert state(box, "eve.moss@example.com")["status"] == "active"
        assert not any("ada.byron" in str(entry["body"]) for entry in box.ledger.writes())


def test_nothing_is_created_at_the_address_of_an_account_that_can_not_be_read(tmp_path: Path) -> None:
    with company(odd_rows="no_email") as box:
        done = site(box, tmp_path)
        assert "create" not in str([row for row in done["zoom_scim_users"]["changes"] if "ada" in row["email"]])
        assert [row["email"] for row in done["zoom_scim_users"]["changes"] if row["action"] == "create"] == ["eve.moss@example.com"]


def test_drift_does_not_call_an_account_gone_that_can_not_be_read(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory")
    with company() as box:
        site(box, tmp_path, memory_path=memory)
        box.switches["odd_rows"] = "no_id"
        call("zoom_user_info", box, dest=str(tmp_path / "accounts"), memory_path=memory, run_id="r2")
        assert '"gone": []' in (tmp_path / "accounts").read_text().splitlines()[0]


def test_offboarding_an_account_that_can_not_be_read_says_so_at_once(tmp_path: Path) -> None:
    with company(odd_rows="wrong_type") as box:
        done = call("zoom_offboard", box, users=["ada.byron@example.com"], action="deactivate")
        assert "deactivate it in Zoom by hand at once" in done["msg"]
        assert box.ledger.writes() == []


def test_a_member_without_an_id_stays_in_a_group_that_is_exclusive() -> None:
    with company(odd_rows="member_without_id") as box:
        box.switches["odd_rows"] = None
        call("zoom_group_members", box, group="Sales", members=["ada.byron@example.com", "cleo.park@example.com"])
        box.switches["odd_rows"] = "member_without_id"
        done = call("zoom_group_members", box, group="Sales", members=["ada.byron@example.com"], exclusive=True)
        assert (done["failed"], [row["action"] for row in done["changes"]]) == (False, ["remove"])
        assert any("Zoom's group members hold a row of an unknown form (no id" in row["message"] for row in done["attention"])
        again = call("zoom_group_members", box, group="Sales", members=[], exclusive=True)
        assert again["changes"] == [] or [row["emails"] for row in again["changes"]] == [["cleo.park@example.com"]]
        assert any("ada.byron" in str(user) for user in [state(box, "ada.byron@example.com")])


def test_a_group_that_can_not_be_read_is_neither_made_nor_filled(tmp_path: Path) -> None:
    with company(odd_rows="group_without_id") as box:
        done = site(box, tmp_path)
        assert any(text.startswith("The Zoom group Managers was skipped") for text in reported(done))
        assert done["zoom_groups"]["changes"] == []
        refused = call("zoom_group", box, name="Managers")
        assert "which may be 'Managers'" in refused["msg"]


@pytest.mark.parametrize("odd", ["no_email", "no_id", "wrong_type"])
def test_a_person_whom_google_lists_in_an_unknown_form_keeps_the_account_as_it_is(odd: str, tmp_path: Path) -> None:
    with company(google_odd_rows=odd) as box:
        before = state(box, "ada.byron@example.com")
        done = site(box, tmp_path, deprovision={"unknown": "deactivate"})
        (text,) = [text for text in reported(done) if "unknown form" in text]
        assert "Google's users hold a row" in text
        assert "ada.byron@example.com" in text
        assert state(box, "ada.byron@example.com") == before
        assert not done["zoom_scim_users"]["failed"], done["zoom_scim_users"]
        assert state(box, "bob.stone@example.com")["status"] == "inactive"


def test_a_member_whom_nobody_can_name_keeps_everybody_in_scope_what_they_have(tmp_path: Path) -> None:
    with company() as box:
        box.google.remove_member(OUT, "dan.lee@example.com")
        box.switches["google_odd_rows"] = "member_without_keys"
        done = site(box, tmp_path)
        assert any(f"Google lists a member of {SCOPE}" in text and "removes nothing" in text for text in reported(done)), reported(done)
        assert state(box, "bob.stone@example.com")["status"] == "active"
        assert state(box, "ada.byron@example.com")["status"] == "active"
        assert "was blocked, as Google lists a member of" in done["zoom_scim_users"]["msg"]
        assert state(box, "eve.moss@example.com")["status"] == "active"


def test_a_member_of_an_exclusion_group_whom_nobody_can_name_ends_the_run_before_any_write(tmp_path: Path) -> None:
    with company(google_odd_rows="member_without_keys") as box:
        done = site(box, tmp_path)
        assert f"scope_exclude_groups names {OUT}" in done["google_scope_info"]["msg"]
        assert "Nothing was changed" in done["google_scope_info"]["msg"]
        assert box.ledger.writes() == []


def test_the_scope_group_leaves_a_member_whom_nobody_can_name(tmp_path: Path) -> None:
    with company(google_odd_rows="member_without_keys") as box:
        members = ["ada.byron@example.com", "cleo.park@example.com"]
        done = call("google_group_members", box, group=SCOPE, members=members, exclusive=True)
        assert not done["failed"], done
        assert sorted(done["removed"]) == ["dan.lee@example.com", "eve.moss@example.com"]
        assert done["added"] == []
        assert any("hold a row of an unknown form" in row["message"] for row in done["attention"])
        assert "ada.byron@example.com" in box.google.members_of(SCOPE)


@pytest.mark.parametrize("token", [False, True], ids=["oauth", "scim token"])
def test_a_total_that_the_rows_do_not_reach_lets_the_run_go_on_without_removals(token: bool, tmp_path: Path) -> None:
    with company(total_records_extra=1) as box:
        done = site(box, tmp_path, connection={**box.scim_connection(), "scim_rate": 1000} if token else None)
        promised = [text for text in reported(done) if "Zoom promises" in text]
        assert len(promised) == 1, "reported once"
        assert state(box, "bob.stone@example.com")["status"] == "active", "a removal is blocked although allow_losses is given"
        assert box.zoom.find("cleo.park@example.com").license.type == 2, "nor is a licence taken"
        assert state(box, "eve.moss@example.com")["status"] == "active"
        assert "bob.stone@example.com: the offboarding action was blocked, as Zoom promises" in done["zoom_scim_users"]["msg"]


def test_offboarding_by_name_does_not_wait_for_a_total(tmp_path: Path) -> None:
    with company(total_records_extra=1) as box:
        done = call("zoom_offboard", box, users=["bob.stone@example.com"], action="deactivate")
        assert not done["failed"], done
        assert state(box, "bob.stone@example.com")["status"] == "inactive"


def test_undo_removes_nothing_on_a_total_that_the_rows_do_not_reach(tmp_path: Path) -> None:
    with company() as box:
        site(box, tmp_path)
        box.switches["total_records_extra"] = 1
        done = call("zoom_undo", box, journal=str(tmp_path / "journal" / "r1.jsonl"), creations=True, allow_losses=True)
        assert "eve.moss@example.com: the offboarding action was blocked" in done["msg"]
        assert state(box, "bob.stone@example.com")["status"] == "active"


def test_the_playbook_reports_what_the_reads_set_aside(player: Player) -> None:
    box = player.start(
        seed([person(name) for name in NAMES], {"zoom-users": NAMES}, [account(name) for name in NAMES]), odd_rows="no_email"
    )
    played = player.play(box, {"scope_groups": [SCOPE]})
    assert (played.status, written(box)) == (0, {}), played.output
    assert "ada.byron@example.com" in played.output.partition("PLAY RECAP")[2]
    (plan,) = played.results("plan_document")
    modules = ("zoom_user_info", "google_scope_info", "zoom_scim_users", "zoom_license_default", "zoom_groups")
    found = [row for module in modules for result in played.results(module) for row in result.get("attention") or []]
    assert plan["summary"]["attention"] == len(found), "whoever approves a plan is told what the reads found"
