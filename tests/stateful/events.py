# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vocabulary of lives: what happens to a person in Google, and what hands do in Zoom. Each event tells its sentence.

An event is a function of the world as it is and of numbers that choose whom it is about. It does it and returns what a
person would say of it, or returns None where there is nobody it could happen to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox import Sandbox

from .world import BUNDLE, DOMAIN, ELSEWHERE, GONE, LAB, MANAGERS, OUT, SCOPE, TEAM, TEMPS

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
        told = EVENTS[name](hands, what.who, what.other, what.yes)
        if told:
            return told
    raise AssertionError("a day passes in any world")


# Joiners


@event
def day_passes(hands: Hands, who: int, other: int, yes: bool) -> str:
    hands.box.clock.advance(DAY * (21 if yes and other % 4 == 0 else 1))
    return "Three weeks pass." if yes and other % 4 == 0 else "A day passes."


@event
def joiner(hands: Hands, who: int, other: int, yes: bool) -> str:
    email = f"{hands.newcomer()}@{DOMAIN if other % 5 else ELSEWHERE}"
    hands.box.google.add_user(email, given="New", family="\u200b" if other % 7 == 3 else "Comer", org_unit=pick(["/", TEMPS, LAB], who))
    if yes:
        hands.box.google.add_member(SCOPE, email)
    return f"{email} joins the company in org unit {pick(['/', TEMPS, LAB], who)}{', in scope' if yes else ''}."


