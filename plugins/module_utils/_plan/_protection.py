# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Accounts that are never deactivated, renamed or downgraded: owner, admins and whoever is listed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._model._account import ADMIN, OWNER, Account
from .._model._text import PolicyError, check_addresses, fold
from .._model._typed import is_blank
from .._model._unknown import unknown_key

_ROLE_NAMES = {"owner": OWNER, "admin": ADMIN, "member": "2"}


@dataclass(frozen=True)
class Protection:
    """`users` folded; `roles` by id."""

    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset({OWNER, ADMIN})

    def covers(self, account: Account) -> bool:
        return fold(account.email) in self.users or account.role_id in self.roles


def parse_protection(spec: Mapping[str, Any] | None, where: str) -> Protection:
    """`{users: [addresses], roles: [role ids, or owner, admin]}`; owner and admin always are."""
    spec = spec or {}
    if not isinstance(spec, Mapping):
        raise PolicyError(f"{where} must be a dictionary of users and roles, not {type(spec).__name__}.")
    for key in spec:
        if key not in ("users", "roles"):
            raise PolicyError(unknown_key(where, key, ("users", "roles")))
    roles = {_ROLE_NAMES.get(str(role).lower(), str(role)) for role in _roles(spec.get("roles"), f"{where}.roles")}
    users = check_addresses(spec.get("users") or [], f"{where}.users")
    return Protection(frozenset(fold(user) for user in users), frozenset({OWNER, ADMIN} | roles))


def _roles(roles: object, where: str) -> list[object]:
    """Names, or ids, which are numbers of few digits and texts."""
    if is_blank(roles):
        return []
    if not isinstance(roles, list):
        raise PolicyError(f"{where} must be a list of roles, not {type(roles).__name__}.")
    for role in roles:
        if isinstance(role, bool) or not isinstance(role, int | str) or role == "":
            raise PolicyError(f"{where} holds {role!r}, which is no role; write owner, admin or a role's id.")
    return roles


def active_unprotected(accounts: Iterable[Account], protection: Protection) -> int:
    return sum(account.status == "active" and not protection.covers(account) for account in accounts)
