# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences by REST: what a body asks for, and the seat refusals of each call in Zoom's words (sections 6, 9.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...frame.refusal import Refusal
from ..store.entities import User
from ..store.license import (
    BASIC,
    LICENSED,
    ON_PREM,
    TYPE_LABELS,
    UNASSIGNED,
    UNITED_TYPES,
    ZOOM_ONE_TYPES,
    License,
    plain,
    united,
    zoom_one,
)
from ..store.limits import SeatsExhausted
from ..store.store import Store
from ..store.terms import Terms
from .errors import invalid, rest_error

ONE_AT_A_TIME = 'You can\'t change the "type" or "plan_united_type" or "zoom_one_type" at the same time.'
CALL_QUEUE = "The user cannot be changed because they are a Call-queue manager or Auto-receptionist operator."
MANY_SUBSCRIPTIONS = {
    "zoom_one": (
        2038,
        'Your request to convert the plan type of this user was not approved at this time because the subscription "" doesn\u2019t have '
        "enough licenses available to assign. Please choose a different subscription and try again.",
    ),
    "licensed": (
        3412,
        'Your request to convert the user type of this basic user to a "Licensed" user was not approved at this time because the '
        'subscription "" has reached the permitted maximum number of "0" paying users. '
        "Please choose a different subscription and try again.",
    ),
}
UPCOMING = 'You cannot change the user type to "Basic" because this user has an upcoming Zoom Events scheduled.'
BASE_PLAN = "You can't turn off your Zoom One license now because you are having Zoom One as your basic plan type."
REACHED = "because your account has reached the permitted maximum number"
MORE = "or contact the Zoom support team to provision additional users in your account."
HELP = "For additional help regarding this issue, contact the Zoom Customer Support team."
BASIC_LIMIT = "because you've already reached the maximum basic user limit allowed in your account."
FEWER_BASIC = 'Remove existing basic user(s) from your "Users" list or the "Pending Users" list'
FEWER_UNASSIGNED = 'Remove the existing No-Meeting License user(s) from your "Users" list or the "Pending Users" list'
# (call, kind of licence) -> Zoom code and text
NO_SEATS = {
    # the list of texts has none for this one: in the words of its neighbours
    ("create", "unassigned"): (
        3412,
        (
            'Your request to add a "{label}" user couldn\'t be approved at this time '
            f'{REACHED} of "{{seats}}" No-Meeting License users. {FEWER_UNASSIGNED} before attempting to add another user.'
        ),
    ),
    ("update", "unassigned"): (
        3412,
        (
            'Your request to convert the user type of a "{was}" user to a "No-Meeting License" user was not approved at this time '
            f'{REACHED} of "{{seats}}" No-Meeting License users. {FEWER_UNASSIGNED} before attempting to convert a user to a '
            "No-Meeting License user."
        ),
    ),
    ("create", "basic"): (2033, f"Your request to add a basic user wasn't approved {BASIC_LIMIT} {HELP}"),
    ("update", "zoom_one"): (
        2038,
        (
            "Your request to convert the plan type of this user was not approved at this time "
            f"{REACHED}. Please purchase additional licenses {MORE}"
        ),
    ),
    ("update", "united"): (
        2034,
        (
            "Your request to convert this user's plan type to \"{label}\" wasn't approved "
            f'{REACHED} of "{{seats}}" users. Purchase additional licenses {MORE}'
        ),
    ),
    ("update", "licensed"): (
        3412,
        (
            'Your request to convert the user type of a "Basic" user to a "{label}" user was not approved at this time '
            f'{REACHED} of "{{seats}}" paying users. Please purchase additional licenses or remove existing '
            'paying user(s) from your "Users" list or the "Pending Users" list before attempting to convert a user to a paying user.'
        ),
    ),
    ("update", "basic"): (
        2033,
        (
            'Your request to convert the user type to "Basic" was not approved because you have already reached the '
            f"maximum basic user limit allowed in your account. {HELP}"
        ),
    ),
}
# the same two refusals under another code (switch basic_full)
BASIC_FULL = {
    "create": (
        "Your request to add a basic user couldn't be approved at this time "
        f"{REACHED} of {{seats}} basic users. {FEWER_BASIC} before attempting to add another user."
    ),
    "update": (
        'Your request to convert the user type of this "{was}" user to a "Basic" user was not approved at this time '
        f'{REACHED} of "{{seats}}" Basic users. {FEWER_BASIC} before attempting to convert a user to a Basic user.'
    ),
}
FIELDS = ("type", "plan_united_type", "zoom_one_type")


