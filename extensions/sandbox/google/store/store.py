# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stores of a customer: everything by its immutable id, addresses and memberships indexed, lists sorted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ...frame.context import Context
from .admin_events import AdminLog
from .channels import Channels
from .entities import Group, Member, OrgUnit, User, domain_of, fold, mailbox, short_id, user_id
from .search import SearchIndex

BIN_DAYS = 20
TEST_DOMAIN = ".test-google-a.com"


class Taken(ValueError):
    """An address that is a user's or a group's, as primary address or alias."""


class Store:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.search = SearchIndex(context)
        self.admin_log = AdminLog()
        self.channels = Channels()
        self.customer = "C03az79cb"
        self.domains: list[str] = ["example.com"]
        self.domain_aliases: dict[str, str] = {}  # alias domain -> the domain whose addresses it gives a second form
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.org_units: dict[str, OrgUnit] = {}  # by folded path; the root is "/"
        self.bin: dict[str, User] = {}
        self._users_at: dict[str, str] = {}
        self._groups_at: dict[str, str] = {}
        self._groups_of: dict[str, dict[str, None]] = {}  # member id -> group ids
        self._sorted: list[User] | None = None
        self._ids_given: set[str] = set()
        self.add_org_unit("/")

    def now(self) -> datetime:
        return self.context.clock.now()

    def elapsed(self, since: datetime | None, switch: str) -> bool:
        """Whether the delay that a switch sets, in milliseconds, is over."""
        wait = int(self.context.switches[switch] or 0)
        return since is None or not wait or self.now() >= since + timedelta(milliseconds=wait)

    # Looking up

    def user_by(self, key: str) -> User | None:
        return self.users.get(key) or self.users.get(self._users_at.get(self.own_form(key), ""))

    def group_by(self, key: str) -> Group | None:
        return self.groups.get(key) or self.groups.get(self._groups_at.get(self.own_form(key), ""))

    def is_ours(self, email: str) -> bool:
        return domain_of(email) in self.domains

    def is_outside(self, email: str) -> bool:
        """In no domain of the customer, alias domains included."""
        return domain_of(self.own_form(email)) not in self.domains

    def own_form(self, email: str) -> str:
        """Folded, with the domain in place of a domain alias or of Google's test domain."""
        address = fold(email).removesuffix(TEST_DOMAIN)
        local, at, domain = address.rpartition("@")
        return f"{local}{at}{self.domain_aliases.get(domain, domain)}"

    def other_forms(self, *emails: str) -> list[str]:
        """What nonEditableAliases hold for these addresses: one of each domain alias, and for the first one Google's test address."""
        forms = []
        for email in emails:
            local, _at, domain = email.rpartition("@")
            forms += [f"{local}@{alias}" for alias, parent in self.domain_aliases.items() if parent == domain.lower()]
        return forms + ([f"{emails[0]}{TEST_DOMAIN}"] if domain_of(emails[0]) == self.domains[0] else [])

    def is_taken(self, email: str) -> bool:
        return self.own_form(email) in self._users_at or self.own_form(email) in self._groups_at

    def users_by_email(self) -> list[User]:
        """One list until someone comes, goes or is renamed; do not change it."""
        if self._sorted is None:
            self._sorted = sorted(self.users.values(), key=lambda user: fold(user.email))
        return self._sorted

    def deleted_users(self) -> list[User]:
        self.empty_bin()
        return sorted(self.bin.values(), key=lambda user: (fold(user.email), user.id))

    # Users

    def new_user_id(self, email: str) -> str:
        """The same for an address each time, unless it comes back after its first holder."""
        return self._new_id(lambda number: user_id(fold(email), number))

    def put_user(self, user: User) -> User:
        self._claim(self._users_at, user.id, user.email, *user.aliases)
        self.users[user.id] = user
        self._ids_given.add(user.id)
        self._sorted = None
        return user

    def touch(self, user: User) -> None:
        """To be called before a change: the search index may show the former state for a while."""
        self.search.note(user.id, user)
        user.version += 1

    def rename_user(self, user: User, new: str) -> None:
        """The id stays; the former address is an alias and not free for others."""
        if fold(new) == fold(user.email):
            user.email = new
            return
        if self._users_at.get(fold(new)) != user.id:
            self._claim(self._users_at, user.id, new)
        user.aliases = [alias for alias in user.aliases if fold(alias) != fold(new)] + [user.email]
        user.email = new
        self._sorted = None

    def add_user_alias(self, user: User, alias: str) -> None:
        self._claim(self._users_at, user.id, alias)
        user.aliases.append(alias)

    def drop_user_alias(self, user: User, alias: str) -> bool:
        kept = [known for known in user.aliases if fold(known) != fold(alias)]
        if len(kept) == len(user.aliases):
            return False
        user.aliases = kept
        del self._users_at[fold(alias)]
        return True

    def bin_user(self, user: User) -> None:
        """Deleted: addresses are free, rows vanish, the bin keeps the rest for 20 days."""
        for email in (user.email, *user.aliases):
            self._users_at.pop(fold(email), None)
        self._leave_everywhere(user.id)
        del self.users[user.id]
        user.deleted = user.deleted or self.now()
        self.bin[user.id] = user
        self._sorted = None

    def keep_deleted(self, user: User) -> None:
        """Deleted before the sandbox began."""
        self.bin[user.id] = user
        self._ids_given.add(user.id)

    def restore(self, user: User) -> None:
        del self.bin[user.id]
        user.aliases = [alias for alias in user.aliases if not self.is_taken(alias)]
        user.deleted = None
        self.put_user(user)

    def empty_bin(self) -> None:
        oldest = self.now() - timedelta(days=BIN_DAYS)
        self.bin = {key: user for key, user in self.bin.items() if user.deleted and user.deleted > oldest}

    # Groups and members

    def put_group(self, email: str, name: str = "", description: str = "", aliases: tuple[str, ...] = (), group_id: str = "") -> Group:
        key = group_id or self._new_id(lambda number: short_id("01ksv4uv", 7, fold(email), number))
        group = Group(key, email, name or email.partition("@")[0], description, list(aliases), foreign=not self.is_ours(email))
        self._claim(self._groups_at, key, email, *aliases)
        self.groups[key] = group
        self._ids_given.add(key)
        return group

    def rename_group(self, group: Group, new: str) -> None:
        if fold(new) != fold(group.email):
            if self._groups_at.get(fold(new)) != group.id:
                self._claim(self._groups_at, group.id, new)
            group.aliases = [alias for alias in group.aliases if fold(alias) != fold(new)] + [group.email]
        group.email = new

    def add_group_alias(self, group: Group, alias: str) -> None:
        self._claim(self._groups_at, group.id, alias)
        group.aliases.append(alias)

    def drop_group_alias(self, group: Group, alias: str) -> bool:
        kept = [known for known in group.aliases if fold(known) != fold(alias)]
        if len(kept) == len(group.aliases):
            return False
        group.aliases = kept
        del self._groups_at[fold(alias)]
        return True

    def drop_group(self, group: Group) -> None:
        for member in list(group.members):
            self.leave(group, member)
        self._leave_everywhere(group.id)
        for address in (group.email, *group.aliases):
            self._groups_at.pop(fold(address), None)
        del self.groups[group.id]

    def join(self, group: Group, member: Member) -> Member:
        group.members[member.id] = member
        self._groups_of.setdefault(member.id, {})[group.id] = None
        group.version += 1
        return member

    def leave(self, group: Group, member: str) -> None:
        del group.members[member]
        del self._groups_of[member][group.id]
        group.version += 1

    def outsider_id(self, email: str) -> str:
        """The same in all groups: another customer's user, of whom only the address is known."""
        return user_id("outside", mailbox(email))

    def groups_of(self, member: str) -> Iterator[Group]:
        """Those it is a direct member of."""
        return (self.groups[key] for key in self._groups_of.get(member, ()))

    def groups_around(self, *members: str) -> set[str]:
        """The ids of the groups that hold one of them, directly or through others."""
        found: set[str] = set()
        waiting = list(members)
        while waiting:
            key = waiting.pop()
            for group in self.groups_of(key):
                if group.id not in found and self.is_visible(group.members[key]):
                    found.add(group.id)
                    waiting.append(group.id)
        return found

    def is_visible(self, member: Member) -> bool:
        return self.elapsed(member.since, "google_visible_after_ms")

    def email_of(self, member: Member) -> str:
        """A row's address, which follows renames; a customer has none."""
        if member.type == "GROUP":
            group = self.groups.get(member.id)
            return group.email if group else ""
        user = self.users.get(member.id)
        return user.email if user else member.email

    # Org units

    def add_org_unit(self, path: str, description: str = "") -> OrgUnit:
        """With all above it."""
        clean = "/" + path.strip("/")
        known = self.org_units.get(clean.casefold())
        if known is None:
            if clean != "/":
                self.add_org_unit(clean.rpartition("/")[0])
            known = self.org_units[clean.casefold()] = OrgUnit(short_id("id:03ph8a2z", 7, clean.casefold()), clean)
        known.description = description or known.description
        return known

    def org_unit_at(self, path: Any) -> OrgUnit | None:
        return self.org_units.get(path.casefold()) if isinstance(path, str) else None

    # Helpers

    def _claim(self, index: dict[str, str], key: str, *emails: str) -> None:
        if taken := [email for email in emails if self.is_taken(email)]:
            raise Taken(f"{', '.join(taken)} is taken")
        index.update((fold(email), key) for email in emails)

    def _new_id(self, make: Any) -> str:
        number = 0
        while (key := str(make(number))) in self._ids_given:
            number += 1
        return key

    def _leave_everywhere(self, member: str) -> None:
        for group in list(self.groups_of(member)):
            self.leave(group, member)
