# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ZoomAccount: the Zoom side as a whole, and the events a test lets happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..frame.context import Context
from . import seed
from .rules import saml
from .rules.paging import Pages
from .rules.rates import Rates, rate_plan
from .rules.tokens import SCOPES, Tokens
from .store.entities import Group, User, stamp
from .store.license import parse
from .store.store import Store


def _of_store(name: str) -> Any:
    """What tests read of the store, and set, by the account."""
    return property(lambda account: getattr(account.store, name), lambda account, value: setattr(account.store, name, value))


class ZoomAccount:
    """The store of the account, and beside it what is counted. Its methods are what the world does apart from the APIs."""

    # what other processes may call through the sandbox's control paths
    EVENTS = frozenset(
        {
            "add_user", "delete_user", "rename", "set_license", "set_role", "set_status", "set_scopes", "set_seats",
            "set_settings", "accept_invitation", "expire_invitation", "sign_in", "add_group", "delete_group",
            "add_member", "remove_member", "expire_tokens", "revoke_tokens", "find", "state",
        }
    )  # fmt: skip

    account_id, client_id, client_secret, scim_token, server_to_server = map(
        _of_store, ("account_id", "client_id", "client_secret", "scim_token", "server_to_server")
    )
    plan, sso, default_type, base_zoom_one_type, seats = map(_of_store, ("plan", "sso", "default_type", "base_zoom_one_type", "seats"))
    scopes, permissions, foreign_logins, managed_domains = map(_of_store, ("scopes", "permissions", "foreign_logins", "managed_domains"))
    users, groups, roles = map(_of_store, ("users", "groups", "roles"))

    def __init__(self, context: Context) -> None:
        self.context = context
        self.store = Store(context)
        self.store.scopes = set(SCOPES)
        self.tokens = Tokens()
        self.rates = Rates(context)
        self.pages = Pages(context)

    @classmethod
    def from_seed(cls, given: Mapping[str, Any] | None, context: Context) -> ZoomAccount:
        account = cls(context)
        seed.fill(account.store, given or {})
        account.store.settle()
        return account

    @property
    def rate_plan(self) -> str:
        return rate_plan(self.store.plan)

    @property
    def token_requests(self) -> int:
        return self.tokens.asked

    @token_requests.setter
    def token_requests(self, count: int) -> None:
        self.tokens.asked = count

    # Looking

    def find(self, email: str) -> User | None:
        return self.store.lookup(email)

    def lookup(self, key: str) -> User | None:
        """By id or address."""
        return self.store.lookup(key)

    def group_named(self, name: str) -> Group | None:
        return self.store.group_named(name)

    def free_seats(self, pool: str) -> int | None:
        return self.store.free_seats(pool)

    def seat_usage(self, pool: str, status: str = "active") -> int:
        return self.store.seat_usage(pool, status)

    def user(self, email: str) -> User:
        found = self.store.lookup(email)
        if found is None:
            raise KeyError(f"no Zoom user {email}")
        return found

    def group(self, name: str) -> Group:
        found = self.store.group_named(name)
        if found is None:
            raise KeyError(f"no Zoom group {name}")
        return found

    # Events

    def change(self, user: User, **values: Any) -> None:
        self.store.change(user, **values)

    def add_user(self, email: str, **row: Any) -> User:
        """Takes the keys of a seed's user."""
        return seed.add_user(self.store, {"email": email, **row})

    def delete_user(self, email: str) -> None:
        self.store.remove(self.user(email))

    def rename(self, email: str, new: str) -> None:
        self.change(self.user(email), email=new)

    def set_license(self, email: str, license: Any) -> None:
        """An administrator's hand in the portal: seats count, the re-assignment limit does not."""
        user, wanted = self.user(email), parse(license)
        self.store.require_seat(None if user.room else wanted.pool, user.pool)
        self.change(user, license=wanted)

    def set_role(self, email: str, role: str) -> None:
        self.change(self.user(email), role_id=seed.role_id(self.store, role, email))

    def set_status(self, email: str, status: str) -> None:
        user = self.user(email)
        {"active": self.store.set_active, "inactive": self.store.set_inactive}[status](user)

    def set_scopes(self, scopes: list[str]) -> None:
        self.store.scopes = set(scopes)

    def set_seats(self, seats: Mapping[str, Any]) -> None:
        """Replaces the seats; fewer than are taken is allowed, as when a subscription shrinks."""
        self.store.seats = seed.seats(seats)

    def set_settings(self, **settings: Any) -> None:
        """sso, plan, managed_domains, default_type … of the account."""
        for name, value in seed.known(settings, (*seed.SETTINGS, *seed.LISTS), "zoom").items():
            setattr(self.store, name, type(getattr(self.store, name))(value))

    def accept_invitation(self, email: str) -> User:
        user = self.user(email)
        if user.status != "pending":
            raise ValueError(f"{email} is {user.status}, not pending")
        self.change(user, status="active")
        group = self.store.groups.get(user.extra.pop("pending_group_id", ""))
        if group:
            self.store.join(user, group)
        return user

    def expire_invitation(self, email: str) -> None:
        self.store.withdraw_invitation(self.user(email))

    def sign_in(self, email: str) -> User:
        """An SSO sign-in."""
        user = self.user(email)
        if user.status != "active":
            raise ValueError(f"{email} is {user.status} and cannot sign in")
        saml.sign_in(self.store, user)
        return user

    def add_group(self, name: str, members: list[str] | None = None) -> Group:
        group = self.store.create_group(name)
        for email in members or ():
            self.store.join(self.user(email), group)
        return group

    def delete_group(self, name: str) -> None:
        self.store.remove_group(self.group(name))

    def add_member(self, group: str, email: str) -> None:
        self.store.join(self.user(email), self.group(group))

    def remove_member(self, group: str, email: str) -> None:
        self.store.leave(self.user(email), self.group(group))

    def expire_tokens(self) -> None:
        self.tokens.expire(self.store.now())

    def revoke_tokens(self) -> None:
        self.tokens.revoke()

    # What tests look at

    def members_of(self, name: str) -> list[str]:
        return [self.store.users[user_id].email for user_id in self.group(name).members]

    def state(self) -> dict[str, Any]:
        """Everything but credentials, as JSON."""
        store = self.store
        return {
            "account_id": store.account_id,
            "plan": store.plan,
            "sso": store.sso,
            "managed_domains": list(store.managed_domains),
            "seats": {pool: self._seat_row(pool) for pool in store.seats},
            "users": [user_state(user) for user in store.users.values()],
            "groups": [{"id": group.id, "name": group.name, "members": self.members_of(group.name)} for group in store.groups.values()],
            "roles": [{"id": role.id, "name": role.name} for role in store.roles.values()],
        }

    def _seat_row(self, pool: str) -> dict[str, int | None]:
        return {
            "bought": self.store.seats_of(pool),
            "used": self.store.seat_usage(pool),
            "pending": self.store.seat_usage(pool, "pending"),
        }


def user_state(user: User) -> dict[str, Any]:
    row = asdict(user)
    row.update(created=stamp(user.created), modified=stamp(user.modified), last_login=stamp(user.last_login))
    row["email_changes"] = [stamp(when) for when in user.email_changes]
    return row
