# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which OAuth scopes open which method: any one of a method's is enough. A test compares it with Google's description."""

from __future__ import annotations

PREFIX = "https://www.googleapis.com/auth/"
USER, USER_ALIAS = "admin.directory.user", "admin.directory.user.alias"
GROUP, MEMBER = "admin.directory.group", "admin.directory.group.member"
ORG_UNIT, SCHEMA = "admin.directory.orgunit", "admin.directory.userschema"
SETTINGS = "apps.groups.settings"
AUDIT = "admin.reports.audit.readonly"


def _both(*names: str) -> tuple[str, ...]:
    return tuple(form for name in names for form in (name, f"{name}.readonly"))


_READ_USERS, _READ_GROUPS, _READ_MEMBERS = _both(USER), _both(GROUP), _both(GROUP, MEMBER)
_SHORT: dict[str, tuple[str, ...]] = {
    "directory.users.list": (*_READ_USERS, "cloud-platform"),
    "directory.users.get": _READ_USERS,
    "directory.users.watch": (*_READ_USERS, "cloud-platform"),
    "admin.channels.stop": (*_both(USER), USER_ALIAS, f"{USER_ALIAS}.readonly", "cloud-platform"),
    "directory.groups.get": _READ_GROUPS,
    **{f"directory.groups.{verb}": (GROUP,) for verb in ("insert", "patch", "delete")},
    **{f"directory.members.{verb}": _READ_MEMBERS for verb in ("list", "get", "hasMember")},
    **{f"directory.members.{verb}": (GROUP, MEMBER) for verb in ("insert", "patch", "delete")},
    "directory.orgunits.list": _both(ORG_UNIT),
    **{f"groupsSettings.groups.{verb}": (SETTINGS,) for verb in ("get", "update", "patch")},
    "reports.activities.list": (AUDIT,),
}
SCOPES: dict[str, tuple[str, ...]] = {method: tuple(PREFIX + name for name in names) for method, names in _SHORT.items()}

# what a service account may ask for, and what is delegated unless a seed says otherwise
KNOWN: tuple[str, ...] = tuple(
    PREFIX + name for name in (*_both(USER, USER_ALIAS, GROUP, MEMBER, ORG_UNIT, SCHEMA), SETTINGS, AUDIT, "cloud-platform")
)


def full_scope(name: str) -> str:
    return name if "://" in name else PREFIX + name