def asked(terms: Terms, body: Mapping[str, Any], current: License) -> License | None:
    """The licence after a PATCH; None if it names none. A bundle's holder shows type 2: setting 2 changes nothing."""
    named = [name for name in FIELDS if body.get(name) is not None]
    if len(named) > 1:
        raise rest_error(400, 300, ONE_AT_A_TIME)
    if not named:
        return None
    value = body[named[0]]
    if named[0] == "type":
        number = _type_number(value)
        return current if current.type == number else terms.paid_license(number)
    if named[0] == "plan_united_type":
        if value == "none":
            return plain(BASIC) if current.plan_united_type else current
        return _united(value)
    if _is_int(value) and value == 0:
        if current.zoom_one_type and current.zoom_one_type == terms.base_zoom_one_type:
            raise rest_error(400, 300, BASE_PLAN)
        return plain(BASIC) if current.zoom_one_type else current
    return _zoom_one(value)


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _type_number(value: Any) -> int:
    if not _is_int(value) or value not in TYPE_LABELS:
        raise invalid("type")
    if value == ON_PREM:
        raise rest_error(400, 300, "Your account can't set user type as On-prem.")
    return int(value)


def _united(value: Any) -> License:
    if not isinstance(value, str) or value not in UNITED_TYPES:
        raise rest_error(400, 300, 'The value provided for "plan_united_type" parameter is invalid. Try again with a valid value.')
    return united(value)


def _zoom_one(value: Any) -> License:
    if not _is_int(value) or value not in ZOOM_ONE_TYPES:
        raise invalid("zoom_one_type")
    return zoom_one(value)


def no_seats(switches: Mapping[str, Any], call: str, license: License, short: SeatsExhausted, was: str = "") -> Refusal:
    """`call`: create or update; `was`: the licence held until now."""
    if license.zoom_one_type:
        kind = "zoom_one"
    elif license.plan_united_type:
        kind = "united"
    else:
        kind = {LICENSED: "licensed", UNASSIGNED: "unassigned"}.get(license.type, "basic")
    code, text = NO_SEATS[call, kind]
    if kind == "basic" and switches["basic_full"] == 3412:
        code, text = 3412, BASIC_FULL[call]
    return rest_error(400, code, text.format(label=license.label, seats=short.seats, was=was))


def bundle_stays(bundle: License) -> Refusal:
    name = "Zoom One" if bundle.zoom_one_type else "Zoom United"
    text = f"You can't turn off your {name} license now because you don't have enough basic licenses."
    return rest_error(400, 2039, text)


def no_seat_to_wake(short: SeatsExhausted) -> Refusal:
    return rest_error(400, 3412, wake_text(short))


def wake_text(short: SeatsExhausted) -> str:
    kind = "no-meeting-license" if short.pool == "unassigned" else '"Basic"'
    return (
        f"Your request to activate the user was not approved at this time {REACHED} of {short.seats} "
        f'{kind} users. Remove the existing {kind} user(s) from your "Users" list or the "Pending Users" list '
        "before attempting to activate this user."
    )


def refuse_for_room(user: User, license: License | None) -> None:
    if not user.room or license is None or license.type not in (BASIC, UNASSIGNED):
        return
    if license.type == BASIC:
        raise rest_error(400, 200, f"A Zoom Room user cannot be changed to a free user type: {user.id}")
    raise rest_error(400, 200, f"A Zoom Room user cannot be changed to a no-meeting-license user type: {user.id}.")


def give(store: Store, user: User, license: License) -> None:
    refuse_for_room(user, license)
    if user.upcoming_events and license.type == BASIC and user.license.is_paid:
        raise rest_error(400, 300, UPCOMING)
    if user.call_queue_manager and license != user.license:
        raise rest_error(400, 1000, CALL_QUEUE)
    if store.context.switches["multiple_subscriptions"] and license.is_paid and license != user.license:
        code, text = MANY_SUBSCRIPTIONS["zoom_one" if license.zoom_one_type else "licensed"]
        raise rest_error(400, code, text)
    try:
        store.give_license(user, license)
    except SeatsExhausted as short:
        if user.license.is_bundle and license.type == BASIC:
            raise bundle_stays(user.license) from None
        raise no_seats(store.context.switches, "update", license, short, user.license.label) from None
