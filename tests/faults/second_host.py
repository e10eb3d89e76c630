# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hosts on the loopback, of which the first answers as it is told, and clients and credentials whose every endpoint is there."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_credentials import GoogleConnection
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import open_directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._http import HttpOptions
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom import open_zoom
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_credentials import ZoomConnection
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import iam
from google.oauth2 import credentials as google_user

STATUSES = (301, 302, 303, 307, 308)
OPTIONS = HttpOptions(max_attempts=2, timeout=5)


class Host(BaseHTTPRequestHandler):
    """`elsewhere`: redirects all but a request for a token there; '' for the second host, which would take anything.

    `body`: what is answered in place of a token.
    """

    elsewhere: ClassVar[str] = ""
    status: ClassVar[int] = 302
    token: ClassVar[bool] = True
    body: ClassVar[bytes] = b""
    reached: ClassVar[list[str]]

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.reached.append(f"{self.command} {self.path}")
        body = self.body or json.dumps({"access_token": "a" * 40, "scope": "scim2:admin user:read:admin", "expires_in": 3600}).encode()
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
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}" for server in servers]
    first.elsewhere = urls[0]
    yield urls[1], first, second
    for server in servers:
        server.shutdown()
        server.server_close()


@cache
def _pem() -> str:
    """To make one takes longer than a test."""
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def key(url: str) -> dict[str, Any]:
    """A service account's, whose token endpoint is there."""
    named = {"client_email": "robot@project.iam.gserviceaccount.com", "client_id": "1", "private_key_id": "k", "project_id": "p"}
    return {"type": "service_account", "token_uri": f"{url}/token", "private_key": _pem(), **named}


def nothing(_secret: str) -> None:
    pass


def zoom(url: str) -> Any:
    return open_zoom(ZoomConnection(url, f"{url}/oauth/token", "account", "client", "s" * 20, rate_share=1000.0), OPTIONS, nothing)


def google(url: str, **given: Any) -> Any:
    return open_directory(GoogleConnection(**{"api_url": url, "groups_settings_url": url, "customer": "C1", **given}), OPTIONS, [], nothing)


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


def use(kind: str, url: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """These Application Default Credentials are the process's own."""
    # google-auth asks no file for these two
    patch.setattr(google_user, "_GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{url}/token")
    patch.setattr(iam, "_IAM_ENDPOINT", f"{url}/acting")
    path = folder / "adc.json"
    path.write_text(json.dumps(application(url, folder)[kind]))
    patch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
