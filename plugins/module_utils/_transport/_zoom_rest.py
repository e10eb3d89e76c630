# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's REST API v2: users, groups, seats. Categories and limits: Zoom's Users and Accounts OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import NotFound, UnexpectedAnswer
from ._zoom_wire import Send, segment

_PAGE = 300  # the paging guide's maximum; the OpenAPI's 2,000 is in dispute
STATUSES = ("active", "inactive", "pending")


class ZoomRest:
    """Lists are whole or an error; writes return the parsed answer, None for 204."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def users(self, status: str) -> list[dict[str, Any]]:
        """All users of one status; swept again once when the list moved while it was read."""
        for _sweep in range(2):
            rows, total = self._pages("/v2/users", "users", {"status": status})
            unique = list({row.get("id") or row["email"].lower(): row for row in rows}.values())
            if total is None or len(unique) >= total:
                return unique
        raise UnexpectedAnswer(f"Zoom promised {total} {status} users and listed {len(unique)}, twice; run again later.")

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
        self._send("PUT", f"/v2/users/{segment(key)}/email", "LIGHT", body={"email": email})

    def delete_user(self, key: str, action: str) -> None:
        self._send("DELETE", f"/v2/users/{segment(key)}", "LIGHT", query={"action": action})

    def groups(self) -> list[dict[str, Any]]:
        return self._pages("/v2/groups", "groups", {})[0]

    def create_group(self, name: str) -> dict[str, Any]:
        return dict(self._send("POST", "/v2/groups", "LIGHT", body={"name": name}))

    def rename_group(self, group_id: str, name: str) -> None:
        self._send("PATCH", f"/v2/groups/{segment(group_id)}", "LIGHT", body={"name": name})

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", f"/v2/groups/{segment(group_id)}", "LIGHT")

    def group_members(self, group_id: str) -> list[dict[str, Any]]:
        return self._pages(f"/v2/groups/{segment(group_id)}/members", "members", {})[0]

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

    def _pages(self, path: str, key: str, query: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int | None]:
        rows: list[dict[str, Any]] = []
        token, seen = "", set[str]()
        while True:
            page = {"page_size": _PAGE, **query, **({"next_page_token": token} if token else {})}
            data = self._send("GET", path, "MEDIUM", query=page)
            if not isinstance(data, dict) or not isinstance(data.get(key), list):
                raise UnexpectedAnswer(f"Zoom answered GET {path} without its list of {key}; nothing was changed.")
            rows.extend(data[key])
            token = data.get("next_page_token") or ""
            if not token:
                return rows, data.get("total_records")
            if token in seen:
                raise UnexpectedAnswer(f"Zoom gives the same page of {path} again and again; nothing was changed.")
            seen.add(token)
