# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ZoomAccount: the state behind the Zoom side, and the events a test lets happen to it."""

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


class ZoomAccount(Store):
    """The store of the account, with what is counted beside it. Its methods are what the world does apart from the APIs."""

    # what other processes may call through the sandbox's control paths
    EVENTS = frozenset(
        {
            "add_user", "delete_user", "rename", "set_license", "set_role", "set_status", "set_scopes", "set_seats",
            "set_settings", "accept_invitation", "expire_invitation", "sign_in", "add_group", "delete_group",
            "add_member", "remove_member", "expire_tokens", "revoke_tokens", "find", "state",
        }
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.scopes = set(SCOPES)
        self.tokens = Tokens()
        self.rates = Rates(context)
        self.pages = Pages(context)

    @classmethod
    def from_seed(cls, given: Mapping[str, Any] | None, context: Context) -> ZoomAccount:
        account = cls(context)
        seed.fill(account, given or {})
        account.settle()
        return account

    @property
    def rate_plan(self) -> str:
        return rate_plan(self.plan)

    @property
    def token_requests(self) -> int:
        return self.tokens.asked

    @token_requests.setter
    def token_requests(self, count: int) -> None:
        self.tokens.asked = count

    # Events

    def find(self, email: str) -> User | None:
        return self.lookup(email)

    def user(self, email: str) -> User:
        found = self.lookup(email)
        if found is None:
            raise KeyError(f"no Zoom user {email}")
        return found

    def group(self, name: str) -> Group:
        found = self.group_named(name)
        if found is None:
            raise KeyError(f"no Zoom group {name}")
        return found

    def add_user(self, email: str, **row: Any) -> User:
        """Takes the keys of a seed's user."""
        return seed.add_user(self, {"email": email, **row})

    def delete_user(self, email: str) -> None:
        self.remove(self.user(email))

    def rename(self, email: str, new: str) -> None:
        self.change(self.user(email), email=new)

    def set_license(self, email: str, license: Any) -> None:
        """An administrator's hand in the portal: seats count, the re-assignment limit does not."""
        user, wanted = self.user(email), parse(license)
        self.require_seat(None if user.room else wanted.pool, user.pool)
        self.change(user, license=wanted)

    def set_role(self, email: str, role: str) -> None:
        self.change(self.user(email), role_id=seed.role_id(self, role, email))

    def set_status(self, email: str, status: str) -> None:
        user = self.user(email)
        {"active": self.set_active, "inactive": self.set_inactive}[status](user)

    def set_scopes(self, scopes: list[str]) -> None:
        self.scopes = set(scopes)

    def set_seats(self, seats: Mapping[str, Any]) -> None:
        """Replaces the seats; fewer than are taken is allowed, as when a subscription shrinks."""
        self.seats = seed.seats(seats)

    def set_settings(self, **settings: Any) -> None:
        """sso, plan, managed_domains, default_type … of the account."""
        for name, value in seed.known(settings, (*seed.SETTINGS, *seed.LISTS), "zoom").items():
            setattr(self, name, type(getattr(self, name))(value))

    def accept_invitation(self, email: str) -> User:
        user = self.user(email)
        if user.status != "pending":
            raise ValueError(f"{email} is {user.status}, not pending")
        self.change(user, status="active")
        group = self.groups.get(user.extra.pop("pending_group_id", ""))
        if group:
            self.join(user, group)
        return user

    def expire_invitation(self, email: str) -> None:
        self.withdraw_invitation(self.user(email))

    def sign_in(self, email: str) -> User:
        """An SSO sign-in."""
        user = self.user(email)
        if user.status != "active":
            raise ValueError(f"{email} is {user.status} and cannot sign in")
        saml.sign_in(self, user)
        return user

    def add_group(self, name: str, members: list[str] | None = None) -> Group:
        group = self.create_group(name)
        for email in members or ():
            self.join(self.user(email), group)
        return group

    def delete_group(self, name: str) -> None:
        self.remove_group(self.group(name))

    def add_member(self, group: str, email: str) -> None:
        self.join(self.user(email), self.group(group))

    def remove_member(self, group: str, email: str) -> None:
        self.leave(self.user(email), self.group(group))

    def expire_tokens(self) -> None:
        self.tokens.expire(self.now())

    def revoke_tokens(self) -> None:
        self.tokens.revoke()

    # What tests look at

    def members_of(self, name: str) -> list[str]:
        return [self.users[user_id].email for user_id in self.group(name).members]

    def state(self) -> dict[str, Any]:
        """Everything but credentials, as JSON."""
        return {
            "account_id": self.account_id,
            "plan": self.plan,
            "sso": self.sso,
            "managed_domains": list(self.managed_domains),
            "seats": {pool: self._seat_row(pool) for pool in self.seats},
            "users": [user_state(user) for user in self.users.values()],
            "groups": [{"id": group.id, "name": group.name, "members": self.members_of(group.name)} for group in self.groups.values()],
            "roles": [{"id": role.id, "name": role.name} for role in self.roles.values()],
        }

    def _seat_row(self, pool: str) -> dict[str, int | None]:
        return {
            "bought": self.seats_of(pool),
            "used": self.seat_usage(pool),
            "pending": self.seat_usage(pool, "pending"),
        }


def user_state(user: User) -> dict[str, Any]:
    row = asdict(user)
    row.update(created=stamp(user.created), modified=stamp(user.modified), last_login=stamp(user.last_login))
    row["email_changes"] = [stamp(when) for when in user.email_changes]
    return row
