# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two connections are of one Google Workspace, as far as their options show it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

_KEYS = ("service_account_file", "service_account_contents", "access_token")
_OF_THE_SUBJECT = "my_customer"  # customer: no id


def same_workspace(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """A customer id names a Workspace; an administrator belongs to one; and one key without either reads one directory.

    One key with two administrators or customers is a service account that several Workspaces trust. Another api_url is another Google.
    """
    if one.get("api_url") != other.get("api_url"):
        return False
    for name in ("customer", "subject"):
        first, second = (_fold(options.get(name)) for options in (one, other))
        if first and second:
            return first == second
    return any(one.get(name) and one.get(name) == other.get(name) for name in _KEYS)


def _fold(value: str | None) -> str:
    return "" if value in (None, _OF_THE_SUBJECT) else str(value).casefold()
