# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The transport against a real server on the loopback: retries, refusals, limits, and what is never repeated."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _http
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._answer import Answer, is_daily
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    ApiError,
    Conflict,
    CredentialError,
    NotFound,
    OutcomeUnknown,
    ScopeMissing,
    UnexpectedAnswer,
    Unreachable,
    WriteRefused,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_credentials import GoogleConnection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import open_directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._pacing import steady
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._retry_after import retry_after
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._side_by_side import MOST_WORKERS
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import Zoom, open_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_credentials import ZoomConnection

LISTED = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}
SECRET = "a-long-client-secret-of-nobody"


class Script(BaseHTTPRequestHandler):
    """Answers requests from a list of (status, body, headers); a status of 0 closes the connection unanswered."""

    answers: ClassVar[list[tuple[int, Any, dict[str, str]]]] = []
    seen: ClassVar[list[tuple[str, str, Any]]] = []

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.path.startswith("/oauth"):
            return self._send(200, {"access_token": "minted-token-of-the-test", "scope": "scim2:admin"}, {})
        self.seen.append((self.command, self.path, body))
        status, answer, headers = self.answers.pop(0)
        if status:
            return self._send(status, answer, headers)
        self.close_connection = True
        self.connection.close()
        return None

    def _send(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        data = b"" if answer is None else (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    Script.answers.clear()
    Script.seen.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Script)
    threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def zoom(url: str, **options: Any) -> Zoom:
    connection = ZoomConnection(url, f"{url}/oauth/token", "account-of-the-test", "client-of-the-test", SECRET)
    return open_zoom(connection, HttpOptions(**options), lambda secret: None)


def directory(url: str) -> Any:
    return open_directory(GoogleConnection("accesstoken", url, url, "C1", access_token="t" * 20), HttpOptions(), [], lambda secret: None)


def test_each_read_is_announced_and_its_answer_shown_and_no_write_is(server: str) -> None:
    """To whoever shows how far a run is, and may ask it to stop."""
    seen: list[Any] = []
    row = {"id": "z", "email": "ada@example.com", "status": "active"}
    Script.answers += [(503, None, {}), (200, row, {}), (204, None, {}), (404, {"code": 1001, "message": "No."}, {})]
    client = zoom(server, on_read=lambda: seen.append("read"), on_page=lambda path, _query, data: seen.append((path, data["id"])))
    client.rest.user("z")
    client.rest.rename_group("g", "Name")
    with pytest.raises(ApiError):
        client.rest.user("y")
    assert seen == ["read", "read", ("/v2/users/z", "z"), "read"]


def test_a_read_is_repeated_after_a_passing_fault(server: str) -> None:
    Script.answers += [(503, None, {}), (0, None, {}), (200, {"id": "z", "email": "ada@example.com", "status": "active"}, {})]
    assert zoom(server).rest.user("z")["email"] == "ada@example.com"
    assert len(Script.seen) == 3


@pytest.mark.parametrize("status", [0, 500, 503])
def test_a_write_of_unknown_outcome_is_never_sent_twice(server: str, status: int) -> None:
    Script.answers += [(status, None, {})]
    with pytest.raises(OutcomeUnknown):
        zoom(server).scim.create_user({"userName": "ada@example.com"})
    assert len(Script.seen) == 1


def test_many_calls_side_by_side_answer_in_their_order_and_end_at_the_first_error(server: str) -> None:
    client, started = directory(server), list[int]()
    assert client.each(lambda number: -number, range(2500)) == [-number for number in range(2500)]

    def work(number: int) -> int:
        started.append(number)
        if number > 1500:  # a call takes its time, also where the thread that has failed waits for the processor
            time.sleep(0.05)
        return 1 // (1500 - number)

    with pytest.raises(ZeroDivisionError):
        client.each(work, range(10_000))
    assert max(started) < 1500 + 2 * MOST_WORKERS, "nothing is begun any more"


def test_a_write_refused_for_its_rate_is_sent_again(server: str) -> None:
    Script.answers += [(429, {"code": 429, "message": "per-second"}, {"X-RateLimit-Type": "QPS"}), (204, None, {})]
    zoom(server).rest.update_user("z", {"type": 2})
    assert len(Script.seen) == 2


def test_a_daily_limit_stops_at_once(server: str) -> None:
    Script.answers += [(429, {"code": 429, "message": "maximum daily rate limit"}, {"X-RateLimit-Type": "Daily-limit"})]
    with pytest.raises(Exception, match="daily"):
        zoom(server).rest.summary()
    assert len(Script.seen) == 1


def test_read_only_refuses_every_write_before_it_is_sent(server: str) -> None:
    with pytest.raises(WriteRefused):
        zoom(server, read_only=True).rest.create_group("Sales")
    assert not Script.seen


def test_an_expired_token_is_fetched_anew_once(server: str) -> None:
    Script.answers += [(401, {"code": 124, "message": "Access token is expired."}, {}), (200, {"total_users_count": 1}, {})]
    assert zoom(server).rest.summary() == {"total_users_count": 1}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, {"code": 1001, "message": "User does not exist: z."}, NotFound),
        (409, {"schemas": [], "detail": "Cannot add paid users.", "status": 409}, Conflict),
        (400, {"code": 1009, "message": "already holds an active account."}, Conflict),
        (400, {"code": 4711, "message": "Invalid access token, does not contain scopes:[user:read:user:admin]."}, ScopeMissing),
        (200, {"code": 200, "message": "Only available for Paid account."}, Exception),
    ],
)
def test_a_refusal_of_either_shape_becomes_the_error_it_means(server: str, status: int, body: Any, kind: type[Exception]) -> None:
    Script.answers += [(status, body, {"x-zm-trackingid": "track-1"})]
    with pytest.raises(kind, match="track-1") as caught:
        zoom(server).rest.user("z")
    assert SECRET not in str(caught.value)


