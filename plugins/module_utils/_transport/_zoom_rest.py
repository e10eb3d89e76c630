# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's REST API v2: users, groups, seats. Categories and limits: Zoom's Users and Accounts OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ._errors import ApiError, NotFound
from ._shapes import Aside, OddRow, PageCount, Shape, lowered, settle, unknown_form, usable
from ._zoom_forms import (
    DOMAIN,
    DOMAINS,
    GROUP,
    JOINED,
    LIST,
    MADE_GROUP,
    MEMBER,
    PENDING_ROW,
    PLANS,
    SUMMARY,
    USER,
    USER_ROW,
)
from ._zoom_page_size import PageSize
from ._zoom_sweep import Sweep, settled
from ._zoom_wire import Send, is_own_limit, segment

STATUSES = ("active", "inactive", "pending")
Row = dict[str, Any]
T = TypeVar("T")


class ZoomRest:
    """Lists are whole or an error, but for what `aside` takes; writes return the parsed answer, None for 204."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.page_size = PageSize()

    def users(self, status: str, shape: Callable[[Row], T], aside: Aside | None = None) -> list[T]:
        """All users of one status, each as `shape` makes it of its row at once: the rows of a large company do not fit in memory."""
        form = PENDING_ROW if status == "pending" else USER_ROW
        return self._whole("/v2/users", "users", {"status": status}, f"{status} users", form, shape, aside)

    def user(self, key: str) -> dict[str, Any]:
        return dict(self._send("GET", f"/v2/users/{segment(key)}", "LIGHT", form=USER))

    def find_user(self, key: str) -> dict[str, Any] | None:
        """None where nobody of this account has the id or address, or an invitation of it ran out (400 with code 1120)."""
        try:
            return self.user(key)
        except NotFound:
            return None
        except ApiError as error:
            if error.code == "1120":
                return None
            raise

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

    def groups(self, aside: Aside | None = None) -> list[dict[str, Any]]:
        return self._whole("/v2/groups", "groups", {}, "groups", GROUP, dict, aside)

    def create_group(self, name: str) -> dict[str, Any]:
        return dict(self._send("POST", "/v2/groups", "LIGHT", body={"name": name}, form=MADE_GROUP))

    def rename_group(self, group_id: str, name: str) -> None:
        self._send("PATCH", f"/v2/groups/{segment(group_id)}", "LIGHT", body={"name": name})

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", f"/v2/groups/{segment(group_id)}", "LIGHT")

    def group_members(self, group_id: str, aside: Aside | None = None) -> list[dict[str, Any]]:
        return self._whole(f"/v2/groups/{segment(group_id)}/members", "members", {}, "group members", MEMBER, dict, aside)

    def add_members(self, group_id: str, user_ids: Sequence[str]) -> list[str]:
        """At most 30; the ids that were really added."""
        body = {"members": [{"id": user_id} for user_id in user_ids]}
        answer = self._send("POST", f"/v2/groups/{segment(group_id)}/members", "MEDIUM", body=body, form=JOINED)
        return [item.strip() for item in str(answer.get("ids") or "").split(",") if item.strip()]

    def remove_member(self, group_id: str, user_id: str) -> None:
        self._send("DELETE", f"/v2/groups/{segment(group_id)}/members/{segment(user_id)}", "LIGHT")

    def plan_usage(self) -> dict[str, Any]:
        return dict(self._send("GET", "/v2/accounts/me/plans/usage", "HEAVY", form=PLANS))

    def summary(self) -> dict[str, Any]:
        return dict(self._send("GET", "/v2/users/summary", "MEDIUM", form=SUMMARY))

    def managed_domains(self, aside: Aside | None = None) -> list[dict[str, Any]]:
        path, odd = "/v2/accounts/me/managed_domains", list[OddRow]()
        data = self._send("GET", path, "LIGHT", form=DOMAINS)
        rows = list(usable(data.get("domains") or [], DOMAIN, "Zoom's managed domains", odd))
        settle("Zoom", path, odd, aside, len(rows))
        return rows

    def _whole(
        self, path: str, key: str, query: Mapping[str, Any], what: str, form: Shape, shape: Callable[[Row], T], aside: Aside | None
    ) -> list[T]:
        return settled(lambda: self._sweep(path, key, query, what, form, shape), path, what, aside)

    def _sweep(self, path: str, key: str, query: Mapping[str, Any], what: str, form: Shape, shape: Callable[[Row], T]) -> Sweep[T]:
        while True:
            size, sweep = self.page_size.wanted(query.get("status")), Sweep[T]()
            try:
                self._fill(sweep, path, key, {"page_size": size, **query}, what, form, shape)
            except ApiError as error:
                if not self.page_size.refused(size, error):
                    raise
                continue
            self.page_size.ended(size, sweep.count, sweep.most)
            return sweep

    def _fill(
        self, sweep: Sweep[T], path: str, key: str, query: Mapping[str, Any], what: str, form: Shape, shape: Callable[[Row], T]
    ) -> None:
        for rows, total in self._pages(path, key, query, lambda: len(sweep.found)):
            sweep.take(rows, form, what, lambda row: (_identity(row), shape(row)))
            sweep.tell(total)

    def _pages(self, path: str, key: str, query: Mapping[str, Any], held: Callable[[], int]) -> Iterator[tuple[list[Any], Any]]:
        """The rows of each page, and the total that it gave. `held`: different rows so far."""
        token, seen, count = "", set[str](), PageCount("Zoom", path)
        while True:
            data = self._send("GET", path, "MEDIUM", query={**query, "next_page_token": token} if token else query, form=LIST)
            if not isinstance(data.get(key), list):
                raise unknown_form("Zoom", "GET", path, f"no list of {key}")
            former, token = token, data.get("next_page_token") or ""
            self.page_size.given(query["page_size"], len(data[key]), more=bool(token) and not former)
            yield data[key], data.get("total_records")
            if not token:
                return
            if token in seen:
                raise unknown_form("Zoom", "GET", path, "the same page again and again")
            seen.add(token)
            count.check(held())


def _identity(row: Row) -> str:
    return str(row.get("id") or lowered(row["email"]))
