# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which of Zoom's two APIs serves a group, and what each shows: REST where the token has the scope, else SCIM."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .._model._account import PROVISIONAL, Account
from .._model._text import name_key
from .._transport._errors import NotFound, UnexpectedAnswer
from .._transport._shapes import Aside
from .._transport._zoom import Zoom
from .._transport._zoom_scim import groups_shown

# zoom-api.md 2.3; writing implies reading among the classic scopes
_SCOPES = {
    "list_groups": ("group:read:list_groups:admin", "group:read:admin", "group:write:admin"),
    "list_members": ("group:read:list_members:admin", "group:read:admin", "group:write:admin"),
    "create_group": ("group:write:group:admin", "group:write:admin"),
    "rename_group": ("group:update:group:admin", "group:write:admin"),
    "delete_group": ("group:delete:group:admin", "group:write:admin"),
    "add": ("group:write:member:admin", "group:write:admin"),
    "remove": ("group:delete:member:admin", "group:write:admin"),
}
_SCIM = ("scim2:admin", "scim2")
_BY_SCIM_AT_ONCE = 1000  # members, about 36,000 of the 100,000 characters that a PATCH may have
_BY_REST_AT_ONCE = 30


def by_rest(zoom: Zoom, deed: str) -> bool:
    """Known from the token's own scopes, without a request that is refused. With neither API, REST's refusal names the scope."""
    if not zoom.has_rest:
        return False
    scopes = zoom.scopes()
    return bool(scopes & {*_SCOPES[deed]}) or not scopes & {*_SCIM}


def at_once(zoom: Zoom) -> int:
    """Members that one write adds."""
    return _BY_REST_AT_ONCE if by_rest(zoom, "add") else _BY_SCIM_AT_ONCE


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
