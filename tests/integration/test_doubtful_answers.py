# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that look as if they said what would be handy, and do not: a gateway's page, a field without a value, one odd account of many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory, _http
from answering import ADA, BOB, Start, Tenant, messages, only, provision, start, token_of
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

__all__ = ["start"]  # a fixture

PAGE: dict[str, Any] = {
    "status": 404,
    "body": "<html><title>Error 404 (Not Found)!!1</title></html>",
    "headers": {"Content-Type": "text/html"},
    "times": None,
}
ROUTE: dict[str, Any] = {"status": 404, "body": {"message": "no Route matched with those values"}, "times": None}
GATEWAYS = pytest.mark.parametrize("gateway", [PAGE, ROUTE], ids=["page", "route"])
LEFT: dict[str, Any] = {"prune": True}
RENAMED = {"primaryEmail": "ada.lovelace@example.com", "aliases": ["ada.byron@example.com"], "name": ADA["name"]}


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)


@pytest.fixture
def directory() -> Iterator[Sandbox]:
    """Ada and Bob, both in scope, both with an account."""
    names = ["ada.byron", "bob.oneill"]
    given = seed([person(name) for name in names], {"zoom-users": names}, [account(name) for name in names])
    with Sandbox.start(given, {"rate_limits": False, "google_quota": None}) as box:
        yield box


def of(box: Sandbox, name: str) -> Any:
    return box.zoom.user(f"{name}@example.com")


def google_id(box: Sandbox, name: str) -> Any:
    return only([user for user in box.google.users.values() if user.email == f"{name}@example.com"])


def scoped_run(box: Sandbox, folder: Path, **ends: Any) -> dict[str, Any]:
    accounts, people = str(folder / "accounts"), str(folder / "people")
    call("zoom_user_info", box, dest=accounts)
    read = call("google_scope_info", box, groups=[SCOPE], accounts_path=accounts, dest=people, **ends)
    assert not read["failed"], read
    return call("zoom_scim_users", box, accounts_path=accounts, people_path=people, prune=True, **ends)


# a page in place of Google's or Zoom's own answer


@GATEWAYS
def test_a_gateway_s_404_does_not_confirm_that_somebody_has_left_the_group(
    directory: Sandbox, tmp_path: Path, gateway: dict[str, Any]
) -> None:
    ada = google_id(directory, "ada.byron")
    row = {"id": ada.id, "email": ada.email, "role": "MEMBER", "type": "USER", "status": "ACTIVE"}
    listed = {"kind": "admin#directory#members", "members": [row]}
    directory.faults.add(path=f".*/groups/{SCOPE}/members", method="GET", status=200, times=None, body=listed)
    asked = [directory.faults.add(path=path, method="GET", **gateway) for path in (r".*/hasMember/.*", rf".*/groups/{SCOPE}/members/.+")]
    done = scoped_run(directory, tmp_path)
    assert sum(fault.hits for fault in asked)
    assert of(directory, "bob.oneill").status == "active"
    assert [row["email"] for row in done["withheld"]] == ["bob.oneill@example.com"]


@GATEWAYS
def test_a_gateway_s_404_does_not_confirm_that_somebody_is_nobody(directory: Sandbox, tmp_path: Path, gateway: dict[str, Any]) -> None:
    ada = google_id(directory, "ada.byron")
    row = {"id": ada.id, "primaryEmail": ada.email, "customerId": "C03az79cb", "orgUnitPath": "/", "name": ADA["name"]}
    lists = r"/admin/directory/v1/users\?(?!.*showDeleted).*"
    directory.faults.add(path=lists, method="GET", status=200, times=None, body={"kind": "admin#directory#users", "users": [row]})
    asked = directory.faults.add(path=r"/admin/directory/v1/users/bob.*", method="GET", **gateway)
    scoped_run(directory, tmp_path, deprovision={"unknown": "deactivate"})
    assert asked.hits
    assert of(directory, "bob.oneill").status == "active"


@GATEWAYS
def test_an_account_is_not_called_deleted_for_a_gateway_s_404(start: Start, tmp_path: Path, gateway: dict[str, Any]) -> None:
    box = start([account("ada.byron")])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    for method in ("DELETE", "GET"):
        box.faults.add(path="/v2/users/.+", method=method, **gateway)
    done = tenant.call(
        "zoom_scim_users", people=[{**ADA, "in_scope": False}], deprovision={"out_of_scope": "delete"}, scim_rate=100, **LEFT
    )
    assert of(box, "ada.byron").status == "active"
    assert tenant.record("ada.byron"), "the record stays with the account"
    assert "may have been done or not" in messages(done, "failed_items")
    assert done["failed"]


@GATEWAYS
def test_a_member_is_not_called_removed_for_a_gateway_s_404(start: Start, tmp_path: Path, gateway: dict[str, Any]) -> None:
    box = start([account("ada.byron", groups=["Sales"])], {}, groups=[{"name": "Sales"}])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.faults.add(path="/v2/groups/.+/members/.+", method="DELETE", **gateway)
    mapped = [{"name": "Sales", "users": ["bob.oneill@example.com"], "exclusive": True}]
    done = tenant.call("zoom_groups", people=[ADA], groups=mapped)
    assert of(box, "ada.byron").group_ids, "she is still inside"
    assert done["failed"]


