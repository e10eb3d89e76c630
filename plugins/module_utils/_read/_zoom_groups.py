# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom groups and who is in them, as either API shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .._model._account import PROVISIONAL, Account
from .._model._text import PolicyError, fold, name_key
from .._plan._zoom_group_members import Roster
from .._plan._zoom_groups import AT_ONCE
from .._transport._errors import NotFound, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._transport._zoom_group_api import by_rest
from .._transport._zoom_scim import groups_shown
from ._single_accounts import find_account
from ._unread_rows import described

_BY_SCIM_AT_ONCE = 1000  # members, about 36,000 of the 100,000 characters that a PATCH may have


def at_once(zoom: Zoom) -> int:
    """Members that one write adds."""
    return AT_ONCE if by_rest(zoom, "add") else _BY_SCIM_AT_ONCE


def read_groups(zoom: Zoom, aside: Aside | None = None) -> dict[str, str]:
    """Id -> name of all groups."""
    if by_rest(zoom, "list_groups"):
        return {str(row["id"]): str(row["name"]) for row in zoom.rest.groups(aside)}
    return {str(row["id"]): str(row["displayName"]) for row in zoom.scim.groups(aside)}


def find_groups(zoom: Zoom, names: Sequence[str]) -> dict[str, str]:
    """Id -> name of the groups of these names; letter case does not matter."""
    wanted, aside = {name_key(name) for name in names}, Aside()
    if by_rest(zoom, "list_groups") or len(wanted) > 1:
        groups = read_groups(zoom, aside)
        odd = next((row for row in aside.rows if not row.email or name_key(row.email) in wanted), None)
        if odd:
            raise UnexpectedAnswer(f"{odd.what} hold a row of an unknown form ({odd.why}), which may be {names[0]!r}; look at it in Zoom.")
        return {key: name for key, name in groups.items() if name_key(name) in wanted}
    row = zoom.scim.find_group(names[0], name_key)
    return {str(row["id"]): str(row["displayName"])} if row else {}


def read_roster(zoom: Zoom, group_id: str, name: str, wanted: Sequence[str], *, exclusive: bool) -> Roster:
    """The members of one group. Where their list is not allowed, only those who are `wanted` are known, by a read of each."""
    if by_rest(zoom, "list_members"):
        aside = Aside()
        members = {fold(str(row["email"])): str(row["id"]) for row in zoom.rest.group_members(group_id, aside)}
        return Roster(group_id, name, members, set_aside=described(aside.rows), doubts=tuple(aside.doubts))
    if exclusive:
        raise PolicyError(
            f"exclusive needs all members of {name!r}, which only Zoom's REST API lists; give the app the scope "
            "group:read:list_members:admin, with account_id, client_id and client_secret for an access_token, or leave out exclusive."
        )
    accounts = look_up(zoom, wanted)
    there = {address: account for address, account in accounts.items() if account and account.id}
    # REST's account shows its groups with it, SCIM's list does not
    partly = set() if zoom.has_rest else read_memberships(zoom, there.values(), {group_id: name})
    inside = {address: account.id for address, account in there.items() if group_id in account.group_ids}
    return Roster(group_id, name, inside, accounts, partly)


def look_up(zoom: Zoom, addresses: Sequence[str]) -> dict[str, Account | None]:
    """By folded address, one read each."""
    return dict(zip(addresses, zoom.each(lambda address: find_account(zoom, address), list(addresses)), strict=True))


def read_memberships(zoom: Zoom, accounts: Iterable[Account], groups: Mapping[str, str]) -> set[str]:
    """Sets `group_ids` by one SCIM read of each account; the keys of those of which Zoom shows one group only.

    For SCIM tokens, since no SCIM list shows groups or members. An account that check mode would create is in none.
    """
    ids = {name_key(name): key for key, name in groups.items()}
    asked = [account for account in accounts if account.id and not account.id.startswith(PROVISIONAL)]
    partly: set[str] = set()
    for account, found in zip(asked, zoom.each(lambda account: _shown(zoom, account.id), asked), strict=True):
        names, whole = found
        account.group_ids = [ids[name_key(name)] for name in names if name_key(name) in ids]
        if not whole:
            partly.add(account.key)
    return partly


def _shown(zoom: Zoom, user_id: str) -> tuple[list[str], bool]:
    try:
        return groups_shown(zoom.scim.user(user_id))
    except NotFound:
        return [], True


def is_member(zoom: Zoom, user_id: str, group_id: str, name: str) -> bool:
    """By one read of the account."""
    if not zoom.has_rest:
        return name_key(name) in {name_key(shown) for shown in _shown(zoom, user_id)[0]}
    row = zoom.rest.find_user(user_id)
    return bool(row) and group_id in (row or {}).get("group_ids", [])
