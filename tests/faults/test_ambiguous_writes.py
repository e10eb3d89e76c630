# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes whose answer does not say what became of them: proven by a read, said as it is, and made once.

Each action of both tables has a row here; each is met by every such answer, with the write made and not made, once and for ever: at each
commit by half of them, by all in make torture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._journal import read_entries
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory, _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write import _account_calls, _created_accounts, _proof
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._google_actions import GOOGLE_WRITES
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._write._zoom_actions import ZOOM_WRITES
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox
from tiers import more

HTML = {"body": "<html>Bad gateway</html>", "headers": {"Content-Type": "text/html"}}
# what is answered in place of what the API would say; `handled` is added by the tests
ANSWERS: dict[str, dict[str, Any]] = {
    "401": {"status": 401, "body": {"code": 124, "message": "Invalid access token."}},
    "500": {"status": 500, **HTML},
    "502": {"status": 502, **HTML},
    "503 with a long wait": {"status": 503, "headers": {"Retry-After": "86400"}},
    "redirect": {"status": 302, "headers": {"Location": "http://127.0.0.1:9/elsewhere"}},
    "NaN": {"status": 200, "body": '{"id": NaN}', "headers": {"Content-Type": "application/json"}},
    "a list": {"status": 200, "body": []},
    "cut short": {"status": 200, "body": '{"id": "', "headers": {"Content-Type": "application/json"}},
    "nested deeply": {"status": 200, "body": "[" * 5000, "headers": {"Content-Type": "application/json"}},
}
FOR_EVER = ("401", "500", "redirect")
SUCCESSES = ("NaN", "a list", "cut short", "nested deeply")
ADA, BOB, NEW = "ada.byron@example.com", "bob.stone@example.com", "new.group@example.com"


def listed(address: str, **more: Any) -> dict[str, Any]:
    given, family = address.partition("@")[0].split(".")
    return {"primaryEmail": address, "name": {"givenName": given.title(), "familyName": family.title()}, **more}


ENDS = {"prune": True, "allow_losses": True}
SALES = [{"name": "Sales", "users": [ADA, "eve.moss@example.com"], "exclusive": True}]
GONE = {"people": [listed(BOB, in_scope=False)], **ENDS}
FOREIGN = {"people": [listed("fay.guest@example.net", in_scope=False)], "deprovision": {"out_of_scope": "disassociate"}, **ENDS}
RENAMED = listed("cleo.ray@example.com", aliases=["cleo.park@example.com"])
INVITED = {"whoCanJoin": "INVITED_CAN_JOIN"}
USERS, GROUPS, MEMBERS = "/scim2/Users/.+", "/v2/groups/[^/]+", "/v2/groups/.+/members"


def kept(*groups: dict[str, Any]) -> dict[str, Any]:
    return {"people": [listed(ADA), listed(BOB)], "groups": list(groups), "allow_losses": True}


