# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Workspace customer holds: users, groups with their members, and org units; with deterministic ids."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

OWNER, MANAGER, MEMBER = "OWNER", "MANAGER", "MEMBER"
ROLES = (OWNER, MANAGER, MEMBER)
DELIVERY = ("ALL_MAIL", "DAILY", "DIGEST", "DISABLED", "NONE")
NEVER = "1970-01-01T00:00:00.000Z"

_ADDRESS = re.compile(r"[^@\s/]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_AGO = re.compile(r"(\d+) (second|minute|hour|day|week)s? ago")
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(email: str) -> str:
    return email.strip().lower()


def domain_of(email: str) -> str:
    return fold(email).rpartition("@")[2]


def mailbox(email: str) -> str:
    """The address under which Google knows a consumer account: without dots and letter case, and of gmail.com."""
    local, _at, domain = fold(email).rpartition("@")
    return f"{local.replace('.', '')}@gmail.com" if domain in ("gmail.com", "googlemail.com") else fold(email)


def is_email(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


@lru_cache(maxsize=100_000)  # most of a company's people were made at the same moments
def stamp(moment: datetime | None) -> str:
    return NEVER if moment is None else moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def moment(value: Any, now: datetime) -> datetime:
    """An ISO time or `3 days ago`; a time without a zone is UTC."""
    ago = _AGO.fullmatch(str(value).strip())
    if ago:
        return now - timedelta(**{f"{ago[2]}s": int(ago[1])})
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=12).digest(), "big")


def user_id(*parts: object) -> str:
    """21 digits, as a rule."""
    return "1" + f"{_number('user', *parts):020d}"[-20:]


def short_id(prefix: str, digits: int, *parts: object) -> str:
    """Group ids such as 01ksv4uv1abcdef, org unit ids such as id:03ph8a2z1aaaaaa."""
    number, text = _number(prefix, *parts), ""
    for _place in range(digits):
        number, rest = divmod(number, 36)
        text += _BASE36[rest]
    return prefix + text


def etag(*parts: Any) -> str:
    """The quotes are part of the value."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=9)
    return f'"tlFBw/{digest.hexdigest()}"'


@dataclass
class User:
    """`fields`: what else the API stores, by its names. `version` counts changes, for the etag."""

    id: str
    email: str
    given: str
    family: str
    created: datetime
    display: str = ""
    org_unit: str = "/"
    aliases: list[str] = field(default_factory=list)
    admin: bool = False
    suspended: bool = False
    suspended_at: datetime | None = None
    archived: bool = False
    archived_at: datetime | None = None
    guest: str = ""
    last_login: datetime | None = None
    deleted: datetime | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    version: int = 1

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.family}".replace("\u200b", "").strip()

    @property
    def status(self) -> str:
        """As members' rows show it."""
        return "SUSPENDED" if self.suspended else "ARCHIVED" if self.archived else "ACTIVE"


@dataclass
class Member:
    """A row of a group. `id` names its user, group, customer or outsider; `email` is set for outsiders only."""

    id: str
    type: str
    role: str = MEMBER
    email: str = ""
    delivery: str = "ALL_MAIL"
    since: datetime | None = None


@dataclass
class Group:
    id: str
    email: str
    name: str
    description: str = ""
    aliases: list[str] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    created: datetime | None = None
    foreign: bool = False
    version: int = 1


@dataclass
class OrgUnit:
    id: str
    path: str
    description: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0] or "/"
