# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seats where Zoom's plan has keys and types that nobody documented, and where Basic and unassigned users are limited too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

NAMES = ["ada.x", "bob.x", "cleo.x", "dan.x", "eve.x", "finn.x", "gus.x"]
PEOPLE = [{"primaryEmail": f"{name}@example.com", "name": {"givenName": name[:-2], "familyName": "X"}} for name in NAMES]
FULL = {"kind_full", "no_room"}


def start(accounts: list[dict[str, Any]], seats: dict[str, Any], **switches: Any) -> Sandbox:
    return Sandbox.start(
        seed([person(name) for name in NAMES], {"zoom-users": NAMES}, accounts, seats=seats), {"rate_limits": False, **switches}
    )


def held(box: Sandbox) -> dict[str, int]:
    return {user.email.partition("@")[0]: user.license.type for user in box.zoom.users.values() if user.email != "admin@example.com"}


def reasons(result: dict[str, Any], *lists: str) -> list[str]:
    return [row["reason"] for name in lists or ("attention", "failed_items", "withheld") for row in result[name]]


def refused(box: Sandbox) -> int:
    return sum(entry["status"] >= 400 for entry in box.ledger.writes())


@pytest.mark.parametrize("usage", ["allowed", "array"])
@pytest.mark.parametrize("names", ["premier", "education", "unknown"])
def test_beside_a_base_plan_of_no_seats_licences_are_given_under_whatever_key_they_were_bought(names: str, usage: str) -> None:
    with start([account("ada.x")], {"licensed": 3}, plan_names=names, plans_usage=usage) as box:
        done = call("zoom_license_default", box, people=PEOPLE[:1], default="licensed")
        assert (done["failed"], held(box)) == (False, {"ada.x": 2}), done
        assert call("zoom_license_default", box, people=PEOPLE[:1], default="licensed")["changed"] is False


@pytest.mark.parametrize(("names", "key"), [("education", "plan_zoom_one_edu_premier"), ("unknown", "plan_united")])
def test_preflight_names_the_plan_that_is_not_understood_and_gives_no_number(names: str, key: str) -> None:
    with start([], {"licensed": 3}, plan_names=names) as box:
        found = call("zoom_account_info", box)
        assert "bought" not in found["seats"]["licensed"]
        assert found["plans_unknown"] == [{"key": key, "type": found["plans_unknown"][0]["type"], "hosts": 3}]
        (told,) = [check["message"] for check in found["checks"] if check["check"] == "plans"]
        assert key in told and "license_defaults_seats" in told
        assert not any("0 of 0" in check["message"] for check in found["checks"])


def test_a_plan_that_is_not_understood_is_given_until_zoom_refuses_and_one_refusal_is_enough() -> None:
    with start([account(name) for name in NAMES[:4]], {"licensed": 3}, plan_names="unknown") as box:
        done = call("zoom_license_default", box, people=PEOPLE[:4], default="licensed")
        assert sum(kind == 2 for kind in held(box).values()) == 2, "the owner holds the third"
        assert "seats_unknown" in reasons(done) and refused(box) <= 2


