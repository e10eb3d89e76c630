# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A missing row proves nothing: whoever would lose something is looked up again, by another kind of call, through the modules."""

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
SCOPED: dict[str, Any] = {"groups": [SCOPE]}
TEAM, SECOND = "team@example.com", "team@example.org"
HAS_MEMBER, GROUP_LISTS = r".*/hasMember/.*", r".*/groups/[^/]+/members"
USER_LISTS, ONE_USER = r"/admin/directory/v1/users", r"/admin/directory/v1/users/[^/]+"


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


def company(names: list[str], scope: list[str] | None = None, **google: Any) -> dict[str, Any]:
    """All of them with an account; those of `scope`, or all, in the scope group."""
    given = seed(
        [person(name) for name in names], {"zoom-users": ["admin", *(names if scope is None else scope)]}, [account(name) for name in names]
    )
    given["google"].update(google)
    return given


def two_domains(names: list[str]) -> dict[str, Any]:
    """Those with `@` are of the second domain of the same customer; none of them is in the scope group."""
    given = company([name for name in names if "@" not in name], [], domains=["example.com", "example.org"])
    for email in (name for name in names if "@" in name):
        given["google"]["users"].append({"email": email, "given": "Ann", "family": "Other"})
        given["zoom"]["users"].append({"email": email, "first_name": "Ann", "last_name": "Other", "display_name": "Ann Other"})
    given["zoom"]["managed_domains"] = ["example.com", "example.org"]
    return given


