# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each module for Zoom groups by itself, by REST and by SCIM, and on a snapshot that the world has left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call, thrice
from playing import account, person, seed
from sandbox import Sandbox

ODD = ["o'neil@example.com", "a+b@example.com"]
NAMES = [f"p{number:02d}.x" for number in range(40)]
EMAILS = [f"{name}@example.com" for name in NAMES]
USERS = ["scim2:admin", "user:read:list_users:admin", "user:read:user:admin"]
WAYS = ["rest", "scopes", "token"]  # all scopes, none for groups, a SCIM token alone


@pytest.fixture
def box() -> Iterator[Sandbox]:
    accounts = [account(name) for name in NAMES]
    accounts += [
        {"email": email, "first_name": "O", "last_name": "N", "id": f"p&Qm7wXc-_{number}bTzKd9vLf3"} for number, email in enumerate(ODD)
    ]
    accounts += [account("ina.x", status="inactive"), account("pen.x", status="pending")]
    given = seed([person(name) for name in NAMES], {"zoom-users": NAMES}, accounts)
    given["zoom"]["groups"] = [{"name": "Team"}, {"name": "Everyone", "default": True}]
    with Sandbox.start(given, {"rate_limits": False}) as started:
        yield started


def options(box: Sandbox, way: str) -> dict[str, Any]:
    """The connection of one who may go that way."""
    if way == "scopes":
        box.zoom.set_scopes(USERS)
    return {"scim_rate": 500, **({"connection": box.scim_connection()} if way == "token" else {})}


def asked(box: Sandbox, path: str) -> list[str]:
    return [entry["method"] for entry in box.ledger.entries if entry["path"].startswith(path)]


@pytest.mark.parametrize("way", WAYS)
def test_a_group_is_made_renamed_and_deleted(box: Sandbox, way: str) -> None:
    more = options(box, way)
    name = 'Say "hi" \\ & co'
    made = thrice("zoom_group", box, name=name, **more)
    key = box.zoom.group(name).id
    assert made["diff"][0]["after"] == "exists: true\n"
    renamed = thrice("zoom_group", box, name="Greeters", previous_names=["Waiters", name.upper()], **more)
    assert renamed["group"] == {"name": "Greeters", "id": key}
    assert (renamed["diff"][0]["before"], renamed["diff"][0]["after"]) == (f"name: {name}\n", "name: Greeters\n")
    box.zoom.add_member("Greeters", EMAILS[0])
    assert thrice("zoom_group", box, name="greeters", state="absent", **more)["group"] == {}
    assert box.zoom.group_named("Greeters") is None
    assert box.zoom.find(EMAILS[0]).status == "active"
    assert (asked(box, "/v2/groups") == []) == (way != "rest")


def test_a_group_is_found_by_scim_whatever_its_letter_case(box: Sandbox) -> None:
    box.switches["filter_letter_case"] = "exact"
    assert not call("zoom_group", box, name="TEAM", connection=box.scim_connection())["changed"]


def test_in_check_mode_a_new_group_has_no_id(box: Sandbox) -> None:
    assert call("zoom_group", box, check=True, name="New")["group"] == {"name": "New"}


def test_the_default_group_is_explained_and_a_former_name_beside_the_name_reported(box: Sandbox) -> None:
    refused = call("zoom_group", box, name="Everyone", state="absent")
    assert refused["msg"].startswith("Zoom group Everyone: it was not deleted, because it is the account's default group")
    told = call("zoom_group", box, name="Team", previous_names=["Everyone"])
    assert (told["failed"], told["changed"], told["attention"][0]["reason"]) == (False, False, "former_group")


@pytest.mark.parametrize("name", ["x" * 128, "  "])
def test_a_name_that_zoom_would_not_take_is_refused_before_a_request(box: Sandbox, name: str) -> None:
    assert "name" in call("zoom_group", box, name=name)["msg"]
    assert box.ledger.entries == []


