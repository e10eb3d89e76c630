# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a Zoom account: users, groups and roles, with their deterministic ids."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .license import License

OWNER, ADMIN, MEMBER = "0", "1", "2"  # role ids of every account
SSO_LOGIN, WORK_EMAIL_LOGIN, API_LOGIN = 101, 100, 99  # GET /users/{userId}: login_types

_ADDRESS = re.compile(r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def make_id(*parts: object) -> str:
    """22 characters as Zoom's ids have them: `&`, `-` and `_` occur, so that an unescaped path segment shows."""
    digest = hashlib.sha256("\n".join(str(part) for part in parts).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:22].replace("Q", "&")


@lru_cache(maxsize=100_000)  # most accounts of a seed were made at the same moments
def stamp(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_email(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 128 and _ADDRESS.fullmatch(value) is not None


def fold(email: str) -> str:
    return email.strip().lower()


@dataclass
class User:
    """`custom_attributes`: name -> value. `extension`: SCIM's Zoom extension apart from licences, as sent."""

    id: str
    email: str
    created: datetime
    modified: datetime
    status: str = "active"
    first_name: str = ""
    last_name: str = ""
    display_name: str = ""
    license: License = field(default_factory=License)
    role_id: str = MEMBER
    room: bool = False
    force_inactive: bool = False
    upcoming_events: bool = False
    call_queue_manager: bool = False
    department: str = ""
    job_title: str = ""
    company: str = ""
    cost_center: str = ""
    organization: str = ""
    location: str = ""
    manager: str = ""
    language: str = "en-US"
    timezone: str = ""
    pronouns: str = ""
    employee_number: str = ""
    employee_unique_id: str = ""
    vanity_name: str = ""
    phone_numbers: list[dict[str, str]] = field(default_factory=list)
    custom_attributes: dict[str, str] = field(default_factory=dict)
    extension: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    group_ids: list[str] = field(default_factory=list)
    login_types: list[int] = field(default_factory=lambda: [SSO_LOGIN])
    last_login: datetime | None = None
    pmi: int = 0
    email_changes: list[datetime] = field(default_factory=list)
    sso_revocations: int = 0

    @property
    def is_admin(self) -> bool:
        return self.role_id in (OWNER, ADMIN)

    @property
    def pool(self) -> str | None:
        """The seats it takes from: inactive users hold none, Zoom Rooms have a plan of their own."""
        return None if self.room or self.status == "inactive" else self.license.pool


@dataclass
class Group:
    """`members`: user ids in the order they joined (the values are not used)."""

    id: str
    name: str
    created: datetime
    modified: datetime
    email_alias: str = ""
    default: bool = False
    members: dict[str, None] = field(default_factory=dict)


@dataclass
class Role:
    id: str
    name: str


BUILT_IN_ROLES = (Role(OWNER, "Owner"), Role(ADMIN, "Admin"), Role(MEMBER, "Member"))
