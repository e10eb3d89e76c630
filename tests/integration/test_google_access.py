# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access settings of Google groups: enforced, shown beforehand, and reported where anybody may let themselves in."""

from __future__ import annotations

from collections.abc import Iterator
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