@pytest.mark.parametrize("way", WAYS)
def test_more_than_thirty_members_join_and_leave(box: Sandbox, way: str) -> None:
    more = options(box, way)
    thrice("zoom_group_members", box, group="Team", members=[*EMAILS, *ODD], **more)
    assert set(box.zoom.members_of("Team")) == {*EMAILS, *ODD}
    thrice("zoom_group_members", box, group="TEAM", members=[*EMAILS[:35], *ODD], state="absent", **more)
    assert box.zoom.members_of("Team") == EMAILS[35:]


def test_parts_of_thirty_by_rest_and_one_by_scim(box: Sandbox) -> None:
    call("zoom_group_members", box, group="Team", members=EMAILS)
    assert sorted(len(entry["body"]["members"]) for entry in box.ledger.writes()) == [10, 30], "side by side, in either order"
    box.ledger.clear()
    call("zoom_group", box, name="Other")
    call("zoom_group_members", box, group="Other", members=EMAILS, **options(box, "token"))
    assert [entry["method"] for entry in box.ledger.writes()] == ["POST", "PATCH"]


def test_exclusive_by_rest_removes_the_others_up_to_the_limit_and_scim_alone_says_what_it_lacks(box: Sandbox) -> None:
    for email in EMAILS[:4]:
        box.zoom.add_member("Team", email)
    held_back = call("zoom_group_members", box, group="Team", members=EMAILS[:1], exclusive=True, max_removals=2)
    assert (held_back["partial"], len(box.zoom.members_of("Team"))) == (True, 4)
    assert held_back["withheld"][0]["emails"] == EMAILS[1:4] and held_back["msg"].endswith("then raise max_removals.")
    thrice("zoom_group_members", box, group="Team", members=EMAILS[:1], exclusive=True, max_removals=3)
    refused = call("zoom_group_members", box, group="Team", members=[], exclusive=True, connection=box.scim_connection())
    assert "group:read:list_members:admin" in refused["msg"]
    assert box.zoom.members_of("Team") == EMAILS[:1]


@pytest.mark.parametrize("way", WAYS)
def test_who_can_not_be_a_member_is_reported_and_the_others_join(box: Sandbox, way: str) -> None:
    members = ["pen.x@example.com", "ina.x@example.com", "none@example.com", EMAILS[0]]
    done = call("zoom_group_members", box, group="Team", members=members, **options(box, way))
    assert [row["email"] for row in done["failed_items"]] == members[:3]
    assert box.zoom.members_of("Team") == EMAILS[:1]


# All groups at once


def people(*emails: str, **more: Any) -> list[dict[str, Any]]:
    return [{"primaryEmail": email, **more} for email in emails]


@pytest.mark.parametrize("way", WAYS)
def test_all_groups_follow_their_selectors_by_either_api(box: Sandbox, way: str) -> None:
    more = options(box, way)
    for email in (*EMAILS[:2], EMAILS[39]):
        box.zoom.add_member("Team", email)
    groups = [
        {"name": "Team", "users": EMAILS[1:35], "exclusive": True},
        {"name": "New", "users": EMAILS[:31]},
        {"name": "Teams", "previous_names": ["Everyone"], "users": ODD},
    ]
    everyone = people(*EMAILS, *ODD)
    thrice("zoom_groups", box, people=everyone, groups=groups, **more)
    assert set(box.zoom.members_of("Team")) == set(EMAILS[1:35])
    assert set(box.zoom.members_of("New")) == set(EMAILS[:31])
    assert set(box.zoom.members_of("Teams")) == set(ODD)
    thrice("zoom_groups", box, people=everyone, groups=[{"name": "New", "state": "absent"}], allow_losses=True, **more)
    assert box.zoom.group_named("New") is None
    writes = {entry["path"].split("/")[1] for entry in box.ledger.entries if entry["path"].startswith(("/v2/groups", "/scim2/Groups"))}
    assert writes == ({"v2"} if way == "rest" else {"scim2"})


def test_with_a_scim_token_only_those_whom_selectors_choose_are_read(box: Sandbox) -> None:
    groups = [{"name": "Team", "users": EMAILS[:3]}, {"name": "New", "users": EMAILS[:9]}]
    call("zoom_groups", box, people=people(*EMAILS), groups=groups, connection=box.scim_connection())
    assert len(asked(box, "/scim2/Users/")) == 3


