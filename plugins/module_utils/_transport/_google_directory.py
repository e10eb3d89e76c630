# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's Directory API: users, groups, members and org units. Names and limits: discovery document, revision 20261104."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from ._errors import ApiError, Conflict, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized
from ._google_credentials import GoogleConnection, google_authorizer
from ._google_forms import GROUP, HAS_MEMBER, MEMBER, MEMBER_ROW, ORG_UNIT, USER, listing
from ._http import Answer, Http, HttpOptions
from ._pacing import Pacer
from ._shapes import Aside, OddRow, PageCount, Shape, checked, is_text, settle, unknown_form, usable

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
# Statuses that callers take as an answer of their own, such as "there is no such member": a gateway's page says nothing of it.
_ANSWERS = frozenset({404, 409, 412})
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
        self,
        fields: Iterable[str],
        shape: Callable[[dict[str, Any]], T],
        aside: Aside | None = None,
        *,
        custom_schemas: bool = False,
        page: int = USERS_PAGE,
    ) -> list[T]:
        """Every user but the deleted, each as `shape` makes it of its row at once; `fields` of User (users.list)."""
        return self._users(fields, shape, "users", aside, page, projection="full" if custom_schemas else "basic")

    def deleted_users(self, shape: Callable[[dict[str, Any]], T], aside: Aside | None = None, *, page: int = USERS_PAGE) -> list[T]:
        """Users deleted in the last 20 days: id, primaryEmail, deletionTime."""
        return self._users(("id", "primaryEmail", "deletionTime"), shape, "deleted users", aside, page, showDeleted="true")

    def _users(
        self, fields: Iterable[str], shape: Callable[[dict[str, Any]], T], what: str, aside: Aside | None, page: int, **query: str
    ) -> list[T]:
        mask = f"nextPageToken,users({','.join(sorted(set(fields)))})"
        asked = {"customer": self.customer, "maxResults": page, "fields": mask, **query}
        return self._whole(f"{_BASE}/users", "users", asked, what, USER, lambda row: row["id"], shape, aside)

    def user(self, key: str, fields: Iterable[str], *, custom_schemas: bool = False) -> dict[str, Any]:
        """One user by address, alias or id; NotFound."""
        query = {"fields": ",".join(sorted(set(fields))), "projection": "full" if custom_schemas else "basic"}
        return self._get(f"{_BASE}/users/{_segment(key)}", query, USER)

    def group(self, key: str) -> dict[str, Any]:
        return self._get(f"{_BASE}/groups/{_segment(key)}", {"fields": _GROUP_FIELDS}, GROUP)

    def members(self, group: str, aside: Aside | None = None, *, page: int = MEMBERS_PAGE) -> list[dict[str, Any]]:
        """Direct members: id, email, role, type, status."""
        query = {"maxResults": page, "fields": f"nextPageToken,members({_MEMBER_FIELDS})"}
        path, what = f"{_BASE}/groups/{_segment(group)}/members", f"members of {group}"
        return self._whole(path, "members", query, what, MEMBER_ROW, lambda row: row.get("id") or row["email"], dict, aside)

    def is_split(self, group: str) -> bool:
        """Whether its list took more than one page, so that a row may have moved from one to the next and be in neither."""
        return f"{_BASE}/groups/{_segment(group)}/members" in self._split

    def member(self, group: str, key: str) -> dict[str, Any]:
        return self._get(f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}", {}, MEMBER)

    def has_member(self, group: str, key: str) -> bool:
        """Direct or nested; only for users of the group's own domain."""
        answer = self._get(f"{_BASE}/groups/{_segment(group)}/hasMember/{_segment(key)}", {}, HAS_MEMBER)
        return bool(answer["isMember"])

    def org_units(self) -> list[str]:
        """Paths of all org units, the root among them. One without a path can't be named by anybody, and is left out."""
        query = {"type": "allIncludingParent", "orgUnitPath": "/", "fields": "organizationUnits(orgUnitPath)"}
        data = self._get(f"{_BASE}/customer/{_segment(self.customer)}/orgunits", query, listing("organizationUnits"))
        units = usable(data.get("organizationUnits") or [], ORG_UNIT, "org units", [])
        return sorted({"/", *(unit["orgUnitPath"] for unit in units)})

    def insert_group(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._write("POST", f"{_BASE}/groups", body, GROUP)

    def patch_group(self, key: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._write("PATCH", f"{_BASE}/groups/{_segment(key)}", body, GROUP)

    def delete_group(self, key: str) -> None:
        self._write("DELETE", f"{_BASE}/groups/{_segment(key)}")

    def insert_member(self, group: str, email: str, role: str) -> dict[str, Any]:
        """`email`: of a user, a group or somebody outside; or a customer's id, which stands for everybody."""
        name = "email" if "@" in email else "id"
        return self._write("POST", f"{_BASE}/groups/{_segment(group)}/members", {name: email, "role": role}, MEMBER)

    def patch_member(self, group: str, key: str, role: str) -> dict[str, Any]:
        return self._write("PATCH", f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}", {"role": role}, MEMBER)

    def delete_member(self, group: str, key: str) -> None:
        self._write("DELETE", f"{_BASE}/groups/{_segment(group)}/members/{_segment(key)}")

    def _whole(
        self,
        path: str,
        key: str,
        query: Mapping[str, Any],
        what: str,
        form: Shape,
        identity: Callable[[dict[str, Any]], str],
        shape: Callable[[dict[str, Any]], T],
        aside: Aside | None,
    ) -> list[T]:
        found, odd = dict[str, T](), list[OddRow]()
        for rows in self._pages(path, key, query, lambda: len(found)):
            found.update((identity(row), shape(row)) for row in usable(rows, form, f"Google's {what}", odd))
        settle("Google", path, odd, aside)
        return list(found.values())

    def _pages(self, path: str, key: str, query: Mapping[str, Any], held: Callable[[], int]) -> Iterator[list[Any]]:
        """The rows of each page. `held`: different rows so far."""
        token, seen, count, form = "", set[str](), PageCount("Google", path), listing(key)
        while True:
            data = self._get(path, {**query, "pageToken": token} if token else query, form)
            yield data.get(key) or []
            token = data.get("nextPageToken") or ""
            if not token:
                return
            self._split.add(path)
            if token in seen:
                raise unknown_form("Google", "GET", path, "the same page again and again")
            seen.add(token)
            count.check(held())

    def _get(self, path: str, query: Mapping[str, Any], form: Shape) -> dict[str, Any]:
        return self._checked("GET", path, form, query=query)

    def _write(self, method: str, path: str, body: Mapping[str, Any] | None = None, form: Shape | None = None) -> dict[str, Any]:
        """OutcomeUnknown when the answer has an unknown form."""
        return self._checked(method, path, form, body=body)

    def _checked(self, method: str, path: str, form: Shape | None, **request: Any) -> dict[str, Any]:
        query = {**(request.pop("query", None) or {}), "prettyPrint": "false"}
        answer = self._http.send(method, path, query=query, pacer=self._pacer, **request)
        if not answer.ok:
            if answer.status in _ANSWERS and not (isinstance(answer.data, dict) and isinstance(answer.data.get("error"), dict)):
                raise unknown_form("Google", method, path, f"HTTP {answer.status} without a word of Google's; check api_url")
            raise google_error(answer, method, path)
        if not answer.is_json:
            raise unknown_form("Google", method, path, "no JSON; check api_url")
        return checked("Google", method, path, answer.data, form) or {}


def open_directory(
    connection: GoogleConnection, options: HttpOptions, scopes: Sequence[str], on_secret: Callable[[str], None]
) -> Directory:
    """A client that asks for just these scopes: one scope too many fails the whole token request."""
    authorize = google_authorizer(connection, options, scopes, on_secret)
    return Directory(Http("Google", connection.api_url, options, authorize, _is_rate_limit), connection.customer)


def _segment(key: str) -> str:
    return quote(key, safe="")


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
