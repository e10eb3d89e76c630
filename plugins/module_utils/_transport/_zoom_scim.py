# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's SCIM2: eleven operations, PUT is partial, PATCH of a user knows `active` only (Zoom's SCIM2 OpenAPI)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ._errors import ApiError, NotFound
from ._shapes import Aside, PageCount, Shape, lowered, settle, usable
from ._zoom_forms import MADE_GROUP, SCIM_ANSWER, SCIM_GROUP, SCIM_LIST, SCIM_PARTIAL, SCIM_USER
from ._zoom_sweep import Sweep, settled
from ._zoom_wire import Send, is_own_limit, segment

_COUNT = 100  # the maximum; the default is 1
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
T = TypeVar("T")
_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class ZoomScim:
    """Users and groups as SCIM resources."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def users(self, shape: Callable[[dict[str, Any]], T], aside: Aside | None = None) -> list[T]:
        """All users SCIM shows, active and inactive, never pending ones, each as `shape` makes it of its row at once."""
        return self._all("Users", SCIM_USER, shape, aside)

    def _all(self, kind: str, form: Shape, shape: Callable[[dict[str, Any]], T], aside: Aside | None) -> list[T]:
        return settled(lambda: self._sweep(kind, form, shape), f"/scim2/{kind}", f"SCIM {kind.lower()}", aside)

    def _sweep(self, kind: str, form: Shape, shape: Callable[[dict[str, Any]], T]) -> Sweep[T]:
        path, sweep, start, total = f"/scim2/{kind}", Sweep[T](), 1, 1
        count = PageCount("Zoom", path)
        while start <= total:
            data = self._send("GET", path, "SCIM", query={"startIndex": start, "count": _COUNT}, form=SCIM_LIST)
            rows, total = data.get("Resources") or [], int(data["totalResults"])
            sweep.totals.add(total)
            sweep.take(rows, form, f"SCIM {kind.lower()}", lambda row: (row["id"], shape(row)))
            if not rows:
                break
            start += len(rows)
            count.check(len(sweep.found))
        return sweep

    def _found(self, kind: str, query: Mapping[str, Any], form: Shape) -> list[dict[str, Any]]:
        """What a filter finds; it is about one object, so that no row may be set aside."""
        data = self._send("GET", f"/scim2/{kind}", "SCIM", query=query, form=SCIM_LIST)
        odd = list[Any]()
        rows = list(usable(data.get("Resources") or [], form, f"SCIM {kind.lower()}", odd))
        settle("Zoom", f"/scim2/{kind}", odd, None)
        return rows

    def probe(self) -> None:
        """Whether SCIM answers at all, by the smallest list there is: ApiError when SSO is off.

        An address of nobody would not do: Zoom may answer 404 or 400 for it.
        """
        self._send("GET", "/scim2/Users", "SCIM", query={"startIndex": 1, "count": 1})

    def find_user(self, user_name: str) -> dict[str, Any] | None:
        """The account of an address, None where none is visible here.

        Real tenants say that by an empty list, by 404, or by 400 "not exist or not belong" (zoom-api.md 11a). It may be nobody's, invited,
        or of another Zoom account.
        """
        return self.look_up(user_name)[0]

    def look_up(self, user_name: str) -> tuple[dict[str, Any] | None, bool]:
        """The account of an address, and whether Zoom says of it that it may not be shown: an open invitation, as a rule."""
        query = {"filter": f'userName eq "{user_name}"', "startIndex": 1, "count": _COUNT}
        try:
            rows = self._found("Users", query, SCIM_USER)
        except NotFound:
            return None, False
        except ApiError as error:
            if error.status == 400 and "not exist or not belong" in error.message.lower():
                return None, True
            raise
        return next((row for row in rows if lowered(row["userName"]) == lowered(user_name)), None), False

    def user(self, user_id: str) -> dict[str, Any]:
        return dict(self._send("GET", f"/scim2/Users/{segment(user_id)}", "SCIM", form=SCIM_USER))

    def create_user(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self._send("POST", "/scim2/Users", "SCIM", body=body, form=SCIM_ANSWER))

    def update_user(self, user_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Partial: only what is sent changes. An address may change three times in 24 hours; the fourth time is RateLimited, at once."""
        stands = is_own_limit if "emails" in body else None
        return dict(self._send("PUT", f"/scim2/Users/{segment(user_id)}", "SCIM", body=body, form=SCIM_PARTIAL, stands=stands))

    def set_active(self, user_id: str, active: bool) -> dict[str, Any]:
        body = {"schemas": [_PATCH], "Operations": [{"op": "replace", "value": {"active": active}}]}
        return dict(self._send("PATCH", f"/scim2/Users/{segment(user_id)}", "SCIM", body=body, form=SCIM_PARTIAL))

    def groups(self, aside: Aside | None = None) -> list[dict[str, Any]]:
        """All groups as `{id, displayName}`; no answer ever holds their members."""
        return self._all("Groups", SCIM_GROUP, dict, aside)

    def find_group(self, name: str, key: Callable[[str], str] = str.lower) -> dict[str, Any] | None:
        """By Zoom's filter, whose letter case is not documented, then among all groups. `key`: the form in which names are compared."""
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        query = {"filter": f'displayName eq "{quoted}"', "startIndex": 1, "count": _COUNT}
        rows = self._found("Groups", query, SCIM_GROUP)
        found = [row for row in rows if key(row["displayName"]) == key(name)]
        return next(iter(found or [row for row in self.groups() if key(row["displayName"]) == key(name)]), None)

    def create_group(self, name: str) -> dict[str, Any]:
        body = {"schemas": [_GROUP], "displayName": name}
        return dict(self._send("POST", "/scim2/Groups", "SCIM", body=body, form=MADE_GROUP))

    def rename_group(self, group_id: str, name: str) -> None:
        self._patch_group(group_id, {"op": "replace", "value": {"displayName": name}})

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", f"/scim2/Groups/{segment(group_id)}", "SCIM")

    def add_members(self, group_id: str, user_ids: Sequence[str]) -> None:
        """As many as fit into 100,000 characters. The answer does not show who joined."""
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
