# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First contact: tokens that are refused or late, certificates that nobody trusts, and refusals by a code, each with its cure."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _http
from calling import call
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playing import SCOPE, Player, account, person, seed
from sandbox import Sandbox


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Waiting is noted, not done."""
    noted: list[int] = []

    def note(attempt: int) -> float:
        noted.append(attempt)
        return 0.0

    monkeypatch.setattr(_http, "_backoff", note)
    yield noted


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox.start(seed([person("ada.byron")], {"zoom-users": ["ada.byron"]}, [account("ada.byron")])) as started:
        yield started


@pytest.fixture(autouse=True)
def quiet(box: Sandbox) -> Iterator[None]:
    yield
    box.faults.clear()
    box.switches.reset()


CALLS: dict[str, dict[str, Any]] = {"zoom_user_info": {}, "google_scope_info": {"groups": [SCOPE]}}
SWITCH = {"zoom_user_info": "token_trouble", "google_scope_info": "google_token_trouble"}
ENDPOINT = {"zoom_user_info": "/oauth/token", "google_scope_info": "/token"}


@pytest.mark.parametrize("module", CALLS)
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_token_endpoint_that_is_in_trouble_once_is_asked_again(box: Sandbox, module: str, status: int) -> None:
    box.switches[SWITCH[module]] = status
    box.zoom.token_requests = box.google.token_requests = 0
    box.ledger.clear()
    done = call(module, box, **CALLS[module])
    assert not done["failed"], done
    assert [entry["status"] for entry in box.ledger.tokens()] == [status, 200]


@pytest.mark.parametrize("module", CALLS)
@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_token_endpoint_that_ends_the_connection_once_is_asked_again(box: Sandbox, module: str, drop: str) -> None:
    box.faults.add(path=ENDPOINT[module], drop=drop)
    assert not call(module, box, **CALLS[module])["failed"]


@pytest.mark.parametrize("module", CALLS)
def test_retry_after_of_a_token_endpoint_is_honoured(box: Sandbox, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    box.faults.add(path=ENDPOINT[module], status=429, headers={"Retry-After": "7"})
    assert not call(module, box, **CALLS[module])["failed"]
    assert 7.0 in slept


@pytest.mark.parametrize("module", CALLS)
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_token_endpoint_that_stays_in_trouble_is_not_blamed_on_its_address(
    box: Sandbox, module: str, status: int, waits: list[int]
) -> None:
    fault = box.faults.add(path=ENDPOINT[module], status=status, body="<html>Bad gateway</html>", times=None)
    done = call(module, box, **CALLS[module], max_attempts=3)
    assert f"gave no token (HTTP {status})" in done["msg"]
    assert "run again later" in done["msg"]
    assert "oauth_url" not in done["msg"]
    assert (fault.hits, waits) == (3, [1, 2])


@pytest.mark.parametrize(("status", "body"), [(404, {"reason": "no"}), (200, "<html>Sign in</html>"), (404, "<html></html>"), (302, None)])
def test_what_is_no_token_endpoint_names_oauth_url(box: Sandbox, status: int, body: Any) -> None:
    box.faults.add(path="/oauth/token", status=status, body=body, times=None)
    assert "oauth_url (ZOOM_OAUTH_URL) should be https://zoom.us/oauth/token" in call("zoom_user_info", box)["msg"]


@pytest.mark.parametrize(
    ("code", "step"),
    [
        (4702, "ZOOM_CLIENT_SECRET"),
        (4705, "create one of that type"),
        (4711, "lacks a scope"),
        (4717, "activate it"),
        (4735, "create the app anew as a user who stays"),
        (4738, "activate the app again"),
        (4741, "let only one tool use this app"),
    ],
)
@pytest.mark.parametrize("where", ["token", "api"])
def test_an_oauth_code_is_reported_with_what_to_do(box: Sandbox, code: int, step: str, where: str) -> None:
    if where == "token":
        body = {"code": code, "reason": "Zoom's own words", "error": "invalid_request"}
        box.faults.add(path="/oauth/token", status=400, body=body, times=None)
    else:
        words = "Invalid access token, does not contain scopes:[user:read:list_users:admin]." if code == 4711 else "Zoom's own words"
        box.faults.add(path="/v2/users", status=400 if code == 4711 else 401, body={"code": code, "message": words}, times=None)
    done = call("zoom_user_info", box)
    assert step in done["msg"]
    assert f"code {code}" in done["msg"]


@pytest.mark.parametrize(
    ("error", "description", "step"),
    [
        ("invalid_grant", "Invalid grant: account not found", "create a new key"),
        ("invalid_grant", "Invalid JWT Signature.", "create a new key"),
        ("invalid_grant", "Token must be a short-lived token (60 minutes) and in a reasonable timeframe.", "set it by NTP"),
        ("invalid_client", "The OAuth client was not found.", "enable it in the Google Cloud console"),
        ("access_denied", "Access denied by admin policy", "Admin console"),
    ],
)
def test_google_s_refusal_of_a_token_is_reported_with_what_to_do(box: Sandbox, error: str, description: str, step: str) -> None:
    box.faults.add(path="/token", status=400, body={"error": error, "error_description": description}, times=None)
    assert step in call("google_scope_info", box, groups=[SCOPE])["msg"]


@pytest.mark.parametrize("scope_error", ["400/4711", "400/4700", "401/4700", "400/104"])
def test_a_missing_scope_is_reported_whatever_its_code(scope_error: str) -> None:
    with Sandbox.start(seed([], {}, []), {"scope_error": scope_error}) as box:
        box.zoom.scopes = {"scim2:admin"}
        done = call("zoom_user_info", box)
        assert "Zoom's token lacks a scope" in done["msg"]
        assert "user:read:list_users:admin" in done["msg"]


def test_an_endpoint_that_zoom_does_not_know_names_api_url(box: Sandbox) -> None:
    box.faults.add(path="/v2/users", status=400, body={"code": 2300, "message": "This API endpoint is not recognized."}, times=None)
    assert "api_url (ZOOM_API_URL) should be https://api.zoom.us" in call("zoom_user_info", box)["msg"]


# Certificates


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory, box: Sandbox) -> Iterator[tuple[str, Path]]:
    """The sandbox behind TLS, with a certificate that nobody knows: its address, and that certificate."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = _self_signed(folder)

    class Forward(BaseHTTPRequestHandler):
        def log_message(self, *_arguments: Any) -> None:
            pass

        def _answer(self) -> None:
            import requests

            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "content-length")}
            answer = requests.request(self.command, box.url + self.path, data=body, headers=kept, timeout=10)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = _answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", certificate
    server.shutdown()
    server.server_close()


