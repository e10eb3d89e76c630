# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs about a few people: theirs is made, others are left as they are, on both sides and in memory."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from calling import call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parts import Tenant, left, made, problems, state, told, tried
from playing import SCOPE, Player, account, person, seed, written
from sandbox import Sandbox
from test_worlds import NAMES, WORLDS, build

STAY, LEAVE = ["ada.byron", "bea.lane"], ["dora.king", "eve.moss", "fay.wood", "gil.hart", "hal.reed"]
RENAMED = {**person("cleo.park"), "email": "cleo.new@example.com", "aliases": ["cleo.park@example.com"]}
MEMBERS = [f"{name}@example.com" for name in (*STAY, "kim.new", "cleo.new", "lou.late")]


def company() -> dict[str, Any]:
    """Five leave the scope, one is renamed, one loses a licence and a group, two are new."""
    rows = [account(name) for name in (*STAY, *LEAVE, "cleo.park")]
    rows[1].update(license="licensed", groups=["Managers"])
    users = [*(person(name) for name in (*STAY, *LEAVE, "kim.new", "lou.late")), RENAMED]
    scope = [*STAY, "kim.new", "cleo.new", "dora.king"]
    found = seed(users, {"zoom-users": scope, "managers": ["ada.byron", "kim.new"], "out": []}, rows)
    found["zoom"].update(groups=[{"name": "Managers"}], seats={"licensed": 4, "basic": 9999})
    return found


def test_a_newcomer_gets_all_of_theirs_and_nobody_else_is_touched(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, members=MEMBERS)
        before = state(box)
        real = tried(tenant, only=["Kim.New@example.com"])
        assert problems(real) == []
        assert written(box) == {"create": 1, "add": 1}
        after = state(box)
        assert after[0].pop("kim.new@example.com")["license"]["type"] == 2, "a seat is free for her beside those that are owed"
        assert after[0] == before[0]
        assert after[2] == before[2]
        assert {name for name, _action, _who in left(real)} == {"scope", "accounts", "licenses", "groups"}
        assert made(tenant.run(only="kim.new@example.com")) == Counter()


def test_who_joins_the_scope_group_gets_the_account_in_the_same_run(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, members=MEMBERS)
        tried(tenant, only="lou.late@example.com")
        assert written(box) == {"google_add": 1, "create": 1}


def test_a_leaver_is_named_by_the_address_of_their_account(tmp_path: Path) -> None:
    """One of five, who are more than the limit lets go; and out of the scope group, which is exclusive."""
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, members=MEMBERS)
        real = tried(tenant, only="dora.king@example.com")
        assert (problems(real), written(box)) == ([], {"google_remove": 1, "status": 1})
        assert box.zoom.find("eve.moss@example.com").status == "active"


@pytest.mark.parametrize("name", ["cleo.park@example.com", "cleo.new@example.com"])
def test_whoever_is_renamed_keeps_their_name_through_the_phases(tmp_path: Path, name: str) -> None:
    """By the address that the account loses on the way, which is no alias any more, and which no memory knows; or by the new one."""
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        box.google.remove_alias("cleo.park@example.com")
        adopt = {"adopt": {"cleo.new@example.com": "cleo.park@example.com"}}
        tenant = Tenant(box, tmp_path, accounts=adopt, groups=[{"name": "Managers", "users": ["cleo.new@example.com"]}])
        tried(tenant, only=[name])
        assert written(box) == {"rename": 1, "add": 1}


def test_a_name_that_nobody_has_ends_the_run_before_any_change(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path)
        found = tenant.run(only=["kim.new@example.com", "nobody@example.com"])
        assert list(found) == ["read", "people"]
        assert found["people"]["msg"].startswith("provisioning_only (only of the module) names nobody@example.com, which is no address of")
        assert box.ledger.writes() == []
        for module in ("zoom_scim_users", "zoom_groups", "zoom_license_default", "google_group_members", "google_scope_info"):
            more: dict[str, Any] = {
                "zoom_groups": {"groups": []}, "zoom_license_default": {"default": "basic"}, "google_scope_info": {"groups": [SCOPE]},
                "google_group_members": {"group": SCOPE, "members": []},
            }.get(module, {})  # fmt: skip
            people = {"people": [{"primaryEmail": "ada.byron@example.com"}]} if module.startswith("zoom") else {}
            refused = call(module, box, only=" , ", **people, **more)
            assert refused["msg"].startswith("only is given, but names nobody"), refused
        assert box.ledger.writes() == []


