# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Groups of one: where each user has a group of the same name, umask 002 is usual, and group-writable is no more than writable."""

from __future__ import annotations

import grp
import os
import pwd
from functools import cache
from pathlib import Path


def is_own_group(path: Path, group: int) -> bool:
    """Whether `group`, which may write to `path`, is nobody but the user who runs this. Never root's, which containers share."""
    user = os.geteuid()
    if 0 in (user, group):
        return False
    try:
        return _is_alone(user, group) and not _has_list(path)
    except (KeyError, OSError):
        return False


@cache  # all users of a directory service may be many
def _is_alone(user: int, group: int) -> bool:
    me, found = pwd.getpwuid(user), grp.getgrgid(group)
    # a directory service may hide its users from getpwall, so the name has to say it too
    alone = me.pw_gid == group and found.gr_name == me.pw_name and not {*found.gr_mem} - {me.pw_name}
    return alone and not any(other.pw_gid == group and other.pw_uid != user for other in pwd.getpwall())


def _has_list(path: Path) -> bool:
    """An access control list, which may let others in: the group's bits of the mode are then the list's."""
    return any("acl" in name for name in os.listxattr(path, follow_symlinks=False)) if hasattr(os, "listxattr") else True
