# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has locked people out elsewhere: each disaster by name, and what happens here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from playing import ROOT, SCOPE, Player, account, person, reported_changes, seed, written

POLICY: dict[str, Any] = {"scope_groups": [SCOPE], "attribute_mapping_prune": True}
NAMES = ["ada.byron", "bob.stone", "cleo.park", "dora.king"]
MEMBERS = r"/admin/directory/v1/groups/zoom-users@example\.com/members"


def company(player: Player, names: list[str] | None = None, **switches: Any) -> Any:
    names = names or NAMES
    given = seed([person(name) for name in names], {"zoom-users": names}, [account(name) for name in names])
    return player.start(given, **switches)


def active(box: Any) -> set[str]:
    return {user["email"] for user in box.zoom.state()["users"] if user["status"] == "active"}


def test_all_memberships_read_empty_ends_the_run_before_any_write(player: Player) -> None:
    box = company(player)
    box.google.add_user("new.one@example.com")
    box.faults.add(path=r".*/members", status=200, body={"kind": "admin#directory#members"}, times=None)
    played = player.play(box, POLICY)
    assert "The scope contains no active person" in played.failure
    assert written(box) == {}


def test_one_missing_page_takes_nobody_s_account(player: Player) -> None:
    names = [f"p{number}.x" for number in range(8)]
    box = company(player, names, google_page_size=3)
    rows = [{"id": "1", "email": f"{name}@example.com", "type": "USER", "role": "MEMBER"} for name in names[:6]]
    fault = box.faults.add(path=MEMBERS, status=200, body={"kind": "admin#directory#members", "members": rows})
    played = player.play(box, POLICY)
    assert fault.hits == 1
    assert "a second lookup did not confirm it" in played.failure
    assert written(box) == {}
    assert player.play(box, POLICY).status == 0
    assert written(box) == {}


def test_a_group_that_is_not_found_ends_the_run_before_any_write(player: Player) -> None:
    box = company(player)
    box.google.add_group("team@example.com", members=["ada.byron@example.com"])
    box.google.add_member(SCOPE, "team@example.com")
    box.faults.add(path=r"/admin/directory/v1/groups/team@example\.com/members", status=404, times=None,
                   body={"error": {"code": 404, "message": "Resource Not Found: groupKey"}})  # fmt: skip
    played = player.play(box, POLICY)
    assert "team@example.com" in played.failure
    assert "nothing was changed" in played.failure
    assert written(box) == {}


def test_a_stale_search_index_decides_nothing(player: Player) -> None:
    box = company(player, google_search_lag="never")
    box.google.suspend("bob.stone@example.com")
    box.google.add_user("new.one@example.com")
    box.google.add_member(SCOPE, "new.one@example.com")
    player.converge(box, POLICY)
    assert active(box) >= {"ada.byron@example.com", "new.one@example.com"}
    assert "bob.stone@example.com" not in active(box)


def test_a_rename_makes_no_second_account(player: Player) -> None:
    box = company(player)
    before = box.zoom.find("ada.byron@example.com").id
    box.google.rename("ada.byron@example.com", "ada.king@example.com")
    player.converge(box, POLICY)
    assert box.zoom.find("ada.king@example.com").id == before
    assert len(active(box)) == len(NAMES) + 1


def rename_and_reuse(box: Any) -> str:
    """Ada Byron becomes Ada King, her alias goes, and a newcomer gets her former address; the id of her account."""
    box.clock.advance(86400)
    before = str(box.zoom.find("ada.byron@example.com").id)
    box.google.rename("ada.byron@example.com", "ada.king@example.com")
    box.google.remove_alias("ada.byron@example.com")
    box.google.add_user("ada.byron@example.com", given="Adam", family="Byron")
    box.google.add_member(SCOPE, "ada.byron@example.com")
    return before


def test_with_an_anchor_a_renamed_person_and_who_reuses_the_alias_are_distinguished(player: Player) -> None:
    box = company(player)
    policy = {**POLICY, "attribute_mapping_identity": "employeeNumber"}
    player.converge(box, policy)
    before = rename_and_reuse(box)
    player.converge(box, policy)
    assert box.zoom.find("ada.king@example.com").id == before
    assert box.zoom.find("ada.byron@example.com").first_name == "Adam"


