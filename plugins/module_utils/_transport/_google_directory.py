# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Google's Directory API: users, groups, members and org units. Names and limits: discovery document, revision 20261104."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from ._google_credentials import GoogleConnection, google_authorizer
from ._google_forms import GROUP, GROUP_SETTINGS, HAS_MEMBER, MEMBER, MEMBER_ROW, ORG_UNIT, SETTINGS_PATH, USER, listing
from ._google_wire import GoogleWire, is_rate_limit
from ._http import Http, HttpOptions
from ._pacing import steady
from ._shapes import Aside, OddRow, PageCount, Shape, settle, unknown_form, usable

USERS_READ = "admin.directory.user.readonly"
GROUPS_READ, GROUPS_WRITE = "admin.directory.group.readonly", "admin.directory.group"
MEMBERS_READ, MEMBERS_WRITE = "admin.directory.group.member.readonly", "admin.directory.group.member"
ORG_UNITS_READ = "admin.directory.orgunit.readonly"
GROUP_SETTINGS_SCOPE = "apps.groups.settings"  # there is none for reading alone
_READ_FOR = {GROUPS_WRITE: GROUPS_READ, MEMBERS_WRITE: MEMBERS_READ}
_BASE = "/admin/directory/v1"
USERS_PAGE, MEMBERS_PAGE = 500, 200  # the API's maxima
# A row that moves from one page to the next while they are read is in neither, and so again in each list of the same pages. Of pages
# of these sizes nearly all ends lie elsewhere: with 200 and 149 rows, only one in 29,800 is at an end of both.
OTHER_USERS_PAGE, OTHER_MEMBERS_PAGE = 349, 149
# Together below 2,400 queries a minute, user and project: what a company of thousands takes is read at once.
_PER_SECOND, _AT_ONCE = 36.0, 150
_MEMBER_FIELDS = "id,email,role,type,status"
T = TypeVar("T")
_GROUP_FIELDS = "id,email,name,description,aliases"


class Directory:
    """One customer's directory. Reads return dictionaries as the API has them, or what the caller makes of each.

    Lists are whole or an error.
    """

    def __init__(self, http: Http, settings_http: Http, customer: str, subject: str | None = None) -> None:
        self._wire = GoogleWire(http, steady(_PER_SECOND, _AT_ONCE), _BASE, subject)
        self._settings = GoogleWire(settings_http, steady(_PER_SECOND), subject=subject)
        self.customer = customer
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

    def own_customer(self) -> str:
        """The id behind `my_customer`, as any user shows it; '' where there is none."""
        query = {"customer": self.customer, "maxResults": 1, "fields": "kind,users(id,primaryEmail,customerId)"}
        data = self._get(f"{_BASE}/users", query, listing("users"))
        return next((row["customerId"] for row in usable(data.get("users") or [], USER, "users", []) if row.get("customerId")), "")

    def deleted_users(self, shape: Callable[[dict[str, Any]], T], aside: Aside | None = None, *, page: int = USERS_PAGE) -> list[T]:
        """Users deleted in the last 20 days: id, primaryEmail, deletionTime."""
        return self._users(("id", "primaryEmail", "deletionTime"), shape, "deleted users", aside, page, showDeleted="true")

    def _users(
        self, fields: Iterable[str], shape: Callable[[dict[str, Any]], T], what: str, aside: Aside | None, page: int, **query: str
    ) -> list[T]:
        mask = f"kind,nextPageToken,users({','.join(sorted(set(fields)))})"
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
        query = {"maxResults": page, "fields": f"kind,nextPageToken,members({_MEMBER_FIELDS})"}
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
        query = {"type": "allIncludingParent", "orgUnitPath": "/", "fields": "kind,organizationUnits(orgUnitPath)"}
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

    def group_settings(self, group: str) -> dict[str, Any]:
        """Who may join, post and see whom, as the Groups Settings API names it; booleans are the texts true and false."""
        return self._settings.checked("GET", f"{SETTINGS_PATH}/{_segment(group)}", GROUP_SETTINGS, query={"alt": "json"})

    def patch_group_settings(self, group: str, body: Mapping[str, Any]) -> dict[str, Any]:
        path = f"{SETTINGS_PATH}/{_segment(group)}"
        return self._settings.checked("PATCH", path, GROUP_SETTINGS, query={"alt": "json"}, body=body)

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
        settle("Google", path, odd, aside, len(found))
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
        return self._wire.checked("GET", path, form, query=query)

    def _write(self, method: str, path: str, body: Mapping[str, Any] | None = None, form: Shape | None = None) -> dict[str, Any]:
        """OutcomeUnknown when the answer has an unknown form."""
        return self._wire.checked(method, path, form, body=body)


def open_directory(
    connection: GoogleConnection, options: HttpOptions, scopes: Sequence[str], on_secret: Callable[[str], None]
) -> Directory:
    """A client that asks for just these scopes, as one too many fails the whole token request. A read-only one asks to read only."""
    asked = [_READ_FOR.get(scope, scope) if options.read_only else scope for scope in scopes]
    authorize = google_authorizer(connection, options, asked, on_secret)
    directory, settings = (
        Http("Google", url, options, authorize, is_rate_limit) for url in (connection.api_url, connection.groups_settings_url)
    )
    return Directory(directory, settings, connection.customer, connection.subject)


def _segment(key: str) -> str:
    return quote(key, safe="")
