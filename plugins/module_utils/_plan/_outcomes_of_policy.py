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
        "{what} hold a row of an unknown form ({why}: {named}), so that account was skipped; look at it in Zoom (User Management), and "
        "report it to Zoom's support if it looks right there.",
    ),
    "set_aside_person": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that person and their Zoom account were skipped; look at the user in "
        "Google's Admin console, and report it to Google's support if it looks right there.",
    ),
    "set_aside_member": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that member was skipped; look at the members of the group, and report "
        "it to that service's support if they look right.",
    ),
    "set_aside_group": Outcome(
        ATTENTION,
        "{what} hold a row of an unknown form ({why}: {named}), so that group was skipped; look at it in Zoom (User Management, Groups), "
        "and report it to Zoom's support if it looks right there.",
    ),
    "forgotten": Outcome(
        ATTENTION,
        "The memory of the last run could not be used: {why}; the next run for real writes a new one, so look into it only if this is "
        "reported again.",
    ),
    "unread_single": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as it can't be read: {error}; look at it in Zoom (User Management), and report it to Zoom's "
        "support if it looks right there.",
    ),
    "gone_meanwhile": Outcome(
        ATTENTION,
        "{email}: the account was skipped, as Zoom no longer finds it; somebody deleted it during this run or shortly before: the next "
        "run reads all accounts again.",
    ),
    "unread_member": Outcome(
        ATTENTION,
        "Google lists a member of {chain} in an unknown form, so that member is missing here; look at the members of that group in "
        "Google's Admin console.",
    ),
    "unread_group": Outcome(
        ATTENTION,
        "The Zoom group {group} was skipped, because a row of Zoom's groups that could not be read may be this group; see the message "
        "about that row.",
    ),
    "unread_members": Outcome(
        ATTENTION,
        "The Zoom group {group} should be deleted, but stays, because an account that could not be read may be a member; see the message "
        "about that account.",
    ),
    "doubtful": Outcome(
        ATTENTION,
        "{doubt}, so this run removes nothing and does everything else; run again later, and report it to that service's support if this "
        "message stays.",
    ),
    "no_removals": Outcome(WITHHELD, "{email}: {what} was blocked, as {doubt}; this run removes nothing, so run again later."),
    # licences
    "where": Outcome(FAILED, "{email} was left unchanged: {error}; correct the expression."),
    "bundle": Outcome(
        ATTENTION,
        "{email} holds {held}, but your rules say {wanted}, and a bundle that no rule names is never removed by a run; remove it in the "
        "Zoom portal.",
    ),
    "protected_license": Outcome(
        ATTENTION,
        "{email} is the owner, an admin or listed in attribute_mapping_protected and keeps {held}, although your rules say {wanted}; give"
        " it a rule of its own.",
    ),
    "seats": Outcome(
        ATTENTION,
        "{email} should hold {wanted} by {rule}, but no seat is free, so it holds {held}; buy seats, or take others out of the rules.",
    ),
    "shortfall": Outcome(
        ATTENTION,
        "{count} seats of {wanted} are missing ({why}), so rule order and account age left out {names}; buy {count} seats, or take people"
        " out of the rules.",
    ),
    "seats_unknown": Outcome(
        ATTENTION,
        "Zoom does not report how many {wanted} seats you own ({told}), so they are assigned until Zoom refuses one; set "
        "license_defaults_seats so that your rules decide.",
    ),
    "seat_refused": Outcome(
        ATTENTION,
        "{email} was not given {wanted}, because no licence was available: Zoom refused the previous request, or one due to be released "
        "was not; run again once seats are free, or set license_defaults_seats to what you bought.",
    ),
    "created_with": Outcome(
        ATTENTION,
        "{email} was created with {given} instead of {wanted}, because Zoom had no free seat; buy seats, or set license_defaults_seats "
        "to what you bought.",
    ),
    "kind_full": Outcome(
        ATTENTION,
        "{count} changes were not made as planned, because Zoom has no room for another {kind} user in this account: {what}; in Zoom, "
        "delete {kind} users whom nobody needs, or ask Zoom for a higher limit, then run again.",
    ),
    "no_room": Outcome(
        ATTENTION,
        "{count} people in scope got no account, because Zoom has no room for another Basic or unassigned user in this account ({names}); "
        "in Zoom, delete users whom nobody needs, or ask Zoom for a higher limit, then run again.",
    ),
    "idle": Outcome(
        ATTENTION,
        "{email} has not signed in to Zoom since {since} and holds {held}; set license_defaults_reclaim: take, or remove the licence in "
        "Zoom.",
    ),
    "scim_bundle": Outcome(
        ATTENTION,
        "{email} should hold {wanted}, which SCIM can't assign; use an OAuth app (account_id, client_id, client_secret) instead of the "
        "access_token.",
    ),
    "scim_licenses": Outcome(
        ATTENTION,
        "With a SCIM access_token, only userType and bundle keys of a licence are known, and no seats, roles or sign-ins; list owner and "
        "admins in attribute_mapping_protected, and use an OAuth app for seats, reclaiming and bundles without a SCIM key.",
    ),
    "no_sign_ins": Outcome(
        ATTENTION,
        "Zoom shows no account's last sign-in, so no licence is reclaimed; remove license_defaults_reclaim_after_days, or ask Zoom why "
        "last_login_time is missing.",
    ),
    "portal_default": Outcome(
        ATTENTION,
        "{count} accounts were made outside this collection since the last run and came out with {given}, although your rules say "
        "otherwise, such as {names}; in the Zoom portal, set the default licence type to {default} (Advanced, Single Sign-On, SAML "
        "Response Mapping, and where your portal has it, Account Settings, Default License Type).",
    ),
    "saml_mapping": Outcome(
        ATTENTION,
        "{count} licences were changed outside this collection since the last run, {signed_in} of them with a sign-in, such as {names}; "
        "in the Zoom portal, align Advanced, Single Sign-On, SAML Response Mapping with your rules, as it sets the licence again at each "
        "sign-in.",
    ),
    # groups
    "max_removals": Outcome(
        WITHHELD,
        "{group}: {count} members would be removed; the limit is {limit}, so none was: check the list, then raise scope_max_removals "
        "(max_removals of the module).",
    ),
    "addition_refused": Outcome(
        WITHHELD,
        "{group}: {count} members were to be removed, but {names} could not be added, so none was; see the message about each refused "
        "address: it may be a typing error for somebody who would have been removed.",
    ),
    "no_account": Outcome(FAILED, "{email} has no active Zoom account, so it can't join a group; create the account first."),
    "not_joined": Outcome(
        FAILED,
        "{email} did not join the Zoom group {group}: Zoom accepted the request, but left the account out, as it does with pending and "
        "inactive ones; look at the account in Zoom, then run again.",
    ),
    "unconfirmed_member": Outcome(
        WITHHELD,
        "{email} was listed as no longer belonging to the Zoom group {group}, but a second lookup did not confirm it, so it stays a "
        "member; run again, and check this person in Google if the message stays.",
    ),
    "former_group": Outcome(
        ATTENTION,
        "The Zoom groups {group} and {former}, its former name, both exist, so {former} was left unchanged; move what is still needed, "
        "then take it out of previous_names and map it with state: absent.",
    ),
    "one_group_shown": Outcome(
        ATTENTION,
        "{email} may or may not be in the Zoom group {group}, because SCIM shows only one of its groups, so nothing was written; use an "
        "OAuth app (account_id, client_id, client_secret), which sees all groups.",
    ),
    # the scope
    "open_group": Outcome(
        ATTENTION,
        "{email} decides who gets an account or a licence ({where}), and {who} can join it without approval; set whoCanJoin to "
        "INVITED_CAN_JOIN (scope_group_settings, or in Google Groups under Group settings), unless you want that.",
    ),
    "external": Outcome(
        ATTENTION,
        "{email} is a member of {group}, but no user of this Google customer, and external people get no account; take them out of the "
        "group, or give them a Google account.",
    ),
    "external_to_add": Outcome(
        ATTENTION,
        "{email} would be added to {group}, but is no user of this Google customer, and external people get no account; take them off the"
        " list, or give them a Google account.",
    ),
    "listed_deleted": Outcome(
        ATTENTION,
        "{email} is listed in {where}, but was deleted in Google; take it out soon: Google forgets a deleted user after 20 days, and then"
        " the unknown address ends the run.",
    ),
    "unreadable_group": Outcome(
        ATTENTION,
        "{email}, a group nested in {group}, can't be read, and scope_ignore_unreadable lets the run go on without it: who is in scope "
        "only through it gets no account, and who may be in it keeps theirs; ask its owners to let you see its members.",
    ),
    "selector_nobody": Outcome(
        ATTENTION,
        "{email} is listed in {where}, but no user of this Google directory has this address; correct the address, or take it out.",
    ),
    "protected_nobody": Outcome(
        ATTENTION,
        "{email} is listed in attribute_mapping_protected, but is neither a user in Google nor an account in Zoom, so it protects nobody;"
        " correct the address, or take it out.",
    ),
}
