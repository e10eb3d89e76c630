# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about licences and seats. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, Outcome

TEXTS: dict[str, Outcome] = {
    "where": Outcome(
        FAILED,
        "{email} was left unchanged: {error}; correct the expression.",
        ends="where in license_defaults_rules or group_mapping_groups",
    ),
    "bundle": Outcome(
        ATTENTION,
        "{email} holds {held}, but your rules say {wanted}, and a bundle that no rule names is never removed by a run; remove it in the "
        "Zoom portal.",
        ends="remove the bundle in Zoom (User Management, Users), or license_defaults_rules",
    ),
    "protected_license": Outcome(
        ATTENTION,
        "{email} {why} and keeps {held}, although your rules say {wanted}; give this person a rule of their own.",
        ends="license_defaults_rules, or attribute_mapping_protected",
    ),
    "seats": Outcome(
        ATTENTION,
        "{email} should hold {wanted} by {rule}, but holds {held}, because no seat is free; buy seats, or take others out of the rules.",
        ends="buy seats in Zoom (Plans and Billing), or license_defaults_rules",
    ),
    "shortfall": Outcome(
        ATTENTION,
        "{count} {count:seat|seats} of {wanted} {count:is|are} missing ({why}), so rule order and account age left out {names}; buy "
        "{count} {count:seat|seats}, or take people out of the rules.",
        ends="buy seats in Zoom (Plans and Billing), or license_defaults_rules",
    ),
    "seats_unknown": Outcome(
        ATTENTION,
        "Zoom does not report how many {wanted} seats you own ({usage}), so they are assigned until Zoom refuses one; set "
        "license_defaults_seats so that your rules decide.",
        ends="license_defaults_seats",
    ),
    "seat_refused": Outcome(
        ATTENTION,
        "{email} was not given {wanted}, because no licence was available: Zoom refused the previous request, or one due to be released "
        "was not; run again once seats are free, or set license_defaults_seats to what you bought.",
        ends="buy seats in Zoom (Plans and Billing), or license_defaults_seats",
    ),
    "created_with": Outcome(
        ATTENTION,
        "{email} was created with {given} instead of {wanted}, because no seat was free: Zoom refused the previous request, or one due to "
        "be released was not; buy seats, or set license_defaults_seats to what you bought.",
    ),
    "kind_full": Outcome(
        ATTENTION,
        "{count} {count:change was|changes were} not made as planned, because Zoom has no room for another {kind} user in this account: "
        "{what}; in Zoom, delete {kind} users whom nobody needs, or ask Zoom for a higher limit, then run again.",
        ends="delete users in Zoom (User Management, Users), or ask Zoom for a higher limit",
    ),
    "no_room": Outcome(
        ATTENTION,
        "{count} {count:person|people} in scope got no account, because Zoom has no room for another Basic or unassigned user in this "
        "account ({names}); in Zoom, delete users whom nobody needs, or ask Zoom for a higher limit, then run again.",
        ends="delete users in Zoom (User Management, Users), or ask Zoom for a higher limit",
    ),
    "idle": Outcome(
        ATTENTION,
        "{email} has not signed in to Zoom since {since} and holds {held}; set license_defaults_reclaim: take, or remove the licence in "
        "Zoom.",
        ends="license_defaults_reclaim, or remove the licence in Zoom (User Management, Users)",
    ),
    "scim_bundle": Outcome(
        ATTENTION,
        "{email} should hold {wanted}, which SCIM can't assign; use an OAuth app (account_id, client_id, client_secret) instead of the "
        "access_token.",
        ends="an OAuth app in zoom_connection (account_id, client_id, client_secret)",
    ),
    "license_not_in_scim": Outcome(
        FAILED,
        "{email} was not given {wanted}, because SCIM can't assign it; use an OAuth app (account_id, client_id, client_secret) instead of "
        "the access_token.",
        ends="an OAuth app in zoom_connection (account_id, client_id, client_secret)",
    ),
    "scim_licenses": Outcome(
        ATTENTION,
        "With a SCIM access_token, only userType and bundle keys of a licence are known, and no seats, roles or sign-ins; list owner and "
        "admins in attribute_mapping_protected, and use an OAuth app for seats, reclaiming and bundles without a SCIM key.",
        ends="an OAuth app in zoom_connection (account_id, client_id, client_secret)",
    ),
    "no_sign_ins": Outcome(
        ATTENTION,
        "Zoom shows no account's last sign-in, so no licence is reclaimed; remove license_defaults_reclaim_after_days, or ask Zoom why "
        "last_login_time is missing.",
        ends="license_defaults_reclaim_after_days",
    ),
    "portal_default": Outcome(
        ATTENTION,
        "{count} {count:account was|accounts were} made outside this collection since the last run and came out with {given}, although "
        "your rules say otherwise, such as {names}; in the Zoom portal, set the default licence type to {default} (Advanced, Single "
        "Sign-On, SAML Response Mapping, and where your portal has it, Account Settings, Default License Type).",
    ),
    "saml_mapping": Outcome(
        ATTENTION,
        "{count} {count:licence was|licences were} changed outside this collection since the last run ({signed_in} with a sign-in), such "
        "as {names}; in the Zoom portal, align Advanced, Single Sign-On, SAML Response Mapping with your rules, as it sets the licence "
        "again at each sign-in.",
    ),
}
