# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workspace: the state behind the Google side, and what a test lets happen to it apart from its APIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..frame.context import Context
from . import seed
from .rules.access import Access
from .rules.group_settings import as_texts, change_settings, settings_row
from .rules.membership import as_member
from .rules.notify import tell
from .rules.paging import Pages
from .rules.scopes import KNOWN, full_scope
from .rules.user_fields import change_user
from .store.entities import MEMBER, ROLES, Group, Member, User, fold, moment
from .store.grants import Grants
from .store.store import Store
from .view import whole


class Workspace:
    """One customer. Users and groups are named by address or id; the methods return their rows."""

    # what other processes may call through the sandbox's control paths
    EVENTS = frozenset(
        {
            "add_user", "delete", "undelete", "rename", "suspend", "archive", "move", "set_name", "set_admin", "update",
            "add_alias", "remove_alias", "add_group", "delete_group", "rename_group", "settings_of", "set_settings",
            "add_member", "remove_member", "set_role",
            "add_admin_event", "set_scopes", "set_service_account_role", "expire_tokens", "find_user", "find_group", "members_of", "state",
        }
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        self.context = context
        self.store = Store(context)
        self.grants = Grants(scopes=set(KNOWN))
        self.access = Access(self.store, self.grants)
        self.pages = Pages(context)

    @classmethod
    def from_seed(cls, given: Mapping[str, Any] | None, context: Context) -> Workspace:
        workspace = cls(context)
        seed.fill(workspace.store, workspace.grants, given or {})
        workspace.store.search.start()
        return workspace

    @property
    def customer(self) -> str:
        return self.store.customer

    @property
    def domains(self) -> list[str]:
        return self.store.domains

    @property
    def users(self) -> dict[str, User]:
        return self.store.users

    @property
    def groups(self) -> dict[str, Group]:
        return self.store.groups

    @property
    def admin(self) -> str:
        return self.grants.admin

    @property
    def scopes(self) -> set[str]:
        """What is delegated to the service account."""
        return self.grants.scopes

    @scopes.setter
    def scopes(self, scopes: Iterable[str]) -> None:
        self.grants.scopes = set(scopes)

    @property
    def service_account_role(self) -> bool:
        """Whether the service account holds an admin role itself."""
        return self.grants.role

    @service_account_role.setter
    def service_account_role(self, role: bool) -> None:
        self.grants.role = role

    @property
    def token_requests(self) -> int:
        return self.access.asked

    @token_requests.setter
    def token_requests(self, count: int) -> None:
        self.access.asked = count

    def service_account_info(self) -> dict[str, str]:
        """A key file's content; its token_uri is here."""
        return self.access.service_account.info(f"{self.context.base_url}/token")

    def mint(self, subject: str | None = None, scopes: list[str] | None = None) -> str:
        """An access token without asking for one: of a subject, the admin by default; "" for the service account itself."""
        wanted = frozenset(full_scope(scope) for scope in (self.scopes if scopes is None else scopes))
        return self.access.issue(self.user(self.admin if subject is None else subject).id if subject != "" else "", wanted)

    # Looking

    def find_user(self, key: str) -> User | None:
        return self.store.user_by(key)

    def find_group(self, key: str) -> Group | None:
        return self.store.group_by(key)

    def user(self, key: str) -> User:
        found = self.store.user_by(key)
        if found is None:
            raise KeyError(f"no Google user {key}")
        return found

    def group(self, key: str) -> Group:
        found = self.store.group_by(key)
        if found is None:
            raise KeyError(f"no Google group {key}")
        return found

    def members_of(self, group: str) -> list[str]:
        """Addresses of the direct members; a CUSTOMER row by its id."""
        return sorted(self.store.email_of(member) or member.id for member in self.group(group).members.values())

    # Events: users

    def add_user(self, email: str, **row: Any) -> User:
        """Takes the keys of a seed's user."""
        user = seed.add_user(self.store, {"email": email, **row})
        self.store.search.note(user.id, None)
        tell(self.store, "add", user)
        return user

    def delete(self, email: str) -> None:
        user = self.user(email)
        self.store.bin_user(user)
        tell(self.store, "delete", user)

    def undelete(self, id: str) -> User:
        user = next((row for row in self.store.deleted_users() if row.id == id), None)
        if user is None:
            raise KeyError(f"no deleted Google user has the id {id}")
        self.store.restore(user)
        tell(self.store, "undelete", user)
        return user

    def rename(self, email: str, new: str) -> User:
        """The old address becomes an alias."""
        if not self.store.is_ours(new):
            raise ValueError(f"{new} is in none of the domains {', '.join(self.domains)}")
        user = self._touched(email)
        self.store.rename_user(user, new)
        tell(self.store, "update", user)
        return user

    def suspend(self, email: str, suspended: bool = True) -> User:
        return self.update(email, suspended=suspended)

    def archive(self, email: str, archived: bool = True) -> User:
        return self.update(email, archived=archived)

    def move(self, email: str, org_unit: str) -> User:
        """An org unit that is not there yet is made."""
        return self.update(email, orgUnitPath=self.store.add_org_unit(org_unit).path)

    def set_name(self, email: str, given: str, family: str) -> User:
        return self.update(email, name={"givenName": given, "familyName": family})

    def set_admin(self, email: str, admin: bool = True) -> User:
        user = self._touched(email)
        user.admin = admin
        tell(self.store, "makeAdmin", user)
        return user

    def update(self, email: str, **fields: Any) -> User:
        """Google's field names, as a PUT takes them: lists are replaced, None clears."""
        user = self._touched(email)
        change_user(self.store, user, fields)
        tell(self.store, "update", user)
        return user

    def add_alias(self, email: str, alias: str) -> None:
        """Of a user or a group."""
        user = self.find_user(email)
        if user:
            self.store.touch(user)
            self.store.add_user_alias(user, alias)
        else:
            self.store.add_group_alias(self.group(email), alias)

    def remove_alias(self, alias: str) -> None:
        """The address is free for others afterwards."""
        user, group = self.find_user(alias), self.find_group(alias)
        if user and fold(user.email) != fold(alias):
            self.store.touch(user)
            self.store.drop_user_alias(user, alias)
        elif not (group and self.store.drop_group_alias(group, alias)):
            raise KeyError(f"{alias} is nobody's alias")

    def _touched(self, email: str) -> User:
        user = self.user(email)
        self.store.touch(user)
        return user

    # Events: groups

    def add_group(self, email: str, **row: Any) -> Group:
        """Takes the keys of a seed's group."""
        group = seed.add_group(self.store, {"email": email, **row})
        seed.fill_group(self.store, group, row)
        return group

    def delete_group(self, email: str) -> None:
        self.store.drop_group(self.group(email))

    def rename_group(self, email: str, new: str) -> Group:
        group = self.group(email)
        self.store.rename_group(group, new)
        return group

    def settings_of(self, email: str) -> dict[str, Any]:
        """As Groups Settings shows them."""
        return settings_row(self.group(email))

    def set_settings(self, email: str, **settings: Any) -> None:
        """By hand in the Admin console."""
        change_settings(self.group(email), as_texts(settings))

    def add_member(self, group: str, member: str, role: str = MEMBER) -> Member:
        """By address or id; also what closes a cycle, as the web UI has allowed. The customer's id is everyone."""
        row = as_member(self.store, member, self._role(role))
        if row is None:
            raise KeyError(f"nobody has the address {member}")
        if row.type == "GROUP" and row.role != MEMBER:
            raise ValueError(f"{member} is a group and can be a MEMBER only")
        target = self.group(group)
        if row.id in target.members:
            raise ValueError(f"{member} is in {group} already")
        return self.store.join(target, row)

    def remove_member(self, group: str, member: str) -> None:
        target, row = self.group(group), as_member(self.store, member)
        if row is None or row.id not in target.members:
            raise KeyError(f"{member} is not in {group}")
        self.store.leave(target, row.id)

    def set_role(self, group: str, member: str, role: str) -> None:
        self.remove_member(group, member)
        self.add_member(group, member, role)

    def _role(self, role: str) -> str:
        if role not in ROLES:
            raise ValueError(f"{role} is none of {', '.join(ROLES)}")
        return role

    # Events: the audit log

    def add_admin_event(self, name: str, when: str = "1 hour ago", times: int = 1, **parameters: Any) -> None:
        """An entry of the Admin console's log; what happens here otherwise leaves none. `when`: ISO, or `3 days ago`."""
        for _time in range(times):
            self.store.admin_log.note(name, moment(when, self.store.now()), parameters)

    # Events: access

    def set_scopes(self, scopes: list[str]) -> None:
        """What is delegated from now on; without the prefix of Google's scopes is fine."""
        self.scopes = {full_scope(scope) for scope in scopes}

    def set_service_account_role(self, role: bool) -> None:
        self.service_account_role = role

    def expire_tokens(self) -> None:
        self.access.expire()

    # What tests look at

    def state(self) -> dict[str, Any]:
        """Everything but credentials, as JSON."""
        return whole(self.store, self.grants, self.access)