def _self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "proxy.example")]), datetime.now(timezone.utc)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return certificate, private


def connected(box: Sandbox, side: str, where: str, url: str, folder: Path) -> dict[str, Any]:
    """The sandbox's connection, but its token endpoint, its API or both behind TLS."""
    found = dict(box.connections()[f"{side}_connection"])
    if where in ("api", "both"):
        found["api_url"] = url
    if where in ("token", "both") and side == "zoom":
        found["oauth_url"] = f"{url}/oauth/token"
    elif where in ("token", "both"):
        key = json.loads(Path(found["service_account_file"]).read_text())
        moved = folder / "key.json"
        moved.write_text(json.dumps({**key, "token_uri": f"{url}/token"}))
        found["service_account_file"] = str(moved)
    return found


SIDES = {"zoom": ("zoom_user_info", {}), "google": ("google_scope_info", {"groups": [SCOPE]})}


@pytest.mark.parametrize("where", ["token", "api"])
@pytest.mark.parametrize("side", SIDES)
def test_a_certificate_that_nobody_knows_names_ca_path_and_the_variable(
    box: Sandbox, tls: tuple[str, Path], tmp_path: Path, side: str, where: str
) -> None:
    module, options = SIDES[side]
    done = call(module, box, connection=connected(box, side, where, tls[0], tmp_path), **options)
    assert "showed a certificate that this machine does not trust (" in done["msg"]
    assert "self-signed certificate" in done["msg"].replace("self signed", "self-signed")
    assert "set ca_path to the PEM file" in done["msg"]
    assert "REQUESTS_CA_BUNDLE" in done["msg"]


@pytest.mark.parametrize("by", ["ca_path", "REQUESTS_CA_BUNDLE"])
@pytest.mark.parametrize("side", SIDES)
def test_the_cure_of_an_unknown_certificate_works(
    box: Sandbox, tls: tuple[str, Path], tmp_path: Path, side: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, options = SIDES[side]
    given = dict(options)
    if by == "ca_path":
        given["ca_path"] = str(tls[1])
    else:
        monkeypatch.setenv(by, str(tls[1]))
    done = call(module, box, connection=connected(box, side, "both", tls[0], tmp_path), **given)
    assert not done["failed"], done


@pytest.mark.parametrize("what", ["missing", "no certificate"])
@pytest.mark.parametrize("by", ["ca_path", "REQUESTS_CA_BUNDLE"])
@pytest.mark.parametrize("side", SIDES)
def test_a_wrong_ca_path_is_named_before_anything_is_sent(
    box: Sandbox, tmp_path: Path, side: str, by: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, (module, options) = tmp_path / "authority.pem", SIDES[side]
    if what == "no certificate":
        path.write_text("not a certificate")
    given = dict(options)
    if by == "ca_path":
        given["ca_path"] = str(path)
    else:
        monkeypatch.setenv(by, str(path))
    box.ledger.clear()
    done = call(module, box, **given)
    assert done["msg"].startswith(f"{by}{'' if by == 'ca_path' else ' (from the environment)'} is {path}, which ")
    assert "set it to a PEM file of certificates" in done["msg"]
    assert "REQUESTS_CA_BUNDLE" in done["msg"]
    assert box.ledger.entries == []


@pytest.mark.parametrize("trouble", ["ca_path", "certificate"])
def test_preflight_names_the_certificate_s_cure_on_both_sides(
    box: Sandbox, tls: tuple[str, Path], tmp_path: Path, player: Player, trouble: str
) -> None:
    sides = ("zoom", "google")
    variables: dict[str, Any] = {f"{side}_connection": connected(box, side, "both", tls[0], tmp_path) for side in sides}
    if trouble == "ca_path":
        variables = {name: {**value, "ca_path": "/no/such.pem"} for name, value in variables.items()}
    played = player.play(box, {"scope_groups": [SCOPE], **variables}, playbook="preflight")
    assert played.status != 0
    assert played.failure.count("ca_path is /no/such.pem" if trouble == "ca_path" else "set ca_path to the PEM file") == len(sides)