# action -> module, options, method and path of the write
ROWS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "create": ("zoom_scim_users", {"people": [listed("eve.new@example.com")]}, "POST", "/scim2/Users"),
    "update": ("zoom_scim_users", {"people": [listed("dan.lee@example.com")]}, "PUT", USERS),
    "rename": ("zoom_scim_users", {"people": [RENAMED]}, "PUT", "/v2/users/.+/email"),
    "deactivate": ("zoom_scim_users", GONE, "PATCH", USERS),
    "reactivate": ("zoom_scim_users", {"people": [listed("ina.far@example.com")], "reactivate": True}, "PATCH", USERS),
    "delete": ("zoom_scim_users", {**GONE, "deprovision": {"out_of_scope": "delete"}}, "DELETE", "/v2/users/[^/]+"),
    "disassociate": ("zoom_scim_users", FOREIGN, "DELETE", "/v2/users/[^/]+"),
    "license": ("zoom_license_default", {"people": [listed("dan.lee@example.com")], "default": "licensed"}, "PATCH", "/v2/users/.+"),
    "downgrade": ("zoom_license_default", {"people": [listed(ADA)], "default": "basic", "allow_losses": True}, "PATCH", "/v2/users/.+"),
    "create_group": ("zoom_groups", kept({"name": "Fresh", "users": [ADA]}), "POST", "/v2/groups"),
    "rename_group": ("zoom_groups", kept({"name": "Renamed", "previous_names": ["Former"], "users": [ADA]}), "PATCH", GROUPS),
    "delete_group": ("zoom_groups", kept({"name": "Old", "state": "absent"}), "DELETE", GROUPS),
    "add": ("zoom_groups", kept({"name": "Former", "users": [ADA, BOB]}), "POST", MEMBERS),
    "remove": ("zoom_groups", kept({"name": "Sales", "users": [ADA], "exclusive": True}), "DELETE", MEMBERS + "/.+"),
    "google_create": ("google_group", {"email": NEW, "name": "New"}, "POST", "/admin/directory/v1/groups"),
    "google_update": ("google_group", {"email": SCOPE, "name": "Another"}, "PATCH", "/admin/directory/v1/groups/.+"),
    "google_settings": ("google_group", {"email": SCOPE, "settings": INVITED}, "PATCH", "/groups/v1/groups/.+"),
    "google_delete": ("google_group", {"email": SCOPE, "state": "absent"}, "DELETE", "/admin/directory/v1/groups/[^/]+"),
    "google_add": ("google_group_members", {"group": SCOPE, "members": [BOB]}, "POST", ".*/members"),
    "google_change_role": (
        "google_group_members",
        {"group": SCOPE, "members": [{"email": ADA, "role": "OWNER"}]},
        "PATCH",
        ".*/members/.+",
    ),
    "google_remove": ("google_group_members", {"group": SCOPE, "members": [ADA], "state": "absent"}, "DELETE", ".*/members/.+"),
}
UNSEEN = {"revoke", "hand_over"}  # no read shows them, and either may be sent twice


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_google_directory, "_PER_SECOND", 100000.0)
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    monkeypatch.setattr(_proof, "WAITS", ())
    for module in (_account_calls, _created_accounts):
        monkeypatch.setattr(module, "RE_READS", ())


def company() -> dict[str, Any]:
    people = [person(name) for name in ("ada.byron", "bob.stone")]
    accounts = [account(name, license="licensed") for name in ("ada.byron", "bob.stone", "cleo.park")]
    accounts += [account("dan.lee", last_name="Former", license="basic"), account("ina.far", status="inactive")]
    accounts += [account("fay.guest") | {"email": "fay.guest@example.net"}]
    given = seed(people, {"zoom-users": ["ada.byron"]}, accounts)
    given["zoom"]["groups"] = [{"name": "Old"}, {"name": "Former"}, {"name": "Sales"}]
    for row in given["zoom"]["users"]:
        row["groups"] = ["Sales"] if row["email"] in (ADA, BOB) else []
    return given


def start() -> Sandbox:
    return Sandbox.start(company(), {"rate_limits": False, "google_quota": None})


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with start() as box:
        yield box


def run(box: Sandbox, action: str, folder: Path) -> dict[str, Any]:
    module, options, _method, _path = ROWS[action]
    connection = box.connections()["google_connection" if module.startswith("google") else "zoom_connection"]
    if not module.startswith("google"):
        connection = {**connection, "rate_plan": "business", "rate_share": 1000.0, "scim_rate": 100000.0}
    journal = {"journal_dir": str(folder / "journal"), "run_id": f"r{len(list(folder.iterdir()))}"}
    return call(module, box, connection={**connection, "max_attempts": 2}, **journal, **options)


def state(box: Sandbox) -> str:
    """Who and what there is, without what differs from one sandbox to the next."""
    zoom, google = box.zoom.state(), box.google.state()
    groups = {row["id"]: row["name"] for row in zoom["groups"]}
    users = [
        (row["email"], row["status"], row["first_name"], row["last_name"], row["license"], sorted(groups[key] for key in row["group_ids"]))
        for row in zoom["users"]
    ]
    directory = [
        (row["email"], row["name"], row["settings"], [(m["email"], m["role"]) for m in row.get("members", ())]) for row in google["groups"]
    ]
    return str((sorted(users, key=str), sorted(groups.values()), sorted(directory, key=str)))


