# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/scim2/Users: its endpoints, and the reads (section 4.6)."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from ..rules.errors import scim_error
from ..rules.odd import user_row
from ..store.entities import User, fold
from .endpoint import Call, Endpoint
from .scim_answers import resource, user_answer
from .scim_lists import listing, read_filter, same
from .scim_user_changes import patch_user, update_user
from .scim_user_create import create_user

SCOPES = ("scim2:admin", "scim2")


def sso_enabled(call: Call) -> None:
    if not call.store.sso:
        raise scim_error(400, "Account has not enabled Single Sign-On.")


def list_users(call: Call) -> Response:
    chosen = read_filter(
        call,
        ("userName", "externalId"),
        lambda name: scim_error(400, f"The current filter is not supported, the filter name: {name}"),
    )
    rows = call.store.shown_members() if chosen is None else _filtered(call, *chosen)
    return listing(call, rows, lambda user: user_row(call.store, user.id, resource(call.store, user, "list")))


def _filtered(call: Call, name: str, value: str) -> list[User]:
    store = call.store
    if name == "externalId":
        user = store.shown_users().get(value)
        return [user] if user and user.status != "pending" else []
    user = store.shown_user(value)
    if (user and user.status == "pending") or fold(value) in store.former_invitees:
        raise scim_error(400, f"User {value} not exist or not belong to this account.")
    if user and same(call, user.email, value):
        return [user]
    answer = call.switches["scim_unknown_address"]
    if answer == 404:
        raise scim_error(404, "User does not exist.")
    if answer == 400:
        raise scim_error(400, f"User {value} not exist or not belong to this account.")
    return []


def get_user(call: Call) -> Response:
    user = call.store.shown_users().get(call.path("user_id"))
    if user is None or user.status == "pending":
        raise scim_error(404, "User does not exist.")
    return user_answer(call.store, user, "get")


_COMMON: dict[str, Any] = {"scopes": SCOPES, "guard": sso_enabled}
_ONE = "/scim2/Users/{user_id}"
ENDPOINTS = (
    Endpoint("GET", "/scim2/Users", "userSCIM2List", "MEDIUM", handler=list_users, right="User:Read", **_COMMON),
    Endpoint("POST", "/scim2/Users", "userScim2Create", "LIGHT", handler=create_user, right="User:Edit", **_COMMON),
    Endpoint("GET", _ONE, "userSCIM2Get", "LIGHT", handler=get_user, right="User:Read", **_COMMON),
    Endpoint("PUT", _ONE, "userSCIM2Update", "LIGHT", handler=update_user, right="User:Edit", **_COMMON),
    Endpoint("PATCH", _ONE, "userADSCIM2Deactivate", "LIGHT", handler=patch_user, right="User:Edit", **_COMMON),
)
