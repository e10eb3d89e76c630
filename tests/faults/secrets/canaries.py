# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canaries: credentials whose every piece is known, a wire that repeats what it is sent, and modules run as Ansible runs them."""

from __future__ import annotations

import base64
import contextlib
import importlib
import io
import json
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from unittest import mock
from urllib.parse import quote, unquote_plus

import requests
from ansible.module_utils import basic
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _pacing
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

PACKAGE = "ansible_collections.workspace_zoom.provisioning.plugins.modules"
PIECE = 12  # characters in a row that show a secret
Wire = Callable[[requests.PreparedRequest], Any]

ZOOM_SECRET = "zS/7+canaryOfTheZoomApp=qX"  # noqa: S105
ZOOM_TOKEN = "canaryOfAScimToken.eyJ0b2tlbiI6InNjaW0ifQ.x-y_z"  # noqa: S105
GOOGLE_TOKEN = "ya29.canaryOfAGoogleToken-0123456789_abc"  # noqa: S105
MINTED = "canaryOfAMintedToken.9f8e7d6c5b4a.z-y_x"
ZOOM_ID = "anIdOfTheZoomApp123"


def _key() -> dict[str, str]:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    return {
        "type": "service_account",
        "project_id": "example",
        "private_key_id": "0123456789",
        "private_key": text,
        "client_email": "robot@example.iam.gserviceaccount.com",
        "client_id": "1234567890",
        "token_uri": "https://oauth2.googleapis.com/token",
    }


KEY = _key()


def _pieces(text: str) -> set[str]:
    return {text[start : start + PIECE] for start in range(len(text) - PIECE + 1)}


def _needles() -> set[str]:
    """Every piece of every secret, also encoded: a half of one is too much."""
    found = set[str]()
    for secret in (ZOOM_SECRET, ZOOM_TOKEN, GOOGLE_TOKEN, MINTED):
        found |= _pieces(secret) | _pieces(quote(secret, safe="")) | _pieces(base64.b64encode(secret.encode()).decode().rstrip("="))
    found |= _pieces(base64.b64encode(f"{ZOOM_ID}:{ZOOM_SECRET}".encode()).decode().rstrip("="))
    for line in KEY["private_key"].splitlines()[1:-1]:
        found |= _pieces(line)
    found |= _pieces(base64.b64encode(KEY["private_key"].encode()).decode()[60:])
    return found


NEEDLES = _needles()
_loaded = lru_cache(serialization.load_pem_private_key)  # which proves that its numbers are primes, each time


def shown(text: str) -> list[str]:
    """Pieces of secrets in it, in any of a few spellings."""
    return [
        variant[start : start + PIECE]
        for variant in dict.fromkeys((text, text.replace("\\/", "/"), unquote_plus(text)))
        for start in range(len(variant) - PIECE + 1)
        if variant[start : start + PIECE] in NEEDLES
    ]


def repeated(request: requests.PreparedRequest) -> str:
    """What a careless server repeats of a request: all of it."""
    body = request.body.decode("utf-8", "replace") if isinstance(request.body, bytes) else str(request.body or "")
    return f"{request.method} {request.url} {dict(request.headers)} {body} {unquote_plus(body)}"


def answer(request: requests.PreparedRequest, status: int, text: str, kind: str = "application/json", **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code, made.request, made.url = status, request, str(request.url)
    made.headers.update({"Content-Type": kind, **headers})
    made.raw = HTTPResponse(io.BytesIO(text.encode()), preload_content=False)
    return made


def is_token_endpoint(request: requests.PreparedRequest) -> bool:
    return "token" in str(request.url).partition("?")[0] and request.method == "POST"


def token(request: requests.PreparedRequest) -> requests.Response:
    scopes = "user:read:admin user:write:admin group:read:admin group:write:admin scim2:admin account:read:admin"
    given = {"access_token": MINTED, "expires_in": 3600, "token_type": "Bearer", "scope": scopes}
    return answer(request, 200, json.dumps(given))


class Ran:
    """What a module left: its result as a callback gets it, and all that it printed."""

    def __init__(self, result: dict[str, Any], printed: str) -> None:
        self.result, self.printed = result, printed


def _at_once(pacer: _pacing.Pacer) -> _pacing.Ticket:
    """Of a pacer whose times nobody waits for, as nobody waits for any here."""
    return _pacing.Ticket(0.0, (-1,) * len(pacer._lanes))


def run(name: str, options: Mapping[str, Any], wire: Wire, *, env: Mapping[str, str] | None = None, check: bool = False) -> Ran:
    """The module with Ansible's own AnsibleModule, in this process; `wire` answers or raises."""
    module = importlib.import_module(f"{PACKAGE}.{name}")
    internal = {"_ansible_check_mode": check, "_ansible_diff": True, "_ansible_verbosity": 4}
    given = json.dumps({"ANSIBLE_MODULE_ARGS": {**options, **internal}}).encode()

    def send(_adapter: HTTPAdapter, request: requests.PreparedRequest, **_options: Any) -> Any:
        return wire(request)

    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ZOOM_", "GCP_", "GOOGLE_"))}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(basic, "_ANSIBLE_ARGS", given))
        stack.enter_context(mock.patch.object(basic, "_ANSIBLE_PROFILE", "legacy", create=True))
        stack.enter_context(mock.patch.dict(os.environ, {**kept, **(env or {})}, clear=True))
        stack.enter_context(mock.patch.object(HTTPAdapter, "send", send))
        stack.enter_context(mock.patch.object(serialization, "load_pem_private_key", _loaded))
        stack.enter_context(mock.patch("time.sleep", lambda _seconds: None))
        stack.enter_context(mock.patch.object(_pacing.Pacer, "wait", _at_once))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        with contextlib.suppress(SystemExit):
            module.main()
    return Ran(json.loads(out.getvalue()), out.getvalue() + err.getvalue())
