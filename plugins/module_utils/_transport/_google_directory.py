# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's Directory API: users, groups, members and org units. Names and limits: discovery document, revision 20261104."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from ._errors import ApiError, Conflict, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized, UnexpectedAnswer
from ._google_credentials import GoogleConnection, google_authorizer
from ._http import Answer, Http, HttpOptions
from ._pacing import Pacer

USERS_READ = "admin.directory.user.readonly"
GROUPS_READ, GROUPS_WRITE = "admin.directory.group.readonly", "admin.directory.group"
MEMBERS_READ, MEMBERS_WRITE = "admin.directory.group.member.readonly", "admin.directory.group.member"
ORG_UNITS_READ = "admin.directory.orgunit.readonly"
_BASE = "/admin/directory/v1"
USERS_PAGE, MEMBERS_PAGE = 500, 200  # the API's maxima
# A row that moves from one page to the next while they are read is in neither, and so again in each list of the same pages. Of pages
# of these sizes nearly all ends lie elsewhere: with 200 and 149 rows, only one in 29,800 is at an end of both.
OTHER_USERS_PAGE, OTHER_MEMBERS_PAGE = 349, 149
_PER_SECOND = 38.0  # below 2,400 queries a minute, user and project
_RATE_REASONS = frozenset({"userRateLimitExceeded", "quotaExceeded", "rateLimitExceeded"})
_MEMBER_FIELDS = "id,email,role,type,status"
T = TypeVar("T")
_GROUP_FIELDS = "id,email,name,description,aliases"


