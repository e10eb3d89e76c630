# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether Google's own provisioning still writes to Zoom: read from the audit log, in bounded pages, never in a preflight's way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from calling import call
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox

WRITE = "UPDATE_AUTO_PROVISIONED_USER"
PATH = "/admin/reports/v1/activity/users/all/applications/admin"
SCOPE_NEEDED = "admin.reports.audit.readonly"


def world() -> dict[str, Any]:
    return seed([person("ada.x")], {"zoom-users": ["ada.x"]}, [account("ada.x")])


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(world(), {"google_quota": None}) as started:
        yield started


def told(found: dict[str, Any]) -> str:
    assert not found["failed"], found
    (check,) = found["checks"]
    assert found["failed_checks"] == ([] if check["passed"] else [check["message"]])
    return str(check["message"])


def test_a_write_into_zoom_fails_the_check_not_the_module(box: Sandbox) -> None:
    box.google.add_admin_event(WRITE, when="2 hours ago", times=2, APPLICATION_NAME="Zoom", USER_EMAIL="ada.x@example.com")
    box.google.add_admin_event("CREATE_USER", when="1 hour ago", times=5)
    found = call("google_account_info", box)
    assert "wrote to Zoom 2 times among the 7 admin events" in told(found)
    assert len(found["failed_checks"]) == 1
    assert "ada.x@example.com" not in str(found), "whom it is about is not needed"
    assert (found["connector"]["writes_to_zoom"], found["connector"]["complete"]) == (2, True)


def test_a_log_of_many_pages_is_read_whole_and_by_no_name_of_an_event(box: Sandbox) -> None:
    box.switches["google_page_size"] = 10
    box.google.add_admin_event(WRITE, when="6 days ago", APPLICATION_NAME="Zoom")
    box.google.add_admin_event("CREATE_USER", times=45)
    box.google.add_admin_event(WRITE, when="8 days ago", APPLICATION_NAME="Zoom")
    found = call("google_account_info", box)
    assert "wrote to Zoom 1 time among the 46 admin events" in told(found) and found["failed_checks"] == []
    asked = [entry["query"] for entry in box.ledger.entries if entry["path"] == PATH]
    assert len(asked) == 5 and not any("eventName" in query for query in asked)


def test_a_log_that_is_too_long_says_how_far_back_it_was_read(box: Sandbox) -> None:
    box.switches["google_page_size"] = 10
    box.google.add_admin_event(WRITE, when="6 days ago", APPLICATION_NAME="Zoom")
    box.google.add_admin_event("CREATE_USER", when="2 days ago", times=45)
    found = call("google_account_info", box, max_events=20)
    assert "older ones were not read (max_events)" in told(found)
    assert (found["connector"]["events_read"], found["connector"]["complete"]) == (20, False)
    assert len([entry for entry in box.ledger.entries if entry["path"] == PATH]) == 2


def test_none_seen_is_said_with_what_to_look_at_once(box: Sandbox) -> None:
    assert "Among the 0 admin events since" in told(call("google_account_info", box))


@pytest.mark.parametrize("options", [{"days": 0}, {"days": 181}, {"max_events": 0}])
def test_days_that_google_does_not_keep_are_refused_before_a_request(box: Sandbox, options: dict[str, int]) -> None:
    box.ledger.clear()
    assert "give 1 to 180 days" in call("google_account_info", box, **options)["msg"]
    assert box.ledger.entries == []


def test_without_the_scope_it_is_not_checked_and_the_scope_is_named(box: Sandbox) -> None:
    box.google.set_scopes([SCOPE_NEEDED.replace("audit", "usage")])
    by_key = told(call("google_account_info", box))
    assert "was not checked" in by_key and SCOPE_NEEDED in by_key
    token = {"auth_kind": "accesstoken", "access_token": box.google.mint(scopes=["admin.directory.user.readonly"]), "api_url": box.url}
    by_token = told(call("google_account_info", box, connection={**token, "customer": box.google.customer}))
    assert "was not checked" in by_token and SCOPE_NEEDED in by_token


def test_a_subject_without_the_privilege_is_told_which(box: Sandbox) -> None:
    box.google.set_admin(box.google.admin, admin=False)
    assert "an administrator with the privilege Reports" in told(call("google_account_info", box))


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_no_answer_of_google_is_in_the_way(box: Sandbox, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _http

    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    box.faults.add(path=PATH, status=status, body={"error": {"code": status, "message": "No."}}, times=None)
    assert "was not checked" in told(call("google_account_info", box, max_attempts=2))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "admin#directory#users"},
        {"kind": "reports#activities", "items": "x"},
        {"kind": "reports#activities", "nextPageToken": 1},
    ],
)
def test_an_answer_of_another_form_is_not_taken_for_an_empty_log(box: Sandbox, body: dict[str, Any]) -> None:
    box.faults.add(path=PATH, status=200, body=body, times=None)
    assert "was not checked" in told(call("google_account_info", box))


def test_the_older_name_of_the_list_is_known_too(box: Sandbox) -> None:
    box.faults.add(path=PATH, status=200, body={"kind": "reports#activities"}, times=None)
    assert "Among the 0 admin events" in told(call("google_account_info", box))


def test_an_entry_of_another_form_is_left_out_and_counted(box: Sandbox) -> None:
    good = {"id": {"time": "2026-11-02T10:00:00.000Z"}, "events": [{"name": WRITE}]}
    rows = [good, good, {"id": 7, "events": []}, {"id": {"time": "x"}, "events": [{}]}]
    box.faults.add(path=PATH, status=200, body={"kind": "admin#reports#activities", "items": rows}, times=None)
    assert "2 entries of the log could not be understood" in told(call("google_account_info", box))


def test_pages_without_end_are_no_log(box: Sandbox) -> None:
    box.faults.add(path=PATH, status=200, body={"kind": "admin#reports#activities", "nextPageToken": "again"}, times=None)
    assert "was not checked" in told(call("google_account_info", box))


def test_preflight_fails_while_googles_own_provisioning_writes_to_zoom(player: Player) -> None:
    box = player.start(world(), rate_limits=False)
    box.google.add_admin_event(WRITE, APPLICATION_NAME="Zoom")
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="preflight")
    assert played.status != 0
    assert "would undo each other's work. Turn it off" in played.failure, played.failure


def test_preflight_without_the_optional_scope_passes_and_names_it(player: Player) -> None:
    box = player.start(world(), rate_limits=False)
    box.google.set_scopes([scope for scope in box.google.scopes if SCOPE_NEEDED not in scope])
    played = player.play(box, {"scope_groups": [SCOPE]}, playbook="preflight")
    assert played.status == 0, played.output
    assert "still writes to Zoom was not checked" in played.output and SCOPE_NEEDED in played.output
