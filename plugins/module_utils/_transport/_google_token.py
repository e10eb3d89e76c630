# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's token endpoint as google-auth asks it: it repeats neither a 502 nor a refused connection, and trusts any answer's form."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ._certificates import certificate_trouble, root
from ._errors import CredentialError, UnexpectedAnswer, Unreachable
from ._http import PASSING, HttpOptions, backoff, new_session, wait_after
from ._libraries import import_error
from ._plain_http import refuse_plain
from ._shapes import parse_json

if import_error("google-auth") is None and import_error("requests") is None:
    import requests
    from google.auth.exceptions import TransportError
    from google.auth.transport.requests import Request

    from ._http import Session


_CURE = "token_uri in the service account's key should be https://oauth2.googleapis.com/token, and no proxy may stand between"
_TOKEN_URI, _SOURCE = "token_uri of the service account's key", "the server that Application Default Credentials come from"

_SECRET = ("assertion", "client_secret", "refresh_token")  # of a request's body; the signed assertion is as good as a credential
# Google's own, on the machines where Application Default Credentials come from it: it has no TLS, and never leaves the machine
_METADATA = frozenset({"metadata.google.internal", "169.254.169.254"})
_METADATA_ELSEWHERE = ("GCE_METADATA_HOST", "GCE_METADATA_ROOT", "GCE_METADATA_IP")  # google-auth's: a host, mostly with a port


def token_request(options: HttpOptions, url: str) -> Callable[..., Any]:
    """What google-auth calls for each request; once a passing fault has outlasted all attempts it is ours to say so, not google-auth's
    to try it three times more."""
    inner = Request(session=new_session(options, url))

    def request(url: str, method: str = "GET", body: Any = None, headers: Any = None, timeout: Any = None, **more: Any) -> Any:
        refuse_plain(_TOKEN_URI if method == "POST" else _SOURCE, url, insecure=options.insecure or _is_metadata(url))
        sent = parse_qs(_text(body))
        options.secrets.add(*(value for name in _SECRET for value in sent.get(name, [])))
        for attempt in range(1, options.max_attempts + 1):
            last = attempt == options.max_attempts
            try:
                response = inner(url, method=method, body=body, headers=headers, timeout=options.timeout, **more)
            except TransportError as error:
                _lost(url, error, attempt, options.secrets.hide_text, last=last)
                time.sleep(backoff(attempt))
                continue
            wait = None if last else wait_after(response.status, response.headers, attempt)
            if wait is None:
                return _settled(url, method, response)
            time.sleep(wait)
        raise AssertionError("the last attempt answers or raises")

    return request


def _is_metadata(url: str) -> bool:
    told = {_host(f"//{os.environ.get(name, '')}") for name in _METADATA_ELSEWHERE} - {""}
    return _host(url) in _METADATA | told


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _text(body: Any) -> str:
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")


def discovery_request(options: HttpOptions, url: str) -> Any:
    """What google-auth finds out by where it runs: the metadata server of a cloud, over plain http, stands behind no proxy."""
    outside, beside = Request(session=new_session(options, url)), Request(session=_direct())
    return lambda url, *given, **more: (beside if urlsplit(url).scheme == "http" else outside)(url, *given, **more)


def _direct() -> Session:
    session = Session()
    session.trust_env = False
    return session


def _lost(url: str, error: Exception, attempt: int, hide: Callable[[str], str], *, last: bool) -> None:
    if any(isinstance(cause, requests.exceptions.SSLError) for cause in (error.__cause__, error.__context__, *error.args)):
        raise Unreachable(hide(certificate_trouble(f"Google's token endpoint {url}", error))) from None
    if last:
        raise Unreachable(
            f"Google's token endpoint {url} could not be reached in {attempt} attempts ({hide(root(error))}); "
            "check the proxy and the network."
        ) from None


def _settled(url: str, method: str, response: Any) -> Any:
    if 300 <= response.status < 400:
        raise CredentialError(
            f"Google's token endpoint {url} redirects elsewhere (HTTP {response.status}), which is not followed, as credentials are "
            f"for that host alone; {_CURE}."
        )
    if response.status in PASSING:
        raise Unreachable(f"Google's token endpoint {url} gave no token (HTTP {response.status}), also after a retry; run again later.")
    if method != "POST" and response.status != 200:
        return response
    try:
        is_object = isinstance(parse_json(response.data), dict)
    except ValueError:
        is_object = False
    if not is_object and method == "POST" and response.status != 200:
        raise CredentialError(f"{url} answered HTTP {response.status} without a token; {_CURE}.")
    if not is_object and "json" in str(response.headers.get("Content-Type", "json")):
        raise UnexpectedAnswer(f"Google's token endpoint {url} answered in an unknown form (no JSON object).")
    return response
