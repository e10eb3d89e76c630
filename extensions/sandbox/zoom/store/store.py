# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store of one Zoom account: its people, groups, roles and seats, and what holds whichever API changes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ...frame.context import Context
from .entities import BUILT_IN_ROLES, OWNER, Group, Role, User, fold, make_id
from .lag import Lag
from .license import BASIC, UNASSIGNED, License, plain
from .limits import AssignmentLimit, NameRefused, SeatsExhausted
from .names import NAMES, refused_name, tidy
from .terms import Terms

DEFAULT_SEATS = {"basic": 9999, "licensed": 100}
UNCOUNTED = frozenset({"unassigned", "on_prem"})  # unless a seed says how many there may be


class Store(Terms):
    """An account. Every change of a user goes through `change`, which keeps index and seats right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.roles: dict[str, Role] = {role.id: role for role in BUILT_IN_ROLES}
        self.seats: dict[str, int] = dict(DEFAULT_SEATS)
        self.license_assignments = 0
        self.version = 0
        self._ever_used: set[str] = set()
        self._members: list[User] = []
        self._members_version = -1
        self._ids: dict[str, str] = {}
        self._taken: Counter[tuple[str, str]] = Counter()
        self._lag_users: Lag[User] = Lag(context)
        self._lag_groups: Lag[Group] = Lag(context)

    def settle(self) -> None:
        """Reads show everything written so far: a seed was always there."""
        self._lag_users.settle()
        self._lag_groups.settle()

    def now(self) -> datetime:
        return self.context.clock.now()

    # Look-ups: as things are (`lookup`) and as reads show them (`shown_…`)

    def lookup(self, key: str) -> User | None:
        """By id or address."""
        return self.users.get(key) or self.users.get(self._ids.get(fold(key), ""))

    def shown_users(self) -> dict[str, User]:
        return self._lag_users.view(self.users)

    def shown_groups(self) -> dict[str, Group]:
        return self._lag_groups.view(self.groups)

    def shown_members(self) -> list[User]:
        """All but the pending, kept until something changes: lists are read page by page."""
        shown = self.shown_users()
        if shown is not self.users:
            return [user for user in shown.values() if user.status != "pending"]
        if self._members_version != self.version:
            self._members = [user for user in shown.values() if user.status != "pending"]
            self._members_version = self.version
        return self._members

    def shown_user(self, key: str) -> User | None:
        shown = self.shown_users()
        if shown is self.users:
            return self.lookup(key)
        return shown.get(key) or next((user for user in shown.values() if fold(user.email) == fold(key)), None)

    def lookup_vanity(self, name: str, but: User) -> User | None:
        """Who else holds a personal link name."""
        return next((user for user in self.users.values() if name and user.vanity_name == name and user is not but), None)

    def owner(self) -> User | None:
        return next((user for user in self.users.values() if user.role_id == OWNER), None)

    def group_named(self, name: str) -> Group | None:
        return next((group for group in self.groups.values() if group.name.lower() == name.lower()), None)

    def role_named(self, name: str) -> Role | None:
        return next((role for role in self.roles.values() if role.name.lower() == name.lower()), None)

    # Seats

    def seats_of(self, pool: str) -> int | None:
        """None: not counted. A bundle nobody bought has no seat."""
        return self.seats.get(pool, None if pool in UNCOUNTED else 0)

    def seat_usage(self, pool: str, status: str = "active") -> int:
        return self._taken[pool, status]

    def free_seats(self, pool: str) -> int | None:
        bought = self.seats_of(pool)
        return None if bought is None else bought - self.seat_usage(pool) - self.seat_usage(pool, "pending")

    def require_seat(self, pool: str | None, held: str | None = None) -> None:
        free = None if pool is None or pool == held else self.free_seats(pool)
        if pool is not None and free is not None and free <= 0:
            raise SeatsExhausted(pool, self.seats_of(pool) or 0)

    # Users

    def new_id(self, email: str) -> str:
        """From the address; another one each time an address comes back, as Zoom never reuses an id."""
        generation = 0
        while (user_id := make_id("user", fold(email), generation)) in self._ever_used:
            generation += 1
        return user_id

    def check_names(self, values: Mapping[str, Any]) -> None:
        """NameRefused where one of them is not taken from an API."""
        chinese = self.context.switches["chinese_display_name"] == "refused"
        if problem := refused_name(values, self.blocked_words, chinese=chinese):
            raise NameRefused(problem)

    def tidied(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Names as this account keeps them."""
        return tidy(values) if self.context.switches["normalise_names"] == "normalised" else dict(values)

    def insert(self, user: User) -> User:
        self.require_seat(user.pool)
        for name, value in self.tidied({name: getattr(user, name) for name in NAMES}).items():
            setattr(user, name, value)
        self._lag_users.remember(user.id, None)
        self._ever_used.add(user.id)
        self.users[user.id] = user
        self._ids[fold(user.email)] = user.id
        self.former_invitees.discard(fold(user.email))
        self._count(user, 1)
        self.version += 1
        return user

    def change(self, user: User, **values: Any) -> None:
        values = self.tidied(values)
        self._lag_users.remember(user.id, user)
        self._count(user, -1)
        self._ids.pop(fold(user.email), None)
        for name, value in values.items():
            setattr(user, name, value)
        self._ids[fold(user.email)] = user.id
        self._count(user, 1)
        user.modified = self.now()
        self.version += 1

    def remove(self, user: User) -> None:
        for group_id in list(user.group_ids):
            self.leave(user, self.groups[group_id])
        self._lag_users.remember(user.id, user)
        self._count(user, -1)
        self._ids.pop(fold(user.email), None)
        del self.users[user.id]
        self.version += 1

    def _count(self, user: User, step: int) -> None:
        if user.pool:
            self._taken[user.pool, user.status] += step

    def give_license(self, user: User, license: License) -> None:
        """Seats first, so that a refused change leaves everything as it was."""
        if license == user.license:
            return
        self.require_seat(None if user.room else license.pool, user.pool)
        if license.is_paid and not user.license.is_paid:
            limit = self.context.switches["license_reassignment_limit"]
            if limit is not None and self.license_assignments >= limit:
                raise AssignmentLimit
            self.license_assignments += 1
        self.change(user, license=license)

    def set_inactive(self, user: User) -> None:
        """Deactivation takes every licence; who was unassigned stays so."""
        if user.status == "inactive":
            return
        left = user.license if user.license.type == UNASSIGNED else plain(BASIC)
        paid = {key: value for key, value in user.extension.items() if not (value is True or key.startswith("zoom"))}
        self.change(user, status="inactive", license=left, extension=paid)

    def set_active(self, user: User) -> None:
        if user.status == "active":
            return
        self.require_seat(None if user.room else user.license.pool)
        self.change(user, status="active")

    def disassociate(self, user: User) -> None:
        """The person goes on as a Zoom user of their own; the address stays taken."""
        self.remove(user)
        self.foreign_logins.add(fold(user.email))

    def withdraw_invitation(self, user: User) -> None:
        self.remove(user)
        self.former_invitees.add(fold(user.email))

    # Groups

    def create_group(self, name: str, *, email_alias: str = "", default: bool = False) -> Group:
        name = self.tidied({"name": name})["name"]
        generation = 0
        while (group_id := make_id("group", name, generation)) in self._ever_used:
            generation += 1
        self._lag_groups.remember(group_id, None)
        self._ever_used.add(group_id)
        now = self.now()
        self.groups[group_id] = Group(group_id, name, now, now, email_alias, default)
        return self.groups[group_id]

    def change_group(self, group: Group, **values: Any) -> None:
        self._lag_groups.remember(group.id, group)
        for name, value in self.tidied(values).items():
            setattr(group, name, value)
        group.modified = self.now()

    def remove_group(self, group: Group) -> None:
        for user_id in list(group.members):
            self.leave(self.users[user_id], group)
        self._lag_groups.remember(group.id, group)
        del self.groups[group.id]

    def join(self, user: User, group: Group) -> bool:
        """Whether that changed anything: pending people are dropped without a word."""
        if user.status == "pending" or user.id in group.members:
            return False
        self._lag_users.remember(user.id, user)
        self._lag_groups.remember(group.id, group)
        group.members[user.id] = None
        user.group_ids.append(group.id)
        return True

    def leave(self, user: User, group: Group) -> bool:
        if user.id not in group.members:
            return False
        self._lag_users.remember(user.id, user)
        self._lag_groups.remember(group.id, group)
        del group.members[user.id]
        user.group_ids.remove(group.id)
        return True

    def join_named(self, user: User, names: Iterable[str]) -> None:
        """A name that no group has is passed over."""
        for name in names:
            group = self.group_named(name)
            if group is not None:
                self.join(user, group)
