# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of faults: what each makes of an answer, and which requests it can befall."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

Shape = Callable[[str], dict[str, Any]]  # of a request's path -> keys of a fault of the sandbox
HTML = "<html><head><title>Sign in</title></head><body>Sign in to go on</body></html>"
ELSEWHERE = "/v2/elsewhere"
TIMEOUT = 0.4  # seconds that the client waits where an answer is late


@dataclass(frozen=True)
class Kind:
    """`group`: its row of the table for people. `of`: reads, lists, pages (lists of several), writes, tokens.

    `applied`: a write is carried out all the same. `switches`: of the sandbox, beside the fault.
    """

    name: str
    group: str
    of: frozenset[str]
    shape: Shape
    applied: bool = False
    timeout: float = 60
    switches: Mapping[str, Any] = field(default_factory=dict)

    @property
    def renews(self) -> bool:
        """Whether a credential is needed that can fetch another token."""
        return self.name.startswith("401")


ANY, LISTS, PAGES, WRITES = frozenset({"reads", "writes", "tokens"}), frozenset({"lists"}), frozenset({"pages"}), frozenset({"writes"})
READS = frozenset({"reads", "tokens"})


def refusal(path: str, status: int, words: str, reason: str = "") -> dict[str, Any]:
    """A status with a body as the API of that path writes it."""
    if path.startswith(("/admin", "/groups")):
        error: Any = {"error": {"code": status, "message": words, "errors": [{"message": words, "reason": reason or "backendError"}]}}
    elif path in ("/token", "/oauth/token"):
        error = {"error": reason or "temporarily_unavailable", "error_description": words, "reason": words}
    elif path.startswith("/scim2"):
        error = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": words, "status": status}
    else:
        error = {"code": {404: 1001, 401: 124, 403: 200}.get(status, status), "message": words}
    return {"status": status, "body": error}


def _refused(status: int, words: str, reason: str = "", **more: Any) -> Shape:
    return lambda path: {**refusal(path, status, words, reason), **more}


def _limited(retry_after: str | None, **headers: str) -> Shape:
    given = {**headers, **({} if retry_after is None else {"Retry-After": retry_after})}
    return _refused(429, "Too many requests.", "rateLimitExceeded", headers=given)


def _now(**ahead: float) -> datetime:
    return datetime.now(timezone.utc) + timedelta(**ahead)


def _answered(text: str, content_type: str = "application/json", **more: Any) -> Shape:
    return lambda _path: {"status": 200, "body": text, "headers": {"Content-Type": content_type}, **more}


def _missing(path: str) -> dict[str, Any]:
    words = (
        "Resource Not Found: memberKey" if "/members/" in path else "Resource Not Found: groupKey" if "/admin" in path else "does not exist"
    )
    return refusal(path, 404, words, "notFound")


def _redirect(**more: Any) -> Shape:
    return lambda _path: {"status": 302, "body": "", "headers": {"Location": ELSEWHERE}, **more}


def _expired(path: str) -> dict[str, Any]:
    google = path.startswith("/admin")
    return refusal(path, 400, "Invalid Input: pageToken" if google else "The next page token is invalid or expired.", "invalid")


def _daily(path: str) -> dict[str, Any]:
    if path.startswith(("/admin", "/groups")):
        return refusal(path, 403, "Daily Limit Exceeded", "dailyLimitExceeded")
    until = f"{_now(hours=9):%Y-%m-%dT00:00:00Z}"
    return {
        **refusal(path, 429, "You have reached the maximum daily rate limit."),
        "headers": {"X-RateLimit-Type": "Daily-limit", "Retry-After": until},
    }


def _endless(path: str) -> dict[str, Any]:
    """Needs an answer to begin with; see `endless`."""
    raise AssertionError(path)