@pytest.mark.parametrize(
    ("usage", "bought"),
    [
        ({"plan_base": {"hosts": "60", "usage": "44", "pending": ""}}, None),
        ({"plan_base": {"hosts": "60", "usage": "44"}}, 60),
        ({"plan_base": {"hosts": 60, "usage": None}}, None),
        ({"plan_base": [None, {"hosts": 60, "usage": 1}, "x"]}, None),  # what can't be read may hold seats too
        ({"plan_base": [{"hosts": 50, "usage": 1}, {"hosts": 10, "usage": 1}]}, 60),
        ({"plan_base": {"hosts": True, "usage": 1}}, None),
        ({"plan_base": {"hosts": 0, "usage": 0}, "plan_zoom_one_edu_student": {"hosts": 5, "usage": 1, "type": "a_new_one"}}, None),
        ({"plan_base": {"hosts": 0, "usage": 0}, "plan_zoom_workplace_new": {"hosts": "5", "usage": 1}}, None),
        ({"plan_base": {"hosts": 0, "usage": 0}, "plan_webinar": [{"hosts": 5, "usage": 1, "type": "webinar500_monthly"}]}, 0),
        ({"plan_base": {"hosts": 0, "usage": 0}, "plan_united": {"type": "odd", "usage": 1}}, None),
    ],
)
def test_numbers_as_text_or_absent_do_no_harm(usage: dict[str, Any], bought: int | None) -> None:
    with start([], {"licensed": 3}) as box:
        box.faults.add(path="/v2/accounts/me/plans/usage", status=200, body=usage, times=None)
        found = call("zoom_account_info", box)
        assert found["seats"].get("licensed", {}).get("bought") == bought, found["seats"]
        assert not found["failed"]


@pytest.mark.parametrize("value", ["absent", "none", "0"])
@pytest.mark.parametrize("kind", ["oauth", "token"])
def test_no_united_plan_is_one_thing_however_zoom_says_it(value: str, kind: str) -> None:
    accounts = [account("ada.x", license={"zoom_one_type": 16}), account("bob.x", license="licensed"), account("cleo.x")]
    with start(accounts, {"licensed": 9, "zoom_one_type": {16: 1}}, no_united=value) as box:
        connection = None if kind == "oauth" else box.scim_connection()
        done = call("zoom_license_default", box, connection=connection, people=PEOPLE[:3], default="licensed")
        assert (done["failed"], held(box)["cleo.x"]) == (False, 2), done
        taken = call("zoom_license_default", box, connection=connection, people=PEOPLE[:3], default="basic", max_removals="100%")
        assert held(box) == {"ada.x": 2, "bob.x": 1, "cleo.x": 1}, "a bundle is no plain licence"
        assert "bundle" in reasons(taken)


@pytest.mark.parametrize("code", [2033, 3412])
def test_where_basic_is_full_creations_come_out_unassigned_and_it_is_said_once(code: int) -> None:
    with start([], {"licensed": 9, "basic": 2}, basic_full=code) as box:
        done = call("zoom_scim_users", box, people=PEOPLE)
        assert not done["failed"], done["msg"]
        assert sorted(held(box).values()) == [1, 1, 4, 4, 4, 4, 4]
        (told,) = [row for row in done["attention"] if row["reason"] in FULL]
        assert "5 changes" in told["message"] and "created as unassigned" in told["message"] and len(told["emails"]) == 5
        assert refused(box) <= 5, "those under way side by side may each be refused once"
        again = call("zoom_scim_users", box, people=PEOPLE)
        assert (again["failed"], again["changed"]) == (False, False)


def test_the_default_licence_falls_back_in_order_and_each_kind_is_closed_by_its_first_refusal() -> None:
    with start([], {"licensed": 2, "basic": 1, "unassigned": 2}, plans_usage="forbidden") as box:
        done = call("zoom_scim_users", box, people=PEOPLE, licenses={"default": "licensed"}, max_attempts=1)
        assert not done["failed"], done["msg"]
        assert sorted(held(box).values()) == [1, 2, 4, 4]
        (nowhere,) = [row for row in done["attention"] if row["reason"] == "no_room"]
        assert "3 people in scope got no account" in nowhere["message"] and len(nowhere["emails"]) == 3
        assert reasons(done).count("kind_full") == 1
        assert sorted(reasons(done, "attention")).count("created_with") == 3, "said of accounts that were made"


def test_where_neither_kind_has_room_creations_are_not_tried_again_in_this_run() -> None:
    people = [{"primaryEmail": f"p{number}@example.com", "name": {"givenName": "P", "familyName": str(number)}} for number in range(40)]
    with start([], {"licensed": 2, "basic": 0, "unassigned": 0}) as box:
        done = call("zoom_scim_users", box, people=people)
        assert not done["failed"], done["msg"]
        assert reasons(done) == ["no_room"] and len(done["attention"][0]["emails"]) == 40
        assert len(box.ledger.writes()) < 40, "two refusals are enough, but for those under way beside them"


