# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to people in Google: joiners, movers, leavers."""

from __future__ import annotations

from .events import DAY, Hands, event, pick
from .world import DOMAIN, ELSEWHERE, FOREIGN, GMAIL, GONE, LAB, MANAGERS, OUT, SCOPE, SECOND, TEAM, TEMPS

# Joiners


@event
def day_passes(hands: Hands, who: int, other: int, yes: bool) -> str:
    hands.box.clock.advance(DAY * (21 if yes and other % 4 == 0 else 1))
    return "Three weeks pass." if yes and other % 4 == 0 else "A day passes."


@event
def joiner(hands: Hands, who: int, other: int, yes: bool) -> str:
    email = f"{hands.newcomer()}@{pick([ELSEWHERE, SECOND, DOMAIN, DOMAIN, DOMAIN], other)}"
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
    user = hands.somebody(who)
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
    user = hands.somebody(who)
    if user is None:
        return None
    former, new = user.email, f"{('married', 'o´hara', 'x+y', 'back')[other % 4]}{hands.newcomers}.{user.email}".replace("´", "'")
    hands.newcomers += 1
    hands.box.google.rename(former, new)
    if yes:
        hands.box.google.remove_alias(former)
    return f"{former} is renamed to {new} in Google{', and the alias is removed' if yes else ''}."


@event
def passed_on(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Somebody is renamed, and before the next run the former address goes to a newcomer, or as an alias to somebody else."""
    user, heir = hands.somebody(who), hands.somebody(other)
    if user is None:
        return None
    former, new = user.email, f"moved{hands.newcomers}.{user.email}"
    hands.newcomers += 1
    hands.box.google.rename(former, new)
    hands.box.google.remove_alias(former)
    if heir and heir is not user and not yes:
        hands.box.google.add_alias(heir.email, former)
        return f"{former} is renamed to {new} in Google, and the former address is now an alias of {heir.email}."
    hands.box.clock.advance(DAY)
    hands.box.google.add_user(former, given="Second", family="Holder")
    hands.box.google.add_member(SCOPE, former)
    return f"{former} is renamed to {new} in Google, and the next day a newcomer in scope gets the former address."


@event
def alias_added(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = hands.somebody(who)
    if user is None:
        return None
    stranger = pick([held for held in hands.accounts() if hands.box.google.find_user(held.email) is None], other)
    alias = stranger.email if yes and stranger and not hands.box.google.store.is_taken(stranger.email) else f"{hands.newcomer()}@{DOMAIN}"
    hands.box.google.add_alias(user.email, alias)
    return f"{user.email} gets the alias {alias}."


@event
def swapped(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Two people change addresses, by way of a third."""
    one, two = hands.somebody(who), hands.somebody(other)
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
    user = hands.somebody(who)
    given, family = ("Una", "D'Arc"), ("\u200b", "Émile\u200b")
    if user is None:
        return None
    half = (given, family)[int(yes)]
    hands.box.google.set_name(user.email, half[0], half[1])
    return f"{user.email} is now called {half[0]!r} {half[1]!r} in Google."


@event
def department(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = hands.somebody(who)
    if user is None:
        return None
    rows = [{"primary": True, "department": pick(["Sales", "R & D", "Bau"], other)}] if yes else None
    hands.box.google.update(user.email, organizations=rows)
    return f"{user.email} is in {rows[0]['department'] if rows else 'no department'}."


def _toggle(hands: Hands, group: str, who: int) -> str | None:
    user = hands.somebody(who)
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
    name, customer = (SCOPE if yes and hands.box.google.find_group(SCOPE) else TEAM), hands.box.google.customer
    if customer in hands.box.google.group(name).members:
        hands.box.google.remove_member(name, customer)
        return f"Everybody leaves the group {name}."
    hands.box.google.add_member(name, customer)
    return f"Everybody of the customer joins the group {name}."


@event
def foreign(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """A group of another customer, which can't be read."""
    if hands.box.google.group(FOREIGN).id in hands.box.google.group(TEAM).members:
        hands.box.google.remove_member(TEAM, FOREIGN)
        return f"{FOREIGN}, a group of another company, leaves the group {TEAM}."
    hands.box.google.add_member(TEAM, FOREIGN)
    return f"{FOREIGN}, a group of another company, joins the group {TEAM}."


@event
def gmail(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Somebody of no company, listed perhaps in another form."""
    if hands.box.google.store.outsider_id(GMAIL) in hands.box.google.group(SCOPE).members:
        return None
    hands.box.google.add_member(SCOPE, GMAIL.replace(".", "", 1) if yes else GMAIL)
    return f"{GMAIL} joins the group {SCOPE}."


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
    user = hands.somebody(who)
    if user is None:
        return None
    hands.box.google.suspend(user.email, not user.suspended)
    return f"{user.email} is {'suspended' if user.suspended else 'no longer suspended'} in Google."


@event
def archived(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = hands.somebody(who)
    if user is None:
        return None
    hands.box.google.archive(user.email, not user.archived)
    return f"{user.email} is {'archived' if user.archived else 'no longer archived'} in Google."


@event
def deleted(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    user = hands.somebody(who)
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