def test_a_deletion_by_scim_counts_members_under_the_limit(box: Sandbox) -> None:
    for email in EMAILS[:5]:
        box.zoom.add_member("Team", email)
    token = box.scim_connection()
    done = call("zoom_groups", box, people=[], groups=[{"name": "Team", "state": "absent"}], max_removals="4", connection=token)
    assert "5 members would leave Zoom groups (state is absent); the limit is 4, a fixed number, so none was" in done["msg"]
    assert [row["email"] for row in done["withheld"]] == ["Team"]


def test_where_scim_shows_one_group_only_nothing_is_written_and_it_is_reported(box: Sandbox) -> None:
    box.switches["get_roles_shape"] = "object"
    box.zoom.add_member("Everyone", EMAILS[0])
    box.zoom.add_member("Team", EMAILS[1])
    groups = [{"name": "Team", "users": EMAILS[:3]}]
    done = thrice("zoom_groups", box, people=people(*EMAILS[:3]), groups=groups, connection=box.scim_connection())
    assert set(box.zoom.members_of("Team")) == set(EMAILS[1:3])
    assert [(row["email"], row["reason"]) for row in done["attention"]] == [(EMAILS[0], "one_group_shown")]
    done = call("zoom_group_members", box, group="Team", members=EMAILS[:3], connection=box.scim_connection())
    assert (done["changed"], [row["email"] for row in done["attention"]]) == (False, EMAILS[:1])


def test_from_a_list_of_people_nobody_leaves_for_not_being_listed(box: Sandbox) -> None:
    for email in EMAILS[:3]:
        box.zoom.add_member("Team", email)
    groups = [{"name": "Team", "users": EMAILS[:1], "exclusive": True}]
    done = thrice("zoom_groups", box, people=people(*EMAILS[:2]), groups=groups)
    assert [(row["action"], row["email"]) for row in done["changes"]] == [("remove", EMAILS[1])]
    assert box.zoom.members_of("Team") == [EMAILS[0], EMAILS[2]]


# The world moves between the read and the write


def late(box: Sandbox, folder: Path) -> dict[str, Any]:
    """Options of a run that has read the accounts just now."""
    files = {"accounts_path": str(folder / "accounts"), "run_id": "r"}
    call("zoom_user_info", box, dest=files["accounts_path"], run_id="r")
    box.ledger.clear()
    return files


@pytest.mark.parametrize("number", [1, 4])
def test_whom_zoom_leaves_out_silently_is_reported_and_the_others_are_in(box: Sandbox, tmp_path: Path, number: int) -> None:
    """Accounts that were deleted and invited anew: a 201 without their ids, settled by the cheaper read."""
    files = late(box, tmp_path)
    for email in EMAILS[:number]:
        box.zoom.delete_user(email)
        box.zoom.add_user(email, status="pending")
    done = call("zoom_groups", box, people=people(*EMAILS[:6]), groups=[{"name": "Team", "users": EMAILS[:6]}], **files)
    assert [(row["email"], row["reason"]) for row in done["failed_items"]] == [(email, "not_joined") for email in EMAILS[:number]]
    assert done["changes"][0]["emails"] == EMAILS[number:6] == box.zoom.members_of("Team")
    assert len(box.ledger.reads()) == 1


def test_when_all_are_left_out_nothing_has_changed(box: Sandbox, tmp_path: Path) -> None:
    files = late(box, tmp_path)
    box.zoom.delete_user(EMAILS[0])
    done = call("zoom_groups", box, people=people(EMAILS[0]), groups=[{"name": "Team", "users": EMAILS[:1]}], **files)
    assert (done["partial"], done["changed"], done["changes"]) == (True, False, [])


def test_who_joined_left_or_made_the_group_meanwhile_is_no_failure(box: Sandbox, tmp_path: Path) -> None:
    box.zoom.add_member("Team", EMAILS[0])
    files = late(box, tmp_path)
    box.zoom.remove_member("Team", EMAILS[0])
    box.zoom.add_member("Team", EMAILS[1])
    box.zoom.add_group("New", EMAILS[1:2])
    box.zoom.add_group("Gone")
    groups = [{"name": "Team", "users": EMAILS[1:2], "exclusive": True}, {"name": "new", "users": EMAILS[1:3]}]
    done = call("zoom_groups", box, people=people(*EMAILS), groups=groups, **files)
    assert not done["failed"], done
    assert (box.zoom.members_of("Team"), box.zoom.members_of("New")) == (EMAILS[1:2], EMAILS[1:3])
    again = call("zoom_groups", box, people=people(*EMAILS), groups=groups, **files)
    assert (again["failed"], again["changed"]) == (False, False)


