# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hands do in Zoom."""

from __future__ import annotations

from .events import Hands, event, pick
from .world import BUNDLE, DOMAIN


@event
def zoom_status(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    zoom = hands.box.zoom
    held = pick([user for user in hands.accounts("active", "inactive") if not user.is_admin], who)
    if held is None or (held.status == "inactive" and not hands.has_seat(held.license.pool)):
        return None
    zoom.set_status(held.email, "inactive" if held.status == "active" else "active")
    return f"By hand in Zoom: {held.email} is made {held.status}."


@event
def zoom_license(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    held = pick(hands.accounts("active"), who)
    license = pick(["basic", "licensed", "unassigned", {"zoom_one_type": BUNDLE}], other)
    pool = {"basic": "basic", "licensed": "licensed", "unassigned": "unassigned"}.get(str(license), f"zoom_one_type:{BUNDLE}")
    if held is None or not (hands.has_seat(pool) or held.pool == pool):
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
def zoom_numbered(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Somebody takes the employee number out, or writes HR's own."""
    held = pick(hands.accounts("active"), who)
    if held is None:
        return None
    number = f"E-{other}" if yes else ""
    hands.box.zoom.change(held, employee_number=number, employee_unique_id=number)
    return f"By hand in Zoom: the employee number of {held.email} is now {number!r}."


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
    if not hands.has_seat("basic"):
        return None
    without = [user.email for user in hands.people() if zoom.find(user.email) is None]
    email = pick(without, who) if without else f"{hands.newcomer()}@{DOMAIN}"
    zoom.add_user(email, status="pending", license="basic")
    return f"By hand in Zoom: {email} is invited."


@event
def zoom_added(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    if not hands.has_seat("basic"):
        return None
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
    kinds = {name: number for name, number in zoom.seats.items() if name in ("basic", "unassigned")}
    zoom.set_seats({"licensed": bought, **kinds, "zoom_one_type": {BUNDLE: other % 3}})
    return f"Zoom's seats are now {bought} licensed ({used} used) and {other % 3} bundles."


@event
def zoom_kinds(hands: Hands, who: int, other: int, yes: bool) -> str:
    """Basic and unassigned users are limited, or the limit is lifted."""
    zoom, limits = hands.box.zoom, {"basic": 9999}
    if yes:
        used = {kind: zoom.seat_usage(kind) + zoom.seat_usage(kind, "pending") for kind in ("basic", "unassigned")}
        limits = {"basic": used["basic"] + who % 3, "unassigned": used["unassigned"] + other % 3}
    bundles = {BUNDLE: zoom.seats.get(f"zoom_one_type:{BUNDLE}", 0)}
    zoom.set_seats({"licensed": zoom.seats["licensed"], "zoom_one_type": bundles, **limits})
    return f"Zoom's limits of kinds of users are now {limits}."


@event
def zoom_sign_in(hands: Hands, who: int, other: int, yes: bool) -> str | None:
    """Somebody signs in by SSO, and SAML sets what it maps."""
    held = pick(hands.accounts("active"), who)
    if held is None:
        return None
    hands.box.zoom.sign_in(held.email)
    return f"{held.email} signs in to Zoom."


@event
def nothing(hands: Hands, who: int, other: int, yes: bool) -> str:
    hands.box.clock.advance(900)
    return "Fifteen minutes pass."
