# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's SCIM2: eleven operations, PUT is partial, PATCH of a user knows `active` only (Zoom's SCIM2 OpenAPI)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ._errors import ApiError, NotFound, UnexpectedAnswer
from ._zoom_wire import Send, segment

_COUNT = 100  # the maximum; the default is 1
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
T = TypeVar("T")
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class ElsewhereOrPending(Exception):
    """SCIM hides the address: a pending invitation, an expired one, or a person of another account."""


class ZoomScim:
    """Users and groups as SCIM resources."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def users(self, shape: Callable[[dict[str, Any]], T]) -> list[T]:
        """All users SCIM shows, active and inactive, never pending ones, each as `shape` makes it of its row at once."""
        return self._all("Users", shape)

    def _all(self, kind: str, shape: Callable[[dict[str, Any]], T]) -> list[T]:
        """A list whose total stayed the same from page to page and was kept; read again once when it moved meanwhile."""
        for _sweep in range(2):
            found, totals = self._sweep(kind, shape)
            if len(totals) == 1 and len(found) >= max(totals):
                return found
        raise UnexpectedAnswer(f"Zoom promised {sorted(totals)} SCIM {kind.lower()} and listed {len(found)}, twice; run again later.")

    def _sweep(self, kind: str, shape: Callable[[dict[str, Any]], T]) -> tuple[list[T], set[int]]:
        """What all pages hold, and every total that a page told."""
        found: dict[str, T] = {}
        start, total, totals = 1, 1, set[int]()
        while start <= total:
            data = self._send("GET", f"/scim2/{kind}", "SCIM", query={"startIndex": start, "count": _COUNT})
            if not isinstance(data, dict) or "totalResults" not in data:
                raise UnexpectedAnswer(f"Zoom answered GET /scim2/{kind} without totalResults; nothing was changed.")
            rows, total = data.get("Resources") or [], int(data["totalResults"])
            totals.add(total)
            found.update({row["id"]: shape(row) for row in rows})
            if not rows and start <= total:
                raise UnexpectedAnswer(f"Zoom promised {total} SCIM {kind.lower()} and stopped at {len(found)}; nothing was changed.")
            start += len(rows)
        return list(found.values()), totals

    def find_user(self, user_name: str) -> dict[str, Any] | None:
        """The account of an address, None when there is none; ElsewhereOrPending when SCIM hides it."""
        query = {"filter": f'userName eq "{user_name}"', "startIndex": 1, "count": _COUNT}
        try:
            rows = self._send("GET", "/scim2/Users", "SCIM", query=query).get("Resources") or []
        except NotFound:
            raise ElsewhereOrPending(user_name) from None
        except ApiError as error:
            if error.status == 400 and "not exist or not belong" in error.message:
                raise ElsewhereOrPending(user_name) from None
            raise
        return next((row for row in rows if row["userName"].lower() == user_name.lower()), None)

    def check(self) -> None:
        """One row of the list, so that a refusal of all SCIM calls shows before any write: ApiError when SSO is off."""
        self._send("GET", "/scim2/Users", "SCIM", query={"startIndex": 1, "count": 1})

    def user(self, user_id: str) -> dict[str, Any]:
        return dict(self._send("GET", f"/scim2/Users/{segment(user_id)}", "SCIM"))

    def create_user(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self._send("POST", "/scim2/Users", "SCIM", body=body) or {})

    def update_user(self, user_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Partial: only what is sent changes."""
        return dict(self._send("PUT", f"/scim2/Users/{segment(user_id)}", "SCIM", body=body) or {})

    def set_active(self, user_id: str, active: bool) -> dict[str, Any]:
        body = {"schemas": [_PATCH], "Operations": [{"op": "replace", "value": {"active": active}}]}
        return dict(self._send("PATCH", f"/scim2/Users/{segment(user_id)}", "SCIM", body=body) or {})

    def groups(self) -> list[dict[str, Any]]:
        """All groups as `{id, displayName}`; no answer ever holds their members."""
        return self._all("Groups", dict)

    def find_group(self, name: str, key: Callable[[str], str] = str.lower) -> dict[str, Any] | None:
        """By Zoom's filter, whose letter case is not documented, then among all groups. `key`: the form in which names are compared."""
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        query = {"filter": f'displayName eq "{quoted}"', "startIndex": 1, "count": _COUNT}
        rows = self._send("GET", "/scim2/Groups", "SCIM", query=query).get("Resources") or []
        found = [row for row in rows if key(row["displayName"]) == key(name)]
        return next(iter(found or [row for row in self.groups() if key(row["displayName"]) == key(name)]), None)

    def create_group(self, name: str) -> dict[str, Any]:
        return dict(self._send("POST", "/scim2/Groups", "SCIM", body={"schemas": [_GROUP], "displayName": name}) or {})

    def rename_group(self, group_id: str, name: str) -> None:
        self._patch_group(group_id, {"op": "replace", "value": {"displayName": name}})

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", f"/scim2/Groups/{segment(group_id)}", "SCIM")

    def add_members(self, group_id: str, user_ids: Sequence[str]) -> None:
        """As many as fit into 100,000 characters. The answer does not tell who joined."""
        self._patch_group(group_id, {"op": "add", "path": "members", "value": [{"value": user_id} for user_id in user_ids]})

    def remove_member(self, group_id: str, user_id: str) -> None:
        self._patch_group(group_id, {"op": "remove", "path": f'members[value eq "{user_id}"]'})

    def _patch_group(self, group_id: str, operation: Mapping[str, Any]) -> None:
        self._send("PATCH", f"/scim2/Groups/{segment(group_id)}", "SCIM", body={"schemas": [_PATCH], "Operations": [operation]})


def groups_shown(user: Mapping[str, Any]) -> tuple[list[str], bool]:
    """Names of the groups that GET of one user shows, and whether they are all.

    Zoom's OpenAPI types them as one object there and as an array elsewhere: an object may be one of several.
    """
    shown = user.get("groups")
    if isinstance(shown, Mapping):
        return [str(shown.get("value") or "")], False
    return [str(row.get("value") or "") for row in shown or []], True
