# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source of Zoom's events: who is believed, and what is handed on."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import runpy
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from listening import ACCOUNT, SECRET, SOURCES, Source, signed, zoom_event

Start = Callable[..., Source]


@pytest.fixture
def zoom(start: Start, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    monkeypatch.setenv("ZOOM_WEBHOOK_SECRET", SECRET)
    return lambda **args: start("zoom_webhook", account_id=ACCOUNT, **args)


def post(source: Source, body: bytes, **how: Any) -> int:
    return source.send(body, signed(body, **how))[0]


def test_a_signed_event_hands_on_an_address_an_event_and_an_account_and_nothing_else(zoom: Start) -> None:
    source = zoom()
    assert post(source, zoom_event("Bob.O'Neil+x@Example.com", operator="admin@example.com")) == 204
    assert source.people() == [{"address": "bob.o'neil+x@example.com", "event": "user.updated", "side": "zoom", "account": ACCOUNT}]


def test_the_check_of_the_address_by_zoom_is_answered_with_both_tokens(zoom: Start) -> None:
    source = zoom()
    body = json.dumps({"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}}).encode()
    status, answer = source.send(body, signed(body))
    encrypted = hmac.new(SECRET.encode(), b"qgg8vlvZRS6UYooatFL8Aw", hashlib.sha256).hexdigest()
    assert status == 200
    assert json.loads(answer) == {"plainToken": "qgg8vlvZRS6UYooatFL8Aw", "encryptedToken": encrypted}
    assert source.send(body, {})[0] == 401
    assert source.events == []


def test_the_check_of_the_address_never_signs_what_could_be_a_request(zoom: Start) -> None:
    source = zoom()
    for token in (f"v0:{int(time.time())}:{{}}", 7, "", "x" * 200):
        body = json.dumps({"event": "endpoint.url_validation", "payload": {"plainToken": token}}).encode()
        assert source.send(body, signed(body)) == (400, b""), token


@pytest.mark.parametrize("age", [-301, 301, -10_000_000])
def test_a_request_that_is_too_old_or_too_far_ahead_is_refused(zoom: Start, age: int) -> None:
    source = zoom()
    assert post(source, zoom_event(), stamp=str(int(time.time()) - age)) == 401
    assert post(source, zoom_event(), stamp=str(int(time.time()) - age // abs(age) * 290)) == 204
    assert len(source.people(2)) == 1


def test_the_bound_of_age_is_an_option(zoom: Start) -> None:
    source = zoom(max_age="5")
    assert post(source, zoom_event(), stamp=str(int(time.time()) - 10)) == 401


def test_only_zooms_own_signature_of_these_bytes_is_believed(zoom: Start) -> None:
    source, body = zoom(), zoom_event()
    good = signed(body)
    bad: list[Any] = [
        {},
        signed(body, secret="another secret of the same kind"),
        {**good, "x-zm-signature": good["x-zm-signature"].upper()},
        {**good, "x-zm-signature": good["x-zm-signature"][3:]},
        {**good, "x-zm-signature": ""},
        {**good, "x-zm-signature": "v0=\u00e4"},
        {**good, "x-zm-request-timestamp": str(int(good["x-zm-request-timestamp"]) - 1)},
        *(signed(body, stamp=stamp) for stamp in ("", "now", "-5", "1e9", "1" * 40, "\u0661", f" {time.time()}")),
        [*good.items(), ("X-Zm-Signature", "v0=0")],
        [*good.items(), ("x-zm-request-timestamp", "1")],
    ]
    assert [source.send(body, _latin(headers))[0] for headers in bad] == [401] * len(bad)
    assert source.send(body + b" ", good)[0] == 401
    assert source.events == []
    assert source.send(body, good)[0] == 204


def _latin(headers: Any) -> Any:
    pairs = headers.items() if isinstance(headers, dict) else headers
    return [(name, value.encode("utf-8") if not value.isascii() else value) for name, value in pairs]


@pytest.mark.parametrize(
    "email",
    [
        "{{ lookup('pipe', 'id') }}@example.com",
        "bob@example.com\nadmin@example.com",
        "bob@example.com,admin@example.com",
        "bob @example.com",
        "bob@example",
        "@example.com",
        "bob@exa_mple.com",
        "-e@example.com",
        "b\u00f6b@example.com",
        "bob@example.com\u2028x",
        "a" * 300 + "@example.com",
        "bob@" + "a" * 70 + ".com",
        "bob",
        ["bob@example.com"],
        {"bob": 1},
        7,
        None,
        "",
    ],
)
def test_what_is_no_plain_address_goes_nowhere(zoom: Start, email: Any) -> None:
    source = zoom()
    assert post(source, zoom_event(email)) == 204
    assert post(source, zoom_event("ann@example.com")) == 204
    assert [person["address"] for person in source.people()] == ["ann@example.com"]


def test_another_account_is_refused_though_its_request_is_signed(zoom: Start) -> None:
    source = zoom()
    for account in ("westAccount000000000000", "", ACCOUNT.upper()):
        assert post(source, zoom_event(account=account)) == 403
    assert source.events == []


def test_events_that_are_not_asked_for_and_writes_of_our_own_app_are_acknowledged_and_ignored(zoom: Start) -> None:
    source = zoom(ignore_operators=["App.Owner@example.com", "ownerId22"])
    assert post(source, zoom_event(event="user.deleted")) == 204
    assert post(source, zoom_event(event="meeting.started")) == 204
    assert post(source, zoom_event(operator="app.owner@EXAMPLE.com")) == 204
    assert post(source, zoom_event(operator_id="OwnerId22")) == 204
    assert post(source, zoom_event("ann@example.com", operator="somebody@example.com")) == 204
    assert [person["address"] for person in source.people()] == ["ann@example.com"]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"{}", b'{"payload": []}', b"\xff\xfe", b"[" * 60_000, b'{"event": 5, "payload": 7}'])
def test_a_signed_body_of_another_form_is_refused_in_one_line(zoom: Start, raw: bytes) -> None:
    assert post(zoom(), raw) == 400


def test_nothing_but_posts_to_its_path_is_answered(zoom: Start) -> None:
    source, body = zoom(path="/zoom"), zoom_event()
    for method in ("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
        assert source.send(body, signed(body), method, "/zoom")[0] == 405
    for path in ("/", "/zoom/", "/zoom/x", "/ZOOM", "/%7a/../etc/passwd"):
        assert source.send(body, signed(body), path=path)[0] == 404
    assert source.send(body, signed(body), path="/zoom")[0] == 204


def test_a_body_above_the_limit_is_refused_also_when_its_length_is_not_told(zoom: Start) -> None:
    source = zoom(max_body=2000)
    assert post(source, zoom_event() + b" " * 3000) == 413
    with socket.create_connection(("127.0.0.1", source.port), 5) as link:
        link.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        link.sendall(b"bb8\r\n" + b" " * 3000 + b"\r\n0\r\n\r\n")
        assert link.recv(100).startswith(b"HTTP/1.1 413")
    body = zoom_event()
    assert source.send(body, {**signed(body), "Content-Encoding": "gzip"})[0] in (400, 415)
    assert source.events == []


def test_a_body_that_does_not_come_is_not_waited_for(zoom: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    source = zoom()
    monkeypatch.setattr(source.module["shared"], "_READ_SECONDS", 0.2)
    with socket.create_connection(("127.0.0.1", source.port), 5) as link:
        link.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert link.recv(100).startswith(b"HTTP/1.1 408")


def _raw(source: Source, *parts: bytes) -> bytes:
    """The first line of the answer, or b"" where the connection was closed."""
    with socket.create_connection(("127.0.0.1", source.port), 5) as link:
        for part in parts:
            link.sendall(part)
        return link.recv(100).partition(b"\r\n")[0]


def test_a_connection_on_which_no_request_comes_is_closed(zoom: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    source = zoom()
    monkeypatch.setattr(source.module["shared"], "_LONGEST_CONNECTION", 0.3)
    assert _raw(source, b"POST / HTTP/1.1\r\nHost:") == b""
    assert post(source, zoom_event()) == 204


def test_of_a_malformed_request_nothing_is_logged_but_that_there_was_one(zoom: Start, caplog: pytest.LogCaptureFixture) -> None:
    source = zoom()
    for _time in range(3):
        for line in (b"GET /leaked\x01 HTTP/1.1", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: leaked", b"leaked"):
            assert b" 400 " in _raw(source, line + b"\r\n\r\n")
        assert _raw(source, b"POST / HTTP/1.1\r\nHost: x\r\nX-A: leaked" + b"a" * 20_000 + b"\r\n\r\n")
        assert _raw(source, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nleaked\r\n")
    assert "leaked" not in caplog.text
    assert "Traceback" not in caplog.text
    lines = [line for line in caplog.messages if "could not be read or answered" in line]
    assert 0 < len(lines) == len(set(lines))


def test_no_secret_and_nothing_of_a_request_gets_into_the_log(zoom: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source, body = zoom(), zoom_event("not plain, but private@example.com")
    good = signed(body)
    source.send(body, good)
    source.send(body, {**good, "x-zm-signature": "v0=leaked"})
    source.send(body, good, path=f"/?token={SECRET}")
    source.send(b"{", signed(b"{"))
    assert "A request was refused: its x-zm-signature is not that of this secret token." in caplog.messages
    for text in (SECRET, good["x-zm-signature"], "leaked", "private@example.com", "z8ycx1223fq"):
        assert text not in caplog.text


def test_the_log_has_one_line_a_minute_and_reason(zoom: Start, caplog: pytest.LogCaptureFixture) -> None:
    source = zoom()
    for _time in range(20):
        source.send(b"{}", {})
    assert len([line for line in caplog.messages if "refused" in line]) == 1


def test_while_the_engine_takes_nothing_people_wait_once_each_and_too_many_are_refused(zoom: Start) -> None:
    source = zoom(max_waiting=3)
    source.open = False
    for name in ("ann", "bob", "bob", "cid", "bob", "dan"):
        assert post(source, zoom_event(f"{name}@example.com")) == 204
    assert post(source, zoom_event("eve@example.com")) == 503
    source.open = True
    assert [person["address"].partition("@")[0] for person in source.people(4)] == ["ann", "bob", "cid", "dan"]


def test_a_person_is_handed_on_in_so_many_minutes_of_an_hour_and_then_left_to_the_full_run(zoom: Start) -> None:
    repeats = zoom().module["shared"].Repeats(most=3)
    in_first_minute = [repeats.allow("bob", float(second)) for second in (0, 5, 59)]
    later = [repeats.allow("bob", 60.0 * minute) for minute in (2, 4, 6, 8, 59)]
    assert (in_first_minute, later) == ([True] * 3, [True, True, False, False, False])
    assert repeats.allow("ann", 360.0)
    assert repeats.allow("bob", 3601.0)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"account_id": ""}, "account_id"),
        ({"account_id": 7}, "account_id"),
        ({"port": 0}, "port"),
        ({"port": "many"}, "port"),
        ({"path": "zoom"}, "path"),
        ({"max_age": -1}, "max_age"),
        ({"max_body": True}, "max_body"),
        ({"events": ["user.udpated"]}, "user.udpated"),
        ({"events": [7]}, "events"),
        ({"secret": SECRET}, "no option secret"),
        ({"secret_env": "NOT_SET"}, "NOT_SET"),
        ({"secret_file": "/nowhere/secret"}, "secret_file can't be read"),
    ],
)
def test_a_wrong_option_ends_the_source_with_a_sentence_and_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, args: dict[str, Any], said: str
) -> None:
    monkeypatch.setenv("ZOOM_WEBHOOK_SECRET", SECRET)
    main = runpy.run_path(str(SOURCES / "zoom_webhook.py"))["main"]
    with pytest.raises(ValueError, match=said) as caught:
        asyncio.run(main(None, {"account_id": ACCOUNT, "port": 1, **args}))
    assert SECRET not in str(caught.value)


def test_a_short_secret_is_none_and_a_file_may_hold_it(zoom: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}-of-a-file\n")
    monkeypatch.delenv("ZOOM_WEBHOOK_SECRET")
    source = zoom(secret_file=str(file))
    assert post(source, zoom_event()) == 401
    assert post(source, zoom_event(), secret=f"{SECRET}-of-a-file") == 204
    file.write_text("short")
    with pytest.raises(ValueError, match="at least 16 characters"):
        source.module["account"]({"account_id": ACCOUNT, "secret_file": str(file)})
