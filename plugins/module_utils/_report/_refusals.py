# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Zoom's refusals of a write, in words that say what to do. Texts and codes: Zoom's SCIM2 and Users OpenAPI."""

from __future__ import annotations

from .._model._account import MEMBER, Account
from .._model._spelled import spelled
from .._plan._actions import Subject
from .._plan._change import Change, shown_action
from .._plan._change_data import GoogleMember
from .._transport._errors import ApiError, Conflict, DailyLimit, Forbidden, NotFound, RateLimited, ScopeMissing, Unauthorized, is_rate_text
from .._transport._google_forms import SETTINGS_PATH
from .._transport._seat_refusals import KINDS, refused_seat
from .._transport._zoom_oauth import OAUTH_CODES
from ._not_done import not_done

_DEFECT = "Zoom could not read the request, which is a defect of this collection; please report it with this text"
_SEATS = "no seat is left; buy seats or give fewer licences"
_ADMINS = "owner and admins can't be changed this way; take the role away in Zoom first"
_ROOM = "it is a Zoom Room; take it out of your scope and rules, or change it in Zoom under Room Management"
_RIGHTS = "the owner of the Zoom app may not do this; give its role the right that is named here, or make another admin the app's owner"
_GONE = "the account is gone from Zoom since it was read; run again"
_GROUP_GONE = "the group is gone from Zoom since it was read; run again"
_INVITATION = "the address has an open or expired invitation, or belongs to another Zoom account; resolve it in Zoom"
_SUBSCRIPTIONS = (
    "the account has several subscriptions (Multiple Subscription Quoting), and this collection does not choose among them; "
    "assign it in Zoom (User Management, Users), and take these people out of license_defaults_rules"
)
_UNITED = "Zoom does not sell that plan_united_type to this account; correct it in license_defaults_rules"