def test_without_an_anchor_a_reused_address_is_left_alone_until_somebody_says_whose_account_it_is(player: Player) -> None:
    box = company(player)
    before = rename_and_reuse(box)
    # her name shows nothing: only the account's age does
    _check, real = player.converge(box, POLICY)
    (text,) = [text for text in real.attention() if "ada.byron@example.com" in text]
    assert "made before this Google user" in text
    assert "attribute_mapping_adopt: {ada.byron@example.com: ada.byron@example.com}" in text
    assert box.zoom.find("ada.byron@example.com").id == before
    assert (box.zoom.find("ada.byron@example.com").first_name, box.zoom.find("ada.byron@example.com").status) == ("Ada", "active")


def test_a_rename_whose_alias_was_removed_makes_no_second_account_until_it_is_settled(player: Player) -> None:
    box = company(player)
    before = box.zoom.find("ada.byron@example.com").id
    box.google.rename("ada.byron@example.com", "ada.b@example.com")
    box.google.remove_alias("ada.byron@example.com")
    _check, real = player.converge(box, POLICY)
    assert any(text.startswith("ada.b@example.com would get a new account, but ada.byron@example.com") for text in real.attention())
    assert box.zoom.find("ada.b@example.com") is None
    player.converge(box, {**POLICY, "attribute_mapping_adopt": {"ada.b@example.com": "ada.byron@example.com"}})
    assert box.zoom.find("ada.b@example.com").id == before


def test_a_newcomer_on_the_address_of_somebody_deleted_does_not_inherit_the_account(player: Player) -> None:
    box = company(player)
    policy = {**POLICY, "attribute_mapping_identity": "employeeNumber"}
    player.converge(box, policy)
    former = box.zoom.find("bob.stone@example.com").id
    box.google.delete("bob.stone@example.com")
    box.google.add_user("bob.stone@example.com", given="Bobby", family="Stone")
    box.google.add_member(SCOPE, "bob.stone@example.com")
    _check, real = player.converge(box, policy)
    assert any("bob.stone@example.com is in scope, but a Zoom account of somebody else" in text for text in real.attention())
    assert (box.zoom.find("bob.stone@example.com").id, box.zoom.find("bob.stone@example.com").status) == (former, "inactive")
    player.converge(box, {**policy, "attribute_mapping_deprovision": {"deleted": "delete"}})
    assert (box.zoom.find("bob.stone@example.com").first_name, box.zoom.find("bob.stone@example.com").status) == ("Bobby", "active")


@pytest.mark.parametrize(
    ("refusal", "advice"),
    [
        ("The email domain does not match the associated domain of the account.", "add the domain in Zoom"),
        ("Email ''new.one@example.com'' has already been used.", "has a Zoom login that this account does not show"),
    ],
)  # fmt: skip
def test_409_is_reported_by_what_it_means(player: Player, refusal: str, advice: str) -> None:
    box = company(player)
    box.google.add_user("new.one@example.com")
    box.google.add_member(SCOPE, "new.one@example.com")
    box.google.suspend("bob.stone@example.com")
    box.faults.add(method="POST", path="/scim2/Users", status=409, body={"detail": refusal, "status": 409})
    played = player.play(box, POLICY)
    assert "new.one@example.com: the account was not created, because " in played.failure
    assert advice in played.failure
    assert "bob.stone@example.com" not in active(box)


@pytest.mark.parametrize("refusal", ["Cannot add paid users.", "Cannot create more users with Zoom Workplace Business Plus."])
def test_where_zoom_has_no_seat_of_any_kind_the_newcomer_is_named_and_the_rest_is_done(player: Player, refusal: str) -> None:
    box = company(player)
    box.google.add_user("new.one@example.com")
    box.google.add_member(SCOPE, "new.one@example.com")
    box.google.suspend("bob.stone@example.com")
    box.faults.add(method="POST", path="/scim2/Users", status=409, body={"detail": refusal, "status": 409}, times=None)
    played = player.play(box, POLICY)
    assert [text for text in played.attention() if "no room" in text and "new.one@example.com" in text]
    assert not {"bob.stone@example.com", "new.one@example.com"} & set(active(box))


@pytest.mark.parametrize("status", [400, 409])
def test_already_in_use_means_look_again_not_a_second_account(player: Player, status: int) -> None:
    box = company(player, duplicate_create=status, create_over_pending=status)
    box.zoom.add_user("new.one@example.com", status="pending")
    box.google.add_user("new.one@example.com")
    box.google.add_member(SCOPE, "new.one@example.com")
    _check, real = player.converge(box, POLICY)
    assert any(text.startswith("new.one@example.com has not accepted Zoom's invitation") for text in real.attention())
    assert len([user for user in box.zoom.state()["users"] if user["email"] == "new.one@example.com"]) == 1


