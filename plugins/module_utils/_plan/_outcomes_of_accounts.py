# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""Sentences about people and their accounts: kept, created, ended, put back. Pure."""

from __future__ import annotations

from ._outcome import ATTENTION, FAILED, WITHHELD, Outcome

TEXTS: dict[str, Outcome] = {
    # people and their accounts
    "attributes": Outcome(FAILED, "{email}: {error}; correct the expression or the entry in Google: this account was left as it is."),
    "duplicate": Outcome(
        FAILED, "{email}: userName gives {address}, which another person in scope gets too; give each an address of their own."
    ),
    "rename_ring": Outcome(FAILED, "{email} is still the address of another account that is to be renamed too; free it in Zoom by hand."),
    "pending": Outcome(
        ATTENTION, "{email} has not accepted Zoom's invitation; nothing can be set until then: ask them, or resend it in Zoom."
    ),
    "inactive": Outcome(ATTENTION, "{email} is in scope, but inactive in Zoom; set attribute_mapping_reactivate to true to reactivate it."),
    "inactive_admin": Outcome(
        ATTENTION,
        "{email} is in scope, but an inactive owner or admin, whose state Zoom lets nobody change here; activate it in Zoom "
        "(User Management), or take its role away.",
    ),
    "invited": Outcome(
        ATTENTION, "{email} was invited by Zoom in place of getting an account at once; ask them to accept, or add their domain in Zoom."
    ),
    "created_as": Outcome(
        ATTENTION,
        "{email} was created with {given}, although {wanted} was asked for; license_defaults puts it right where it is in use, and the "
        "cause may be the default licence type in the Zoom portal (Advanced, Single Sign-On, SAML Response Mapping).",
    ),
    "created_unseen": Outcome(
        ATTENTION,
        "{email} was created by Zoom's answer, but what came of it could not be read ({error}); the next run reads it again.",
    ),
    "display_name_fixed": Outcome(
        ATTENTION,
        "{email} should have the display name {wanted}, but keeps {kept}: Zoom's SCIM takes it and changes nothing; set it in Zoom, or use "
        "an OAuth app (account_id, client_id, client_secret) in place of the access_token.",
    ),
    "not_endable": Outcome(
        ATTENTION,
        "{email} is a Zoom Room or holds a role other than Member, so Zoom refused to end it and it keeps its access [{error}]; take its "
        "role away in Zoom, or add it to attribute_mapping_protected.",
    ),
    "second_account": Outcome(
        ATTENTION, "{email} is a second account of {person}, under an alias; merge it into the other or remove it in Zoom by hand."
    ),
    "protected_rename": Outcome(
        ATTENTION, "{email} should be renamed to {address}, but is owner, admin or on your list; change its address in Zoom by hand."
    ),
    "older_account": Outcome(
        ATTENTION,
        "{email}: the Zoom account {account} was made before this Google user and may be a former holder's, so both were left as they are; "
        "if it is theirs, add attribute_mapping_adopt {{{email}: {account}}}, else delete or rename it in Zoom.",
    ),
    "maybe_renamed": Outcome(
        ATTENTION,
        "{email} would get a new account, but {account} bears the same name and its address is gone from Google; if it is theirs, give "
        "them that address as an alias in Google or add attribute_mapping_adopt {{{email}: {account}}}, else {{{email}: ''}}.",
    ),
    "alias_reused": Outcome(
        ATTENTION,
        "{email} holds the alias {account}, but the Zoom account there bears the name of somebody else in scope, so it was left as it is; "
        "say whose it is with attribute_mapping_adopt {{{email}: {account}}}, or {{{email}: ''}}.",
    ),
    "address_held": Outcome(
        ATTENTION,
        "{email} is in scope, but a Zoom account of somebody else (Google id {owner}) holds the address; delete that account or change its "
        "address in Zoom, then run again.",
    ),
    "rename_taken": Outcome(
        ATTENTION,
        "{email} can't become the address of the account {account}, as another Zoom account holds it; delete that one or change its "
        "address in Zoom, then run again.",
    ),
    "foreign_domain": Outcome(
        ATTENTION,
        "{email} is in scope, but {domain} is not among the domains of the Zoom account, which would refuse it; add the domain in Zoom, "
        "or exclude the person.",
    ),
    "foreign_rename": Outcome(
        ATTENTION,
        "{email} should be renamed to {address}, but {domain} is not among the domains of the Zoom account, which would refuse it; "
        "add the domain in Zoom.",
    ),
    "identity_not_shown": Outcome(
        ATTENTION,
        "{email} carries its Google id in employeeNumber, but Zoom's lists do not show it, so addresses alone tell whose an account is; "
        "take attribute_mapping_identity out, or ask Zoom why employee_unique_id is missing.",
    ),
    "unique_id_not_ours": Outcome(
        ATTENTION,
        "Employee Unique ID is set by your SAML mapping (or by hand) in {count} accounts, such as {names}, to values that are no Google id "
        "of this directory; these accounts are matched by their address, and {done}: take attribute_mapping_identity out, or map Google's "
        "id to Employee Unique ID in Zoom (Advanced, Single Sign-On, SAML Response Mapping).",
    ),
    # losses
    "protected": Outcome(
        ATTENTION,
        "{email} is {words}, but stays as it is, as owner, admin or on your list; take its role away in Zoom (User Management, Roles), "
        "or take it off attribute_mapping_protected, to end it.",
    ),
    "found_room": Outcome(
        ATTENTION,
        "{email} is a Zoom Room, so Zoom refused the {action} [{error}]; it is left as it is from now on: take it out of your scope and "
        "rules.",
    ),
    "room": Outcome(
        ATTENTION,
        "{email} should be {what}, but is a Zoom Room, for which Zoom refused that in an earlier run, so it stays as it is; take it out of "
        "your scope and rules, or change it in Zoom under Room Management.",
    ),
    "pending_leaver": Outcome(ATTENTION, "{email} is {words}, but its Zoom invitation is still open; withdraw it in Zoom by hand."),
    "reported": Outcome(
        ATTENTION,
        "{email} is {words} and keeps its Zoom account; add attribute_mapping_deprovision {{{reason}: deactivate}} to end it.",
    ),
    "prune_unset": Outcome(ATTENTION, "{email} is {words} and would be {done}; add attribute_mapping_prune: true to do so."),
    "unconfirmed": Outcome(
        WITHHELD,
        "{email} looks {words}, but a second read did not confirm it, so it was left as it is; run again, and look at it if it stays.",
    ),
    "limit": Outcome(
        WITHHELD,
        "{count} {words} ({why}), more than {option} allows ({allowed}: {share}), so none was; check the plan, then raise {option} or set "
        "provisioning_allow_losses: true (allow_losses of the module) for one run.",
    ),
    "confirm_limit": Outcome(
        WITHHELD,
        "{count} people would lose their account; at most {limit} are looked up again one by one, and the lists that were read again "
        "instead could not tell of {unsure} of them, so none of these was removed; raise scope_confirm_limit.",
    ),
    "unreadable_scope": Outcome(
        ATTENTION,
        "{email} is {words} by all groups that can be read, but may be in {group}, which can't be, so nothing was taken away; ask the "
        "owners of that group to let you see its members, or take it out of the scope.",
    ),
    # offboarding
    "offboard_nobody": Outcome(
        ATTENTION, "{email} holds no Zoom account here, so there is nothing to end; check the address if there should be one."
    ),
    "offboard_unknown": Outcome(
        FAILED,
        "{email} is nobody in Google, deleted users included, and no Zoom account has the address, so nobody lost access; correct the "
        "address in offboard_users and run again, or take it out.",
    ),
    "offboard_unread_google": Outcome(
        FAILED,
        "{email} is no Zoom account's address, and whose it is in Google is not known, as Google was not read, so nobody lost access; "
        "correct it in offboard_users, or run without offboard_ignore_scope.",
    ),
    "offboard_doubt": Outcome(
        FAILED,
        "{email}: whether the Zoom account {account} is theirs is in doubt, so it was left as it is; say so with attribute_mapping_adopt "
        "{{{person}: {account}}} and run again, or deactivate it in Zoom by hand at once.",
    ),
    "offboard_unread": Outcome(
        FAILED, "{email}: Zoom lists the account in an unknown form, so it was left as it is; deactivate it in Zoom by hand at once."
    ),
    "offboard_no_scim": Outcome(
        FAILED, "{email}: {action} was not tried ({error}); do it in Zoom by hand at once (User Management, Users)."
    ),
    "offboard_protected": Outcome(
        FAILED,
        "{email} is owner, admin, a Zoom Room or on your list and keeps its access; take its role away in Zoom "
        "first (User Management, Roles).",
    ),
    # undo
    "undo_removed": Outcome(
        FAILED,
        "{email} was removed by that run, with its data, which Zoom can't bring back; the next run makes a new account if it is in scope.",
    ),
    "undo_gone": Outcome(FAILED, "{email} is no longer in Zoom, so nothing of it can be put back; look for it in Zoom."),
    "undo_protected": Outcome(
        ATTENTION, "{email} is owner, admin, a Zoom Room or on your list by now and stays as it is; change it in Zoom by hand."
    ),
    "undo_created": Outcome(
        ATTENTION,
        "{email} was created by that run and stays; set undo_creations: true to deactivate it, or end it with playbooks/offboard.yml.",
    ),
    "undo_changed": Outcome(
        FAILED,
        "{email}: {field} was {left} after that run and is {now}, changed since, so it stays; set it by hand if it should be {was}.",
    ),
    "undo_unlisted": Outcome(
        ATTENTION, "{email}: {names} was set by that run and its former value is not known; set it in Zoom by hand if it was another."
    ),
    "undo_unread": Outcome(
        FAILED, "{email}: Zoom lists the account in an unknown form, so nothing of it was put back; run again, or set it in Zoom by hand."
    ),
    "undo_google_gone": Outcome(FAILED, "{email}, a Google group, is gone, so nothing of it can be put back; make it anew by hand."),
    "undo_google_created": Outcome(
        ATTENTION, "{email}, a Google group, was made by that run and stays; delete it in Google's Admin console if it is not wanted."
    ),
    "undo_group_created": Outcome(
        ATTENTION, "The Zoom group {group} was made by that run and stays; delete it in Zoom if it is not wanted."
    ),
    "undo_group": Outcome(FAILED, "The Zoom group {group}: {action} can't be taken back here; do it in Zoom by hand."),
    "undo_member": Outcome(
        FAILED, "{email} or the Zoom group {group} is gone, so the membership can't be put back; look for both in Zoom."
    ),
    # one account
    "protected_account": Outcome(FAILED, "{email} is owner or admin and is not deleted; take away its role in Zoom first."),
    "pending_account": Outcome(FAILED, "{email} is a pending invitation; withdraw it in Zoom."),
}
