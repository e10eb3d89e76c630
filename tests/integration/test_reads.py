# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the two sides are read: in how many requests, over how many connections, and what goes on side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _http
from calling import call
from fixtures import fast
from playing import SCOPE, account, person, seed
from sandbox import Sandbox
from sandbox.server import Protocol

__all__ = ["fast"]
SIZE, LEAVERS, TEAMS = 1300, 700, 8
NAMES = [f"p{number:04d}.worker" for number in range(SIZE)]


def world() -> dict[str, Any]:
    teams = {f"team{number}": NAMES[number::TEAMS] for number in range(TEAMS)}
    accounts = [account(name) for name in NAMES] + [account(f"q{number:04d}.gone", status="inactive") for number in range(LEAVERS)]
    given = seed([person(name) for name in NAMES], {"zoom-users": list(teams), **teams}, accounts, seats={"basic": 9000})
    given["zoom"]["groups"] = [{"name": "Team"}]
    return given


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    with Sandbox.start(world(), {"rate_limits": False, "google_quota": None}) as box:
        yield box


@pytest.fixture
def box(company: Sandbox, fast: None) -> Sandbox:
    company.switches.reset()
    company.switches.update(rate_limits=False, google_quota=None)
    company.faults.clear()
    company.ledger.clear()
    return company


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each connection that the sandbox accepts."""
    found, made = list[str](), Protocol.connection_made

    def noted(self: Protocol, transport: Any) -> None:
        found.append("accepted")
        made(self, transport)

    monkeypatch.setattr(Protocol, "connection_made", noted)
    return found


def accounts(box: Sandbox, folder: Path, **options: Any) -> dict[str, Any]:
    done = call("zoom_user_info", box, dest=str(folder / "accounts.jsonl"), run_id="r1", rate_plan="business", **options)
    assert not done["failed"], done
    return done


def people(box: Sandbox, folder: Path, **options: Any) -> dict[str, Any]:
    done = call("google_scope_info", box, groups=[SCOPE], dest=str(folder / "people.jsonl"), run_id="r1", **options)
    assert not done["failed"], done
    return done


@pytest.mark.parametrize(
    ("most", "first", "then"),
    [
        (300, ceil((SIZE + 1) / 300) + ceil(LEAVERS / 300), ceil((SIZE + 1) / 300) + ceil(LEAVERS / 300)),
        (2000, 1 + ceil(LEAVERS / 300), 1 + 1),
        ("refused", 1 + ceil((SIZE + 1) / 300) + ceil(LEAVERS / 300), ceil((SIZE + 1) / 300) + ceil(LEAVERS / 300)),
    ],
)
def test_a_run_finds_out_which_pages_zoom_gives_and_the_next_one_knows(
    box: Sandbox, tmp_path: Path, most: Any, first: int, then: int
) -> None:
    box.switches["most_users"] = most
    for pages in (first, then):
        box.ledger.clear()
        assert accounts(box, tmp_path)["summary"] == {"active": SIZE + 1, "inactive": LEAVERS}
        rows = [entry for entry in box.ledger.reads("zoom") if entry["path"] == "/v2/users"]
        assert len(rows) <= pages + 1, [entry["query"] for entry in rows]  # the list of the invited


def test_one_module_opens_no_more_connections_than_it_reads_lists_side_by_side(box: Sandbox, tmp_path: Path, opened: list[str]) -> None:
    accounts(box, tmp_path)
    lists = 5  # three states, groups, seats
    assert len(opened) <= lists + 1, "and one for the token"
    assert len(box.ledger.reads("zoom")) > lists
    opened.clear()
    people(box, tmp_path)
    assert len(opened) <= 2 + TEAMS + 1, "users, the deleted, a group each; and one for the token"
    assert len(box.ledger.reads("google")) > 2 + TEAMS + 1


def test_a_connection_that_the_server_closes_between_pages_is_opened_again_in_silence(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    """What a client sends meanwhile is lost. Only a second loss makes it wait."""
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0 if attempt > 1 else pytest.fail("waited after the first loss"))
    answered = Protocol.on_response_complete

    def closed(self: Protocol) -> None:
        answered(self)
        self.transport.close()

    monkeypatch.setattr(Protocol, "on_response_complete", closed)
    done = accounts(box, tmp_path)
    assert (done["summary"], done["attention"]) == ({"active": SIZE + 1, "inactive": LEAVERS}, [])
    assert people(box, tmp_path)["summary"]["people"] == SIZE + 1
    assert len(opened) > len(box.ledger.reads())


def test_what_does_not_depend_on_each_other_is_read_side_by_side(tmp_path: Path, fast: None) -> None:
    """Each list is asked for before any of those beside it is answered."""
    latency = 600
    groups = {"zoom-users": ["ada.byron", "sales"], "sales": ["bob.stone"], "managers": ["ada.byron"], "guests": []}
    given = seed([person("ada.byron"), person("bob.stone")], groups, [account("ada.byron")])
    with Sandbox.start(given, {"latency_ms": latency}) as box:
        accounts(box, tmp_path)
        people(box, tmp_path, resolve_groups=["managers@example.com"], exclude={"groups": ["guests@example.com"]}, org_units=["/"])
        zoom, google = ([entry for entry in box.ledger.reads(side) if "sales" not in entry["path"]] for side in ("zoom", "google"))
    assert len(zoom) == 5, [entry["path"] for entry in zoom]
    assert len(google) == 6, [entry["path"] for entry in google]
    for reads in (zoom, google):
        asked = [datetime.fromisoformat(entry["time"]) for entry in reads]
        assert (max(asked) - min(asked)).total_seconds() < latency / 1000