def test_memory_learns_of_the_named_alone(tmp_path: Path) -> None:
    """What was changed by hand at others is drift until a run is about them; so is what stands since an earlier run, and who is gone."""
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, accounts={"allow_losses": True})
        tenant.run()
        memory = tenant.memory()
        box.zoom.set_status("eve.moss@example.com", "active")
        box.zoom.rename("bea.lane@example.com", "bea.hand@example.com")
        box.google.set_name("ada.byron@example.com", "Augusta", "Byron")
        real = tried(tenant, only="ada.byron@example.com")
        assert sum(made(real).values()) == 1
        later = tenant.memory()
        assert later.pop("ada.byron@example.com")["first_name"] == "Augusta"
        assert memory.pop("ada.byron@example.com")["first_name"] == "Ada"
        assert later == memory
        whole = tenant.run()
        reasons = {(row["action"], row["reason"].partition(" changed")[0]) for row in whole["accounts"]["changes"]}
        assert reasons == {("deactivate", "drift: status"), ("rename", "drift: email")}


def test_a_first_run_about_a_few_is_no_completed_run_and_a_lost_memory_stays_lost(tmp_path: Path) -> None:
    with Sandbox.start(company(), {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, accounts={"allow_losses": True, "max_creations": 0})
        tenant.run(only="kim.new@example.com")
        assert set(tenant.memory()) == {"kim.new@example.com"}
        box.google.add_member(SCOPE, "lou.late@example.com")
        assert problems(tenant.run()) == [], "limits on gains hold once all accounts were brought up to date"
        for path in tmp_path.glob("memory*"):
            path.unlink()
        box.google.set_name("kim.new@example.com", "Kimberly", "New")
        tenant.run(only="kim.new@example.com")
        assert sum(written(box).values()) == 1
        read = call("zoom_user_info", box, dest=str(tmp_path / "again.jsonl"), memory_path=str(tmp_path / "memory.jsonl"), run_id="again",
                    known_accounts_paths=[str(tmp_path / "accounts.jsonl")])  # fmt: skip
        assert "this run removes nothing" in str(read["attention"])


def test_the_scope_group_that_is_not_there_yet_is_left_with_its_members(tmp_path: Path) -> None:
    given_company = company()
    given_company["google"]["groups"] = [group for group in given_company["google"]["groups"] if group["email"] != SCOPE]
    with Sandbox.start(given_company, {"rate_limits": False}) as box:
        tenant = Tenant(box, tmp_path, members=MEMBERS)
        real = tried(tenant, only="kim.new@example.com")
        assert (problems(real), written(box)) == ([], {"create": 1, "add": 1})
        assert len(told(real, "left_waiting")) == 1


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORLDS, st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True), st.booleans())
def test_in_any_world_check_mode_tells_the_truth_of_the_named(world: Any, names: list[str], gains: bool) -> None:
    people, accounts, _seats = world
    named = [f"{name}@example.com" for name in names if name in people or name in accounts] or ["always.in@example.com"]
    part = {"only": named, "leave_removals": gains}
    with Sandbox.start(build(*world), {"rate_limits": False}) as box, TemporaryDirectory() as folder:
        tenant, before = Tenant(box, Path(folder)), state(box)[0]
        tried(tenant, **part)
        assert made(tenant.run(**part)) == Counter()
        owned = {*named, *(f"new.{address}" for address in named)}
        assert {email: row for email, row in state(box)[0].items() if email not in owned} == {
            email: row for email, row in before.items() if email not in owned
        }


def test_site_works_for_named_people_and_refuses_an_empty_answer(player: Player) -> None:
    box = player.start(company())
    policy = {
        "scope_group": SCOPE, "scope_group_members": MEMBERS, "scope_group_exclusive": True, "attribute_mapping_prune": True,
        "license_defaults_default": "basic", "license_defaults_rules": [{"groups": ["managers@example.com"], "license": "licensed"}],
        "group_mapping_groups": [{"name": "Managers", "groups": ["managers@example.com"], "exclusive": True}],
    }  # fmt: skip
    empty = player.play(box, policy, "-e", "provisioning_only=")
    assert empty.failure.startswith("provisioning_only is given, but names nobody")
    assert box.ledger.entries == []
    both = {**policy, "provisioning_only": "Kim.New@example.com\r\nlou.late@example.com, dora.king@example.com"}
    real = player.play(box, both)
    assert real.status == 0, real.output
    assert written(box) == {"create": 2, "add": 1, "google_add": 1, "google_remove": 1, "status": 1}
    assert not [message for message in real.attention() if "left" in message]