def made(box: Sandbox, action: str) -> int:
    """How often the write was sent."""
    _module, _options, method, path = ROWS[action]
    return sum(entry["method"] == method and re.fullmatch(path, entry["path"]) is not None for entry in box.ledger.writes())


def rows(result: dict[str, Any], action: str) -> list[bool]:
    named = action.removeprefix("google_")
    return [True for row in result.get("changes") or () if row["action"] == named and row["changed"]]


def met(action: str, answers: Iterable[str]) -> list[tuple[str, int | None]]:
    """Each answer once, and some for ever; of each action every second one, others than of the next, where not all are tried."""
    found = [(name, times) for times in (1, None) for name in answers if times or name in FOR_EVER]
    step = more(2, 1)
    return found[sorted(ROWS).index(action) % step :: step]


def test_each_action_has_a_row() -> None:
    assert ROWS.keys() | UNSEEN == ZOOM_WRITES.keys() | GOOGLE_WRITES.keys()


@pytest.mark.stretched
@pytest.mark.parametrize("action", sorted(ROWS))
def test_a_write_that_was_made_is_reported_as_made_whatever_was_answered(tmp_path: Path, action: str) -> None:
    """In one sandbox after another, as each is changed."""
    for name, times in met(action, ANSWERS):
        with start() as other:
            _module, _options, method, path = ROWS[action]
            before = state(other)
            fault = other.faults.add(method=method, path=path, handled=True, times=times, **ANSWERS[name])
            result = run(other, action, folder(tmp_path, name, times))
            assert fault.hits, name
            assert state(other) != before, name
            assert made(other, action) == 1, (name, times)
            assert not result["failed"], (name, times, result["msg"])
            assert rows(result, action) == [True], (name, result["changes"])


@pytest.mark.stretched
@pytest.mark.parametrize("action", sorted(ROWS))
def test_a_write_that_was_not_made_is_made_or_reported_as_not_made(tmp_path: Path, action: str) -> None:
    for name, times in met(action, [name for name in ANSWERS if name not in SUCCESSES]):
        with start() as other:
            _module, _options, method, path = ROWS[action]
            before = state(other)
            fault = other.faults.add(method=method, path=path, times=times, **ANSWERS[name])
            result = run(other, action, folder(tmp_path, name, times))
            assert fault.hits, name
            if times:
                assert not result["failed"], (name, result["msg"])
                assert rows(result, action) == [True], name
                assert (state(other) != before, made(other, action)) == (True, 2), name
            else:
                assert result["failed"], name
                assert rows(result, action) == [], name
                assert len(result.get("failed_items") or [result["msg"]]) >= 1, name
                assert state(other) == before, name
                other.faults.clear()
                again = run(other, action, folder(tmp_path, name, times))
                assert not again["failed"], (name, again["msg"])
                assert rows(again, action) == [True], name


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("action", sorted(ROWS))
def test_a_write_whose_answer_is_lost_is_made_once(box: Sandbox, tmp_path: Path, action: str, drop: str) -> None:
    _module, _options, method, path = ROWS[action]
    box.faults.add(method=method, path=path, drop=drop)
    result = run(box, action, folder(tmp_path, drop, 1))
    assert not result["failed"], result["msg"]
    assert rows(result, action) == [True]
    assert made(box, action) == (2 if drop == "before" else 1)


@pytest.mark.parametrize("answer", ["401", "502"])
def test_an_account_whose_creation_was_lost_is_this_runs_where_reads_trail_it(box: Sandbox, tmp_path: Path, answer: str) -> None:
    """The second request meets "already in use"; the account is undone with the rest of the run, and looked at as all that it made."""
    box.faults.add(method="POST", path="/scim2/Users", handled=True, **ANSWERS[answer])
    trailing = box.faults.add(method="GET", path="/v2/users/eve.new@.*", status=404, body={"code": 1001, "message": "User does not exist."})
    result = run(box, "create", tmp_path)
    assert trailing.hits == 1
    assert rows(result, "create") == [True], result
    assert [found["code"] for found in result["attention"]] == []
    (journal,) = (tmp_path / "journal").glob("*.jsonl")
    *_lines, last = [json.loads(line) for line in journal.read_text().splitlines()]
    assert (last["event"], last["ok"], last["error"]) == ("outcome", True, None)
    assert last["account_id"] == next(row["id"] for row in box.zoom.state()["users"] if row["email"] == "eve.new@example.com")


