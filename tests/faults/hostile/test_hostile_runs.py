# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names, departments and descriptions that are programs to somebody: copied as they are, obeyed by nobody, spelled out for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._model._text import as_shown
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import parse_json
from calling import call
from payloads import UNSEEN, payloads
from playing import SCOPE, Played, Player, account, person, seed, written

MEGABYTE = "m" * 2**20


def address(number: int) -> str:
    return f"p{number:02}.hostile@example.com"


def as_sent(text: str) -> str:
    """Halves of characters can't be sent."""
    return str(parse_json(json.dumps(text).encode()))


def hidden_in(text: str) -> set[str]:
    return UNSEEN & set(text)


def assert_only_printed(player: Player, played: Played, marker: Path, *, plan: Path | None = None) -> None:
    assert not marker.exists(), "a text was obeyed"
    assert hidden_in(played.output) == set()
    assert "MODULE FAILURE" not in played.output
    assert "Traceback" not in played.output
    for path in [*plan.iterdir()] if plan else []:
        assert hidden_in(path.read_text()) == set(), path.name
    if plan:
        ElementTree.parse(plan / "plan.junit.xml")
        markdown = (plan / "plan.md").read_text()
        assert not [bad for bad in ("<script", "<img", "[x](", "![i]", "\n# head") if bad in markdown]


def test_a_run_obeys_no_name_department_or_group_and_shows_each_spelled_out(
    player: Player, tmp_path: Path, record_property: Callable[..., None]
) -> None:
    marker = tmp_path / "obeyed"
    texts = [as_sent(text) for text in payloads(str(marker)).values()]
    people = [person(f"p{number:02}.hostile") for number in range(len(texts))]
    names = [row["email"].partition("@")[0] for row in people]
    half = len(texts) // 2
    box = player.start(seed(people, {"zoom-users": names}, [account(name) for name in names[:half]]))
    for number, text in enumerate(texts):
        row = {"customType": "", "department": text, "primary": True, "type": "work"}
        box.google.update(address(number), name={"givenName": text[:60], "familyName": "Hostile"}, organizations=[row])
    for number in range(half):  # what was there before is shown too
        box.zoom.change(box.zoom.user(address(number)), department=texts[-1 - number])
    policy = {
        "scope_group": SCOPE,
        "attribute_mapping_prune": True,
        "attribute_mapping_max_updates": "100%",
        "attribute_mapping_attributes": {
            "name.givenName": "name.givenName",
            "name.familyName": "name.familyName",
            "department": "organizations[0].department",
        },
    }
    plan = player.folder / "plan"
    env = {
        "ANSIBLE_CALLBACKS_ENABLED": "record,workspace_zoom.provisioning.provisioning_plan",
        "PROVISIONING_PLAN_DIR": str(plan),
    }
    check = player.play(box, policy, "--check", "--diff", env=env)
    assert_only_printed(player, check, marker, plan=plan)
    assert "{{ lookup(" in check.output, "it is shown as it is"
    assert "\\u001b[2J" in check.output
    real = player.play(box, policy, "--diff", env=env)
    assert_only_printed(player, real, marker, plan=plan)
    assert sum(written(box).values()) > len(texts) / 2
    for number, text in enumerate(texts):
        found = box.zoom.find(address(number))
        if found:
            assert as_shown(found.department) == as_shown(text), "copied as it is"
    assert sum(box.zoom.find(address(number)) is not None for number in range(len(texts))) > half
    record_property("hostile texts that a run obeyed none of", 3 * len(texts))


@pytest.mark.parametrize("end", ["\u2028", "\x85"])
def test_an_update_of_a_name_that_holds_the_end_of_a_line_is_taken_back(player: Player, end: str) -> None:
    """A line of the journal was torn in two, so `undo` left that update as it was, without a word."""
    before = account("ada.byron", last_name=f"By{end}ron")
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [before]))
    run = player.play(box, {"scope_groups": [SCOPE], "provisioning_run_id": "r1"})
    assert (run.status, box.zoom.find(before["email"]).last_name) == (0, "Byron"), run.output
    undone = player.play(box, {"scope_groups": [SCOPE], "undo_run": "r1"}, playbook="undo")
    assert (undone.status, box.zoom.find(before["email"]).last_name) == (0, before["last_name"]), undone.output


