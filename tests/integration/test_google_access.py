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
from playing import SCOPE, person, seed
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
    assert done["problems"][0].startswith("Google group new@example.com: settings refused. The Groups Settings API is not enabled")
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
