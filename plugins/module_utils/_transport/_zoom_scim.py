# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's SCIM2: eleven operations, PUT is partial, PATCH of a user knows `active` only (Zoom's SCIM2 OpenAPI)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._errors import ApiError, NotFound, UnexpectedAnswer
from ._zoom_wire import Send, segment

_COUNT = 100  # the maximum; the default is 1
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class ElsewhereOrPending(Exception):
    """SCIM hides the address: a pending invitation, an expired one, or a person of another account."""


class ZoomScim:
    """Users as SCIM resources."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def users(self) -> list[dict[str, Any]]:
        """All users SCIM shows: active and inactive, never pending ones."""
        for _sweep in range(2):
            found, totals = self._sweep()
            if len(totals) == 1 and len(found) >= max(totals):
                return found
        raise UnexpectedAnswer(f"Zoom promised {sorted(totals)} SCIM users and listed {len(found)}, twice; run again later.")

    def _sweep(self) -> tuple[list[dict[str, Any]], set[int]]:
        """The rows of all pages, and every total that a page told."""
        found: dict[str, dict[str, Any]] = {}
        start, total, totals = 1, 1, set[int]()
        while start <= total:
            data = self._send("GET", "/scim2/Users", "SCIM", query={"startIndex": start, "count": _COUNT})
            if not isinstance(data, dict) or "totalResults" not in data:
                raise UnexpectedAnswer("Zoom answered GET /scim2/Users without totalResults; nothing was changed.")
            rows, total = data.get("Resources") or [], int(data["totalResults"])
            totals.add(total)
            found.update({row["id"]: row for row in rows})
            if not rows and start <= total:
                raise UnexpectedAnswer(f"Zoom promised {total} SCIM users and stopped at {len(found)}; nothing was changed.")
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