# an answer that leaves open what there is


def test_a_deactivation_is_proven_by_a_value_and_not_by_a_field_without_one(start: Start) -> None:
    box = start([account("ada.byron")])
    answer = {"id": of(box, "ada.byron").id, "userName": "ada.byron@example.com", "active": None}
    box.faults.add(path="/scim2/Users/.+", method="PATCH", status=200, body=answer)
    done = provision(box, {**ADA, "in_scope": False}, **LEFT)
    assert of(box, "ada.byron").status == "active", "this Zoom did nothing"
    assert done["failed"]
    assert "Zoom answered success, but shows status 'active'" in messages(done, "failed_items")


@pytest.mark.parametrize("answer", [{}, {"userName": None, "id": "x"}])
def test_a_rename_by_scim_whose_answer_is_empty_is_read(start: Start, answer: dict[str, Any]) -> None:
    box = start([account("ada.byron")])
    box.faults.add(path="/scim2/Users/.+", method="PUT", status=200, body=answer, handled=True)
    done = call("zoom_scim_users", box, connection=token_of(box), people=[RENAMED])
    assert not done["failed"], done
    assert of(box, "ada.lovelace").status == "active"


def test_an_account_that_the_answer_called_inactive_is_carried_as_it_is(start: Start, tmp_path: Path) -> None:
    box = start()
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    answer = {"id": "", "userName": "ada.byron@example.com", "active": False}
    box.faults.add(path="/scim2/Users", method="POST", status=201, body=answer, handled=True)
    done = tenant.call("zoom_scim_users", people=[ADA], scim_rate=100)
    assert not done["failed"], done
    assert of(box, "ada.byron").status == tenant.record("ada.byron")["status"] == "active"
    assert not tenant.record("ada.byron").get("held")


# one account of many


def test_one_account_that_can_not_be_read_keeps_nobody_else_from_being_done(start: Start) -> None:
    box = start([account("ada.byron", license="licensed"), account("bob.oneill", license="licensed", last_name="Former")])
    ada = of(box, "ada.byron")
    odd = {"id": ada.id, "email": ada.email, "status": "active", "type": 2, "location": 5}
    box.faults.add(path=f"/v2/users/{ada.id}", method="GET", status=200, body=odd, times=None)
    done = provision(box, {**ADA, "in_scope": False}, BOB, **LEFT)
    assert (of(box, "ada.byron").status, of(box, "bob.oneill").last_name) == ("active", "Oneill")
    assert "ada.byron@example.com: the account was skipped, as it can't be read" in messages(done)
    done = call("zoom_license_default", box, people=[ADA, BOB], default="basic", allow_losses=True)
    assert (of(box, "ada.byron").license.type, of(box, "bob.oneill").license.type) == (2, 1)
    assert "ada.byron@example.com: the account was skipped" in messages(done)
    assert not done["failed"]


def test_an_account_that_is_gone_since_the_list_was_read_keeps_nobody_else_from_being_done(start: Start, tmp_path: Path) -> None:
    box = start([account("ada.byron", license="licensed"), account("bob.oneill", license="licensed")])
    tenant = Tenant(box, tmp_path)
    tenant.read("run1")
    box.zoom.delete_user("ada.byron@example.com")
    done = tenant.call("zoom_license_default", people=[ADA, BOB], default="basic", allow_losses=True)
    assert not done["failed"], done
    assert of(box, "bob.oneill").license.type == 1
    assert "ada.byron@example.com: the account was skipped, as Zoom no longer finds it" in messages(done)


def test_an_attribute_of_one_account_that_can_not_be_read_keeps_nobody_else_from_being_done(start: Start) -> None:
    box = start([account("ada.byron"), account("bob.oneill", last_name="Former")])
    box.faults.add(path=f"/v2/users/{of(box, 'ada.byron').id}", method="GET", status=200, body={"id": 5}, times=None)
    done = provision(
        box, {**ADA, "name": {"givenName": "Augusta", "familyName": "Byron"}}, BOB, attributes={"title": "'Head'"}, verify_unlisted="always"
    )
    assert not done["failed"], done
    assert (of(box, "ada.byron").first_name, of(box, "bob.oneill").job_title) == ("Ada", "Head")


def test_named_people_lose_access_although_their_bundle_can_not_be_read(start: Start) -> None:
    box = start([account("ada.byron", license="licensed")])
    box.faults.add(path=f"/v2/users/{of(box, 'ada.byron').id}", method="GET", status=200, body={"id": 5}, times=None)
    done = call("zoom_offboard", box, users=["ada.byron@example.com"], action="deactivate")
    assert of(box, "ada.byron").status == "inactive", done


NEW = [{"primaryEmail": f"p{number}@example.com", "name": {"givenName": "P", "familyName": str(number)}} for number in range(4)]