# part of Zoom's text, in small letters -> why and what next; the first that fits is reported
REFUSALS = {
    "email domain does not match": "its domain is not associated with the Zoom account; add the domain in Zoom, or exclude the address",
    "the group name": "another group in Zoom has that name; rename or delete it there, or map another name",
    "already in use": (
        "the address has a Zoom login that this account's lists do not show: a free account of the person's own, another company's "
        "account, an open invitation, or an account made a moment ago; have it consolidated into this account (its owner is asked at the "
        "next sign-in, KB0068363), or map another address to userName"
    ),
    "has already been used": "the address has a Zoom login that this account does not show; resolve it in Zoom",
    "already holds an active account": "the address has an account elsewhere in Zoom; have it consolidated into this one",
    "not exist or not belong": _INVITATION,
    "valid invitation": _INVITATION,
    "different subscription": _SUBSCRIPTIONS,
    "cannot create more users": _SEATS,
    "cannot add paid users": _SEATS,
    "limit of license assignments": "Zoom limits how often licences are moved; run again later",
    "single sign-on": "SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On",
    "user is force inactive": "Zoom keeps it inactive by force; ask Zoom's support",
    "inactive or locked": "it is inactive or locked in Zoom; unlock it there",
    "call-queue manager": (
        "it manages a call queue or auto-receptionist of Zoom Phone; give that to somebody else in Zoom (Phone System Management), then "
        "run again"
    ),
    "change other admins email": "Zoom lets no admin change another admin's address; let the owner change it, or take the role away",
    "zoom room and admin": (
        "owner, admins, holders of other roles and Zoom Rooms can't be changed this way, and keep their access; take the role away in Zoom "
        "first"
    ),
    "cannot deactivate admin": _ADMINS,
    "email of admin user": _ADMINS,
    "delete admin user": _ADMINS,
    "disassociate an admin": _ADMINS,
    "zoom room user": _ROOM,
    "zoom rooms user": _ROOM,
    "domain name doesn't match": "the new domain is not among the account's managed domains; add it in Zoom",
    "managed domain": (
        "its domain is managed by the Zoom account, which can't let go of it; use the action deactivate or delete in "
        "attribute_mapping_deprovision"
    ),
    "invalid word": "its name holds a word that Zoom does not allow; correct the name in Google, or map another value to that attribute",
    "chinese characters": "Zoom accepts at most ten Chinese characters in a display name; map a shorter value to displayName",
    "upcoming zoom events": "it has Zoom Events ahead; move or end those first",
    "published events": "it has published Zoom Events; move or end those first",
    "transfer-to email": "transfer_to is this very account; name another one that inherits its data",
    "destination user": "the account at transfer_to lacks the licence for that data; give it one, or name another account",
    "unlink api user": "it was made for an application and has no login that could be unlinked; use the action delete, or remove it there",
    "unable to delete this deactivated user": "Zoom keeps this inactive account; ask Zoom's support",
    "out of your account": _GONE,
    "default group": "it is the account's default group, which Zoom keeps; make another group the default in Zoom, or leave it unmapped",
    "information barriers": "Information Barriers policies apply to it; take it out of them in Zoom first",
    "maximum number of groups": "the account holds as many groups as Zoom allows (5,000); delete some in Zoom, then run again",
    "create group failed": "Zoom could not make it; an account holds 5,000 groups at most: delete some in Zoom, then run again",
    "a group with this": _GROUP_GONE,
    "group does not": _GROUP_GONE,
    "group member does not": "the account is not in the group any more; run again",
    'displayname" of the request': "Zoom does not take that name for a group; map another one",
    "invalid parameter: name": "Zoom does not take that name for a group; map another one",
    "only available for paid account": "Zoom groups need a paid plan; leave group_mapping_groups empty on a free one",
    'username" of the request': "Zoom does not accept it as an address; correct it in Google, or map another value to userName",
    'usertype" of the request': "Zoom's SCIM does not accept that licence; use an OAuth app (account_id, client_id, client_secret)",
    "whiteboard and zoom whiteboard plus": "an account has one of both; take one out of attribute_mapping_attributes",
    "personal link name": "another account has that personalLinkName; map a value that is each person's own",
    "zoom united plan is invalid": _UNITED,
    'plan_united_type" parameter': _UNITED,
    "set user type as on-prem": "the account has no On-Prem plan; give another licence in license_defaults_rules",
    "basic plan type": "a Zoom Workplace plan is the account's base plan and can't be switched off; give licensed or unassigned instead",
    "permission requirements": _RIGHTS,
    "host is not a paid user": "it holds no paid licence, which this needs; give it one first",
    "user does not exist": _GONE,
    "insufficient permissions": _RIGHTS,
    '" permission': _RIGHTS,
    "does not contain permissions": _RIGHTS,
    "no permission": _RIGHTS,
    "no privilege": _RIGHTS,
    "only an account administrator": _RIGHTS,
    "must be in json": _DEFECT,
    "json must not be empty": _DEFECT,
    "valid json object": _DEFECT,
    "valid active field": _DEFECT,
    '"operations" of the request': _DEFECT,
    "at the same time": _DEFECT,
    "character limit": "more accounts join at once than Zoom accepts in one request; please report it, and map the group in smaller parts",
    "filter": _DEFECT,
    "validation failed": "Zoom does not accept one of the values; correct what it names here, in Google or in attribute_mapping_attributes",
}
_ROOM_ALONE = ("a zoom room user", "update zoom room user", "a zoom rooms user")
_GROUPS_A_DAY = "Zoom creates at most 100 groups a day for an account, and that limit is reached; run again tomorrow for the rest"
_PASSING = "a rate limit of Zoom was reached and waiting did not help; run again later"
_SPENT = "a daily limit of Zoom is used up"
_BY_CODE = {
    **dict.fromkeys(("2033", "2034", "2038", "2039", "3412", "1102"), _SEATS),
    "104": "the Zoom app lacks a scope or its owner a right; add what is named here, then run again",
    "124": "the token is no longer valid; check that the app is activated",
    "2300": "Zoom does not know this request; check api_url, and that the account's plan has what it is about",
}
_FOURTH_ADDRESS = "Zoom changes an account's address at most three times in 24 hours; run again {when}"


