# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's REST API v2: users, groups, seats. Categories and limits: Zoom's Users and Accounts OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ._errors import NotFound, UnexpectedAnswer
from ._zoom_wire import Send, is_own_limit, segment

_PAGE = 300  # the paging guide's maximum; the OpenAPI's 2,000 is in dispute
STATUSES = ("active", "inactive", "pending")
Row = dict[str, Any]
T = TypeVar("T")


class ZoomRest:
    """Lists are whole or an error; writes return the parsed answer, None for 204."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def users(self, status: str, shape: Callable[[Row], T]) -> list[T]:
        """All users of one status, each as `shape` makes it of its row at once: the rows of a large company do not fit in memory."""
        return self._whole(
            "/v2/users", "users", {"status": status}, f"{status} users", lambda row: row.get("id") or row["email"].lower(), shape
        )

    def user(self, key: str) -> dict[str, Any]:
        return dict(self._send("GET", f"/v2/users/{segment(key)}", "LIGHT"))

    def find_user(self, key: str) -> dict[str, Any] | None:
        try:
            return self.user(key)
        except NotFound:
            return None

    def update_user(self, key: str, body: Mapping[str, Any]) -> None:
        self._send("PATCH", f"/v2/users/{segment(key)}", "LIGHT", body=body)

    def change_email(self, key: str, email: str) -> None:
        """Three times in 24 hours; the fourth time is RateLimited, at once."""
        self._send("PUT", f"/v2/users/{segment(key)}/email", "LIGHT", body={"email": email}, stands=is_own_limit)

    def delete_user(self, key: str, action: str, transfer: Mapping[str, str]) -> None:
        """`transfer`: transfer_email and what goes there, such as transfer_meeting; the data is gone otherwise."""
        self._send("DELETE", f"/v2/users/{segment(key)}", "LIGHT", query={"action": action, **transfer})

    def revoke_token(self, key: str) -> None:
        """The single sign-on login ends at once."""
        self._send("DELETE", f"/v2/users/{segment(key)}/token", "LIGHT")

    def groups(self) -> list[dict[str, Any]]:
        return self._whole("/v2/groups", "groups", {}, "groups", lambda row: row["id"], dict)

    def create_group(self, name: str) -> dict[str, Any]:
        return dict(self._send("POST", "/v2/groups", "LIGHT", body={"name": name}))

    def rename_group(self, group_id: str, name: str) -> None:
        self._send("PATCH", f"/v2/groups/{segment(group_id)}", "LIGHT", body={"name": name})

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", f"/v2/groups/{segment(group_id)}", "LIGHT")

    def group_members(self, group_id: str) -> list[dict[str, Any]]:
        return self._whole(f"/v2/groups/{segment(group_id)}/members", "members", {}, "group members", lambda row: row["id"], dict)

    def add_members(self, group_id: str, user_ids: Sequence[str]) -> list[str]:
        """At most 30; the ids that were really added."""
        body = {"members": [{"id": user_id} for user_id in user_ids]}
        answer = self._send("POST", f"/v2/groups/{segment(group_id)}/members", "MEDIUM", body=body) or {}
        return [item.strip() for item in str(answer.get("ids") or "").split(",") if item.strip()]

    def remove_member(self, group_id: str, user_id: str) -> None:
        self._send("DELETE", f"/v2/groups/{segment(group_id)}/members/{segment(user_id)}", "LIGHT")

    def plan_usage(self) -> dict[str, Any]:
        return dict(self._send("GET", "/v2/accounts/me/plans/usage", "HEAVY"))

    def summary(self) -> dict[str, Any]:
        return dict(self._send("GET", "/v2/users/summary", "MEDIUM"))

    def managed_domains(self) -> list[dict[str, Any]]:
        return list(self._send("GET", "/v2/accounts/me/managed_domains", "LIGHT").get("domains") or [])

    def _whole(
        self, path: str, key: str, query: Mapping[str, Any], what: str, identity: Callable[[Row], str], shape: Callable[[Row], T]
    ) -> list[T]:
        """A list whose total stayed the same from page to page and was kept; read again once when it moved meanwhile."""
        for _sweep in range(2):
            found, totals = dict[str, T](), set[int]()
            for rows, total in self._pages(path, key, query):
                found.update((identity(row), shape(row)) for row in rows)
                totals.update([] if total is None else [int(total)])
            if len(totals) <= 1 and len(found) >= max(totals, default=0):
                return list(found.values())
        told = " and ".join(str(total) for total in sorted(totals))
        raise UnexpectedAnswer(
            f"Zoom promised {told} {what} and listed {len(found)}, which moved while it was read, twice; run again later."
        )

    def _pages(self, path: str, key: str, query: Mapping[str, Any]) -> Iterator[tuple[list[Row], Any]]:
        """The rows of each page, and the total that it told."""
        token, seen = "", set[str]()
        while True:
            page = {"page_size": _PAGE, **query, **({"next_page_token": token} if token else {})}
            data = self._send("GET", path, "MEDIUM", query=page)
            if not isinstance(data, dict) or not isinstance(data.get(key), list):
                raise UnexpectedAnswer(f"Zoom answered GET {path} without its list of {key}; nothing was changed.")
            yield data[key], data.get("total_records")
            token = data.get("next_page_token") or ""
            if not token:
                return
            if token in seen:
                raise UnexpectedAnswer(f"Zoom gives the same page of {path} again and again; nothing was changed.")
            seen.add(token)
