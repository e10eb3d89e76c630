# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""One request to a Google API: sent, checked, and each refusal as a typed error."""

from __future__ import annotations

from typing import Any

from ._answer import Answer
from ._errors import ApiError, Conflict, DailyLimit, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized
from ._http import Http
from ._pacing import Pacer
from ._shapes import Shape, checked, is_text, unknown_form

_RATE_REASONS = frozenset({"userRateLimitExceeded", "quotaExceeded", "rateLimitExceeded"})
_DAILY = "dailyLimitExceeded"  # no waiting within a run lifts it
# Statuses that callers take as an answer of their own, such as "there is no such member": a gateway's page says nothing of it.
_ANSWERS = frozenset({404, 409, 412})


class GoogleWire:
    """`base`: the beginning of paths that errors leave out. `subject`: whom the token acts for."""

    def __init__(self, http: Http, pacer: Pacer, base: str = "", subject: str | None = None) -> None:
        self._http, self._pacer, self._base, self._subject = http, pacer, base, subject or ""

    def checked(self, method: str, path: str, form: Shape | None, **request: Any) -> dict[str, Any]:
        """The parsed answer. After a write whose answer has an unknown form, OutcomeUnknown."""
        query = {**(request.pop("query", None) or {}), "prettyPrint": "false"}
        answer = self._http.send(method, path, query=query, pacer=self._pacer, **request)
        if not answer.ok:
            if answer.status in _ANSWERS and not (isinstance(answer.data, dict) and isinstance(answer.data.get("error"), dict)):
                raise unknown_form("Google", method, path, f"HTTP {answer.status} without an error message of Google's; check api_url")
            raise google_error(answer, method, path.removeprefix(self._base), self._subject)
        if not answer.is_json:
            raise unknown_form("Google", method, path, "no JSON; check api_url")
        return checked("Google", method, path, answer.data, form) or {}


def _reason(answer: Answer) -> tuple[str, str]:
    """The reason and the message of Google's error envelope, which some paths fill only in part, or otherwise."""
    error = answer.data.get("error") if isinstance(answer.data, dict) else None
    if isinstance(error, dict):
        rows = error.get("errors")
        first = next((row for row in rows if isinstance(row, dict)), {}) if isinstance(rows, list) else {}
        return _text(first.get("reason"), error.get("status")), _text(error.get("message"), first.get("message"))
    # a page says nothing for people
    return "", _text(error, "" if "<" in str(answer.data) else answer.data).strip()[:200]


def _text(*values: Any) -> str:
    return next((value for value in values if is_text(value) and value), "")


def is_rate_limit(answer: Answer) -> bool:
    if answer.status == 429:
        return True
    reason, message = _reason(answer) if answer.status == 403 else ("", "")
    return reason in _RATE_REASONS or message.startswith("Request rate higher than configured")


def google_error(answer: Answer, method: str, path: str, subject: str = "") -> ApiError:
    """The typed refusal for an answer that is not 2xx."""
    reason, message = _reason(answer)
    kind: type[ApiError] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 412: Conflict, 429: RateLimited}.get(
        answer.status, ApiError
    )
    if reason == "insufficientPermissions":
        kind = ScopeMissing
    elif answer.status in (403, 429) and reason == _DAILY:
        kind = DailyLimit
    elif answer.status == 403 and is_rate_limit(answer):
        kind = RateLimited
    return kind("Google", method, path, answer.status, reason, message, subject=subject)
