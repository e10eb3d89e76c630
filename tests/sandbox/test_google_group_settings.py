# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups Settings: every setting of Google's description, its values and no others, by scope, key and form as Google wants them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sandbox import Sandbox
from sandbox.google.rules.group_settings import DEFAULTS, NAMES, READ_ONLY, VALUES
from sandbox.google.seed import SeedError

DISCOVERY = json.loads((Path(__file__).parents[1] / "fixtures" / "groupssettings.v1.json").read_text())
FIELDS: dict[str, dict[str, str]] = DISCOVERY["schemas"]["Groups"]["properties"]
TEAM = "team@example.com"
LOCKED = {"whoCanJoin": "INVITED_CAN_JOIN", "allowExternalMembers": "false", "whoCanViewMembership": "ALL_MANAGERS_CAN_VIEW"}
Ask = Callable[..., requests.Response]


def company(**settings: Any) -> dict[str, Any]:
    return {"google": {"groups": [{"email": TEAM, "name": "Team", "settings": settings}, {"email": "theirs@partner.example.net"}]}}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(company(whoCanJoin="ANYONE_CAN_JOIN", allowExternalMembers=True)) as started:
        yield started


@pytest.fixture
def ask(box: Sandbox) -> Ask:
    def send(method: str = "GET", body: Any = None, key: str = TEAM, scopes: list[str] | None = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {box.google.mint(scopes=scopes)}"}
        asked = {"alt": "json", **query}
        return requests.request(method, f"{box.url}/groups/v1/groups/{key}", params=asked, json=body, headers=headers, timeout=10)

    return send


def refused(answer: requests.Response) -> tuple[int, str, str]:
    error = answer.json()["error"]
    return answer.status_code, error["errors"][0]["reason"], error["message"]


def documented(name: str) -> set[str]:
    return set(re.findall(r"- `?([A-Z][A-Z_]{3,})\b", FIELDS[name]["description"]))


# What there is


def test_every_setting_of_googles_description_is_there_with_its_values() -> None:
    assert set(FIELDS) == NAMES
    assert {name: documented(name) for name in FIELDS if documented(name)} == {
        name: set(values) for name, values in VALUES.items() if len(values) > 1
    }
    assert {name for name, value in DEFAULTS.items() if value in ("true", "false")} == {
        name for name, field in FIELDS.items() if re.search(r"- (?:If )?(?:true|false)\b", field["description"])
    }


def test_a_new_group_has_the_usual_values_and_a_seeded_one_its_own(box: Sandbox, ask: Ask) -> None:
    row = ask().json()
    assert (row["email"], row["name"], row["whoCanJoin"], row["allowExternalMembers"]) == (TEAM, "Team", "ANYONE_CAN_JOIN", "true")
    assert set(row) == {*DEFAULTS, "kind", "email", "name", "description", "maxMessageBytes"}
    box.google.add_group("new@example.com")
    assert ask(key="new@example.com").json()["whoCanJoin"] == DEFAULTS["whoCanJoin"] == "CAN_REQUEST_TO_JOIN"


def test_a_mask_chooses_settings_and_knows_their_names(ask: Ask) -> None:
    assert ask(fields="whoCanJoin,email").json() == {"whoCanJoin": "ANYONE_CAN_JOIN", "email": TEAM}
    assert ask(fields="whoCanJump").status_code == 400


def test_a_seed_with_a_wrong_setting_is_named() -> None:
    for settings, text in (({"whoCanJump": "NONE"}, "whoCanJump"), ({"whoCanJoin": "ANYONE"}, "whoCanJoin"), ({"email": "x"}, "email")):
        with pytest.raises(SeedError, match=text):
            Sandbox.start(company(**settings))


# Writing


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_what_is_written_is_answered_shown_and_in_the_ledger(box: Sandbox, ask: Ask, method: str) -> None:
    answer = ask(method, LOCKED)
    assert answer.status_code == 200
    assert answer.json() == ask().json() == box.google.settings_of(TEAM)
    assert LOCKED.items() <= answer.json().items()
    assert answer.json()["whoCanPostMessage"] == DEFAULTS["whoCanPostMessage"]
    (entry,) = box.ledger.writes("google")
    assert (entry["operation"].rpartition(".")[0], entry["body"], entry["status"]) == ("groupsSettings.groups", LOCKED, 200)


def test_name_and_description_are_those_of_the_directory(box: Sandbox, ask: Ask) -> None:
    ask("PATCH", {"name": "Crew", "description": "All of us"})
    assert (box.google.group(TEAM).name, box.google.group(TEAM).description) == ("Crew", "All of us")
    assert "name" not in box.google.group(TEAM).settings


def test_what_can_only_be_read_is_passed_over(ask: Ask) -> None:
    before = ask().json()
    assert ask("PATCH", {name: "x" for name in READ_ONLY}).json() == before


@pytest.mark.parametrize(
    "body",
    [
        {"whoCanJoin": "NOBODY_CAN_JOIN"}, {"whoCanJoin": None}, {"allowExternalMembers": False}, {"allowExternalMembers": "no"},
        {"whoCanViewMembership": "ANYONE_CAN_VIEW"}, {"name": "x" * 76}, {"description": "x" * 301}, {"whoCanAddReferences": "ALL_MEMBERS"},
        {"replyTo": "REPLY_TO_CUSTOM"},
    ],
)  # fmt: skip
def test_a_value_that_google_does_not_know_changes_nothing(ask: Ask, body: dict[str, Any]) -> None:
    before = ask().json()
    assert refused(ask("PATCH", {**LOCKED, **body}))[:2] == (400, "invalid")
    assert ask().json() == before


def test_a_name_that_google_does_not_know_is_refused(ask: Ask) -> None:
    assert refused(ask("PATCH", {"whoCanJump": "NONE"}))[:2] == (400, "invalid")


def test_an_archived_group_is_one_that_nobody_posts_to(ask: Ask) -> None:
    """Both words at once, as live customers found."""
    closed = {"archiveOnly": "true", "whoCanPostMessage": "NONE_CAN_POST"}
    assert "please use enable ArchiveOnly mode" in refused(ask("PATCH", {"whoCanPostMessage": "NONE_CAN_POST"}))[2]
    assert "Inconsistent Input" in refused(ask("PATCH", {"archiveOnly": "true"}))[2]
    assert closed.items() <= ask("PATCH", closed).json().items()
    assert ask("PATCH", {"archiveOnly": "false"}).json()["whoCanPostMessage"] == "ALL_MANAGERS_CAN_POST"


def test_a_write_may_be_answered_and_not_made(box: Sandbox, ask: Ask) -> None:
    box.switches["google_settings_change"] = "ignored"
    assert ask("PATCH", LOCKED).status_code == 200
    assert ask().json()["whoCanJoin"] == "ANYONE_CAN_JOIN"
    assert ask("PATCH", {"whoCanJoin": "NOBODY_CAN_JOIN"}).status_code == 400


def test_an_administrator_changes_settings_by_hand(box: Sandbox, ask: Ask) -> None:
    box.google.set_settings(TEAM, whoCanJoin="INVITED_CAN_JOIN", allowExternalMembers=False)
    assert (ask().json()["whoCanJoin"], ask().json()["allowExternalMembers"]) == ("INVITED_CAN_JOIN", "false")
    with pytest.raises(ValueError, match="whoCanJoin"):
        box.google.set_settings(TEAM, whoCanJoin="NOBODY")


# Who may ask, and how


def test_only_the_scope_of_groups_settings_opens_it(box: Sandbox, ask: Ask) -> None:
    assert refused(ask(scopes=["admin.directory.group"]))[:2] == (403, "insufficientPermissions")
    assert ask(scopes=["apps.groups.settings"]).status_code == 200
    box.google.set_scopes(["admin.directory.group"])
    assert ask("PATCH", LOCKED).status_code == 403


def test_the_api_is_enabled_on_its_own(box: Sandbox, ask: Ask) -> None:
    for disabled, status in ((True, 403), ("groups", 403), ("admin", 200)):
        box.switches["google_disabled_api"] = disabled
        assert ask().status_code == status
    box.switches["google_disabled_api"] = "groups"
    assert refused(ask())[1:] == (
        "accessNotConfigured",
        "Groups Settings API has not been used in project 424242 before or it is disabled.",
    )


def test_a_group_is_named_by_its_address(box: Sandbox, ask: Ask) -> None:
    assert refused(ask(key="nobody@example.com"))[:2] == (404, "notFound")
    assert refused(ask(key=box.google.group(TEAM).id))[:2] == (404, "notFound")
    assert refused(ask(key="theirs@partner.example.net"))[:2] == (403, "forbidden")
    box.google.rename_group(TEAM, "crew@example.com")
    assert ask().json()["email"] == "crew@example.com"


def test_json_must_be_asked_for(ask: Ask) -> None:
    assert "alt=json" in refused(ask(alt="atom"))[2]
    assert "alt=json" in refused(ask("PATCH", LOCKED, alt=None))[2]
    assert ask().json()["whoCanJoin"] == "ANYONE_CAN_JOIN"