def read(box: Sandbox, folder: Path, scope: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    call("zoom_user_info", box, dest=str(folder / "accounts"))
    box.ledger.clear()
    options = {"accounts_path": str(folder / "accounts"), "dest": str(folder / "people"), **options}
    return call("google_scope_info", box, **(scope or SCOPED), **options)


def provision(box: Sandbox, folder: Path, **policy: Any) -> dict[str, Any]:
    return call("zoom_scim_users", box, accounts_path=str(folder / "accounts"), people_path=str(folder / "people"), prune=True, **policy)


def run(box: Sandbox, folder: Path, scope: dict[str, Any] | None = None, **policy: Any) -> dict[str, Any]:
    found = read(box, folder, scope)
    assert not found["failed"], found
    return provision(box, folder, **policy)


def requests(box: Sandbox, pattern: str) -> list[str]:
    return [entry["path"] for entry in box.ledger.reads("google") if re.fullmatch(pattern, entry["path"])]


def ended(done: dict[str, Any]) -> list[str]:
    return sorted(row["email"] for row in done["changes"] if row["action"] == "deactivate")


# The second domain of the same customer


def test_somebody_of_the_second_domain_who_has_left_the_scope_loses_the_account(start: Start, tmp_path: Path) -> None:
    """hasMember answers 400 across domains, which says nothing: the membership itself is asked for."""
    box = start(two_domains(["ada.byron", "ann@example.org"]))
    done = run(box, tmp_path, max_deactivations="100%")
    assert (done["failed"], ended(done)) == (False, ["ada.byron@example.com", "ann@example.org"])


@pytest.mark.parametrize("outer", [SCOPE, TEAM])
def test_somebody_of_the_second_domain_whom_the_list_missed_keeps_it(start: Start, tmp_path: Path, outer: str) -> None:
    box = start(two_domains(["ada.byron", "ann@example.org"]))
    box.google.add_group(TEAM)
    box.google.add_member(SCOPE, TEAM)
    box.google.add_member(outer, "ann@example.org")
    rows = [{"id": box.google.user("admin@example.com").id, "email": "admin@example.com", "type": "USER"},
            {"id": box.google.group(TEAM).id, "email": TEAM, "type": "GROUP"}]  # fmt: skip
    box.faults.add(path=rf"/admin/directory/v1/groups/{re.escape(outer)}/members", status=200, times=None, body={
        "kind": "admin#directory#members", "members": [member for member in rows if outer == SCOPE or member["type"] == "USER"]
    })  # fmt: skip
    done = run(box, tmp_path, max_deactivations="100%")
    assert ended(done) == ["ada.byron@example.com"]
    assert [(row["email"], row["reason"]) for row in done["withheld"]] == [("ann@example.org", "unconfirmed")]


def test_a_membership_that_google_refuses_to_show_is_looked_for_in_a_fresh_list(start: Start, tmp_path: Path) -> None:
    """members.get answers 400 Invalid Input now and then for a valid pair."""
    box = start(two_domains(["ada.byron", "ann@example.org", "joe@example.org"]))
    box.google.add_member(SCOPE, "joe@example.org")
    body = {"error": {"code": 400, "message": "Invalid Input: memberKey", "errors": [{"reason": "invalid"}]}}
    box.faults.add(path=r".*/groups/[^/]+/members/[0-9]+", status=400, body=body, times=None)
    done = run(box, tmp_path, max_deactivations="100%")
    assert (done["failed"], ended(done)) == (False, ["ada.byron@example.com", "ann@example.org"])


def test_a_group_of_the_second_domain_shows_its_own_people(start: Start, tmp_path: Path) -> None:
    box = start(two_domains(["ada.byron", "ann@example.org"]))
    box.google.add_group(SECOND)
    box.google.add_member(SCOPE, SECOND)
    read(box, tmp_path)
    asked = requests(box, HAS_MEMBER)
    assert len([path for path in asked if path.split("/")[5] in (SECOND, SECOND.replace("@", "%40"))]) == 1


# Pages that shift while they are read


def shifting(start: Start, **switches: Any) -> tuple[Sandbox, list[str]]:
    """Nine in scope, of whom the group's list misses two; the tenth has left. Those whom the users' list misses are two others."""
    names = [f"p{number}.x" for number in range(10)]
    given = company(names, names[:9])
    given["google"]["users"].append(person("aa.first"))
    return start(given, google_page_defect="shifted", **switches), names


def test_rows_at_a_page_s_border_that_both_reads_skip_cost_nobody_the_account(start: Start, tmp_path: Path) -> None:
    box, _names = shifting(start, google_page_size=4)
    done = run(box, tmp_path, max_deactivations="100%")
    assert ended(done) == ["p9.x@example.com"]
    assert {row["reason"] for row in done["withheld"]} == {"unconfirmed"}
    assert len(done["withheld"]) == 2


def test_each_of_many_groups_is_asked_by_another_kind_of_call_than_a_list(start: Start, tmp_path: Path) -> None:
    """However few pages a second list would take."""
    box, _names = shifting(start, google_page_size=4)
    read(box, tmp_path)
    assert len(requests(box, HAS_MEMBER)) == 3
    assert len(requests(box, GROUP_LISTS)) == 3


def test_a_nested_group_s_row_that_is_skipped_costs_nobody_the_account(start: Start, tmp_path: Path) -> None:
    names = [f"a{number}.x" for number in range(3)]
    given = company([*names, "bob.stone"], names)
    given["google"]["users"].append(person("aa.first"))  # so that the users' list misses somebody else
    given["google"]["groups"].append({"email": "zteam@example.com", "members": ["bob.stone@example.com"]})
    given["google"]["groups"][0]["members"].append("zteam@example.com")
    box = start(given, google_page_defect="shifted", google_page_size=4)
    done = run(box, tmp_path, max_deactivations="100%")
    assert (ended(done), [row["email"] for row in done["withheld"]]) == ([], ["bob.stone@example.com"])


@pytest.mark.parametrize("sees_customers", [True, False])
def test_a_row_of_everybody_that_is_skipped_costs_nobody_the_account(start: Start, tmp_path: Path, sees_customers: bool) -> None:
    given = company(["ada.byron", "bob.stone", "eve.moss", "joe.day"], ["ada.byron", "bob.stone", "eve.moss"])
    given["google"]["users"].append(person("aa.first"))  # so that the users' list misses somebody else
    given["google"]["groups"][0]["everyone"] = True
    box = start(given, google_page_defect="shifted", google_page_size=4)
    if not sees_customers:
        box.faults.add(path=HAS_MEMBER, status=200, body={"isMember": False}, times=None)
    done = run(box, tmp_path, max_deactivations="100%")
    assert (ended(done), [row["email"] for row in done["withheld"]]) == ([], ["joe.day@example.com"])


def test_users_that_the_users_list_skips_are_known_by_single_reads(start: Start, tmp_path: Path) -> None:
    """Their accounts are nobody's to the list; a single read finds them, and they are as much in scope as before."""
    names = [f"p{number}.x" for number in range(6)]
    box = start(company(names), google_page_defect="shifted", google_page_size=3)
    deprovision = {"unknown": "deactivate", "out_of_scope": "report"}
    found = read(box, tmp_path, deprovision=deprovision)
    assert found["summary"]["people"] == 7
    done = provision(box, tmp_path, deprovision=deprovision, max_deactivations="100%")
    assert (done["failed"], ended(done)) == (False, [])


def test_the_new_holder_of_a_deleted_one_s_address_whom_the_list_skips_keeps_the_account(start: Start, tmp_path: Path) -> None:
    names = ["b0.x", "b1.x", "b2.x"]
    outsiders = [f"{name}@partner.example" for name in ("a0", "a1", "a2", "a3")]  # so that the group's list misses the owner alone
    given = company(names, [*names, *outsiders])
    given["google"]["users"] += [person("aa.first"), {**person("b2.x"), "deleted": "3 days ago", "id": "900000000000000000001"}]
    box = start(given, google_page_defect="shifted", google_page_size=4)
    done = run(box, tmp_path, max_leavers="100%")
    assert (done["failed"], ended(done)) == (False, [])


def test_a_listed_user_whom_the_users_list_skips_is_no_error(start: Start, tmp_path: Path) -> None:
    names = [f"p{number}.x" for number in range(6)]
    box = start(company(names, names[:2]), google_page_defect="shifted", google_page_size=3)
    found = read(box, tmp_path, {"users": [f"{name}@example.com" for name in names], "groups": [SCOPE]})
    assert (found["failed"], found["summary"]["wanted"]) == (False, 7), found


def test_somebody_excluded_whom_the_excluding_group_s_list_skips_is_left_as_they_are(start: Start, tmp_path: Path) -> None:
    """Out of scope too, they would lose the account for that."""
    names = [f"p{number}.x" for number in range(8)]
    given = company(names, [])
    given["google"]["groups"].append({"email": "out@example.com", "members": [f"{name}@example.com" for name in names[:6]]})
    box = start(given, google_page_defect="shifted", google_page_size=4)
    done = run(box, tmp_path, {"groups": [SCOPE], "exclude": {"groups": ["out@example.com"]}}, max_deactivations="100%")
    assert (done["failed"], set(ended(done)) <= {"p6.x@example.com", "p7.x@example.com"}) == (False, True)


def test_a_rule_s_group_whose_list_skips_somebody_costs_nobody_the_licence(start: Start, tmp_path: Path) -> None:
    names = [f"p{number}.x" for number in range(6)]
    given = company(names)
    for row in given["zoom"]["users"]:
        row["license"] = "licensed"
    given["google"]["groups"].append({"email": TEAM, "members": [f"{name}@example.com" for name in names]})
    box = start(given, google_page_defect="shifted", google_page_size=4)
    read(box, tmp_path, resolve_groups=[TEAM])
    rules = {"default": "basic", "rules": [{"groups": [TEAM], "license": "licensed"}]}
    done = call("zoom_license_default", box, **rules, accounts_path=str(tmp_path / "accounts"), people_path=str(tmp_path / "people"))
    assert [row["email"] for row in done["changes"]] == [], done


def test_a_zoom_group_takes_no_stranger_out_before_a_single_read(start: Start, tmp_path: Path) -> None:
    given = company([f"p{number}.x" for number in range(6)])
    for row in given["zoom"]["users"]:
        row["groups"] = ["Team"]
    given["zoom"]["groups"] = [{"name": "Team"}]
    given["zoom"]["users"].append(account("stranger.x", groups=["Team"]))
    box = start(given, google_page_defect="shifted", google_page_size=3)
    read(box, tmp_path, resolve_groups=[SCOPE], confirm_members=True)
    groups = [{"name": "Team", "groups": [SCOPE], "exclusive": True}]
    done = call(
        "zoom_groups",
        box,
        groups=groups,
        accounts_path=str(tmp_path / "accounts"),
        people_path=str(tmp_path / "people"),
        max_removals="100%",
    )
    assert [row["email"] for row in done["changes"]] == ["stranger.x@example.com"], done


# What this run itself changes


def test_whom_this_run_takes_out_of_the_scope_group_leaves_in_the_same_run(start: Start, tmp_path: Path) -> None:
    """In Google they are members until the group is written, and hasMember says so."""
    box = start(company(["ada.byron", "bob.stone"]))
    plan = call(
        "google_group_members", box, check=True, group=SCOPE, members=["admin@example.com", "ada.byron@example.com"], exclusive=True
    )
    found = read(box, tmp_path, pending_changes=plan["pending_changes"])
    assert not found["failed"], found
    assert ended(provision(box, tmp_path)) == ["bob.stone@example.com"]


def test_whom_a_nested_group_keeps_in_the_scope_stays_though_this_run_takes_them_out(start: Start, tmp_path: Path) -> None:
    given = company(["ada.byron", "bob.stone"])
    given["google"]["groups"] += [{"email": TEAM, "members": ["bob.stone@example.com"]}]
    given["google"]["groups"][0]["members"].append(TEAM)
    box = start(given)
    plan = call("google_group_members", box, check=True, group=SCOPE, members=["admin@example.com", TEAM], exclusive=True, max_removals=9)
    box.faults.add(path=rf"/admin/directory/v1/groups/{re.escape(TEAM)}/members", status=200, body={"kind": "admin#directory#members"})
    found = read(box, tmp_path, pending_changes=plan["pending_changes"])
    assert not found["failed"], found
    done = provision(box, tmp_path, max_deactivations="100%")
    assert (ended(done), [row["email"] for row in done["withheld"]]) == (["ada.byron@example.com"], ["bob.stone@example.com"])


# Many at once


def leavers(start: Start, **switches: Any) -> Sandbox:
    """650 people in one group, of whom 60 have left in each of five ways; one account is a stranger's."""
    names = [f"p{number:03d}.x" for number in range(650)]
    box = start(company([*names, "s0.x", "s1.x"], names[:590]), **switches)
    for number in range(0, 10):
        box.google.suspend(f"p{number:03d}.x@example.com")
        box.google.delete(f"p{number + 10:03d}.x@example.com")
        box.google.archive(f"p{number + 20:03d}.x@example.com")
    for number in range(2):
        user = box.google.user(f"s{number}.x@example.com")
        box.google.delete(user.email)
        box.google.store.bin.pop(user.id)
    return box


LOSING = {"max_deactivations": "100%", "max_leavers": "100%", "deprovision": {"unknown": "deactivate"}}


def test_above_the_limit_all_are_confirmed_by_lists_in_other_pages(start: Start, tmp_path: Path) -> None:
    box = leavers(start)
    found = read(box, tmp_path, confirm_limit=1, deprovision={"unknown": "deactivate", "out_of_scope": "deactivate"})
    assert not found["failed"], found
    # 650 users in pages of 500 and of 349; 581 members in pages of 200 and of 149; the bin twice; nobody one by one
    assert [len(requests(box, path)) for path in (USER_LISTS, GROUP_LISTS, HAS_MEMBER, ONE_USER)] == [6, 7, 0, 0]
    done = provision(box, tmp_path, **LOSING)
    assert (done["failed"], len(ended(done))) == (False, 10 + 10 + 10 + 60 + 2), done.get("problems")


def test_above_the_limit_rows_at_a_page_s_border_cost_nobody_the_account(start: Start, tmp_path: Path) -> None:
    box = leavers(start, google_page_defect="shifted")
    missed = [row.email for row in box.google.store.users_by_email()][500]
    read(box, tmp_path, confirm_limit=1, deprovision={"unknown": "deactivate", "out_of_scope": "deactivate"})
    done = provision(box, tmp_path, **LOSING)
    in_scope = {f"p{number:03d}.x@example.com" for number in range(30, 590)}
    assert not in_scope & set(ended(done))
    assert missed not in ended(done)
    assert "s0.x@example.com" in ended(done)


def test_below_the_limit_the_same_people_are_looked_up_one_by_one(start: Start, tmp_path: Path) -> None:
    box = leavers(start)
    read(box, tmp_path, confirm_limit=100, deprovision={"unknown": "deactivate", "out_of_scope": "deactivate"})
    assert [len(requests(box, path)) for path in (HAS_MEMBER, USER_LISTS)] == [60, 3]
    assert len(ended(provision(box, tmp_path, **LOSING))) == 92


def test_people_whom_lists_can_not_confirm_are_reported_as_one_number(start: Start, tmp_path: Path) -> None:
    """The second list of users shows two of them no more: neither there nor in the bin."""
    box = leavers(start)
    gone = [box.google.user(f"p{number:03d}.x@example.com") for number in (600, 601)]
    found = _second_list_without(box, tmp_path, {user.id for user in gone})
    assert not found["failed"], found
    done = provision(box, tmp_path, **LOSING)
    assert done["problems"] == [
        "2 people would lose their account or a Zoom group, and a second read of all lists did not settle it; at most 1 is looked up "
        "again one by one, so none was removed: raise scope_confirm_limit (confirm_limit of the module)."
    ]
    assert len(ended(done)) == 90


def test_whom_lists_leave_open_is_looked_up_one_by_one_as_far_as_the_limit_allows(start: Start, tmp_path: Path) -> None:
    box = leavers(start)
    gone = [box.google.user(f"p{number:03d}.x@example.com") for number in (600, 601)]
    found = _second_list_without(box, tmp_path, {user.id for user in gone}, confirm_limit=2)
    assert not found["failed"], found
    assert [len(requests(box, path)) for path in (USER_LISTS, GROUP_LISTS, HAS_MEMBER, ONE_USER)] == [6, 7, 0, 2]
    done = provision(box, tmp_path, **LOSING)
    assert (done["failed"], len(ended(done))) == (False, 92)


def test_205_leavers_are_confirmed_by_a_handful_of_requests(start: Start, tmp_path: Path) -> None:
    """As the issue has it: with the limit as it is, and no removal blocked for it."""
    names = [f"p{number:03d}.x" for number in range(230)]
    box = start(company(names, names[205:]))
    found = read(box, tmp_path)
    assert not found["failed"], found
    assert sum(map(len, (requests(box, path) for path in (USER_LISTS, GROUP_LISTS, HAS_MEMBER, ONE_USER)))) < 10
    done = provision(box, tmp_path, allow_losses=True, check=True)
    assert (done["failed"], len(ended(done)), done["withheld"]) == (False, 205, [])


def test_strangers_whom_unreadable_rows_leave_open_are_reported_as_one_number_too(start: Start, tmp_path: Path) -> None:
    """A row of an unknown form may be the owner of any of them."""
    names = ["s0.x", "s1.x", "s2.x"]
    box = start(company(["ada.byron", *names], ["ada.byron"]), google_odd_rows="wrong_type")
    for name in names:
        user = box.google.user(f"{name}@example.com")
        box.google.delete(user.email)
        box.google.store.bin.pop(user.id)
    options = {"deprovision": {"unknown": "deactivate"}}
    assert not (found := read(box, tmp_path, confirm_limit=2, **options))["failed"], found
    done = provision(box, tmp_path, **options)
    assert ([row["reason"] for row in done["withheld"]], done["problems"]) == (["confirm_limit"] * 3, [
        "3 people would lose their account or a Zoom group, and a second read of all lists did not settle it; at most 2 are looked up "
        "again one by one, so none was removed: raise scope_confirm_limit (confirm_limit of the module)."
    ])  # fmt: skip
    read(box, tmp_path, confirm_limit=3, **options)
    assert ended(provision(box, tmp_path, **options)) == [f"{name}@example.com" for name in names]


def _second_list_without(box: Sandbox, folder: Path, missing: set[str], confirm_limit: int = 1) -> dict[str, Any]:
    plain = _google_directory.Directory.users

    def users(self: Any, fields: Any, shape: Any, aside: Any = None, *, custom_schemas: bool = False, page: int = 500) -> Any:
        rows = plain(self, fields, shape, aside, custom_schemas=custom_schemas, page=page)
        return rows if page == 500 else [row for row in rows if row.id not in missing]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_google_directory.Directory, "users", users)
        return read(box, folder, confirm_limit=confirm_limit, deprovision={"unknown": "deactivate", "out_of_scope": "deactivate"})


@pytest.mark.parametrize("limit", [-1, "many", True, 1.5])
def test_a_limit_that_is_no_number_is_refused_before_any_read(start: Start, limit: Any) -> None:
    box = start(company(["ada.byron"]))
    found = call("policy_validate", box, connection={}, scope={"confirm_limit": limit})
    assert found["msg"] == f"scope_confirm_limit is {limit!r}; write a whole number, such as 10."
