# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of a user in Google's field names, checked before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..store.entities import User, fold, is_email
from ..store.store import Store
from .errors import exists, invalid_input, unknown_name
from .schema import FIELDS, USER_READ_ONLY

LONGEST_NAME = 60
_OWN = frozenset({"primaryEmail", "name", "suspended", "archived", "orgUnitPath", "id", "password", "hashFunction", "isGuestUser"})


def change_user(store: Store, user: User, given: Mapping[str, Any]) -> None:
    """As a PUT does: absent kept, null clears, lists replaced whole. Read-only fields are ignored."""
    wanted = {name: value for name, value in given.items() if name not in USER_READ_ONLY}
    for name in wanted:
        if name not in FIELDS["User"]:
            raise unknown_name(name, "Cannot find field.")
    _check(store, user, wanted)
    _set_name(user, wanted.get("name") or {})
    if "orgUnitPath" in wanted:
        user.org_unit = store.org_unit_at(wanted["orgUnitPath"]).path  # type: ignore[union-attr]
    if "suspended" in wanted:
        user.suspended = bool(wanted["suspended"])
        user.suspended_at = store.now() if user.suspended else None
    if "archived" in wanted:
        user.archived = bool(wanted["archived"])
        user.archived_at = store.now() if user.archived else None
    if wanted.get("primaryEmail"):
        store.rename_user(user, wanted["primaryEmail"])
    kept = {**user.fields, **{name: value for name, value in wanted.items() if name not in _OWN}}
    user.fields = {name: value for name, value in kept.items() if value not in (None, [], {})}


def _set_name(user: User, name: Mapping[str, str]) -> None:
    user.given, user.family = name.get("givenName", user.given), name.get("familyName", user.family)
    user.display = name.get("displayName", user.display)


def _check(store: Store, user: User, wanted: Mapping[str, Any]) -> None:
    """Refusals come before anything is changed."""
    name = wanted.get("name") or {}
    if not isinstance(name, Mapping):
        raise invalid_input("name")
    for half in ("givenName", "familyName"):
        if half in name and not (isinstance(name[half], str) and 0 < len(name[half]) <= LONGEST_NAME):
            raise invalid_input(half)
    for flag in ("suspended", "archived"):
        if flag in wanted and not isinstance(wanted[flag], bool):
            raise invalid_input(flag)
    if "orgUnitPath" in wanted and store.org_unit_at(wanted["orgUnitPath"]) is None:
        raise invalid_input("INVALID_OU_ID")
    email = wanted.get("primaryEmail")
    if email is not None:
        if not is_email(email) or not store.is_ours(email):
            raise invalid_input("primary_user_email")
        mine = {fold(user.email), *(fold(alias) for alias in user.aliases)}
        if fold(email) not in mine and store.is_taken(email):
            raise exists()
