# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's refusals of a write, in words that say what to do. Texts and codes: Zoom's SCIM2 and Users OpenAPI."""

from __future__ import annotations

from .._plan._change import Change
from .._transport._errors import ApiError, Conflict, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized
from .._transport._zoom_oauth import OAUTH_CODES
from ._seat_refusals import refused_seat
from ._seat_shortage import KINDS

REFUSALS = {
    "email domain does not match": "its domain is not associated with the Zoom account; add the domain in Zoom, or exclude the address",
    "has already been used": "the address has a Zoom login that this account does not show; resolve it in Zoom",
    "already holds an active account": "the address has an account elsewhere in Zoom; have it consolidated into this one",
    "not exist or not belong": "the address has an open or expired invitation, or belongs to another Zoom account; resolve it in Zoom",
    "cannot create more users": "no seat is left; buy seats or give fewer licences",
    "cannot add paid users": "no seat is left; buy seats or give fewer licences",
    "single sign-on": "SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On",
    "user is force inactive": "Zoom keeps it inactive by force; ask Zoom's support",
    "inactive or locked": "it is inactive or locked in Zoom; unlock it there",
    "zoom room and admin": "owner, admins and Zoom Rooms can't be changed so; take away its role in Zoom first",
    "cannot deactivate admin": "owner and admins can't be changed so; take away its role in Zoom first",
    "domain name doesn't match": "the new domain is not among the account's managed domains; add it in Zoom",
    "limit of license assignments": "Zoom limits how often licences are moved; try again later",
    "upcoming zoom events": "it has Zoom Events ahead; move or end those first",
    "default group": "it is the account's default group, which Zoom keeps; make another group the default in Zoom, or leave it unmapped",
    "information barriers": "Information Barriers policies apply to it; take it out of them in Zoom first",
    "maximum number of groups": "the account holds as many groups as Zoom allows (5,000); delete some in Zoom, then run again",
    "create group failed": "Zoom could not make it; an account holds 5,000 groups at most: delete some in Zoom, then run again",
    "a group with this": "the group is gone from Zoom since it was read; run again",
    "group does not": "the group is gone from Zoom since it was read; run again",
    "only available for paid account": "Zoom groups need a paid plan; leave group_mapping_groups empty on a free one",
}
_PASSING = "a limit of Zoom was reached that waiting does not lift; run again later"
_GROUPS_A_DAY = "Zoom makes 100 new groups a day for an account, and they are used up; run again tomorrow for the rest"
_BY_CODE = dict.fromkeys(("2033", "2034", "2038", "2039", "3412", "1102"), "no seat is left; buy seats or give fewer licences")


def explain(change: Change, error: ApiError) -> str:
    """One sentence: who, what, why, what next; the API's words, code and tracking id behind it."""
    who = change.email or f"Zoom group {change.group}"
    return f"{who}: {change.action} refused, as {_why(change, error)} [{error}]"


def _why(change: Change, error: ApiError) -> str:
    if isinstance(error, ScopeMissing):
        return "the Zoom app lacks a scope; add the one named here to the app and run again"
    if error.code in _EVERYWHERE:
        return _EVERYWHERE[error.code]
    if isinstance(error, Unauthorized):
        return "the token is no longer valid; check that the app is activated"
    if isinstance(error, RateLimited):
        return (
            _GROUPS_A_DAY if change.action == "create_group" else "a limit of Zoom was reached that waiting does not lift; run again later"
        )
    if isinstance(error, Conflict) and change.group:
        return "another group in Zoom has that name; rename or delete it there, or map another name"
    return _by_words(error)


def _by_words(error: ApiError) -> str:
    message, kind = error.message.lower(), refused_seat(error)
    if kind:
        return f"the account holds as many {KINDS[kind]} users as Zoom allows; delete some in Zoom, or ask Zoom for a higher limit"
    return next((advice for text, advice in REFUSALS.items() if text in message), _BY_CODE.get(error.code, "Zoom did not accept it"))


def advise(error: ApiError) -> str:
    """A refused read or request: what it means and what to do, then the API's own words."""
    return f"{_advice(error)} [{error}]"


def _advice(error: ApiError) -> str:
    if error.service == "Google":
        return _GOOGLE.get(error.code) or _google_status(error)
    if error.code in _EVERYWHERE:
        return f"Zoom refused the request, as {_EVERYWHERE[error.code]}."
    if "single sign-on" in error.message.lower():
        return "Zoom's SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On."
    return next(
        (text for kind, text in _ZOOM if isinstance(error, kind)), "Zoom refused the request; check api_url and the account's plan."
    )


# Refusals that any call may meet, by code; one that lacks a scope is ScopeMissing, whatever its code.
_EVERYWHERE = {
    **{code: advice for code, advice in OAUTH_CODES.items() if code != "4711"},
    "2300": "Zoom does not know this path; api_url (ZOOM_API_URL) should be https://api.zoom.us, and no proxy may change paths",
}
_ZOOM: tuple[tuple[type[ApiError], str], ...] = (
    (ScopeMissing, "Zoom's token lacks a scope; add the one named here to the Server-to-Server OAuth app, then run again."),
    (Unauthorized, "Zoom refused the token; check client_id and client_secret, and that the app is activated."),
    (Forbidden, "Zoom's token may not do this; the app's owner needs the rights User and Group, View and Edit."),
    (RateLimited, "A daily limit of Zoom is used up; run again when it is lifted."),
)
_GOOGLE = {
    "accessNotConfigured": "The Admin SDK API is not enabled in the Google Cloud project of the service account; enable it.",
    "insufficientPermissions": "Google's token lacks a scope; add the scopes of the README to the domain-wide delegation.",
    "domainCannotUseApis": "This Google domain can't use APIs; allow API access in the Admin console.",
}


def _google_status(error: ApiError) -> str:
    if isinstance(error, Unauthorized):
        return "Google refused the token; it has expired or was revoked: give a fresh one."
    if isinstance(error, RateLimited):
        return "Google's quota is used up although requests were slowed down; run again later."
    if isinstance(error, Forbidden):
        return "Google denies this; subject (GOOGLE_WORKSPACE_SUBJECT) must be an administrator who may read users and groups."
    if isinstance(error, NotFound):
        return "Google does not know what was asked for; check customer (GOOGLE_WORKSPACE_CUSTOMER) and addresses."
    return "Google refused the request; check customer (GOOGLE_WORKSPACE_CUSTOMER) and api_url."