def test_a_list_that_stays_shorter_than_promised_is_no_list(server: str) -> None:
    Script.answers += [(200, {"users": [], "total_records": 1, "next_page_token": ""}, {})] * 2
    with pytest.raises(UnexpectedAnswer, match="promised 1 active users"):
        zoom(server).rest.users("active", dict)


@pytest.mark.parametrize("total", [100, 101, 200, 201])
def test_scim_pages_are_read_to_the_last_user(server: str, total: int) -> None:
    rows = [{"id": str(n), "userName": f"u{n}@example.com", "active": True} for n in range(total)]
    Script.answers += [(200, {**LISTED, "totalResults": total, "Resources": rows[at : at + 100]}, {}) for at in range(0, total, 100)]
    assert len(zoom(server).scim.users(dict)) == total and not Script.answers


def test_an_address_is_not_visible_by_any_of_three_answers_of_scim(server: str) -> None:
    hidden = {"detail": "User new@example.com not exist or not belong to this account.", "status": 400}
    nobody = {"detail": "User does not exist.", "status": 404}
    Script.answers += [(400, hidden, {}), (200, {**LISTED, "totalResults": 0}, {}), (404, nobody, {})]
    client = zoom(server)
    assert [client.scim.find_user("new@example.com") for _answer in range(3)] == [None, None, None]
    Script.answers += [(400, {"detail": "Account has not enabled Single Sign-On.", "status": 400}, {})]
    with pytest.raises(ApiError, match="Single Sign-On"):
        client.scim.find_user("new@example.com")


def test_a_redirect_is_not_followed(server: str) -> None:
    Script.answers += [(302, None, {"Location": f"{server}/elsewhere"})]
    with pytest.raises(UnexpectedAnswer, match="redirects"):
        zoom(server).rest.summary()
    assert len(Script.seen) == 1


