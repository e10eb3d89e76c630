# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: the audit log of the Admin console, by scope, names, times and pages as Google wants them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from sandbox import Sandbox
from sandbox.google.endpoints import reports
from sandbox.google.rules.schema import FIELDS
from sandbox.google.rules.scopes import SCOPES

DISCOVERY = json.loads((Path(__file__).parents[1] / "fixtures" / "admin.reports_v1.json").read_text())
LIST: dict[str, Any] = DISCOVERY["resources"]["activities"]["methods"]["list"]
Ask = Callable[..., requests.Response]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start({}) as started:
        yield started


@pytest.fixture
def ask(box: Sandbox) -> Ask:
    def send(path: str = "all/applications/admin", scopes: list[str] | None = None, **query: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {box.google.mint(scopes=scopes)}"}
        return requests.get(f"{box.url}/admin/reports/v1/activity/users/{path}", params=query, headers=headers, timeout=10)

    return send


def refused(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["errors"][0]["reason"]


def test_path_parameters_scope_and_fields_are_those_of_googles_description() -> None:
    (endpoint,) = reports.ENDPOINTS
    assert endpoint.path == "/" + LIST["path"].replace("{userKey}", "{user}").replace("{applicationName}", "{application}")
    assert endpoint.params <= set(LIST["parameters"])
    assert list(SCOPES["reports.activities.list"]) == LIST["scopes"]
    assert int(LIST["parameters"]["maxResults"]["maximum"]) == reports.LARGEST
    for name in ("Activities", "Activity"):
        assert set(FIELDS[name]) <= set(DISCOVERY["schemas"][name]["properties"])


def test_a_list_without_events_has_its_mark_and_no_items(ask: Ask) -> None:
    assert set(ask().json()) == {"kind", "etag"}


def test_the_newest_comes_first_in_pages_of_the_size_asked_for(box: Sandbox, ask: Ask) -> None:
    for hours in (5, 1, 3):
        box.google.add_admin_event("CREATE_USER", when=f"{hours} hours ago", USER_EMAIL=f"u{hours}@example.com")
    seen, token = list[str](), ""
    while True:
        page = ask(maxResults=2, **({"pageToken": token} if token else {})).json()
        seen += [row["events"][0]["parameters"][0]["value"] for row in page["items"]]
        token = page.get("nextPageToken", "")
        if not token:
            break
    assert seen == ["u1@example.com", "u3@example.com", "u5@example.com"]


def test_the_scope_of_the_audit_log_is_demanded(ask: Ask) -> None:
    assert refused(ask(scopes=["admin.directory.user.readonly"])) == (403, "insufficientPermissions")
    assert ask(scopes=["admin.reports.audit.readonly"]).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"eventName": "DELETE_AUTO_PROVISIONED_USER"},
        {"maxResults": 1001},
        {"maxResults": 0},
        {"startTime": "yesterday"},
        {"startTime": "2026-13-01T00:00:00Z"},
        {"startTime": "2999-01-01T00:00:00Z"},
        {"startTime": "2020-01-02T00:00:00Z", "endTime": "2020-01-01T00:00:00Z"},
        {"eventNames": "CREATE_USER"},
        {"pageToken": "none"},
    ],
)
def test_what_google_does_not_know_fails_the_whole_request(ask: Ask, query: dict[str, Any]) -> None:
    assert refused(ask(**query)) == (400, "invalid")


def test_a_known_name_and_a_start_choose(box: Sandbox, ask: Ask) -> None:
    box.google.add_admin_event("CREATE_USER", when="2 days ago")
    box.google.add_admin_event("UPDATE_AUTO_PROVISIONED_USER", when="1 day ago", times=3)
    since = (box.clock.now() - timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(ask(startTime=since).json()["items"]) == 3
    assert len(ask(eventName="CREATE_USER").json()["items"]) == 1


def test_another_customer_or_an_unknown_user_is_refused(ask: Ask) -> None:
    assert refused(ask(customerId="C0other")) == (403, "forbidden")
    assert refused(ask("nobody@example.com/applications/admin"))[0] == 403
    assert refused(ask("all/applications/drive"))[0] == 400


def test_what_is_older_than_180_days_is_gone(box: Sandbox, ask: Ask) -> None:
    box.google.add_admin_event("CREATE_USER", when="200 days ago")
    assert "items" not in ask(startTime="2020-01-01T00:00:00Z").json()
