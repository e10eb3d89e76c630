# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Whether a write whose outcome nobody saw was made: by what is there now. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .._model._google_group import GoogleGroup, shows
from .._model._journal import Entry
from .._model._tenant import Tenant, by_id
from .._model._text import as_shown, fold, name_key
from ._actions import END_OF_ACCOUNT, Subject, is_of_members, subject_of


class Judge:
    """Whether a write of Zoom was made, by what the accounts show; None of what was written to Google."""

    def __init__(self, tenant: Tenant) -> None:
        self._groups = {name_key(name): key for key, name in (tenant.groups or {}).items()}
        self._by_id = by_id(tenant.accounts)
        self._by_email = {fold(account.email): account for account in tenant.accounts}

    def done(self, entry: Entry) -> bool | None:
        if is_google(entry):
            return None
        if subject_of(entry.action) is Subject.ZOOM_GROUP:
            return self._group_done(entry)
        account = self._by_id.get(entry.account_id) if entry.account_id else self._by_email.get(fold(entry.email))
        if entry.action in END_OF_ACCOUNT:
            return account is None
        if account is None:
            return False
        # a bundle by zoom_one_type is not in lists: whether it was given or not, undo looks at the account itself
        shown = account.zoom_one_type is not None and not account.recalled
        seen = {name: value for name, value in entry.after.items() if name != "zoom_one_type" or shown}
        return all(as_shown(str(getattr(account, name, value) or "")) == as_shown(str(value or "")) for name, value in seen.items())

    def _group_done(self, entry: Entry) -> bool:
        key = entry.group_id or self._groups.get(name_key(entry.group), "")
        if not is_of_members(entry.action):
            return (name_key(entry.group) in self._groups) == (entry.action != "delete_group")
        inside = [key in account.group_ids for account in (self._by_id.get(member["id"]) for member in entry.members) if account]
        return all(inside) if entry.action == "add" else not any(inside)


class GoogleJudge:
    """The same of the Google groups that were read, or of their `members`; None of all else, and of what was not read of them."""

    def __init__(self, groups: Iterable[GoogleGroup], *, members: bool) -> None:
        self._groups, self._members = {fold(group.email): group for group in groups}, members

    def done(self, entry: Entry) -> bool | None:
        group = self._groups.get(fold(entry.group))
        if not is_google(entry) or group is None or is_of_members(entry.action) != self._members:
            return None
        if self._members:
            role = group.members.get(member_key(entry))
            if role is None and group.member_unread:
                return None
            return role is None if entry.action == "google_remove" else role is not None and role == entry.after.get("role", role)
        if entry.action == "google_delete":
            return not group.fields
        if entry.action == "google_settings" and group.fields and not group.settings_read:
            return None
        return bool(group.fields) and shows(group.settings if entry.action == "google_settings" else group.fields, entry.after)


def member_key(entry: Entry) -> str:
    """As members are listed: by folded address, or by a customer's id."""
    return fold(entry.email) if "@" in entry.email else entry.email


def is_google(entry: Entry) -> bool:
    return subject_of(entry.action) is Subject.GOOGLE_GROUP
