# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access settings of Google groups: enforced, shown beforehand, and reported where anybody may let themselves in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import call, thrice
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

CLOSED = {"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": False, "whoCanViewMembership": "ALL_MANAGERS_CAN_VIEW"}
SENT = {"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": "false", "whoCanViewMembership": "ALL_MANAGERS_CAN_VIEW"}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, []), {"google_quota": None}) as started:
        yield started


def test_a_group_is_closed_and_stays_so(box: Sandbox) -> None:
    done = thrice("google_group", box, email=SCOPE, settings=CLOSED)
    assert done["settings"] == SENT
    (change,) = done["changes"]
    assert (change["action"], change["after"]) == ("settings", {name: value for name, value in SENT.items() if name in change["after"]})
    assert change["before"]["whoCanJoin"] == "CAN_REQUEST_TO_JOIN"
    assert "whoCanJoin: INVITED_CAN_JOIN" in done["diff"][0]["after"]


def test_a_new_group_is_closed_in_the_same_run(box: Sandbox) -> None:
    done = thrice("google_group", box, email="new@example.com", name="New", settings={"whoCanJoin": "INVITED_CAN_JOIN"})
    assert [change["action"] for change in done["changes"]] == ["create", "settings"]


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"whoCanJion": "INVITED_CAN_JOIN"}, "whoCanJoin"),
        ({"whoCanJoin": "NOBODY"}, "settings.whoCanJoin is 'NOBODY'; known are ANYONE_CAN_JOIN"),
        ({"allowExternalMembers": "maybe"}, "known are true, false"),
    ],
)
def test_what_google_does_not_know_is_refused_before_a_request(box: Sandbox, settings: dict[str, Any], text: str) -> None:
    box.ledger.clear()
    refused = call("google_group", box, email=SCOPE, settings=settings)
    assert refused["failed"]
    assert text in refused["msg"]
    assert box.ledger.entries == []


def test_a_group_that_anybody_may_join_is_named_with_what_it_gives(box: Sandbox) -> None:
    call("google_group", box, email=SCOPE, settings={"whoCanJoin": "ALL_IN_DOMAIN_CAN_JOIN"})
    found = call("google_group_info", box, groups=[SCOPE], where={SCOPE: "scope_groups"})
    assert found["groups"][0]["settings"]["whoCanJoin"] == "ALL_IN_DOMAIN_CAN_JOIN"
    (row,) = found["attention"]
    assert row["message"].startswith(
        f"{SCOPE} decides who gets an account or a licence (scope_groups), and everybody of this Google customer"
    )
    call("google_group", box, email=SCOPE, settings=CLOSED)
    assert call("google_group_info", box, groups=[SCOPE])["attention"] == []


def test_a_success_that_changed_nothing_is_a_failure(box: Sandbox) -> None:
    box.switches["google_settings_change"] = "ignored"
    done = call("google_group", box, email=SCOPE, settings=CLOSED)
    assert done["failed"]
    assert "Google answered success, but shows" in done["msg"]


def test_a_group_that_was_made_is_reported_though_its_settings_are_refused(box: Sandbox, tmp_path: Path) -> None:
    box.switches["google_disabled_api"] = "groups"
    pending = {"pending_path": str(tmp_path / "pending"), "run_id": "r1"}
    done = call("google_group", box, email="new@example.com", settings=CLOSED, **pending)
    assert (done["failed"], done["partial"], done["changed"]) == (True, True, True), done
    assert [(row["action"], row["changed"]) for row in done["changes"]] == [("create", True), ("settings", False)]
    assert (done["group"]["email"], done["settings"]) == ("new@example.com", {})
    assert "email: new@example.com" in done["diff"][0]["after"] and "whoCanJoin" not in done["diff"][0]["after"]
    assert done["problems"][0].startswith(
        "Google group new@example.com: its access settings were not changed. The Groups Settings API is not enabled"
    )
    joined = call("google_group_members", box, check=True, group="new@example.com", members=["ada.byron@example.com"], **pending)
    assert joined["pending_changes"][0]["created"], "the next phase knows that it was made a moment ago"