def endless(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The same rows on page after page, each of which names a further one."""
    tokens = {"nextPageToken": "page <hit>", "next_page_token": "page <hit>"}
    totals = {name: 10**6 for name in ("totalResults", "total_records") if name in answer}
    return _answered(json.dumps({**answer, **tokens, **totals}))("")


def _edit(name: str) -> Shape:
    return lambda _path: {"edit": name}


LIMIT, ABSURD, DOWN, LOST, FORM, AUTH, TORN = (
    "429, with each form of Retry-After", "429, with a Retry-After that makes no sense", "500, 502, 503", "no answer",
    "an answer in another form", "401", "a list that is torn",
)  # fmt: skip
UNSEEN = "a write that is made, and whose answer is lost or says otherwise"
KINDS = [
    Kind("429 without Retry-After", LIMIT, ANY, _limited(None)),
    Kind("429 until a number of seconds", LIMIT, ANY, _limited("1")),
    Kind("429 until an HTTP date", LIMIT, ANY, _limited(format_datetime(_now(seconds=2), usegmt=True))),
    Kind("429 until an ISO date-time", LIMIT, ANY, _limited(_now(seconds=2).isoformat(timespec="seconds").replace("+00:00", "Z"))),
    Kind("429 for an hour", LIMIT, ANY, _limited("3600")),
    Kind("429 until a time long ago", ABSURD, ANY, _limited("Thu, 01 Jan 1970 00:00:00 GMT")),
    Kind("429 until the year 9999", ABSURD, ANY, _limited("9999-12-31T23:59:59Z")),
    Kind("429 for less than nothing", ABSURD, ANY, _limited("-5")),
    Kind("429 for words", ABSURD, ANY, _limited("soon")),
    Kind("429 for a number without end", ABSURD, ANY, _limited("9" * 400)),
    Kind("daily limit", "daily limit", ANY, _daily),
    Kind("500", DOWN, ANY, _refused(500, "Internal error")),
    Kind("502", DOWN, ANY, _answered(HTML, "text/html", status=502)),
    Kind("503", DOWN, ANY, _refused(503, "Service unavailable")),
    Kind("503 for an hour", DOWN, ANY, _refused(503, "Service unavailable", headers={"Retry-After": "3600"})),
    Kind("answer too late", LOST, READS, lambda _path: {"delay": TIMEOUT * 1.5}, timeout=TIMEOUT),
    Kind("connection lost before", LOST, ANY, lambda _path: {"drop": "before"}),
    Kind("connection lost after the write", UNSEEN, WRITES, lambda _path: {"drop": "after"}, applied=True),
    Kind("answer too late, write made", UNSEEN, WRITES, lambda _path: {"delay": TIMEOUT * 1.5, "handled": True}, True, TIMEOUT),
    Kind("500 after the write", UNSEEN, WRITES, _refused(500, "Internal error", handled=True), applied=True),
    Kind("401 after the write", UNSEEN, WRITES, _refused(401, "Invalid access token.", "authError", handled=True), applied=True),
    Kind("redirect after the write", UNSEEN, WRITES, _redirect(handled=True), applied=True),
    Kind("HTML after the write", UNSEEN, WRITES, _answered(HTML, "text/html", handled=True), applied=True),
    Kind("empty after the write", UNSEEN, WRITES, _answered("", handled=True), applied=True),
    Kind("{} after the write", UNSEEN, WRITES, _answered("{}", handled=True), applied=True),
    Kind("[] after the write", UNSEEN, WRITES, _answered("[]", handled=True), applied=True),
    Kind(
        "connection lost after the write, and reads that lag", UNSEEN, WRITES, lambda _path: {"drop": "after"}, applied=True,
        switches={"read_after_write_ms": 40, "google_visible_after_ms": 40},
    ),
    Kind("truncated", FORM, ANY, _edit("cut"), applied=True),
    Kind("NaN", FORM, ANY, _edit("nan"), applied=True),
    Kind("nested deeply", FORM, ANY, _edit("deep"), applied=True),
    Kind("other types", FORM, ANY, _edit("types"), applied=True),
    Kind("other types in rows", FORM, LISTS, _edit("row_types")),
    Kind("HTML", FORM, ANY, _answered(HTML, "text/html")),
    Kind("empty", FORM, READS, _answered("")),
    Kind("{}", FORM, READS, _answered("{}")),
    Kind("[]", FORM, READS, _answered("[]")),
    Kind("401", AUTH, ANY, _refused(401, "Invalid access token.", "authError")),
    Kind("403", "403", ANY, _refused(403, "Not Authorized to access this resource/api", "forbidden")),
    Kind("404", "404", ANY, _missing),
    Kind("404 of a gateway", "404", ANY, _answered(HTML, "text/html", status=404)),
    Kind("redirect", "redirect", ANY, _redirect()),
    Kind("page token expired", TORN, PAGES, _expired),
    Kind("page token that is none", TORN, LISTS, _edit("endless")),
    Kind("page token without end", TORN, LISTS, _endless),
    Kind("rows repeated", TORN, LISTS, _edit("repeat_rows")),
    Kind("rows skipped", TORN, LISTS, _edit("skip_row")),
    Kind("no rows", TORN, LISTS, _edit("no_rows")),
    Kind("no further page", TORN, PAGES, _edit("last_page")),
]  # fmt: skip
