# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides as flat facts, so that any two moments can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import Sandbox
from stateful.views import google_view, view

VALUES = ("email", "status", "first_name", "last_name", "display_name", "department")
LICENSE = ("type", "zoom_one_type", "plan_united_type")


@dataclass(frozen=True)
class Fact:
    """`subject`: an id, or a Google group's address. `member`: of a group, the other id."""

    kind: str  # account, membership, zoom group, google group, google member
    subject: str
    aspect: str = ""


State = dict[Fact, Any]


def state_of(box: Sandbox) -> State:
    zoom, found = view(box), State()
    for account in zoom.accounts.values():
        found.update({Fact("account", account.id, name): account.values[name] for name in VALUES})
        found[Fact("account", account.id, "license")] = tuple(account.values[name] for name in LICENSE)
        found.update({Fact("membership", account.id, group): True for group in account.groups})
    found.update({Fact("zoom group", key, "name"): name for key, name in zoom.groups.items()})
    for address, group in google_view(box).items():
        for name, value in group.items():
            found[Fact("google group" if name in ("name", "description") else "google member", address, name)] = value
        settings = box.google.settings_of(address)
        found.update(
            {Fact("google group", address, f"setting {name}"): value for name, value in settings.items() if name in ("whoCanJoin",)}
        )
    return found


def different(one: State, other: State) -> set[Fact]:
    return {fact for fact in one.keys() | other.keys() if one.get(fact) != other.get(fact)}