@event
def alias_reused(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """The former address of somebody renamed goes to a newcomer, the next day."""
    user = pick([user for user in hands.people() if user.aliases], who)
    if user is None:
        return None
    alias = user.aliases[-1]
    hands.box.google.remove_alias(alias)
    hands.box.clock.advance(DAY)
    hands.box.google.add_user(alias, given="Second", family="Holder")
    hands.renewed.add(alias.lower())
    if yes:
        hands.box.google.add_member(SCOPE, alias)
    return f"{alias} is taken from {user.email} and given to a newcomer{' in scope' if yes else ''}."


@event
def address_reused(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Somebody is deleted, and a newcomer gets the address the next day."""
    user = pick(hands.people(), who)
    if user is None:
        return None
    hands.box.google.delete(user.email)
    hands.box.clock.advance(DAY)
    hands.box.google.add_user(user.email, given="Second", family="Holder")
    hands.renewed.add(user.email.lower())
    if yes:
        hands.box.google.add_member(SCOPE, user.email)
    return f"{user.email} is deleted in Google, and a newcomer gets the address{', in scope' if yes else ''}."


# Movers


@event
def renamed(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    former, new = user.email, f"{('married', 'o´hara', 'x+y', 'back')[other % 4]}{hands.newcomers}.{user.email}".replace("´", "'")
    hands.newcomers += 1
    hands.box.google.rename(former, new)
    if yes:
        hands.box.google.remove_alias(former)
    return f"{former} is renamed to {new} in Google{', and the alias is removed' if yes else ''}."


@event
def alias_added(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    stranger = pick([held for held in hands.accounts() if hands.box.google.find_user(held.email) is None], other)
    alias = stranger.email if yes and stranger and not hands.box.google.store.is_taken(stranger.email) else f"{hands.newcomer()}@{DOMAIN}"
    hands.box.google.add_alias(user.email, alias)
    return f"{user.email} gets the alias {alias}."


@event
def swapped(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Two people change addresses, by way of a third."""
    one, two = pick(hands.people(), who), pick(hands.people(), other)
    if one is None or two is None or one is two:
        return None
    first, second, between = one.email, two.email, f"{hands.newcomer()}@{DOMAIN}"
    for email, new in ((first, between), (second, first), (between, second)):
        user = hands.box.google.user(email)
        hands.box.google.rename(email, new)
        for alias in list(user.aliases):
            if alias.lower() in (first.lower(), second.lower(), between):
                hands.box.google.remove_alias(alias)
    return f"{first} and {second} change their addresses."


@event
def moved(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user, unit = pick(hands.people(), who), pick(["/", LAB, TEMPS, GONE], other)
    if user is None or user.org_unit == unit:
        return None
    hands.box.google.move(user.email, str(unit))
    return f"{user.email} moves to the org unit {unit}."


@event
def named(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    given, family = ("Una", "D'Arc"), ("\u200b", "Émile\u200b")
    if user is None:
        return None
    half = (given, family)[int(yes)]
    hands.box.google.set_name(user.email, half[0], half[1])
    return f"{user.email} is now called {half[0]!r} {half[1]!r} in Google."


@event
def department(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    rows = [{"primary": True, "department": pick(["Sales", "R & D", "Bau"], other)}] if yes else None
    hands.box.google.update(user.email, organizations=rows)
    return f"{user.email} is in {rows[0]['department'] if rows else 'no department'}."


def _toggle(hands: Hands, group: str, who: int) -> str | None:
    user = pick(hands.people(), who)
    if user is None or hands.box.google.find_group(group) is None:
        return None
    if user.id in hands.box.google.group(group).members:
        hands.box.google.remove_member(group, user.email)
        return f"{user.email} leaves the group {group}."
    hands.box.google.add_member(group, user.email)
    return f"{user.email} joins the group {group}."


@event
def scope_toggled(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    return _toggle(hands, SCOPE, who)


@event
def team_toggled(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    return _toggle(hands, TEAM, who)


@event
def manager_toggled(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    return _toggle(hands, MANAGERS, who)


@event
def exclusion_toggled(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    return _toggle(hands, OUT, who)


@event
def nested(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Groups in groups: diamonds, and cycles as the web UI has allowed them."""
    outer, inner = pick([SCOPE, TEAM, MANAGERS], who), pick([TEAM, MANAGERS, SCOPE], other)
    if outer is None or inner is None or outer == inner:
        return None
    if hands.box.google.group(inner).id in hands.box.google.group(outer).members:
        hands.box.google.remove_member(outer, inner)
        return f"The group {inner} leaves the group {outer}."
    hands.box.google.add_member(outer, inner)
    return f"The group {inner} joins the group {outer}."


@event
def everyone(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """A member row of type CUSTOMER is everybody."""
    group, customer = hands.box.google.group(TEAM), hands.box.google.customer
    if customer in group.members:
        hands.box.google.remove_member(TEAM, customer)
        return f"Everybody leaves the group {TEAM}."
    hands.box.google.add_member(TEAM, customer)
    return f"Everybody of the customer joins the group {TEAM}."


@event
def outsider(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    email = f"guest{who % 3}@outside.example"
    if hands.box.google.store.outsider_id(email) in hands.box.google.group(SCOPE).members:
        return None
    hands.box.google.add_member(SCOPE, email)
    return f"{email}, of another company, joins the group {SCOPE}."


# Leavers


@event
def suspended(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    hands.box.google.suspend(user.email, not user.suspended)
    return f"{user.email} is {'suspended' if user.suspended else 'no longer suspended'} in Google."


@event
def archived(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    hands.box.google.archive(user.email, not user.archived)
    return f"{user.email} is {'archived' if user.archived else 'no longer archived'} in Google."


@event
def deleted(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = pick(hands.people(), who)
    if user is None:
        return None
    hands.box.google.delete(user.email)
    return f"{user.email} is deleted in Google."


@event
def undeleted(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    store = hands.box.google.store
    user = pick([user for user in store.deleted_users() if not store.is_taken(user.email)], who)
    if user is None:
        return None
    hands.box.google.undelete(user.id)
    if yes:
        hands.box.google.add_member(SCOPE, user.email)
    return f"{user.email} is restored in Google{', in scope' if yes else ''}."


# By hand in Zoom


@event
def zoom_status(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    zoom = hands.box.zoom
    held = pick([user for user in hands.accounts("active", "inactive") if not user.is_admin], who)
    if held is None or (held.status == "inactive" and zoom.free_seats(held.license.pool) == 0):
        return None
    zoom.set_status(held.email, "inactive" if held.status == "active" else "active")
    return f"By hand in Zoom: {held.email} is made {held.status}."


@event
def zoom_license(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick(hands.accounts("active"), who)
    license = pick(["basic", "licensed", "unassigned", {"zoom_one_type": BUNDLE}], other)
    pool = {"basic": "basic", "licensed": "licensed", "unassigned": "unassigned"}.get(str(license), f"zoom_one_type:{BUNDLE}")
    if held is None or hands.box.zoom.free_seats(pool) == 0:
        return None
    hands.box.zoom.set_license(held.email, license)
    return f"By hand in Zoom: {held.email} gets the licence {license}."


@event
def zoom_names(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick(hands.accounts("active"), who)
    if held is None:
        return None
    values = {"first_name": "Nick"} if yes else {"display_name": "The Nick"}
    hands.box.zoom.change(held, **values)
    return f"By hand in Zoom: {held.email} gets {values}."


@event
def zoom_group(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    zoom, held = hands.box.zoom, pick(hands.accounts("active", "inactive"), who)
    group = pick(sorted(zoom.groups.values(), key=lambda group: group.name), other)
    if held is None or group is None:
        return None
    if group.id in held.group_ids:
        zoom.remove_member(group.name, held.email)
        return f"By hand in Zoom: {held.email} leaves the group {group.name}."
    zoom.add_member(group.name, held.email)
    return f"By hand in Zoom: {held.email} joins the group {group.name}."


@event
def zoom_group_deleted(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    group = pick(sorted(hands.box.zoom.groups.values(), key=lambda group: group.name), who)
    if group is None:
        return None
    hands.box.zoom.delete_group(group.name)
    return f"By hand in Zoom: the group {group.name} is deleted."


@event
def zoom_role(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick(hands.accounts("active"), who)
    if held is None:
        return None
    role = "member" if held.is_admin else "admin"
    hands.box.zoom.set_role(held.email, role)
    return f"By hand in Zoom: {held.email} gets the role {role}."


@event
def zoom_renamed(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick(hands.accounts("active"), who)
    if held is None:
        return None
    former, new = held.email, f"{hands.newcomer()}.zoom@{DOMAIN}"
    hands.box.zoom.rename(former, new)
    return f"By hand in Zoom: the address {former} is changed to {new}."


@event
def zoom_invited(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """A person without an account, or a stranger, is invited; later the invitation is accepted or runs out."""
    zoom = hands.box.zoom
    pending = pick(hands.accounts("pending"), who)
    if pending and yes:
        zoom.accept_invitation(pending.email)
        return f"{pending.email} accepts Zoom's invitation."
    if pending and other % 2:
        zoom.expire_invitation(pending.email)
        return f"Zoom's invitation of {pending.email} runs out."
    without = [user.email for user in hands.people() if zoom.find(user.email) is None]
    email = pick(without, who) if without else f"{hands.newcomer()}@{DOMAIN}"
    zoom.add_user(email, status="pending", license="basic")
    return f"By hand in Zoom: {email} is invited."


@event
def zoom_added(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    without = [user.email for user in hands.people() if hands.box.zoom.find(user.email) is None]
    email = pick(without, who) if without and yes else f"{hands.newcomer()}.stranger@{DOMAIN}"
    hands.box.zoom.add_user(email, first_name="By", last_name="Hand", license="basic")
    return f"By hand in Zoom: an account {email} is made."


@event
def zoom_deleted(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick([user for user in hands.accounts("active", "inactive") if not user.is_admin], who)
    if held is None:
        return None
    hands.box.zoom.delete_user(held.email)
    if not yes:
        return f"By hand in Zoom: the account {held.email} is deleted."
    hands.box.zoom.foreign_logins.add(held.email.lower())
    return f"By hand in Zoom: the account {held.email} is unlinked, and lives on elsewhere in Zoom."


@event
def zoom_seats(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    zoom = hands.box.zoom
    used = zoom.seat_usage("licensed") + zoom.seat_usage("licensed", "pending")
    bought = max(used - 1, 0) + other % 4
    zoom.set_seats({"licensed": bought, "basic": 9999, "zoom_one_type": {BUNDLE: other % 3}})
    return f"Zoom's seats are now {bought} licensed ({used} used) and {other % 3} bundles."


@event
def nothing(hands: Hands, who: int, other: int, yes: bool) -> str:
    hands.box.clock.advance(900)
    return "Fifteen minutes pass."