@pytest.mark.parametrize("action", ["google_remove", "delete", "disassociate", "remove", "delete_group", "google_delete"])
def test_a_removal_that_is_not_found_for_ever_while_it_is_there_is_an_error(box: Sandbox, tmp_path: Path, action: str) -> None:
    _module, _options, method, path = ROWS[action]
    google = {"error": {"code": 404, "message": "Resource Not Found: memberKey", "errors": [{"reason": "notFound"}]}}
    body = google if action.startswith("google_") else {"code": 1001, "message": "It does not exist."}
    box.faults.add(method=method, path=path, status=404, times=None, body=body)
    before = state(box)
    result = run(box, action, tmp_path)
    assert state(box) == before
    assert result["failed"], result
    assert rows(result, action) == []
    assert len(result.get("failed_items") or [result["msg"]]) == 1


def test_a_removal_is_not_taken_for_done_while_the_list_still_shows_the_member(box: Sandbox, tmp_path: Path) -> None:
    """The answer to the removal and the single read may come from one gateway that has lost the path."""
    body = {"error": {"code": 404, "message": "Resource Not Found: memberKey", "errors": [{"reason": "notFound"}]}}
    box.faults.add(path=".*/members/.+", status=404, times=None, body=body)
    result = run(box, "google_remove", tmp_path)
    assert result["failed"], result
    assert rows(result, "google_remove") == []


def test_a_member_who_was_removed_meanwhile_is_gone(box: Sandbox, tmp_path: Path) -> None:
    group = f"/admin/directory/v1/groups/{SCOPE}/members"
    box.faults.add(method="DELETE", path=f"{group}/.+", handled=True, status=404, body={"error": {"code": 404, "message": "No: memberKey"}})
    result = run(box, "google_remove", tmp_path)
    assert not result["failed"], result
    assert box.google.state()["groups"][0].get("members", []) == []


def test_members_whose_removals_are_not_found_are_looked_up_in_one_list(tmp_path: Path) -> None:
    """One of them is still there; the others are gone. The list is read before the removals and once after them."""
    names = [f"p{number}.x" for number in range(6)]
    body = {"error": {"code": 404, "message": "Resource Not Found: memberKey", "errors": [{"reason": "notFound"}]}}
    with Sandbox.start(seed([person(name) for name in names], {"zoom-users": names}, []), {"rate_limits": False}) as box:
        box.faults.add(path=r".*/members/p0\..+", status=404, times=None, body=body)
        box.faults.add(method="DELETE", path=".*/members/p[1-5].+", handled=True, status=404, times=None, body=body)
        journal = {"journal_dir": str(tmp_path), "run_id": "r"}
        result = call(
            "google_group_members", box, group=SCOPE, members=[f"{name}@example.com" for name in names], state="absent", **journal
        )
        lists = [entry for entry in box.ledger.entries if entry["method"] == "GET" and entry["path"].endswith("/members")]
        left = [row["email"] for row in box.google.state()["groups"][0]["members"]]
    assert left == ["p0.x@example.com"]
    assert result["removed"] == [f"{name}@example.com" for name in names[1:]]
    assert [item["email"] for item in result["failed_items"]] == left
    assert len(lists) == 2
    entries = read_entries((tmp_path / "r.jsonl").read_text())
    assert sorted((entry.email, entry.ok) for entry in entries) == [(f"{name}@example.com", name != names[0]) for name in names]


def folder(parent: Path, name: str, times: int | None) -> Path:
    made = parent / f"{name} {times}"
    made.mkdir(exist_ok=True)
    return made
