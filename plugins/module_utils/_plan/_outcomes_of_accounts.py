# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about people and their accounts: kept, created, ended. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    # people and their accounts
    "attributes": Outcome(
        FAILED,
        "{email} was left unchanged: {error}; correct the expression, or the user in Google.",
        ends="attribute_mapping_attributes, or correct the user in Google's Admin console",
    ),
    "duplicate": Outcome(
        FAILED,
        "{email} was left unchanged: userName gives {address}, which another person in scope gets too; give each person a different "
        "address.",
        ends="userName in attribute_mapping_attributes, or another address in Google's Admin console",
    ),
    "rename_ring": Outcome(
        FAILED,
        "Can't rename {account} to {email}: another account that is to be renamed too still uses {email}; change one of the two addresses"
        " in Zoom by hand, then run again.",
        ends="change one of the two addresses in Zoom (User Management, Users)",
    ),
    "pending": Outcome(
        ATTENTION,
        "{email} has not accepted Zoom's invitation, so nothing can be set yet; ask them to accept it, or send it again in Zoom.",
        ends="accept or withdraw the invitation in Zoom (User Management, Users, Pending)",
    ),
    "inactive": Outcome(
        ATTENTION,
        "{email} is in scope, but inactive in Zoom; set attribute_mapping_reactivate: true to reactivate it.",
        ends="attribute_mapping_reactivate",
    ),
    "inactive_admin": Outcome(
        ATTENTION,
        "{email} is in scope, but is an inactive owner or admin, and Zoom's API can't activate those; activate it in Zoom (User "
        "Management), or take the role away.",
        ends="activate it in Zoom (User Management, Users), or take the role away (User Management, Roles)",
    ),
    "invited": Outcome(
        ATTENTION,
        "{email} was invited by Zoom instead of getting an account at once, so the account is pending; ask them to accept the invitation, "
        "as they may have a Zoom account of their own, or, if their domain is not associated with this Zoom account, add it there.",
    ),
    "made_meanwhile": Outcome(
        ATTENTION,
        "{email} got a Zoom account from another run, or by hand, while this run was working, so this run did not create one; there is "
        "nothing to do now: the next run compares it.",
    ),
    "created_as": Outcome(
        ATTENTION,
        "{email} was created with {given}, although {wanted} was requested; license_defaults corrects it where you use that role, and the"
        " cause may be the default licence type in the Zoom portal (Advanced, Single Sign-On, SAML Response Mapping).",
    ),
    "created_unseen": Outcome(
        ATTENTION,
        "{email} was created, but the new account could not be read ({error}); there is nothing to do now: the next run reads it again.",
    ),
    "display_name_fixed": Outcome(
        ATTENTION,
        "{email} should have the display name {wanted}, but keeps {kept}: Zoom's SCIM accepts the change and does not make it; set it in "
        "Zoom, or use an OAuth app (account_id, client_id, client_secret) instead of the access_token.",
        ends="an OAuth app in zoom_connection, or set the name in Zoom (User Management, Users)",
    ),
    "second_account": Outcome(
        ATTENTION,
        "{email} is a second Zoom account of {person}, under an alias; merge it into the other account, or remove it in Zoom by hand.",
        ends="merge or delete one of the two in Zoom (User Management, Users)",
    ),
    "protected_rename": Outcome(
        ATTENTION,
        "{email} should be renamed to {address}, but {why}; change the address in Zoom by hand.",
        ends="change the address in Zoom (User Management, Users), or attribute_mapping_protected",
    ),
    "older_account": Outcome(
        ATTENTION,
        "{email}: the Zoom account {account} was made before this Google user and may belong to a former holder of the address, so both "
        "were left unchanged; if it is theirs, add attribute_mapping_adopt: {{{email}: {account}}} (or attribute_mapping_adopt: all, if "
        "each such account is its holder's), else delete or rename it in Zoom.",
        ends="attribute_mapping_adopt",
    ),
    "maybe_renamed": Outcome(
        ATTENTION,
        "{email} would get a new account, but {account} has the same name in Zoom and its address is gone from Google, so both were left "
        "unchanged; if it is theirs, add attribute_mapping_adopt: {{{email}: {account}}}, or give them that address as an alias in "
        "Google, else add attribute_mapping_adopt: {{{email}: ''}}.",
        ends="attribute_mapping_adopt",
    ),
    "alias_reused": Outcome(
        ATTENTION,
        "{email} has the alias {account}, but the Zoom account with that address has the name of somebody else in scope, so it was left "
        "unchanged; if it is theirs, add attribute_mapping_adopt: {{{email}: {account}}}, else add attribute_mapping_adopt: {{{email}: "
        "''}}.",
        ends="attribute_mapping_adopt",
    ),
    "address_held": Outcome(
        ATTENTION,
        "{email} is in scope, but a Zoom account of somebody else (Google id {owner}) uses this address; delete that account or change "
        "its address in Zoom, then run again.",
        ends="delete the other account or change its address in Zoom (User Management, Users)",
    ),
    "address_waits": Outcome(
        ATTENTION,
        "{email} is in scope, but a Zoom account still has this address, because it could not be renamed to {wanted}; see the message "
        "about that account, then run again.",
        ends="what ends the condition of the account that has the address",
    ),
    "rename_taken": Outcome(
        ATTENTION,
        "Can't rename {account} to {email}: another Zoom account already uses {email}; delete that account or change its address in Zoom,"
        " then run again.",
        ends="delete the other account or change its address in Zoom (User Management, Users)",
    ),
    "foreign_domain": Outcome(
        ATTENTION,
        "{email} is in scope, but {domain} is not a domain of the Zoom account, so Zoom would refuse the account; add the domain in Zoom,"
        " or exclude the person.",
        ends="add the domain in Zoom (Account Management, Account Profile, Associated Domains), or scope_exclude_users",
    ),
    "foreign_rename": Outcome(
        ATTENTION,
        "{email} should be renamed to {address}, but {domain} is not a domain of the Zoom account, so Zoom would refuse it; add the "
        "domain in Zoom.",
        ends="add the domain in Zoom (Account Management, Account Profile, Associated Domains)",
    ),
    "identity_not_shown": Outcome(
        ATTENTION,
        "{email} carries its Google id in employeeNumber, but Zoom's lists do not show it, so accounts are matched by their addresses "
        "alone; remove attribute_mapping_identity, or ask Zoom why employee_unique_id is missing.",
        ends="attribute_mapping_identity",
    ),
    "unique_id_not_ours": Outcome(
        ATTENTION,
        "Employee Unique ID is set by your SAML mapping (or by hand) in {count} {count:account|accounts}, such as {names}, to values that "
        "are no Google id of this directory, so such accounts are matched by their address and {done}; remove attribute_mapping_identity, "
        "or map Google's id to Employee Unique ID in Zoom (Advanced, Single Sign-On, SAML Response Mapping).",
        ends="attribute_mapping_identity, or map Employee Unique ID in Zoom (Advanced, Single Sign-On, SAML Response Mapping)",
    ),
    # removals
    "protected": Outcome(
        ATTENTION,
        "{email} is {words}, but keeps the account because it {why}; to offboard this person, take the role away in Zoom (User Management, "
        "Roles), or out of attribute_mapping_protected.",
        ends="take the role away in Zoom (User Management, Roles), or attribute_mapping_protected",
    ),
    "found_room": Outcome(
        ATTENTION,
        "{email} is a Zoom Room, so Zoom refused the {action} [{error}] and later runs leave it unchanged; take it out of your scope and "
        "rules.",
    ),
    "room": Outcome(
        ATTENTION,
        "{email} should be {what}, but is a Zoom Room, and Zoom refused that in an earlier run, so it was left unchanged; take it out of "
        "your scope and rules, or change it in Zoom under Room Management.",
        ends="take it out of the scope and of rules, or Zoom (Room Management)",
    ),
    "pending_leaver": Outcome(
        ATTENTION,
        "{email} is {words}, but a Zoom invitation is still open; withdraw the invitation in Zoom by hand.",
        ends="withdraw the invitation in Zoom (User Management, Users, Pending)",
    ),
    "reported": Outcome(
        ATTENTION,
        "{email} is {words} and keeps the Zoom account; add attribute_mapping_deprovision: {{{reason}: deactivate}} to deactivate it, or "
        "list it in attribute_mapping_protected if it is to stay.",
        ends="attribute_mapping_deprovision, or attribute_mapping_protected",
    ),
    "prune_unset": Outcome(
        ATTENTION,
        "{email} is {words} and would be {done}; set attribute_mapping_prune: true to allow that.",
        ends="attribute_mapping_prune",
    ),
    "prune_unset_role": Outcome(
        ATTENTION,
        "{email} is {words} and would be {done}; set attribute_mapping_prune: true to allow that, and take the role away first (User "
        "Management, Roles), as Zoom is known to refuse this while the role is not Member.",
        ends="the role in Zoom (User Management, Roles), then attribute_mapping_prune",
    ),
    "unconfirmed": Outcome(
        WITHHELD,
        "{email} was listed as {words}, but a second lookup did not confirm it, so it was left unchanged; run again, and check this "
        "person in Google if the message stays.",
    ),
    "limit": Outcome(
        WITHHELD,
        "{count} {words} ({why}); the limit is {allowed}, {share}, so none was: check the plan, then raise {option}, or set "
        "provisioning_allow_losses: true (allow_losses of the module) for one run.",
    ),
    "limit_on_gains": Outcome(
        WITHHELD,
        "{count} {words} in one run ({why}); the limit is {allowed}, {share}, so none was: check the plan, then raise {option}, or set "
        "provisioning_allow_gains: true (allow_gains of the module) for one run.",
    ),
    "above_limit": Outcome(
        ATTENTION,
        "{count} {words} ({why}), more than the limit of {allowed}, {share}, which is lifted for this run: check each of them.",
    ),
    "confirm_limit": Outcome(
        WITHHELD,
        "{count} {count:person|people} would lose their account or a Zoom group, and a second read of all lists did not settle it; at "
        "most {limit} {limit:is|are} looked up again one by one, so none was removed: raise scope_confirm_limit (confirm_limit of the "
        "module).",
    ),
    "unreadable_scope": Outcome(
        ATTENTION,
        "{email} is {words} by all groups that can be read, but may be a member of {group}, which can't be read, so nothing was taken "
        "away; ask the owners of that group to let you see its members, or take it out of the scope.",
        ends="let the run read the group in Google's Admin console (Directory, Groups), or scope_groups",
    ),
    # offboarding
    "offboard_nobody": Outcome(
        ATTENTION,
        "{email} has no Zoom account here, so there is nothing to offboard; check the address if there should be one.",
    ),
    "offboard_unknown": Outcome(
        FAILED,
        "{email} is no user in Google, deleted users included, and no Zoom account has the address, so nobody lost access; correct the "
        "address in offboard_users and run again, or take it out.",
    ),
    "offboard_unread_google": Outcome(
        FAILED,
        "{email} is no Zoom account's address, and Google was not read to find out whose it is, so nobody lost access; correct it in "
        "offboard_users, or run without offboard_ignore_scope.",
    ),
    "offboard_unclear": Outcome(
        FAILED,
        "{email}: it is unclear whether the Zoom account {account} is theirs, so it was left unchanged; add attribute_mapping_adopt: "
        "{{{person}: {account}}} and run again, or deactivate it in Zoom by hand at once.",
    ),
    "offboard_unread": Outcome(
        FAILED,
        "{email}: Zoom lists the account in an unknown form, so it was left unchanged; deactivate it in Zoom by hand at once.",
    ),
    "offboard_no_scim": Outcome(
        FAILED,
        "{email}: {action} was not tried ({error}); do it in Zoom by hand at once (User Management, Users).",
    ),
    "offboard_protected": Outcome(
        FAILED,
        "{email} is the owner, an admin, a Zoom Room or listed in attribute_mapping_protected and keeps access; take the role away in"
        " Zoom first (User Management, Roles), or take it off that list.",
    ),
    # one account
    "protected_account": Outcome(FAILED, "{email} is owner or admin and was not deleted; take the role away in Zoom first."),
    "pending_account": Outcome(FAILED, "{email} is an invitation that was not accepted yet; withdraw it in Zoom."),
}
