# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request that the clients can send, found by calling their methods; and every way in which an answer may be odd."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport import _google_forms, _zoom_forms
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_directory import Directory
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._google_reports import Reports
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._shapes import Shape
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_rest import ZoomRest
from ansible_collections.workspace_zoom.provisioning.plugins.module_utils._transport._zoom_scim import ZoomScim

DUMMY = "dummy"
TOKENS = {"POST /oauth/token", "POST /token"}
KEYS = ("users", "groups", "members", "Resources", "domains", "organizationUnits", "items")
SENDS_NOTHING = ("each", "is_split")
NEXT = {"next_page_token": "next_page_token", "nextPageToken": "nextPageToken"}


class Sent(Exception):
    """Ends a method at its first request."""


class Recorder:
    """Stands in the place of an Http, and of Zoom's `send`."""

    each = None

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def send(self, method: str, path: str, *_arguments: Any, **_options: Any) -> Any:
        self.seen.add(f"{method} {unquote(path).replace(DUMMY, '*')}")
        raise Sent

    __call__ = send


def endpoints() -> set[str]:
    """`METHOD /path/*` of every request that a public method of the clients sends, and of both token endpoints."""
    recorder = Recorder()
    clients = (ZoomRest(recorder), ZoomScim(recorder), Directory(recorder, recorder, DUMMY), Reports(recorder, DUMMY))  # type: ignore[arg-type]
    for client in clients:
        for name, method in inspect.getmembers(client, inspect.ismethod):
            if not name.startswith("_") and name not in SENDS_NOTHING:
                before = len(recorder.seen)
                try:
                    method(*arguments_of(method))
                except Sent:
                    continue
                raise AssertionError(f"{name} sent nothing ({before})")
    return recorder.seen | TOKENS


def arguments_of(method: Any) -> list[Any]:
    known: dict[str, Any] = {"shape": dict, "fields": ["id"], "body": {}, "transfer": {}, "active": True, "user_ids": [DUMMY]}
    required = [one.name for one in inspect.signature(method).parameters.values() if one.default is one.empty]
    return [known.get(name, DUMMY) for name in required]


def endpoint_of(entry: Mapping[str, Any], known: set[str]) -> str:
    """Which of them a request in the ledger is; of two that fit, the one with fewer stars."""
    request = f"{entry['method']} {entry['path']}"
    fitting = [name for name in known if re.fullmatch(re.escape(name).replace(r"\*", "[^/]+"), request)]
    return min(fitting, key=lambda name: name.count("*"), default=request)


@dataclass(frozen=True)
class Odd:
    """One malformed answer. `text`: the body as it is sent; `what`: for reports."""

    what: str
    text: str
    status: int = 200
    content_type: str = "application/json"
    retry_after: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.content_type, **({"Retry-After": self.retry_after} if self.retry_after else {})}


WHOLE = (
    Odd("NaN", '{"total_records": NaN, "users": []}'),
    Odd("infinite", '{"total_records": 1e999, "users": []}'),
    Odd("deep", "[" * 100_000),
    Odd("deep enough", '{"a":' * 300 + "1" + "}" * 300),
    Odd("a long number", '{"total_records": ' + "9" * 5000 + "}"),
    Odd("empty", ""),
    Odd("HTML", "<html><body>Sign in</body></html>", content_type="text/html"),
    Odd("an empty object", "{}"),
    Odd("an empty list", "[]"),
    Odd("a text", '"text"'),
    Odd("null", "null"),
)
REFUSALS = (
    Odd("errors as text", '{"code": 300, "message": "No.", "errors": "text"}', 400),
    Odd("errors as number", '{"code": [], "message": {}, "errors": 5, "schemas": 7}', 400),
    Odd("error as list", '{"error": [1, "x"]}', 400),
    Odd("error of odd rows", '{"error": {"errors": "text", "message": [], "status": 5, "code": "x"}}', 403),
    Odd("a page", "<html>Forbidden</html>", 403, "text/html"),
    Odd("a page that is not there", "<html>Not Found</html>", 404, "text/html"),
    Odd("a gateway without a route", '{"message": "no Route matched with those values"}', 404),
    Odd("a limit until a moment that is none", '{"code": 429, "message": "Wait."}', 429, retry_after="1798761600000"),
    Odd("a refusal in a success", '{"code": {"a": 1}, "message": [2]}'),
)
WRONG: tuple[Any, ...] = (["x"], {"a": "x"}, 7, True, "text", "")


def whole(answer: Any) -> Iterator[Odd]:
    """What can go wrong with an answer as a whole."""
    yield from WHOLE
    yield from REFUSALS
    key = next((name for name in KEYS if isinstance(answer, dict) and name in answer), "")
    if key:
        for name in ("next_page_token", "nextPageToken"):
            yield Odd(f"{name} without end", json.dumps({**answer, name: "page <hit>"}))
        yield Odd("rows without end", json.dumps({**answer, "totalResults": 10**9, "total_records": 10**9}))
        yield Odd("one row for ever", json.dumps({**answer, key: [{"x": 1}], "next_page_token": "p<hit>", "nextPageToken": "p<hit>"}))
        for value in ("text", {"a": 1}, 5, [None], ["x"], [[]], [{}]):
            yield Odd(f"{key} is {value!r}", json.dumps({**answer, key: value}))


def _read_fields() -> set[str]:
    """Every field that the clients read, by the shapes that they hold answers against; rows and tokens of pages among them."""
    shapes = [one for module in (_zoom_forms, _google_forms) for one in vars(module).values() if isinstance(one, Shape)]
    nested = {"givenName", "familyName", "department", "employeeNumber", "created", "hosts", "usage", "expires_in", "access_token", "scope"}
    return {name for shape in shapes for name in shape.kinds} | nested | {*KEYS, "nextPageToken", "plan_base"}


READ = _read_fields()


def fields(answer: Any, *, every: bool) -> Iterator[Odd]:
    """Each field that is read of the answer, and of the first row of its list, left out and of a wrong type.

    `every`: each field, read or not, and each wrong type.
    """
    if not isinstance(answer, dict):
        return
    for path in [(name,) for name in answer] + list(_inside(answer)):
        if not every and path[-1] not in READ:
            continue
        gone = copy.deepcopy(answer)
        del _at(gone, path[:-1])[path[-1]]
        called = ".".join(map(str, path))
        yield Odd(f"no {called}", json.dumps(gone))
        is_now = _at(answer, path[:-1])[path[-1]]
        wrong = [value for value in WRONG if type(value) is not type(is_now) or value == ""]
        # one of them, and always the same: the next field has another
        chosen = [None, *(wrong if every else [wrong[sum(called.encode()) % len(wrong)]])]
        for value in chosen:
            odd = copy.deepcopy(answer)
            _at(odd, path[:-1])[path[-1]] = value
            yield Odd(f"{called} is {value!r}", json.dumps(odd))


def _inside(answer: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Paths beneath the top: of the first row of a list, and of an object within."""
    for name, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for field, inner in value[0].items():
                yield (name, 0, field)
                if isinstance(inner, dict):
                    yield from ((name, 0, field, deeper) for deeper in inner)
        elif isinstance(value, dict):
            yield from ((name, field) for field in value)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value
