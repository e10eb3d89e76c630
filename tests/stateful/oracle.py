# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who should hold an account, worked out from the sandbox's state alone: the collection's own code is not asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox import Sandbox

from .views import AccountView, ZoomView


@dataclass(frozen=True)
class Known:
    """A user of the directory or its bin. `addresses`: primary first, folded."""

    id: str
    email: str
    addresses: tuple[str, ...]
    state: str
    in_scope: bool
    excluded: bool
    created: datetime
    given: str
    family: str

    @property
    def wanted(self) -> bool:
        return self.state == "active" and self.in_scope and not self.excluded


@dataclass(frozen=True)
class Pairs:
    """Account id -> person id, by the last run. `sure`: what holds whatever addresses say; `else_`: what counts where they say nothing.

    `settled`: ids of those who need no address to be found.
    """

    sure: Mapping[str, str] = field(default_factory=dict)
    else_: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


def everybody(box: Sandbox, policy: Mapping[str, Any]) -> list[Known]:
    """The live first, then the deleted of the last 20 days."""
    scope = [*policy["scope_groups"], *filter(None, [policy.get("scope_group")])]
    inside = _holders(box, scope, policy["scope_org_units"], policy["scope_users"])
    outside = _holders(box, policy["scope_exclude_groups"], policy["scope_exclude_org_units"], policy["scope_exclude_users"])
    live = [_known(user, _state(user), inside, outside, _aliases(box, user)) for user in box.google.store.users_by_email()]
    return live + [_known(user, "deleted", set(), set()) for user in box.google.store.deleted_users() if user.id not in box.google.users]


def _aliases(box: Sandbox, user: Any) -> list[str]:
    """Domain aliases give another form of each address; that of Google's test domain is nobody's."""
    forms = box.google.store.other_forms(user.email, *user.aliases)
    return [*user.aliases, *(form for form in forms if not form.endswith(".test-google-a.com"))]


def _state(user: Any) -> str:
    return "suspended" if user.suspended else "archived" if user.archived else "active"


def _known(user: Any, state: str, inside: set[str], outside: set[str], aliases: Iterable[str] = ()) -> Known:
    addresses = tuple(address.lower() for address in (user.email, *(aliases if state != "deleted" else [])))
    return Known(user.id, user.email, addresses, state, user.id in inside, user.id in outside, user.created, user.given, user.family)


def _holders(box: Sandbox, groups: Iterable[str], org_units: Iterable[str], users: Iterable[str]) -> set[str]:
    """Ids of those whom any of the groups (nested), org units or addresses names."""
    found, waiting, visited = set[str](), list(groups), set[str]()
    while waiting:
        group = box.google.find_group(waiting.pop())
        if group is None or group.id in visited:
            continue
        visited.add(group.id)
        for member in _rows_shown(box, group):
            if member.type == "GROUP":
                waiting.append(member.id)
            elif member.type == "CUSTOMER":
                found.update(box.google.users)
            else:
                found.add(member.id)
    for user in box.google.users.values():
        if any(f"{user.org_unit}/".startswith(f"{unit}/") for unit in org_units):
            found.add(user.id)
    return found | {user.id for user in map(box.google.find_user, users) if user}


def shown(name: str) -> str:
    """A name as people see it, whatever of this Zoom normalises."""
    return " ".join(unicodedata.normalize("NFC", name.replace("\u200b", "")).split())


def _rows_shown(box: Sandbox, group: Any) -> list[Any]:
    """Who can be known to be in it: with the switch `member_without_keys` the first row shows neither id nor address."""
    rows = list(group.members.values())
    return rows[1:] if box.switches["google_odd_rows"] == "member_without_keys" else rows


def claimed(person: Known, zoom: ZoomView) -> list[AccountView]:
    """The accounts at any of a person's addresses, the primary first."""
    return [account for account in map(zoom.at, person.addresses) if account]


def owner(account: AccountView, people: Iterable[Known], policy: Mapping[str, Any], pairs: Pairs) -> Known | None:
    """Whose account it is by all that can be seen: by its anchor alone where it has one and anchors count, then by the last run, else by
    its address.

    What is somebody's own address, were they deleted, is nobody else's alias. A number that is no Google id of the directory or its bin
    is no anchor: SAML or HR wrote it.
    """
    people = list(people)
    if policy["identity"] and anchored(account, people):
        return next((person for person in people if person.id == account.anchor), None)
    email, known = account.email.lower(), {person.id: person for person in people}
    own = [person for person in people if person.addresses[0] == email]
    alias = [person for person in people if email in person.addresses]
    by_address = next((person for person in own if person.id not in pairs.settled), next(iter([*own, *alias]), None))
    return known.get(pairs.sure.get(account.id, "")) or by_address or known.get(pairs.else_.get(account.id, ""))


def anchored(account: AccountView, people: Iterable[Known]) -> bool:
    return any(person.id == account.anchor for person in people)


def foreign(zoom: ZoomView, people: Iterable[Known]) -> list[AccountView]:
    """Accounts with a number that is nobody's Google id, nor that of somebody long deleted whose address nobody has by now."""
    people = list(people)
    addresses = {address for person in people for address in person.addresses}
    numbered = [account for account in zoom.accounts.values() if account.anchor and not anchored(account, people)]
    return [
        account
        for account in numbered
        if account.email.lower() in addresses or not (account.anchor.isdigit() and len(account.anchor) == 21)
    ]


def saml_sets_it(zoom: ZoomView, people: Iterable[Known]) -> bool:
    """So many numbers of others that anchors would be overwritten at the next sign-in."""
    people = list(people)
    others, ours = foreign(zoom, people), [account for account in zoom.accounts.values() if anchored(account, people)]
    return len(others) >= 3 and len(others) > len(ours)


def owned(person: Known, zoom: ZoomView, people: Iterable[Known], policy: Mapping[str, Any], pairs: Pairs) -> list[AccountView]:
    people = list(people)
    return [account for account in zoom.accounts.values() if owner(account, people, policy, pairs) is person]


def protected(account: AccountView, people: Iterable[Known], policy: Mapping[str, Any], pairs: Pairs) -> bool:
    """By role, or as somebody listed by any of their addresses."""
    listed, people = {address.lower() for address in policy["protected"].get("users", [])}, list(people)
    person = owner(account, people, policy, pairs)
    theirs = {account.email.lower(), *(person.addresses if person else ())}
    return account.role in ("0", "1") or account.room or bool(theirs & listed)


def is_reported(rows: Iterable[Mapping[str, Any]], addresses: Iterable[str]) -> bool:
    """Whether one of the rows is about one of the addresses, or names it."""
    wanted = {address.lower() for address in addresses}
    texts = [" ".join([str(row["email"]), row["message"], *row.get("emails", [])]).lower() for row in rows]
    return any(address in text for text in texts for address in wanted)
