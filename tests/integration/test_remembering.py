# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one run leaves for the next: who was renamed, who took an address over, and what happens where the memory is wrong or gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

NAMES = ["ada.byron", "bob.stone", "cleo.park", "dora.king"]
WRONG = {"userName": "join('', ['x-', primaryEmail])"}


@dataclass
class Nights:
    """One run after another against one company, with the files of one tenant."""

    box: Sandbox
    folder: Path
    number: int = 0

    @property
    def memory(self) -> Path:
        return self.folder / "memory.jsonl"

    def run(self, *, check: bool = False, **policy: Any) -> dict[str, Any]:
        """zoom_scim_users' result; what zoom_user_info reported is under `read`."""
        self.number += 1
        paths = {name: str(self.folder / f"{name}.jsonl") for name in ("accounts", "people")}
        own = {"run_id": f"night{self.number}", "accounts_path": paths["accounts"]}
        files = {**own, "memory_path": str(self.memory)}
        read = call("zoom_user_info", self.box, check=check, dest=paths["accounts"], memory_path=str(self.memory), run_id=own["run_id"])
        matching = {name: policy[name] for name in ("identity", "adopt", "remember") if name in policy}
        matching["user_name"] = policy.get("attributes", {}).get("userName")
        found = call("google_scope_info", self.box, check=check, groups=[SCOPE], matching=matching, dest=paths["people"], **own)
        assert not read["failed"] and not found["failed"], (read, found)
        self.box.ledger.clear()
        done = call("zoom_scim_users", self.box, check=check, prune=True, people_path=paths["people"], **files, **policy)
        return {**done, "read": read["attention"]}

    def converge(self, **policy: Any) -> list[tuple[str, str]]:
        """In check mode, for real, and once more without a change; what was done."""
        check = self.run(check=True, **policy)
        assert self.box.ledger.writes() == []
        real = self.run(**policy)
        assert not real["failed"], real
        assert rows(check) == rows(real)
        assert (self.run(**policy)["changed"], self.box.ledger.writes()) == (False, [])
        return rows(real)

    def move(self, name: str, new: str) -> None:
        """Renamed in Google, and the alias removed with it."""
        self.box.google.rename(f"{name}@example.com", f"{new}@example.com")
        self.box.google.remove_alias(f"{name}@example.com")


def rows(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["action"], row["email"]) for row in result["changes"] if row["changed"]]


def ids(box: Sandbox) -> dict[str, str]:
    """Id -> address of everybody's account."""
    return {user["id"]: user["email"] for user in box.zoom.state()["users"]}


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    given = seed([person(name) for name in NAMES], {"zoom-users": ["admin", *NAMES]}, [account(name) for name in NAMES])
    with Sandbox.start(given, {"rate_limits": False, "google_quota": None}) as box:
        found = Nights(box, tmp_path)
        assert found.converge() == []
        yield found


def test_a_rename_whose_alias_was_removed_keeps_the_account(nights: Nights) -> None:
    nights.move("ada.byron", "ada.king")
    before = nights.box.zoom.user("ada.byron@example.com").id
    assert nights.converge() == [("rename", "ada.king@example.com")]
    assert ids(nights.box)[before] == "ada.king@example.com"


def test_an_alias_given_to_somebody_else_takes_nobody_s_account(nights: Nights) -> None:
    nights.move("ada.byron", "ada.king")
    nights.box.google.add_alias("bob.stone@example.com", "ada.byron@example.com")
    assert nights.converge() == [("rename", "ada.king@example.com")]


def test_a_newcomer_on_an_old_address_gets_an_account_of_their_own(nights: Nights) -> None:
    nights.move("ada.byron", "ada.king")
    nights.box.google.add_user("ada.byron@example.com", given="Adam", family="Byron")
    nights.box.google.add_member(SCOPE, "ada.byron@example.com")
    assert nights.converge() == [("rename", "ada.king@example.com"), ("create", "ada.byron@example.com")]


def test_a_wrong_policy_that_is_put_right_leads_back_without_a_second_account(nights: Nights) -> None:
    first = ids(nights.box)
    blocked = nights.run(attributes=WRONG)
    assert (blocked["failed"], rows(blocked), nights.box.ledger.writes(), ids(nights.box)) == (True, [], [], first)
    assert [(row["action"], row["email"]) for row in blocked["withheld"]] == [("rename", f"{name}@example.com") for name in NAMES]
    assert nights.run()["changed"] is False, "the right policy finds all as it was"
    renamed = nights.run(attributes=WRONG, max_renames="4")
    assert rows(renamed) == [("rename", f"x-{name}@example.com") for name in NAMES]
    back = nights.run(max_renames="4")
    assert rows(back) == [("rename", f"{name}@example.com") for name in NAMES]
    assert ids(nights.box) == first


