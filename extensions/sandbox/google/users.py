# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: get, list, insert, update, patch, delete, undelete, and their aliases."""

from __future__ import annotations

from typing import Any

from . import query
from .endpoint import NOTHING, Call, Endpoint
from .entities import User, is_email
from .errors import bad_request, condition_not_met, exists, invalid_input, not_found, required
from .odd import odd_user
from .rows import alias_row, collection, deleted_row, projected, user_row
from .store import Taken
from .user_fields import change_user, check_user

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

    users, token = call.workspace.pages.page(("users", *listing), chosen, call.query.get("pageToken", ""), size)
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


def insert(call: Call) -> dict[str, Any]:
    email, name = call.body.get("primaryEmail"), call.body.get("name") or {}
    if not isinstance(name, dict):
        raise invalid_input("name")
    for field, value in (("primaryEmail", email), ("givenName", name.get("givenName")), ("familyName", name.get("familyName"))):
        if not value:
            raise required(field)
    if not call.body.get("password"):
        raise required("password")
    if not is_email(email) or not call.store.is_ours(str(email)):
        raise invalid_input("primary_user_email")
    if call.store.is_taken(str(email)):
        raise exists()
    rest = {key: value for key, value in call.body.items() if key not in ("primaryEmail", "name", "id")}
    check_user(call.store, None, rest)
    user = call.workspace.add_user(str(email), given=name["givenName"], family=name["familyName"])
    user.inserted = call.store.now()
    change_user(call.store, user, rest)
    return user_row(user, call.store)


def update(call: Call) -> dict[str, Any]:
    """PUT has patch semantics here; null clears."""
    user = find(call)
    if not call.store.elapsed(user.inserted, "google_user_incomplete_ms"):
        raise condition_not_met("User creation is not complete.")
    if not call.store.elapsed(user.renamed, "google_rename_conflict_ms"):
        raise exists()
    call.store.touch(user)
    change_user(call.store, user, {key: value for key, value in call.body.items() if key != "id"})
    return user_row(user, call.store)


def delete(call: Call) -> Any:
    call.store.bin_user(find(call))
    return NOTHING


def undelete(call: Call) -> Any:
    user = call.store.bin.get(call.path("key"))
    if user is None:
        raise not_found("userKey")
    if call.store.is_taken(user.email):
        raise exists()
    call.store.restore(user)
    return NOTHING


def aliases(call: Call) -> dict[str, Any]:
    user = find(call)
    return collection("aliases", "aliases", [alias_row(alias, user) for alias in user.aliases])


def add_alias(call: Call) -> dict[str, Any]:
    user, alias = find(call), call.body.get("alias")
    if not is_email(alias) or not call.store.is_ours(str(alias)):
        raise invalid_input("alias")
    try:
        call.store.add_user_alias(user, str(alias))
    except Taken:
        raise exists() from None
    return alias_row(str(alias), user)


def drop_alias(call: Call) -> Any:
    if not call.store.drop_user_alias(find(call), call.path("alias")):
        raise not_found("alias")
    return NOTHING


_VIEW = frozenset({"projection", "customFieldMask", "viewType"})
_LIST = _VIEW | {"customer", "domain", "maxResults", "pageToken", "showDeleted", "query", "orderBy", "sortOrder", "event"}
_BASE = "/admin/directory/v1/users"
ENDPOINTS = (
    Endpoint("GET", _BASE, "directory.users.list", list_, "Users", params=_LIST),
    Endpoint("POST", _BASE, "directory.users.insert", insert, "User", "User", frozenset({"resolveConflictAccount"})),
    Endpoint("GET", _BASE + "/{key}", "directory.users.get", get, "User", params=_VIEW),
    Endpoint("PUT", _BASE + "/{key}", "directory.users.update", update, "User", "User"),
    Endpoint("PATCH", _BASE + "/{key}", "directory.users.patch", update, "User", "User"),
    Endpoint("DELETE", _BASE + "/{key}", "directory.users.delete", delete),
    Endpoint("POST", _BASE + "/{key}/undelete", "directory.users.undelete", undelete, "", "UserUndelete"),
    Endpoint("GET", _BASE + "/{key}/aliases", "directory.users.aliases.list", aliases, "Aliases", params=frozenset({"event"})),
    Endpoint("POST", _BASE + "/{key}/aliases", "directory.users.aliases.insert", add_alias, "Alias", "Alias"),
    Endpoint("DELETE", _BASE + "/{key}/aliases/{alias}", "directory.users.aliases.delete", drop_alias),
)
