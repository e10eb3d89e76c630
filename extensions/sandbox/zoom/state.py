# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ZoomAccount: the state behind the Zoom side, and the events a test lets happen to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from . import seed
from .entities import SSO_LOGIN, Group, User, stamp
from .license import BASIC, LICENSED, NAMES, License, parse, plain, zoom_one
from .oauth import SCOPES, Tokens
from .paging import Pages
from .ports import Context
from .rates import Rates
from .rows import Rows


class ZoomAccount(Rows):
    """One account. The methods below are what the world does to it apart from its APIs; all take addresses.

    `scopes` go into tokens when they are minted; `permissions` are the rights of the token's user.
    """

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
        self.account_id = "Aq81LrTfQ3aSandboxAcc0"
        self.client_id = "sandboxZoomClient0000000000000001"
        self.client_secret = "sandbox-zoom-client-secret-0000000000000000000000000001"
        self.scim_token = "sandbox-zoom-scim-token-00000000000000000000000000000000000001"
        self.plan = "business"
        self.sso = True
        self.server_to_server = True
        self.default_type = BASIC
        self.base_zoom_one_type = 0
        self.scopes: set[str] = set(SCOPES)
        self.permissions: set[str] = {"User:Read", "User:Edit", "Group:Read", "Group:Edit"}
        self.tokens = Tokens()
        self.token_requests = 0
        self.rates = Rates(self)
        self.pages = Pages(self)

    @classmethod
    def from_seed(cls, given: Mapping[str, Any] | None, context: Context) -> ZoomAccount:
        account = cls(context)
        seed.fill(account, given or {})
        account.settle()
        return account

    @property
    def is_paid(self) -> bool:
        return self.plan != "free"

    def paid_license(self, number: int) -> License:
        """What `type` gives: on a Workplace base plan, 2 is that plan."""
        return zoom_one(self.base_zoom_one_type) if number == LICENSED and self.base_zoom_one_type else plain(number)

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
        self.change(self.user(email), role_id=seed._role(self, role, email))

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
        """An SSO sign-in: the SAML mapping sets its licence again, unless upcoming events or seats forbid it."""
        user = self.user(email)
        if user.status != "active":
            raise ValueError(f"{email} is {user.status} and cannot sign in")
        self.change(user, last_login=self.now(), **self._unique_id(user))
        mapping = self.context.switches["saml_mapping"]
        if mapping == "off" or user.room or user.license == plain(NAMES[mapping]) or user.upcoming_events:
            return user
        free = self.free_seats(plain(NAMES[mapping]).pool)
        if free is None or free > 0:
            self.change(user, license=plain(NAMES[mapping]))
        return user

    def _unique_id(self, user: User) -> dict[str, str]:
        """What the SAML mapping sets at a sign-in."""
        kind = self.context.switches["saml_unique_id"]
        if kind == "off" or SSO_LOGIN not in user.login_types or user.status == "pending":
            return {}
        value = user.email if kind == "email" else f"E{int.from_bytes(user.id.encode()[:3], 'big') % 90000 + 10000}"
        same = self.context.switches["employee_number_in_list"] == "shown"
        return {"employee_unique_id": value, **({"employee_number": value} if same else {})}

    def set_unique_id(self, user: User) -> None:
        """Whoever a seed describes has signed in before, unless it says what their sign-in set."""
        if not user.employee_unique_id:
            for name, value in self._unique_id(user).items():
                setattr(user, name, value)

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