def named(change: Change) -> str:
    """Who and what, as the beginning of a sentence on a write."""
    if change.subject is Subject.GOOGLE_GROUP:
        return f"{_in_google(change)}: {shown_action(change.action).replace('_', ' ')}"
    return f"{change.email or change.group}: {change.action.replace('_', ' ')}"


def _in_google(change: Change) -> str:
    return f"{change.email} in {change.group}" if isinstance(change.data, GoogleMember) else f"Google group {change.group}"


def explain(change: Change, error: ApiError, left: frozenset[str] = frozenset()) -> str:
    """One sentence: who, what, why, what next; the API's words, code and tracking id behind it. `left`: as in `not_done`."""
    return spelled(_explained(change, error, left))


def _explained(change: Change, error: ApiError, left: frozenset[str]) -> str:
    if change.subject is Subject.GOOGLE_GROUP:
        return f"{_in_google(change)}: {not_done(change.action)}. {_known_to_google(error) or _google_write(error)} [{error}]"
    who = change.email or f"Zoom group {change.group}"
    return f"{who}: {not_done(change.action, left)}, because {_why(change, error)} [{error}]"


def _why(change: Change, error: ApiError) -> str:
    if isinstance(error, ScopeMissing):
        return "the Zoom app lacks a scope; add the one named here to the app, activate it again, and run again"
    if error.code in EVERYWHERE:
        return EVERYWHERE[error.code]
    if isinstance(error, Unauthorized):
        return "the token is no longer valid; check that the app is activated"
    if change.action == "rename" and is_fourth_address(error):
        return _FOURTH_ADDRESS.format(
            when=f"after {error.until}" if error.until else "24 hours after the first of them, tomorrow at the latest"
        )
    if isinstance(error, RateLimited):
        passing = _SPENT if isinstance(error, DailyLimit) else _PASSING
        return _GROUPS_A_DAY if change.action == "create_group" else passing
    return REFUSALS["the group name"] if isinstance(error, Conflict) and change.subject is Subject.ZOOM_GROUP else _known(error)


def _known(error: ApiError) -> str:
    kind = refused_seat(error)
    if kind:
        return f"the account holds as many {KINDS[kind]} users as Zoom allows; delete some in Zoom, or ask Zoom for a higher limit"
    known = REFUSALS.get(refusal_text(error), "") or by_code(error)
    return known or next((text for kind, text in _BY_KIND if isinstance(error, kind)), "Zoom did not accept it")


def refusal_text(error: ApiError) -> str:
    """The part of REFUSALS that Zoom's text holds, '' where none is known."""
    message = error.message.lower()
    return next((text for text in REFUSALS if text in message), "")


def by_code(error: ApiError) -> str:
    """What its code says where its text is not known, '' for other codes."""
    return _BY_CODE.get(error.code, "")


_BY_KIND: tuple[tuple[type[ApiError], str], ...] = ((Forbidden, _RIGHTS), (NotFound, _GONE))


def is_fourth_address(error: ApiError) -> bool:
    """Zoom documents the limit, not its words; both statuses were seen or are likely."""
    words = error.message.lower()
    return (isinstance(error, RateLimited) and not is_rate_text(words)) or "24 hours" in words or "3 times" in words


def is_name_refusal(error: ApiError) -> bool:
    """Whether it is about a name, and about nothing else that was sent with it."""
    words = error.message.lower()
    return error.status == 400 and any(text in words for text in ("invalid word", "chinese characters"))


def is_room(account: Account, error: str) -> bool:
    """Whether a refusal means that this is a Zoom Room. One of the texts also stands for admins and custom roles: then the role decides."""
    words = error.lower()
    return any(text in words for text in _ROOM_ALONE) or ("zoom room and admin" in words and account.role_id == MEMBER)


def advise(error: ApiError) -> str:
    """A refused read or request: what it means and what to do, then the API's own words."""
    return spelled(f"{_advice(error)} [{error}]")


