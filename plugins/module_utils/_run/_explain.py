# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's refusals of a write, in words that say what to do. Texts and codes: Zoom's SCIM2 and Users OpenAPI."""

from __future__ import annotations

from .._plan._change import Change
from .._transport._errors import ApiError, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized

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
}
_BY_CODE = dict.fromkeys(("2033", "2034", "2038", "2039", "3412", "1102"), "no seat is left; buy seats or give fewer licences")


def explain(change: Change, error: ApiError) -> str:
    """One sentence: who, what, why, what next; the API's words, code and tracking id behind it."""
    who = change.email or f"Zoom group {change.group}"
    return f"{who}: {change.action} refused, as {_why(error)} [{error}]"


def _why(error: ApiError) -> str:
    if isinstance(error, ScopeMissing):
        return "the Zoom app lacks a scope; add the one named here to the app and run again"
    if isinstance(error, Unauthorized):
        return "the token is no longer valid; check that the app is activated"
    if isinstance(error, RateLimited):
        return "a limit of Zoom was reached that waiting does not lift; run again later"
    message = error.message.lower()
    for text, advice in REFUSALS.items():
        if text in message:
            return advice
    return _BY_CODE.get(error.code, "Zoom did not accept it")


def advise(error: ApiError) -> str:
    """A refused read or request: what it means and what to do, then the API's own words."""
    return f"{_advice(error)} [{error}]"


def _advice(error: ApiError) -> str:
    if error.service == "Google":
        return _GOOGLE.get(error.code) or _google_status(error)
    if "single sign-on" in error.message.lower():
        return "Zoom's SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On."
    return next(
        (text for kind, text in _ZOOM if isinstance(error, kind)), "Zoom refused the request; check api_url and the account's plan."
    )


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