def test_a_scim_token_says_that_rest_needs_the_oauth_app(server: str) -> None:
    client = open_zoom(ZoomConnection(server, "", access_token="t" * 20), HttpOptions(), lambda secret: None)
    with pytest.raises(CredentialError, match="client_secret"):
        client.rest.groups()


def test_a_missing_credential_is_named_with_its_variable(server: str) -> None:
    with pytest.raises(CredentialError, match="ZOOM_CLIENT_SECRET"):
        open_zoom(ZoomConnection(server, server, "account", "client"), HttpOptions(), lambda secret: None)


def test_nobody_listening_is_one_sentence_with_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_http, "_backoff", lambda attempt: 0.0)
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1 "):
        directory("http://127.0.0.1:1").org_units()


def test_google_lists_are_read_to_the_last_page_with_a_mask_that_names_the_token(server: str) -> None:
    kind = {"kind": "admin#directory#members"}
    page = {**kind, "members": [{"id": "1", "type": "USER"}], "nextPageToken": "p2"}
    Script.answers += [(200, page, {}), (200, kind, {})]
    assert directory(server).members("eng@example.com") == [{"id": "1", "type": "USER"}]
    assert "nextPageToken" in Script.seen[0][1] and "pageToken=p2" in Script.seen[1][1]


def test_google_waits_out_a_rate_reason_and_reports_a_missing_scope(server: str) -> None:
    slow = {"error": {"code": 403, "message": "Slow", "errors": [{"reason": "userRateLimitExceeded", "message": "Slow"}]}}
    scope = {"error": {"code": 403, "message": "Scopes", "errors": [{"reason": "insufficientPermissions"}]}}
    Script.answers += [(403, slow, {}), (403, scope, {})]
    with pytest.raises(ScopeMissing):
        directory(server).group("eng@example.com")
    assert len(Script.seen) == 2


def test_retry_after_is_read_in_all_three_forms() -> None:
    when = datetime.now(timezone.utc) + timedelta(seconds=30)
    for text in ("30", format_datetime(when, usegmt=True), when.strftime("%Y-%m-%dT%H:%M:%SZ")):
        assert 27 <= (retry_after({"Retry-After": text}) or 0) <= 31
    assert retry_after({}) is None and retry_after({"Retry-After": "soon"}) is None


@pytest.mark.parametrize("skew", [timedelta(hours=-3), timedelta(), timedelta(hours=3)])
def test_a_moment_is_counted_from_the_answers_own_clock(skew: timedelta) -> None:
    there = datetime.now(timezone.utc) + skew
    for until, daily in ((there + timedelta(seconds=5), False), (there + timedelta(hours=2), True)):
        for text in (format_datetime(until, usegmt=True), until.strftime("%Y-%m-%dT%H:%M:%SZ")):
            answer = Answer(429, None, {"Retry-After": text, "Date": format_datetime(there, usegmt=True)})
            assert is_daily(answer) == daily
    assert retry_after({"Retry-After": there.isoformat(), "Date": "no date"}) is not None


@pytest.mark.parametrize("said", ["0", "Thu, 01 Jan 1970 00:00:00 GMT", "86400", "-5", "1e9", "9" * 400, "soon", ";", ""])
def test_a_limit_of_a_second_is_waited_out_whatever_moment_it_names(server: str, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    waits: list[int] = []

    def backoff(attempt: int) -> float:
        waits.append(attempt)
        return 0.0

    monkeypatch.setattr(_http, "_backoff", backoff)
    body = {"code": 429, "message": "You have reached the maximum per-second rate limit for this API."}
    Script.answers += [
        (429, body, {"Retry-After": said, "X-RateLimit-Type": "QPS"}),
        (200, {"id": "1", "email": "ada@example.com", "status": "active"}, {}),
    ]
    assert zoom(server).rest.user("1")["id"] == "1"
    assert waits == [1]


def test_a_pacer_spaces_the_starts_of_all_threads() -> None:
    pacer, start = steady(100), time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _number: pacer.wait(), range(11)))
    assert time.monotonic() - start >= 0.09