def test_a_group_that_is_gone_is_reported_once_and_its_deletion_is_done(box: Sandbox, tmp_path: Path) -> None:
    box.zoom.add_group("Doomed")
    files = late(box, tmp_path)
    box.zoom.delete_group("Team")
    box.zoom.delete_group("Doomed")
    groups = [{"name": "Team", "users": EMAILS[:5]}, {"name": "Doomed", "state": "absent"}]
    done = call("zoom_groups", box, people=people(*EMAILS), groups=groups, **files)
    assert [row["reason"] for row in done["failed_items"]] == ["add"]
    assert "the group is gone from Zoom since it was read; run again" in done["msg"]
    assert len(box.ledger.writes()) == 2


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize(
    ("method", "path", "spec"),
    [("POST", "/v2/groups", {"name": "New", "users": EMAILS[:2]}),
     ("PATCH", "/v2/groups/[^/]+", {"name": "New", "previous_names": ["Team"], "users": EMAILS[:2]}),
     ("DELETE", "/v2/groups/[^/]+", {"name": "Team", "state": "absent"}),
     ("POST", "/v2/groups/[^/]+/members", {"name": "Team", "users": EMAILS[:2]}),
     ("DELETE", "/v2/groups/[^/]+/members/[^/]+", {"name": "Team", "users": EMAILS[:2], "exclusive": True})],
)  # fmt: skip
def test_a_write_whose_answer_is_lost_is_proven_before_it_is_repeated(
    box: Sandbox, drop: str, method: str, path: str, spec: dict[str, Any]
) -> None:
    box.zoom.add_member("Team", EMAILS[5])
    box.faults.add(method=method, path=path, drop=drop)
    done = call("zoom_groups", box, people=people(*EMAILS), groups=[spec])
    assert not done["failed"], done
    box.ledger.clear()
    again = call("zoom_groups", box, people=people(*EMAILS), groups=[spec])
    assert (again["changed"], box.ledger.writes()) == (False, [])


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("drop", ["before", "after"])
def test_by_scim_too_a_lost_answer_is_proven(box: Sandbox, drop: str) -> None:
    box.zoom.add_member("Team", EMAILS[5])
    for method, path in (("POST", "/scim2/Groups"), ("PATCH", "/scim2/Groups/[^/]+")):
        box.faults.add(method=method, path=path, drop=drop)
    groups = [{"name": "Team", "users": EMAILS[:2], "exclusive": True}, {"name": "New", "users": EMAILS[:2]}]
    done = call("zoom_groups", box, people=people(*EMAILS), groups=groups, connection=box.scim_connection())
    assert not done["failed"], done
    assert box.zoom.members_of("Team") == box.zoom.members_of("New") == EMAILS[:2]


def test_check_mode_carries_would_be_groups_to_the_next_call(box: Sandbox, tmp_path: Path) -> None:
    files = {"accounts_path": str(tmp_path / "accounts"), "run_id": "r", "check": True}
    call("zoom_user_info", box, check=True, dest=files["accounts_path"], run_id="r")
    box.ledger.clear()
    groups = [
        {"name": "New", "users": EMAILS[:2]},
        {"name": "Crew", "previous_names": ["Team"], "users": EMAILS[:2]},
        {"name": "Everyone", "state": "absent"},
    ]
    first = call("zoom_groups", box, people=people(*EMAILS), groups=groups, **files)
    assert first["summary"] == {
        "add": 2,
        "attention": 0,
        "create_group": 1,
        "delete_group": 1,
        "failed": 0,
        "rename_group": 1,
        "withheld": 0,
    }
    assert not call("zoom_groups", box, people=people(*EMAILS), groups=groups, **files)["changed"]
    assert (box.ledger.reads(), box.ledger.writes()) == ([], [])
