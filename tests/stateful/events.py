# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vocabulary of lives: what happens to a person in Google, and what hands do in Zoom. Each event returns its sentence.

An event is a function of the world as it is and of numbers that choose whom it is about. It does it and returns what a
person would say of it, or returns None where there is nobody it could happen to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox import Sandbox

from .world import DOMAIN

T = TypeVar("T")
DAY = 86400
ADMIN = f"admin@{DOMAIN}"


@dataclass(frozen=True)
class Event:
    """`who`, `other`, `yes`: numbers and a choice that the event turns into people, groups and ways."""

    name: str
    who: int
    other: int
    yes: bool


@dataclass
class Hands:
    """Whoever makes events happen. `renewed`: addresses that had another holder before."""

    box: Sandbox
    newcomers: int = 0
    renewed: set[str] = field(default_factory=set)

    def people(self) -> list[Any]:
        """Google's live users apart from the administrator."""
        return [user for user in self.box.google.store.users_by_email() if user.email != ADMIN]

    def accounts(self, *statuses: str) -> list[Any]:
        """Zoom's accounts of those states, without owner and rooms."""
        known = sorted(self.box.zoom.users.values(), key=lambda user: user.email.lower())
        return [user for user in known if user.role_id != "0" and not user.room and user.status in (statuses or (user.status,))]

    def somebody(self, number: int) -> Any:
        """One of Google's live users, mostly one with an active Zoom account."""
        everybody = self.people()
        active = {held.email.lower() for held in self.accounts("active")}
        holders = [user for user in everybody if active & {address.lower() for address in (user.email, *user.aliases)}]
        return pick(holders if holders and number % 4 else everybody, number)

    def has_seat(self, pool: str) -> bool:
        free = self.box.zoom.free_seats(pool)
        return free is None or free > 0

    def newcomer(self) -> str:
        self.newcomers += 1
        return f"new{self.newcomers}.comer"


def pick(items: Sequence[T], number: int) -> T | None:
    return items[number % len(items)] if items else None


Act = Callable[[Hands, int, int, bool], str | None]
EVENTS: dict[str, Act] = {}


def event(act: Act) -> Act:
    EVENTS[act.__name__] = act
    return act


def happen(hands: Hands, what: Event) -> str:
    """The event, or the next of the vocabulary that can happen in this world."""
    names = list(EVENTS)
    start = names.index(what.name)
    for name in names[start:] + names[:start]:
        happened = EVENTS[name](hands, what.who, what.other, what.yes)
        if happened:
            return happened
    raise AssertionError("a day passes in any world")
