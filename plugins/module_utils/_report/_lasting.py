# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Which of Zoom's refusals last until somebody acts, and what ends each. Pure.

All others pass by themselves, are a defect, or concern the whole account, its credentials or its seats: those stay failures in each run.
"""

from __future__ import annotations

from .._plan._actions import Subject
from .._plan._change import Change
from .._transport._breaker import code_of
from .._transport._errors import ApiError, Conflict, Forbidden, NotFound, RateLimited, Unauthorized
from .._transport._seat_refusals import refused_seat
from ._refusals import EVERYWHERE, by_code, is_fourth_address, refusal_text

# Code of a row of the memory -> what ends it.
ENDS = {
    "address_in_use": "have the other account consolidated in Zoom, or map another address to userName in attribute_mapping_attributes",
    "invitation": "accept or withdraw the invitation in Zoom (User Management, Users, Pending)",
    "foreign_domain": "add the domain in Zoom (Account Management, Account Profile, Associated Domains), or scope_exclude_users",
    "subscriptions": "assign the licence in Zoom (User Management, Users), and take the person out of license_defaults_rules",
    "force_inactive": "Zoom's support, or scope_exclude_users",
    "locked": "unlock or activate the account in Zoom (User Management, Users)",
    "admin": "change it in Zoom (User Management, Users) as the owner, or take the role away (User Management, Roles)",
    "name": "correct the name in Google's Admin console, or attribute_mapping_attributes",
    "value": "correct the value in Google's Admin console, or attribute_mapping_attributes",
    "personal_link_name": "personalLinkName in attribute_mapping_attributes",
    "address_not_accepted": "correct the address in Google's Admin console, or userName in attribute_mapping_attributes",
    "license_not_sold": "license_defaults_rules or license_defaults_default",
    "needs_license": "license_defaults_rules",
    "group_name": "rename or delete the other group in Zoom (User Management, Groups), or name in group_mapping_groups",
    "group_name_not_accepted": "name in group_mapping_groups",
    "default_group": "make another group the default in Zoom (User Management, Groups), or take it out of group_mapping_groups",
    "groups_full": "delete groups in Zoom (User Management, Groups)",
    "not_joined": "look at the account in Zoom (User Management, Users): it is pending or inactive there",
    "refused": "what Zoom's own words name",
}
NEVER = ""

# Part of Zoom's text, as in REFUSALS -> code. Those that only removals meet have none, as no removal rests.
CODES = {
    "email domain does not match": "foreign_domain",
    "the group name": "group_name",
    "already in use": "address_in_use",
    "has already been used": "address_in_use",
    "already holds an active account": "address_in_use",
    "not exist or not belong": "invitation",
    "valid invitation": "invitation",
    "different subscription": "subscriptions",
    "user is force inactive": "force_inactive",
    "inactive or locked": "locked",
    "change other admins email": "admin",
    "zoom room and admin": "admin",
    "email of admin user": "admin",
    "domain name doesn't match": "foreign_domain",
    "invalid word": "name",
    "chinese characters": "name",
    "default group": "default_group",
    "maximum number of groups": "groups_full",
    "create group failed": "groups_full",
    'displayname" of the request': "group_name_not_accepted",
    "invalid parameter: name": "group_name_not_accepted",
    'username" of the request': "address_not_accepted",
    "whiteboard and zoom whiteboard plus": "value",
    "personal link name": "personal_link_name",
    "zoom united plan is invalid": "license_not_sold",
    'plan_united_type" parameter': "license_not_sold",
    "set user type as on-prem": "license_not_sold",
    "basic plan type": "license_not_sold",
    "host is not a paid user": "needs_license",
    "validation failed": "value",
    **dict.fromkeys(
        (
            # seats and how often they move have their own attention
            "cannot create more users",
            "cannot add paid users",
            "limit of license assignments",
            # only removals meet these
            "call-queue manager",
            "cannot deactivate admin",
            "delete admin user",
            "disassociate an admin",
            "managed domain",
            "information barriers",
            "upcoming zoom events",
            "published events",
            "transfer-to email",
            "destination user",
            "unlink api user",
            "unable to delete this deactivated user",
            # a Zoom Room is remembered as one
            "zoom room user",
            "zoom rooms user",
            # gone since it was read
            "out of your account",
            "a group with this",
            "group does not",
            "group member does not",
            "user does not exist",
            # the whole account, its credential or its rights
            "single sign-on",
            "only available for paid account",
            'usertype" of the request',
            "permission requirements",
            "insufficient permissions",
            '" permission',
            "does not contain permissions",
            "no permission",
            "no privilege",
            "only an account administrator",
            # a defect of this collection
            "must be in json",
            "json must not be empty",
            "valid json object",
            "valid active field",
            '"operations" of the request',
            "at the same time",
            "character limit",
            "filter",
        ),
        NEVER,
    ),
}


def lasting_code(change: Change, error: Exception | None) -> str:
    """By which memory knows the refusal; '' for one that does not last, or that memory must not know."""
    if not isinstance(error, ApiError) or not 400 <= error.status < 500 or _is_everybodys(change, error):
        return NEVER
    if isinstance(error, Conflict) and change.subject is Subject.ZOOM_GROUP:
        return "group_name"
    text = refusal_text(error)
    if text:
        return CODES[text]
    if isinstance(error, NotFound) or by_code(error):
        return NEVER
    return f"refused {code_of(error)}".replace(" ", "_")


def removal_code(change: Change, error: Exception | None) -> str:
    """By which memory knows the refusal of a removal, which never rests; '' for one that says nothing about this one."""
    if not isinstance(error, ApiError) or not 400 <= error.status < 500 or isinstance(error, NotFound) or _is_everybodys(change, error):
        return NEVER
    return CODES.get(refusal_text(error), NEVER) or "refused"


def _is_everybodys(change: Change, error: ApiError) -> bool:
    """A limit, a right, the token, a seat: what any other change could meet as well."""
    text = refusal_text(error)
    passes = isinstance(error, Unauthorized | RateLimited) or error.code in EVERYWHERE
    seat = refused_seat(error) is not None and CODES.get(text) != "subscriptions"  # Zoom gives both the same codes
    return passes or seat or (isinstance(error, Forbidden) and not text) or (change.action == "rename" and is_fourth_address(error))
