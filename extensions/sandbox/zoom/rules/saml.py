# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the account's SAML mapping sets at a sign-in: a licence, and the Employee Unique ID."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..store.entities import SSO_LOGIN, User
from ..store.license import NAMES, plain
from ..store.store import Store


def sign_in(store: Store, user: User) -> None:
    """The mapping sets the licence again, unless upcoming events or seats forbid it."""
    store.change(user, last_login=store.now(), **unique_id(store.context.switches, user))
    mapping = store.context.switches["saml_mapping"]
    if mapping == "off" or user.room or user.license == plain(NAMES[mapping]) or user.upcoming_events:
        return
    free = store.free_seats(plain(NAMES[mapping]).pool)
    if free is None or free > 0:
        store.change(user, license=plain(NAMES[mapping]))


def unique_id(switches: Mapping[str, Any], user: User) -> dict[str, str]:
    """Fields of User."""
    kind = switches["saml_unique_id"]
    if kind == "off" or SSO_LOGIN not in user.login_types or user.status == "pending":
        return {}
    value = user.email if kind == "email" else f"E{int.from_bytes(user.id.encode()[:3], 'big') % 90000 + 10000}"
    same = switches["employee_number_in_list"] == "shown"
    return {"employee_unique_id": value, **({"employee_number": value} if same else {})}
