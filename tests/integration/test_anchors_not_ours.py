# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The anchor where a SAML mapping sets Employee Unique ID: whose an account is goes by address, and nothing is written there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

NAMES = ["ada.x", "bob.x", "cleo.x", "dan.x", "eve.x"]
PERSONS = [{**person(name), "created": "400 days ago"} for name in NAMES]


def start(accounts: list[dict[str, Any]], **switches: Any) -> Sandbox:
    return Sandbox.start(seed(PERSONS, {"zoom-users": NAMES}, accounts), {"rate_limits": False, **switches})


def run(box: Sandbox, folder: Path, *, check: bool = False) -> dict[str, Any]:
    files = {"accounts_path": str(folder / "accounts")}
    call("zoom_user_info", box, check=check, dest=files["accounts_path"])
    matching = {"identity": "employeeNumber"}
    people = call("google_scope_info", box, check=check, groups=[SCOPE], matching=matching, dest=str(folder / "people"), **files)
    assert not people["failed"], people
    return call("zoom_scim_users", box, check=check, people_path=str(folder / "people"), identity="employeeNumber", prune=True, **files)


def reported(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in result["attention"] if row["reason"] == "unique_id_not_ours"]


def anchors(box: Sandbox) -> dict[str, str]:
    return {name: box.zoom.user(f"{name}@example.com").employee_unique_id for name in NAMES if box.zoom.find(f"{name}@example.com")}


def google_id(box: Sandbox, name: str) -> str:
    return str(box.google.find_user(f"{name}@example.com").id)


@pytest.mark.parametrize("listed", ["shown", "apart"])
@pytest.mark.parametrize("value", ["email", "number"])
def test_accounts_are_matched_by_address_and_no_anchor_is_written(value: str, listed: str, tmp_path: Path) -> None:
    with start([account(name) for name in NAMES[:4]], saml_unique_id=value, employee_number_in_list=listed) as box:
        before = anchors(box)  # of the owner too
        check = run(box, tmp_path, check=True)
        assert box.ledger.writes() == []
        done = run(box, tmp_path)
        assert (done["failed"], [row["action"] for row in done["changes"]]) == (False, ["create"]), done
        assert [row["action"] for row in check["changes"]] == ["create"]
        (row,) = reported(done)
        assert row["message"].startswith("Employee Unique ID is set by your SAML mapping")
        assert "in 5 accounts" in row["message"] and "attribute_mapping_identity" in row["message"]
        assert {name: anchors(box)[name] for name in before} == before
        assert box.zoom.user("eve.x@example.com").employee_number == "", "an anchor would break the next sign-in"
        assert not {row["reason"] for row in done["attention"]} & {"address_held", "maybe_renamed"}
        for name in NAMES:
            box.zoom.sign_in(f"{name}@example.com")
        again = run(box, tmp_path)
        assert (again["failed"], again["changed"], len(reported(again))) == (False, False, 1)


def test_another_google_user_s_id_still_forbids_the_address(tmp_path: Path) -> None:
    with start([account(name) for name in NAMES[:4]], saml_unique_id="email") as box:
        bob = box.zoom.user("bob.x@example.com")
        box.zoom.change(bob, employee_unique_id=google_id(box, "ada.x"), employee_number=google_id(box, "ada.x"))
        done = run(box, tmp_path)
        assert {"second_account", "address_held", "rename_taken"} & {row["reason"] for row in done["attention"]}
        assert box.zoom.user("bob.x@example.com").employee_unique_id == google_id(box, "ada.x")


def test_a_number_by_hand_in_one_account_keeps_no_other_from_its_anchor(tmp_path: Path) -> None:
    accounts = [account("ada.x", employee_number="H-17", employee_unique_id="H-17"), *(account(name) for name in NAMES[1:])]
    with start(accounts) as box:
        done = run(box, tmp_path)
        assert not done["failed"], done["msg"]
        assert anchors(box) == {"ada.x": "H-17", **{name: google_id(box, name) for name in NAMES[1:]}}
        assert "in 1 account, such as ada.x@example.com" in reported(done)[0]["message"]
        assert run(box, tmp_path)["changed"] is False


def test_of_many_that_are_not_ours_and_some_that_are_each_counts_for_what_it_is(tmp_path: Path) -> None:
    with start([account(name) for name in NAMES[:4]], saml_unique_id="number") as box:
        key = google_id(box, "ada.x")
        box.zoom.change(box.zoom.user("ada.x@example.com"), email="ada.former@example.com", employee_unique_id=key, employee_number=key)
        done = run(box, tmp_path)
        assert not done["failed"], done["msg"]
        assert sorted((row["action"], row["email"]) for row in done["changes"]) == [
            ("create", "eve.x@example.com"), ("rename", "ada.x@example.com"),
        ]  # fmt: skip
        assert "in 4 accounts" in reported(done)[0]["message"]


def test_a_newcomer_with_an_address_of_before_does_not_get_the_older_account_by_a_number_of_hr_s(tmp_path: Path) -> None:
    accounts = [account(name, created="2020-01-01T00:00:00Z") for name in NAMES[:4]]
    with start(accounts, saml_unique_id="number") as box:
        done = run(box, tmp_path)
        assert [row["reason"] for row in done["attention"]].count("older_account") == 4
        assert box.zoom.find("eve.x@example.com")
