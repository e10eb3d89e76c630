# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses as people paste them, as domain aliases double them, and of people who are nobody: by name, through the modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call
from playing import SCOPE, account, person, seed
from sandbox import Sandbox

Start = Callable[..., Sandbox]
SCOPED: dict[str, Any] = {"groups": [SCOPE]}
PASTED = {
    "zero_width": ("ada.byron\u200b@example.com", "'ada.byron\\u200b@example.com', which holds the invisible character U+200B"),
    "byte_order_mark": ("\ufeffada.byron@example.com", "'\\ufeffada.byron@example.com', which holds the invisible character U+FEFF"),
    "no_break_space_inside": ("ada.byron\u00a0@example.com", "'ada.byron\\u00a0@example.com', which holds the invisible character U+00A0"),
    "mark_of_direction": ("ada.byron@example.com\u202c", "'ada.byron@example.com\\u202c', which holds the invisible character U+202C"),
    "soft_hyphen": ("ada.byron@exam\u00adple.com", "'ada.byron@exam\\u00adple.com', which holds the invisible character U+00AD"),
    "comma": ("ada.byron@example.com,", "'ada.byron@example.com,', which is no address"),
    "semicolon": ("ada.byron@example.com;", "'ada.byron@example.com;', which is no address"),
    "dot": ("ada.byron@example.com.", "'ada.byron@example.com.', which is no address"),
    "angle_brackets": ("<ada.byron@example.com>", "'<ada.byron@example.com>', which is no address"),
    "name_and_brackets": ("Ada Byron <ada.byron@example.com>", "'Ada Byron <ada.byron@example.com>', which is no address"),
    "quotes": ('"ada.byron@example.com"', "'\"ada.byron@example.com\"', which is no address"),
    "apostrophes_around": ("'ada.byron@example.com'", "\"'ada.byron@example.com'\", which is no address"),
    "typographic_quotes": ("\u201cada.byron@example.com\u201d", "'\u201cada.byron@example.com\u201d', which is no address"),
    "mailto": ("mailto:ada.byron@example.com", "'mailto:ada.byron@example.com', which is no address"),
    "blank_inside": ("ada.byron @example.com", "'ada.byron @example.com', which is no address"),
}  # fmt: skip
USABLE = ["o'neill@example.com", "a+b&c@example.com", "jürgen@bücher.example", "дима@почта.рф", " ada.byron@example.com "]


@pytest.fixture(scope="module")
def unasked() -> Iterator[Sandbox]:
    """One of which nobody may ask anything."""
    with Sandbox.start(company(["ada.byron"])) as box:
        yield box
        assert box.ledger.entries == []


@pytest.fixture
def start() -> Iterator[Start]:
    boxes: list[Sandbox] = []

    def started(given: dict[str, Any], **switches: Any) -> Sandbox:
        boxes.append(Sandbox.start(given, {"rate_limits": False, "google_quota": None, **switches}))
        return boxes[-1]

    yield started
    for box in boxes:
        box.stop()


def company(names: list[str], **google: Any) -> dict[str, Any]:
    """All of them in scope and with an account."""
    given = seed([person(name) for name in names], {"zoom-users": ["admin", *names]}, [account(name) for name in names])
    given["google"].update(google)
    return given


