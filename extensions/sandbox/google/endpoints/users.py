# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: get and list. Nobody writes them here: people come, change and go by events of the Workspace."""

from __future__ import annotations

from typing import Any

from ..rules import query
from ..rules.errors import bad_request, invalid_input, not_found
from ..rules.odd import odd_user
from ..store.entities import User
from .endpoint import Call, Endpoint
from .resources import collection, deleted_row, projected, user_row

_ORDERS = {"email": lambda user: user.email.lower(), "familyName": lambda user: user.family, "givenName": lambda user: user.given}


def find(call: Call) -> User:
    """By primary address, alias or id; a group's address is refused in words of its own."""
    key = call.path("key")
    user = call.store.user_by(key)
    if user is None:
        raise bad_request("Type not supported: userKey") if call.store.group_by(key) else not_found("userKey")
    return user


def _row(call: Call, user: User) -> dict[str, Any]:
    projection = call.choice("projection", ("basic", "custom", "full"))
    schemas = tuple(filter(None, call.query.get("customFieldMask", "").split(",")))
    if projection == "custom" and not schemas:
        raise invalid_input("custom_field_mask")
    admin_view = call.choice("viewType", ("admin_view", "domain_public")) == "admin_view"
    return projected(user_row(user, call.store), projection, schemas, admin_view=admin_view)


def get(call: Call) -> dict[str, Any]:
    return _row(call, find(call))


def list_(call: Call) -> dict[str, Any]:
    """The whole customer, or one domain; without a query guests are in it."""
    customer, domain = call.query.get("customer"), call.query.get("domain")
    if not customer and not domain:
        raise bad_request()
    if customer:
        call.customer(customer)
    size = call.number("maxResults", 100, 500)
    deleted = call.flag("showDeleted")
    if call.switches["google_empty_list"]:
        return collection("users", "users", [])
    listing = tuple(sorted((name, value) for name, value in call.query.items() if name not in ("pageToken", "fields", "maxResults")))

    def chosen() -> list[User]:
        return _chosen(call, domain, deleted)

    users, token = call.pages.page(("users", *listing), chosen, call.query.get("pageToken", ""), size)
    rows = [deleted_row(user) if deleted else odd_user(call.store, user, _row(call, user)) for user in users]
    return collection("users", "users", rows, token)


def _chosen(call: Call, domain: str | None, deleted: bool) -> list[User]:
    users = call.store.deleted_users() if deleted else call.store.users_by_email()
    if domain:
        users = [user for user in users if user.email.lower().endswith(f"@{domain.lower()}")]
    if text := call.query.get("query", ""):
        admin_view = call.query.get("viewType", "admin_view") == "admin_view"
        test = query.users_matching(text, call.store, admin_view=admin_view)
        users = [user for user in users if test(user)]
    order = call.query.get("orderBy")
    if order:
        if order not in _ORDERS:
            raise invalid_input("orderBy")
        users = sorted(users, key=_ORDERS[order], reverse=call.query.get("sortOrder") == "DESCENDING")
    return list(users)


_VIEW = frozenset({"projection", "customFieldMask", "viewType"})
_LIST = _VIEW | {"customer", "domain", "maxResults", "pageToken", "showDeleted", "query", "orderBy", "sortOrder", "event"}
_BASE = "/admin/directory/v1/users"
ENDPOINTS = (
    Endpoint("GET", _BASE, "directory.users.list", list_, "Users", params=_LIST),
    Endpoint("GET", _BASE + "/{key}", "directory.users.get", get, "User", params=_VIEW),
)
