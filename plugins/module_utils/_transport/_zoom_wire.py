# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What both of Zoom's APIs share: sending a request in its rate category, and reading refusals of either shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ._errors import ApiError, Conflict, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized, UnexpectedAnswer
from ._http import Answer, Http, retry_at
from ._pacing import Pacer

_KINDS: dict[int, type[ApiError]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 429: RateLimited}
# Codes of "this address is taken" and of "no such object" that REST files under other statuses.
_TAKEN, _MISSING = frozenset({"1005", "1009", "4132"}), frozenset({"1001", "4130", "4131"})

_PASSING = ("per-second", "concurrent requests")

Send = Callable[..., Any]


def sender(http: Http, pacers: Mapping[str, Pacer], headers: Mapping[str, str]) -> Send:
    """`send(method, path, category, query=, body=)` -> parsed body of a 2xx; ApiError otherwise."""

    def send(
        method: str,
        path: str,
        category: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        stands: Callable[[Answer], bool] | None = None,
    ) -> Any:
        answer = http.send(method, path, query=query, body=body, pacer=pacers[category], headers=headers, stands=stands)
        data = _loaded(answer.data)
        if not answer.ok or _is_refusal(data):
            raise zoom_error(answer, data, method, path)
        if isinstance(data, str):
            raise UnexpectedAnswer(f"Zoom answered {method} {path} with something that is no JSON; check api_url.")
        return data

    return send


def segment(key: str) -> str:
    """Ids may hold & - _ and addresses +: each path segment is encoded whole."""
    return quote(key, safe="")


def is_rate_limit(answer: Answer) -> bool:
    return answer.status == 429


def is_own_limit(answer: Answer) -> bool:
    """A 429 that is no limit of the account's, which waiting lifts, but of one user's: three changes of an address a day.

    Of the others Zoom's texts are known: per second, and concurrent requests (lock keys).
    """
    data = _loaded(answer.data)
    told = str(data.get("message") or "").lower() if isinstance(data, dict) else ""
    return answer.status == 429 and not any(text in told for text in _PASSING)


def _loaded(data: Any) -> Any:
    if isinstance(data, str):
        try:
            return json.loads(data)
        except ValueError:
            return data
    return data


def _is_refusal(data: Any) -> bool:
    """Some calls refuse under HTTP 200: a code and a message, and no data, or a SCIM error."""
    if isinstance(data, dict) and any(str(schema).endswith(":Error") for schema in data.get("schemas") or []):
        return True
    return isinstance(data, dict) and set(data) <= {"code", "message", "errors"} and {"code", "message"} <= set(data)


def zoom_error(answer: Answer, data: Any, method: str, path: str) -> ApiError:
    """SCIM says `detail`, REST `code` and `message`; a gateway may use either."""
    code, message = "", str(data or "")[:200] if not isinstance(data, dict) else ""
    if isinstance(data, dict):
        code = str(data.get("code") or "")
        fields = "; ".join(f"{row.get('field')}: {row.get('message')}" for row in data.get("errors") or [] if isinstance(row, dict))
        message = str(data.get("detail") or data.get("message") or "") + (f" ({fields})" if fields else "")
    kind = _KINDS.get(answer.status, ApiError)
    if "does not contain scopes" in message or (code in ("4711", "4700") and "does not contain" in message):
        kind = ScopeMissing
    elif code in _TAKEN:
        kind = Conflict
    elif code in _MISSING:
        kind = NotFound
    until = retry_at(answer.headers) if answer.status == 429 else ""
    return kind("Zoom", method, path, answer.status, code, message, answer.headers.get("x-zm-trackingid", ""), until)