def test_a_first_write_that_is_refused_is_a_plain_failure(box: Sandbox) -> None:
    box.faults.add(method="PATCH", path=f"/groups/v1/groups/{SCOPE}", status=403, body={"error": {"message": "No"}}, times=None)
    done = call("google_group", box, email=SCOPE, settings=CLOSED)
    assert done["failed"] and "partial" not in done


def test_a_group_has_the_counts_that_all_modules_have(box: Sandbox) -> None:
    gone = call("google_group", box, check=True, email=SCOPE, state="absent")
    assert gone["summary"] == {"delete": 1, "failed": 0, "withheld": 0, "attention": 0}
    assert (gone["losses"], gone["changes_total"], gone["attention"], gone["withheld"], gone["failed_items"]) == (1, 1, [], [], [])


RUN = {"run_id": "r1", "run_host": "t1"}
TEAM, LEADS, OUT = "team@example.com", "leads@example.com", "out@example.com"


def nested() -> dict[str, Any]:
    """The leads are in the team, which is in the scope group; the leads' group is open, and so is the exclusion."""
    groups = {"zoom-users": ["ada.byron", TEAM], "team": [LEADS], "leads": ["bob.stone"], "out": [], "other": []}
    given = seed([person("ada.byron"), person("bob.stone")], groups, [account("ada.byron"), account("bob.stone")])
    for row in given["google"]["groups"]:
        row["settings"] = {"whoCanJoin": "ANYONE_CAN_JOIN" if row["email"] in (LEADS, OUT, "other@example.com") else "INVITED_CAN_JOIN"}
    return given


def test_an_open_group_is_named_with_the_variable_and_the_groups_that_it_is_nested_in(tmp_path: Path) -> None:
    policy, people = str(tmp_path / "policy"), str(tmp_path / "people")
    scope = {"group": SCOPE, "exclude_groups": [OUT.upper()]}
    rules = {"rules": [{"groups": [TEAM], "license": "licensed"}]}
    with Sandbox.start(nested(), {"google_quota": None}) as box:
        told = call("policy_validate", box, connection={}, scope=scope, license_defaults=rules, dest=policy, **RUN)
        assert told["named_in"] == {SCOPE: "scope_group", OUT: "scope_exclude_groups", TEAM: "license_defaults_rules[1]"}
        assert told["units_in"] == {}
        read = {"groups": [SCOPE], "exclude": {"groups": [OUT]}, "policy_path": policy, "dest": people}
        assert not call("google_scope_info", box, **read, **RUN)["failed"]
        box.ledger.clear()
        found = call("google_group_info", box, policy_path=policy, people_path=people, **RUN)
        assert not [entry for entry in box.ledger.entries if entry["path"].endswith("/members")], "members are not read again"
        where = {row["email"]: row["message"].partition("(")[2].partition(")")[0] for row in found["attention"]}
        assert where == {OUT: "scope_exclude_groups", LEADS: f"license_defaults_rules[1], nested in {TEAM}"}
        assert sorted(row["email"] for row in found["groups"]) == sorted([SCOPE, TEAM, LEADS, OUT])
        stale = call("google_group_info", box, people_path=people, run_id="r2")
        assert "is no people snapshot of this run" in stale["msg"]


def test_site_keeps_the_settings_that_it_announces_and_preflight_looks_into_nested_groups(player: Player) -> None:
    box = player.start(nested(), google_quota=None)
    policy = {"scope_group": SCOPE, "scope_group_settings": {"whoCanLeaveGroup": "NONE_CAN_LEAVE"}, "scope_exclude_groups": [OUT]}
    check, _real = player.converge(box, policy)
    assert [row["action"] for row in check.changes() if row["action"].startswith("google")] == ["google_settings"]
    preflight = player.play(box, policy, playbook="preflight")
    assert preflight.status == 0, preflight.output
    told = [message for message in preflight.attention() if "can join it without approval" in message]
    assert [message.partition(", and ")[0] for message in sorted(told)] == [
        f"{LEADS} decides who gets an account or a licence (scope_group, nested in {SCOPE} > {TEAM})",
        f"{OUT} decides who gets an account or a licence (scope_exclude_groups)",
    ]
