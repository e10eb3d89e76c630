# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about licences, groups, the scope, and rows that could not be read. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    # what could not be read
    "set_aside": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that account was skipped: look at it in Zoom (User Management), and if "
        "it looks right there, report it to Zoom's support.",
    ),
    "set_aside_person": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that person and their Zoom account were skipped: look at the user in "
        "Google's Admin console, and if it looks right there, report it to Google's support.",
    ),
    "set_aside_member": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that member was skipped: look at the members of the group, and if they "
        "look right, report it to that service's support.",
    ),
    "set_aside_group": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that group was skipped: look at it in Zoom (User Management, Groups), "
        "and if it looks right there, report it to Zoom's support.",
    ),
    "unread_single": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as it can't be read: {error} Look at it in Zoom (User Management), and if it looks right there, "
        "report it to Zoom's support.",
    ),
    "gone_meanwhile": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as Zoom no longer finds it: somebody deleted it during this run, or just before; the next run "
        "reads all accounts anew.",
    ),
    "unread_member": Outcome(
        ATTENTION,
        "Google lists a member of {chain} in an unknown form, so that member is missing here: look at the members of that group in "
        "Google's Admin console.",
    ),
    "unread_group": Outcome(
        ATTENTION,
        "The Zoom group {group} was skipped, as a row of Zoom's groups that could not be read may be this group; see the line on that row.",
    ),
    "unread_members": Outcome(
        ATTENTION,
        "The Zoom group {group} should be deleted, but stays, as an account that could not be read may be a member; see the line on that "
        "account.",
    ),
    "doubtful": Outcome(
        ATTENTION,
        "{doubt}, so this run removes nothing and does all else; run again later, and if this line stays, report it to that service's "
        "support.",
    ),
    "no_removals": Outcome(WITHHELD, "{email}: {what} was blocked, as {doubt}, so that this run removes nothing; run again later."),
    # licences
    "where": Outcome(FAILED, "{email}: {error}; correct the expression: this account was left as it is."),
    "bundle": Outcome(
        ATTENTION, "{email} holds {held} and the policy says {wanted}; a bundle that no rule gives is taken away in the portal only."
    ),
    "protected_license": Outcome(
        ATTENTION, "{email} is owner, admin or on your list and keeps {held}, though the policy says {wanted}; give it a rule of its own."
    ),
    "seats": Outcome(
        ATTENTION,
        "{email} should hold {wanted} by {rule}, but no seat is free, so it holds {held}; buy seats, or take others out of the rules.",
    ),
    "shortfall": Outcome(
        ATTENTION,
        "{count} seats of {wanted} are missing ({why}), so rule order and account age left out {names}; "
        "buy {count} seats, or take people out of the rules.",
    ),
    "seats_unknown": Outcome(
        ATTENTION,
        "Of the seats of {wanted} Zoom tells {told}, so they are given until Zoom refuses; set license_defaults_seats to what you bought, "
        "so that rule order decides.",
    ),
    "seat_refused": Outcome(
        ATTENTION,
        "{email} was not given {wanted}, as Zoom had just refused another one or a seat that was to be freed was not; run again once "
        "seats are there, or set license_defaults_seats to what you bought.",
    ),
    "created_with": Outcome(
        ATTENTION,
        "{email} was created with {given} in place of {wanted}, as Zoom had no seat; buy seats, or set license_defaults_seats to what "
        "you bought.",
    ),
    "kind_full": Outcome(
        ATTENTION,
        "{count} changes were not made as planned, as Zoom has no room for another {kind} user in this account: {what}; in Zoom, delete "
        "{kind} users whom nobody needs, or ask Zoom for a higher limit, then run again.",
    ),
    "no_room": Outcome(
        ATTENTION,
        "{count} people in scope got no account, as Zoom has no room for another Basic or unassigned user in this one ({names}); in Zoom, "
        "delete users whom nobody needs, or ask Zoom for a higher limit, then run again.",
    ),
    "idle": Outcome(
        ATTENTION,
        "{email} has not signed in to Zoom since {since} and holds {held}; set license_defaults_reclaim: take, or take it back in Zoom.",
    ),
    "scim_bundle": Outcome(
        ATTENTION,
        "{email} should hold {wanted}, which SCIM can't give; use an OAuth app (account_id, client_id, client_secret) in place of the "
        "access_token.",
    ),
    "scim_licenses": Outcome(
        ATTENTION,
        "With a SCIM access_token, licences go by userType and bundle keys alone: seats, roles and sign-ins are not seen; list owner and "
        "admins under attribute_mapping_protected, and use an OAuth app for seats, reclaiming and bundles without a SCIM key.",
    ),
    "no_sign_ins": Outcome(
        ATTENTION,
        "Zoom shows no account's last sign-in, so no licence is reclaimed; take license_defaults_reclaim_after_days out, or ask Zoom why "
        "last_login_time is missing.",
    ),
    "portal_default": Outcome(
        ATTENTION,
        "{count} accounts were made outside this collection since the last run and came out with {given} where the policy says otherwise, "
        "such as {names}; in the Zoom portal, set Advanced, Single Sign-On, SAML Response Mapping, and where there is one Account "
        "Settings, Default License Type, to {default}.",
    ),
    "saml_mapping": Outcome(
        ATTENTION,
        "{count} licences were changed outside this collection since the last run, {signed_in} of them with a sign-in, such as {names}; "
        "align Advanced, Single Sign-On, SAML Response Mapping in the Zoom portal, which sets its licence again at each sign-in.",
    ),
    # groups
    "max_removals": Outcome(
        WITHHELD,
        "{group}: {count} members would be removed, more than max_removals allows ({limit}), so none was; check the list, "
        "then raise max_removals.",
    ),
    "addition_refused": Outcome(
        WITHHELD,
        "{group}: {count} members were to be removed, but {names} could not be added, so none was; see the line on each refused address: "
        "it may be mistyped, and one of those who were to be removed may be meant.",
    ),
    "no_account": Outcome(FAILED, "{email} has no active Zoom account and can't join a group; create the account first."),
    "not_joined": Outcome(
        FAILED,
        "{email} did not join the Zoom group {group}: Zoom took the request and left the account out, as it does with pending and inactive "
        "ones; look at the account in Zoom, then run again.",
    ),
    "unconfirmed_member": Outcome(
        WITHHELD,
        "{email} looks as if it should leave the Zoom group {group}, but a second read of the directory did not confirm it, so it stays; "
        "run again, and look at it if it stays.",
    ),
    "former_group": Outcome(
        ATTENTION,
        "The Zoom groups {group} and {former}, its former name, both exist; {former} was left as it is: move what is still needed, then "
        "take it out of previous_names and map it with state: absent.",
    ),
    "one_group_shown": Outcome(
        ATTENTION,
        "{email} may or may not be in the Zoom group {group}: SCIM shows one of its groups only, so nothing was written; give Zoom's REST "
        "credentials (account_id, client_id, client_secret) to tell.",
    ),
    # the scope
    "open_group": Outcome(
        ATTENTION,
        "{email} decides who gets an account or a licence ({where}), and {who} can join it without being let in; set whoCanJoin to "
        "INVITED_CAN_JOIN (scope_group_settings, or in Google Groups under Group settings), or see to it that you want that.",
    ),
    "external": Outcome(
        ATTENTION,
        "{email} is a member of {group}, but no user of this Google customer; external people get no account: take them out of the group, "
        "or give them a Google account.",
    ),
    "external_to_add": Outcome(
        ATTENTION,
        "{email} would be added to {group}, but is no user of this Google customer; external people get no account: take them off the "
        "list, or give them a Google account.",
    ),
    "listed_deleted": Outcome(
        ATTENTION,
        "{email} is listed in {where}, but was deleted in Google; take it out: Google forgets a deleted user after 20 days, and a listed "
        "address that is nobody's ends the run.",
    ),
    "unreadable_group": Outcome(
        ATTENTION,
        "{email}, a group nested in {group}, can't be read, and the run went on without it, as scope_ignore_unreadable says: whom only it "
        "brings into scope gets no account, and whoever may be in it keeps theirs; ask its owners to let you see its members.",
    ),
    "selector_nobody": Outcome(
        ATTENTION, "{email} is listed in {where}, but is nobody in this Google directory; correct the address, or take it out."
    ),
    "protected_nobody": Outcome(
        ATTENTION,
        "{email} is on attribute_mapping_protected, but is neither a person in Google nor an account in Zoom, so it protects nobody; "
        "correct the address, or take it out.",
    ),
}
