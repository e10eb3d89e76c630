# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source of Google's notifications: who is believed, and what is handed on."""

from __future__ import annotations

import asyncio
import datetime
import http.client
import json
import logging
import runpy
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from listening import SOURCES, TOKEN, Source

Start = Callable[..., Source]


@pytest.fixture
def google(start: Start, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    monkeypatch.setenv("GOOGLE_WATCH_TOKEN", TOKEN)
    return lambda **args: start("google_user_watch", **args)


def headers(state: str = "update", token: str = TOKEN) -> dict[str, str]:
    return {
        "X-Goog-Channel-ID": "c",
        "X-Goog-Channel-Token": token,
        "X-Goog-Message-Number": "7",
        "X-Goog-Resource-ID": "r",
        "X-Goog-Resource-State": state,
    }


def body(email: Any = "Bob@example.com") -> bytes:
    return json.dumps({"kind": "admin#directory#user", "id": "1", "etag": "e", "primaryEmail": email}).encode()


@pytest.mark.parametrize("state", ["add", "delete", "makeAdmin", "undelete", "update"])
def test_each_event_of_a_user_hands_on_an_address_and_nothing_else(google: Start, state: str) -> None:
    source = google()
    assert source.send(body(), headers(state))[0] == 204
    assert source.people() == [{"address": "bob@example.com", "event": state.lower(), "side": "google"}]


def test_the_first_message_of_a_channel_and_unknown_ones_are_acknowledged(google: Start) -> None:
    source = google(events=["update"])
    assert source.send(b"", headers("sync"))[0] == 204
    assert source.send(body(), headers("exploded"))[0] == 204
    assert source.send(body(), headers("delete"))[0] == 204
    assert source.send(body(), headers("update"))[0] == 204
    assert len(source.people()) == 1


def test_only_the_token_of_these_channels_is_believed_also_for_the_first_message(google: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source = google()
    wrong = ["", TOKEN.upper(), TOKEN[:-1], f"{TOKEN}x", "a" * 5000]
    assert [source.send(body(), headers(state, token))[0] for token in wrong for state in ("sync", "update")] == [401] * 10
    twice = [*headers().items(), ("X-Goog-Channel-Token", "other")]
    assert source.send(body(), twice)[0] == 401
    assert source.send(body(), {"X-Goog-Resource-State": "update"})[0] == 401
    assert source.events == []
    assert TOKEN.lower() not in caplog.text.lower()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff", b"[" * 60_000])
def test_a_body_of_another_form_is_refused(google: Start, raw: bytes) -> None:
    assert google().send(raw, headers())[0] == 400


@pytest.mark.parametrize("email", [None, 7, "", "bob", "{{ 7 * 7 }}@example.com", "a@example.com\nb@example.com"])
def test_a_notification_without_a_plain_address_is_acknowledged_and_goes_nowhere(google: Start, email: Any) -> None:
    source = google()
    assert source.send(body(email), headers())[0] == 204
    assert source.send(body("ann@example.com"), headers())[0] == 204
    assert [person["address"] for person in source.people()] == ["ann@example.com"]


@pytest.mark.parametrize(
    ("args", "said"), [({"events": ["remove"]}, "remove"), ({"token": TOKEN}, "no option token"), ({"token_env": "NOT_SET"}, "NOT_SET")]
)
def test_a_wrong_option_ends_the_source_with_a_sentence(monkeypatch: pytest.MonkeyPatch, args: dict[str, Any], said: str) -> None:
    monkeypatch.setenv("GOOGLE_WATCH_TOKEN", TOKEN)
    with pytest.raises(ValueError, match=said):
        asyncio.run(runpy.run_path(str(SOURCES / "google_user_watch.py"))["main"](None, {"port": 1, **args}))


def test_a_source_with_a_certificate_listens_with_tls_alone(google: Start, tmp_path: Path) -> None:
    certificate = tmp_path / "both.pem"
    certificate.write_bytes(self_signed())
    source = google(certfile=str(certificate))
    trust = ssl.create_default_context(cafile=str(certificate))
    with socket.create_connection(("127.0.0.1", source.port), 5) as plain, trust.wrap_socket(plain, server_hostname="localhost") as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert link.recv(100).startswith(b"HTTP/1.1 405")
    with pytest.raises((OSError, http.client.HTTPException)):
        source.send(body(), headers())


def self_signed() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")]), datetime.datetime.now(datetime.timezone.utc)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    return private + made.sign(key, hashes.SHA256()).public_bytes(pem)
