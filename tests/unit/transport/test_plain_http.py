# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials go over TLS, or to this very machine."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import CredentialError
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_token import token_request
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._plain_http import refuse_plain
from requests.adapters import HTTPAdapter

FINE = (
    "https://api.zoom.us",
    "https://10.0.0.1:8443/base",
    "http://127.0.0.1:8080",
    "http://127.8.9.1",
    "http://localhost:1/x",
    "http://LOCALHOST.",
    "http://[::1]:8080/",
    "https://[2001:db8::1]/",
)
PLAIN = (
    "http://api.zoom.us",
    "http://10.0.0.1",
    "http://0.0.0.0:80",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://2130706433/",
    "http://[2001:db8::1]/",
    "HTTP://api.zoom.us",
)
NONE = (
    "",
    "api.zoom.us",
    "//api.zoom.us",
    "ftp://api.zoom.us",
    "file:///etc/passwd",
    "http://[broken",
    "https://host:99999999",
    "https://",
    "http://evil.example\\\\@127.0.0.1/",
    "http://127.0.0.1\\n.example.com",
    "https://a b",
)


@pytest.mark.parametrize("url", FINE)
def test_tls_and_this_machine_need_no_leave(url: str) -> None:
    refuse_plain("api_url", url, insecure=False)


@pytest.mark.parametrize("url", PLAIN)
def test_plain_http_to_another_machine_needs_leave(url: str) -> None:
    with pytest.raises(CredentialError, match=r"^api_url is plain HTTP to .*provisioning_insecure: true"):
        refuse_plain("api_url", url, insecure=False)
    refuse_plain("api_url", url, insecure=True)


@pytest.mark.parametrize("url", [text.encode().decode("unicode_escape") for text in NONE])
@pytest.mark.parametrize("insecure", [False, True])
def test_what_is_no_url_is_refused_whatever_leave_there_is(url: str, insecure: bool) -> None:
    with pytest.raises(CredentialError, match=r"^api_url is no URL of a server"):
        refuse_plain("api_url", url, insecure=insecure)


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    for url in ("https://user:S3cretS3cret@host", "http://127.0.0.1:S3cretS3cret@evil.example"):
        with pytest.raises(CredentialError) as caught:
            refuse_plain("api_url", url, insecure=True)
        assert "S3cret" not in str(caught.value)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URLs that were asked, each with success."""
    urls = list[str]()

    def send(_adapter: Any, request: requests.PreparedRequest, **_options: Any) -> requests.Response:
        urls.append(str(request.url))
        made = requests.Response()
        made.status_code, made._content, made.headers["Content-Type"] = 200, json.dumps({}).encode(), "application/json"
        return made

    monkeypatch.setattr(HTTPAdapter, "send", send)
    return urls


def test_googles_token_uri_is_held_to_the_same(asked: list[str]) -> None:
    """It stands in the key, where nobody looks."""
    with pytest.raises(CredentialError, match=r"^token_uri of the service account's key is plain HTTP to oauth2\.example\.com"):
        token_request(HttpOptions(), "https://admin.googleapis.com")("http://oauth2.example.com/token", method="POST")
    assert asked == []
    for url, insecure in (("http://oauth2.example.com/token", True), ("http://metadata.google.internal/computeMetadata/v1/", False)):
        token_request(HttpOptions(insecure=insecure), "https://admin.googleapis.com")(url, method="POST")
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["GCE_METADATA_HOST", "GCE_METADATA_ROOT", "GCE_METADATA_IP"])
@pytest.mark.parametrize("value", ["mds.internal", "mds.internal:8080", "MDS.internal"])
def test_a_metadata_server_that_google_auth_was_told_of_may_be_asked(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """It was refused, and called the token_uri of a key that there was not."""
    ask = token_request(HttpOptions(), "https://admin.googleapis.com")
    with pytest.raises(
        CredentialError, match=r"^the server that Application Default Credentials come from is plain HTTP to mds\.internal,"
    ):
        ask("http://mds.internal/computeMetadata/v1/", method="GET")
    monkeypatch.setenv(name, value)
    ask(f"http://{value}/computeMetadata/v1/", method="GET")
    assert len(asked) == 1
    with pytest.raises(CredentialError, match=r"is plain HTTP to elsewhere\.internal"):
        ask("http://elsewhere.internal/computeMetadata/v1/", method="GET")


@pytest.mark.parametrize("value", ["", "[", "http://mds.internal", "a b"])
def test_what_names_no_metadata_server_lets_nothing_through(asked: list[str], monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GCE_METADATA_HOST", value)
    with pytest.raises(CredentialError, match="is plain HTTP to"):
        token_request(HttpOptions(), "https://admin.googleapis.com")("http://mds.internal/computeMetadata/v1/", method="GET")
    assert asked == []