def test_what_one_phase_has_said_of_a_kind_that_is_full_the_next_does_not_say_again(tmp_path: Path) -> None:
    with start([], {"licensed": 9, "basic": 2}) as box:
        files = {"accounts_path": str(tmp_path / "accounts"), "people_path": str(tmp_path / "people")}
        call("zoom_user_info", box, dest=files["accounts_path"])
        call("google_scope_info", box, groups=[SCOPE], dest=files["people_path"], accounts_path=files["accounts_path"])
        first = call("zoom_scim_users", box, licenses={"default": "basic"}, **files)
        second = call("zoom_license_default", box, default="basic", **files)
        assert (first["failed"], second["failed"]) == (False, False)
        assert [reasons(first).count("kind_full"), reasons(second).count("kind_full")] == [1, 0]


@pytest.mark.parametrize("code", [2033, 3412])
def test_licences_that_become_basic_stay_where_basic_is_full_and_it_is_said_once(code: int) -> None:
    accounts = [account(name, license="licensed") for name in NAMES[:5]] + [account(name, license="basic") for name in NAMES[5:]]
    with start(accounts, {"licensed": 9, "basic": 2}, basic_full=code) as box:
        done = call("zoom_license_default", box, people=PEOPLE[:5], default="basic", allow_losses=True)
        assert (done["failed"], reasons(done)) == (False, ["limit_license", "kind_full"]), done  # the limit is lifted, and said
        assert held(box) == {**dict.fromkeys(NAMES[:5], 2), **dict.fromkeys(NAMES[5:], 1)}
        assert "5 accounts were left unchanged" in done["attention"][1]["message"]


def test_a_bundle_stays_where_basic_is_full_as_zoom_says_by_2039() -> None:
    accounts = [account("ada.x", license={"zoom_one_type": 16}), account("bob.x"), account("cleo.x", license={"zoom_one_type": 16})]
    rules = [{"groups": ["nobody@example.com"], "license": {"zoom_one_type": 16}}]
    with start(accounts, {"licensed": 9, "basic": 1, "zoom_one_type": {16: 2}}) as box:
        for default in ("basic", "unassigned"):
            done = call("zoom_license_default", box, people=PEOPLE[:1] + PEOPLE[2:3], default=default, rules=rules, allow_losses=True)
            assert (done["failed"], reasons(done)) == (False, ["kind_full"]), done
            assert (held(box)["ada.x"], held(box)["cleo.x"]) == (2, 2)


def test_reactivations_wait_where_basic_is_full_and_nothing_else_of_them_is_tried(tmp_path: Path) -> None:
    accounts = [account(name, status="inactive", last_name="Former") for name in NAMES[:3]] + [account("dan.x", license="basic")]
    with start(accounts, {"licensed": 9, "basic": 1}) as box:
        files = {"accounts_path": str(tmp_path / "accounts")}
        call("zoom_user_info", box, dest=files["accounts_path"])
        call("google_scope_info", box, groups=[SCOPE], dest=str(tmp_path / "people"), **files)
        done = call("zoom_scim_users", box, people_path=str(tmp_path / "people"), **files)
        assert not done["failed"], done["msg"]
        waiting = {f"{name}@example.com" for name in NAMES[:3]}
        (told,) = [row for row in done["attention"] if row["reason"] == "kind_full"]
        assert waiting <= set(told["emails"])
        assert {email: box.zoom.user(email).last_name for email in waiting} == dict.fromkeys(waiting, "Former")
        again = call("zoom_license_default", box, people_path=str(tmp_path / "people"), default="licensed", **files)
        assert not again["failed"] and all(box.zoom.user(email).status == "inactive" for email in waiting)
