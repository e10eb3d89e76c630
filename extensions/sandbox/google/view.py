# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole customer as JSON, without credentials."""

from __future__ import annotations

from typing import Any

from .endpoints.resources import deleted_row, group_row, member_row, org_unit_row, user_row
from .rules.access import Access
from .store.entities import Group, fold, stamp
from .store.grants import Grants
from .store.store import Store


def whole(store: Store, grants: Grants, access: Access) -> dict[str, Any]:
    return {
        "customer": store.customer,
        "domains": list(store.domains),
        "admin": grants.admin,
        "scopes": sorted(grants.scopes),
        "service_account": access.service_account.email,
        "service_account_role": grants.role,
        "now": stamp(store.now()),
        "org_units": [org_unit_row(unit, store) for unit in store.org_units.values()],
        "users": [user_row(user, store) for user in store.users_by_email()],
        "deleted_users": [deleted_row(user) for user in store.deleted_users()],
        "groups": [_group(group, store) for group in sorted(store.groups.values(), key=lambda group: fold(group.email))],
        "queries": access.counts(),
    }


def _group(group: Group, store: Store) -> dict[str, Any]:
    members = [member_row(member, store) for member in group.members.values()]
    return {**group_row(group, store), "settings": dict(group.settings), "members": members}
