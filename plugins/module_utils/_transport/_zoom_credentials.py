# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom credentials: Server-to-Server OAuth, or a static SCIM token."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ._errors import CredentialError, Unreachable
from ._http import HttpOptions, new_session
from ._libraries import REQUESTS_IMPORT_ERROR

if REQUESTS_IMPORT_ERROR is None:
    import requests


_YOUNG = 2.0  # seconds


@dataclass(frozen=True)
class ZoomConnection:
    """The connection options of the Zoom side; `rate_share` is the part of the published rate that is ours."""

    api_url: str
    oauth_url: str
    account_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    rate_plan: str = "pro"
    rate_share: float = 1.0
    scim_rate: float = 5.0

    @property
    def kind(self) -> str:
        return "token" if self.access_token else "oauth"


class ZoomToken:
    """One token for a run, shared by all threads: some accounts void the former token with each new one."""

    def __init__(self, connection: ZoomConnection, options: HttpOptions, on_secret: Callable[[str], None]) -> None:
        self._connection, self._options, self._on_secret = connection, options, on_secret
        self._lock = threading.Lock()
        self._token = connection.access_token
        self._scopes: frozenset[str] = frozenset()
        self._minted = float("-inf")
        for secret in (connection.client_secret, connection.access_token):
            if secret:
                on_secret(secret)  # from the environment it is no option that Ansible would mask
        if connection.kind == "oauth":
            missing = [name for name in ("account_id", "client_id", "client_secret") if not getattr(connection, name)]
            if missing:
                named = ", ".join(f"{name} (ZOOM_{name.upper()})" for name in missing)
                raise CredentialError(
                    f"No Zoom credential: {named} not set; give zoom_connection an OAuth app's values, or an access_token."
                )

    def authorize(self, fresh: bool) -> str:
        with self._lock:
            # many threads may find the same token refused at once: one of them fetches the next
            stale = fresh and time.monotonic() - self._minted > _YOUNG
            if self._connection.kind == "oauth" and (stale or not self._token):
                self._mint()
                self._minted = time.monotonic()
            return f"Bearer {self._token}"

    def scopes(self) -> frozenset[str]:
        """What the token may do; empty for a SCIM token, which does not tell."""
        self.authorize(False)
        return self._scopes

    def _mint(self) -> None:
        connection = self._connection
        try:
            response = new_session(self._options, connection.oauth_url).post(
                connection.oauth_url,
                data={"grant_type": "account_credentials", "account_id": connection.account_id},
                auth=(connection.client_id or "", connection.client_secret or ""),
                timeout=self._options.timeout,
                allow_redirects=False,
            )
        except requests.exceptions.RequestException as error:
            raise Unreachable(f"Zoom's token endpoint {connection.oauth_url} could not be reached ({type(error).__name__}).") from None
        try:
            data = response.json()
        except ValueError:
            data = {}
        if not isinstance(data, dict) or not data.get("access_token"):
            raise CredentialError(_refusal(connection, response.status_code, data if isinstance(data, dict) else {}))
        self._token = str(data["access_token"])
        self._on_secret(self._token)
        self._scopes = frozenset(str(data.get("scope") or "").split())


def _refusal(connection: ZoomConnection, status: int, data: dict[str, str]) -> str:
    reason, error = data.get("reason", ""), data.get("error", "")
    if error == "invalid_client":
        return "Zoom refused the token (invalid_client): client_id (ZOOM_CLIENT_ID) or client_secret (ZOOM_CLIENT_SECRET) is wrong."
    if "Account does not exist" in reason:
        return f"Zoom refused the token: account_id (ZOOM_ACCOUNT_ID) {connection.account_id} does not exist."
    if reason:
        return f"Zoom refused the token: {reason.rstrip('.')} (HTTP {status}); check that the Server-to-Server OAuth app is activated."
    return f"{connection.oauth_url} answered HTTP {status} without a token; oauth_url should be https://zoom.us/oauth/token."