# ---- the same through every module in this process, with a megabyte of each


def hostile(number: int, text: str) -> dict[str, Any]:
    names = {"givenName": text, "familyName": text, "fullName": text}
    rows = [{"department": text, "primary": True}]
    return {"primaryEmail": address(number), "name": names, "organizations": rows, "orgUnitPath": f"/{text}"}


def test_a_megabyte_of_anything_is_planned_and_shown_in_few_words(
    player: Player, tmp_path: Path, record_property: Callable[..., None]
) -> None:
    box = player.start(seed([], {}, [account(f"p{number:02}.hostile") for number in range(4)]))
    texts = [as_sent(text) * (2**20 // len(text)) for text in payloads(str(tmp_path / "obeyed")).values()]
    people = [hostile(number, text) for number, text in enumerate(texts[:8])]
    options = {"changes_path": str(tmp_path / "changes.jsonl"), "journal_dir": str(tmp_path / "journal"), "run_id": "r1"}
    result = call("zoom_scim_users", box, people=people, check=True, **options)
    for entry in result["diff"]:
        assert hidden_in("".join(entry.values())) == set()
    assert len(json.dumps(result["diff"])) < 200_000
    assert len(str(result.get("msg") or "")) < 30_000
    assert hidden_in(str(result.get("msg") or "")) == set()
    for name in ("failed_items", "withheld", "attention"):
        for row in result.get(name) or []:
            assert len(row["message"]) < 10_000
            assert hidden_in(row["message"]) == set()
    record_property("hostile texts that a run obeyed none of", len(people))


LOOK_ALIKE = [
    "zo\u00e9@example.com",
    "zoe\u0301@example.com",
    "ali@example.com",
    "al\u0131@example.com",
    "kim@example.com",
    "\u212aim@example.com",
    "\u0430da@example.com",
    "ada@example.com",
]


@pytest.mark.parametrize("rest", [True, False])
def test_accounts_whose_addresses_only_look_alike_are_never_merged(player: Player, rest: bool) -> None:
    """The Kelvin sign was taken for a k: of two accounts, one was lost on the way."""
    box = player.start(seed([], {}, []))
    both = list(enumerate(LOOK_ALIKE))
    common = {"type": 1, "status": "active", "first_name": "A", "last_name": "B"}
    rows = [{"id": f"id{number}", "email": email, **common} for number, email in both]
    scim = [{"id": f"id{number}", "userName": email, "active": True, "name": {"givenName": "A"}} for number, email in both]
    page = {"page_count": 1, "page_size": 300, "total_records": len(rows), "next_page_token": "", "users": rows}
    box.faults.add(method="GET", path=r".*/v2/users\?.*status=active.*", times=None, status=200, body=page)
    schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]
    listed = {"schemas": schemas, "totalResults": len(scim), "startIndex": 1, "itemsPerPage": 100, "Resources": scim}
    box.faults.add(method="GET", path=r"/scim2/Users", times=None, status=200, body=listed)
    connection = None if rest else {"access_token": box.zoom.scim_token, "api_url": box.url}
    found = call("zoom_user_info", box, connection=connection)
    assert not found["failed"], found
    assert {row["email"] for row in found["users"]} >= set(LOOK_ALIKE)
    for email in filter(str.isascii, LOOK_ALIKE):
        only = call("zoom_user_info", box, connection=connection, emails=[email])
        assert [row["email"] for row in only["users"]] == [email]


def test_a_groups_name_and_description_are_shown_spelled_out(player: Player, tmp_path: Path, record_property: Callable[..., None]) -> None:
    """What somebody wrote by hand is what the diff shows as before."""
    box = player.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account("ada.byron")]))
    texts = [as_sent(text) for text in payloads(str(tmp_path / "obeyed")).values()]
    for text in texts:
        box.google.group(SCOPE).description = text
        result = call("google_group", box, check=True, email=SCOPE, description="ours")
        assert not result["failed"], result
        assert result["changed"]
        assert hidden_in("".join(value for entry in result["diff"] for value in entry.values())) == set()
    record_property("hostile texts that a run obeyed none of", len(texts))