def run(box: Sandbox, folder: Path, scope: dict[str, Any] | None = None, **policy: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What site.yml does up to the accounts: (google_scope_info's result, zoom_scim_users')."""
    accounts, people = str(folder / "accounts"), str(folder / "people")
    call("zoom_user_info", box, dest=accounts)
    found = call("google_scope_info", box, **(scope or SCOPED), accounts_path=accounts, dest=people)
    if found["failed"]:
        return found, {}
    box.ledger.clear()
    return found, call("zoom_scim_users", box, prune=True, accounts_path=accounts, people_path=people, **policy)


def status_of(box: Sandbox, email: str) -> str:
    return next(user["status"] for user in box.zoom.state()["users"] if user["email"] == email)


# As people paste them


@pytest.mark.parametrize(("typed", "told"), PASTED.values(), ids=PASTED)
@pytest.mark.parametrize("where", ["scope_users", "scope_exclude_users", "attribute_mapping_protected.users", "attribute_mapping_adopt"])
def test_a_pasted_address_is_refused_before_any_read_with_its_clean_form(unasked: Sandbox, where: str, typed: str, told: str) -> None:
    option, policy = {
        "scope_users": ("scope", {"users": [typed]}),
        "scope_exclude_users": ("scope", {"exclude_users": [typed]}),
        "attribute_mapping_protected.users": ("attribute_mapping", {"protected": {"users": [typed]}}),
        "attribute_mapping_adopt": ("attribute_mapping", {"adopt": {typed: "ada.byron@example.com"}}),
    }[where]
    found = call("policy_validate", unasked, connection={}, **{option: policy})
    assert found["failed"]
    assert found["msg"] == f"{where} holds {told}; write it as ada.byron@example.com."


@pytest.mark.parametrize("typed", [typed for typed, _told in PASTED.values()], ids=list(PASTED))
def test_a_pasted_address_is_refused_in_every_selector_and_module_before_any_request(unasked: Sandbox, typed: str) -> None:
    box = unasked
    selectors = {
        "license_defaults": {"default": "basic", "rules": [{"users": [typed], "license": "licensed"}]},
        "group_mapping": {"groups": [{"name": "Team", "groups": [typed]}]},
    }
    calls = [call("policy_validate", box, connection={}, **{role: policy}) for role, policy in selectors.items()]
    calls += [
        call("google_scope_info", box, users=[typed]),
        call("google_scope_info", box, groups=[SCOPE], exclude={"users": [typed]}),
        call("google_group_members", box, group=SCOPE, members=[typed]),
        call("google_group_members", box, group=typed, members=[]),
        call("google_group", box, email=typed),
        call("zoom_offboard", box, users=[typed]),
        call("zoom_scim_user", box, user_name=typed),
    ]
    assert all(found["failed"] and "; write it as ada.byron@example.com." in found["msg"] for found in calls), calls
    assert box.ledger.entries == []


@pytest.mark.parametrize("typed", USABLE)
def test_an_unusual_address_is_still_one(typed: str, unasked: Sandbox) -> None:
    found = call("policy_validate", unasked, connection={}, scope={"users": [typed]}, attribute_mapping={"adopt": {typed: ""}})
    assert not found["failed"], found


def test_several_addresses_in_one_item_are_distinguished(unasked: Sandbox) -> None:
    found = call("policy_validate", unasked, connection={}, scope={"users": ["ada@example.com, bob@example.com"]})
    assert found["msg"].endswith("; write each address as an item of its own.")


def test_an_odd_address_that_is_read_is_no_error_of_what_was_typed(start: Start, tmp_path: Path) -> None:
    """An external member may have an address that nobody would be let to type here."""
    box = start(company(["ada.byron"]))
    box.faults.add(path=r".*/members\?.*", status=200, times=None, body={"kind": "admin#directory#members", "members": [
        {"id": "1", "email": "odd(one)@partner.example", "type": "USER", "role": "MEMBER"},
        {"id": box.google.user("ada.byron@example.com").id, "email": "ada.byron@example.com", "type": "USER", "role": "MEMBER"},
    ]})  # fmt: skip
    plan = call("google_group_members", box, check=True, group=SCOPE, members=["ada.byron@example.com"], exclusive=True)
    assert plan["removed"] == ["odd(one)@partner.example"]
    found = call("google_scope_info", box, groups=[SCOPE], pending_changes=plan["pending_changes"], dest=str(tmp_path / "people"))
    assert not found["failed"], found


# Listed, and nobody


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (
            {"users": ["adda@example.com"]},
            "scope_users names adda@example.com, who is nobody in this Google directory; nothing was changed",
        ),
        ({"groups": [SCOPE], "exclude": {"users": ["adda@example.com"]}}, "scope_exclude_users names adda@example.com, who is nobody"),
        ({"users": ["who@elsewhere.example"]}, "scope_users names who@elsewhere.example, who is nobody in this Google directory"),
        ({"users": [SCOPE]}, f"scope_users names {SCOPE}, which is a group's address; nothing was changed: list it under scope_groups"),
    ],
)
def test_a_listed_user_who_is_nobody_is_an_error(start: Start, tmp_path: Path, scope: dict[str, Any], told: str) -> None:
    box = start(company(["ada.byron"]))
    found, _none = run(box, tmp_path, scope)
    assert found["failed"]
    assert told in found["msg"]
    assert box.ledger.writes() == []


def test_a_listed_user_who_was_deleted_is_reported_while_google_remembers_them(start: Start, tmp_path: Path) -> None:
    box = start(company(["ada.byron", "bob.stone"]))
    box.google.delete("bob.stone@example.com")
    found, done = run(box, tmp_path, {"groups": [SCOPE], "users": ["bob.stone@example.com"]})
    assert [row["reason"] for row in found["attention"]] == ["listed_deleted"]
    assert [row["reason"] for row in done["changes"] if row["email"] == "bob.stone@example.com"] == ["deleted"]


def test_users_of_rules_groups_and_protection_who_are_nobody_are_reported(start: Start, tmp_path: Path) -> None:
    box = start(company(["ada.byron"]))
    _found, done = run(box, tmp_path, protected={"users": ["ceo@example.com", "ada.byron@example.com"]})
    assert [(row["email"], row["reason"]) for row in done["attention"]] == [("ceo@example.com", "protected_nobody")]
    files = {"accounts_path": str(tmp_path / "accounts"), "people_path": str(tmp_path / "people")}
    rules = [{"users": ["nobody@example.com", "ada.byron@example.com"], "license": "licensed"}]
    told = call("zoom_license_default", box, default="basic", rules=rules, **files)["attention"]
    assert ("nobody@example.com", "selector_nobody") in [(row["email"], row["reason"]) for row in told]
    assert any("license_defaults_rules[1]" in row["message"] for row in told)
    told = call("zoom_groups", box, groups=[{"name": "Team", "users": ["nobody@example.com"]}], **files)["attention"]
    assert [(row["email"], row["reason"]) for row in told] == [("nobody@example.com", "selector_nobody")]


# Domain aliases


def aliased() -> dict[str, Any]:
    """Three people at example.com, whom the domain alias example.net gives a second address; two sign in to Zoom with that."""
    given = company(["ada.byron", "bob.stone", "eve.moss"], domain_aliases={"example.net": "example.com"})
    for row in given["zoom"]["users"][1:3]:
        row["email"] = row["email"].replace("example.com", "example.net")
    given["zoom"]["managed_domains"] = ["example.com", "example.net"]
    return given


def test_accounts_at_a_domain_alias_are_renamed_and_nobody_gets_a_second_one(start: Start, tmp_path: Path) -> None:
    box = start(aliased())
    _found, done = run(box, tmp_path)
    assert not done["failed"], done
    assert sorted((row["action"], row["email"]) for row in done["changes"]) == [
        ("rename", "ada.byron@example.com"),
        ("rename", "bob.stone@example.com"),
    ]
    assert len(box.zoom.state()["users"]) == 4


def test_a_user_listed_by_a_domain_alias_is_in_scope_and_one_excluded_by_it_is_not(start: Start, tmp_path: Path) -> None:
    box = start(aliased())
    scope = {"users": ["ada.byron@example.net", "eve.moss@example.com"], "exclude": {"users": ["eve.moss@example.net"]}}
    _found, done = run(box, tmp_path, scope, max_deactivations="100%")
    assert [(row["action"], row["email"]) for row in done["changes"]] == [
        ("deactivate", "bob.stone@example.net"),
        ("rename", "ada.byron@example.com"),
    ]


def test_a_domain_alias_adopts_protects_and_offboards(start: Start, tmp_path: Path) -> None:
    box = start(aliased())
    box.google.remove_member(SCOPE, "bob.stone@example.com")
    told = {"adopt": {"ada.byron@example.net": "ada.byron@example.net"}, "protected": {"users": ["bob.stone@example.com"]}}
    _found, done = run(box, tmp_path, **told)
    assert [(row["action"], row["email"]) for row in done["changes"]] == [("rename", "ada.byron@example.com")]
    assert [(row["emails"], row["reason"]) for row in done["attention"]] == [(["bob.stone@example.net"], "protected")]
    files = {"accounts_path": str(tmp_path / "accounts"), "people_path": str(tmp_path / "people")}
    gone = call("zoom_offboard", box, users=["ada.byron@example.net"], hold_group="out@example.com", **files)
    assert [row["action"] for row in gone["changes"]] == ["revoke", "deactivate"]


def test_a_member_listed_by_a_domain_alias_is_known_in_the_group(start: Start) -> None:
    box = start(aliased())
    members = [f"{name}@example.net" for name in ("admin", "ada.byron", "bob.stone", "eve.moss")]
    found = call("google_group_members", box, group=SCOPE, members=members, exclusive=True)
    assert (found["changed"], box.ledger.writes()) == (False, [])


def test_google_s_test_addresses_are_nobody_s_second_address(start: Start, tmp_path: Path) -> None:
    box = start(aliased())
    found = call("google_scope_info", box, groups=[SCOPE])
    ada = next(row for row in found["people"] if row["email"] == "ada.byron@example.com")
    assert ada["domain_aliases"] == ["ada.byron@example.net"]


# Protected under each address


@pytest.mark.parametrize("listed", ["ceo@example.com", "eve.moss@example.com"])
def test_whoever_is_protected_is_so_under_each_address(start: Start, tmp_path: Path, listed: str) -> None:
    box = start(company(["ada.byron", "eve.moss"]))
    box.google.add_alias("eve.moss@example.com", "ceo@example.com")
    box.google.remove_member(SCOPE, "eve.moss@example.com")
    _found, done = run(box, tmp_path, protected={"users": [listed]})
    assert ([row["reason"] for row in done["attention"]], box.ledger.writes()) == (["protected"], [])
    files = {"accounts_path": str(tmp_path / "accounts"), "people_path": str(tmp_path / "people")}
    gone = call("zoom_offboard", box, users=["eve.moss@example.com"], protected={"users": [listed]}, **files)
    assert [row["reason"] for row in gone["failed_items"]] == ["protected"]


def test_an_account_that_an_anchor_gives_to_somebody_protected_is_protected_whatever_its_address(start: Start, tmp_path: Path) -> None:
    box = start(company(["ada.byron", "eve.moss"]))
    run(box, tmp_path, identity="employeeNumber")
    box.google.rename("eve.moss@example.com", "eve.smith@example.com")
    box.google.remove_alias("eve.moss@example.com")
    box.google.remove_member(SCOPE, "eve.smith@example.com")
    accounts, people = str(tmp_path / "accounts"), str(tmp_path / "people")
    call("zoom_user_info", box, dest=accounts)
    call("google_scope_info", box, groups=[SCOPE], matching={"identity": "employeeNumber"}, accounts_path=accounts, dest=people)
    box.ledger.clear()
    policy = {"identity": "employeeNumber", "protected": {"users": ["eve.smith@example.com"]}}
    done = call("zoom_scim_users", box, prune=True, accounts_path=accounts, people_path=people, **policy)
    assert ([row["reason"] for row in done["attention"]], box.ledger.writes()) == (["protected"], [])


def test_a_licence_is_not_taken_from_somebody_protected_by_an_alias(start: Start, tmp_path: Path) -> None:
    given = company(["ada.byron", "eve.moss"])
    given["zoom"]["users"][2]["license"] = "licensed"
    box = start(given)
    box.google.add_alias("eve.moss@example.com", "ceo@example.com")
    run(box, tmp_path)
    files = {"accounts_path": str(tmp_path / "accounts"), "people_path": str(tmp_path / "people")}
    done = call("zoom_license_default", box, default="basic", protected={"users": ["ceo@example.com"]}, **files)
    assert "eve.moss@example.com" in [row["email"] for row in done["attention"] if row["reason"] == "protected"]
    assert "eve.moss@example.com" not in [row["email"] for row in done["changes"]]
