# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can be a member of a group, named by id or address."""

from __future__ import annotations

from ..store.entities import MEMBER, Member, is_email, mailbox
from ..store.store import Store


def as_member(store: Store, key: str, role: str = MEMBER) -> Member | None:
    """A row for a user, group or customer by id or address, or for an outsider's address; None: nobody of ours."""
    user, group = store.user_by(key), store.group_by(key)
    if user:
        return Member(user.id, "USER", role)
    if group:
        return Member(group.id, "GROUP", role)
    if key == store.customer:
        return Member(key, "CUSTOMER", role)
    if is_email(key) and store.is_outside(key):
        return Member(store.outsider_id(key), "USER", role, email=mailbox(key))
    return None