def _advice(error: ApiError) -> str:
    if error.service == "Google":
        return _known_to_google(error) or _google_status(error)
    if error.code in EVERYWHERE:
        return f"Zoom refused the request, as {EVERYWHERE[error.code]}."
    if "single sign-on" in error.message.lower():
        return "Zoom's SCIM works only while SSO is on; turn it on in Zoom under Advanced, Single Sign-On."
    if error.status >= 500:
        return "Zoom failed to answer, also when it was asked again; run again later."
    if isinstance(error, DailyLimit):
        return f"A daily limit of {error.service} is used up; run again {error.when}."
    return next(
        (text for kind, text in _ZOOM if isinstance(error, kind)), "Zoom refused the request; check api_url and the account's plan."
    )


# Refusals that any call may meet, by code; one that lacks a scope is ScopeMissing, whatever its code.
EVERYWHERE = {
    **{code: advice for code, advice in OAUTH_CODES.items() if code != "4711"},
    "2300": "Zoom does not know this path; api_url (ZOOM_API_URL) should be https://api.zoom.us, and no proxy may change paths",
}
_ZOOM: tuple[tuple[type[ApiError], str], ...] = (
    (
        ScopeMissing,
        "Zoom's token lacks a scope; add the one named here to the Server-to-Server OAuth app, activate the app again, then run again.",
    ),
    (Unauthorized, "Zoom refused the token; check client_id and client_secret, and that the app is activated."),
    (Forbidden, "Zoom's token may not do this; the app's owner needs the rights User and Group, View and Edit."),
    (RateLimited, "A limit of Zoom is used up, and waiting did not help; run again later."),
)
_GOOGLE = {
    "accessNotConfigured": "The Admin SDK API is not enabled in the Google Cloud project of the service account; enable it.",
    "insufficientPermissions": "Google's token lacks a scope; add the scopes of the README to the domain-wide delegation.",
    "domainCannotUseApis": "This Google domain can't use APIs; allow API access in the Admin console.",
}
_NO_SETTINGS_API = "The Groups Settings API is not enabled in the Google Cloud project of the service account; enable it."


def _known_to_google(error: ApiError) -> str:
    """A refusal that any call may meet; '' for another."""
    return _NO_SETTINGS_API if error.code == "accessNotConfigured" and _of_settings(error) else _GOOGLE.get(error.code, "")


def _of_settings(error: ApiError) -> bool:
    return error.path.startswith(SETTINGS_PATH)


def subject_of(error: ApiError) -> str:
    """The option, and the administrator whom it names."""
    return f"subject (GOOGLE_WORKSPACE_SUBJECT) {error.subject}".rstrip()


def _google_write(error: ApiError) -> str:
    """Of a write: what was asked for is in the sentence already."""
    if isinstance(error, Forbidden):
        return f"Google denies this; {subject_of(error)} must be an administrator who may change this group."
    if isinstance(error, Unauthorized | RateLimited):
        return _google_status(error)
    if isinstance(error, NotFound):
        return "Google does not know the group or the member; check both addresses, and run again."
    return "Correct what Google names here, and run again."


_GOOGLE_BY_KIND: tuple[tuple[type[ApiError], str], ...] = (
    (Unauthorized, "Google refused the token; it has expired or was revoked: give a fresh one."),
    (DailyLimit, "Google's daily quota is used up; run again tomorrow."),
    (RateLimited, "Google's quota is used up, and waiting did not help; run again later."),
    (NotFound, "Google does not know what was asked for; check customer (GOOGLE_WORKSPACE_CUSTOMER) and addresses."),
)


def _google_status(error: ApiError) -> str:
    known = next((text for kind, text in _GOOGLE_BY_KIND if isinstance(error, kind)), "")
    if known:
        return known
    if isinstance(error, Forbidden):
        who = subject_of(error)
        if _of_settings(error):
            return f"Google denies this; {who} must be an administrator who may change groups."
        return f"Google denies this; {who} must be an administrator who may read users and groups."
    if error.status >= 500:
        return "Google failed to answer, also when it was asked again; run again later."
    url = "groups_settings_url" if _of_settings(error) else "api_url"
    return f"Google refused the request; check customer (GOOGLE_WORKSPACE_CUSTOMER) and {url}."