def test_a_guard_that_trips_lets_creations_through_on_every_run(player: Player) -> None:
    names = [f"p{number}.x" for number in range(9)]
    box = company(player, names)
    for name in names[:5]:
        box.google.remove_member(SCOPE, f"{name}@example.com")
    for newcomer in ("new.one@example.com", "new.two@example.com"):
        box.google.add_user(newcomer)
        box.google.add_member(SCOPE, newcomer)
        played = player.play(box, POLICY)
        assert "5 accounts would be deactivated" in played.failure
        assert newcomer in active(box)
    assert len(active(box)) == 1 + len(names) + 2


def test_a_half_empty_scope_read_twice_in_a_row_takes_nobody_s_account(player: Player) -> None:
    names = [f"p{number}.x" for number in range(10)]
    box = company(player, names)
    rows = [{"id": box.google.user(f"{name}@example.com").id, "email": f"{name}@example.com", "type": "USER"} for name in names[:5]]
    half = {"kind": "admin#directory#members", "members": rows}
    box.faults.add(path=MEMBERS, status=200, body=half, times=None)
    box.faults.add(path=r".*/hasMember/.*", status=200, body={"isMember": False}, times=None)
    for _run in range(2):
        played = player.play(box, POLICY)
        assert "raise attribute_mapping_max_deactivations (max_deactivations of the module)" in played.failure
    assert written(box) == {}


def test_a_list_whose_total_moves_between_pages_is_read_again_and_then_ends_the_run(player: Player) -> None:
    box = company(player)
    rows = [{"id": f"z{number}", "email": f"z{number}@example.com", "type": 1, "status": "active"} for number in range(2)]
    first = {"users": rows, "next_page_token": "more", "total_records": 4}
    path = r"/v2/users\?(?=.*status=active)(?!.*next_page_token).*"
    box.faults.add(path=path, status=200, body=first, times=None)
    box.faults.add(path=r"/v2/users\?.*next_page_token=more.*", status=200, times=None,
                   body={"users": [], "next_page_token": "", "total_records": 2})  # fmt: skip
    played = player.play(box, POLICY)
    assert "also in a second read" in played.failure
    assert written(box) == {}


def test_killed_between_two_writes_the_next_run_converges_and_the_journal_is_complete(player: Player) -> None:
    box = company(player)
    newcomers = [f"new.n{number}" for number in range(6)]
    for name in newcomers:
        box.google.add_user(f"{name}@example.com")
        box.google.add_member(SCOPE, f"{name}@example.com")
    box.faults.add(method="POST", path="/scim2/Users", delay=30, after=3, times=None)
    kill_at_the_fourth_creation(player, box)
    box.faults.clear()
    assert 0 < len(active(box)) - len(NAMES) - 1 < len(newcomers) + 1
    folder = player.folder / "state" / "journal"
    assert [line["event"] for line in journal(folder)].count("intent") > [line["event"] for line in journal(folder)].count("outcome")
    played = player.play(box, POLICY)
    assert played.status == 0, played.output
    assert len(active(box)) == len(NAMES) + 1 + len(newcomers)
    closed = {line["id"] for line in journal(folder) if line["event"] in ("outcome", "settled")}
    assert {line["id"] for line in journal(folder) if line["event"] == "intent"} == closed
    created = {line["email"] for line in journal(folder) if line.get("ok") and line["email"].startswith("new.")}
    assert created == {f"{name}@example.com" for name in newcomers}
    assert reported_changes(player.play(box, POLICY)) == {}


def kill_at_the_fourth_creation(player: Player, box: Any) -> None:
    """Ends ansible-playbook and its module, which are a process group of their own."""
    variables = json.dumps({**POLICY, "provisioning_state_dir": str(player.folder / "state")})
    ansible = os.path.join(os.path.dirname(sys.executable), "ansible-playbook")
    command = [ansible, str(ROOT / "playbooks/site.yml"), "-i", "t1,", "-e", variables]
    environment = {**os.environ, **box.environment(), "ANSIBLE_HOME": str(player.folder / "ansible")}
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 120
    while len([entry for entry in box.ledger.writes() if entry["path"] == "/scim2/Users"]) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    time.sleep(0.5)


def journal(folder: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