class Directory:
    """One customer's directory. Reads return dictionaries as the API has them, or what the caller makes of each.

    Lists are whole or an error.
    """

    def __init__(self, http: Http, customer: str) -> None:
        self._http, self.customer = http, customer
        self._pacer = Pacer(_PER_SECOND)
        self._split = set[str]()  # paths of lists that took more than one page
        self.each = http.each

    def users(
        self, fields: Iterable[str], shape: Callable[[dict[str, Any]], T], *, custom_schemas: bool = False, page: int = USERS_PAGE
    ) -> list[T]:
        """Every user but the deleted, each as `shape` makes it of its row at once; `fields` of User (users.list)."""
        return self._users(fields, shape, page, projection="full" if custom_schemas else "basic")

    def deleted_users(self, shape: Callable[[dict[str, Any]], T], *, page: int = USERS_PAGE) -> list[T]:
        """Users deleted in the last 20 days: id, primaryEmail, deletionTime."""
        return self._users(("id", "primaryEmail", "deletionTime"), shape, page, showDeleted="true")

    def _users(self, fields: Iterable[str], shape: Callable[[dict[str, Any]], T], page: int, **query: str) -> list[T]:
        mask = f"nextPageToken,users({','.join(sorted(set(fields)))})"
        rows = self._pages(f"{_BASE}/users", "users", {"customer": self.customer, "maxResults": page, "fields": mask, **query})
        return list({row["id"]: shape(row) for row in rows}.values())

    def user(self, key: str, fields: Iterable[str], *, custom_schemas: bool = False) -> dict[str, Any]:
        """One user by address, alias or id; NotFound."""
        query = {"fields": ",".join(sorted(set(fields))), "projection": "full" if custom_schemas else "basic"}
        return self._get(f"{_BASE}/users/{_segment(key)}", query)

    def group(self, key: str) -> dict[str, Any]:
        return self._get(f"{_BASE}/groups/{_segment(key)}", {"fields": _GROUP_FIELDS})

    def members(self, group: str, *, page: int = MEMBERS_PAGE) -> list[dict[str, Any]]:
        """Direct members: id, email, role, type, status."""
        query = {"maxResults": page, "fields": f"nextPageToken,members({_MEMBER_FIELDS})"}
        rows = self._pages(f"{_BASE}/groups/{_segment(group)}/members", "members", query)
        return list({row.get("id") or row["email"]: row for row in rows}.values())

    def is_split(self, group: str) -> bool:
        """Whether its list took more than one page, so that a row may have moved from one to the next and be in neither."""
        return f"{_BASE}/groups/{_segment(group)}/members" in self._split

    def member(self, group: str, key: str) -> dict[str, Any]:
        return self._get(f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}", {})

    def has_member(self, group: str, key: str) -> bool:
        """Direct or nested; only for users of the group's own domain."""
        answer = self._get(f"{_BASE}/groups/{_segment(group)}/hasMember/{_segment(key)}", {})
        return bool(answer.get("isMember"))

    def org_units(self) -> list[str]:
        """Paths of all org units, the root among them."""
        query = {"type": "allIncludingParent", "orgUnitPath": "/", "fields": "organizationUnits(orgUnitPath)"}
        data = self._get(f"{_BASE}/customer/{_segment(self.customer)}/orgunits", query)
        return sorted({"/", *(unit["orgUnitPath"] for unit in data.get("organizationUnits") or [])})

    def insert_group(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._write("POST", f"{_BASE}/groups", body)

    def patch_group(self, key: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._write("PATCH", f"{_BASE}/groups/{_segment(key)}", body)

    def delete_group(self, key: str) -> None:
        self._write("DELETE", f"{_BASE}/groups/{_segment(key)}")

    def insert_member(self, group: str, email: str, role: str) -> dict[str, Any]:
        """`email`: of a user, a group or somebody outside; or a customer's id, which stands for everybody."""
        name = "email" if "@" in email else "id"
        return self._write("POST", f"{_BASE}/groups/{_segment(group)}/members", {name: email, "role": role})

    def patch_member(self, group: str, key: str, role: str) -> dict[str, Any]:
        return self._write("PATCH", f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}", {"role": role})

    def delete_member(self, group: str, key: str) -> None:
        self._write("DELETE", f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}")

    def _pages(self, path: str, key: str, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        token, seen = "", set()
        while True:
            data = self._get(path, {**query, "pageToken": token} if token else query)
            yield from data.get(key) or []
            token = data.get("nextPageToken") or ""
            if not token:
                return
            self._split.add(path)
            if token in seen:
                raise UnexpectedAnswer(f"Google gives the same page of {path} again and again; nothing was read.")
            seen.add(token)

    def _get(self, path: str, query: Mapping[str, Any]) -> dict[str, Any]:
        return self._checked("GET", path, query=query)

    def _write(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return self._checked(method, path, body=body)

    def _checked(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        query = {**(request.pop("query", None) or {}), "prettyPrint": "false"}
        answer = self._http.send(method, path, query=query, pacer=self._pacer, **request)
        if not answer.ok:
            raise google_error(answer, method, path)
        if answer.data is None and method != "GET":
            return {}
        if not isinstance(answer.data, dict):
            raise UnexpectedAnswer(f"Google answered {method} {path} with something that is no JSON object; check api_url.")
        return answer.data


def open_directory(
    connection: GoogleConnection, options: HttpOptions, scopes: Sequence[str], on_secret: Callable[[str], None]
) -> Directory:
    """A client that asks for just these scopes: one scope too many fails the whole token request."""
    authorize = google_authorizer(connection, options, scopes, on_secret)
    return Directory(Http("Google", connection.api_url, options, authorize, _is_rate_limit), connection.customer)


def _segment(key: str) -> str:
    return quote(key, safe="")


def _reason(answer: Answer) -> tuple[str, str]:
    """The reason and the message of Google's error envelope, which some paths fill only in part."""
    error = answer.data.get("error") if isinstance(answer.data, dict) else None
    if isinstance(error, dict):
        first: dict[str, str] = next(iter(error.get("errors") or []), {})
        return first.get("reason") or error.get("status") or "", error.get("message") or first.get("message") or ""
    return "", (answer.data if isinstance(answer.data, str) else str(error or "")).strip()[:200]


def _is_rate_limit(answer: Answer) -> bool:
    if answer.status == 429:
        return True
    reason, message = _reason(answer) if answer.status == 403 else ("", "")
    return reason in _RATE_REASONS or message.startswith("Request rate higher than configured")


def google_error(answer: Answer, method: str, path: str) -> ApiError:
    """The typed refusal for an answer that is not 2xx."""
    reason, message = _reason(answer)
    kind: type[ApiError] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict, 412: Conflict, 429: RateLimited}.get(
        answer.status, ApiError
    )
    if reason == "insufficientPermissions":
        kind = ScopeMissing
    elif answer.status == 403 and _is_rate_limit(answer):
        kind = RateLimited
    return kind("Google", method, path.removeprefix(_BASE), answer.status, reason, message)
