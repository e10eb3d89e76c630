# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom credentials: Server-to-Server OAuth, or a static SCIM token."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import _shared_tokens
from ._certificates import certificate_trouble, root
from ._errors import CredentialError, UnexpectedAnswer, Unreachable
from ._http import HttpOptions, backoff, new_session, wait_after
from ._libraries import import_error
from ._retry_after import retry_at
from ._shapes import is_count, is_text, is_token, parse_json
from ._shared_failure import SharedFailure
from ._zoom_oauth import refusal

if import_error("requests") is None:
    import requests


_YOUNG = 2.0  # seconds
_IDENTITY = ("oauth_url", "account_id", "client_id", "client_secret")
_LIFETIME = 3600  # seconds, unless the answer says another one
_SPARE = 3  # tokens for those that were refused as soon as they were there: what refuses each will refuse the next


@dataclass(frozen=True)
class ZoomConnection:
    """The connection options of the Zoom side; `rate_share` is the part of the published rate that is ours, `scim_rate` None to find it."""

    api_url: str
    oauth_url: str
    account_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    rate_plan: str = "pro"
    rate_share: float = 1.0
    scim_rate: float | None = None

    @property
    def has_rest(self) -> bool:
        """An access_token is a SCIM token."""
        return not self.access_token


class ZoomToken:
    """One token for a run, shared by all threads and, where that can be, modules: some accounts void the former token with each new one."""

    def __init__(self, connection: ZoomConnection, options: HttpOptions, on_secret: Callable[[str], None]) -> None:
        self._connection, self._options, self._on_secret = connection, options, on_secret
        self._lock = threading.Lock()
        self._failure = SharedFailure()
        self._token = connection.access_token
        self._scopes: frozenset[str] = frozenset()
        self._minted, self._spare = float("-inf"), _SPARE
        self._key = _shared_tokens.key_of("zoom", *(getattr(connection, name) for name in _IDENTITY))
        for secret in (connection.client_secret, connection.access_token):
            if secret:
                options.secrets.add(secret)
                on_secret(secret)  # from the environment it is no option that Ansible would mask
        options.secrets.add(f"{connection.client_id}:{connection.client_secret}")
        if connection.has_rest:
            missing = [name for name in ("account_id", "client_id", "client_secret") if not getattr(connection, name)]
            if missing:
                named = ", ".join(f"{name} (ZOOM_{name.upper()})" for name in missing)
                raise CredentialError(
                    f"No Zoom credential: {named} not set; give zoom_connection an OAuth app's values, or an access_token."
                )

    def authorize(self, refused: str) -> str:
        """The header; `refused`: one that Zoom did not take. Of many threads with the same refused token, one fetches the next."""
        with self._lock:
            wanted = self._connection.has_rest and (not self._token or (refused == f"Bearer {self._token}" and self._may_renew()))
            if wanted and not self._take_shared():
                with self._failure.shared():
                    self._mint()
                self._minted = time.monotonic()
            return f"Bearer {self._token}"

    def _take_shared(self) -> bool:
        """Whether another module of this run was given a token, other than the one that was refused."""
        found = _shared_tokens.take(self._key, self._token or "")
        if found:
            self._keep(found["token"], found["scopes"])
        return bool(found)

    def _may_renew(self) -> bool:
        if time.monotonic() - self._minted > _YOUNG:
            return True
        self._spare -= 1
        return self._spare >= 0

    def scopes(self) -> frozenset[str]:
        """What the token may do; empty for a SCIM token, which does not show it."""
        self.authorize("")
        return self._scopes

    def _mint(self) -> None:
        url = self._connection.oauth_url
        session = new_session(self._options, url)
        for attempt in range(1, self._options.max_attempts + 1):
            last = attempt == self._options.max_attempts
            wait = self._ask(session, url, attempt, last)
            if wait is None:
                return
            time.sleep(wait)

    def _ask(self, session: requests.Session, url: str, attempt: int, last: bool) -> float | None:
        """Take the token; the seconds to wait until the endpoint is to be tried again."""
        connection, hide = self._connection, self._options.secrets.hide_text
        try:
            response = session.post(
                url,
                data={"grant_type": "account_credentials", "account_id": connection.account_id},
                auth=(connection.client_id or "", connection.client_secret or ""),
                timeout=self._options.timeout,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError as error:
            raise Unreachable(hide(certificate_trouble(f"Zoom's token endpoint {url}", error))) from None
        except requests.exceptions.RequestException as error:
            if last:
                raise Unreachable(
                    f"Zoom's token endpoint {url} could not be reached in {attempt} attempts ({hide(root(error))}); "
                    "check oauth_url (ZOOM_OAUTH_URL), the proxy and the network."
                ) from None
            return backoff(attempt)
        wait = None if last else wait_after(response.status_code, response.headers, attempt)
        if wait is None:
            self._take(response, attempt)
        return wait

    def _take(self, response: requests.Response, attempt: int) -> None:
        data = _parsed(response.content)
        if response.status_code != 200 or not isinstance(data, dict) or "access_token" not in data:
            said = _parsed(self._options.secrets.hide(response.content))
            raise CredentialError(refusal(self._connection, response.status_code, said, attempt, retry_at(response.headers)))
        token, scope = data["access_token"], data.get("scope") or ""
        if not is_token(token) or not is_text(scope):
            raise UnexpectedAnswer(
                f"Zoom's token endpoint {self._connection.oauth_url} answered in an unknown form (no usable access_token)."
            )
        self._keep(token, scope)
        lifetime: Any = data.get("expires_in")
        _shared_tokens.give(self._key, token, int(lifetime) if is_count(lifetime) else _LIFETIME, scopes=scope)

    def _keep(self, token: str, scope: str) -> None:
        self._token = token
        self._options.secrets.add(token)
        self._on_secret(token)
        self._scopes = frozenset(scope.split())


def _parsed(content: bytes) -> Any:
    """None for what is no JSON."""
    try:
        return parse_json(content)
    except ValueError:
        return None
