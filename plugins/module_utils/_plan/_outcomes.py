# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# Simplified BSD License (see licenses/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause
"""The catalogue of what a user has to act on: each a sentence that says who, what, why, and the next step. Pure.

docs/outcomes.md is made from it. Refusals of single writes are explained by `_run/_explain.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FAILED, WITHHELD, ATTENTION = "failed", "withheld", "attention"
_MOST = 1000  # addresses in one row of a result


@dataclass(frozen=True)
class Outcome:
    """`kind` is the list of a result that it goes to; `text` takes the values in braces."""

    kind: str
    text: str


@dataclass(frozen=True)
class Finding:
    """`reason` is a word for programs, `message` a sentence for people that ends with the next step.

    `action`, `group`: of the change that was withheld. `emails`: whom a sentence about several is about.
    """

    email: str
    reason: str
    message: str
    action: str = ""
    group: str = ""
    emails: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        told = {"email": self.email, "reason": self.reason, "message": self.message}
        more = {"action": self.action, "group": self.group, "emails": list(self.emails[:_MOST])}
        return {**told, **{name: value for name, value in more.items() if value}}


OUTCOMES: dict[str, Outcome] = {
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
        "cause may be the default licence type in the Zoom portal (Account Settings, Default License Type).",
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
    "fuse": Outcome(
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
        "such as {names}; set Account Settings, Default License Type in the Zoom portal to {default}.",
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
    "external": Outcome(
        ATTENTION,
        "{email} is a member of {group}, but no user of this Google customer; external people get no account: take them out of the group, "
        "or give them a Google account.",
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
    # offboarding
    "offboard_nobody": Outcome(
        ATTENTION, "{email} holds no Zoom account here, so there is nothing to end; check the address if there should be one."
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


def finding(code: str, email: str = "", /, *, reason: str = "", emails: Iterable[str] = (), **values: object) -> Finding:
    """One sentence of the catalogue; `reason` where programs know it by another word than its key."""
    if "error" in values:
        values["error"] = str(values["error"]).rstrip(".")
    return Finding(email, reason or code, OUTCOMES[code].text.format(email=email, reason=reason or code, **values), emails=tuple(emails))
