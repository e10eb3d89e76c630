# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the `zoom` part of a seed. Everything has a default; what is not understood is an error that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from .rules import saml
from .store.entities import ADMIN, MEMBER, OWNER, SSO_LOGIN, Role, User, make_id
from .store.license import FAMILY_OF, NAMES, UNITED_TYPES, parse, plain
from .store.limits import SeatsExhausted
from .store.store import DEFAULT_SEATS, Store

PLANS = ("free", "pro", "business", "education", "enterprise")
STATUSES = ("active", "inactive", "pending")
SETTINGS = ("plan", "sso", "account_id", "client_id", "client_secret", "scim_token", "default_type")
LISTS = ("blocked_words", "managed_domains", "scopes", "permissions", "foreign_logins", "former_invitees")
OTHERS = ("seats", "users", "groups", "roles", "base_zoom_one_type")
KEYS = (*SETTINGS, *LISTS, *OTHERS)
TEXTS = (
    "first_name", "last_name", "display_name", "department", "job_title", "company", "cost_center", "organization",
    "location", "manager", "language", "timezone", "pronouns", "employee_number", "employee_unique_id", "vanity_name",
)  # fmt: skip
FLAGS = ("room", "force_inactive", "upcoming_events", "call_queue_manager")
GROUP_KEYS, ROLE_KEYS = ("name", "email_alias", "default"), ("name", "id")
USER_KEYS = {
    *TEXTS, *FLAGS, "email", "id", "license", "status", "role", "created", "last_login", "groups", "phone_numbers",
    "custom_attributes", "login_types",
}  # fmt: skip


class SeedError(ValueError):
    """A seed that does not describe an account; the text names the key."""


def known(given: Mapping[str, Any], keys: Iterable[str], where: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise SeedError(f"{where}: a mapping is needed, not {given!r}")
    if unknown := sorted(set(given) - set(keys)):
        raise SeedError(f"{where}: unknown key {', '.join(map(str, unknown))}")
    return given


def moment(value: Any, where: str) -> datetime:
    """YAML may have read a time as one already; a time without a zone is UTC."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise SeedError(f"{where}: {value!r} is no ISO time") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def seats(given: Mapping[str, Any]) -> dict[str, int]:
    """`{licensed: 20, basic: 100, unassigned: 10, zoom_one_type: {16: 5}}` as pools; unassigned is not counted unless it is given."""
    pools = dict(DEFAULT_SEATS)
    for name, value in known(given, ("licensed", "basic", "unassigned", "zoom_one_type", "plan_united_type"), "zoom.seats").items():
        if name in NAMES:
            pools[name] = _number(value, f"zoom.seats.{name}")
            continue
        allowed = {str(key) for key in FAMILY_OF} if name == "zoom_one_type" else UNITED_TYPES
        for key, count in known({str(key): n for key, n in value.items()}, allowed, f"zoom.seats.{name}").items():
            pools[f"{name}:{key}"] = _number(count, f"zoom.seats.{name}.{key}")
    return pools


def _set(store: Store, given: Mapping[str, Any]) -> None:
    if "account_id" in given:  # app and token belong to one account
        store.client_id = f"sandboxClient{given['account_id']}"
        store.scim_token = f"sandbox-zoom-scim-token-of-{given['account_id']}-00000000000000"
    for name in SETTINGS:
        if name in given:
            setattr(store, name, given[name])


def fill(store: Store, given: Mapping[str, Any]) -> None:
    """Settings first, then roles and groups, then users: these name the others."""
    known(given, KEYS, "zoom")
    _set(store, given)
    if store.plan not in PLANS:
        raise SeedError(f"zoom.plan: {store.plan!r} is none of {', '.join(PLANS)}")
    if store.default_type not in NAMES.values():
        raise SeedError(f"zoom.default_type: {store.default_type!r} is none of 1, 2, 4")
    for name in LISTS:
        if name in given:
            current = getattr(store, name)
            setattr(store, name, type(current)(given[name]))
    store.seats = seats(given.get("seats") or {})
    store.base_zoom_one_type = int(given.get("base_zoom_one_type", 0))
    for row in given.get("roles") or ():
        add_role(store, **known(row, ROLE_KEYS, "zoom.roles"))
    for row in given.get("groups") or ():
        known(row, GROUP_KEYS, "zoom.groups")
        store.create_group(row["name"], email_alias=row.get("email_alias", ""), default=bool(row.get("default", False)))
    for row in given.get("users") or ():
        add_user(store, row)


def add_role(store: Store, name: str, id: str = "") -> Role:
    role = Role(id or "R" + make_id("role", name), name)
    store.roles[role.id] = role
    return role


def add_user(store: Store, row: Mapping[str, Any]) -> User:
    """A person as seeds and tests describe one. Seats count here too: a seed must fit its own store."""
    email = str(row.get("email", ""))
    where = f"zoom.users {email or row!r}"
    known(row, USER_KEYS, where)
    if "@" not in email or store.lookup(email):
        raise SeedError(f"{where}: an address of its own is needed")
    status = row.get("status", "active")
    if status not in STATUSES:
        raise SeedError(f"{where}: status {status!r} is none of {', '.join(STATUSES)}")
    created = moment(row["created"], f"{where}: created") if row.get("created") else store.now()
    user = User(str(row.get("id") or store.new_id(email)), email, created, created, status)
    for name in (*TEXTS, *FLAGS):
        setattr(user, name, row.get(name) or getattr(user, name))
    user.display_name = user.display_name or f"{user.first_name} {user.last_name}".strip()
    user.role_id = role_id(store, row.get("role", "member"), where)
    user.license = parse(row["license"]) if row.get("license") else plain(store.default_type)
    if status == "inactive" and user.license.is_paid:
        user.license = plain(1)
    user.last_login = moment(row["last_login"], f"{where}: last_login") if row.get("last_login") else None
    user.phone_numbers = [dict(number) for number in row.get("phone_numbers") or ()]
    user.custom_attributes = dict(row.get("custom_attributes") or {})
    user.login_types = list(row.get("login_types") or ([SSO_LOGIN] if store.sso else [100]))
    user.pmi = 5_000_000_000 + int.from_bytes(user.id.encode()[:4], "big") % 1_000_000_000
    if not user.employee_unique_id:
        # whoever a seed describes has signed in before, unless it says what their sign-in set
        for name, value in saml.unique_id(store.context.switches, user).items():
            setattr(user, name, value)
    try:
        store.insert(user)
    except SeatsExhausted as short:
        raise SeedError(f"{where}: {short}") from None
    for name in row.get("groups") or ():
        group = store.group_named(name)
        if group is None:
            raise SeedError(f"{where}: no Zoom group is named {name!r}")
        store.join(user, group)
    return user


def role_id(store: Store, name: str, where: str) -> str:
    built_in = {"owner": OWNER, "admin": ADMIN, "member": MEMBER}
    role = store.role_named(name)
    if name not in built_in and role is None:
        raise SeedError(f"{where}: no role is named {name!r}")
    return built_in.get(name) or (role.id if role else MEMBER)


def _number(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SeedError(f"{where}: {value!r} is no count")
    return value
