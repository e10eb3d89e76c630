# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Why Zoom gives no token, or takes one no more: its OAuth codes (zoom-api.md 2.2), each with what to do."""

from __future__ import annotations

import re
from typing import Any, Protocol

from ._shapes import is_label, is_text

_PORTAL = "at marketplace.zoom.us under Manage"
_COPY = f"copy both from the app's page (App Credentials) {_PORTAL}"
OAUTH_CODES: dict[str, str] = {
    **dict.fromkeys(("4702", "4704"), f"client_id (ZOOM_CLIENT_ID) or client_secret (ZOOM_CLIENT_SECRET) is wrong; {_COPY}"),
    "4705": "the app is not of the type Server-to-Server OAuth; create one of that type",
    "4706": "client_id, client_secret or the grant type did not arrive; check oauth_url and what stands between",
    "4711": f"the app lacks a scope; add it to the app {_PORTAL}, activate the app again, then run again",
    "4717": f"the app is disabled; activate it {_PORTAL}",
    "4735": "the user who created the app is gone from the Zoom account; create the app anew as a user who stays, and exempt them from "
    "offboarding",
    "4737": "the token is of an app that is not authorized in this account; activate the Server-to-Server OAuth app again",
    "4738": "an admin has disabled the token; activate the app again",
    "4740": "the token was replaced by a newer one; let only one tool use this app",
    "4741": "the token was replaced by a newer one; let only one tool use this app",
}
_CODES = re.compile(r"\b47\d\d\b")


class _Connection(Protocol):
    @property
    def oauth_url(self) -> str:
        """Of the token endpoint."""

    @property
    def account_id(self) -> str | None:
        """Whose token is asked for."""


def refusal(connection: _Connection, status: int, data: Any, attempt: int = 1, until: str = "") -> str:
    """One sentence for an answer of the token endpoint that holds no token; `data` None where it was no JSON.

    `attempt`: how often it was tried; `until`: when it may be tried again, if the answer says so.
    """
    url = connection.oauth_url
    if status >= 500 or status == 429:
        asked = f", also after a retry ({attempt} attempts in all)" if attempt > 1 else ""
        return f"Zoom's token endpoint {url} gave no token (HTTP {status}){asked}; run again {f'after {until}' if until else 'later'}."
    if 300 <= status < 400:
        return (
            f"Zoom's token endpoint {url} redirects elsewhere (HTTP {status}), which is not followed, as credentials are for that host "
            "alone; oauth_url (ZOOM_OAUTH_URL) should be https://zoom.us/oauth/token."
        )
    if status == 404 or data is None:
        return f"{url} answered HTTP {status} without a token; oauth_url (ZOOM_OAUTH_URL) should be https://zoom.us/oauth/token."
    answer = data if isinstance(data, dict) else {}
    why = _why(connection, status, answer)
    if why:
        return f"Zoom refused the token{why}"
    return f"Zoom's token endpoint {url} answered in an unknown form (HTTP {status}, no access_token); run again later."


def _why(connection: _Connection, status: int, answer: dict[str, Any]) -> str:
    """The rest of the sentence; '' where the answer says nothing."""
    error, reason, message = (answer[name] if is_text(answer.get(name)) else "" for name in ("error", "reason", "message"))
    reason = reason or message
    code, words = _code(answer, reason), (reason or error).rstrip(".")
    if code in OAUTH_CODES:
        return f": {OAUTH_CODES[code]} [{words}, HTTP {status}, code {code}]."
    if error == "invalid_client":
        return f" (invalid_client): client_id (ZOOM_CLIENT_ID) or client_secret (ZOOM_CLIENT_SECRET) is wrong; {_COPY}."
    if "Account does not exist" in reason:
        return f": account_id (ZOOM_ACCOUNT_ID) {connection.account_id} does not exist."
    return f": {words} (HTTP {status}); check that the Server-to-Server OAuth app is activated." if words else ""


def _code(answer: dict[str, Any], reason: str) -> str:
    for name in ("code", "errorCode", "error_code"):
        if is_label(answer.get(name)):
            return str(answer[name])
    named = _CODES.search(reason)
    return named.group() if named else ""
