# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Reading one Google group and its direct members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._model._google_group import GoogleGroup
from .._model._group_settings import VALUES
from .._model._nesting import EVERYONE
from .._model._text import PolicyError, fold
from .._plan._outcome import Finding
from .._plan._unread import unread_findings
from .._transport._errors import ApiError, NotFound
from .._transport._google_directory import Directory
from .._transport._shapes import Aside
from ._directory import direct_members
from ._unread_rows import described


def read_google_group(directory: Directory, email: str, *, settings: bool = False) -> GoogleGroup:
    """Without fields where it does not exist. `settings`: those of its access, too. A nested group may be asked for by its id."""
    try:
        fields = directory.group(email)
    except NotFound:
        return GoogleGroup(email)
    group = GoogleGroup(email if "@" in email else fields["email"], fields)
    if settings:
        found = directory.group_settings(group.email)
        group.settings = {name: str(found[name]) for name in VALUES if found.get(name) is not None}
        group.settings_read = True
    return group


def members_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What each is listed by -> role."""
    return {name: row.get("role") or "MEMBER" for row in rows if (name := _member_of(row))}


def _member_of(row: Mapping[str, Any]) -> str:
    """What a row is listed, and removed, by: its address; a CUSTOMER row, which has none, by the customer's id."""
    return fold(row.get("email") or "") or (str(row["id"]) if row.get("type") == EVERYONE else "")


def read_direct_members(directory: Directory, group: str, created: bool) -> tuple[list[Mapping[str, Any]], list[Finding]]:
    """Direct members, and a sentence for each row of an unknown form: that member is left as it is."""
    aside = Aside()
    try:
        rows = direct_members(directory, group, aside)
        return rows, unread_findings(described(aside.rows), ())
    except NotFound:
        if created:
            return [], []
        raise PolicyError(f"group {group} does not exist in Google; create it with google_group first, or check the address.") from None


def as_they_are_listed(
    directory: Directory, group: str, wanted: Mapping[str, str], current: Mapping[str, str], *, unread: bool
) -> dict[str, str]:
    """A member may be listed under another of their addresses: ask for those that seem to be missing.

    `unread`: a row could not be read; a member whom the list does not show is that one, and is left as they are.
    """
    missing = [email for email in wanted if email not in current]
    found = directory.each(lambda email: _listed_as(directory, group, email), missing)
    named = {email: listed for email, listed in zip(missing, found, strict=True) if listed in current}
    hidden = {email for email, listed in zip(missing, found, strict=True) if unread and listed and listed not in current}
    return {named.get(email) or email: role for email, role in wanted.items() if email not in hidden}


def _listed_as(directory: Directory, group: str, email: str) -> str:
    """The address under which the list has them; '' where they are no member."""
    try:
        return fold(directory.member(group, email).get("email") or email)
    except ApiError as error:
        if error.status in (400, 404):
            return ""
        raise
