# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Google refuses as a whole stops the scope group's changes, or the lookups that confirm removals, and nobody loses anything by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_directory
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

Start = Callable[..., Sandbox]
MOST = 20 + 16  # in a row, and what as many threads may have under way
DENIED = {"error": {"code": 403, "message": "Not Authorized to access this resource/api", "errors": [{"reason": "forbidden"}]}}
MEMBERS, HAS_MEMBER, ONE_USER = r".*/groups/[^/]+/members", r".*/hasMember/.*", r"/admin/directory/v1/users/[^/]+"


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """How requests are spaced out is tested elsewhere."""
    monkeypatch.setattr(_google_directory, "_PER_SECOND", 100000.0)


@pytest.fixture
def start() -> Iterator[Start]:
    boxes: list[Sandbox] = []

    def started(given: dict[str, Any], **switches: Any) -> Sandbox:
        boxes.append(Sandbox.start(given, {"rate_limits": False, "google_quota": None, **switches}))
        return boxes[-1]

    yield started
    for box in boxes:
        box.stop()


def names(count: int, name: str = "p") -> list[str]:
    return [f"{name}{number:03}.x" for number in range(count)]


def addresses(count: int, name: str = "p") -> list[str]:
    return [f"{one}@example.com" for one in names(count, name)]


def company(inside: list[str], outside: list[str], held: list[str]) -> dict[str, Any]:
    """`inside`: members of the scope group, `outside`: other users; `held`: who has an account."""
    return seed([person(name) for name in (*inside, *outside)], {"zoom-users": ["admin", *inside]}, [account(name) for name in held])


class Run:
    """The phases of one run, which hand on what they have found."""

    def __init__(self, box: Sandbox, folder: Path, run_id: str = "run1") -> None:
        self.box, self.folder, self.id, self.accounts = box, folder, {"run_id": run_id}, {"accounts_path": str(folder / "accounts")}
        self.handed = {**self.id, "run_host": "here", "pending_path": str(folder / "pending")}
        assert not call("zoom_user_info", box, dest=str(folder / "accounts"), **self.id)["failed"]
        assert not call("google_group", box, email=SCOPE, **self.handed)["failed"]
        box.ledger.clear()

    def members(self, wanted: list[str]) -> dict[str, Any]:
        return call("google_group_members", self.box, group=SCOPE, members=["admin@example.com", *wanted], exclusive=True, **self.handed)

    def scope(self, **options: Any) -> dict[str, Any]:
        found = call("google_scope_info", self.box, groups=[SCOPE], dest=self._people, **self.accounts, **self.handed, **options)
        assert not found["failed"], found
        return found

    def provision(self, **options: Any) -> dict[str, Any]:
        given = {"prune": True, "max_deactivations": "100%", "scim_rate": 1000, "people_path": self._people, **options}
        return call("zoom_scim_users", self.box, **given, **self.accounts, **self.id)

    @property
    def _people(self) -> str:
        return str(self.folder / "people")


def writes(box: Sandbox, method: str) -> int:
    return sum(entry["method"] == method for entry in box.ledger.writes("google"))


def asked(box: Sandbox, pattern: str) -> int:
    return sum(re.fullmatch(pattern, entry["path"]) is not None for entry in box.ledger.reads("google"))


# The scope group


def test_members_that_google_refuses_alike_wait_for_their_accounts_and_nobody_is_removed_in_this_run(start: Start, tmp_path: Path) -> None:
    """100 newcomers and three who leave, as the list says; the right to change members is gone."""
    stay, leave, new = addresses(10), names(3, "leaver"), addresses(100, "new")
    box = start(company([*names(10), *leave], names(100, "new"), [*names(10), *leave]))
    run = Run(box, tmp_path)
    box.faults.add(side="google", method="POST", path=MEMBERS, status=403, body=DENIED, times=None)
    box.ledger.clear()
    done = run.members([*stay, *new])
    assert (done["failed"], done["partial"], writes(box, "DELETE")) == (True, True, 0)
    assert 20 <= writes(box, "POST") <= MOST
    (message,) = done["problems"]
    assert message.startswith("20 changes in Google failed in a row with the same error, so ")
    assert ".x@example.com in zoom-users@example.com: not added." in message
    (row,) = [row for row in done["failed_items"] if row["reason"] == "stopped"]
    assert len(row["emails"]) == 100 - writes(box, "POST") + len(leave)
    (pending,) = done["pending_changes"]
    assert (set(pending["added"]), pending["removed"]) == (set(new), [])
    found = run.scope()
    assert [row["reason"] for row in found["attention"]] == ["addition_waits", "doubtful"]
    done = run.provision()
    assert (done["summary"], done["withheld"]) == ({"failed": 0, "withheld": 0, "attention": 0}, [])
    box.faults.clear()
    run = Run(box, tmp_path, "run2")
    assert not run.members([*stay, *new])["failed"]
    assert run.scope()["attention"] == []
    summary = run.provision()["summary"]
    assert (summary.get("create"), summary.get("deactivate")) == (100, 3)


