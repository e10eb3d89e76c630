# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is refused as a whole stops its phase: few writes, one sentence, no removal behind it, and the next run goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from answering import Start, Tenant, start
from playing import account
from sandbox import Sandbox

__all__ = ["start"]  # a fixture

MOST = 20 + 16  # in a row, and what as many threads may have under way
EDIT = "User:Edit"
BASIC, LICENSED = {"license": "basic"}, {"license": "licensed"}
FAST = {"rate_limits": False}


def people(count: int, name: str = "p", **more: Any) -> list[dict[str, Any]]:
    found = [(f"{name}{number:04}", f"{name}{number:04}.x@example.com") for number in range(count)]
    return [{"primaryEmail": email, "name": {"givenName": given.title(), "familyName": "X"}, **more} for given, email in found]


def accounts(count: int, name: str = "p", **more: Any) -> list[dict[str, Any]]:
    return [account(f"{name}{number:04}.x", id=f"{name}{number:04}", **more) for number in range(count)]


def renamed(count: int, name: str = "p") -> list[dict[str, Any]]:
    """With a department that Zoom does not know yet: each is an update."""
    return people(count, name, organizations=[{"primary": True, "department": "New"}])


class Company:
    """One tenant that keeps its snapshot and its journal."""

    def __init__(self, box: Sandbox, folder: Path) -> None:
        self.box, self.folder, self.run = box, folder, 0
        self.tenant = Tenant(box, folder)

    def begin(self) -> None:
        self.run += 1
        self.tenant.read(f"run{self.run}")
        self.box.ledger.clear()

    def call(self, module: str, everybody: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
        given = {"journal_dir": str(self.folder / "journal"), "rate_plan": "business", "scim_rate": 2000, **options}
        return self.tenant.call(module, people=everybody, **given)

    def accounts(self, everybody: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
        return self.call("zoom_scim_users", everybody, **options)

    def journal(self) -> list[dict[str, Any]]:
        path = self.folder / "journal" / f"run{self.run}.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    @property
    def refused(self) -> list[dict[str, Any]]:
        return [entry for entry in self.box.ledger.writes() if entry["status"] >= 400 or entry["status"] == 0]


@pytest.fixture
def company(start: Start, tmp_path: Path) -> Iterator[Any]:
    def begin(there: Sequence[Any] = (), switches: Any = None, **zoom: Any) -> Company:
        found = Company(start(there, {**FAST, **(switches or {})}, **zoom), tmp_path)
        found.begin()
        return found

    yield begin


def stopped(result: dict[str, Any]) -> dict[str, Any]:
    """The one sentence, which is all that the module fails with."""
    assert (result["failed"], result.get("partial")) == (True, True), result
    (row,) = [row for row in result["failed_items"] if row["reason"] == "stopped"]
    assert (result["problems"], result["msg"]) == ([row["message"]], row["message"])
    return dict(row)


def forbid(box: Sandbox) -> set[str]:
    """Takes a right from the app's owner; the rights before."""
    before = set(box.zoom.permissions)
    box.zoom.set_settings(permissions=sorted(before - {EDIT}))
    return before


# A thousand


def test_a_thousand_creations_refused_alike_are_few_writes_and_one_sentence_and_the_next_run_makes_them_all(company: Any) -> None:
    found, everybody = company(), people(1000)
    rights = forbid(found.box)
    done = found.accounts(everybody)
    row, sent = stopped(done), found.box.ledger.writes()
    assert 20 <= len(sent) == len(found.refused) <= MOST
    assert (
        f"20 changes in Zoom failed in a row with the same error, so {1000 - len(sent)} more of this phase were not tried ("
        in row["message"]
    )
    assert "the account was not created, because the owner of the Zoom app may not do this" in row["message"]
    assert len(row["emails"]) == 1000 - len(sent)
    assert len(done["failed_items"]) == len(sent) + 1
    assert (done["changed"], done["changes_total"]) == (False, len(sent))
    found.box.zoom.set_settings(permissions=sorted(rights))
    found.begin()
    done = found.accounts(everybody)
    assert (done["failed"], done["summary"]["create"], len(found.refused)) == (False, 1000, 0)
    found.begin()
    again = found.accounts(everybody)
    assert (again["failed"], again["changed"], found.box.ledger.writes()) == (False, False, [])


SCIM = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"]}
REFUSALS: dict[str, dict[str, Any]] = {
    "a scope taken away": {"status": 400, "body": {"code": 4711, "message": "Invalid access token, does not contain scopes:[scim2]."}},
    "a foreign domain": {"status": 409, "body": {**SCIM, "detail": "The email domain does not match the associated domain"}},
    "a token that is not taken": {"status": 401, "body": {"code": 124, "message": "Invalid access token."}},
    "no connection": {"drop": "before"},
    "a fault of Zoom's": {"status": 500, "body": "oops"},
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSALS)
def test_whatever_the_one_reason_is_the_rest_is_not_tried(company: Any, why: str) -> None:
    found, everybody = company(accounts(150, department="Old")), renamed(150)
    found.box.faults.add(method="PUT", path="/scim2/Users/.*", times=None, **REFUSALS[why])
    row = stopped(found.accounts(everybody))
    tried = {entry["path"] for entry in found.box.ledger.writes()}
    assert 20 <= len(tried) <= MOST
    assert len(row["emails"]) == 150 - len(tried)
    found.box.faults.clear()
    found.begin()
    done = found.accounts(everybody)
    assert (done["failed"], done["changes_total"]) == (False, 150)


def test_what_stands_against_each_person_stops_a_phase_too_where_it_meets_twenty_in_a_row(company: Any) -> None:
    """Each address has a login elsewhere: nothing that the app's owner could settle, but nothing to try a thousand times either."""
    everybody = people(100)
    found = company(foreign_logins={person["primaryEmail"] for person in everybody})
    row = stopped(found.accounts(everybody))
    assert len(found.refused) <= MOST
    assert "have it consolidated into this account" in row["message"]


def test_check_mode_announces_all_of_it_whatever_would_be_refused(company: Any) -> None:
    found = company()
    forbid(found.box)
    done = found.accounts(people(100), check=True)
    assert (done["failed"], done["changes_total"], found.box.ledger.writes()) == (False, 100, [])


# What must not open it


def test_refusals_of_different_codes_that_take_turns_stop_nothing(company: Any) -> None:
    found = company(accounts(40))
    for number in range(40):
        odd = {"status": 400, "body": {"code": 300, "message": "No."}} if number % 2 else REFUSALS["a foreign domain"]
        found.box.faults.add(method="PUT", path="/scim2/Users/.*", **odd)
    done = found.accounts(renamed(40))
    assert len(found.refused) == len(done["failed_items"]) == 40
    assert {row["reason"] for row in done["failed_items"]} == {"update"}


def test_more_than_a_fifth_of_fifty_stops_the_phase_and_one_in_twenty_does_not(company: Any) -> None:
    found = company(accounts(150))
    refused = found.box.faults.add(method="PUT", path=r"/scim2/Users/p\d\d\d[037]", times=None, **REFUSALS["a foreign domain"])
    done = found.accounts(renamed(150))
    row = stopped(done)
    assert 50 <= len(found.box.ledger.writes()) <= 50 + MOST
    assert re.match(r"\d+ changes in Zoom failed among the first \d+, so \d+ more of this phase were not tried", row["message"])
    found.box.faults.clear()
    found.begin()
    found.box.faults.add(method="PUT", path=r"/scim2/Users/p\d\d[02468]7", times=None, **REFUSALS["a foreign domain"])
    done = found.accounts(renamed(150))
    assert refused.hits > 10
    assert {row["reason"] for row in done["failed_items"]} == {"update"}
    assert done["summary"]["update"] + len(done["failed_items"]) == len(row["emails"]) + refused.hits


def test_seats_that_zoom_refuses_side_by_side_are_a_shortage_and_stop_nothing_else(company: Any) -> None:
    """Each of the threads may ask for one before the first refusal is known."""
    found = company(accounts(80, **BASIC), {"plans_usage": "forbidden"}, seats={"licensed": 2, "basic": 9999})
    done = found.call("zoom_license_default", people(80), default="licensed")
    assert [row["reason"] for row in done["failed_items"]] == ["license"]
    assert {row["reason"] for row in done["attention"]} >= {"seat_refused"}


# Removals behind it


def test_no_removal_of_the_same_phase_is_made_behind_it(company: Any) -> None:
    found = company([*accounts(60), *accounts(5, "gone", **LICENSED)])
    found.box.faults.add(method="PUT", path="/scim2/Users/.*", times=None, **REFUSALS["a scope taken away"])
    leavers = people(5, "gone", in_scope=False)
    done = found.accounts([*renamed(60), *leavers], prune=True, deprovision={"out_of_scope": "downgrade"}, max_deactivations="100%")
    assert {person["primaryEmail"] for person in leavers} <= set(stopped(done)["emails"])
    assert {entry["method"] for entry in found.box.ledger.writes()} == {"PUT"}


def test_later_phases_of_the_run_remove_nothing_and_give_what_they_have_to_give_but_to_nobody_who_was_not_tried(company: Any) -> None:
    given = [*accounts(60, **BASIC), *accounts(5, "rich", **LICENSED), *accounts(5, "poor", **BASIC), *accounts(5, "member", **BASIC)]
    found = company(given, groups=[{"name": "Staff"}])
    for number in range(5):
        found.box.zoom.add_member("Staff", f"member{number:04}.x@example.com")
    found.begin()
    found.box.faults.add(method="PUT", path="/scim2/Users/.*", times=None, **REFUSALS["a scope taken away"])
    everybody = [*renamed(60), *people(5, "rich"), *people(5, "poor"), *people(5, "member")]
    tried = 60 - len(stopped(found.accounts(everybody))["emails"])
    found.box.ledger.clear()
    rules = [{"users": ["poor0000.x@example.com", "p0059.x@example.com"], "license": "licensed"}]
    done = found.call("zoom_license_default", everybody, default="basic", rules=rules, max_removals="100%")
    assert [entry["path"] for entry in found.box.ledger.writes()] == ["/v2/users/poor0000"]
    why = "20 changes in Zoom failed in a row with the same error earlier in this run"
    assert done["problems"] == [
        f"5 licences would be taken away, and all of it was blocked, as {why}; this run removes nothing, so run again later."
    ]
    found.box.ledger.clear()
    groups = [{"name": "Staff", "users": ["poor0000.x@example.com", "p0059.x@example.com"], "exclusive": True}]
    done = found.call("zoom_groups", everybody, groups=groups, max_removals="100%")
    assert {row["reason"] for row in done["withheld"]} == {"no_removals"}
    assert {entry["method"] for entry in found.box.ledger.writes()} == {"POST"}
    assert tried <= MOST
    found.box.faults.clear()
    found.begin()
    assert not found.accounts(everybody)["failed"]
    done = found.call("zoom_license_default", everybody, default="basic", rules=rules, max_removals="100%")
    assert (done["failed"], done["losses"], done["changes_total"]) == (False, 5, 6)


# Other phases


def test_licences_that_are_refused_alike_are_not_asked_for_one_by_one(company: Any) -> None:
    found = company(accounts(150, **BASIC))
    forbid(found.box)
    row = stopped(found.call("zoom_license_default", people(150), default="licensed"))
    assert 20 <= len(found.refused) <= MOST
    assert "the licence was not changed, because the owner of the Zoom app may not do this" in row["message"]


def test_members_of_zoom_groups_are_not_tried_one_by_one_for_ever(company: Any) -> None:
    """A batch that is refused is sent again member by member, to let the others in."""
    found = company(accounts(200), groups=[{"name": "Staff"}, {"name": "All"}])
    found.box.faults.add(
        method="POST", path="/v2/groups/.*/members", times=None, status=400, body={"code": 300, "message": "Validation Failed."}
    )
    everybody = people(200)
    chosen = {"where": "`true`"}
    row = stopped(found.call("zoom_groups", everybody, groups=[{"name": "Staff", **chosen}, {"name": "All", **chosen}]))
    assert 20 <= len(found.refused) <= MOST
    assert 200 - len(found.refused) <= len(row["emails"]) < 200
    found.box.faults.clear()
    found.begin()
    done = found.call("zoom_groups", everybody, groups=[{"name": "Staff", **chosen}, {"name": "All", **chosen}])
    assert (done["failed"], sum(len(change["emails"]) for change in done["changes"])) == (False, 400)


def test_sign_ins_that_can_not_be_revoked_keep_nobody_from_being_offboarded(company: Any) -> None:
    found = company(accounts(60))
    found.box.faults.add(method="DELETE", path="/v2/users/[^/]*/token", times=None, **REFUSALS["a scope taken away"])
    users = [person["primaryEmail"] for person in people(60)]
    done = found.tenant.call("zoom_offboard", users=users, journal_dir=str(found.folder / "journal"), rate_plan="business", scim_rate=2000)
    revoked = [entry for entry in found.box.ledger.writes() if entry["path"].endswith("/token")]
    assert 20 <= len(revoked) <= MOST
    assert done["summary"]["deactivate"] == 60
    (row,) = [row for row in done["failed_items"] if row["reason"] == "stopped_step"]
    assert f"so {60 - len(revoked)} more of the step Revoke logins were not tried" in row["message"]
    assert done["problems"] == [row["message"]]


# The journal


def test_the_journal_says_where_it_stopped_and_everybody_who_reads_journals_takes_it(company: Any) -> None:
    found = company([*accounts(5, "ok"), *accounts(60)])
    found.box.faults.add(method="PUT", path="/scim2/Users/p.*", times=None, **REFUSALS["a foreign domain"])
    row = stopped(found.accounts([*renamed(60), *renamed(5, "ok")], attributes={"department": "organizations[0].department"}))
    last = found.journal()[-1]
    assert (last["event"], last["run_id"], last["error"], last["emails"]) == ("stopped", "run1", row["message"], row["emails"])
    assert "id" not in last
    assert {entry["event"] for entry in found.journal()[:-1]} == {"intent", "outcome"}
    found.box.faults.clear()
    found.begin()
    undone = found.tenant.call("zoom_undo", journal=str(found.folder / "journal" / "run1.jsonl"), journal_dir=str(found.folder / "journal"))
    made = [entry["email"] for entry in found.journal() if entry["event"] == "intent"] if undone["changed"] else []
    assert not undone["failed"], undone
    assert all(email.startswith("ok") for email in made)
