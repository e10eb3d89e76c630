# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No request of any library follows a redirect: a second host listens, and nothing ever reaches it.

Every method of every client is called, so that a new endpoint is held too.
"""

from __future__ import annotations

import inspect
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._errors import (
    CredentialError,
    OutcomeUnknown,
    TransportError,
    UnexpectedAnswer,
)
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_credentials import GoogleConnection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import open_directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import open_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_credentials import ZoomConnection
from answers import SENDS_NOTHING, arguments_of
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import iam
from google.oauth2 import credentials as google_user

STATUSES = (301, 302, 303, 307, 308)
OPTIONS = HttpOptions(max_attempts=2, timeout=5)


class Host(BaseHTTPRequestHandler):
    """`elsewhere`: redirects all but a request for a token there; '' for the second host, which would take anything."""

    elsewhere: ClassVar[str] = ""
    status: ClassVar[int] = 302
    token: ClassVar[bool] = True
    reached: ClassVar[list[str]]

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.reached.append(f"{self.command} {self.path}")
        body = json.dumps({"access_token": "a" * 40, "scope": "scim2:admin user:read:admin", "expires_in": 3600}).encode()
        redirects = bool(self.elsewhere) and not (self.token and "token" in self.path and self.command == "POST")
        self.send_response(self.status if redirects else 200)
        if redirects:
            self.send_header("Location", self.elsewhere + self.path)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def hosts() -> Iterator[tuple[str, type[Host], type[Host]]]:
    """The address of the first host; it and the second one, which it redirects to."""
    second = type("Second", (Host,), {"reached": []})
    first = type("First", (Host,), {"reached": []})
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), host) for host in (second, first)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}" for server in servers]
    first.elsewhere = urls[0]
    yield urls[1], first, second
    for server in servers:
        server.shutdown()
        server.server_close()


def key(url: str) -> dict[str, str]:
    """A service account's, whose token endpoint is there."""
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    named = {"client_email": "robot@project.iam.gserviceaccount.com", "client_id": "1", "private_key_id": "k", "project_id": "p"}
    return {"type": "service_account", "token_uri": f"{url}/token", "private_key": pem.decode(), **named}


def nothing(_secret: str) -> None:
    pass


def zoom(url: str) -> Any:
    return open_zoom(ZoomConnection(url, f"{url}/oauth/token", "account", "client", "s" * 20, rate_share=1000.0), OPTIONS, nothing)


def google(url: str, **given: Any) -> Any:
    return open_directory(GoogleConnection(**{"api_url": url, "groups_settings_url": url, "customer": "C1", **given}), OPTIONS, [], nothing)


def methods(client: Any) -> list[Callable[..., Any]]:
    found = [
        method for name, method in inspect.getmembers(client, inspect.ismethod) if not name.startswith("_") and name not in SENDS_NOTHING
    ]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("status", STATUSES)
def test_no_endpoint_of_either_side_is_followed_elsewhere(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, tried = status, 0
    both, directory = zoom(url), google(url, auth_kind="accesstoken", access_token="t" * 20)
    for client in (both.rest, both.scim, directory):
        for method in methods(client):
            tried += 1
            before = len(first.reached)
            with pytest.raises(TransportError) as caught:
                method(*arguments_of(method))
            sent = first.reached[-1]
            assert len(first.reached) > before, method.__name__
            assert f"elsewhere (HTTP {status}), which is not followed" in str(caught.value)
            # what became of a write, nobody knows
            assert isinstance(caught.value, UnexpectedAnswer if sent.startswith("GET ") else OutcomeUnknown), sent
    assert tried > 30
    assert second.reached == []


@pytest.mark.parametrize("status", STATUSES)
def test_zoom_s_token_endpoint_is_not_followed_elsewhere(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, first.token = status, False
    with pytest.raises(CredentialError) as caught:
        zoom(url).rest.summary()
    assert f"redirects elsewhere (HTTP {status}), which is not followed" in str(caught.value)
    assert (first.reached, second.reached) == (["POST /oauth/token"], [])


@pytest.mark.parametrize("status", STATUSES)
def test_google_s_token_endpoint_is_not_followed_elsewhere_with_the_signed_assertion(hosts: Any, status: int) -> None:
    url, first, second = hosts
    first.status, first.token = status, False
    with pytest.raises(CredentialError) as caught:
        google(url, auth_kind="serviceaccount", service_account_contents=key(url), subject="admin@example.com").org_units()
    assert f"redirects elsewhere (HTTP {status}), which is not followed" in str(caught.value)
    assert (first.reached, second.reached) == (["POST /token"], [])


def application(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Application Default Credentials of each kind, whose every endpoint is there."""
    user = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"}
    subject = folder / "subject"
    subject.write_text("a token of another issuer")
    outside = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"{url}/token",
        "credential_source": {"file": str(subject)},
    }
    by_url = {**outside, "credential_source": {"url": f"{url}/subject-token"}}
    path = "/v1/projects/-/serviceAccounts/robot@project.iam.gserviceaccount.com:generateAccessToken"
    acting = {"type": "impersonated_service_account", "service_account_impersonation_url": url + path, "source_credentials": user}
    return {"service account": key(url), "user": user, "outside, by file": outside, "outside, by url": by_url, "impersonation": acting}


@pytest.mark.parametrize("kind", ["service account", "user", "outside, by file", "outside, by url", "impersonation"])
def test_no_endpoint_of_application_default_credentials_is_followed_elsewhere(
    hosts: Any, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, first, second = hosts
    first.token = kind == "impersonation"  # its source's token is given, its own is not
    # google-auth asks no file for these two
    monkeypatch.setattr(google_user, "_GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{url}/token")
    monkeypatch.setattr(iam, "_IAM_ENDPOINT", f"{url}/acting")
    path = tmp_path / "adc.json"
    path.write_text(json.dumps(application(url, tmp_path)[kind]))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    for status in STATUSES:
        first.status = status
        with pytest.raises(TransportError) as caught:
            google(url, auth_kind="application").org_units()
        assert f"(HTTP {status}), which is not followed" in str(caught.value)
    assert first.reached
    assert second.reached == []


@pytest.mark.parametrize("status", STATUSES)
def test_a_metadata_server_is_not_followed_elsewhere(hosts: Any, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, first, second = hosts
    first.status = status
    host = url.removeprefix("http://")
    for name, value in {"GCE_METADATA_HOST": host, "GCE_METADATA_IP": host, "CLOUDSDK_CONFIG": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with pytest.raises(TransportError):
        google(url, auth_kind="application").org_units()
    assert second.reached == []