@pytest.mark.parametrize("settled", [{"remember": False}, {"adopt": {"ada.king@example.com": "bob.stone@example.com"}}])
def test_what_the_administrator_says_counts_more(nights: Nights, settled: dict[str, Any]) -> None:
    nights.move("ada.byron", "ada.king")
    kept = nights.box.zoom.user("ada.byron@example.com")
    nights.run(**settled)
    assert ids(nights.box)[kept.id] == "ada.byron@example.com"


@pytest.mark.parametrize("damage", ["lost", "emptied", "torn", "another tenant's", "of three nights ago"])
def test_a_memory_that_is_lost_or_wrong_takes_nothing_from_anybody_and_is_reported_once(nights: Nights, damage: str) -> None:
    old = nights.folder / "old.jsonl"
    shutil.copy(nights.memory, old)
    nights.move("ada.byron", "ada.king")
    nights.move("bob.stone", "bob.hill")
    nights.run()
    nights.box.google.add_user("ada.byron@example.com", given="Adam", family="Byron")
    nights.box.google.add_member(SCOPE, "ada.byron@example.com")
    nights.run()
    before = ids(nights.box)
    for file in (nights.memory, nights.memory.with_name("memory.jsonl.previous")):
        spoil(file, old, damage)
    first = nights.run()
    assert (ids(nights.box), rows(first), first["failed"]) == (before, [], False)
    assert len(first["read"]) == (damage != "of three nights ago")
    assert nights.run()["read"] == []


def test_the_run_that_finds_its_memory_lost_removes_nothing(nights: Nights) -> None:
    """An alias that somebody else has now would take the account along: who looks after the run has a night to settle it."""
    nights.move("ada.byron", "ada.king")
    nights.box.google.add_alias("bob.stone@example.com", "ada.byron@example.com")
    nights.box.google.remove_member(SCOPE, "cleo.park@example.com")
    for file in nights.folder.glob("memory.jsonl*"):
        file.unlink()
    before = ids(nights.box)
    done = nights.run()
    assert ([action for action, _email in rows(done)], ids(nights.box)) == ([], before)
    assert [row["email"] for row in done["withheld"]] == ["cleo.park@example.com"]
    assert done["withheld"][0]["message"].endswith(
        "as the memory of the last run could not be used; this run removes nothing, so run again later."
    )
    assert [row["reason"] for row in done["read"]] == ["forgotten"]
    assert rows(nights.run()) == [("deactivate", "cleo.park@example.com")]


def spoil(file: Path, old: Path, damage: str) -> None:
    text = file.read_text()
    if damage == "lost":
        file.unlink()
    elif damage == "of three nights ago":
        shutil.copy(old, file)
    else:
        other = text.replace('"tenant": "', '"tenant": "other-', 1)
        file.write_text({"emptied": "", "torn": text[:-40], "another tenant's": other}[damage])


def test_a_run_that_dies_between_a_write_and_its_memory_leads_to_nothing_twice(nights: Nights) -> None:
    old = nights.folder / "old.jsonl"
    shutil.copy(nights.memory, old)
    nights.move("ada.byron", "ada.king")
    nights.box.google.add_user("eve.moss@example.com", given="Eve", family="Moss")
    nights.box.google.add_member(SCOPE, "eve.moss@example.com")
    nights.run()
    before = ids(nights.box)
    shutil.copy(old, nights.memory)
    assert nights.converge() == []
    assert ids(nights.box) == before


def test_an_account_deleted_and_made_anew_by_hand_belongs_to_whom_its_address_says(nights: Nights) -> None:
    nights.box.zoom.delete_user("ada.byron@example.com")
    assert nights.converge() == [("create", "ada.byron@example.com")]
    made = nights.box.zoom.user("ada.byron@example.com").id
    nights.move("ada.byron", "ada.king")
    assert nights.converge() == [("rename", "ada.king@example.com")]
    assert ids(nights.box)[made] == "ada.king@example.com"


def test_a_google_user_deleted_and_made_anew_loses_nothing_and_gets_no_second_account(nights: Nights) -> None:
    box = nights.box
    box.google.delete("ada.byron@example.com")
    box.clock.advance(86400)
    box.google.add_user("ada.byron@example.com", given="Ada", family="Byron")
    box.google.add_member(SCOPE, "ada.byron@example.com")
    before = ids(box)
    done = nights.run()
    assert (rows(done), ids(box)) == ([], before)
    assert [row["reason"] for row in done["attention"]] == ["older_account"]
    assert nights.converge(adopt={"ada.byron@example.com": "ada.byron@example.com"}) == []
    assert nights.run()["attention"] == [], "what was settled by hand once is remembered"