def test_removals_from_the_scope_group_that_google_refuses_alike_take_no_account(start: Start, tmp_path: Path) -> None:
    stay, leave = addresses(10), names(60, "leaver")
    box = start(company([*names(10), *leave], [], [*names(10), *leave]))
    run = Run(box, tmp_path)
    box.faults.add(side="google", method="DELETE", path=f"{MEMBERS}/.*", status=403, body=DENIED, times=None)
    box.ledger.clear()
    done = run.members(stay)
    assert 20 <= writes(box, "DELETE") <= MOST
    assert len(done["problems"]) == 1
    run.scope()
    assert "deactivate" not in run.provision()["summary"]


# Lookups that confirm


@pytest.mark.parametrize("refused", [ONE_USER, ".*/(hasMember|members)/.*"])
def test_when_lookups_are_refused_alike_no_more_are_sent_and_nobody_is_removed_with_one_sentence(
    start: Start, tmp_path: Path, refused: str
) -> None:
    box = start(company(names(10), names(60, "leaver"), [*names(10), *names(60, "leaver")]))
    run = Run(box, tmp_path)
    box.faults.add(side="google", path=refused, status=403, body=DENIED, times=None)
    box.ledger.clear()
    found = run.scope()
    assert asked(box, ONE_USER) <= 60
    assert asked(box, refused) <= 2 * MOST
    (row,) = found["attention"]
    assert re.match(r"\d+ lookups in Google that were to confirm removals failed .*, so this run removes nothing", row["message"])
    box.ledger.clear()
    done = run.provision()
    assert (done["failed"], done["problems"]) == (True, [done["msg"]])
    assert re.match(r"60 accounts would be deactivated, and all of it was blocked, as \d+.* lookups in Google", done["msg"])
    assert box.ledger.writes() == []
    box.faults.clear()
    run = Run(box, tmp_path, "run2")
    assert run.scope()["attention"] == []
    assert run.provision()["summary"]["deactivate"] == 60


def test_where_only_has_member_is_refused_the_memberships_themselves_decide(start: Start, tmp_path: Path) -> None:
    box = start(company(names(10), names(60, "leaver"), [*names(10), *names(60, "leaver")]))
    run = Run(box, tmp_path)
    box.faults.add(side="google", path=HAS_MEMBER, status=403, body=DENIED, times=None)
    box.ledger.clear()
    assert run.scope()["attention"] == []
    assert 20 <= asked(box, HAS_MEMBER) <= MOST
    assert run.provision()["summary"]["deactivate"] == 60


def test_addresses_of_a_foreign_domain_are_refused_each_time_and_stop_nothing(start: Start, tmp_path: Path) -> None:
    """Google reports on no domain of another customer: 40 such accounts must not keep a leaver's account for ever."""
    given = company(names(10), ["leaver.x"], [*names(10), "leaver.x"])
    given["zoom"]["managed_domains"].append("partner.test")
    given["zoom"]["users"] += [{"email": f"q{number}@partner.test", "first_name": "Q", "last_name": "P"} for number in range(40)]
    box = start(given)
    run = Run(box, tmp_path)
    box.faults.add(side="google", path=r"/admin/directory/v1/users/q.*", status=403, body=DENIED, times=None)
    box.ledger.clear()
    assert run.scope(deprovision={"unknown": "deactivate"})["attention"] == []
    assert asked(box, r"/admin/directory/v1/users/q.*") == 40
    assert run.provision(deprovision={"unknown": "report"})["summary"]["deactivate"] == 1
