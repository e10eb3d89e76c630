# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""What both of Zoom's APIs share: sending a request in its rate category, and reading refusals of either shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from ._answer import Answer, is_daily
from ._errors import ApiError, Conflict, DailyLimit, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized, is_rate_text
from ._http import Http
from ._pacing import Pacer
from ._retry_after import is_short, retry_at
from ._shapes import Shape, checked, is_label, is_text, parse_json, unknown_form
from ._zoom_pace import SCIM, label

_KINDS: dict[int, type[ApiError]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 429: RateLimited}
# Codes of "this address is taken" and of "no such object" that REST files under other statuses.
_TAKEN, _MISSING = frozenset({"1005", "1009", "4132"}), frozenset({"1001", "4130", "4131"})
_SCOPES, NO_SCOPE = frozenset({"4711", "4700"}), "104"  # a missing scope in other words, and by another number (zoom-api.md 11a)

# Statuses that callers take as an answer of their own: of a gateway's page they say nothing about the account (zoom-api.md 5.2).
_ANSWERS = frozenset({404, 409})

Send = Callable[..., Any]


def sender(http: Http, pacers: Mapping[str, Pacer], headers: Mapping[str, str]) -> Send:
    """`send(method, path, category, query=, body=, form=)` -> parsed body of a 2xx; ApiError otherwise.

    `form`: the shape of what is read of the answer. An answer of another form is UnexpectedAnswer, after a write OutcomeUnknown.
    `stands`: whether an answer is one that no waiting changes.
    """

    def send(
        method: str,
        path: str,
        category: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        form: Shape | None = None,
        stands: Callable[[Answer], bool] | None = None,
    ) -> Any:
        pacer = pacers[label(method, path) if category == SCIM else category]
        answer = http.send(method, path, query=query, body=body, pacer=pacer, headers=headers, stands=stands)
        data = _loaded(answer.data)
        if not answer.ok or _is_refusal(data):
            if answer.status in _ANSWERS and not _is_zooms(data):
                raise unknown_form("Zoom", method, path, f"HTTP {answer.status} without an error message of Zoom's; check api_url")
            raise zoom_error(answer, data, method, path, own=stands is not None and stands(answer))
        if isinstance(data, str):
            raise unknown_form("Zoom", method, path, "no JSON object" if answer.is_json else "no JSON; check api_url")
        return checked("Zoom", method, path, data, form)

    return send


def segment(key: str) -> str:
    """Ids may hold & - _ and addresses +: each path segment is encoded whole."""
    return quote(key, safe="")


def is_rate_limit(answer: Answer) -> bool:
    return answer.status == 429


def is_own_limit(answer: Answer) -> bool:
    """A 429 that is no limit of the account's, which waiting lifts, but of one user's: three changes of an address a day.

    Light requests have no daily limit of the account's (zoom-api.md 3.2), so that one is the user's too.
    """
    if answer.status != 429 or answer.headers.get("X-RateLimit-Type") == "QPS":
        return False
    message = _message(_loaded(answer.data))
    return not is_rate_text(message) if message else not is_short(answer.headers)


def _loaded(data: Any) -> Any:
    """Some gateways send the body as a text of JSON."""
    if isinstance(data, str):
        try:
            return parse_json(data.encode())
        except ValueError:
            return data
    return data


def _is_refusal(data: Any) -> bool:
    """Some calls refuse under HTTP 200: a code and a message, and no data, or a SCIM error."""
    if not isinstance(data, dict):
        return False
    schemas = data.get("schemas")
    if isinstance(schemas, list) and any(str(schema).endswith(":Error") for schema in schemas):
        return True
    return set(data) <= {"code", "message", "errors"} and {"code", "message"} <= set(data)


def _is_zooms(data: Any) -> bool:
    """Whether a refusal is Zoom's own: REST gives a code, SCIM a detail. A gateway may give a message as well."""
    return isinstance(data, dict) and bool(_code(data) or (is_text(data.get("detail")) and data["detail"]) or _is_refusal(data))


def _code(data: Any) -> str:
    return str(data.get("code") or "") if isinstance(data, dict) and is_label(data.get("code")) else ""


def _message(data: Any) -> str:
    """Its words, whichever of the two APIs they are of."""
    if not isinstance(data, dict):
        return _words(data)
    return next((data[name] for name in ("detail", "message") if is_text(data.get(name)) and data[name]), "")


def zoom_error(answer: Answer, data: Any, method: str, path: str, *, own: bool = False) -> ApiError:
    """SCIM says `detail`, REST `code` and `message`; a gateway may use either, or a page of its own. `own`: a limit is one user's."""
    code, message = _code(data), _message(data) + _fields(data)
    kind = _KINDS.get(answer.status, ApiError)
    if "does not contain scopes" in message or (code in _SCOPES and "does not contain" in message) or code == NO_SCOPE:
        kind = ScopeMissing
    elif answer.status == 429 and is_daily(answer) and not own:
        kind = DailyLimit
    elif code in _TAKEN:
        kind = Conflict
    elif code in _MISSING:
        kind = NotFound
    until = retry_at(answer.headers) if answer.status == 429 else ""
    return kind("Zoom", method, path, answer.status, code, message, answer.headers.get("x-zm-trackingid", ""), until)


def _words(data: Any) -> str:
    """What a body without an object says; a page says nothing for people."""
    return data.strip()[:200] if isinstance(data, str) and "<" not in data else ""


def _fields(data: Any) -> str:
    rows = data.get("errors") if isinstance(data, dict) else None
    named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return " (" + "; ".join(f"{row.get('field')}: {row.get('message')}" for row in named) + ")" if named else ""