def test_one_odd_row_of_the_lists_does_not_keep_creations_from_being_looked_at(start: Start) -> None:
    box = start([account("odd.one")], {"create_answer": "pending"})
    row = {"id": of(box, "odd.one").id, "email": ""}
    box.faults.add(
        path=r"/v2/users\?.*status=active.*", method="GET", status=200, times=None, after=2, body={"users": [row], "total_records": 1}
    )
    done = provision(box, *NEW)
    assert [row["reason"] for row in done["attention"] if row["email"].startswith("p")] == ["pending"] * 4
    assert "could not be read" not in messages(done)


def test_many_who_are_invited_are_reported_as_invited_by_a_scim_token_too(start: Start) -> None:
    box = start(switches={"create_answer": "pending"})
    done = call("zoom_scim_users", box, connection=token_of(box), people=NEW)
    assert [row["reason"] for row in done["attention"] if row["email"].startswith("p")] == ["pending"] * 4, done["failed_items"]
    assert not done["failed_items"]


# limits


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("", {"Retry-After": "1"}),
        ({"code": 429, "message": "You have reached the maximum per-second rate limit for this API."}, {}),
        ({"code": 429, "message": "Too many."}, {"X-RateLimit-Type": "QPS"}),
    ],
)
def test_a_limit_that_passes_is_not_taken_for_the_fourth_change_of_an_address(start: Start, body: Any, headers: dict[str, str]) -> None:
    box = start([account("ada.byron")])
    box.faults.add(path="/v2/users/.+/email", method="PUT", status=429, body=body, headers=headers, times=1)
    assert not provision(box, RENAMED)["failed"], "it is waited out"
    assert of(box, "ada.lovelace").status == "active"


def test_the_fourth_change_of_an_address_is_not_repeated_by_scim_either(start: Start) -> None:
    box = start([account("ada.byron")])
    body = {"detail": "You can only change the email 3 times in 24 hours.", "status": 429}
    fault = box.faults.add(path="/scim2/Users/.+", method="PUT", status=429, body=body, times=None)
    done = call("zoom_scim_users", box, connection=token_of(box), people=[RENAMED])
    assert fault.hits == 1
    assert "three times" in messages(done, "failed_items")


@pytest.mark.parametrize("said", ["1798761600000", "9" * 400, "1798761600", "soon"])
def test_a_moment_that_is_none_is_not_waited_for_and_no_traceback(start: Start, said: str) -> None:
    box = start()
    box.faults.add(
        path="/v2/users", method="GET", status=429, body={"code": 429, "message": "x"}, headers={"Retry-After": said}, times=None
    )
    done = call("zoom_user_info", box, max_attempts=2)
    assert done["failed"]
    assert "HTTP 429" in done["msg"]


# tokens


def test_a_token_endpoint_that_names_a_moment_is_not_said_to_be_tried_again(start: Start) -> None:
    box = start()
    fault = box.faults.add(path="/oauth/token", method="POST", status=429, headers={"Retry-After": "3600"}, times=None)
    told = call("zoom_user_info", box)["msg"]
    assert fault.hits == 1
    assert "after a retry" not in told
    assert "run again after 20" in told


def test_a_token_that_is_refused_as_soon_as_it_is_there_is_fetched_anew(start: Start) -> None:
    """Some accounts void the former token with each new one, so that another tool may have voided this."""
    box = start()
    box.faults.add(path="/v2/users", method="GET", status=401, body={"code": 124, "message": "Invalid access token."}, times=1)
    assert not call("zoom_user_info", box)["failed"]
    assert sum(entry["path"] == "/oauth/token" for entry in box.ledger.entries) == 2


def test_tokens_that_are_all_refused_are_not_fetched_for_ever(start: Start) -> None:
    box = start([account(f"p{number}") for number in range(30)])
    box.faults.add(path="/scim2/Users.*", status=401, body={"code": 124, "message": "Invalid access token."}, times=None)
    people = [{"primaryEmail": f"p{number}@example.com", "name": {"givenName": "New", "familyName": "Name"}} for number in range(30)]
    assert provision(box, *people)["failed"]
    assert sum(entry["path"] == "/oauth/token" for entry in box.ledger.entries) <= 5


# plans


@pytest.mark.parametrize("base", [0, 1])
def test_a_plan_that_is_not_understood_leaves_the_number_open_whatever_the_base_plan_has(start: Start, base: int) -> None:
    box = start([account("ada.byron"), account("bob.oneill")])
    plans = {
        "plan_base": {"type": "yearly", "hosts": base, "usage": base, "pending": 0},
        "plan_zoom_one_edu_x": [{"type": "new_edu", "hosts": 100, "usage": 3}],
    }
    box.faults.add(path="/v2/accounts/me/plans/usage", status=200, times=None, body=plans)
    call("zoom_license_default", box, people=[ADA, BOB], default="licensed")
    assert (of(box, "ada.byron").license.type, of(box, "bob.oneill").license.type) == (2, 2)
